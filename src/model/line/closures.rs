//! Closures: days on which the line is closed though it would work.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::plans::day_from;
use crate::model::base::{
    calendar::{Closure, Holiday},
    fields::{FieldProblem, keep_line},
};

/// The most characters of a reason, which customers read.
pub const REASON_MAX: usize = 100;

/// A closure as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedClosure {
    /// The first day.
    pub first: String,
    /// The last day; empty for the first one only.
    pub last: String,
    /// Why, for customers to read.
    pub reason: String,
}

impl TypedClosure {
    /// The days, each with the reason.
    ///
    /// # Errors
    /// Every field that is not right, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<Vec<Closure>, Vec<FieldProblem>> {
        let first = day_from(&self.first, Some(today), today);
        let last = match self.last.trim() {
            "" => Ok(first.unwrap_or(today)),
            typed => day_from(typed, first.ok(), today),
        };
        match (first, last, keep_line(&self.reason, 1..=REASON_MAX)) {
            (Ok(first), Ok(last), Ok(reason)) => Ok(first
                .iter_days()
                .take_while(|date| *date <= last)
                .map(|date| Closure { date, reason: reason.clone() })
                .collect()),
            (first, last, reason) => Err([("first", first.err()), ("last", last.err()), ("why", reason.err())]
                .into_iter()
                .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
                .collect()),
        }
    }
}

/// How far ahead public holidays are shown, in days.
pub const HOLIDAYS_AHEAD: Days = Days::new(366);

/// What `/settings/closures` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosuresPage {
    /// Those to come, the earliest first.
    pub closures: Vec<Closure>,
    /// Public holidays of the year to come, in order; nobody enters them.
    pub holidays: Vec<(NaiveDate, Holiday)>,
    /// Whether whoever looks may change them.
    pub may_change: bool,
}

#[cfg(test)]
mod tests {
    use super::TypedClosure;
    use crate::model::{base::fields::FieldCode, fixtures::date};

    #[test]
    fn a_closure_takes_whole_days_and_says_why() {
        let typed = |first: &str, last: &str, reason: &str| TypedClosure {
            first: first.into(),
            last: last.into(),
            reason: reason.into(),
        };
        let today = date("2026-11-23");
        let days = typed("2026-12-29", "2026-12-31", " Inventura ").check(today).unwrap();
        assert_eq!(days.len(), 3);
        assert!(days.iter().all(|day| day.reason == "Inventura"));
        assert_eq!(typed("2026-12-29", "", "Inventura").check(today).unwrap().len(), 1);
        let wrong = typed("2026-11-22", "2026-11-21", "").check(today).unwrap_err();
        let codes: Vec<_> = wrong.iter().map(|one| (one.field.as_str(), one.code)).collect();
        assert_eq!(codes, [("first", FieldCode::OutOfRange), ("why", FieldCode::Missing)]);
    }
}
