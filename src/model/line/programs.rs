//! Programs of the vendor as managers keep them.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::model::base::{
    bilingual::Bilingual,
    fields::{FieldCode, FieldProblem, keep_line},
    ids::ProgramId,
    seen::Fields,
    text,
};

/// The most characters of a name in the catalogue.
const NAME_MAX: usize = 100;

/// A program as managers keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptProgram {
    /// Which program.
    pub id: ProgramId,
    /// How it is called.
    pub name: Bilingual,
    /// Whether it can be ordered for; what was ordered before stays whatever becomes of it.
    pub active: bool,
    /// How many customers run it.
    pub customers: u32,
}

impl KeptProgram {
    /// The fields of its form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default().bilingual("name", &self.name).ticked("active", self.active)
    }
}

/// The most characters of a version's name.
pub const VERSION_MAX: usize = 60;

/// A version of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramVersion {
    /// How it is called: `2026.3`.
    pub name: String,
    /// Since which day there is it.
    pub released_on: NaiveDate,
    /// How many customers run it.
    pub customers: u32,
}

/// A version as it is kept.
///
/// # Errors
/// Everything that is wrong, in the order of the form.
pub fn check_version(name: &str, released_on: &str) -> Result<(String, NaiveDate), Vec<FieldProblem>> {
    let released_on = match text::one_line(released_on).as_str() {
        "" => Err(FieldCode::Missing),
        typed => typed.parse::<NaiveDate>().map_err(|_| FieldCode::Unknown),
    };
    let released_on = released_on
        .and_then(|day| if (1980..2200).contains(&day.year()) { Ok(day) } else { Err(FieldCode::OutOfRange) });
    match (keep_line(name, 1..=VERSION_MAX), released_on) {
        (Ok(name), Ok(released_on)) => Ok((name, released_on)),
        (name, released_on) => {
            let wrong = [("version", name.err()), ("released_on", released_on.err())];
            Err(wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))).collect())
        }
    }
}

/// What `/settings/programs/{program}` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramPage {
    /// The program.
    pub program: KeptProgram,
    /// Its versions, the latest first.
    pub versions: Vec<ProgramVersion>,
}

/// What `/settings/programs` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramsPage {
    /// All programs, those that can be ordered for first, by name.
    pub programs: Vec<KeptProgram>,
}

/// The name of something in the catalogue as it is kept.
///
/// # Errors
/// What is wrong with the fields `name` and `name_en`.
pub fn check_name(typed: &Bilingual) -> Result<Bilingual, Vec<FieldProblem>> {
    typed.check("name", 1..=NAME_MAX)
}

/// A whole number within bounds as it was typed.
///
/// # Errors
/// What is wrong with it.
pub fn whole_number(typed: &str, bounds: RangeInclusive<u32>) -> Result<u32, FieldCode> {
    let typed = text::one_line(typed);
    match typed.parse() {
        Ok(number) if bounds.contains(&number) => Ok(number),
        Ok(_) => Err(FieldCode::OutOfRange),
        Err(_) if typed.is_empty() => Err(FieldCode::Missing),
        Err(_) => Err(FieldCode::NotANumber),
    }
}

/// The code of something new, made of its name: small letters without accents, and underscores for all else; it may be empty.
#[must_use]
pub fn code_of_name(name: &str) -> String {
    let plain = text::without_accents(name).to_lowercase();
    let code: String = plain.chars().map(|c| if c.is_ascii_lowercase() { c } else { '_' }).collect();
    code.trim_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{code_of_name, whole_number};
    use crate::model::base::fields::FieldCode;

    #[test]
    fn a_code_is_made_of_a_name() {
        assert_eq!(code_of_name("Závěrky a výkazy"), "zaverky_a_vykazy");
        assert_eq!(code_of_name("(2)"), "");
    }

    #[test]
    fn a_number_is_typed_as_people_do() {
        assert_eq!(whole_number(" 20 ", 1..=20), Ok(20));
        assert_eq!(whole_number("21", 1..=20), Err(FieldCode::OutOfRange));
        assert_eq!(whole_number("", 1..=20), Err(FieldCode::Missing));
        assert_eq!(whole_number("-1", 1..=20), Err(FieldCode::NotANumber));
    }
}
