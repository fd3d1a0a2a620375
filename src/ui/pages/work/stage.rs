//! Where the work on a request is.

use crate::model::{ordering::appointments::AppointmentState, work::pages::WorkPage as Bench};

/// Where the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// The clock was never started.
    Ahead,
    /// The clock runs.
    Running,
    /// The clock stands, and something was done.
    Paused,
    /// It is over, one way or another.
    Over,
}

impl Stage {
    pub(super) fn of(bench: &Bench) -> Self {
        match bench.appointment.state {
            // One may still begin, late; what was prepared for it is over.
            AppointmentState::MissedByUs if bench.may_work => Self::Ahead,
            AppointmentState::MissedByUs => Self::Over,
            AppointmentState::Done | AppointmentState::Cancelled | AppointmentState::NoShow => Self::Over,
            _ if bench.segments.iter().any(|segment| segment.ended_at.is_none()) => Self::Running,
            _ if bench.segments.is_empty() => Self::Ahead,
            _ => Self::Paused,
        }
    }
}

/// Whether the customer was asked for consent and has not answered.
pub(super) fn waits_for_consent(bench: &Bench) -> bool {
    bench.ceiling.consent.as_ref().is_some_and(|consent| consent.answer.is_none())
}
