//! Outages: what hits many customers of a program at once (design, Outage). Their requests become one thing for the desk, all are
//! told the same once, and whoever is about to order for that program reads that we know.

pub mod ends;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    offers::Slot,
    requests::{RequestState, WHAT_HAPPENED_MIN},
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        calendar::{from_local, to_local},
        codes::coded_enum,
        fields::{FieldCode, FieldProblem, keep_line, keep_lines},
        ids::{OutageId, ProgramId, WorkTypeId},
        numbers::RequestNumber,
        seen::{Fields, Seen},
    },
    line::catalogue::{Program, WorkType},
};

/// The fewest characters of whatever is told of an outage.
pub const OUTAGE_WORDS_MIN: usize = 3;
/// The fewest characters of its name, which is what happened for those who join instead of ordering.
pub const OUTAGE_NAME_MIN: usize = WHAT_HAPPENED_MIN;
/// The most characters of its name.
pub const OUTAGE_NAME_MAX: usize = 120;
/// The most characters of what visitors read of it.
pub const OUTAGE_TEXT_MAX: usize = 1_000;
/// The most characters of a message to all who belong to it.
pub const OUTAGE_MESSAGE_MAX: usize = 2_000;
/// How long ago an outage that nobody has written down yet can have begun: what is longer ago was mistyped.
const LONGEST_UNTOLD: TimeDelta = TimeDelta::days(365);
/// The most characters of why a manager lifts the minimum.
pub const LIFTING_REASON_MAX: usize = 1_000;

coded_enum! {
    /// What happened to an outage, or to a request by it.
    pub enum OutageStep {
        /// It was written down.
        Opened = "opened",
        /// A request belongs to it from then on.
        Joined = "joined",
        /// A request was taken out of it.
        Left = "left",
        /// All who belong to it were told something.
        News = "news",
        /// A manager lifted the minimum of what is done because of it.
        MinimumLifted = "minimum_lifted",
        /// It is over.
        Over = "over",
    }
}

/// Whether a request that stands there can belong to an outage: it is open.
#[must_use]
pub const fn may_join(state: RequestState) -> bool {
    matches!(state, RequestState::Waiting | RequestState::Scheduled | RequestState::InProgress)
}

/// Whether the end of an outage can be the end of a request that stands there; what is being worked on ends with its work.
#[must_use]
pub const fn ends_with_outage(state: RequestState) -> bool {
    matches!(state, RequestState::Waiting | RequestState::Scheduled)
}

/// The box of a request in a form.
#[must_use]
pub fn box_of_request(number: RequestNumber) -> String {
    format!("r{number}")
}

/// The requests whose boxes are ticked in a form; none at all when there is a box that no form of ours has.
#[must_use]
pub fn ticked(boxes: &BTreeMap<String, bool>) -> Option<BTreeSet<RequestNumber>> {
    let ticked = boxes.iter().filter(|(_, is_ticked)| **is_ticked);
    ticked.map(|(name, _)| name.strip_prefix('r')?.parse().ok()).collect()
}

/// What everybody may read of an outage that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownOutage {
    /// Which one it is.
    pub id: OutageId,
    /// The program that it hits.
    pub program: Program,
    /// What it is called.
    pub name: Bilingual,
    /// What there is to know about it.
    pub text: Bilingual,
    /// Since when.
    pub began_at: DateTime<Utc>,
    /// The reader's own request that belongs to it.
    pub own: Option<RequestNumber>,
}

/// An outage as a request names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageLink {
    /// Which one it is.
    pub id: OutageId,
    /// What it is called.
    pub name: Bilingual,
}

/// The outages with which a request has to do, for the desk.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OutagesOfRequest {
    /// To which it belongs, over or not.
    pub own: Option<OutageLink>,
    /// Whether that one is over.
    pub is_over: bool,
    /// Those to which it could belong.
    pub open: Vec<OutageLink>,
}

/// An outage as typed into its form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OutageForm {
    /// Its name in Czech.
    pub name_cs: String,
    /// Its name in English.
    pub name_en: String,
    /// What there is to know, in Czech.
    pub text_cs: String,
    /// What there is to know, in English.
    pub text_en: String,
    /// Since when, local, as a browser's field sends it.
    pub began_at: String,
}

/// The words of an outage as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageWords {
    /// What it is called.
    pub name: Bilingual,
    /// What there is to know about it.
    pub text: Bilingual,
    /// Since when.
    pub began_at: DateTime<Utc>,
}

/// How a browser's field sends a local time.
const FIELD: &str = "%Y-%m-%dT%H:%M";

impl OutageForm {
    /// What the form of a new one holds at first: that it begins now.
    #[must_use]
    pub fn beginning(now: DateTime<Utc>) -> Self {
        Self { began_at: to_local(now).format(FIELD).to_string(), ..Self::default() }
    }

    /// What is kept, or every field that is not right, in the order of the form.
    ///
    /// # Errors
    /// What is wrong: it cannot have begun later than now, nor ages ago.
    pub fn check(&self, now: DateTime<Utc>) -> Result<OutageWords, Vec<FieldProblem>> {
        let name = |typed: &str| keep_line(typed, OUTAGE_NAME_MIN..=OUTAGE_NAME_MAX);
        let text = |typed: &str| keep_lines(typed, OUTAGE_WORDS_MIN..=OUTAGE_TEXT_MAX);
        let names = (name(&self.name_cs), name(&self.name_en));
        let texts = (text(&self.text_cs), text(&self.text_en));
        let began_at = began(self.began_at.trim(), now);
        match (names, texts, began_at) {
            ((Ok(name_cs), Ok(name_en)), (Ok(text_cs), Ok(text_en)), Ok(began_at)) => Ok(OutageWords {
                name: Bilingual { cs: name_cs, en: name_en },
                text: Bilingual { cs: text_cs, en: text_en },
                began_at,
            }),
            (names, texts, began_at) => Err([
                ("outage_name_cs", names.0.err()),
                ("outage_name_en", names.1.err()),
                ("outage_text_cs", texts.0.err()),
                ("outage_text_en", texts.1.err()),
                ("began_at", began_at.err()),
            ]
            .into_iter()
            .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
            .collect()),
        }
    }

    /// Its fields, as the form names them.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default()
            .with("outage_name_cs", &self.name_cs)
            .with("outage_name_en", &self.name_en)
            .with("outage_text_cs", &self.text_cs)
            .with("outage_text_en", &self.text_en)
            .with("began_at", &self.began_at)
    }
}

impl From<&OutageWords> for OutageForm {
    fn from(words: &OutageWords) -> Self {
        Self {
            name_cs: words.name.cs.clone(),
            name_en: words.name.en.clone(),
            text_cs: words.text.cs.clone(),
            text_en: words.text.en.clone(),
            began_at: to_local(words.began_at).format(FIELD).to_string(),
        }
    }
}

fn began(typed: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, FieldCode> {
    if typed.is_empty() {
        return Err(FieldCode::Missing);
    }
    let wall = NaiveDateTime::parse_from_str(typed, FIELD).map_err(|_| FieldCode::Unknown)?;
    let began = from_local(wall.date(), wall.time());
    if (now - LONGEST_UNTOLD..=now).contains(&began) { Ok(began) } else { Err(FieldCode::OutOfRange) }
}

/// A message to all who belong to an outage, as it is kept.
///
/// * `field` – what its two fields are called before their language
///
/// # Errors
/// Each language that says nothing, or too much.
pub fn check_message(field: &str, typed_cs: &str, typed_en: &str) -> Result<Bilingual, Vec<FieldProblem>> {
    let keep = |typed: &str| keep_lines(typed, OUTAGE_WORDS_MIN..=OUTAGE_MESSAGE_MAX);
    match (keep(typed_cs), keep(typed_en)) {
        (Ok(cs), Ok(en)) => Ok(Bilingual { cs, en }),
        (cs, en) => {
            let wrong = [("cs", cs.err()), ("en", en.err())];
            let named = |(language, code): (&str, Option<FieldCode>)| {
                Some(FieldProblem::new(format!("{field}_{language}"), code?))
            };
            Err(wrong.into_iter().filter_map(named).collect())
        }
    }
}

/// A request that belongs to an outage, or could.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageRequest {
    /// Which one it is.
    pub number: RequestNumber,
    /// The customer's name.
    pub customer: String,
    /// Where it stands.
    pub state: RequestState,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// In the customer's words.
    pub what_happened: String,
    /// The time that is agreed.
    pub slot: Option<Slot>,
}

/// An outage in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageSummary {
    /// Which one it is.
    pub id: OutageId,
    /// What it is called.
    pub name: Bilingual,
    /// The program that it hits.
    pub program: Bilingual,
    /// Since when.
    pub began_at: DateTime<Utc>,
    /// When it was over.
    pub resolved_at: Option<DateTime<Utc>>,
    /// How many requests belong to it.
    pub requests: u32,
}

/// What `/desk/outages` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutagesPage {
    /// Those that are not over, the latest first.
    pub open: Vec<OutageSummary>,
    /// The latest that are over.
    pub resolved: Vec<OutageSummary>,
}

/// What `/desk/outages/new` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOutagePage {
    /// Which it will be: the key of the form.
    pub id: OutageId,
    /// The requests that were chosen and can belong to it.
    pub requests: Vec<OutageRequest>,
    /// The programs that one can hit.
    pub programs: Vec<Program>,
    /// The program of the first of the requests.
    pub program: Option<ProgramId>,
    /// The kinds of work as which those are kept who join it.
    pub work_types: Vec<WorkType>,
    /// The kind of work of the first of the requests.
    pub work_type: Option<WorkTypeId>,
    /// What the form holds at first.
    pub form: OutageForm,
}

/// One thing that happened to an outage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageEvent {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened.
    pub step: OutageStep,
    /// Who did it; nobody of the vendor where a customer joined.
    pub by: Option<String>,
    /// To which request.
    pub number: Option<RequestNumber>,
    /// What was told or given as the reason.
    pub told: Option<Bilingual>,
}

/// What `/desk/outages/{outage}` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutagePage {
    /// Which one it is.
    pub id: OutageId,
    /// The program that it hits.
    pub program: Bilingual,
    /// What it is called, what there is to know, and since when.
    pub words: OutageWords,
    /// What the form of them shows.
    pub seen: Seen,
    /// When it was over.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Why a manager lifted the minimum, if one did.
    pub lifted_reason: Option<String>,
    /// The requests that belong to it, by number.
    pub requests: Vec<OutageRequest>,
    /// Requests without a time about the same program that belong to none, sent about then or since, the latest first.
    pub candidates: Vec<OutageRequest>,
    /// What happened, the oldest first.
    pub history: Vec<OutageEvent>,
    /// The key of the form that tells all the same.
    pub key: Uuid,
    /// Whether the viewer may lift the minimum.
    pub may_lift: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{fixtures::local, ordering::requests::RequestEvent};

    fn form() -> OutageForm {
        OutageForm {
            name_cs: " Stravné se nespustí ".into(),
            name_en: "Stravné does not start".into(),
            text_cs: "Po ranní aktualizaci.\r\nPracujeme na opravě.".into(),
            text_en: "After this morning's update.".into(),
            began_at: "2026-11-23T07:30".into(),
        }
    }

    #[test]
    fn what_is_kept_of_an_outage_is_clean_and_passes_again() {
        let now = local("2026-11-23 08:00");
        let words = form().check(now).unwrap();
        assert_eq!(words.name.cs, "Stravné se nespustí");
        assert_eq!(words.text.cs, "Po ranní aktualizaci.\nPracujeme na opravě.");
        assert_eq!(words.began_at, local("2026-11-23 07:30"));
        assert_eq!(OutageForm::from(&words).check(now), Ok(words));
    }

    #[test]
    fn everything_that_is_wrong_with_an_outage_is_said_in_the_order_of_the_form() {
        let wrong = |form: OutageForm| {
            let fields = form.check(local("2026-11-23 08:00")).unwrap_err();
            fields.into_iter().map(|field| (field.field, field.code)).collect::<Vec<_>>()
        };
        let missing = |field: &str| (field.to_owned(), FieldCode::Missing);
        let all = ["outage_name_cs", "outage_name_en", "outage_text_cs", "outage_text_en", "began_at"].map(missing);
        assert_eq!(wrong(OutageForm::default()), all);
        let began = |began_at: &str, code| {
            assert_eq!(wrong(OutageForm { began_at: began_at.into(), ..form() }), [("began_at".to_owned(), code)]);
        };
        began("2026-11-23T08:01", FieldCode::OutOfRange);
        for ages_ago in ["1026-11-23T07:30", "0000-01-01T00:00", "-5000-01-01T00:00", "-262143-01-01T00:00"] {
            began(ages_ago, FieldCode::OutOfRange);
        }
        began("ráno", FieldCode::Unknown);
        let long = OutageForm { text_en: "x".repeat(OUTAGE_TEXT_MAX + 1), ..form() };
        assert_eq!(wrong(long), [("outage_text_en".to_owned(), FieldCode::TooLong)]);
    }

    #[test]
    fn a_message_is_told_in_both_languages() {
        assert!(check_message("message", "Už to jde.", "It works again.").is_ok());
        let wrong = check_message("message", "Už to jde.", " ").unwrap_err();
        assert_eq!(wrong, [FieldProblem::new("message_en", FieldCode::Missing)]);
    }

    #[test]
    fn boxes_are_read_as_they_were_made() {
        let number = RequestNumber::new(2026, 123).unwrap();
        let boxes = |name: &str, is_ticked| BTreeMap::from([(name.to_owned(), is_ticked)]);
        assert_eq!(ticked(&boxes(&box_of_request(number), true)), Some(BTreeSet::from([number])));
        assert_eq!(ticked(&boxes(&box_of_request(number), false)), Some(BTreeSet::new()));
        assert_eq!(ticked(&boxes("2026-000123", true)), None);
    }

    #[test]
    fn what_is_open_may_join_and_only_what_nobody_works_on_ends_with_it() {
        for &state in RequestState::ALL {
            assert_eq!(may_join(state), state.is_open() && state != RequestState::Draft, "{state}");
            assert_eq!(ends_with_outage(state), state.after(RequestEvent::Resolve).is_ok(), "{state}");
        }
    }
}
