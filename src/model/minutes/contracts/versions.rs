//! What a contract said from each edit on, and what the edit did.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ContractTerms;
use crate::model::base::calendar::midnight;

/// What a contract said from an edit on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractVersion {
    /// 1 for the first; 0 for what nobody has written here ([`with_first_wording`]).
    pub version: u32,
    /// When it was written; of what nobody has written here, when it began.
    pub at: DateTime<Utc>,
    /// Who wrote it; none for what was there before history was kept.
    pub by: Option<String>,
    /// Why it was changed, as it was typed.
    pub reason: String,
    /// What it said.
    pub terms: ContractTerms,
    /// From which day the amendment was that it took back; none if it took none back, or that was not written down.
    #[serde(default)]
    pub withdrawn: Option<NaiveDate>,
}

/// The versions of a contract with what it said at first, where nobody has written that down: a contract that was taken over from
/// elsewhere has no version until it is changed.
///
/// * `versions` – the latest first
/// * `first` – what it said from its first day
#[must_use]
pub fn with_first_wording(mut versions: Vec<ContractVersion>, first: ContractTerms) -> Vec<ContractVersion> {
    let Some(oldest) = versions.last() else { return versions };
    // The number and the days are kept as they are now, not as they were.
    let ContractTerms { number, valid_from, valid_until, .. } = oldest.terms.clone();
    let terms = ContractTerms { number, valid_from, valid_until, since: None, ..first };
    if terms != oldest.terms {
        let (at, reason) = (midnight(valid_from), String::new());
        versions.push(ContractVersion { version: 0, at, by: None, reason, terms, withdrawn: None });
    }
    versions
}

/// Whether a version is an amendment in whose place another one was written, from the same day.
///
/// * `versions` – the latest first
/// * `place` – where the version is among them
#[must_use]
pub fn is_replaced(versions: &[ContractVersion], place: usize) -> bool {
    let amends = |place: usize| match (versions.get(place), versions.get(place + 1)) {
        (Some(version), Some(former)) => !version.takes_back() && version.keeps_frame_of(former),
        _ => false,
    };
    let day = |place: usize| versions.get(place).map(|version| version.terms.in_force_from());
    amends(place) && (0..place).any(|later| day(later) == day(place) && amends(later))
}

impl ContractVersion {
    /// Whether it took an amendment back: whoever writes anything else must say why.
    fn takes_back(&self) -> bool {
        self.withdrawn.is_some() || self.reason.is_empty()
    }

    /// Whether the number and the last day are those of the version before it.
    fn keeps_frame_of(&self, former: &Self) -> bool {
        (&self.terms.number, self.terms.valid_until) == (&former.terms.number, former.terms.valid_until)
    }
}

/// What a version did to its contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionEffect {
    /// It is the first that was written.
    First,
    /// It took an amendment back: the one from this day, where that was written down.
    Withdrew(Option<NaiveDate>),
    /// It changed this, which was in force on its day until then.
    Changed(Box<ContractTerms>),
}

impl VersionEffect {
    /// What a version did.
    ///
    /// * `earlier` – the versions before it, the latest first
    #[must_use]
    pub fn of(version: &ContractVersion, earlier: &[ContractVersion]) -> Self {
        let Some(former) = earlier.first() else { return Self::First };
        if version.takes_back() {
            return Self::Withdrew(version.withdrawn);
        }
        let day = version.terms.in_force_from();
        let is_amendment = version.keeps_frame_of(former);
        // Where the number or the last day is changed, the rest says what was in force on that day already.
        let is_before = |terms: &ContractTerms| {
            if is_amendment { terms.in_force_from() < day } else { terms.in_force_from() <= day }
        };
        let was_taken_back = |place: usize, terms: &ContractTerms| {
            terms.since.is_some_and(|since| earlier[..place].iter().any(|later| later.withdrawn == Some(since)))
        };
        let before = earlier
            .iter()
            .enumerate()
            .map(|(place, written)| (place, &written.terms))
            .filter(|&(place, terms)| is_before(terms) && !was_taken_back(place, terms))
            .map(|(_, terms)| terms)
            // Of two from the same day, the one that was written later, which stands first.
            .reduce(|best, next| if next.in_force_from() > best.in_force_from() { next } else { best });
        let before = before.unwrap_or(&former.terms);
        // The number and the days hold for the whole contract, whatever day its terms are from.
        let ContractTerms { number, valid_from, valid_until, .. } = former.terms.clone();
        Self::Changed(Box::new(ContractTerms { number, valid_from, valid_until, ..before.clone() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::{contract_terms, date, utc};

    #[test]
    fn a_version_is_told_against_what_was_in_force_on_its_day() {
        let first = contract_terms();
        let from =
            |day, minutes| ContractTerms { since: Some(date(day)), minutes_per_period: minutes, ..first.clone() };
        let version = |version, terms: &ContractTerms, reason: &str, withdrawn: Option<&str>| ContractVersion {
            version,
            at: utc("2026-11-23T08:00:00Z"),
            by: None,
            reason: reason.into(),
            terms: terms.clone(),
            withdrawn: withdrawn.map(date),
        };
        let (january, december) = (from("2027-01-01", 500), from("2026-12-01", 400));
        let ended = ContractTerms { valid_until: Some(date("2027-12-31")), ..first.clone() };
        let february = ContractTerms { valid_until: ended.valid_until, ..from("2027-02-01", 600) };
        let versions = [
            version(6, &february, "Dodatek č. 3", None),
            version(5, &ended, "Na dobu určitou", None),
            version(4, &december, "", Some("2027-01-01")),
            version(3, &december, "Dodatek č. 2", None),
            version(2, &january, "Dodatek č. 1", None),
            version(1, &first, "Podepsáno", None),
        ];
        let effect = |place: usize| VersionEffect::of(&versions[place], &versions[place + 1..]);
        let changed = |terms: &ContractTerms| VersionEffect::Changed(Box::new(terms.clone()));
        assert_eq!(effect(5), VersionEffect::First);
        assert_eq!(effect(4), changed(&first));
        assert_eq!(effect(3), changed(&first), "not January, which is later than its day");
        assert_eq!(effect(2), VersionEffect::Withdrew(Some(date("2027-01-01"))));
        assert_eq!(effect(1), changed(&first), "only the last day");
        let was = ContractTerms { valid_until: ended.valid_until, ..december };
        assert_eq!(effect(0), changed(&was), "January was taken back");
    }

    #[test]
    fn what_was_taken_over_has_a_first_wording_and_what_was_replaced_is_known() {
        let first = contract_terms();
        let from =
            |day, minutes| ContractTerms { since: Some(date(day)), minutes_per_period: minutes, ..first.clone() };
        let version = |version, terms: &ContractTerms| ContractVersion {
            version,
            at: utc("2026-11-23T08:00:00Z"),
            by: None,
            reason: "Dodatek".into(),
            terms: terms.clone(),
            withdrawn: None,
        };
        let ended = ContractTerms { valid_until: Some(date("2027-12-31")), ..from("2026-12-01", 400) };
        let written = vec![
            version(4, &ended),
            version(3, &from("2027-01-01", 600)),
            version(2, &from("2026-12-01", 400)),
            version(1, &from("2026-12-01", 500)),
        ];
        let versions = with_first_wording(written, first.clone());
        let last = versions.last().expect("the first wording");
        assert_eq!((last.version, &last.terms, versions.len()), (0, &first, 5));
        let effect = VersionEffect::of(&versions[3], &versions[4..]);
        assert_eq!(effect, VersionEffect::Changed(Box::new(first.clone())), "not the first wording itself");
        let replaced: Vec<bool> = (0..5).map(|place| is_replaced(&versions, place)).collect();
        assert_eq!(replaced, [false, false, false, true, false], "by the second of its day only");
        assert_eq!(with_first_wording(vec![version(1, &first)], first.clone()).len(), 1, "it was written here");
        assert!(with_first_wording(Vec::new(), first).is_empty(), "without a change there is no history");
    }
}
