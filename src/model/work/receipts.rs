//! The receipt: every closed intervention explains itself (design, Receipt). What stands on it are the ledger's numbers,
//! stored with the version of the rules that made them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    billing::{Bill, LiftedMinimum, bill},
    corrections::CorrectionSource,
    evidence::{Connection, Evidence},
    segments::{Segment, SegmentKind, seconds_between},
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        ids::{GrantId, SegmentId},
        money::{Money, VatRate},
        numbers::InterventionRef,
        terms::Urgency,
    },
    minutes::{
        ledger::{Allocation, Draw, Posting, settle},
        pools::PoolKind,
    },
};

/// A segment as a receipt shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSegment {
    /// The row that an objection names.
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
    /// Whose word that is; none where nothing was corrected, and on receipts from before it was asked.
    #[serde(default)]
    pub source: Option<CorrectionSource>,
    /// Whether the correction added it: the clock had not measured it.
    #[serde(default)]
    pub added: bool,
}

impl ReceiptSegment {
    /// How long it took, in seconds: as far as its printed times are apart.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        seconds_between(self.started_at, self.ended_at)
    }

    /// As the clock has measured it.
    fn measured(&self) -> Segment {
        Segment { id: self.id, kind: self.kind, started_at: self.started_at, ended_at: Some(self.ended_at) }
    }

    /// Whether the seconds of its times say anything: what somebody typed is of whole minutes.
    #[must_use]
    pub fn tells_seconds(&self) -> bool {
        [self.started_at, self.ended_at].iter().any(|at| at.timestamp().rem_euclid(60) != 0)
    }
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
    /// Minutes drawn from the grant.
    pub minutes: u32,
}

/// What no grant covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remainder {
    /// Minutes that no grant covered.
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
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// The urgency: it decides the rate.
    pub urgency: Urgency,
    /// Who ordered it.
    pub ordered_by: String,
    /// When this version was issued.
    pub issued_at: DateTime<Utc>,
    /// Why it was corrected; empty for the first and for one that was issued again because the work was resumed.
    pub reason: String,
    /// What was done, in the customer's words.
    pub report: String,
    /// Every segment, in order of time.
    pub segments: Vec<ReceiptSegment>,
    /// From the clock to billed minutes.
    pub bill: Bill,
    /// The minimum, if it was lifted; the bill has none then.
    #[serde(default)]
    pub lifted: Option<LiftedMinimum>,
    /// What the grants paid, in the order of drawing.
    pub draws: Vec<ReceiptDraw>,
    /// What no grant covered.
    pub remainder: Option<Remainder>,
    /// What TeamViewer said of connections when it was issued, in order of time: evidence, of which no number follows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub connections: Vec<Connection>,
}

impl Receipt {
    /// What those say next to its segments.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let segments: Vec<_> = self.segments.iter().map(ReceiptSegment::measured).collect();
        Evidence::of(&segments, &self.connections, self.issued_at)
    }

    /// Whether draws and remainder make up what is billed, and no less is billed than was worked: so does every receipt that
    /// is issued, by whatever version of the rules.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let drawn: u64 = self.draws.iter().map(|draw| u64::from(draw.minutes)).sum();
        let over = self.remainder.map_or(0, |remainder| u64::from(remainder.minutes));
        drawn + over == u64::from(self.bill.billed) && self.bill.billed >= self.bill.effective_minutes
    }

    /// Whether the seconds of any of its times say anything: else none of them is shown with seconds.
    #[must_use]
    pub fn tells_seconds(&self) -> bool {
        self.segments.iter().any(ReceiptSegment::tells_seconds)
    }

    /// What would be billed, and what would come back, if all of `free` cost nothing: what accepting an objection to it means.
    #[must_use]
    pub fn without(&self, free: SegmentId) -> (Bill, Vec<Posting>) {
        let charged: Vec<_> =
            self.segments.iter().filter(|segment| segment.id != free).map(ReceiptSegment::measured).collect();
        let so_far = Allocation {
            draws: self.draws.iter().map(|draw| Draw { grant: draw.grant, minutes: draw.minutes }).collect(),
            remainder: self.remainder.map_or(0, |remainder| remainder.minutes),
        };
        let bill = bill(&charged, self.bill.minimum, self.issued_at);
        (bill, settle(&so_far, bill.billed, &[]))
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;
    use proptest::prelude::*;

    use super::*;
    use crate::model::base::numbers::RequestNumber;
    use crate::model::{
        base::calendar::to_local,
        fixtures::{any_clock, grant, local, segment, vat},
        minutes::ledger::{GrantBalance, allocated, in_drawing_order},
        work::billing::RULE_VERSION,
    };

    fn number(text: &str) -> RequestNumber {
        text.parse().unwrap()
    }

    /// A receipt as closing an intervention makes it.
    fn receipt(segments: &[Segment], minimum: u32, grants: &[GrantBalance], rate: Money, vat: VatRate) -> Receipt {
        let now = local("2026-11-24 12:00");
        let start = segments[0].started_at;
        let bill = bill(segments, minimum, now);
        let payers = in_drawing_order(grants, start);
        let postings = settle(&Allocation::default(), bill.billed, &payers);
        let allocation = allocated(&Allocation::default(), &postings);
        let payer = |id| *payers.iter().find(|grant| grant.id == id).unwrap();
        Receipt {
            rule_version: RULE_VERSION,
            version: 1,
            intervention: InterventionRef { number: number("2026-000042"), ordinal: 1 },
            customer: "Jídelna Na Rovině".into(),
            ico: "12345678".into(),
            program: "Stravné".into(),
            work_type: "Dotaz".into(),
            urgency: Urgency::Normal,
            ordered_by: "Jana Nováková".into(),
            issued_at: now,
            reason: String::new(),
            report: "Opraveno.".into(),
            segments: (1..)
                .zip(segments)
                .map(|(id, segment)| ReceiptSegment {
                    id: SegmentId(id),
                    kind: segment.kind,
                    technician: "Petr".into(),
                    started_at: segment.started_at,
                    ended_at: segment.ended_at.unwrap_or(now),
                    correction: None,
                    source: None,
                    added: false,
                })
                .collect(),
            bill,
            connections: Vec::new(),
            lifted: None,
            draws: allocation
                .draws
                .iter()
                .map(|draw| ReceiptDraw {
                    grant: draw.grant,
                    kind: payer(draw.grant).kind,
                    expires_at: payer(draw.grant).expires_at,
                    minutes: draw.minutes,
                })
                .collect(),
            remainder: (allocation.remainder > 0).then(|| Remainder::new(allocation.remainder, rate, vat)),
        }
    }

    #[test]
    fn an_intervention_is_named_by_its_request_and_ordinal() {
        let intervention = InterventionRef { number: number("2026-000042"), ordinal: 2 };
        assert_eq!(intervention.to_string(), "2026-000042/2");
    }

    #[test]
    fn a_remainder_is_priced_and_its_tax_rounded_once() {
        let remainder = Remainder::new(38, Money::from_haler(2_505), vat(21));
        assert_eq!(remainder.price, Money::from_haler(95_190));
        assert_eq!(remainder.price_with_vat, Money::from_haler(115_180), "1151.799 Kč");
    }

    #[test]
    fn a_receipt_that_does_not_add_up_is_found_out() {
        let work = [segment(SegmentKind::Work, "2026-11-23 09:00", "2026-11-23 09:35")];
        let grants = [grant(1, PoolKind::Contract, 12, None), grant(2, PoolKind::Bundle, 8, None)];
        let good = receipt(&work, 20, &grants, Money::from_haler(2_500), vat(21));
        assert!(good.adds_up());
        assert_eq!(good.remainder.map(|remainder| remainder.minutes), Some(15));

        let mut bad = good.clone();
        bad.draws[0].minutes += 1;
        assert!(!bad.adds_up());
        assert!(!Receipt { draws: good.draws[1..].to_vec(), ..good.clone() }.adds_up());
        assert!(!Receipt { remainder: None, ..good.clone() }.adds_up());
        let bill = Bill { effective_minutes: 36, ..good.bill };
        assert!(!Receipt { bill, ..good }.adds_up());
    }

    #[test]
    fn accepting_an_objection_returns_what_the_segment_added() {
        let work = [
            segment(SegmentKind::Communication, "2026-11-23 09:00", "2026-11-23 09:05"),
            segment(SegmentKind::Work, "2026-11-23 09:05", "2026-11-23 09:45"),
        ];
        let grants = [grant(7, PoolKind::Contract, 30, None)];
        let receipt = receipt(&work, 20, &grants, Money::from_haler(2_500), vat(21));
        let (bill, postings) = receipt.without(SegmentId(1));
        assert_eq!((bill.billed, postings), (40, vec![Posting::Waive(5)]));
        let (bill, postings) = receipt.without(SegmentId(2));
        assert_eq!(bill.billed, 20, "the minimum stays");
        assert_eq!(postings, [Posting::Waive(15), Posting::Return(Draw { grant: grants[0].id, minutes: 10 })]);
        assert_eq!(receipt.without(SegmentId(9)).1, [], "nobody's segment");
    }

    /// What somebody with a pocket calculator makes of a printed receipt, whole numbers only: minutes, minutes beyond the
    /// grants, and what those cost without and with VAT, in haléře.
    fn calculate(receipt: &Receipt, vat_percent: i64) -> (i64, i64, i64, i64) {
        let mut seconds = 0;
        for segment in &receipt.segments {
            let free = ["waiting", "our_fault"].contains(&segment.kind.code());
            let [start, end] =
                [segment.started_at, segment.ended_at].map(|at| to_local(at).format("%H:%M:%S").to_string());
            let passed = end.parse::<NaiveTime>().unwrap() - start.parse::<NaiveTime>().unwrap();
            seconds += if free { 0 } else { passed.num_seconds() };
        }
        let worked = (seconds + 59) / 60;
        let minutes = if worked == 0 { 0 } else { worked.max(receipt.bill.minimum.into()) };
        let over = minutes - receipt.draws.iter().map(|draw| i64::from(draw.minutes)).sum::<i64>();
        let price = over * receipt.remainder.map_or(0, |remainder| remainder.rate.haler());
        (minutes, over, price, (price * (100 + vat_percent) + 50) / 100)
    }

    proptest! {
        #[test]
        fn a_calculator_gets_the_receipts_total(
            (mut segments, now) in any_clock(),
            minimum in 0..60_u32,
            allowance in 0..60_u32,
            bundle in 0..60_u32,
            rate in 0..10_000_i64,
            percent in 0..30_u32,
        ) {
            segments.iter_mut().for_each(|segment| segment.ended_at = segment.ended_at.or(Some(now)));
            let grants = [grant(1, PoolKind::Contract, allowance, None), grant(2, PoolKind::Bundle, bundle, None)];
            let receipt = receipt(&segments, minimum, &grants, Money::from_haler(rate), vat(percent));
            prop_assert!(receipt.adds_up());

            let (minutes, over, price, with_vat) = calculate(&receipt, percent.into());
            prop_assert_eq!(i64::from(receipt.bill.billed), minutes);
            let printed = receipt.remainder.map_or((0, 0, 0), |remainder| {
                (i64::from(remainder.minutes), remainder.price.haler(), remainder.price_with_vat.haler())
            });
            prop_assert_eq!(printed, (over, price, with_vat));
            let shown: u64 = receipt.segments.iter().filter(|segment| segment.kind.is_billable()).map(ReceiptSegment::seconds).sum();
            prop_assert_eq!(shown, receipt.bill.effective_seconds, "the lengths shown are those that are summed");
        }
    }
}
