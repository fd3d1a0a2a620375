//! Interventions: what may not be done at the workbench, and limits of what is written there.

use serde::{Deserialize, Serialize};

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
}

/// The fewest characters of a report, a reason and a note.
pub const NOTE_MIN: usize = 3;

/// The most characters of a reason or a note.
pub const NOTE_MAX: usize = 500;

/// What stands for a report, and for the reason of a correction, where nobody typed one because the customer could not be
/// reached. Whoever shows it puts it into words.
pub const NO_SHOW_NOTE: &str = "no_show";

/// What stands there where nobody of ours came at the agreed time.
pub const MISSED_BY_US_NOTE: &str = "missed_by_us";

/// The most characters of a report.
pub const REPORT_MAX: usize = 4_000;
