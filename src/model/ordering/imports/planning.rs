//! Rows of when technicians work, and when nobody does.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    ImportFault, ImportKind,
    cells::{Cell, Key, Line, Moment, Spans},
    columns::{Column, Header},
    rows::{Reference, Row, Rules, Term, read_cell, refer, rows},
};
use crate::model::line::plans::ExceptionKind;

rows! {
    /// A week of a technician's plan, and the days on which it holds.
    pub struct PlanWeek: Plans, "In which weeks technicians work. A line takes the place of whatever was planned for its days; one without any hours \
        says that nothing is worked then." {
        /// The key of the technician.
        technician: Key = "technik",
        /// The first day on which the week holds; empty where it always did.
        from: Option<NaiveDate> = "od",
        /// The last one; empty for ever.
        until: Option<NaiveDate> = "do",
        /// The hours of Mondays.
        monday: Spans = "pondeli",
        /// The hours of Tuesdays.
        tuesday: Spans = "utery",
        /// The hours of Wednesdays.
        wednesday: Spans = "streda",
        /// The hours of Thursdays.
        thursday: Spans = "ctvrtek",
        /// The hours of Fridays.
        friday: Spans = "patek",
        /// The hours of Saturdays.
        saturday: Spans = "sobota",
        /// The hours of Sundays.
        sunday: Spans = "nedele",
    }

    /// A deviation from a technician's week.
    pub struct Absence: Absences, "When technicians are absent, or work on top of their week. What is agreed in an absence is shown to dispatch." {
        /// The key of the technician.
        technician: Key = "technik",
        /// Which of the two.
        kind: ExceptionKind = "druh",
        /// When it begins.
        start: Moment = "zacatek",
        /// When it ends; the midnight after its last day, where it takes whole days.
        end: Moment = "konec",
        /// Why, for colleagues.
        note: Option<Line<200>> = "poznamka",
    }

    /// A day on which nobody works.
    pub struct ClosedDay: Closures, "Days on which the line is closed, beside public holidays. What is agreed on them is shown to dispatch." {
        /// Which day.
        day: NaiveDate = "den",
        /// Why, for customers to read.
        reason: Line<100> = "duvod",
    }
}

impl Rules for PlanWeek {
    fn key(&self) -> String {
        // Neither holds a line feed.
        format!("{}\n{}\n{}", self.technician.0, self.from.write(), self.until.write())
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("technician", ImportKind::Technicians, &self.technician)]
    }

    fn holds_alone(&self) -> Option<Term<'_>> {
        Some(Term { of: &self.technician.0, from: self.from, until: self.until })
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        let is_reversed = matches!((self.from, self.until), (Some(from), Some(until)) if until < from);
        is_reversed.then_some(("until", ImportFault::EndsBeforeItBegins))
    }
}

impl Rules for Absence {
    fn key(&self) -> String {
        let during = (self.start.write(), self.end.write());
        format!("{}\n{}\n{}\n{}", self.technician.0, self.kind, during.0, during.1)
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("technician", ImportKind::Technicians, &self.technician)]
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        (self.end.0 <= self.start.0).then_some(("end", ImportFault::EndsBeforeItBegins))
    }
}

impl Rules for ClosedDay {
    fn key(&self) -> String {
        self.day.write()
    }
}
