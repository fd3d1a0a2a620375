//! Series: where the numbers of documents begin. A vendor who goes on with numbers of another program says so before the first
//! document of a series.

mod pattern;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::pattern::{InvalidNumberPattern, NumberPattern, SetPattern, TypedPattern};

use super::tax_documents::DocumentKind;
use crate::model::base::fields::{FieldCode, FieldProblem};

/// The highest serial at which a series may begin: its numbers then still say their year.
pub const FIRST_MAX: u32 = 90_000;

/// A series of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesRow {
    /// What is numbered.
    pub kind: DocumentKind,
    /// In which year.
    pub year: i32,
    /// The serial that comes next.
    pub next: u32,
    /// The number that comes next.
    pub number: String,
    /// Whether a number is taken: then it goes on by itself.
    pub has_begun: bool,
}

impl SeriesRow {
    /// What its form calls the series: `invoice:2026`.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{}:{}", self.kind, self.year)
    }
}

/// What `/settings/series` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesPage {
    /// The series of this year and of the next one.
    pub rows: Vec<SeriesRow>,
    /// The patterns of numbers, by kind and day; those of kinds that have none are ours.
    pub patterns: Vec<SetPattern>,
    /// What is today: patterns that hold stay as they are.
    pub today: NaiveDate,
    /// What the pattern in the address would give.
    pub tried: Option<TriedPattern>,
}

/// What a pattern gives, to be agreed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedPattern {
    /// The pattern.
    pub set: SetPattern,
    /// The number that comes next on its day, the first one of the year after, and the hundred thousandth.
    pub numbers: [String; 3],
}

/// Where a series shall begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesStart {
    /// What is numbered.
    pub kind: DocumentKind,
    /// In which year.
    pub year: i32,
    /// The first serial, from 1 on.
    pub first: u32,
}

impl SeriesStart {
    /// Where a series shall begin, as typed into the form of `/settings/series`.
    ///
    /// * `series` – what [`SeriesRow::code`] calls it
    ///
    /// # Errors
    /// Every field that is not right; a series of none of `years` is none.
    pub fn check(series: &str, first: &str, years: [i32; 2]) -> Result<Self, Vec<FieldProblem>> {
        let series = series.split_once(':').and_then(|(kind, year)| {
            let year = year.parse().ok().filter(|year| years.contains(year))?;
            Some((DocumentKind::from_code(kind)?, year))
        });
        let first = match first.trim() {
            "" => Err(FieldCode::Missing),
            typed => typed.parse().map_err(|_| FieldCode::NotANumber),
        };
        let first = first
            .and_then(|first| if (1..=FIRST_MAX).contains(&first) { Ok(first) } else { Err(FieldCode::OutOfRange) });
        match (series, first) {
            (Some((kind, year)), Ok(first)) => Ok(Self { kind, year, first }),
            (series, first) => {
                let no_series = series.is_none().then_some(FieldCode::Missing);
                let wrong = [("series", no_series), ("first_number", first.err())];
                Err(wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_begins_at_a_number_of_this_year_or_the_next() {
        let check = |series, first| SeriesStart::check(series, first, [2026, 2027]);
        let expected = SeriesStart { kind: DocumentKind::Invoice, year: 2026, first: 101 };
        assert_eq!(check("invoice:2026", " 101 "), Ok(expected));
        for (series, first, field, code) in [
            ("invoice:2026", "", "first_number", FieldCode::Missing),
            ("invoice:2026", "1a", "first_number", FieldCode::NotANumber),
            ("invoice:2026", "0", "first_number", FieldCode::OutOfRange),
            ("invoice:2026", "90001", "first_number", FieldCode::OutOfRange),
            ("invoice:2025", "1", "series", FieldCode::Missing),
            ("receipt:2026", "1", "series", FieldCode::Missing),
        ] {
            assert_eq!(check(series, first), Err(vec![FieldProblem::new(field, code)]), "{series} {first}");
        }
    }
}
