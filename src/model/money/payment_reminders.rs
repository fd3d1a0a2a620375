//! Reminders of what is overdue: when each stage of them is due, what it says in a manager's words, and what a letter lists.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::base::{
    bilingual::Bilingual,
    codes::coded_enum,
    fields::{FieldCode, FieldProblem, keep_line, keep_lines},
    ids::CustomerId,
    money::Money,
    seen::Fields,
    text::one_line,
};

/// The most characters of a subject.
const SUBJECT_MAX: usize = 120;
/// The most characters of a text.
pub const TEXT_MAX: usize = 2_000;
/// The most days after which something follows by itself.
const DAYS_MAX: u32 = 366;
/// The highest interest, in hundredths of per cent a year.
const INTEREST_MAX: i64 = 10_000;
/// What a year of interest divides by: hundredths of per cent, and days.
const YEAR: i128 = 10_000 * 365;

coded_enum! {
    /// How earnestly a customer is reminded.
    pub enum PaymentStage {
        /// It may have slipped their mind.
        Friendly = "friendly",
        /// It did not help.
        Second = "second",
        /// No other follows.
        Last = "last",
    }
}

coded_enum! {
    /// What of a letter follows from the debts: it stands in braces in the text.
    pub enum Placeholder {
        /// What the customer is called.
        Customer = "customer",
        /// How many documents are overdue, in words.
        Count = "count",
        /// What they come to.
        Total = "total",
        /// When the oldest of them was due.
        Oldest = "oldest",
        /// For how many days that is late.
        Days = "days",
        /// What the interest comes to, by the rate that the manager has set.
        Interest = "interest",
    }
}

/// What a stage says, and when it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageText {
    /// How earnest it is.
    pub stage: PaymentStage,
    /// How many days past the due day it begins; none while it is not sent.
    pub days_after: u32,
    /// The subject.
    pub subject: Bilingual,
    /// The text, a paragraph each.
    pub text: Bilingual,
}

impl StageText {
    /// The fields of its form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default()
            .with("days_after", self.days_after.to_string())
            .with("subject_cs", &self.subject.cs)
            .with("subject_en", &self.subject.en)
            .with("text_cs", &self.text.cs)
            .with("text_en", &self.text.en)
    }
}

/// The stage at which something is that is late by so many days: the most earnest one that has begun.
#[must_use]
pub fn stage_of(stages: &[StageText], late: i64) -> Option<PaymentStage> {
    let begun = stages.iter().filter(|stage| stage.days_after > 0 && late >= i64::from(stage.days_after));
    begun.map(|stage| stage.stage).max()
}

/// The stage of the letter that is due: the most earnest one that any of the debts has reached and was not reminded at. None when there
/// is nothing new to say.
///
/// * `debts` – for how many days each is late, and at which stage it was reminded
#[must_use]
pub fn due_stage(
    stages: &[StageText],
    debts: impl IntoIterator<Item = (i64, Option<PaymentStage>)>,
) -> Option<PaymentStage> {
    let news = |(late, told)| stage_of(stages, late).filter(|stage| Some(*stage) > told);
    debts.into_iter().filter_map(news).max()
}

/// What follows from debts by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivableRule {
    /// How many days past its due day a debt keeps from ordering what is not urgent; none while it never does.
    pub block_after_days: u32,
    /// Interest on what is late, in hundredths of per cent a year; none while none is told.
    pub interest: u32,
}

impl ReceivableRule {
    /// The fields of its form.
    #[must_use]
    pub fn fields(self) -> Fields {
        let interest = Money::from_haler(self.interest.into()).to_crowns().to_string();
        Fields::default().with("block_after_days", self.block_after_days.to_string()).with("interest", interest)
    }

    /// The rule as it was typed.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(block_after_days: &str, interest: &str) -> Result<Self, Vec<FieldProblem>> {
        let days = check_days(block_after_days);
        // A number with two places, as of crowns.
        let interest = match Money::parse_crowns(&one_line(interest)).map(Money::haler) {
            Some(hundredths) if (0..=INTEREST_MAX).contains(&hundredths) => {
                u32::try_from(hundredths).map_err(|_| FieldCode::OutOfRange)
            }
            Some(_) => Err(FieldCode::OutOfRange),
            None => Err(FieldCode::NotANumber),
        };
        match (days, interest) {
            (Ok(block_after_days), Ok(interest)) => Ok(Self { block_after_days, interest }),
            (days, interest) => {
                let wrong = [("block_after_days", days.err()), ("interest", interest.err())];
                Err(wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))).collect())
            }
        }
    }
}

fn check_days(typed: &str) -> Result<u32, FieldCode> {
    match one_line(typed).parse() {
        Ok(days) if days <= DAYS_MAX => Ok(days),
        Ok(_) => Err(FieldCode::OutOfRange),
        Err(_) => Err(FieldCode::NotANumber),
    }
}

/// A stage as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedStage {
    /// How many days past the due day it begins; 0 while it is not sent.
    pub days_after: String,
    /// The subject.
    pub subject: Bilingual,
    /// The text.
    pub text: Bilingual,
}

impl TypedStage {
    /// The stage as it is kept.
    ///
    /// * `has_interest` – whether a rate of interest is set, so that it can be named
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form; [`FieldCode::Unknown`] for a word in braces that stands for nothing.
    pub fn check(&self, stage: PaymentStage, has_interest: bool) -> Result<StageText, Vec<FieldProblem>> {
        let subject = |typed: &str| known(keep_line(typed, 1..=SUBJECT_MAX)?, has_interest);
        let text = |typed: &str| known(keep_lines(typed, 1..=TEXT_MAX)?, has_interest);
        let days = check_days(&self.days_after);
        let subjects = (subject(&self.subject.cs), subject(&self.subject.en));
        let texts = (text(&self.text.cs), text(&self.text.en));
        match (days, subjects, texts) {
            (Ok(days_after), (Ok(subject_cs), Ok(subject_en)), (Ok(text_cs), Ok(text_en))) => Ok(StageText {
                stage,
                days_after,
                subject: Bilingual { cs: subject_cs, en: subject_en },
                text: Bilingual { cs: text_cs, en: text_en },
            }),
            (days, subjects, texts) => {
                let wrong = [
                    ("days_after", days.err()),
                    ("subject_cs", subjects.0.err()),
                    ("subject_en", subjects.1.err()),
                    ("text_cs", texts.0.err()),
                    ("text_en", texts.1.err()),
                ];
                Err(wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))).collect())
            }
        }
    }
}

/// A text of which every word in braces stands for something.
fn known(text: String, has_interest: bool) -> Result<String, FieldCode> {
    let is_known = |name: &str| match Placeholder::from_code(name) {
        Some(Placeholder::Interest) => has_interest,
        name => name.is_some(),
    };
    if names(&text).all(is_known) { Ok(text) } else { Err(FieldCode::Unknown) }
}

/// Whether a text names the interest.
#[must_use]
pub fn names_interest(text: &str) -> bool {
    names(text).any(|name| name == Placeholder::Interest.code())
}

/// What stands in braces; a brace that is not closed opens the rest.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name))
}

/// A text with what its words in braces stand for.
#[must_use]
pub fn filled(text: &str, of: impl Fn(Placeholder) -> String) -> String {
    let mut parts = text.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}').and_then(|(name, rest)| Some((Placeholder::from_code(name)?, rest))) {
            Some((placeholder, rest)) => {
                filled.push_str(&of(placeholder));
                filled.push_str(rest);
            }
            None => {
                filled.push('{');
                filled.push_str(part);
            }
        }
    }
    filled
}

/// A document of a letter, of which something is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemindedDebt {
    /// Its number.
    pub number: String,
    /// The variable symbol of its payment.
    pub variable_symbol: String,
    /// Until when it was to be paid.
    pub due_on: NaiveDate,
    /// What is owed.
    pub owed: Money,
    /// Whether it is a document of ours, which has a page on which it is paid.
    pub is_ours: bool,
}

/// What a reminder says. What was paid before it is sent is left out then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderMail {
    /// How earnest it is.
    pub stage: PaymentStage,
    /// Whose debts.
    pub customer: CustomerId,
    /// What the customer is called.
    pub name: String,
    /// The day on which it is written.
    pub day: NaiveDate,
    /// The subject, as the manager wrote it.
    pub subject: Bilingual,
    /// The text, as the manager wrote it.
    pub text: Bilingual,
    /// What is overdue, the longest first.
    pub debts: Vec<RemindedDebt>,
    /// The rate of interest, in hundredths of per cent a year.
    pub interest: u32,
    /// The account as Czechs write it.
    pub account: String,
    /// The same as an IBAN.
    pub iban: String,
    /// The bank. Letters of former days say nothing of it, nor of who gets the money.
    #[serde(default)]
    pub bic: String,
    /// Who gets it.
    #[serde(default)]
    pub recipient: String,
}

impl ReminderMail {
    /// What is owed in all.
    #[must_use]
    pub fn total(&self) -> Money {
        self.debts.iter().map(|debt| debt.owed).sum()
    }

    /// The day on which the oldest was due; that of the letter when nothing is left.
    #[must_use]
    pub fn oldest(&self) -> NaiveDate {
        self.debts.iter().map(|debt| debt.due_on).min().unwrap_or(self.day)
    }

    /// Interest up to the day of the letter; rounded once.
    #[must_use]
    pub fn interest(&self) -> Money {
        let of = |debt: &RemindedDebt| {
            let late = (self.day - debt.due_on).num_days().max(0);
            i128::from(debt.owed.haler()) * i128::from(self.interest) * i128::from(late)
        };
        let haler = (self.debts.iter().map(of).sum::<i128>() + YEAR / 2) / YEAR;
        Money::from_haler(i64::try_from(haler).unwrap_or(i64::MAX))
    }
}

/// A reminder that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenReminder {
    /// How earnest it was.
    pub stage: PaymentStage,
    /// When it was written.
    pub day: NaiveDate,
}

/// What `/sales/reminders` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemindersPage {
    /// All stages, the friendliest first.
    pub stages: Vec<StageText>,
    /// The stage whose form is open.
    pub open: PaymentStage,
    /// What follows from debts by itself.
    pub rule: ReceivableRule,
    /// What a letter would say of debts that are made up.
    pub example: ReminderMail,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::date;

    fn stages(days: [u32; 3]) -> Vec<StageText> {
        let all = PaymentStage::ALL.iter().zip(days);
        let text = |(stage, days_after): (&PaymentStage, u32)| StageText {
            stage: *stage,
            days_after,
            subject: Bilingual::default(),
            text: Bilingual::default(),
        };
        all.map(text).collect()
    }

    proptest! {
        #[test]
        fn a_debt_is_told_at_most_once_at_each_stage_and_never_less_earnestly(
            days in prop::array::uniform3(0_u32..90), length in 1_i64..200
        ) {
            let stages = stages(days);
            let (mut told, mut letters) = (None, Vec::new());
            for late in -5..length {
                if let Some(stage) = due_stage(&stages, [(late, told)]) {
                    prop_assert!(Some(stage) > told);
                    told = stage_of(&stages, late);
                    prop_assert_eq!(told, Some(stage));
                    letters.push(stage);
                }
                prop_assert_eq!(due_stage(&stages, [(late, told)]), None, "not twice on a day");
            }
            prop_assert!(letters.is_sorted() && letters.len() <= PaymentStage::ALL.len());
            if days == [0; 3] {
                prop_assert!(letters.is_empty(), "a stage that is not sent");
            }
        }
    }

    #[test]
    fn a_letter_is_as_earnest_as_the_debt_that_is_due_for_the_most() {
        let stages = stages([3, 14, 30]);
        assert_eq!(due_stage(&stages, [(2, None)]), None);
        assert_eq!(due_stage(&stages, [(3, None), (20, Some(PaymentStage::Second))]), Some(PaymentStage::Friendly));
        assert_eq!(due_stage(&stages, [(3, None), (31, Some(PaymentStage::Second))]), Some(PaymentStage::Last));
        assert_eq!(due_stage(&stages, [(400, None)]), Some(PaymentStage::Last), "none is made up for");
    }

    #[test]
    fn what_stands_in_braces_is_checked_and_filled_in() {
        let typed = |text: &str| TypedStage {
            days_after: "3".into(),
            subject: Bilingual { cs: "Platba {total}".into(), en: "Payment {total}".into() },
            text: Bilingual { cs: text.into(), en: "Pay.".into() },
        };
        let check = |text: &str, has_interest| typed(text).check(PaymentStage::Friendly, has_interest);
        assert!(check("Dlužíte {total}, {count}, nejstarší {oldest}, {days} dní, {customer}.", false).is_ok());
        assert!(check("Úrok {interest}", true).is_ok());
        for (text, has_interest) in [("Úrok {interest}", false), ("{suma}", true), ("Pozor { na závorku", true)] {
            let wrong = check(text, has_interest).expect_err(text);
            assert_eq!(wrong, [FieldProblem::new("text_cs", FieldCode::Unknown)], "{text}");
        }
        let of = |placeholder: Placeholder| placeholder.code().to_uppercase();
        assert_eq!(filled("{total} a {jiné} } {", of), "TOTAL a {jiné} } {");
        assert!(names_interest("x {interest}") && !names_interest("interest"));
    }

    #[test]
    fn interest_runs_by_the_day_and_is_rounded_once() {
        let debt = |haler, due_on| RemindedDebt {
            number: String::new(),
            variable_symbol: String::new(),
            due_on: date(due_on),
            owed: Money::from_haler(haler),
            is_ours: true,
        };
        let mail = |debts| ReminderMail {
            stage: PaymentStage::Last,
            customer: CustomerId(1),
            name: String::new(),
            day: date("2026-12-23"),
            subject: Bilingual::default(),
            text: Bilingual::default(),
            debts,
            interest: 1_200,
            account: String::new(),
            iban: String::new(),
            bic: String::new(),
            recipient: String::new(),
        };
        let year = mail(vec![debt(1_000_000, "2025-12-23")]);
        assert_eq!((year.interest(), year.total()), (Money::from_haler(120_000), Money::from_haler(1_000_000)));
        // 0.49 + 0.49 haléře are one.
        let small = mail(vec![debt(1_500, "2026-12-22"), debt(1_500, "2026-12-22"), debt(900_000, "2026-12-24")]);
        assert_eq!((small.interest(), small.oldest()), (Money::from_haler(1), date("2026-12-22")));
        assert_eq!(mail(Vec::new()).interest(), Money::ZERO);
    }

    #[test]
    fn the_rule_is_typed_in_days_and_per_cent() {
        assert_eq!(ReceivableRule::check("30", "12,75"), Ok(ReceivableRule { block_after_days: 30, interest: 1_275 }));
        assert_eq!(ReceivableRule::check("0", "0"), Ok(ReceivableRule { block_after_days: 0, interest: 0 }));
        let wrong = ReceivableRule::check("400", "-1").expect_err("out of range");
        assert_eq!(
            wrong.iter().map(|field| field.field.as_str()).collect::<Vec<_>>(),
            ["block_after_days", "interest"]
        );
    }
}
