//! Plans of payment: on which days a customer pays how much of what is overdue, or that nothing is asked for until a day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::price_list::day;
use crate::model::base::{
    fields::{FieldCode, FieldProblem, keep_lines},
    money::Money,
    text::one_line,
};

/// The most characters of a note.
const NOTE_MAX: usize = 1_000;
/// The most payments of a plan.
const MOST_PARTS: usize = 36;

/// A payment that was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPart {
    /// Until when.
    pub due_on: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// How a plan stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanStanding {
    /// Until when nothing is asked for.
    pub rests_until: NaiveDate,
    /// What was to come before that day, but no more than was owed.
    pub promised: Money,
    /// By how much less is owed of what was overdue when the plan was agreed: what came, was credited or given up.
    pub came: Money,
}

impl PlanStanding {
    /// Whether all that was to come came.
    #[must_use]
    pub fn is_kept(self) -> bool {
        self.came >= self.promised
    }

    /// Whether nothing is asked for on a day.
    #[must_use]
    pub fn rests(self, today: NaiveDate) -> bool {
        self.is_kept() && today <= self.rests_until
    }
}

/// The plan that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedPlan {
    /// Which it is.
    pub id: Uuid,
    /// What was agreed, in words.
    pub note: String,
    /// Since when it holds.
    pub agreed_on: NaiveDate,
    /// What is to be paid when; none where it only rests.
    pub parts: Vec<PlanPart>,
    /// Who agreed it.
    pub by: String,
    /// How it stands today.
    pub standing: PlanStanding,
}

/// A plan as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedPlan {
    /// What was agreed, in words.
    pub note: String,
    /// A line for each payment: the day, a colon, crowns.
    pub parts: String,
    /// Until when nothing is asked for, where there are no payments.
    pub rests_until: String,
}

/// A plan as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPlan {
    /// What was agreed, in words.
    pub note: String,
    /// What is to be paid when, in order.
    pub parts: Vec<PlanPart>,
    /// Until when nothing is asked for: the last day of payment.
    pub rests_until: NaiveDate,
}

impl TypedPlan {
    /// The plan as it is kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<CheckedPlan, Vec<FieldProblem>> {
        let note = keep_lines(&self.note, 1..=NOTE_MAX);
        let parts = read_parts(&self.parts, today);
        let rests_until = match parts.as_deref() {
            Ok([.., last]) => Ok(last.due_on),
            // Without payments it says until when.
            Ok([]) => day(&self.rests_until, today),
            Err(_) => Ok(today),
        };
        match (note, parts, rests_until) {
            (Ok(note), Ok(parts), Ok(rests_until)) => Ok(CheckedPlan { note, parts, rests_until }),
            (note, parts, rests_until) => {
                let wrong = [("note", note.err()), ("parts", parts.err()), ("rests_until", rests_until.err())];
                Err(wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))).collect())
            }
        }
    }
}

/// The payments of a plan, each a line: "15. 12. 2026: 5 000".
fn read_parts(typed: &str, today: NaiveDate) -> Result<Vec<PlanPart>, FieldCode> {
    let lines = typed.lines().map(one_line).filter(|line| !line.is_empty());
    let mut parts = lines.map(|line| read_part(&line, today)).collect::<Result<Vec<_>, _>>()?;
    parts.sort_by_key(|part| part.due_on);
    if parts.windows(2).any(|pair| matches!(pair, [one, next] if one.due_on == next.due_on)) {
        return Err(FieldCode::AlreadyUsed);
    }
    if parts.len() > MOST_PARTS { Err(FieldCode::TooMany) } else { Ok(parts) }
}

fn read_part(line: &str, today: NaiveDate) -> Result<PlanPart, FieldCode> {
    let (date, sum) = line.split_once(':').ok_or(FieldCode::Unknown)?;
    let amount = Money::parse_crowns(sum).ok_or(FieldCode::NotANumber)?;
    if amount <= Money::ZERO {
        return Err(FieldCode::OutOfRange);
    }
    let date: String = date.chars().filter(|c| !c.is_whitespace()).collect();
    let iso = NaiveDate::parse_from_str(&date, "%d.%m.%Y").map_or(date, |day| day.to_string());
    Ok(PlanPart { due_on: day(&iso, today)?, amount })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::date;

    fn typed(parts: &str, rests_until: &str) -> TypedPlan {
        TypedPlan { note: "Dohodnuto telefonem".into(), parts: parts.into(), rests_until: rests_until.into() }
    }

    #[test]
    fn payments_are_kept_in_order_and_the_last_is_until_when_nothing_is_asked_for() {
        let plan = typed("15. 1. 2027: 5 000\n\n2026-12-15: 2500,50\n", "").check(date("2026-11-23")).expect("a plan");
        let parts: Vec<_> = plan.parts.iter().map(|part| (part.due_on.to_string(), part.amount.haler())).collect();
        assert_eq!(parts, [("2026-12-15".to_owned(), 250_050), ("2027-01-15".to_owned(), 500_000)]);
        assert_eq!(plan.rests_until, date("2027-01-15"));
        assert_eq!(typed("", "2026-12-01").check(date("2026-11-23")).expect("a rest").rests_until, date("2026-12-01"));
    }

    #[test]
    fn every_field_that_is_not_right_is_told() {
        let wrong = |plan: TypedPlan| -> Vec<(String, FieldCode)> {
            let fields = plan.check(date("2026-11-23")).expect_err("something is wrong");
            fields.into_iter().map(|field| (field.field, field.code)).collect()
        };
        let parts = |code| vec![("parts".to_owned(), code)];
        assert_eq!(wrong(typed("prosinec 5000", "")), parts(FieldCode::Unknown));
        assert_eq!(wrong(typed("15. 12. 2026: hodně", "")), parts(FieldCode::NotANumber));
        assert_eq!(wrong(typed("15. 12. 2026: 0", "")), parts(FieldCode::OutOfRange));
        assert_eq!(wrong(typed("15. 11. 2026: 10", "")), parts(FieldCode::OutOfRange), "it has passed");
        assert_eq!(wrong(typed("15. 12. 2026: 10\n2026-12-15: 5", "")), parts(FieldCode::AlreadyUsed));
        assert_eq!(wrong(typed("", "")), [("rests_until".to_owned(), FieldCode::Missing)]);
        let many: String =
            (0..37).map(|days| format!("{}: 1\n", date("2026-12-01") + chrono::Days::new(days))).collect();
        assert_eq!(wrong(typed(&many, "")), parts(FieldCode::TooMany));
        let nothing = TypedPlan { parts: "x".into(), ..TypedPlan::default() };
        assert_eq!(wrong(nothing).len(), 2, "the note as well");
    }

    #[test]
    fn a_plan_rests_while_it_is_kept_and_not_beyond_its_end() {
        let standing = |promised, came| PlanStanding {
            rests_until: date("2026-12-31"),
            promised: Money::from_haler(promised),
            came: Money::from_haler(came),
        };
        assert!(standing(0, 0).rests(date("2026-12-31")));
        assert!(!standing(0, 0).rests(date("2027-01-01")));
        assert!(standing(500, 500).rests(date("2026-12-01")));
        assert!(!standing(500, 499).rests(date("2026-12-01")), "a payment did not come");
    }
}
