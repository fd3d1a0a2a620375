//! A contract's terms as labelled words, and what changed from one version to the next.

use crate::{
    model::{
        line::tiers::ResponseTier,
        minutes::contracts::{ContractTerms, Fee, FeeDay, Period, Rollover},
    },
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// One term: what it is about, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) label: String,
    pub(crate) value: String,
}

/// All terms, in the order of the form.
pub(crate) fn in_words(terms: &ContractTerms, tiers: &[ResponseTier]) -> Vec<Term> {
    let locale = Locale::current();
    let tier =
        tiers.iter().find(|tier| tier.code == terms.tier).map_or(terms.tier.as_str(), |tier| locale.of(&tier.name));
    let rate = |rate| t!("contract-rate-is", rate = format::money(locale, rate));
    let date = |date| format::date_numeric(locale, date, None);
    let until = terms.valid_until.map_or_else(|| t!("contract-indefinite"), date);
    let ceiling = terms.ceiling_minutes.map_or_else(|| t!("contract-no-ceiling"), |most| format::minutes(locale, most));
    let term = |label, value| Term { label, value };
    vec![
        term(t!("contract-number"), terms.number.clone()),
        term(t!("contract-valid-from"), date(terms.valid_from)),
        term(t!("contract-valid-until"), until),
        term(t!("contract-tier"), tier.to_owned()),
        term(t!("contract-allowance"), allowance(terms)),
        term(t!("contract-rollover"), rollover_in_words(terms.rollover)),
        term(t!("contract-rate"), rate(terms.rate_per_minute)),
        term(t!("contract-urgent-rate"), rate(terms.urgent_rate_per_minute)),
        term(t!("contract-minimum"), format::minutes(locale, terms.minimum_minutes)),
        term(t!("contract-ceiling"), ceiling),
        term(t!("contract-fee"), terms.fee.map_or_else(|| t!("contract-no-fee"), fee_in_words)),
    ]
}

/// "12 000 Kč bez DPH za rok"
pub(crate) fn fee_in_words(fee: Fee) -> String {
    let amount = format::money(Locale::current(), fee.amount);
    let fee_is = t!("contract-fee-is", amount = amount, period = fee.period.code());
    if fee.day == FeeDay::default() {
        return fee_is;
    }
    t!("contract-fee-on", fee = fee_is, day = fee_day_in_words(fee.day))
}

/// "15. den", "poslední den"
pub(crate) fn fee_day_in_words(day: FeeDay) -> String {
    if day.is_last() { t!("contract-fee-day-last") } else { t!("contract-fee-day-of", day = day.number()) }
}

/// "300 min za čtvrtletí"
fn allowance(terms: &ContractTerms) -> String {
    let minutes = format::minutes(Locale::current(), terms.minutes_per_period);
    t!("contract-allowance-is", minutes = minutes, period = terms.period.code())
}

pub(crate) fn period_in_words(period: Period) -> String {
    match period {
        Period::Month => t!("contract-month"),
        Period::Quarter => t!("contract-quarter"),
        Period::Year => t!("contract-year"),
    }
}

pub(crate) fn rollover_in_words(rollover: Rollover) -> String {
    match rollover {
        Rollover::None => t!("contract-rollover-none"),
        Rollover::OnePeriod => t!("contract-rollover-one"),
    }
}

/// "Sazba: 22 Kč → 25 Kč za minutu", one line for each term that changed.
pub(crate) fn changes(before: &ContractTerms, after: &ContractTerms, tiers: &[ResponseTier]) -> Vec<String> {
    in_words(before, tiers)
        .into_iter()
        .zip(in_words(after, tiers))
        .filter(|(was, is)| was.value != is.value)
        .map(|(was, is)| t!("contract-change", label = is.label, from = was.value, to = is.value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::base::money::Money;

    fn terms() -> ContractTerms {
        ContractTerms {
            number: "SLS-7".to_owned(),
            valid_from: "2026-01-01".parse().expect("a date"),
            valid_until: None,
            tier: "fast".to_owned(),
            minutes_per_period: 300,
            period: Period::Quarter,
            rollover: Rollover::None,
            rate_per_minute: Money::from_haler(2_200),
            urgent_rate_per_minute: Money::from_haler(3_000),
            minimum_minutes: 20,
            ceiling_minutes: None,
            since: None,
            fee: None,
        }
    }

    #[test]
    fn only_what_changed_is_told_and_how() {
        assert!(changes(&terms(), &terms(), &[]).is_empty());
        let after = ContractTerms { minutes_per_period: 400, ceiling_minutes: Some(60), ..terms() };
        let told: Vec<_> =
            changes(&terms(), &after, &[]).into_iter().map(|line| line.replace(['\u{a0}', '\u{202f}'], " ")).collect();
        assert_eq!(
            told,
            ["Předplacené minuty: 300 min za čtvrtletí → 400 min za čtvrtletí", "Strop: bez stropu → 60 min"]
        );
        let fee = |day| Fee {
            amount: Money::from_haler(100_000),
            period: Period::Quarter,
            day: FeeDay::new(day).expect("a day"),
        };
        let (usual, other) =
            (ContractTerms { fee: Some(fee(1)), ..terms() }, ContractTerms { fee: Some(fee(31)), ..terms() });
        let told: Vec<_> =
            changes(&usual, &other, &[]).into_iter().map(|line| line.replace(['\u{a0}', '\u{202f}'], " ")).collect();
        let expected = "Pravidelný poplatek: 1 000 Kč bez DPH za čtvrtletí → 1 000 Kč bez DPH za čtvrtletí, \
                        fakturuje se poslední den měsíce, kterým období začíná";
        assert_eq!(told, [expected]);
    }
}
