//! Response tiers: how fast a contract promises that somebody will be there.

use serde::{Deserialize, Serialize};

use super::{
    catalogue::TIER_MINUTES_MAX,
    catalogue_changes::CatalogueHistory,
    programs::{check_name, whole_number},
};
use crate::model::base::{bilingual::Bilingual, fields::FieldProblem, seen::Fields};

/// A response tier ("Rychlost"), one row of the price list (design, Offers): Základní 480/1530 for customers without a
/// contract, Standard 240/1020, Rychlá 120/510, Expresní 60/120.
///
/// Both lengths are *working* minutes of the [business calendar](crate::model::base::calendar::BusinessCalendar).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResponseTier {
    /// Stable short name for contracts, SQL and URLs.
    pub code: String,
    /// What people read.
    pub name: Bilingual,
    /// An urgent request should be taken up within this many working minutes.
    pub urgent_target_minutes: u32,
    /// A normal request is offered times from this many working minutes on.
    pub normal_lead_minutes: u32,
}

/// What a tier promises, as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedPromise {
    /// Within how many working minutes an urgent request should be taken up.
    pub urgent_target_minutes: String,
    /// From how many working minutes on a normal request is offered times.
    pub normal_lead_minutes: String,
}

impl TypedPromise {
    /// Target and lead as they are kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Result<(u32, u32), Vec<FieldProblem>> {
        let number = |typed: &str, least: u32| whole_number(typed, least..=TIER_MINUTES_MAX);
        match (number(&self.urgent_target_minutes, 1), number(&self.normal_lead_minutes, 0)) {
            (Ok(target), Ok(lead)) => Ok((target, lead)),
            (target, lead) => {
                let wrong = [("urgent_target_minutes", target.err()), ("normal_lead_minutes", lead.err())];
                Err(wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))).collect())
            }
        }
    }
}

/// A tier as typed into the form of a new one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedTier {
    /// How it is called.
    pub name: Bilingual,
    /// What it promises.
    pub promise: TypedPromise,
}

impl TypedTier {
    /// The tier with a code as it is kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, code: String) -> Result<ResponseTier, Vec<FieldProblem>> {
        match (check_name(&self.name), self.promise.check()) {
            (Ok(name), Ok((urgent_target_minutes, normal_lead_minutes))) => {
                Ok(ResponseTier { code, name, urgent_target_minutes, normal_lead_minutes })
            }
            (name, promise) => Err([name.err(), promise.err()].into_iter().flatten().flatten().collect()),
        }
    }
}

/// The fields of the form of a tier's name.
#[must_use]
pub fn name_fields(name: &Bilingual) -> Fields {
    Fields::default().bilingual("name", name)
}

/// A tier as managers keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTier {
    /// What it promises.
    pub tier: ResponseTier,
    /// Whether it can be agreed in contracts; those that have it keep it.
    pub active: bool,
    /// How many contracts have it.
    pub contracts: u32,
}

/// What `/settings/tiers/{tier}` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierPage {
    /// The tier.
    pub tier: KeptTier,
    /// What was and will be changed of it.
    pub history: CatalogueHistory,
}

/// What `/settings/tiers` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TiersPage {
    /// All tiers in the order in which customers read them.
    pub tiers: Vec<KeptTier>,
}

#[cfg(test)]
mod tests {
    use super::{TypedPromise, TypedTier};
    use crate::model::base::fields::FieldCode::{Missing, NotANumber, OutOfRange};

    #[test]
    fn a_tier_promises_something_within_a_year() {
        let typed = |target: &str, lead: &str| TypedTier {
            name: "Blesková".into(),
            promise: TypedPromise { urgent_target_minutes: target.into(), normal_lead_minutes: lead.into() },
        };
        let kept = typed(" 30 ", "0").check("bleskova".into()).unwrap();
        assert_eq!((kept.urgent_target_minutes, kept.normal_lead_minutes), (30, 0));
        let wrong = |target, lead| {
            typed(target, lead)
                .check(String::new())
                .unwrap_err()
                .into_iter()
                .map(|wrong| wrong.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(wrong("0", ""), [OutOfRange, Missing]);
        assert_eq!(wrong("hodina", "130001"), [NotANumber, OutOfRange]);
    }
}
