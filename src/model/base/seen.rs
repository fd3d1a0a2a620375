//! What somebody saw who sends a form: a form that is sent over what a colleague has saved meanwhile overwrites nothing unknowingly
//! (design, Forms).
//!
//! A form of what is kept carries, in one hidden field, a digest of each field as it was shown. What is kept now is compared with
//! that before it is written: a field that somebody else has changed since, to something else than what is sent, is told.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

use super::bilingual::Bilingual;

/// The values of a form of something that is kept, by the names of its fields as a browser sends them. An empty field, and a box that
/// is not ticked, is as one that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// With a field.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.0.insert(name.into(), value);
        }
        self
    }

    /// With a box.
    #[must_use]
    pub fn ticked(self, name: impl Into<String>, is_ticked: bool) -> Self {
        self.with(name, if is_ticked { "true" } else { "" })
    }

    /// With the ticked ones of a group of boxes: `roles[manager]`.
    #[must_use]
    pub fn ticked_of(self, group: &str, codes: impl IntoIterator<Item = impl fmt::Display>) -> Self {
        codes.into_iter().fold(self, |fields, code| fields.ticked(format!("{group}[{code}]"), true))
    }

    /// With a name in both languages: the English one in the field of the same name with `_en`.
    #[must_use]
    pub fn bilingual(self, name: &str, value: &Bilingual) -> Self {
        self.with(name, &value.cs).with(format!("{name}_en"), &value.en)
    }

    fn value(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// What a form showed when it was opened, as its field [`SEEN_FIELD`] carries it. The default says nothing: whoever sends that
/// writes knowingly over whatever is there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(String);

/// The hidden field of a form that says what it showed.
pub const SEEN_FIELD: &str = "seen";

/// Which fields of a form somebody else has changed since it was opened, in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChangedMeanwhile {
    /// Their names.
    pub fields: Vec<String>,
}

impl Seen {
    /// What a form shows of what is kept.
    #[must_use]
    pub fn of(shown: &Fields) -> Self {
        let digests = shown.0.iter().map(|(name, value)| format!("{:016x}:{:016x}", digest(name), digest(value)));
        Self([VERSION.to_owned()].into_iter().chain(digests).collect::<Vec<_>>().join(" "))
    }

    /// The same, said by a form: of several on a page each knows its own.
    #[must_use]
    pub fn by(self, form: &str) -> Self {
        Self(format!("{} {}", self.0, mark_of(form)))
    }

    /// Whether a form said it.
    #[must_use]
    pub fn is_by(&self, form: &str) -> bool {
        let mark = mark_of(form);
        self.0.split_whitespace().any(|word| word == mark)
    }

    /// Whether anything is said of what was seen.
    #[must_use]
    pub fn is_said(&self) -> bool {
        self.0.starts_with(VERSION)
    }

    /// Whether a field was shown with this value: whoever sends it so has left it as it was. Where nothing is said, none was.
    #[must_use]
    pub fn has_shown(&self, name: &str, value: &str) -> bool {
        // A browser sends the ends of lines in its own way.
        let value = digest(&value.replace("\r\n", "\n"));
        self.digests().is_some_and(|seen| seen.get(&digest(name)).copied().unwrap_or_else(|| digest("")) == value)
    }

    /// Lets be written what was sent, unless somebody else has changed a field of it since it was shown. What is the same by now
    /// changes nothing, so that a form may come twice.
    ///
    /// # Errors
    /// Which fields.
    pub fn admit(&self, now: &Fields, sent: &Fields) -> Result<(), ChangedMeanwhile> {
        let Some(seen) = self.digests() else { return Ok(()) };
        // What is in neither is the same in both.
        let names: BTreeSet<&str> = now.0.keys().chain(sent.0.keys()).map(String::as_str).collect();
        let is_changed = |name: &&str| {
            let shown = seen.get(&digest(name)).copied().unwrap_or_else(|| digest(""));
            digest(now.value(name)) != shown && now.value(name) != sent.value(name)
        };
        let fields: Vec<String> = names.into_iter().filter(is_changed).map(str::to_owned).collect();
        if fields.is_empty() { Ok(()) } else { Err(ChangedMeanwhile { fields }) }
    }

    /// The digests of the values by those of the fields' names; none where nothing is said.
    fn digests(&self) -> Option<BTreeMap<u64, u64>> {
        let digests = self.0.strip_prefix(VERSION)?.split_whitespace().filter_map(|pair| {
            let (name, value) = pair.split_once(':')?;
            Some((u64::from_str_radix(name, 16).ok()?, u64::from_str_radix(value, 16).ok()?))
        });
        Some(digests.collect())
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Seen {
    fn from(sent: String) -> Self {
        Self(sent)
    }
}

/// What stands in it for a form.
fn mark_of(form: &str) -> String {
    format!("by:{:016x}", digest(form))
}

/// How it begins.
const VERSION: &str = "1";

/// A digest of a value (FNV-1a): it tells a change from none, and is no secret.
fn digest(value: &str) -> u64 {
    value.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, phone: &str, roles: &[&str]) -> Fields {
        Fields::default().with("name", name).with("phone", phone).ticked_of("roles", roles)
    }

    fn changed(seen: &Seen, now: &Fields, sent: &Fields) -> Vec<String> {
        seen.admit(now, sent).err().map_or_else(Vec::new, |changed| changed.fields)
    }

    #[test]
    fn what_nobody_else_has_changed_is_written() {
        let shown = form("Morava", "377", &["manager"]);
        let seen = Seen::of(&shown);
        assert_eq!(changed(&seen, &shown, &form("Jih", "", &[])), [""; 0]);
        assert_eq!(changed(&seen, &shown, &shown), [""; 0]);
    }

    #[test]
    fn each_field_that_a_colleague_has_changed_is_told() {
        let seen = Seen::of(&form("Morava", "377", &["manager"]));
        let now = form("Morava", "", &["manager", "technician"]);
        let sent = form("Jih", "377", &["manager"]);
        assert_eq!(changed(&seen, &now, &sent), ["phone", "roles[technician]"]);
        assert_eq!(changed(&Seen::of(&now), &now, &sent), [""; 0], "whoever has seen it overwrites it");
        let odd = |value: &str| Fields::default().with("regions[Severní Čechy: 1]", value);
        let changed = changed(&Seen::of(&odd("a")), &odd("b"), &odd("c"));
        assert_eq!(changed, ["regions[Severní Čechy: 1]"], "a name is any text");
    }

    #[test]
    fn a_form_that_comes_twice_meets_its_own_change_and_no_colleagues() {
        let seen = Seen::of(&form("Morava", "377", &[]));
        let sent = form("Jih", "377", &["manager"]);
        assert_eq!(changed(&seen, &sent, &sent), [""; 0]);
    }

    #[test]
    fn who_says_nothing_of_what_was_seen_writes_knowingly() {
        let (now, sent) = (form("a", "", &[]), form("b", "", &[]));
        assert_eq!(changed(&Seen::default(), &now, &sent), [""; 0]);
        let empty = Seen::of(&form("", "", &[]));
        assert_eq!(changed(&empty, &now, &sent), ["name"], "an empty form has seen that nothing was there");
        assert_eq!(Seen::from(empty.to_string()), empty);
        let said = empty.by("/api/regions/save");
        assert!(said.is_by("/api/regions/save") && !said.is_by("/api/regions/add"));
        assert_eq!(changed(&said, &now, &sent), ["name"]);
    }

    #[test]
    fn a_field_that_is_sent_as_it_was_shown_was_left_alone() {
        let seen = Seen::of(&form("Morava", "377\n378", &["manager"])).by("/api/regions/save");
        assert!(seen.is_said() && seen.has_shown("name", "Morava") && seen.has_shown("roles[manager]", "true"));
        assert!(seen.has_shown("phone", "377\r\n378"), "as a browser sends it");
        assert!(seen.has_shown("roles[technician]", ""), "a box that was not ticked");
        assert!(!seen.has_shown("name", "Jih") && !seen.has_shown("roles[manager]", ""));
        assert!(!Seen::default().is_said() && !Seen::default().has_shown("name", ""));
    }
}
