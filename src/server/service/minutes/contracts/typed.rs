//! A contract as typed into a form, and what of it is not right.

use chrono::NaiveDate;

use crate::{
    model::{
        base::{
            fields::{FieldCode, FieldProblem, keep_line, keep_lines},
            money::Money,
        },
        minutes::contracts::{Contract, ContractTerms, Fee, FeeDay, Period, Rollover},
        problem::Problem,
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::service::plausible,
};

/// The most minutes a period can credit.
const MOST_MINUTES: u32 = 100_000;
/// The highest minimum and ceiling, in minutes.
const HIGHEST_LIMIT: u32 = 480;
/// The highest price of a minute, in haléře.
const HIGHEST_RATE: i64 = 10_000_000;
/// The highest fee of a period, in haléře.
const HIGHEST_FEE: i64 = 1_000_000_000;
/// The most characters of a contract's number.
const NUMBER_MAX: usize = 40;

/// A contract's number and days as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedFrame {
    /// Its number.
    pub number: String,
    /// The first day, `2026-01-01`.
    pub valid_from: String,
    /// The last day, or nothing.
    pub valid_until: String,
}

/// What a contract promises as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedTerms {
    /// The code of the response tier.
    pub tier: String,
    /// Minutes per period.
    pub minutes_per_period: String,
    /// How often.
    pub period: Option<Period>,
    /// What becomes of what is left.
    pub rollover: Option<Rollover>,
    /// Crowns per minute, excluding VAT: `22` or `22,50`.
    pub rate_per_minute: String,
    /// The same of an urgent intervention.
    pub urgent_rate_per_minute: String,
    /// Minutes.
    pub minimum_minutes: String,
    /// Minutes, or nothing.
    pub ceiling_minutes: String,
    /// Crowns for the contract itself, excluding VAT, or nothing.
    pub fee: String,
    /// For which period.
    pub fee_period: Option<Period>,
    /// On which day it is invoiced: its number, or nothing for the usual one.
    pub fee_day: String,
}

/// The days of a contract, and the one from which terms are in force.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) number: String,
    pub(super) valid_from: NaiveDate,
    pub(super) valid_until: Option<NaiveDate>,
    pub(super) since: Option<NaiveDate>,
}

pub(super) fn frame_of(contract: &Contract) -> Frame {
    let ContractTerms { number, valid_from, valid_until, .. } = &contract.terms;
    Frame { number: number.clone(), valid_from: *valid_from, valid_until: *valid_until, since: None }
}

pub(super) type Wrong = Vec<FieldProblem>;

pub(super) fn wrong(fields: &[(&str, Option<FieldCode>)]) -> Wrong {
    fields.iter().filter_map(|&(field, code)| Some(FieldProblem::new(field, code?))).collect()
}

pub(super) fn checked_frame(typed: &TypedFrame) -> Result<Frame, Wrong> {
    let number = keep_line(&typed.number, 1..=NUMBER_MAX);
    let valid_from = date(&typed.valid_from);
    let valid_until = optional(&typed.valid_until, date);
    let is_reversed = matches!((valid_from, valid_until), (Ok(from), Ok(Some(until))) if until < from);
    match (number, valid_from, valid_until) {
        (Ok(number), Ok(valid_from), Ok(valid_until)) if !is_reversed => {
            Ok(Frame { number, valid_from, valid_until, since: None })
        }
        (number, valid_from, valid_until) => Err(wrong(&[
            ("number", number.err()),
            ("valid_from", valid_from.err()),
            ("valid_until", valid_until.err().or(is_reversed.then_some(FieldCode::OutOfRange))),
        ])),
    }
}

/// The day from which an amendment is in force: one of the contract's that is not over.
pub(super) fn checked_day(typed: &str, contract: &Contract, today: NaiveDate) -> Result<NaiveDate, Wrong> {
    let day = date(typed).and_then(|day| {
        if day >= today && contract.terms.is_valid_on(day) { Ok(day) } else { Err(FieldCode::OutOfRange) }
    });
    day.map_err(|code| wrong(&[("from_day", Some(code))]))
}

pub(super) fn checked(
    frame: Result<Frame, Wrong>,
    typed: &TypedTerms,
    reason: &str,
) -> Result<(ContractTerms, String), Problem> {
    let minutes_per_period = whole(&typed.minutes_per_period, 0, MOST_MINUTES);
    let rate_per_minute = crowns(&typed.rate_per_minute, HIGHEST_RATE);
    let urgent_rate_per_minute = crowns(&typed.urgent_rate_per_minute, HIGHEST_RATE);
    let minimum_minutes = whole(&typed.minimum_minutes, 0, HIGHEST_LIMIT / 2);
    let ceiling_minutes = optional(&typed.ceiling_minutes, |typed| whole(typed, 1, HIGHEST_LIMIT));
    let fee = optional(&typed.fee, |typed| crowns(typed, HIGHEST_FEE));
    let fee_without_period = matches!(fee, Ok(Some(amount)) if amount > Money::ZERO && typed.fee_period.is_none());
    let fee_day = optional(&typed.fee_day, fee_day);
    let reason = keep_lines(reason, NOTE_MIN..=NOTE_MAX);
    let missing = |is_missing: bool| is_missing.then_some(FieldCode::Missing);
    let mut fields = frame.as_ref().err().cloned().unwrap_or_default();
    fields.extend(wrong(&[
        ("tier", missing(typed.tier.is_empty())),
        ("minutes_per_period", minutes_per_period.err()),
        ("period", missing(typed.period.is_none())),
        ("rollover", missing(typed.rollover.is_none())),
        ("rate_per_minute", rate_per_minute.err()),
        ("urgent_rate_per_minute", urgent_rate_per_minute.err()),
        ("minimum_minutes", minimum_minutes.err()),
        ("ceiling_minutes", ceiling_minutes.err()),
        ("fee", fee.err()),
        ("fee_period", missing(fee_without_period)),
        ("fee_day", fee_day.err()),
        ("reason", reason.as_ref().err().copied()),
    ]));
    if !fields.is_empty() {
        return Err(Problem::Invalid { fields });
    }
    let all = || {
        let Frame { number, valid_from, valid_until, since } = frame.map_err(|_| FieldCode::Missing)?;
        let fee = fee?.filter(|amount| *amount > Money::ZERO).zip(typed.fee_period);
        let day = fee_day?.unwrap_or_default();
        let terms = ContractTerms {
            number,
            valid_from,
            valid_until,
            since: since.filter(|since| *since > valid_from),
            tier: typed.tier.clone(),
            minutes_per_period: minutes_per_period?,
            period: typed.period.ok_or(FieldCode::Missing)?,
            rollover: typed.rollover.ok_or(FieldCode::Missing)?,
            rate_per_minute: rate_per_minute?,
            urgent_rate_per_minute: urgent_rate_per_minute?,
            minimum_minutes: minimum_minutes?,
            ceiling_minutes: ceiling_minutes?,
            fee: fee.map(|(amount, period)| Fee { amount, period, day }),
        };
        Ok::<_, FieldCode>((terms, reason?))
    };
    all().map_err(|_| Problem::Malformed)
}

fn optional<T>(typed: &str, parse: impl Fn(&str) -> Result<T, FieldCode>) -> Result<Option<T>, FieldCode> {
    if typed.trim().is_empty() { Ok(None) } else { parse(typed).map(Some) }
}

pub(super) fn date(typed: &str) -> Result<NaiveDate, FieldCode> {
    match typed.trim() {
        "" => Err(FieldCode::Missing),
        typed => {
            let date = typed.parse().map_err(|_| FieldCode::Unknown)?;
            plausible(date).map_err(|_| FieldCode::OutOfRange)
        }
    }
}

fn fee_day(typed: &str) -> Result<FeeDay, FieldCode> {
    typed.trim().parse().ok().and_then(FeeDay::new).ok_or(FieldCode::Unknown)
}

fn whole(typed: &str, min: u32, max: u32) -> Result<u32, FieldCode> {
    match typed.trim() {
        "" => Err(FieldCode::Missing),
        typed => {
            let number = typed.parse().map_err(|_| FieldCode::NotANumber)?;
            if (min..=max).contains(&number) { Ok(number) } else { Err(FieldCode::OutOfRange) }
        }
    }
}

/// Crowns with at most two decimal places, as Czechs and English write them.
fn crowns(typed: &str, most: i64) -> Result<Money, FieldCode> {
    if typed.trim().is_empty() {
        return Err(FieldCode::Missing);
    }
    let money = Money::parse_crowns(typed).ok_or(FieldCode::NotANumber)?;
    if (0..=most).contains(&money.haler()) { Ok(money) } else { Err(FieldCode::OutOfRange) }
}
