//! Where on the board an appointment can be put: asked by the browser while it is dragged, from what the page already holds.
//!
//! It only says what is seen to be in the way. Whether it can be had is said by the page on which it is confirmed, and decided by the
//! database.

use std::ops::Range;

use super::board::{Cell, CellKind, Row};

/// What is seen to be in the way of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// It is over.
    Past,
    /// Something takes the technician.
    Taken,
    /// The technician is absent.
    Absent,
    /// The technician does not work then.
    NotPlanned,
}

/// A technician's day in letters, one for each quarter of an hour: what the browser is handed of it.
#[must_use]
pub fn in_letters(row: &Row) -> String {
    let letters = |cell: &Cell| {
        let letter = match &cell.kind {
            CellKind::Free => ".",
            // What is over gives its time back.
            CellKind::Taken(taken) if !taken.state.blocking() => ".",
            CellKind::Taken(_) => "x",
            CellKind::Absent => "a",
            CellKind::NotPlanned => "-",
        };
        letter.repeat(usize::try_from(cell.quarters()).unwrap_or_default())
    };
    row.cells.iter().map(letters).collect()
}

/// What on a day in letters is in the way of a place.
///
/// * `own` – which quarters of that day the appointment itself takes
/// * `now` – the first quarter that is not over
#[must_use]
pub fn clash(day: &str, place: &Range<usize>, own: &Range<usize>, now: usize) -> Option<Clash> {
    if place.start < now {
        return Some(Clash::Past);
    }
    if day.len() < place.end {
        return Some(Clash::NotPlanned);
    }
    let letters = day.bytes().enumerate().skip(place.start).take(place.len());
    letters.filter(|(quarter, _)| !own.contains(quarter)).find_map(|(_, letter)| match letter {
        b'.' => None,
        b'x' => Some(Clash::Taken),
        b'a' => Some(Clash::Absent),
        _ => Some(Clash::NotPlanned),
    })
}

/// A place on the board: the technician's row, and the quarter with which it begins.
pub type Spot = (usize, usize);

/// The earliest place that can be had, of those in the topmost row; none where there is none. There what lay nowhere on the board is
/// taken up by the keyboard.
///
/// * `days` – the technicians' days in letters, by their rows
/// * `now` – the first quarter that is not over
#[must_use]
pub fn first_free(days: &[&str], long: usize, now: usize) -> Option<Spot> {
    let quarters = days.first().map_or(0, |day| day.len());
    let mut spots = (now..quarters).flat_map(|at| (0..days.len()).map(move |row| (row, at)));
    spots.find(|&(row, at)| clash(days[row], &(at..at + long), &(0..0), now).is_none())
}

/// Where an arrow of the keyboard leads from a place, on a board of so many rows and quarters; none for any other key.
///
/// * `long` – how many quarters it takes
#[must_use]
pub fn step(key: &str, (row, at): Spot, (rows, quarters): (usize, usize), long: usize) -> Option<Spot> {
    match key {
        "ArrowLeft" => Some((row, at.saturating_sub(1))),
        "ArrowRight" => Some((row, (at + 1).min(quarters.saturating_sub(long)))),
        "ArrowUp" => Some((row.saturating_sub(1), at)),
        "ArrowDown" => Some(((row + 1).min(rows.saturating_sub(1)), at)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        base::{bilingual::Bilingual, ids::StaffId, terms::Urgency},
        fixtures::local,
        ordering::{appointments::AppointmentState, offers::Slot},
        work::{board::Taken, lanes::Colleague},
    };

    fn cell(from: &str, until: &str, kind: CellKind) -> Cell {
        let at = |wall: &str| local(&format!("2026-11-24 {wall}"));
        Cell { slot: Slot { start: at(from), end: at(until) }, kind }
    }

    fn taken(from: &str, until: &str, state: AppointmentState) -> Cell {
        let name = Bilingual::from("Sklad".to_owned());
        let slot = cell(from, until, CellKind::Free).slot;
        let taken = Taken {
            number: None,
            slot,
            state,
            urgency: Urgency::Normal,
            customer: "Škola".into(),
            program: name.clone(),
            work_type: name,
            said: None,
        };
        cell(from, until, CellKind::Taken(Box::new(taken)))
    }

    #[test]
    fn a_day_is_a_letter_for_each_quarter() {
        let cells = vec![
            cell("07:00", "07:30", CellKind::NotPlanned),
            taken("07:30", "08:00", AppointmentState::Done),
            taken("08:00", "08:45", AppointmentState::Confirmed),
            cell("08:45", "09:00", CellKind::Free),
            cell("09:00", "09:30", CellKind::Absent),
        ];
        let technician = Colleague { id: StaffId(1), name: "Radek".into() };
        assert_eq!(in_letters(&Row { technician, cells, free_minutes: 15, is_absent: false }), "--..xxx.aa");
    }

    #[test]
    fn the_first_thing_in_the_way_is_told_and_an_appointment_is_not_in_its_own() {
        let day = "--..xxx.aa";
        let clash = |place: Range<usize>, own: Range<usize>| clash(day, &place, &own, 1);
        assert_eq!(clash(2..4, 0..0), None);
        assert_eq!(clash(3..5, 0..0), Some(Clash::Taken));
        assert_eq!(clash(3..6, 4..7), None, "it moves within its own time");
        assert_eq!(clash(6..9, 4..7), Some(Clash::Absent));
        assert_eq!(clash(1..3, 0..0), Some(Clash::NotPlanned));
        assert_eq!(clash(0..2, 0..0), Some(Clash::Past));
        assert_eq!(clash(7..11, 7..11), Some(Clash::NotPlanned), "the day is over");
    }

    #[test]
    fn what_lay_nowhere_is_taken_up_at_the_earliest_free_place() {
        let days = ["x..xx.....", ".....x....", "--....aaaa"];
        assert_eq!(first_free(&days, 2, 0), Some((1, 0)));
        assert_eq!(first_free(&days, 2, 1), Some((0, 1)), "the topmost of those at the same time");
        assert_eq!(first_free(&days, 2, 3), Some((1, 3)));
        assert_eq!(first_free(&days, 5, 1), Some((0, 5)));
        assert_eq!(first_free(&days, 6, 1), None);
        assert_eq!(first_free(&days, 1, 10), None);
        assert_eq!(first_free(&[], 1, 0), None);
    }

    #[test]
    fn arrows_step_within_the_board() {
        let from = |spot, key| step(key, spot, (3, 34), 4);
        assert_eq!(from((1, 5), "ArrowLeft"), Some((1, 4)));
        assert_eq!(from((1, 0), "ArrowLeft"), Some((1, 0)));
        assert_eq!(from((1, 30), "ArrowRight"), Some((1, 30)));
        assert_eq!(from((0, 5), "ArrowUp"), Some((0, 5)));
        assert_eq!(from((2, 5), "ArrowDown"), Some((2, 5)));
        assert_eq!(from((1, 5), "Enter"), None);
    }
}
