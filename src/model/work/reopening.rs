//! Opening closed work again to put its receipt right (design, Reopened work).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::billing::{joins_intervention, joins_until};
use crate::model::base::{calendar::BusinessCalendar, numbers::RequestNumber};

/// What decides whether closed work may be opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedWork {
    /// When its last segment ended.
    pub stopped_at: DateTime<Utc>,
    /// Whether some of it stands on an invoice.
    pub is_invoiced: bool,
    /// Whether somebody has objected to it, whatever became of that.
    pub is_contested: bool,
}

/// Why closed work stays closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReopenRefused {
    /// Somebody has objected to it: what is decided about that stands.
    Contested,
    /// It is invoiced, or too long ago: that is a manager's.
    NeedsManager,
    /// It was closed ahead of its agreed time, which was called off by that: there is no visit that could go on.
    CalledOff,
}

impl ClosedWork {
    /// Whether it may be opened again at `now`: as long as work on it could be resumed, and before it is invoiced; by a manager
    /// beyond that. Never once somebody has objected to it.
    ///
    /// # Errors
    /// [`ReopenRefused`], what nobody can help first.
    pub fn may_be_reopened(
        &self,
        by_manager: bool,
        calendar: &BusinessCalendar,
        now: DateTime<Utc>,
    ) -> Result<(), ReopenRefused> {
        if self.is_contested {
            return Err(ReopenRefused::Contested);
        }
        let is_fresh = !self.is_invoiced && joins_intervention(calendar, self.stopped_at, now);
        if is_fresh || by_manager { Ok(()) } else { Err(ReopenRefused::NeedsManager) }
    }

    /// The last day on which no manager is needed, as long as it is not invoiced.
    #[must_use]
    pub fn reopened_until(&self, calendar: &BusinessCalendar) -> NaiveDate {
        joins_until(calendar, self.stopped_at)
    }
}

/// Work that is open again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// Since when.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Why, as it stands on the next version of the receipt.
    pub reason: String,
    /// What was reported before.
    pub report: String,
}

/// What the page of the question shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReopenPage {
    /// The request.
    pub number: RequestNumber,
    /// The customer's name.
    pub customer: String,
    /// What is billed as it stands, in minutes.
    pub billed: u32,
    /// Why it stays closed; none where the viewer may open it again.
    pub refused: Option<ReopenRefused>,
    /// The last day on which no manager is needed.
    pub until: NaiveDate,
    /// Whether some of it stands on an invoice.
    pub is_invoiced: bool,
    /// Whether its technician is somebody else, who will hear of it.
    pub is_others: bool,
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        base::ids::GrantId,
        fixtures::{any_clock, calendar, local},
        minutes::{
            ledger::{Allocation, GrantBalance, Posting, allocated, in_drawing_order, settle},
            pools::PoolKind,
        },
        work::billing::bill,
    };

    fn closed(stopped: &str) -> ClosedWork {
        ClosedWork { stopped_at: local(stopped), is_invoiced: false, is_contested: false }
    }

    #[test]
    fn work_is_reopened_until_the_end_of_the_second_working_day() {
        let friday = closed("2026-11-20 10:00");
        let may = |now, by_manager| friday.may_be_reopened(by_manager, &calendar(), local(now));
        assert_eq!(may("2026-11-24 23:59:59", false), Ok(()));
        assert_eq!(may("2026-11-25 00:00", false), Err(ReopenRefused::NeedsManager));
        assert_eq!(may("2026-12-25 00:00", true), Ok(()));
        assert_eq!(friday.reopened_until(&calendar()).to_string(), "2026-11-24");
    }

    #[test]
    fn what_is_invoiced_is_a_managers_and_what_is_contested_nobodys() {
        let invoiced = ClosedWork { is_invoiced: true, ..closed("2026-11-30 15:00") };
        let contested = ClosedWork { is_contested: true, ..invoiced };
        let now = local("2026-12-01 08:00");
        assert_eq!(invoiced.may_be_reopened(false, &calendar(), now), Err(ReopenRefused::NeedsManager));
        assert_eq!(invoiced.may_be_reopened(true, &calendar(), now), Ok(()));
        assert_eq!(contested.may_be_reopened(true, &calendar(), now), Err(ReopenRefused::Contested));
    }

    proptest! {
        /// Whatever was done, and whatever paid for it: what is closed again without a change is billed and paid alike, and
        /// nothing is posted.
        #[test]
        fn what_is_closed_again_unchanged_has_the_same_bill(
            (mut segments, now) in any_clock(),
            minimum in 0..60_u32,
            granted in prop::collection::vec(1..90_u32, 0..4),
        ) {
            for segment in &mut segments {
                segment.ended_at.get_or_insert(now);
            }
            let began = segments.first().map_or(now, |first| first.started_at);
            let grants: Vec<_> = (1_i64..)
                .zip(&granted)
                .map(|(id, &minutes)| GrantBalance {
                    id: GrantId(id),
                    kind: PoolKind::Bundle,
                    granted: minutes,
                    left: minutes,
                    effective_at: began,
                    expires_at: None,
                })
                .collect();
            let first = bill(&segments, minimum, now);
            let nothing = Allocation { draws: Vec::new(), remainder: 0 };
            let paid = allocated(&nothing, &settle(&nothing, first.billed, &in_drawing_order(&grants, began)));
            let left: Vec<_> = grants
                .iter()
                .map(|grant| {
                    let drawn: u32 = paid.draws.iter().filter(|it| it.grant == grant.id).map(|it| it.minutes).sum();
                    GrantBalance { left: grant.left - drawn, ..*grant }
                })
                .collect();
            let again = bill(&segments, minimum, now + TimeDelta::days(3));
            prop_assert_eq!(again, first);
            let posted: Vec<Posting> = settle(&paid, again.billed, &in_drawing_order(&left, began));
            prop_assert!(posted.is_empty(), "{:?}", posted);
        }
    }
}
