//! An outage as the desk keeps it, while it lasts and after.

use uuid::Uuid;

use super::samples::{OFFICE, SCHOOL, number};
use crate::{
    model::{
        base::{bilingual::Bilingual, ids::OutageId, seen::Seen},
        ordering::{
            offers::Slot,
            outages::{OutageEvent, OutageForm, OutagePage, OutageRequest, OutageStep, OutageWords},
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
        key_of_answer: Uuid::nil(),
        may_lift: true,
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
