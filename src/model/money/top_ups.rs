//! Top-ups: minutes that are bought from a saved card when few are free (design, Top-ups).

use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{bundles::Bundle, card::SavedCard};
use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, FieldProblem},
    ids::BundleId,
    money::{Money, VatRate},
};

/// The version of the words by which a customer agrees: a new one whenever the meaning of `top-up-consent` changes.
pub const CONSENT: u32 = 1;
/// Below how many free minutes it may buy.
pub const BELOW: RangeInclusive<u32> = 1..=600;
/// How often in a month it may buy.
pub const MOST: RangeInclusive<u32> = 1..=5;

coded_enum! {
    /// Whether minutes are bought by themselves.
    pub enum TopUpState {
        /// They are.
        On = "on",
        /// The customer has switched it off.
        Off = "off",
        /// The card failed.
        Failed = "failed",
        /// The bundle costs more than was agreed to.
        Dearer = "dearer",
    }
}

/// What a customer has agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUp {
    /// What is bought.
    pub bundle: BundleId,
    /// The most that it may cost, including VAT.
    pub total: Money,
    /// Below how many free minutes.
    pub below: u32,
    /// How often in a month at most.
    pub most: u32,
    /// Whether it does.
    pub state: TopUpState,
    /// When that was agreed.
    pub agreed_at: DateTime<Utc>,
}

impl TopUp {
    /// Whether minutes are to be bought now.
    ///
    /// * `bought` – how often this month they were
    #[must_use]
    pub const fn is_due(&self, free: u32, bought: u32) -> bool {
        matches!(self.state, TopUpState::On) && free < self.below && bought < self.most
    }
}

/// What `/bundles/top-up` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUpPage {
    /// What is agreed, or was last.
    pub top_up: Option<TopUp>,
    /// What can be bought.
    pub bundles: Vec<Bundle>,
    /// The rate of VAT.
    pub vat: VatRate,
    /// The card that is saved.
    pub card: Option<SavedCard>,
    /// Whether a card can be saved.
    pub takes_cards: bool,
    /// Whether the viewer may change it.
    pub may_buy: bool,
}

impl TopUpPage {
    /// What the bundles cost as they are shown, including VAT: the form says it, and is asked again when something costs otherwise.
    #[must_use]
    pub fn prices(&self) -> String {
        let price = |bundle: &Bundle| format!("{}:{}", bundle.id, bundle.price.with_vat(self.vat).haler());
        self.bundles.iter().map(price).collect::<Vec<_>>().join(",")
    }
}

/// What was shown as the price of a bundle, including VAT.
#[must_use]
pub fn shown_price(prices: &str, bundle: BundleId) -> Option<Money> {
    prices.split(',').find_map(|price| {
        let (id, haler) = price.split_once(':')?;
        (id.parse() == Ok(bundle)).then(|| haler.parse().ok().map(Money::from_haler))?
    })
}

/// What was typed into the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedTopUp {
    /// What is to be bought, if anything was chosen.
    pub bundle: Option<BundleId>,
    /// Below how many free minutes.
    pub below: String,
    /// How often in a month.
    pub most: String,
}

impl TypedTopUp {
    /// Bundle, below how many minutes, and how often; or every field that is not right.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self) -> Result<(BundleId, u32, u32), Vec<FieldProblem>> {
        let bundle = self.bundle.ok_or(FieldCode::Missing);
        let (below, most) = (whole(&self.below, &BELOW), whole(&self.most, &MOST));
        match (bundle, below, most) {
            (Ok(bundle), Ok(below), Ok(most)) => Ok((bundle, below, most)),
            (bundle, below, most) => Err([("below", below.err()), ("bundle", bundle.err()), ("most", most.err())]
                .into_iter()
                .filter_map(|(field, code)| code.map(|code| FieldProblem::new(field, code)))
                .collect()),
        }
    }
}

fn whole(typed: &str, range: &RangeInclusive<u32>) -> Result<u32, FieldCode> {
    match typed.trim() {
        "" => Err(FieldCode::Missing),
        typed => match typed.parse() {
            Ok(number) if range.contains(&number) => Ok(number),
            Ok(_) => Err(FieldCode::OutOfRange),
            Err(_) => Err(FieldCode::NotANumber),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    #[test]
    fn minutes_are_bought_below_the_limit_and_not_more_often_than_agreed() {
        let top_up = TopUp {
            bundle: BundleId(1),
            total: Money::from_haler(166_980),
            below: 30,
            most: 2,
            state: TopUpState::On,
            agreed_at: local("2026-11-23 08:00"),
        };
        assert!(top_up.is_due(29, 0) && top_up.is_due(0, 1));
        assert!(!top_up.is_due(30, 0) && !top_up.is_due(0, 2));
        for state in [TopUpState::Off, TopUpState::Failed, TopUpState::Dearer] {
            assert!(!TopUp { state, ..top_up }.is_due(0, 0));
        }
    }

    #[test]
    fn what_is_typed_is_told_field_by_field_and_a_price_is_that_of_its_bundle() {
        let typed =
            |bundle, below: &str, most: &str| TypedTopUp { bundle, below: below.into(), most: most.into() }.check();
        assert_eq!(typed(Some(BundleId(7)), " 30 ", "2"), Ok((BundleId(7), 30, 2)));
        let refused = typed(None, "601", "x").expect_err("refused");
        let fields: Vec<_> = refused.iter().map(|problem| (problem.field.as_str(), problem.code)).collect();
        assert_eq!(
            fields,
            [("below", FieldCode::OutOfRange), ("bundle", FieldCode::Missing), ("most", FieldCode::NotANumber)]
        );
        assert_eq!(shown_price("1:166980,7:300000", BundleId(7)), Some(Money::from_haler(300_000)));
        assert_eq!(shown_price("1:166980", BundleId(7)), None);
        assert_eq!(shown_price("nic", BundleId(7)), None);
    }
}
