//! Response tiers: how fast a contract promises that somebody will be there.

use serde::{Deserialize, Serialize};

use super::programs::{check_name, whole_number};
use crate::model::base::{bilingual::Bilingual, fields::FieldProblem};

/// The most working minutes within which a tier can promise anything: about a year.
const TIER_MINUTES_MAX: u32 = 130_000;

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

/// A tier as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedTier {
    /// How it is called.
    pub name: Bilingual,
    /// Within how many working minutes an urgent request should be taken up.
    pub urgent_target_minutes: String,
    /// From how many working minutes on a normal request is offered times.
    pub normal_lead_minutes: String,
}

impl TypedTier {
    /// The tier with a code as it is kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, code: String) -> Result<ResponseTier, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let name = check_name(&self.name).unwrap_or_else(|problems| {
            wrong.extend(problems);
            Bilingual::default()
        });
        let mut number = |field: &str, typed: &str, least: u32| {
            whole_number(typed, least..=TIER_MINUTES_MAX).unwrap_or_else(|code| {
                wrong.push(FieldProblem::new(field, code));
                least
            })
        };
        let urgent_target_minutes = number("urgent_target_minutes", &self.urgent_target_minutes, 1);
        let normal_lead_minutes = number("normal_lead_minutes", &self.normal_lead_minutes, 0);
        if wrong.is_empty() {
            Ok(ResponseTier { code, name, urgent_target_minutes, normal_lead_minutes })
        } else {
            Err(wrong)
        }
    }
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

/// What `/settings/tiers` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TiersPage {
    /// All tiers in the order in which customers read them.
    pub tiers: Vec<KeptTier>,
}

/// The tier of whoever has no contract.
pub const BASIC_TIER: &str = "basic";

#[cfg(test)]
mod tests {
    use super::TypedTier;
    use crate::model::base::fields::FieldCode::{Missing, NotANumber, OutOfRange};

    #[test]
    fn a_tier_promises_something_within_a_year() {
        let typed = |target: &str, lead: &str| TypedTier {
            name: "Blesková".into(),
            urgent_target_minutes: target.into(),
            normal_lead_minutes: lead.into(),
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
