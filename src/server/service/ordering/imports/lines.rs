//! Lines of a table under way to be rows: what a line says, what earlier ones said, and how many are taken at once.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde_json::Value;

use crate::{
    model::{
        ordering::imports::{Header, ImportFault, ImportKind, Row, Term},
        problem::Problem,
    },
    server::{db::DbError, sheets::Sheet},
};

/// How many lines are taken in one transaction.
const LOT: usize = 500;
/// How many lines that each name a file, as those are large.
const LOT_OF_FILES: usize = 8;

/// A line that reads as a row.
pub(super) struct Read<'a, R> {
    pub(super) sheet: &'a Sheet,
    /// Which columns the sheet has.
    pub(super) header: &'a Header,
    pub(super) line: usize,
    pub(super) row: R,
    /// The way to the file that it names, if it names one.
    pub(super) way: String,
}

/// The first and the last of some days; none where they have always been, and where they last for ever.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// What earlier lines of a table say.
#[derive(Default)]
pub(super) struct Seen {
    keys: HashSet<String>,
    /// On which days, of each thing of which one line alone may say something.
    terms: HashMap<String, Vec<Days>>,
}

impl Seen {
    /// Adds a row to them.
    ///
    /// # Errors
    /// What is wrong with it beside them.
    pub(super) fn add<R: Row>(&mut self, row: &R) -> Result<(), (&'static str, ImportFault)> {
        if !self.keys.insert(row.key()) {
            return Err((R::COLUMNS[0].name, ImportFault::TwiceInTheFile));
        }
        if let Some(term) = row.holds_alone() {
            let earlier = self.terms.entry(term.of.to_owned()).or_default();
            if earlier.iter().any(|&(from, until)| term.overlaps(&Term { of: term.of, from, until })) {
                return Err(("from", ImportFault::OverlapsALine));
            }
            earlier.push((term.from, term.until));
        }
        Ok(())
    }
}

impl<R: Row> Read<'_, R> {
    /// Takes what is known for what the sheet has no column for: it says nothing of that, and so changes nothing.
    pub(super) fn complete(&mut self, known: &R) -> Result<(), Problem> {
        let absent = R::COLUMNS.iter().filter(|column| !self.header.has(column.name));
        let mut row = serde_json::to_value(&self.row).map_err(|error| internal(&error))?;
        let values = serde_json::to_value(known).map_err(|error| internal(&error))?;
        for column in absent {
            row[column.name] = values[column.name].clone();
        }
        self.row = serde_json::from_value(row).map_err(|error| internal(&error))?;
        self.row.inherit(known);
        Ok(())
    }
}

/// The lines of a sheet, some hundreds at a time. What a contract says from which days on is taken at once: with the half of it
/// minutes would be credited by terms that are long over.
pub(super) fn lots<'s, R: Row>(sheet: &'s Sheet, header: &Header) -> Vec<&'s [(usize, Vec<String>)]> {
    let most = if R::KIND == ImportKind::ContractFiles { LOT_OF_FILES } else { LOT };
    let key = |line: &'s (usize, Vec<String>)| header.cell(&line.1, R::COLUMNS[0].name).to_owned();
    let mut lots = Vec::new();
    let mut left = sheet.lines.as_slice();
    while !left.is_empty() {
        let mut end = most.min(left.len());
        while R::KIND == ImportKind::Contracts && end < left.len() && key(&left[end - 1]) == key(&left[end]) {
            end += 1;
        }
        let (lot, rest) = left.split_at(end);
        lots.push(lot);
        left = rest;
    }
    lots
}

/// The rows as the database reads them.
pub(super) fn json<R: Row>(rows: &[Read<'_, R>]) -> Result<Value, Problem> {
    let rows: Result<Vec<Value>, _> = rows.iter().map(|read| serde_json::to_value(&read.row)).collect();
    rows.map(Value::Array).map_err(|error| internal(&error))
}

pub(super) fn internal(error: &serde_json::Error) -> Problem {
    DbError::Unknown { column: "a row of an import", value: error.to_string() }.into()
}
