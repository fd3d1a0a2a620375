//! Pages about work done and under way.

use leptos::prelude::*;

use super::{
    samples::{at, estimates, slot, timeline},
    usage::intervention,
};
use crate::{
    model::{
        base::{
            calendar::from_local,
            ids::{ContestId, GrantId, SegmentId},
            money::{Money, VatRate},
            numbers::InterventionRef,
            terms::Urgency,
        },
        line::catalogue::SlotChoice,
        minutes::pools::PoolKind,
        ordering::{
            pages::RequestSummary,
            requests::RequestState,
            timeline::{TimelineEntry, TimelineKind},
        },
        work::{
            billing::{Bill, RULE_VERSION},
            ceiling::{CeilingView, Consent, ConsentAnswer},
            contests::{Contest, ContestState},
            pages::{ReceiptBack, ReceiptPage, ReceiptSummary, RequestPage, WorkProgress},
            receipts::{Receipt, ReceiptDraw, ReceiptSegment, Remainder},
            segments::SegmentKind,
        },
    },
    ui::{
        format::local_date,
        pages::{ordering::requests::RequestView, work::receipts::ReceiptView},
        texts::t,
    },
};

/// The names of the pages.
pub const PAGES: &[&str] = &[
    "receipt",
    "receipt-paid",
    "receipt-corrected",
    "receipt-free",
    "request-working",
    "request-asked",
    "request-asked-others",
    "request-closed",
    "request-unfinished",
    "request-missed",
];

/// The page of a name, as in the links.
pub fn page_of(name: &str) -> Option<AnyView> {
    let intervention = intervention(131)?;
    if name.starts_with("receipt") {
        let page = receipt_page(name, intervention)?;
        return Some(view! { <ReceiptView page/> }.into_any());
    }
    let request = request(name, intervention)?;
    Some(view! { <RequestView request/> }.into_any())
}

fn segment(id: i64, kind: SegmentKind, from: (u32, u32), to: (u32, u32)) -> ReceiptSegment {
    ReceiptSegment {
        id: SegmentId(id),
        kind,
        technician: t!("sample-technician"),
        started_at: at(25, from.0, from.1),
        ended_at: at(25, to.0, to.1) + chrono::TimeDelta::seconds(20),
        correction: None,
        added: false,
    }
}

/// Twelve minutes and twenty seconds, raised to the minimum, split over both pools.
fn receipt(intervention: InterventionRef) -> Receipt {
    let draw = |id, kind, expires_at, minutes| ReceiptDraw { grant: GrantId(id), kind, expires_at, minutes };
    let midnight = |year, month| {
        chrono::NaiveDate::from_ymd_opt(year, month, 1).map(|day| from_local(day, chrono::NaiveTime::MIN))
    };
    Receipt {
        rule_version: RULE_VERSION,
        version: 1,
        intervention,
        customer: t!("sample-customer"),
        ico: "70123456".to_owned(),
        program: t!("sample-stock"),
        work_type: t!("gallery-option"),
        urgency: Urgency::Normal,
        ordered_by: t!("gallery-person"),
        issued_at: at(25, 8, 32),
        reason: String::new(),
        report: t!("sample-report"),
        segments: vec![
            segment(1, SegmentKind::Preparation, (8, 0), (8, 3)),
            segment(2, SegmentKind::Waiting, (8, 3), (8, 10)),
            segment(3, SegmentKind::Communication, (8, 10), (8, 12)),
            ReceiptSegment {
                correction: Some(t!("sample-correction")),
                ..segment(4, SegmentKind::Work, (8, 12), (8, 19))
            },
            segment(5, SegmentKind::OurFault, (8, 19), (8, 30)),
        ],
        bill: Bill { effective_seconds: 740, effective_minutes: 13, minimum: 20, billed: 20 },
        draws: vec![
            draw(1, PoolKind::Contract, midnight(2027, 1), 12),
            draw(2, PoolKind::Bundle, midnight(2027, 7), 8),
        ],
        remainder: None,
    }
}

fn receipt_page(name: &str, intervention: InterventionRef) -> Option<ReceiptPage> {
    let receipt = receipt(intervention);
    let contest = |id, segment, state, answer: String| Contest {
        id: ContestId(id),
        segment: SegmentId(segment),
        by: t!("gallery-person"),
        at: at(26, 9, 12),
        reason: t!("sample-objection"),
        state,
        decided_at: (state != ContestState::Open).then(|| at(27, 10, 0)),
        answer,
    };
    let plain = ReceiptPage {
        receipt: receipt.clone(),
        former: Vec::new(),
        contests: Vec::new(),
        back: ReceiptBack::Request,
        contest_until: Some(at(30, 15, 30)),
    };
    let vat = VatRate::from_percent(21.into()).unwrap_or(VatRate::ZERO);
    let page = match name {
        "receipt" => plain,
        "receipt-paid" => ReceiptPage {
            receipt: Receipt {
                bill: Bill { effective_seconds: 3_290, effective_minutes: 55, minimum: 20, billed: 55 },
                remainder: Some(Remainder::new(35, Money::from_haler(2_550), vat)),
                ..receipt
            },
            contests: vec![contest(1, 3, ContestState::Open, String::new())],
            ..plain
        },
        "receipt-corrected" => ReceiptPage {
            receipt: Receipt { version: 2, reason: t!("sample-answer"), issued_at: at(27, 10, 0), ..receipt.clone() },
            former: vec![Receipt {
                bill: Bill { effective_seconds: 1_440, effective_minutes: 24, minimum: 20, billed: 24 },
                draws: vec![ReceiptDraw { minutes: 24, ..receipt.draws[0].clone() }],
                ..receipt
            }],
            contests: vec![
                contest(1, 5, ContestState::Accepted, t!("sample-answer")),
                contest(2, 4, ContestState::Rejected, t!("sample-refusal")),
            ],
            ..plain
        },
        "receipt-free" => ReceiptPage {
            receipt: Receipt {
                bill: Bill { minimum: 20, ..Bill::default() },
                draws: Vec::new(),
                segments: receipt.segments.iter().filter(|segment| !segment.kind.is_billable()).cloned().collect(),
                ..receipt
            },
            contest_until: None,
            ..plain
        },
        _ => return None,
    };
    Some(page)
}

fn request(name: &str, intervention: InterventionRef) -> Option<RequestPage> {
    let consent = |answer| Consent { asked_at: at(25, 9, 0), ceiling_minutes: 60, answer };
    let progress = |running, minutes, consent| WorkProgress {
        started_at: at(25, 8, 0),
        running,
        minutes,
        ceiling: CeilingView { minutes: Some(60), consent },
    };
    let answered = ConsentAnswer { at: at(25, 9, 4), by: t!("gallery-filled"), agreed: true, new_ceiling: Some(90) };
    let (state, progress, may_buy) = match name {
        "request-working" => {
            (RequestState::InProgress, Some(progress(Some(SegmentKind::Work), 64, Some(consent(Some(answered))))), true)
        }
        "request-asked" => (RequestState::InProgress, Some(progress(None, 60, Some(consent(None)))), true),
        "request-asked-others" => (RequestState::InProgress, Some(progress(None, 60, Some(consent(None)))), false),
        "request-closed" => (RequestState::Closed, None, true),
        "request-unfinished" | "request-missed" => (RequestState::Waiting, None, true),
        _ => return None,
    };
    let mut timeline = timeline();
    let interruption = match name {
        "request-unfinished" => Some(TimelineKind::Suspended),
        "request-missed" => Some(TimelineKind::NoShow),
        _ => None,
    };
    timeline.extend(interruption.map(|kind| TimelineEntry {
        at: at(25, 8, 32),
        kind,
        by: None,
        slot: None,
        note: String::new(),
    }));
    let receipts = if matches!(name, "request-closed" | "request-unfinished") {
        vec![ReceiptSummary { intervention, closed_at: at(25, 8, 32), billed: 20, report: t!("sample-report") }]
    } else {
        Vec::new()
    };
    Some(RequestPage {
        summary: RequestSummary {
            number: intervention.number,
            state,
            program: t!("sample-stock"),
            work_type: t!("gallery-option"),
            urgency: Urgency::Normal,
            ordered_by: t!("gallery-person"),
            submitted_at: at(20, 7, 58),
            slot: Some(slot(25, 8, 0)),
            choice: SlotChoice::Customer,
        },
        what_happened: t!("gallery-long"),
        claim: None,
        contact_name: t!("gallery-filled"),
        contact_phone: "601234567".to_owned(),
        ceiling_minutes: Some(60),
        estimate: estimates().into_iter().next(),
        change: None,
        joins_until: (!receipts.is_empty() && state == RequestState::Waiting).then(|| local_date(at(27, 8, 0))),
        timeline,
        receipts,
        progress,
        may_order: true,
        may_buy,
    })
}
