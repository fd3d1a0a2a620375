//! What the vendor calls things of the catalogue, in both languages of the portal.

use serde::{Deserialize, Serialize};

use super::fields::{FieldCode, FieldProblem, keep_line};

/// A name or a description of the catalogue: in Czech always, in English where somebody has written it.
///
/// Mails are stored with it. Those that are older than the English names hold the Czech one alone, and are read all the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Bilingual {
    /// In Czech.
    pub cs: String,
    /// In English; empty where there is none.
    pub en: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Both { cs: String, en: String },
    Czech(String),
}

impl From<Stored> for Bilingual {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Both { cs, en } => Self { cs, en },
            Stored::Czech(cs) => cs.into(),
        }
    }
}

impl Bilingual {
    /// In English, or in Czech where there is no English.
    #[must_use]
    pub fn english(&self) -> &str {
        if self.en.is_empty() { &self.cs } else { &self.en }
    }

    /// Both languages as they are kept: Czech within `length`, English within it or not at all.
    ///
    /// # Errors
    /// What is wrong, under the name of the field in Czech and the same with `_en`.
    pub fn check(&self, field: &str, length: std::ops::RangeInclusive<usize>) -> Result<Self, Vec<FieldProblem>> {
        let english = if self.en.trim().is_empty() { 0..=*length.end() } else { length.clone() };
        match (keep_line(&self.cs, length), keep_line(&self.en, english)) {
            (Ok(cs), Ok(en)) => Ok(Self { cs, en }),
            (cs, en) => {
                let wrong: [(String, Option<FieldCode>); 2] =
                    [(field.to_owned(), cs.err()), (format!("{field}_en"), en.err())];
                Err(wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))).collect())
            }
        }
    }
}

impl From<String> for Bilingual {
    fn from(cs: String) -> Self {
        Self { cs, en: String::new() }
    }
}

impl From<&str> for Bilingual {
    fn from(cs: &str) -> Self {
        cs.to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::Bilingual;
    use crate::model::base::fields::{FieldCode, FieldProblem};

    #[test]
    fn what_has_no_english_is_called_as_in_czech() {
        assert_eq!(Bilingual { cs: "Oprava".into(), en: "Repair".into() }.english(), "Repair");
        assert_eq!(Bilingual::from("Oprava").english(), "Oprava");
    }

    #[test]
    fn older_mails_hold_the_czech_name_alone() {
        let both = Bilingual { cs: "Oprava".into(), en: "Repair".into() };
        assert_eq!(serde_json::from_str::<Bilingual>(&serde_json::to_string(&both).unwrap()).unwrap(), both);
        assert_eq!(serde_json::from_str::<Bilingual>(r#""Oprava""#).unwrap(), "Oprava".into());
    }

    #[test]
    fn czech_is_needed_and_english_is_not() {
        let typed = |cs: &str, en: &str| Bilingual { cs: cs.into(), en: en.into() }.check("name", 2..=8);
        assert_eq!(typed(" Oprava ", "  "), Ok("Oprava".into()));
        assert_eq!(
            typed("", "R"),
            Err(vec![FieldProblem::new("name", FieldCode::Missing), FieldProblem::new("name_en", FieldCode::TooShort)])
        );
    }
}
