//! Objections to a segment of a receipt, and what becomes of them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::receipts::{Receipt, ReceiptSegment};
use crate::model::base::{
    codes::coded_enum,
    ids::{ContestId, SegmentId},
};

coded_enum! {
    /// Where a contest stands.
    pub enum ContestState {
        /// Staff have not decided.
        Open = "open",
        /// The segment costs nothing; the difference was returned.
        Accepted = "accepted",
        /// The segment stays as it is.
        Rejected = "rejected",
    }
}

/// A member's objection to a segment, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// Which.
    pub id: ContestId,
    /// The segment.
    pub segment: SegmentId,
    /// Who objects.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: ContestState,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// The answer.
    pub answer: String,
}

impl Contest {
    /// The segment as it was contested, whatever became of it since.
    ///
    /// * `versions` – of the receipt, the latest first
    pub fn about<'a>(&self, versions: impl IntoIterator<Item = &'a Receipt>) -> Option<&'a ReceiptSegment> {
        versions
            .into_iter()
            .filter(|receipt| receipt.issued_at <= self.at)
            .flat_map(|receipt| &receipt.segments)
            .find(|segment| segment.id == self.segment && segment.kind.is_billable())
    }
}
