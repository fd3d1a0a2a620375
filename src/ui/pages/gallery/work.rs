//! Pages about work done and under way.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    samples::{at, estimates, slot, timeline},
    usage::intervention,
};
use crate::{
    model::{
        base::{
            calendar::from_local,
            ids::{AttachmentId, ContestId, GrantId, SegmentId},
            money::{Money, VatRate},
            numbers::InterventionRef,
            terms::Urgency,
        },
        line::catalogue::SlotChoice,
        minutes::pools::PoolKind,
        ordering::{
            attachments::{Attachment, AttachmentKind},
            pages::RequestSummary,
            requests::RequestState,
            timeline::{TimelineEntry, TimelineKind},
        },
        work::{
            billing::{Bill, RULE_VERSION},
            ceiling::{CeilingView, Consent, ConsentAnswer, SpokenAnswer},
            contests::{Contest, ContestState},
            evidence::Connection,
            pages::{ReceiptBack, ReceiptPage, ReceiptSummary, RequestPage, WorkProgress},
            ratings::RatingPage,
            readiness::ReadyAnswer,
            receipts::{Receipt, ReceiptDraw, ReceiptSegment, Remainder},
            remote_sessions::SessionLink,
            segments::SegmentKind,
        },
    },
    ui::{
        format::local_date,
        pages::{
            ordering::requests::RequestView,
            work::{ratings::RatingView, receipts::ReceiptView},
        },
        texts::t,
    },
};

sample_pages! {
    before {
        let intervention = intervention(131)?;
        let receipt = receipt(intervention);
        let contest = |id, segment, state, answer: String| Contest {
            id: ContestId(id),
            segment: SegmentId(segment),
            by: t!("gallery-person"),
            at: at(26, 9, 12),
            reason: t!("sample-objection"),
            state,
            accepted_minutes: None,
            decided_at: (state != ContestState::Open).then(|| at(27, 10, 0)),
            answer,
        };
        let plain = ReceiptPage {
            receipt: receipt.clone(),
            former: Vec::new(),
            contests: Vec::new(),
            consents: Vec::new(),
            back: ReceiptBack::Request,
            contest_until: Some(at(30, 15, 30)),
        };
        let vat = VatRate::from_percent(21.into()).unwrap_or(VatRate::ZERO);
        let of_receipt = |page| view! { <ReceiptView page/> }.into_any();
        let consent = |answer| Consent { asked_at: at(25, 9, 0), ceiling_minutes: 60, answer };
        let progress = |running, minutes, consent| WorkProgress {
            started_at: at(25, 8, 0),
            running,
            minutes,
            ceiling: CeilingView { minutes: Some(60), consent },
            put_right: None,
        };
        let answered = ConsentAnswer { at: at(25, 9, 4), by: t!("gallery-filled"), spoken: None, agreed: true, new_ceiling: Some(90) };
        let of = |request| view! { <RequestView request key=Uuid::nil()/> }.into_any();
        let working = |progress| RequestPage { progress: Some(progress), ..request(intervention, RequestState::InProgress) };
        let waiting = |interruption| {
            let mut request = request(intervention, RequestState::Waiting);
            request.timeline.push(TimelineEntry { program: None,
                at: at(25, 8, 32),
                kind: interruption,
                by: None,
                slot: None,
                note: String::new(),
                told: None,
                said_at: None,
                attachments: Vec::new(),
            });
            request
        };
        let receipts =
            vec![ReceiptSummary { intervention, closed_at: at(25, 8, 32), billed: 20, report: t!("sample-report") }];
    }
    "receipt" => of_receipt(plain),
    "receipt-paid" => of_receipt(ReceiptPage {
        receipt: Receipt {
            bill: Bill { effective_seconds: 3_290, effective_minutes: 55, minimum: 20, billed: 55 },
            remainder: Some(Remainder::new(35, Money::from_haler(2_550), vat)),
            ..receipt
        },
        contests: vec![contest(1, 3, ContestState::Open, String::new())],
        consents: vec![consent(Some(ConsentAnswer {
            spoken: Some(SpokenAnswer { at: at(25, 9, 2), words: t!("sample-words") }),
            ..answered.clone()
        }))],
        ..plain
    }),
    "receipt-corrected" => of_receipt(ReceiptPage {
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
    }),
    "receipt-free" => of_receipt(ReceiptPage {
        receipt: Receipt {
            bill: Bill { minimum: 20, ..Bill::default() },
            draws: Vec::new(),
            segments: receipt.segments.iter().filter(|segment| !segment.kind.is_billable()).cloned().collect(),
            ..receipt
        },
        contest_until: None,
        ..plain
    }),
    "request-working" => of(working(progress(Some(SegmentKind::Work), 64, Some(consent(Some(answered)))))),
    "request-asked" => of(working(progress(None, 60, Some(consent(None))))),
    "request-asked-others" => {
        of(RequestPage { may_buy: false, ..working(progress(None, 60, Some(consent(None)))) })
    },
    "request-closed" => of(RequestPage { receipts, ..request(intervention, RequestState::Closed) }),
    "request-unfinished" => of(RequestPage {
        receipts,
        joins_until: Some(local_date(at(27, 8, 0))),
        ..waiting(TimelineKind::Suspended)
    }),
    "request-written" => {
        let mut request = request(intervention, RequestState::Scheduled);
        (request.unread_messages, request.said) = (1, Some(ReadyAnswer::CallMe));
        request.timeline.extend([
            message(TimelineKind::CustomerWrote, Some(t!("gallery-person")), vec![file(1, AttachmentKind::Png), file(2, AttachmentKind::Text)]),
            message(TimelineKind::VendorWrote, None, Vec::new()),
        ]);
        of(request)
    },
    "rating" => rating(intervention, None, None),
    "rating-given" => rating(intervention, Some(5), Some(at(25, 10, 0))),
    "request-missed" => of(waiting(TimelineKind::NoShow)),
    "request-missed-by-us" => {
        let missed = waiting(TimelineKind::MissedByUs);
        of(RequestPage { summary: RequestSummary { missed_by_us: true, ..missed.summary.clone() }, ..missed })
    },
}

/// What somebody wrote, with what goes with it.
fn message(kind: TimelineKind, by: Option<String>, attachments: Vec<Attachment>) -> TimelineEntry {
    TimelineEntry {
        program: None,
        at: at(25, 7, 10),
        kind,
        by,
        slot: None,
        note: t!("gallery-long"),
        told: None,
        said_at: None,
        attachments,
    }
}

fn file(id: u128, kind: AttachmentKind) -> Attachment {
    let name = format!("{}.{}", t!("gallery-filled"), kind.ending());
    Attachment { id: AttachmentId(Uuid::from_u128(id)), name, kind, bytes: 240_000 }
}

fn rating(intervention: InterventionRef, rated: Option<u32>, agreed_at: Option<DateTime<Utc>>) -> AnyView {
    let page = RatingPage {
        link: Uuid::nil(),
        secret: String::new(),
        intervention,
        program: t!("sample-stock").into(),
        work_type: t!("gallery-option").into(),
        closed_at: at(25, 8, 32),
        billed: 20,
        rated,
        agreed_at,
        is_over: false,
    };
    view! { <RatingView page/> }.into_any()
}

fn segment(id: i64, kind: SegmentKind, from: (u32, u32), to: (u32, u32)) -> ReceiptSegment {
    ReceiptSegment {
        id: SegmentId(id),
        kind,
        technician: t!("sample-technician"),
        started_at: at(25, from.0, from.1),
        ended_at: at(25, to.0, to.1) + chrono::TimeDelta::seconds(20),
        correction: None,
        source: None,
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
        program: t!("sample-stock").into(),
        work_type: t!("gallery-option").into(),
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
        connections: vec![Connection {
            device: t!("gallery-option"),
            started_at: at(25, 8, 12),
            ended_at: at(25, 8, 22),
        }],
        lifted: None,
        draws: vec![
            draw(1, PoolKind::Contract, midnight(2027, 1), 12),
            draw(2, PoolKind::Bundle, midnight(2027, 7), 8),
        ],
        remainder: None,
    }
}

/// A request in a state.
pub fn request(intervention: InterventionRef, state: RequestState) -> RequestPage {
    RequestPage {
        outage: None,
        earlier: None,
        session: SessionLink::parse("https://get.teamviewer.com/s12345678"),
        summary: RequestSummary {
            number: intervention.number,
            state,
            program: t!("sample-stock").into(),
            work_type: t!("gallery-option").into(),
            urgency: Urgency::Normal,
            ordered_by: t!("gallery-person"),
            submitted_at: at(20, 7, 58),
            slot: Some(slot(25, 8, 0)),
            choice: SlotChoice::Customer,
            missed_by_us: false,
            awaits_consent: false,
            offered_until: None,
        },
        version: "2026.3".to_owned(),
        what_happened: t!("gallery-long"),
        claim: None,
        contact_name: t!("gallery-filled"),
        contact_phone: "601234567".to_owned(),
        ceiling_minutes: Some(60),
        estimate: estimates().into_iter().next(),
        change: None,
        undo_until: None,
        joins_until: None,
        offered: Vec::new(),
        timeline: timeline(),
        unread_messages: 0,
        prepared_minutes: 0,
        said: None,
        receipts: Vec::new(),
        progress: None,
        may_order: true,
        may_buy: true,
    }
}
