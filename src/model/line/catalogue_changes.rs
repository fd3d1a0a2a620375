//! What the catalogue says from a day on: of a kind of work, of a tier, of a region's number (design, Catalogue).
//!
//! Names and descriptions are no promises: they are corrected at once and stand in no change.

use std::{collections::BTreeMap, fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    catalogue::{BASIC_TIER, MinuteRange, PHONE_MAX, SLOT_MAX, SLOT_MIN, SlotChoice, TIER_MINUTES_MAX, TYPICAL_MAX},
    setting_changes::ChangeState,
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        codes::coded_enum,
        fields::{FieldCode, keep_line},
        ids::{RegionId, WorkTypeId},
        phones::normalize_phone,
        text::spelled_in_json,
    },
    people::staff::Skill,
};

/// What of the catalogue a change is about. It is written `work_type:3`, `tier:fast`, `region:2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogueRow {
    /// A kind of work.
    WorkType(WorkTypeId),
    /// A response tier, by its code.
    Tier(String),
    /// A region of the line.
    Region(RegionId),
}

spelled_in_json!(CatalogueRow);

impl fmt::Display for CatalogueRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkType(id) => write!(f, "work_type:{id}"),
            Self::Tier(code) => write!(f, "tier:{code}"),
            Self::Region(id) => write!(f, "region:{id}"),
        }
    }
}

impl FromStr for CatalogueRow {
    type Err = FieldCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, key) = text.split_once(':').ok_or(FieldCode::Unknown)?;
        let is_code =
            |code: &str| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        match kind {
            "work_type" => key.parse().map(Self::WorkType).map_err(|_| FieldCode::Unknown),
            "tier" if is_code(key) => Ok(Self::Tier(key.to_owned())),
            "region" => key.parse().map(Self::Region).map_err(|_| FieldCode::Unknown),
            _ => Err(FieldCode::Unknown),
        }
    }
}

coded_enum! {
    /// What of the catalogue changes from a day on, in the order in which it is read.
    pub enum CatalogueTerm {
        /// How long work of a kind usually takes.
        Minutes = "minutes",
        /// How long its slot is.
        SlotMinutes = "slot_minutes",
        /// Whether it can be planned ahead.
        Plannable = "plannable",
        /// What a technician must know.
        Skill = "skill",
        /// Who names the time.
        Choice = "choice",
        /// Within how many working minutes an urgent request is taken up.
        UrgentTarget = "urgent_target_minutes",
        /// From how many working minutes on a normal one is offered times.
        NormalLead = "normal_lead_minutes",
        /// Whether it is still offered.
        Active = "active",
        /// The number to call.
        Phone = "phone",
    }
}

impl CatalogueTerm {
    /// Whether a row has it.
    #[must_use]
    pub const fn is_of(self, row: &CatalogueRow) -> bool {
        match row {
            CatalogueRow::WorkType(_) => !matches!(self, Self::UrgentTarget | Self::NormalLead | Self::Phone),
            CatalogueRow::Tier(_) => matches!(self, Self::UrgentTarget | Self::NormalLead | Self::Active),
            CatalogueRow::Region(_) => matches!(self, Self::Phone),
        }
    }
}

/// What a term is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermValue {
    /// A length in minutes.
    Minutes(u32),
    /// From how many minutes to how many.
    Range(MinuteRange),
    /// Yes or no.
    Flag(bool),
    /// Who names the time.
    Choice(SlotChoice),
    /// A code, or a number as it is printed.
    Text(String),
}

impl fmt::Display for TermValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minutes(minutes) => write!(f, "{minutes}"),
            Self::Range(range) => write!(f, "{}-{}", range.from, range.to),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Choice(choice) => write!(f, "{choice}"),
            Self::Text(text) => text.chars().try_for_each(|letter| {
                if is_plain(letter) { write!(f, "{letter}") } else { write!(f, "~{:x}~", u32::from(letter)) }
            }),
        }
    }
}

/// Whether a character of a text stands for itself in an address and in a form.
fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.')
}

/// A text of which the characters that are not plain stand as numbers: `377~20~457~20~977`.
fn unescaped(text: &str) -> Option<String> {
    let mut pieces = text.split('~');
    let mut plain = pieces.next()?.to_owned();
    while let Some(number) = pieces.next() {
        plain.push(u32::from_str_radix(number, 16).ok().and_then(char::from_u32)?);
        plain.push_str(pieces.next()?);
    }
    Some(plain)
}

impl TermValue {
    /// The value of a term as it was written, within its bounds.
    fn parse(term: CatalogueTerm, text: &str) -> Option<Self> {
        let number = |text: &str, bounds: std::ops::RangeInclusive<u32>| {
            text.parse().ok().filter(|number| bounds.contains(number))
        };
        match term {
            CatalogueTerm::Minutes => {
                let (from, to) = text.split_once('-')?;
                let from = number(from, 1..=TYPICAL_MAX)?;
                Some(Self::Range(MinuteRange { from, to: number(to, from..=TYPICAL_MAX)? }))
            }
            CatalogueTerm::SlotMinutes => {
                number(text, SLOT_MIN..=SLOT_MAX).filter(|slot| slot.is_multiple_of(SLOT_MIN)).map(Self::Minutes)
            }
            CatalogueTerm::UrgentTarget => number(text, 1..=TIER_MINUTES_MAX).map(Self::Minutes),
            CatalogueTerm::NormalLead => number(text, 0..=TIER_MINUTES_MAX).map(Self::Minutes),
            CatalogueTerm::Plannable | CatalogueTerm::Active => text.parse().ok().map(Self::Flag),
            CatalogueTerm::Choice => SlotChoice::from_code(text).map(Self::Choice),
            CatalogueTerm::Skill => {
                let is_code = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
                is_code.then(|| Self::Text(text.to_owned()))
            }
            CatalogueTerm::Phone => {
                let phone = keep_line(&unescaped(text)?, 1..=PHONE_MAX).ok()?;
                normalize_phone(&phone).is_some().then_some(Self::Text(phone))
            }
        }
    }
}

/// Terms of a row: all that it has, or those that a change sets. They are written `minutes=20-45;slot_minutes=60`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CatalogueTerms(pub BTreeMap<CatalogueTerm, TermValue>);

spelled_in_json!(CatalogueTerms);

impl CatalogueTerms {
    /// All of a tier.
    #[must_use]
    pub fn of_tier(urgent_target_minutes: u32, normal_lead_minutes: u32, active: bool) -> Self {
        Self(BTreeMap::from([
            (CatalogueTerm::UrgentTarget, TermValue::Minutes(urgent_target_minutes)),
            (CatalogueTerm::NormalLead, TermValue::Minutes(normal_lead_minutes)),
            (CatalogueTerm::Active, TermValue::Flag(active)),
        ]))
    }

    /// All of a region that changes from a day on.
    #[must_use]
    pub fn of_region(phone: &str) -> Self {
        Self(BTreeMap::from([(CatalogueTerm::Phone, TermValue::Text(phone.to_owned()))]))
    }

    /// Those that are something else than they were shown.
    #[must_use]
    pub fn differing_from(mut self, shown: &Self) -> Self {
        self.0.retain(|term, value| shown.0.get(term) != Some(value));
        self
    }

    /// Those that others have, too, as they are here.
    #[must_use]
    pub fn of_those_in(mut self, others: &Self) -> Self {
        self.0.retain(|term, _| others.0.contains_key(term));
        self
    }

    /// With what a change sets.
    #[must_use]
    pub fn after(mut self, change: &Self) -> Self {
        self.0.extend(change.0.iter().map(|(term, value)| (*term, value.clone())));
        self
    }

    /// Whether a change may set this of a row: something, nothing that the row does not have, and the tier of whoever has no
    /// contract stays.
    #[must_use]
    pub fn may_change(&self, row: &CatalogueRow) -> bool {
        let retires_basic = *row == CatalogueRow::Tier(BASIC_TIER.to_owned())
            && self.0.get(&CatalogueTerm::Active) == Some(&TermValue::Flag(false));
        !self.0.is_empty() && self.0.keys().all(|term| term.is_of(row)) && !retires_basic
    }
}

impl fmt::Display for CatalogueTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (term, value)) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ";" };
            write!(f, "{separator}{term}={value}")?;
        }
        Ok(())
    }
}

impl FromStr for CatalogueTerms {
    type Err = FieldCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let one = |part: &str| {
            let (term, value) = part.split_once('=')?;
            let term = CatalogueTerm::from_code(term)?;
            Some((term, TermValue::parse(term, value)?))
        };
        let parts = text.split(';').filter(|part| !part.is_empty());
        parts.map(one).collect::<Option<_>>().map(Self).ok_or(FieldCode::Unknown)
    }
}

/// A change of a row that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCatalogueChange {
    /// Which change.
    pub id: Uuid,
    /// From when on.
    pub valid_from: DateTime<Utc>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// By whom; by nobody when it was taken over from a table.
    pub made_by: Option<String>,
    /// What it set.
    pub terms: CatalogueTerms,
    /// Where it stands.
    pub state: ChangeState,
}

/// What was and will be changed of a row, and what one needs to change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueHistory {
    /// Of which row.
    pub row: CatalogueRow,
    /// What holds now.
    pub now: CatalogueTerms,
    /// Today: a change holds from now on, or from the beginning of a later day.
    pub today: NaiveDate,
    /// Its changes, the latest first.
    pub changes: Vec<KeptCatalogueChange>,
    /// What technicians can know, for its names.
    pub skills: Vec<Skill>,
}

/// What a change would bring, before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueChangePreview {
    /// The identity of the change to be, under which it is made once.
    pub id: Uuid,
    /// What it is about.
    pub row: CatalogueRow,
    /// What that is called.
    pub name: Bilingual,
    /// From which day on; today from now on.
    pub from: NaiveDate,
    /// Whether that day is today.
    pub at_once: bool,
    /// What it would bring.
    pub new: CatalogueTerms,
    /// What would hold then without it.
    pub old: CatalogueTerms,
    /// What is planned for later about the same terms, and takes its place then.
    pub later: Vec<KeptCatalogueChange>,
    /// How many open requests keep what they were ordered with.
    pub open_requests: u32,
    /// What technicians can know, for its names.
    pub skills: Vec<Skill>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> CatalogueTerms {
        text.parse().unwrap()
    }

    #[test]
    fn terms_are_read_as_they_are_written() {
        for text in [
            "",
            "minutes=20-45;slot_minutes=60;plannable=true;skill=programs;choice=dispatch;active=false",
            "urgent_target_minutes=60;normal_lead_minutes=0",
            "phone=~2b~420~20~377~20~457~20~977",
        ] {
            assert_eq!(terms(text).to_string(), text);
        }
        let phone = CatalogueTerms::of_region("+420 377 457 977");
        assert_eq!(phone.to_string().parse(), Ok(phone));
        for wrong in [
            "minutes=45-20",
            "minutes=0-20",
            "slot_minutes=50",
            "slot_minutes=495",
            "plannable=1",
            "choice=nobody",
            "urgent_target_minutes=0",
            "phone=",
            "phone=377~457",
            "phone=12",
            "skill=A b",
            "price=1",
        ] {
            assert!(wrong.parse::<CatalogueTerms>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_row_is_named_by_its_kind_and_key() {
        for text in ["work_type:3", "tier:fast", "region:2"] {
            assert_eq!(text.parse::<CatalogueRow>().unwrap().to_string(), text);
        }
        for wrong in ["tier:", "tier:Fast", "region:x", "program:1", "3"] {
            assert!(wrong.parse::<CatalogueRow>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_change_sets_what_differs_and_only_what_its_row_has() {
        let shown = terms("minutes=20-45;slot_minutes=60;active=true");
        let typed = terms("minutes=20-45;slot_minutes=45;active=true");
        let change = typed.differing_from(&shown);
        assert_eq!(change.to_string(), "slot_minutes=45");
        assert_eq!(shown.clone().of_those_in(&change).to_string(), "slot_minutes=60");
        assert_eq!(shown.after(&change).to_string(), "minutes=20-45;slot_minutes=45;active=true");
        let (work, tier) = (CatalogueRow::WorkType(WorkTypeId(1)), CatalogueRow::Tier("fast".into()));
        assert!(change.may_change(&work) && !change.may_change(&tier) && !CatalogueTerms::default().may_change(&work));
        let retired = terms("active=false");
        assert!(retired.may_change(&tier) && !retired.may_change(&CatalogueRow::Tier(BASIC_TIER.into())));
    }
}
