//! Kinds of work, and the skills that they take, as managers keep them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    catalogue::{MinuteRange, SLOT_MAX, SLOT_MIN, SlotChoice, TYPICAL_MAX},
    catalogue_changes::{CatalogueHistory, CatalogueTerm, CatalogueTerms, TermValue},
    programs::{check_name, whole_number},
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        fields::{FieldCode, FieldProblem},
        ids::WorkTypeId,
        seen::Fields,
    },
    people::staff::Skill,
};

/// The most characters of a description.
const DESCRIPTION_MAX: usize = 300;

/// What a kind of work is called, and what helps to choose it: no promises, so they are corrected at once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WorkWords {
    /// How it is called.
    pub name: Bilingual,
    /// What helps to choose it; may be empty.
    pub description: Bilingual,
}

impl WorkWords {
    /// The words as they are kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Result<Self, Vec<FieldProblem>> {
        match (check_name(&self.name), self.description.check("description", 0..=DESCRIPTION_MAX)) {
            (Ok(name), Ok(description)) => Ok(Self { name, description }),
            (name, description) => {
                let wrong = [name.err(), description.err()];
                Err(wrong.into_iter().flatten().flatten().collect())
            }
        }
    }

    /// The fields of their form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default().bilingual("name", &self.name).bilingual("description", &self.description)
    }
}

/// How work of a kind is ordered and done, as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedRules {
    /// The least that it usually takes, in minutes.
    pub minutes_from: String,
    /// The most that it usually takes, in minutes.
    pub minutes_to: String,
    /// How long its slot is, in minutes.
    pub slot_minutes: String,
    /// Whether it can be planned ahead, and hence never is urgent.
    pub plannable: bool,
    /// The code of what a technician must know.
    pub skill: String,
    /// Who names the time.
    pub choice: Option<SlotChoice>,
}

/// How work of a kind is ordered and done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkRules {
    /// The least that it usually takes, in minutes.
    pub minutes_from: u32,
    /// The most that it usually takes, in minutes.
    pub minutes_to: u32,
    /// How long its slot is, in minutes.
    pub slot_minutes: u32,
    /// Whether it can be planned ahead, and hence never is urgent.
    pub plannable: bool,
    /// The code of what a technician must know.
    pub skill: String,
    /// Who names the time.
    pub choice: SlotChoice,
}

impl WorkRules {
    /// All terms of such a kind of work.
    #[must_use]
    pub fn terms(&self, active: bool) -> CatalogueTerms {
        CatalogueTerms(BTreeMap::from([
            (CatalogueTerm::Minutes, TermValue::Range(MinuteRange::new(self.minutes_from, self.minutes_to))),
            (CatalogueTerm::SlotMinutes, TermValue::Minutes(self.slot_minutes)),
            (CatalogueTerm::Plannable, TermValue::Flag(self.plannable)),
            (CatalogueTerm::Skill, TermValue::Text(self.skill.clone())),
            (CatalogueTerm::Choice, TermValue::Choice(self.choice)),
            (CatalogueTerm::Active, TermValue::Flag(active)),
        ]))
    }
}

impl TypedRules {
    /// The rules as they are kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Result<WorkRules, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let mut number = |field: &str, typed: &str, least: u32, most: u32| {
            whole_number(typed, least..=most).unwrap_or_else(|code| {
                wrong.push(FieldProblem::new(field, code));
                least
            })
        };
        let minutes_from = number("minutes_from", &self.minutes_from, 1, TYPICAL_MAX);
        let minutes_to = number("minutes_to", &self.minutes_to, minutes_from, TYPICAL_MAX);
        let slot_minutes = number("slot_minutes", &self.slot_minutes, SLOT_MIN, SLOT_MAX);
        if !slot_minutes.is_multiple_of(SLOT_MIN) {
            wrong.push(FieldProblem::new("slot_minutes", FieldCode::OutOfRange));
        }
        if self.skill.is_empty() {
            wrong.push(FieldProblem::new("skill", FieldCode::Unknown));
        }
        if self.choice.is_none() {
            wrong.push(FieldProblem::new("choice", FieldCode::Unknown));
        }
        match self.choice {
            Some(choice) if wrong.is_empty() => Ok(WorkRules {
                minutes_from,
                minutes_to,
                slot_minutes,
                plannable: self.plannable,
                skill: self.skill.clone(),
                choice,
            }),
            _ => Err(wrong),
        }
    }
}

/// A kind of work as typed into the form of a new one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedWorkType {
    /// What it is called.
    pub words: WorkWords,
    /// How it is ordered and done.
    pub rules: TypedRules,
}

/// A kind of work as managers keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkTypeTerms {
    /// What it is called.
    pub words: WorkWords,
    /// How it is ordered and done.
    pub rules: WorkRules,
}

impl TypedWorkType {
    /// The kind of work as it is kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Result<WorkTypeTerms, Vec<FieldProblem>> {
        match (self.words.check(), self.rules.check()) {
            (Ok(words), Ok(rules)) => Ok(WorkTypeTerms { words, rules }),
            (words, rules) => Err([words.err(), rules.err()].into_iter().flatten().flatten().collect()),
        }
    }
}

/// A kind of work with its identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptWorkType {
    /// Which kind of work.
    pub id: WorkTypeId,
    /// What it is.
    pub terms: WorkTypeTerms,
    /// Whether it can be ordered; what was ordered before stays whatever becomes of it.
    pub active: bool,
}

/// A skill, and whether anything needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSkill {
    /// The skill.
    pub skill: Skill,
    /// How many kinds of work take it.
    pub work_types: u32,
    /// How many technicians have it.
    pub technicians: u32,
}

/// What `/settings/work-types` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkTypesPage {
    /// All kinds of work, those that can be ordered first, by name.
    pub work_types: Vec<KeptWorkType>,
    /// All skills, by name.
    pub skills: Vec<KeptSkill>,
}

/// What `/settings/work-types/{work_type}` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkTypePage {
    /// The kind of work, and what was and will be changed of it; none for one that is to be added.
    pub work_type: Option<(KeptWorkType, CatalogueHistory)>,
    /// The skills to choose from.
    pub skills: Vec<Skill>,
}

#[cfg(test)]
mod tests {
    use super::{TypedRules, TypedWorkType, WorkWords};
    use crate::model::{
        base::fields::FieldCode::{self, Missing, NotANumber, OutOfRange, Unknown},
        line::catalogue::SlotChoice,
    };

    fn typed() -> TypedWorkType {
        TypedWorkType {
            words: WorkWords { name: " Oprava ".into(), ..WorkWords::default() },
            rules: TypedRules {
                minutes_from: "20".into(),
                minutes_to: "45".into(),
                slot_minutes: " 60 ".into(),
                skill: "programs".into(),
                choice: Some(SlotChoice::Customer),
                ..TypedRules::default()
            },
        }
    }

    fn wrong(typed: &TypedWorkType) -> Vec<(String, FieldCode)> {
        typed.check().unwrap_err().into_iter().map(|problem| (problem.field, problem.code)).collect()
    }

    #[test]
    fn a_kind_of_work_is_kept_as_it_was_meant() {
        let kept = typed().check().unwrap();
        assert_eq!(
            (kept.words.name.cs.as_str(), kept.rules.minutes_from, kept.rules.minutes_to, kept.rules.slot_minutes),
            ("Oprava", 20, 45, 60)
        );
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let all = |fields: &[(&str, FieldCode)]| -> Vec<_> {
            fields.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect()
        };
        assert_eq!(
            wrong(&TypedWorkType::default()),
            all(&[
                ("name", Missing),
                ("minutes_from", Missing),
                ("minutes_to", Missing),
                ("slot_minutes", Missing),
                ("skill", Unknown),
                ("choice", Unknown)
            ])
        );
        let with = |rules: TypedRules| TypedWorkType { rules, ..typed() };
        let numbers = with(TypedRules {
            minutes_from: "45".into(),
            minutes_to: "20".into(),
            slot_minutes: "50".into(),
            ..typed().rules
        });
        assert_eq!(wrong(&numbers), all(&[("minutes_to", OutOfRange), ("slot_minutes", OutOfRange)]));
        let negative = with(TypedRules { minutes_from: "-1".into(), ..typed().rules });
        assert_eq!(wrong(&negative), all(&[("minutes_from", NotANumber)]));
    }
}
