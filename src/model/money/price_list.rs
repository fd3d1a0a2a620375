//! Bundles as managers keep them: what each costs, and from when until when it is sold.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{bundles::Bundle, subscriptions::Recurrence};
use crate::model::{
    base::{
        fields::{FieldCode, FieldProblem},
        money::Money,
        text,
    },
    line::programs::whole_number,
};

/// The most minutes of a bundle.
const BUNDLE_MINUTES_MAX: u32 = 100_000;
/// The longest that a bundle's minutes can be drawn, in months.
const BUNDLE_MONTHS_MAX: u32 = 120;
/// The highest price of a bundle, in haléře.
const BUNDLE_PRICE_MAX: i64 = 1_000_000_000;

/// A bundle as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedBundle {
    /// How many minutes.
    pub minutes: String,
    /// The price of all of them in crowns, without VAT.
    pub price: String,
    /// How long they can be drawn, in months.
    pub validity_months: String,
    /// From which day on it is sold so, `2026-12-01`.
    pub from: String,
    /// Whether it comes again.
    pub comes: Recurrence,
}

/// A bundle as it will be sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundleTerms {
    /// How many minutes.
    pub minutes: u32,
    /// The price of all of them, without VAT.
    pub price: Money,
    /// How long they can be drawn, in months.
    pub validity_months: u32,
    /// From which day on it is sold so.
    pub from: NaiveDate,
    /// Whether it comes again.
    pub comes: Recurrence,
}

impl TypedBundle {
    /// The bundle as it will be sold, from `today` on at the earliest.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<BundleTerms, Vec<FieldProblem>> {
        let minutes = whole_number(&self.minutes, 1..=BUNDLE_MINUTES_MAX);
        let price = match Money::parse_crowns(&self.price) {
            Some(price) if (1..=BUNDLE_PRICE_MAX).contains(&price.haler()) => Ok(price),
            Some(_) => Err(FieldCode::OutOfRange),
            None => Err(FieldCode::NotANumber),
        };
        // What comes again lasts through its period.
        let months = match self.comes.lasts_months() {
            Some(months) => Ok(months),
            None => whole_number(&self.validity_months, 1..=BUNDLE_MONTHS_MAX),
        };
        match (minutes, price, months, day(&self.from, today)) {
            (Ok(minutes), Ok(price), Ok(validity_months), Ok(from)) => {
                Ok(BundleTerms { minutes, price, validity_months, from, comes: self.comes })
            }
            (minutes, price, months, from) => Err([
                ("bundle_minutes", minutes.err()),
                ("price", price.err()),
                ("validity_months", months.err()),
                ("sold_from", from.err()),
            ]
            .into_iter()
            .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
            .collect()),
        }
    }
}

/// A day that was typed, from today on.
///
/// # Errors
/// What is wrong with it.
pub fn day(typed: &str, today: NaiveDate) -> Result<NaiveDate, FieldCode> {
    let typed = text::one_line(typed);
    match typed.parse::<NaiveDate>() {
        Ok(date) if (0..=730).contains(&(date - today).num_days()) => Ok(date),
        Ok(_) => Err(FieldCode::OutOfRange),
        Err(_) if typed.is_empty() => Err(FieldCode::Missing),
        Err(_) => Err(FieldCode::Unknown),
    }
}

/// A bundle as managers keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptBundle {
    /// What is sold.
    pub bundle: Bundle,
    /// Whether it comes again.
    pub comes: Recurrence,
    /// From which day on.
    pub from: NaiveDate,
    /// The last day on which it is sold; none if no end is planned.
    pub until: Option<NaiveDate>,
    /// Its place in the shop; what takes its place later has the same.
    pub place: u32,
    /// How many purchases there were.
    pub purchases: u32,
}

/// What `/settings/bundles` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceListPage {
    /// The day on which it is shown.
    pub today: NaiveDate,
    /// Bundles that are sold or will be, in the order of the shop.
    pub on_sale: Vec<KeptBundle>,
    /// Those that are sold no more, the latest first.
    pub retired: Vec<KeptBundle>,
}

/// What `/settings/bundles/{bundle}` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptBundlePage {
    /// The day on which it is shown.
    pub today: NaiveDate,
    /// The bundle.
    pub kept: KeptBundle,
}

#[cfg(test)]
mod tests {
    use super::TypedBundle;
    use crate::model::{
        base::fields::FieldCode::{Missing, NotANumber, OutOfRange},
        fixtures::date,
    };

    #[test]
    fn a_bundle_is_sold_from_today_on_at_the_earliest() {
        let typed = TypedBundle {
            minutes: "120".into(),
            price: "2 640,50".into(),
            validity_months: "12".into(),
            from: "2026-12-01".into(),
            ..TypedBundle::default()
        };
        let terms = typed.check(date("2026-12-01")).unwrap();
        assert_eq!((terms.minutes, terms.price.haler()), (120, 264_050));
        let wrong = |typed: TypedBundle| {
            typed.check(date("2026-12-02")).unwrap_err().into_iter().map(|wrong| wrong.code).collect::<Vec<_>>()
        };
        assert_eq!(wrong(typed), [OutOfRange]);
        assert_eq!(wrong(TypedBundle::default()), [Missing, NotANumber, Missing, Missing]);
    }
}
