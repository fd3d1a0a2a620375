//! Rates of VAT by the day from which they hold: a tax is that of its day (VAT Act, § 47), whenever it is computed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{bundles::Bundle, price_list::day as coming_day};
use crate::model::base::{
    fields::{FieldCode, FieldProblem},
    money::{Money, VatRate, VatRates},
};

/// A rate to come as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ComingRate {
    /// From which day it holds, as a browser's date field sends it.
    pub vat_from: String,
    /// In per cent.
    pub percent: String,
}

impl ComingRate {
    /// The day and the rate, or every field that is not right.
    ///
    /// * `rates` – what is known
    /// * `today` – rates of today and before stay as they are: taxes were computed by them
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self, rates: &VatRates, today: NaiveDate) -> Result<(NaiveDate, VatRate), Vec<FieldProblem>> {
        let vat_from = coming_day(&self.vat_from, today);
        let vat_from = vat_from.and_then(|day| if day > today { Ok(day) } else { Err(FieldCode::OutOfRange) });
        let percent = match self.percent.trim().trim_end_matches('%').trim() {
            "" => Err(FieldCode::Missing),
            typed => typed.parse::<u8>().map_err(|_| FieldCode::NotANumber),
        };
        let percent =
            percent.and_then(|percent| VatRate::from_percent(percent.into()).map_err(|_| FieldCode::OutOfRange));
        match (vat_from, percent) {
            (Ok(day), Ok(percent)) => {
                if rates.of(day.pred_opt().unwrap_or(day)) == percent {
                    return Err(vec![FieldProblem::new("percent", FieldCode::AlreadyUsed)]);
                }
                Ok((day, percent))
            }
            (day, percent) => Err([("vat_from", day.err()), ("percent", percent.err())]
                .into_iter()
                .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
                .collect()),
        }
    }
}

/// What a coming rate changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatPreview {
    /// From when it holds.
    pub vat_from: NaiveDate,
    /// The rate of the day before.
    pub before: VatRate,
    /// The rate from then on.
    pub after: VatRate,
    /// What a minute costs, without VAT.
    pub list_rate: Money,
    /// What is on sale.
    pub bundles: Vec<Bundle>,
}

/// What `/settings/vat` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatPage {
    /// All rates, by the day from which they hold.
    pub rates: VatRates,
    /// What is today.
    pub today: NaiveDate,
    /// What the rate in the address would change.
    pub preview: Option<VatPreview>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::{date, vat};

    fn check(vat_from: &str, percent: &str) -> Result<(NaiveDate, VatRate), Vec<(String, FieldCode)>> {
        let coming = ComingRate { vat_from: vat_from.into(), percent: percent.into() };
        let rates = VatRates::new([(date("2013-01-01"), vat(21)), (date("2027-06-01"), vat(22))]);
        let wrong = |fields: Vec<FieldProblem>| fields.into_iter().map(|field| (field.field, field.code)).collect();
        coming.check(&rates, date("2026-11-23")).map_err(wrong)
    }

    #[test]
    fn a_rate_that_comes_is_another_one_and_not_there_yet() {
        assert_eq!(check("2027-01-01", " 23 % "), Ok((date("2027-01-01"), vat(23))));
        assert_eq!(check("2026-11-24", "0"), Ok((date("2026-11-24"), vat(0))), "tomorrow");
        let wrong = |vat_from, percent| check(vat_from, percent).unwrap_err();
        let one = |field: &str, code| vec![(field.to_owned(), code)];
        assert_eq!(wrong("2026-11-23", "23"), one("vat_from", FieldCode::OutOfRange), "today's taxes are computed");
        for beyond in ["+262142-12-31", "9999-12-31", "2029-01-01"] {
            assert_eq!(wrong(beyond, "23"), one("vat_from", FieldCode::OutOfRange), "{beyond} is too far ahead");
        }
        assert_eq!(wrong("2027-01-01", "21"), one("percent", FieldCode::AlreadyUsed));
        assert_eq!(wrong("2027-06-01", "21"), one("percent", FieldCode::AlreadyUsed), "as before that day");
        assert_eq!(wrong("2027-07-01", "22"), one("percent", FieldCode::AlreadyUsed));
        assert_eq!(wrong("2027-01-01", "101"), one("percent", FieldCode::OutOfRange));
        let both = vec![("vat_from".to_owned(), FieldCode::Missing), ("percent".to_owned(), FieldCode::NotANumber)];
        assert_eq!(wrong("", "dvacet"), both);
    }
}
