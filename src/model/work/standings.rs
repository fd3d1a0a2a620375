//! What is kept of the queue (design, Desk): how long a request stands where it does, and what a part of the queue is made of.

use chrono::{DateTime, TimeDelta, Utc};

use super::lanes::{CaseFacts, Lane, OVERDUE_MINUTES, QueueView};
use crate::model::{base::ids::StaffId, ordering::appointments::missed_by_us_from};

/// When a request may stand elsewhere in the queue though nothing happens to it; none when only what happens moves it. Until then its
/// lane, since when it waits there and what that breaks are as they are at `now`.
#[must_use]
pub fn changes_at(facts: &CaseFacts, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let of_time = facts.time.map(|time| {
        let start = time.slot.start;
        let overdue = start + TimeDelta::minutes(OVERDUE_MINUTES);
        [Some(overdue), Some(missed_by_us_from(start, time.attempted_at)), Some(time.slot.end), time.next_start]
    });
    let instants = of_time.into_iter().flatten().flatten().chain(facts.offered_until);
    instants.filter(|instant| now < *instant).min()
}

/// What a line of the queue has to be to stand in a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// In one of these lanes.
    pub lanes: Vec<Lane>,
    /// Whose it is; anybody's or nobody's.
    pub claimed_by: Option<StaffId>,
    /// Whether it rests; either way.
    pub rests: Option<bool>,
}

impl Shown {
    /// What the viewer sees in a part of the queue.
    #[must_use]
    pub fn of(view: QueueView, viewer: StaffId) -> Self {
        let all = || Lane::ALL.to_vec();
        match view {
            QueueView::All => Self {
                lanes: all().into_iter().filter(|lane| lane.is_ours()).collect(),
                claimed_by: None,
                rests: Some(false),
            },
            QueueView::Mine => Self { lanes: all(), claimed_by: Some(viewer), rests: None },
            QueueView::Resting => Self { lanes: all(), claimed_by: None, rests: Some(true) },
            QueueView::Lane(lane) => Self { lanes: vec![lane], claimed_by: None, rests: Some(false) },
        }
    }
}
