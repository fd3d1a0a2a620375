//! What the desk has chosen to do with a request and has yet to confirm (design, Consequences).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::cases::CaseAct;
use crate::model::base::{
    ids::{StaffId, WorkTypeId},
    numbers::RequestNumber,
    terms::Urgency,
};

/// The fields in which somebody says something of an act, or to all whom an outage hit: whoever has sent them without having seen what
/// it means finds them again where that is shown.
pub const SAID: &[&str] = &["reason", "what_stopped", "since", "answer_cs", "answer_en"];

/// What the desk has chosen to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChosenAct {
    /// A time, with somebody or with anybody who is free.
    Time {
        /// When it begins.
        start: DateTime<Utc>,
        /// With whom.
        technician: Option<StaffId>,
    },
    /// Another technician for the agreed time.
    Reassign {
        /// Who takes it.
        technician: StaffId,
    },
    /// What it really is.
    Reclassify {
        /// The kind of work.
        work_type: WorkTypeId,
        /// How urgent.
        urgency: Urgency,
    },
    /// That it ends in favour of another one.
    Merge {
        /// The one that goes on.
        into: RequestNumber,
    },
    /// That it is called off, or declined.
    Cancel,
}

impl ChosenAct {
    /// Which act it is.
    #[must_use]
    pub const fn act(self) -> CaseAct {
        match self {
            Self::Time { .. } => CaseAct::Time,
            Self::Reassign { .. } => CaseAct::Reassign,
            Self::Reclassify { .. } => CaseAct::Reclassify,
            Self::Merge { .. } => CaseAct::Merge,
            Self::Cancel => CaseAct::Cancel,
        }
    }

    /// Whether the customer is to hear of it: who was promised a time and no person, does not of another one.
    #[must_use]
    pub const fn tells_customer(self) -> bool {
        !matches!(self, Self::Reassign { .. })
    }
}

/// What the address of a page says of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choice {
    /// When a time begins.
    pub start: Option<DateTime<Utc>>,
    /// Whose it is.
    pub technician: Option<StaffId>,
    /// What kind of work it is.
    pub work_type: Option<WorkTypeId>,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// Which request goes on.
    pub into: Option<RequestNumber>,
}

impl Choice {
    /// What was chosen to be done; none where something of it has to be chosen yet, or nothing of such an act ever is.
    #[must_use]
    pub fn of(self, act: CaseAct) -> Option<ChosenAct> {
        match act {
            CaseAct::Time => Some(ChosenAct::Time { start: self.start?, technician: self.technician }),
            CaseAct::Reassign => Some(ChosenAct::Reassign { technician: self.technician? }),
            CaseAct::Reclassify => Some(ChosenAct::Reclassify { work_type: self.work_type?, urgency: self.urgency? }),
            CaseAct::Merge => Some(ChosenAct::Merge { into: self.into? }),
            CaseAct::Cancel => Some(ChosenAct::Cancel),
            CaseAct::FollowUp => None,
        }
    }
}
