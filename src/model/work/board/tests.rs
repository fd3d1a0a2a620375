//! A technician's day, quarter by quarter, and the week that follows from it.

use proptest::prelude::*;

use super::*;
use crate::model::{
    base::ids::StaffId,
    fixtures::{calendar, date, local, settings},
    line::plans::PlannedWeek,
    ordering::offers::{Busy, PlanException},
};

const DAY: &str = "2026-11-24";

fn at(wall: &str) -> DateTime<Utc> {
    local(&format!("{DAY} {wall}"))
}

fn slot(from: &str, until: &str) -> Slot {
    Slot { start: at(from), end: at(until) }
}

fn taken(number: u32, from: &str, until: &str, state: AppointmentState) -> Taken {
    let name = Bilingual::from("Sklad".to_owned());
    Taken {
        number: Some(format!("2026-{number:06}").parse().unwrap()),
        slot: slot(from, until),
        state,
        urgency: Urgency::Normal,
        customer: "Škola".into(),
        program: name.clone(),
        work_type: name,
        said: None,
    }
}

/// A technician who works from seven to half past three, and is taken by that.
fn plan(taken: &[Taken], absent: &[Slot]) -> TechnicianPlan {
    let spans = vec![("07:00".parse().unwrap(), "15:30".parse().unwrap())];
    let of = |slot: Slot| Interval::new(slot.start, slot.end).unwrap();
    TechnicianPlan {
        technician: StaffId(1),
        skills: Vec::new(),
        is_near: true,
        weeks: vec![PlannedWeek { first: None, last: None, week: std::array::from_fn(|_| spans.clone()) }],
        exceptions: absent.iter().map(|slot| PlanException { during: of(*slot), kind: ExceptionKind::Off }).collect(),
        busy: taken
            .iter()
            .filter(|taken| taken.state.blocking())
            .map(|taken| Busy { during: of(taken.slot), urgent: false })
            .collect(),
    }
}

fn board(taken: &[Taken], absent: &[Slot], now: DateTime<Utc>) -> Board {
    let (calendar, settings) = (calendar(), settings());
    let facts = BoardFacts {
        calendar: &calendar,
        settings: &settings,
        released: &[],
        technicians: &[Colleague { id: StaffId(1), name: "Pavel Černý".into() }],
        plans: &[plan(taken, absent)],
        taken: &taken.iter().map(|taken| (0, taken.clone())).collect::<Vec<_>>(),
    };
    Board::of(facts, date(DAY), now)
}

/// "7:00 free, 8:00 taken"
fn told(board: &Board) -> Vec<(Slot, &'static str)> {
    let told = |kind: &CellKind| match kind {
        CellKind::NotPlanned => "not planned",
        CellKind::Absent => "absent",
        CellKind::Free => "free",
        CellKind::Taken(_) => "taken",
    };
    board.rows[0].cells.iter().map(|cell| (cell.slot, told(&cell.kind))).collect()
}

#[test]
fn a_day_is_what_is_planned_less_absence_and_what_is_agreed() {
    let agreed = [taken(1, "08:00", "09:00", AppointmentState::Confirmed)];
    let board = board(&agreed, &[slot("13:00", "16:00")], at("06:00"));
    assert_eq!(board.shown, slot("07:00", "16:00"), "whole hours");
    assert_eq!(
        told(&board),
        [
            (slot("07:00", "08:00"), "free"),
            (slot("08:00", "09:00"), "taken"),
            (slot("09:00", "13:00"), "free"),
            (slot("13:00", "16:00"), "absent"),
        ]
    );
    assert_eq!(board.free_minutes, 300);
    assert_eq!(board.reserved_minutes, Some(90), "a quarter of the six hours that are worked");
}

#[test]
fn who_is_absent_for_the_rest_of_the_day_is_so_whatever_is_still_agreed() {
    let agreed = [taken(1, "10:00", "15:30", AppointmentState::Confirmed)];
    let is_absent = |absent: &[Slot], now| board(&agreed, absent, at(now)).rows[0].is_absent;
    assert!(is_absent(&[slot("09:00", "16:00")], "09:20"), "what is agreed is displaced");
    assert!(!is_absent(&[slot("13:00", "16:00")], "09:20"), "until one o'clock there is work");
    assert!(is_absent(&[slot("13:00", "16:00")], "13:00"));
    assert!(!is_absent(&[], "09:20"));
    assert!(!is_absent(&[slot("07:00", "09:00")], "09:20"), "that is over");
}

#[test]
fn what_is_over_is_free_no_more_and_nothing_is_kept_after_eight() {
    let board = board(&[], &[], at("15:00"));
    assert_eq!((board.free_minutes, board.reserved_minutes, board.now), (30, None, Some(at("15:00"))));
    let full = [taken(1, "07:00", "15:30", AppointmentState::Confirmed)];
    let board = self::board(&full, &[], at("06:00"));
    assert_eq!((board.free_minutes, board.reserved_minutes), (0, None), "nothing is free that could be released");
    let tomorrow = self::board(&[], &[], local("2026-11-23 15:00"));
    assert_eq!((tomorrow.now, tomorrow.free_minutes), (None, 510));
}

#[test]
fn work_that_goes_on_takes_its_technician_until_it_is_over() {
    let running = taken(1, "08:00", "09:00", AppointmentState::Running);
    let next = taken(2, "09:30", "10:00", AppointmentState::Confirmed);
    let board = board(&[running.clone(), next], &[], at("09:10"));
    assert_eq!(
        told(&board)[..4],
        [
            (slot("07:00", "08:00"), "free"),
            (slot("08:00", "09:15"), "taken"),
            (slot("09:15", "09:30"), "free"),
            (slot("09:30", "10:00"), "taken"),
        ]
    );
    assert_eq!(running.trouble(at("09:10")), Some(Trouble::GoesOn));
    assert_eq!(running.trouble(at("08:59")), None);
    // Though the line has closed, whoever works is seen.
    let late = self::board(&[taken(1, "14:30", "15:30", AppointmentState::Running)], &[], at("17:05"));
    assert_eq!((late.shown, late.now), (slot("07:00", "18:00"), Some(at("17:05"))));
    assert_eq!(told(&late)[1], (slot("14:30", "17:15"), "taken"));
}

#[test]
fn what_ended_early_gives_the_rest_of_its_time_to_what_came_after() {
    let done = taken(1, "08:00", "10:00", AppointmentState::Done);
    let next = taken(2, "09:00", "09:30", AppointmentState::Confirmed);
    let board = board(&[done, next.clone()], &[], at("08:50"));
    let at_nine = board.rows[0].cells.iter().find(|cell| cell.slot.start == at("09:00")).unwrap();
    assert_eq!(at_nine.kind, CellKind::Taken(Box::new(next)));
}

#[test]
fn what_has_not_begun_in_time_is_trouble() {
    let late = taken(1, "08:00", "09:00", AppointmentState::Confirmed);
    assert_eq!(late.trouble(at("08:04")), None);
    assert_eq!(late.trouble(at("08:05")), Some(Trouble::NotBegun));
    let missed = Taken { state: AppointmentState::MissedByUs, ..late };
    assert_eq!(missed.trouble(at("08:05")), Some(Trouble::Missed));
}

#[test]
fn a_week_counts_what_is_agreed_once_and_leaves_out_empty_weekends() {
    let week: Vec<_> = (0..7)
        .map(|day| {
            let mut board = board(&[taken(1, "08:00", "09:00", AppointmentState::Confirmed)], &[], at("06:00"));
            board.date = week_of(date(DAY)).start + Days::new(day);
            if day > 4 {
                board.kind = DayKind::Weekend;
                board.rows[0].cells = vec![Cell { slot: board.shown, kind: CellKind::NotPlanned }];
            }
            board
        })
        .collect();
    let board = WeekBoard::of(&week);
    assert_eq!(board.days.len(), 5);
    assert_eq!(board.days[0], date("2026-11-23"));
    let cell = WeekCell { appointments: 1, free_minutes: 450, is_absent: false };
    assert_eq!(board.rows[0].1, vec![cell; 5]);
}

proptest! {
    /// Whatever is agreed, and whoever is absent, each minute that is shown stands in exactly one cell.
    #[test]
    fn cells_cover_the_day_without_gaps_and_overlaps(
        spans in prop::collection::vec((0..600_i64, 5..180_i64, 0..7_usize), 0..8),
        off in prop::collection::vec((0..600_i64, 5..300_i64), 0..3),
        now in 0..900_i64,
    ) {
        let span = |from: i64, length: i64| {
            let start = at("06:00") + TimeDelta::minutes(from);
            Slot { start, end: start + TimeDelta::minutes(length) }
        };
        let agreed: Vec<_> = spans
            .iter()
            .map(|&(from, length, state)| Taken {
                slot: span(from, length),
                ..taken(1, "08:00", "09:00", AppointmentState::ALL[state])
            })
            .collect();
        let off: Vec<_> = off.iter().map(|&(from, length)| span(from, length)).collect();
        let board = board(&agreed, &off, at("06:00") + TimeDelta::minutes(now));
        let cells = &board.rows[0].cells;
        prop_assert_eq!(cells[0].slot.start, board.shown.start);
        prop_assert_eq!(cells[cells.len() - 1].slot.end, board.shown.end);
        for two in cells.windows(2) {
            prop_assert_eq!(two[0].slot.end, two[1].slot.start);
            prop_assert_ne!(&two[0].kind, &two[1].kind, "neighbours that are the same are one cell");
        }
        let free = cells.iter().filter(|cell| cell.kind == CellKind::Free);
        for cell in free {
            let blocked = agreed.iter().any(|taken| taken.slot.overlaps(cell.slot));
            prop_assert!(!blocked, "{:?} is not free", cell);
        }
    }
}

#[test]
fn the_first_free_times_begin_with_a_quarter_and_are_long_enough_to_be_named() {
    let (taken, absent) = ([taken(1, "08:00", "09:00", AppointmentState::Confirmed)], [slot("12:00", "13:00")]);
    let gaps = |now: &str, most| {
        let board = board(&taken, &absent, at(now));
        board.gaps(most).into_iter().map(|(slot, _)| slot).collect::<Vec<_>>()
    };
    assert_eq!(gaps("06:00", 9), [slot("07:00", "08:00"), slot("09:00", "12:00"), slot("13:00", "15:30")]);
    assert_eq!(gaps("07:15", 9), [slot("07:30", "08:00"), slot("09:00", "12:00"), slot("13:00", "15:30")]);
    assert_eq!(gaps("07:16", 1), [slot("09:00", "12:00")], "a quarter of an hour is no time");
    assert_eq!(gaps("14:55", 9), []);
}
