//! Finding among the requests of a customer: by words, state, person, program and year.

use serde::{Deserialize, Serialize};

use super::{pages::RequestSummary, requests::RequestState};
use crate::model::base::{
    bilingual::Bilingual,
    ids::{CustomerId, MemberId, ProgramId},
    numbers::RequestNumber,
    paging::Page,
};

/// Which requests are listed. All of it must hold; in an address it is `?search=tisk&state=closed&person=3&program=2&year=2026`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RequestFilter {
    /// Words that stand in it, each by its beginning.
    pub search: String,
    /// Where it stands.
    pub state: Option<RequestState>,
    /// Who ordered it.
    pub person: Option<MemberId>,
    /// What it is about.
    pub program: Option<ProgramId>,
    /// In which year it was sent.
    pub year: Option<i32>,
}

impl RequestFilter {
    /// Whether nothing is asked: the list stands in its parts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.search.trim().is_empty()
            && self.state.is_none()
            && self.person.is_none()
            && self.program.is_none()
            && self.year.is_none()
    }

    /// What stands in the address of the list, the empty left out.
    #[must_use]
    pub fn query(&self) -> Vec<(&'static str, String)> {
        let search = self.search.trim();
        [
            ("search", (!search.is_empty()).then(|| search.to_owned())),
            ("state", self.state.map(|state| state.code().to_owned())),
            ("person", self.person.map(|person| person.to_string())),
            ("program", self.program.map(|program| program.to_string())),
            ("year", self.year.map(|year| year.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

/// What can be chosen of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FilterChoices {
    /// Who may have ordered something, by name; nobody but the reader for who sees the own requests only.
    pub people: Vec<(MemberId, String)>,
    /// What the customer runs, by name.
    pub programs: Vec<(ProgramId, Bilingual)>,
    /// The year of the first request.
    pub first_year: Option<i32>,
    /// The customers that were merged into the reader's own, of whom there is something to be read, by name.
    pub former: Vec<(CustomerId, String)>,
}

/// A page of what was found, the newest first, and before which number it goes on.
pub type FoundRequests = Page<RequestSummary, RequestNumber>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_stands_in_the_address() {
        let nothing = RequestFilter { search: "  ".into(), ..RequestFilter::default() };
        assert!(nothing.is_empty() && nothing.query().is_empty());
        let filter = RequestFilter {
            search: " tisk ".into(),
            state: Some(RequestState::Cancelled),
            person: Some(MemberId(3)),
            program: Some(ProgramId(2)),
            year: Some(2_026),
        };
        let spelled: Vec<_> = filter.query().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(spelled, ["search=tisk", "state=cancelled", "person=3", "program=2", "year=2026"]);
    }

    #[test]
    fn each_part_of_it_asks_for_something() {
        let parts: [fn(&mut RequestFilter); 5] = [
            |filter| filter.search = "tisk".into(),
            |filter| filter.state = Some(RequestState::Closed),
            |filter| filter.person = Some(MemberId(3)),
            |filter| filter.program = Some(ProgramId(2)),
            |filter| filter.year = Some(2_026),
        ];
        for ask in parts {
            let mut filter = RequestFilter::default();
            ask(&mut filter);
            assert!(!filter.is_empty() && filter.query().len() == 1, "{filter:?}");
        }
    }
}
