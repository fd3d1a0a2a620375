//! Regions of the line as managers keep them.

use serde::{Deserialize, Serialize};

use super::{catalogue::PHONE_MAX, catalogue_changes::CatalogueHistory};
use crate::model::base::{
    fields::{FieldCode, FieldProblem, keep_line},
    ids::RegionId,
    phones::normalize_phone,
    seen::Fields,
};

/// The most characters of a region's name.
pub const REGION_NAME_MAX: usize = 60;
/// The most beginnings of postal codes of a region.
const PREFIXES_MAX: usize = 100;

/// What a region is called and whose it is, as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedPlace {
    /// Its name.
    pub name: String,
    /// How postal codes of it begin: `3, 46`.
    pub postal_prefixes: String,
}

/// A region as typed into the form of a new one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedRegion {
    /// What it is called and whose it is.
    pub place: TypedPlace,
    /// The number to call there.
    pub phone: String,
}

impl TypedPlace {
    /// The name and how postal codes begin, as they are kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Result<(String, Vec<String>), Vec<FieldProblem>> {
        let name = keep_line(&self.name, 1..=REGION_NAME_MAX);
        match (name, prefixes(&self.postal_prefixes).ok_or(FieldCode::Unknown)) {
            (Ok(name), Ok(postal_prefixes)) => Ok((name, postal_prefixes)),
            (name, prefixes) => {
                let wrong = [("name", name.err()), ("postal_prefixes", prefixes.err())];
                Err(wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))).collect())
            }
        }
    }
}

impl TypedRegion {
    /// The region as it is kept.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn check(&self) -> Result<RegionTerms, Vec<FieldProblem>> {
        match (self.place.check(), check_phone(&self.phone)) {
            (Ok((name, postal_prefixes)), Ok(phone)) => Ok(RegionTerms { name, phone, postal_prefixes }),
            (place, phone) => Err([place.err(), phone.err()].into_iter().flatten().flatten().collect()),
        }
    }
}

/// A number that can be called, in the groups in which it shall be read.
///
/// # Errors
/// Why it is none, beside its field.
pub fn check_phone(typed: &str) -> Result<String, Vec<FieldProblem>> {
    let phone = match keep_line(typed, 1..=PHONE_MAX) {
        Ok(phone) if normalize_phone(&phone).is_none() => Err(FieldCode::NotAPhone),
        phone => phone,
    };
    phone.map_err(|code| vec![FieldProblem::new("phone", code)])
}

/// A region as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionTerms {
    /// Its name.
    pub name: String,
    /// The number to call there.
    pub phone: String,
    /// How postal codes of it begin.
    pub postal_prefixes: Vec<String>,
}

impl RegionTerms {
    /// The fields of the form of its name and its postal codes; its number changes from a day on.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default().with("name", &self.name).with("postal_prefixes", self.postal_prefixes.join(", "))
    }
}

/// A region with its identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRegion {
    /// Which region.
    pub id: RegionId,
    /// What it is.
    pub terms: RegionTerms,
}

/// What `/settings/regions/{region}` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionPage {
    /// The region.
    pub region: KeptRegion,
    /// How many customers see its number: those for whom it was chosen, and those of its postal codes.
    pub customers: u32,
    /// What was and will be changed of its number.
    pub history: CatalogueHistory,
}

/// What `/settings/regions` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionsPage {
    /// All regions in their order: the first one's number is for whoever is in none.
    pub regions: Vec<KeptRegion>,
}

/// Beginnings of postal codes as they were typed, separated by whatever is no digit; none where one is longer than a code.
#[must_use]
pub fn prefixes(typed: &str) -> Option<Vec<String>> {
    let digits = typed.split([',', ';', ' ', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty());
    let mut prefixes: Vec<String> = Vec::new();
    for part in digits {
        if part.len() > 5 || !part.bytes().all(|byte| byte.is_ascii_digit()) || prefixes.len() == PREFIXES_MAX {
            return None;
        }
        if !prefixes.iter().any(|known| known == part) {
            prefixes.push(part.to_owned());
        }
    }
    Some(prefixes)
}

#[cfg(test)]
mod tests {
    use super::prefixes;

    #[test]
    fn postal_codes_are_known_by_how_they_begin() {
        assert_eq!(prefixes(" 3, 46;301 3"), Some(vec!["3".into(), "46".into(), "301".into()]));
        assert_eq!(prefixes(""), Some(Vec::new()));
        assert_eq!(prefixes("3a"), None);
        assert_eq!(prefixes("301000"), None);
    }
}
