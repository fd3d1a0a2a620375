//! An outage as the desk keeps it, while it lasts and after.

use uuid::Uuid;

use super::samples::{OFFICE, SCHOOL, number};
use crate::{
    model::{
        base::{bilingual::Bilingual, ids::OutageId, preview::MailPreview, seen::Seen},
        ordering::{
            offers::Slot,
            outages::{
                OutageEvent, OutageForm, OutagePage, OutageRequest, OutageStep, OutageWords,
                ends::{OutageEndPage, RequestAtEnd},
            },
            requests::RequestState,
        },
    },
    ui::{pages::gallery::samples::at, texts::t},
};

fn request(serial: u32, customer: &str, state: RequestState) -> OutageRequest {
    let is_agreed = state == RequestState::Scheduled;
    OutageRequest {
        number: number(serial),
        customer: customer.to_owned(),
        state,
        program: t!("sample-stock").into(),
        work_type: t!("gallery-option").into(),
        what_happened: t!("gallery-long"),
        slot: is_agreed.then(|| Slot { start: at(26, 8, 0), end: at(26, 8, 45) }),
    }
}

fn event(hour: u32, step: OutageStep, serial: Option<u32>, told: Option<Bilingual>) -> OutageEvent {
    OutageEvent { at: at(25, hour, 5), step, by: Some(t!("gallery-person")), number: serial.map(number), told }
}

/// While it lasts, for a manager.
pub fn lasting() -> OutagePage {
    let words =
        OutageWords { name: t!("gallery-filled").into(), text: t!("gallery-long").into(), began_at: at(25, 7, 30) };
    OutagePage {
        id: OutageId(Uuid::nil()),
        program: t!("sample-stock").into(),
        seen: Seen::of(&OutageForm::from(&words).fields()),
        words,
        resolved_at: None,
        lifted_reason: None,
        requests: vec![
            request(140, SCHOOL, RequestState::Waiting),
            request(142, OFFICE, RequestState::Scheduled),
            request(143, OFFICE, RequestState::InProgress),
        ],
        candidates: vec![request(145, SCHOOL, RequestState::Waiting)],
        history: vec![
            event(8, OutageStep::Opened, None, None),
            event(8, OutageStep::Joined, Some(140), None),
            event(9, OutageStep::News, None, Some(t!("gallery-long").into())),
        ],
        key: Uuid::nil(),
        may_lift: true,
    }
}

/// Before it ends: somebody is called off, and one has to be called.
pub fn ending() -> OutageEndPage {
    let one = |serial, customer, state, is_reached| RequestAtEnd {
        request: request(serial, customer, state),
        technician: (state != RequestState::Waiting).then(|| t!("gallery-person")),
        phone: "+420 601 234 567".to_owned(),
        is_reached,
    };
    OutageEndPage {
        id: OutageId(Uuid::nil()),
        name: t!("gallery-filled").into(),
        resolved_at: None,
        requests: vec![
            one(140, SCHOOL, RequestState::Waiting, false),
            one(142, OFFICE, RequestState::Scheduled, true),
            one(143, OFFICE, RequestState::InProgress, true),
        ],
        mails: vec![MailPreview {
            to: t!("gallery-person"),
            is_customers: true,
            language: "cs".to_owned(),
            subject: t!("gallery-filled"),
            paragraphs: vec![t!("gallery-long")],
        }],
        more_mails: 12,
        seen: Seen::default(),
        key: Uuid::nil(),
    }
}

/// When it is over, and the minimum was lifted.
pub fn over() -> OutagePage {
    OutagePage {
        resolved_at: Some(at(25, 12, 0)),
        lifted_reason: Some(t!("gallery-long")),
        requests: vec![request(140, SCHOOL, RequestState::Closed)],
        candidates: Vec::new(),
        may_lift: false,
        ..lasting()
    }
}
