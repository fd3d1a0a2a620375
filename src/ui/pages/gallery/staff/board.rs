//! A day and a week of the board.

use chrono::{Days, NaiveDate};

use super::samples::{OFFICE, SCHOOL, number};
use crate::{
    model::{
        base::{calendar::DayKind, ids::StaffId, preview::MailPreview, terms::Urgency},
        ordering::{
            appointments::AppointmentState,
            offers::{Slot, SlotRefused},
            requests::RequestState,
        },
        work::{
            board::{Board, Cell, CellKind, Row, Taken, WeekBoard},
            cases::OpenRequest,
            consequences::{Agreed, Beside, Consequences, Delay, EventChange, InTheWay, Refusal, Target},
            lanes::{Colleague, Lane, QueueItem, QueuePage, QueueView, Standing},
        },
    },
    ui::{pages::gallery::samples::at, texts::t},
};

fn span(from: (u32, u32), until: (u32, u32)) -> Slot {
    Slot { start: at(25, from.0, from.1), end: at(25, until.0, until.1) }
}

fn taken(serial: u32, slot: Slot, state: AppointmentState, urgency: Urgency) -> Cell {
    let taken = Taken {
        number: (state != AppointmentState::Held).then(|| number(serial)),
        slot,
        state,
        urgency,
        customer: if serial.is_multiple_of(2) { SCHOOL } else { OFFICE }.to_owned(),
        program: t!("sample-stock").into(),
        work_type: t!("gallery-option").into(),
        said: None,
    };
    Cell { slot, kind: CellKind::Taken(Box::new(taken)) }
}

fn quiet(from: (u32, u32), until: (u32, u32), kind: CellKind) -> Cell {
    Cell { slot: span(from, until), kind }
}

fn row(id: i64, name: &str, free_minutes: u32, cells: Vec<Cell>) -> Row {
    Row { technician: Colleague { id: StaffId(id), name: name.to_owned() }, cells, free_minutes, is_absent: false }
}

fn agreed(serial: u32, from: (u32, u32), until: (u32, u32)) -> Cell {
    taken(serial, span(from, until), AppointmentState::Confirmed, Urgency::Normal)
}

/// Everything that an act can mean.
pub fn consequences() -> Consequences {
    let technician = |id: i64, name: &str| Colleague { id: StaffId(id), name: name.to_owned() };
    let delay = |serial: u32, before: u32, after: u32| Delay {
        number: number(serial),
        customer: SCHOOL.to_owned(),
        slot: span((10, 0), (11, 0)),
        technician: "Pavel Černý".to_owned(),
        before,
        after,
    };
    let mail = |to: &str, is_customers: bool| MailPreview {
        to: to.to_owned(),
        is_customers,
        language: "cs".to_owned(),
        subject: t!("gallery-long-label"),
        paragraphs: vec![t!("gallery-label"), t!("gallery-long")],
    };
    let beside = |serial: u32, is_at_once: bool| Beside {
        request: OpenRequest {
            number: number(serial),
            state: RequestState::Scheduled,
            program: t!("sample-stock").into(),
            work_type: t!("gallery-option").into(),
            urgency: Urgency::Normal,
            start: Some(at(25, 9, 0)),
        },
        is_at_once,
    };
    Consequences {
        before: Some(Agreed { slot: span((8, 0), (9, 0)), technician: technician(1, "Pavel Černý") }),
        after: Some(Agreed { slot: span((9, 0), (10, 0)), technician: technician(2, "Simona Bílá") }),
        event: Some(EventChange::Changed { from: 1, to: 2 }),
        target: Some(Target::Broken { until: at(25, 8, 15), by: 45 }),
        delays: vec![delay(122, 0, 20), delay(124, 15, 0), delay(126, 5, 5), delay(128, 5, 10)],
        beside: vec![beside(130, true), beside(132, false)],
        estimate: None,
        ceiling: Some(60),
        mails: vec![mail("Jana Nováková", true), mail("Simona Bílá", false)],
        is_to_be_called: true,
    }
}

/// Everything that can be in the way of one.
pub fn refused() -> (Refusal, Vec<InTheWay>) {
    let slot = span((9, 0), (10, 0));
    let CellKind::Taken(taken) = taken(122, slot, AppointmentState::Confirmed, Urgency::Normal).kind else {
        return (Refusal::ChangesNothing, Vec::new());
    };
    let in_the_way = vec![InTheWay::Taken(taken), InTheWay::Absent, InTheWay::NotPlanned, InTheWay::Unskilled];
    (Refusal::Slot(SlotRefused::Taken), in_the_way)
}

/// Everything that a cell can be.
pub fn day() -> Board {
    use AppointmentState::{Done, Held, Running};
    let end = (16, 0);
    let rows = vec![
        row(
            1,
            "Pavel Černý",
            135,
            vec![
                taken(122, span((7, 0), (8, 0)), Done, Urgency::Normal),
                taken(124, span((8, 0), (9, 30)), Running, Urgency::Urgent),
                quiet((9, 30), (10, 0), CellKind::Free),
                agreed(126, (10, 0), (11, 0)),
                quiet((11, 0), (12, 45), CellKind::Free),
                agreed(128, (12, 45), (15, 30)),
                quiet((15, 30), end, CellKind::NotPlanned),
            ],
        ),
        row(
            2,
            "Radek Urban",
            150,
            vec![
                quiet((7, 0), (9, 0), CellKind::Free),
                taken(131, span((9, 0), (9, 30)), Held, Urgency::Normal),
                quiet((9, 30), (10, 0), CellKind::Free),
                agreed(133, (10, 0), (12, 0)),
                quiet((12, 0), end, CellKind::Absent),
            ],
        ),
        row(3, "Simona Vlčková", 0, vec![quiet((7, 0), end, CellKind::Absent)]),
    ];
    Board {
        date: date(),
        kind: DayKind::Working,
        shown: span((7, 0), end),
        now: Some(at(25, 9, 10)),
        soonest: at(25, 9, 30),
        free_minutes: rows.iter().map(|row| row.free_minutes).sum(),
        rows,
        reserved_minutes: Some(90),
    }
}

fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap_or_default()
}

/// What waits beside it.
pub fn queue() -> QueuePage {
    let item = |serial, lane, urgency| QueueItem {
        standing: Standing { due: at(25, 10, 40), urgency, since: at(25, 8, 5), number: number(serial) },
        lane,
        customer: SCHOOL.to_owned(),
        program: t!("sample-stock").into(),
        work_type: t!("gallery-option").into(),
        what_happened: t!("gallery-filled"),
        contact_name: t!("gallery-filled"),
        contact_phone: "+420377457977".to_owned(),
        takes: (lane == Lane::New).then_some(60),
        claimed_by: None,
        brought_by: None,
        snoozed_until: None,
        is_back: false,
        outage: None,
    };
    QueuePage {
        view: QueueView::All,
        lanes: vec![(Lane::Overdue, 1), (Lane::New, 1)],
        waiting: 2,
        longest_minutes: 65,
        newcomers: 1,
        mails: 2,
        mine: 0,
        resting: 0,
        total: 2,
        is_near_first: Some(true),
        items: vec![item(140, Lane::Overdue, Urgency::Urgent), item(142, Lane::New, Urgency::Normal)],
    }
}

/// Five such days.
pub fn week() -> WeekBoard {
    let days = (0..5).map(|later| Board { date: date() - Days::new(2) + Days::new(later), ..day() });
    WeekBoard::of(&days.collect::<Vec<_>>())
}
