//! The receipt: every closed intervention explains itself (the design, §2.10). What stands on it are the ledger's numbers,
//! stored with the version of the rules that made them.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    billing::{Bill, bill},
    codes::coded_enum,
    estimate::PoolKind,
    ids::{ContestId, GrantId, SegmentId},
    ledger::{Allocation, Draw, Posting, settle},
    money::{Money, VatRate},
    requests::RequestNumber,
    segments::{Segment, SegmentKind},
    urgency::Urgency,
};

/// How people name an intervention: the request's number and, where a request took several, which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InterventionRef {
    /// The request.
    pub number: RequestNumber,
    /// 1 for the first intervention of the request.
    pub ordinal: u32,
}

impl InterventionRef {
    /// The path of its receipt's page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/requests/{}/receipt/{}", self.number, self.ordinal)
    }
}

impl fmt::Display for InterventionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.ordinal)
    }
}

/// A segment as a receipt shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSegment {
    /// Which.
    pub id: SegmentId,
    /// What was done.
    pub kind: SegmentKind,
    /// Who did it.
    pub technician: String,
    /// From when.
    pub started_at: DateTime<Utc>,
    /// Until when.
    pub ended_at: DateTime<Utc>,
    /// Why it was corrected, if it was.
    pub correction: Option<String>,
}

/// An allocation row: what one grant paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptDraw {
    /// The grant.
    pub grant: GrantId,
    /// Where its minutes come from.
    pub kind: PoolKind,
    /// When it expires.
    pub expires_at: Option<DateTime<Utc>>,
    /// Minutes.
    pub minutes: u32,
}

/// What no grant covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remainder {
    /// Minutes.
    pub minutes: u32,
    /// The price of a minute, excluding VAT.
    pub rate: Money,
    /// Their price, excluding VAT.
    pub price: Money,
    /// The rate of VAT.
    pub vat: VatRate,
    /// Their price with VAT, rounded once.
    pub price_with_vat: Money,
}

impl Remainder {
    /// Prices `minutes` beyond the grants.
    #[must_use]
    pub fn new(minutes: u32, rate: Money, vat: VatRate) -> Self {
        let price = rate.times_minutes(minutes);
        Self { minutes, rate, price, vat, price_with_vat: price.with_vat(vat) }
    }
}

/// A receipt as it was issued. Never changed: a correction issues the next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The version of [the rules](super::billing::RULE_VERSION).
    pub rule_version: u16,
    /// 1 for the first; each correction issues the next.
    pub version: u32,
    /// Whose receipt it is.
    pub intervention: InterventionRef,
    /// The customer's name.
    pub customer: String,
    /// The customer's IČO.
    pub ico: String,
    /// The program.
    pub program: String,
    /// The kind of work.
    pub work_type: String,
    /// The urgency: it decides the rate.
    pub urgency: Urgency,
    /// Who ordered it.
    pub ordered_by: String,
    /// When this version was issued.
    pub issued_at: DateTime<Utc>,
    /// Why it was issued, unless it is the first.
    pub reason: String,
    /// What was done, in the customer's words.
    pub report: String,
    /// Every segment, in order of time.
    pub segments: Vec<ReceiptSegment>,
    /// From the clock to billed minutes.
    pub bill: Bill,
    /// What the grants paid, in the order of drawing.
    pub draws: Vec<ReceiptDraw>,
    /// What no grant covered.
    pub remainder: Option<Remainder>,
}

impl Receipt {
    /// The sentence under the sum has these parts: effective minutes, what the minimum added, what is billed.
    ///
    /// Allocations and remainder make up what is billed; `true` for every receipt that was issued.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let drawn: u32 = self.draws.iter().map(|draw| draw.minutes).sum();
        let over = self.remainder.map_or(0, |remainder| remainder.minutes);
        drawn + over == self.bill.billed && self.bill.billed >= self.bill.effective_minutes
    }

    /// What would be billed, and what would come back, if `free` cost nothing: what accepting an objection to it means.
    #[must_use]
    pub fn without(&self, free: SegmentId) -> (Bill, Vec<Posting>) {
        let charged: Vec<_> = self
            .segments
            .iter()
            .filter(|segment| segment.id != free)
            .map(|segment| Segment {
                id: segment.id,
                kind: segment.kind,
                started_at: segment.started_at,
                ended_at: Some(segment.ended_at),
            })
            .collect();
        let so_far = Allocation {
            draws: self.draws.iter().map(|draw| Draw { grant: draw.grant, minutes: draw.minutes }).collect(),
            remainder: self.remainder.map_or(0, |remainder| remainder.minutes),
        };
        let bill = bill(&charged, self.bill.minimum, self.issued_at);
        (bill, settle(&so_far, bill.billed, &[]))
    }
}

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

/// The page of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptPage {
    /// The latest version.
    pub receipt: Receipt,
    /// Former versions, the latest first.
    pub former: Vec<Receipt>,
    /// Objections, the oldest first.
    pub contests: Vec<Contest>,
    /// Whether this viewer may object, and until when it is possible.
    pub contest_until: Option<DateTime<Utc>>,
}

/// A contest in the desk's queue, with all that is needed to decide it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestCase {
    /// The contest.
    pub contest: Contest,
    /// The receipt as it stands.
    pub receipt: Receipt,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    fn segment(id: i64, from: &str, until: &str) -> ReceiptSegment {
        ReceiptSegment {
            id: SegmentId(id),
            kind: SegmentKind::Work,
            technician: "Petr".into(),
            started_at: local(from),
            ended_at: local(until),
            correction: None,
        }
    }

    /// 45 minutes: 30 of the contract's, 15 in money.
    fn receipt() -> Receipt {
        let vat = VatRate::from_percent(21.into()).unwrap();
        Receipt {
            rule_version: 1,
            version: 1,
            intervention: InterventionRef { number: RequestNumber::new(2026, 1).unwrap(), ordinal: 1 },
            customer: "Škola".into(),
            ico: "12345678".into(),
            program: "Sklad".into(),
            work_type: "Oprava".into(),
            urgency: Urgency::Normal,
            ordered_by: "Jana".into(),
            issued_at: local("2026-11-25 09:00"),
            reason: String::new(),
            report: "Hotovo".into(),
            segments: vec![
                segment(1, "2026-11-25 08:00", "2026-11-25 08:05"),
                segment(2, "2026-11-25 08:05", "2026-11-25 08:45"),
            ],
            bill: Bill { effective_seconds: 2_700, effective_minutes: 45, minimum: 20, billed: 45 },
            draws: vec![ReceiptDraw { grant: GrantId(7), kind: PoolKind::Contract, expires_at: None, minutes: 30 }],
            remainder: Some(Remainder::new(15, Money::from_haler(2_500), vat)),
        }
    }

    #[test]
    fn accepting_an_objection_returns_what_the_segment_added() {
        let (bill, postings) = receipt().without(SegmentId(1));
        assert_eq!((bill.billed, postings), (40, vec![Posting::Waive(5)]));
        let (bill, postings) = receipt().without(SegmentId(2));
        assert_eq!(bill.billed, 20, "the minimum stays");
        assert_eq!(postings, [Posting::Waive(15), Posting::Return(Draw { grant: GrantId(7), minutes: 10 })]);
        assert_eq!(receipt().without(SegmentId(9)).1, []);
    }
}
