//! What is known about the technicians' time.

use serde::{Deserialize, Serialize};

use crate::model::{
    base::{calendar::Interval, ids::StaffId},
    line::plans::{ExceptionKind, PlannedWeek},
};

/// A technician: what they know, when they work, what they have promised.
///
/// Everything is counted in whole quarters of an hour of local wall time. Where data do not lie on that grid, the
/// customer never pays for it: a span of work counts from the first whole quarter to the last, what is taken away counts
/// with every quarter that it touches.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TechnicianPlan {
    /// Who it is.
    pub technician: StaffId,
    /// The skills that work types ask for.
    pub skills: Vec<String>,
    /// Whether the one who asks is in a region of the technician's; who has none looks after all. Among those who are free it comes
    /// first, and it keeps nobody from anything.
    pub is_near: bool,
    /// The usual weeks, each with the days on which it holds. Where several hold on a day, which none of ours do, the last
    /// counts.
    pub weeks: Vec<PlannedWeek>,
    /// Deviations from the week.
    pub exceptions: Vec<PlanException>,
    /// What is taken: live holds and appointments.
    pub busy: Vec<Busy>,
}

impl TechnicianPlan {
    /// Whether the technician has the skill.
    #[must_use]
    pub fn knows(&self, skill: &str) -> bool {
        self.skills.iter().any(|known| known == skill)
    }

    /// The exceptions of one kind.
    pub fn exceptions_of(&self, kind: ExceptionKind) -> impl Iterator<Item = &PlanException> {
        self.exceptions.iter().filter(move |exception| exception.kind == kind)
    }
}

/// A deviation from the usual week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanException {
    /// The time for which the plan does not hold.
    pub during: Interval,
    /// Which way.
    pub kind: ExceptionKind,
}

/// Time of a technician that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Busy {
    /// The time that it takes of the technician.
    pub during: Interval,
    /// Whether an urgent request took it. Then it does not use up the share of normal requests.
    pub urgent: bool,
}
