//! Sources of statements that come by themselves: how they are, and when it is told that one fails (design, Bank transfer).

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::bank::{StatementFault, StatementSource};
use crate::model::base::codes::coded_enum;

coded_enum! {
    /// Why a source of statements fails.
    pub enum SourceFailure {
        /// The bank takes our token for none.
        Refused = "refused",
        /// The bank cannot answer now, or wants to be asked later.
        Busy = "busy",
        /// The bank cannot be reached.
        Unreachable = "unreachable",
        /// What the bank answers is no statement of ours.
        Unreadable = "unreadable",
        /// The folder cannot be read, or nothing can be put away in it.
        Folder = "folder",
    }
}

/// For how long a source may fail before that is told: nights of maintenance, and whatever else passes by itself.
const PATIENCE: TimeDelta = TimeDelta::days(1);

/// That a source fails, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTrouble {
    /// Which source.
    pub source: StatementSource,
    /// Why it does.
    pub failure: SourceFailure,
    /// What is wrong with an answer that cannot be read.
    pub fault: Option<StatementFault>,
    /// Since when it does.
    pub since: DateTime<Utc>,
}

impl SourceTrouble {
    /// Whether somebody has to be told: at once of what does not pass by itself, of anything else after a day.
    #[must_use]
    pub fn is_told(&self, now: DateTime<Utc>) -> bool {
        match self.failure {
            SourceFailure::Refused | SourceFailure::Unreadable => true,
            SourceFailure::Busy | SourceFailure::Unreachable | SourceFailure::Folder => now - self.since >= PATIENCE,
        }
    }

    /// What this time of failing is called: the next one is another.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}:{}", self.source, self.since.timestamp())
    }
}

/// How a source of statements is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceStanding {
    /// Which source.
    pub source: StatementSource,
    /// Whether it is set up.
    pub is_on: bool,
    /// The last day whose bookings were taken in, where the source tells.
    pub until: Option<NaiveDate>,
    /// That it fails.
    pub trouble: Option<SourceTrouble>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    #[test]
    fn what_passes_by_itself_is_told_after_a_day() {
        let since = local("2026-11-23 08:00");
        for &failure in SourceFailure::ALL {
            let trouble = SourceTrouble { source: StatementSource::Fio, failure, fault: None, since };
            let at_once = matches!(failure, SourceFailure::Refused | SourceFailure::Unreadable);
            assert_eq!(trouble.is_told(since), at_once, "{failure}");
            assert_eq!(trouble.is_told(since + PATIENCE - TimeDelta::seconds(1)), at_once, "{failure}");
            assert!(trouble.is_told(since + PATIENCE), "{failure}");
        }
    }
}
