//! Interventions: what may not be done at the workbench, and limits of what is written there.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{base::calendar::to_local, ordering::offers::Slot};

/// Why a step at the workbench is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum WorkRefused {
    /// The technician's clock already runs for another request.
    #[error("clock_runs_elsewhere")]
    ClockRunsElsewhere,
    /// The segment would overlap another one of the technician.
    #[error("overlaps")]
    Overlaps,
    /// The ceiling is reached and the customer has not agreed to go on.
    #[error("waiting_for_consent")]
    WaitingForConsent,
    /// The clock still runs.
    #[error("clock_runs")]
    ClockRuns,
    /// Nothing was done that could be closed.
    #[error("nothing_done")]
    NothingDone,
    /// It is too early, or there were too few attempts, to call it missed.
    #[error("not_missed_yet")]
    NotMissedYet,
    /// The agreed time lies too far ahead.
    #[error("too_early")]
    TooEarly,
    /// It would begin late, and the technician has another appointment at that time by now.
    #[error("time_taken")]
    TimeTaken,
    /// Somebody else's appointment.
    #[error("not_yours")]
    NotYours,
    /// Somebody has objected to it: what is decided about that stands.
    #[error("contested")]
    Contested,
    /// It is invoiced, or too long ago: a manager opens it again.
    #[error("needs_manager")]
    NeedsManager,
    /// The rest of the time of what was done early is another request's, which is still open.
    #[error("rest_taken")]
    RestTaken,
    /// A correction would go above the ceiling, to which the customer has not agreed.
    #[error("above_ceiling")]
    AboveCeiling,
}

/// How many minutes a technician adds in one correction at most; more need a manager.
pub const MOST_ADDED_MINUTES: i64 = 60;

/// The fewest characters of a report, a reason and a note.
pub const NOTE_MIN: usize = 3;

/// The most characters of a reason or a note.
pub const NOTE_MAX: usize = 500;

/// How many minutes before the clock is started the work may have begun, as it can be said while starting it. What began earlier
/// still is added by a correction.
pub const EARLIER_MINUTES: [u32; 3] = [5, 10, 15];

/// The most characters of a report.
pub const REPORT_MAX: usize = 4_000;

/// Whether closing at `now` calls off the agreed time: it has not come, and nothing but preparation was done for it, or it is
/// another day's. Where somebody connected a little earlier on the agreed day, that was the appointment.
#[must_use]
pub fn calls_off(has_begun: bool, agreed: Slot, now: DateTime<Utc>) -> bool {
    now < agreed.start && (!has_begun || to_local(now).date() < to_local(agreed.start).date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    #[test]
    fn what_is_closed_before_its_time_calls_it_off() {
        let agreed = Slot { start: local("2026-11-24 08:00"), end: local("2026-11-24 09:00") };
        for (now, begun, prepared) in [
            ("2026-11-23 15:00", true, true),
            ("2026-11-24 07:59:59", false, true),
            ("2026-11-24 08:00", false, false),
            ("2026-11-25 08:00", false, false),
        ] {
            assert_eq!(calls_off(true, agreed, local(now)), begun, "{now}");
            assert_eq!(calls_off(false, agreed, local(now)), prepared, "{now}");
        }
    }
}
