//! Regions of the line as managers keep them.

use serde::{Deserialize, Serialize};

use crate::model::base::{ids::RegionId, seen::Fields};

/// The most characters of a region's name.
pub const REGION_NAME_MAX: usize = 60;
/// The most characters of a number as it is printed.
pub const PHONE_MAX: usize = 30;
/// The most beginnings of postal codes of a region.
const PREFIXES_MAX: usize = 100;

/// A region as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedRegion {
    /// Its name.
    pub name: String,
    /// The number to call there.
    pub phone: String,
    /// How postal codes of it begin: `3, 46`.
    pub postal_prefixes: String,
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
    /// The fields of its form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let prefixes = self.postal_prefixes.join(", ");
        Fields::default().with("name", &self.name).with("phone", &self.phone).with("postal_prefixes", prefixes)
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
