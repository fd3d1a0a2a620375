//! Objections to a segment of a receipt, and what becomes of them.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    receipts::{Receipt, ReceiptSegment},
    segments::Segment,
};
use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, FieldProblem},
    ids::{ContestId, SegmentId},
};

coded_enum! {
    /// Where a contest stands.
    pub enum ContestState {
        /// Staff have not decided.
        Open = "open",
        /// The segment costs nothing; the difference was returned.
        Accepted = "accepted",
        /// Some minutes of the segment cost nothing; the difference was returned.
        PartlyAccepted = "partly_accepted",
        /// The segment stays as it is.
        Rejected = "rejected",
    }
}

/// A member's objection to a segment, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// The row that dispatch decides on.
    pub id: ContestId,
    /// The segment.
    pub segment: SegmentId,
    /// Who objects.
    pub by: String,
    /// When it was raised.
    pub at: DateTime<Utc>,
    /// What the customer objects to, in the customer's words.
    pub reason: String,
    /// Where it stands.
    pub state: ContestState,
    /// How many minutes of the segment were accepted, where it was some of them only.
    pub accepted_minutes: Option<u32>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// The answer.
    pub answer: String,
}

/// What the technician whose segment it is says of an objection; for the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestRemark {
    /// The technician.
    pub by: String,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// In the technician's words.
    pub remark: String,
}

/// What is decided about an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContestDecision {
    /// All of the segment costs nothing.
    Whole,
    /// So many minutes of it do: its last ones.
    Part(u32),
    /// It stays as it is.
    Nothing,
}

impl ContestDecision {
    /// A decision as it was typed.
    ///
    /// * `seconds` – how long the segment took: no more of it can be accepted than counts
    ///
    /// # Errors
    /// What is wrong with the minutes of a part, or that nothing was decided.
    pub fn check(state: Option<ContestState>, minutes: &str, seconds: u64) -> Result<Self, FieldProblem> {
        match state {
            Some(ContestState::Accepted) => Ok(Self::Whole),
            Some(ContestState::Rejected) => Ok(Self::Nothing),
            Some(ContestState::PartlyAccepted) => part(minutes, seconds),
            Some(ContestState::Open) | None => Err(FieldProblem::new("decision", FieldCode::Missing)),
        }
    }

    /// Where it leaves the objection, and with how many minutes of a part.
    #[must_use]
    pub const fn outcome(self) -> (ContestState, Option<u32>) {
        match self {
            Self::Whole => (ContestState::Accepted, None),
            Self::Part(minutes) => (ContestState::PartlyAccepted, Some(minutes)),
            Self::Nothing => (ContestState::Rejected, None),
        }
    }

    /// From when on the segment costs nothing; none where it goes on as it was.
    #[must_use]
    pub fn free_from(self, segment: &Segment, ended_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Whole => Some(segment.started_at),
            Self::Part(minutes) => Some((ended_at - TimeDelta::minutes(i64::from(minutes))).max(segment.started_at)),
            Self::Nothing => None,
        }
    }
}

fn part(minutes: &str, seconds: u64) -> Result<ContestDecision, FieldProblem> {
    let wrong = |code| Err(FieldProblem::new("accepted_minutes", code));
    match minutes.trim() {
        "" => wrong(FieldCode::Missing),
        typed => match typed.parse::<u32>() {
            Err(_) => wrong(FieldCode::NotANumber),
            // All of them are the whole.
            Ok(minutes) if minutes == 0 || u64::from(minutes) > seconds.div_ceil(60) => wrong(FieldCode::OutOfRange),
            Ok(minutes) if u64::from(minutes) * 60 >= seconds => Ok(ContestDecision::Whole),
            Ok(minutes) => Ok(ContestDecision::Part(minutes)),
        },
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        fixtures::{any_clock, clock, grant},
        minutes::{
            ledger::{Allocation, Posting, allocated, in_drawing_order, settle},
            pools::PoolKind,
        },
        work::{billing::bill, segments::SegmentKind},
    };

    #[test]
    fn no_more_of_a_segment_is_accepted_than_counts() {
        let decided = |minutes, seconds| ContestDecision::check(Some(ContestState::PartlyAccepted), minutes, seconds);
        let wrong = |code| Err(FieldProblem::new("accepted_minutes", code));
        assert_eq!(decided(" 5 ", 1_200), Ok(ContestDecision::Part(5)));
        assert_eq!(decided("20", 1_200), Ok(ContestDecision::Whole), "all of them are the whole");
        assert_eq!(decided("13", 754), Ok(ContestDecision::Whole), "twelve and a half are billed as thirteen");
        assert_eq!(decided("21", 1_200), wrong(FieldCode::OutOfRange));
        assert_eq!(decided("0", 1_200), wrong(FieldCode::OutOfRange));
        assert_eq!(decided("", 1_200), wrong(FieldCode::Missing));
        assert_eq!(decided("pět", 1_200), wrong(FieldCode::NotANumber));
        assert_eq!(ContestDecision::check(Some(ContestState::Rejected), "", 60), Ok(ContestDecision::Nothing));
        assert_eq!(ContestDecision::check(None, "5", 60), Err(FieldProblem::new("decision", FieldCode::Missing)));
    }

    proptest! {
        /// Whatever was measured, however it was paid, and whatever parts of it are accepted one after the other: what is
        /// billed, what the ledger holds and what came back are the same minutes, and never more than were accepted.
        #[test]
        fn a_part_returns_what_it_costs_and_never_more(
            (segments, now) in any_clock(),
            minimum in 0..60_u32,
            (allowance, bundle) in (0..60_u32, 0..60_u32),
            parts in prop::collection::vec((any::<prop::sample::Index>(), 1..40_u32), 1..6),
        ) {
            let mut segments: Vec<Segment> =
                segments.into_iter().map(|one| Segment { ended_at: one.ended_at.or(Some(now)), ..one }).collect();
            let grants = [grant(1, PoolKind::Contract, allowance, None), grant(2, PoolKind::Bundle, bundle, None)];
            let ordered = in_drawing_order(&grants, now);
            let mut billed = bill(&segments, minimum, now).billed;
            let mut paid = allocated(&Allocation::default(), &settle(&Allocation::default(), billed, &ordered));
            for (which, minutes) in parts {
                let place = which.index(segments.len());
                let segment = segments[place];
                if !segment.kind.is_billable() {
                    continue;
                }
                let typed = minutes.to_string();
                let Ok(decision) =
                    ContestDecision::check(Some(ContestState::PartlyAccepted), &typed, segment.seconds(now))
                else {
                    prop_assert!(u64::from(minutes) > segment.seconds(now).div_ceil(60));
                    continue;
                };
                let ended_at = segment.ended_at.expect("it has ended");
                let from = decision.free_from(&segment, ended_at).expect("something is free");
                segments[place].ended_at = Some(from);
                segments.push(clock(SegmentKind::OurFault, from, Some(ended_at)));
                let now_billed = bill(&segments, minimum, now).billed;
                prop_assert!(now_billed <= billed);
                // Without anything billable the minimum falls, too.
                prop_assert!(now_billed == 0 || billed - now_billed <= minutes);
                let postings = settle(&paid, now_billed, &ordered);
                let back: u32 = postings
                    .iter()
                    .map(|posting| match posting {
                        Posting::Return(draw) => draw.minutes,
                        Posting::Waive(minutes) => *minutes,
                        Posting::Draw(_) | Posting::Charge(_) => 0,
                    })
                    .sum();
                prop_assert_eq!(back, billed - now_billed, "reversing entries and nothing else");
                paid = allocated(&paid, &postings);
                let drawn: u32 = paid.draws.iter().map(|draw| draw.minutes).sum();
                prop_assert_eq!(drawn + paid.remainder, now_billed, "the ledger holds what is billed");
                billed = now_billed;
            }
        }
    }
}
