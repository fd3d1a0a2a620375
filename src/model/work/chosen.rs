//! What the desk has chosen to do with a request and has yet to confirm (design, Consequences).

use std::{collections::BTreeSet, fmt};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::cases::CaseAct;
use crate::model::{
    base::{
        ids::{StaffId, WorkTypeId},
        numbers::RequestNumber,
        terms::Urgency,
    },
    ordering::slot_offers::{MOST_OFFERED, box_of, start_of},
};

/// The fields in which somebody says something of an act, or to all whom an outage hit: whoever has sent them without having seen what
/// it means finds them again where that is shown.
pub const SAID: &[&str] = &["reason", "what_stopped", "since", "answer_cs", "answer_en"];

/// Some times of which a customer picks one, in order and each once. An address says them as it says one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OfferedStarts([Option<DateTime<Utc>>; MOST_OFFERED]);

impl OfferedStarts {
    /// Of these times, if they are as many as can be offered.
    #[must_use]
    pub fn of(starts: impl IntoIterator<Item = DateTime<Utc>>) -> Option<Self> {
        let starts: BTreeSet<_> = starts.into_iter().collect();
        let mut offered = Self([None; MOST_OFFERED]);
        if starts.is_empty() || starts.len() > MOST_OFFERED {
            return None;
        }
        for (place, start) in offered.0.iter_mut().zip(starts) {
            *place = Some(start);
        }
        Some(offered)
    }

    /// Each of them.
    pub fn instants(&self) -> impl Iterator<Item = DateTime<Utc>> {
        self.0.iter().copied().flatten()
    }
}

impl fmt::Display for OfferedStarts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.instants().map(box_of).collect::<Vec<_>>().join("."))
    }
}

impl From<OfferedStarts> for String {
    fn from(offered: OfferedStarts) -> Self {
        offered.to_string()
    }
}

impl TryFrom<String> for OfferedStarts {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let starts: Option<Vec<_>> = text.split('.').map(start_of).collect();
        starts.and_then(Self::of).ok_or("no times that can be offered")
    }
}

/// What the desk has chosen to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChosenAct {
    /// Times of which the customer picks one.
    Offer {
        /// When they begin.
        starts: OfferedStarts,
    },
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
            Self::Offer { .. } | Self::Time { .. } => CaseAct::Time,
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
    /// Which times are offered.
    pub offer: Option<OfferedStarts>,
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
            CaseAct::Time => match self.offer {
                Some(starts) => Some(ChosenAct::Offer { starts }),
                None => Some(ChosenAct::Time { start: self.start?, technician: self.technician }),
            },
            CaseAct::Reassign => Some(ChosenAct::Reassign { technician: self.technician? }),
            CaseAct::Reclassify => Some(ChosenAct::Reclassify { work_type: self.work_type?, urgency: self.urgency? }),
            CaseAct::Merge => Some(ChosenAct::Merge { into: self.into? }),
            CaseAct::Cancel => Some(ChosenAct::Cancel),
            CaseAct::FollowUp => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    #[test]
    fn times_that_are_offered_are_said_by_an_address_as_they_are_kept() {
        let at = |wall: &str| local(&format!("2026-11-24 {wall}"));
        let offered = OfferedStarts::of([at("10:00"), at("08:00"), at("10:00")]).unwrap();
        assert_eq!(offered.instants().collect::<Vec<_>>(), [at("08:00"), at("10:00")]);
        assert_eq!(OfferedStarts::try_from(offered.to_string()), Ok(offered));
        for nothing in ["", "at", "at1.soon", "at1.at2.at3.at4.at5.at6"] {
            assert!(OfferedStarts::try_from(nothing.to_owned()).is_err(), "{nothing}");
        }
        assert_eq!(OfferedStarts::of([]), None);
        let choice = Choice { offer: Some(offered), start: Some(at("09:00")), ..Choice::default() };
        assert_eq!(choice.of(CaseAct::Time), Some(ChosenAct::Offer { starts: offered }));
    }
}
