//! The filter of `/requests`, and what it finds. The address holds all of it.

use chrono::Datelike;
use leptos::prelude::*;

use super::table::table;
use crate::{
    api,
    model::{
        base::{ids::CustomerId, numbers::RequestNumber},
        ordering::{
            request_search::{FilterChoices, FoundRequests, RequestFilter},
            requests::RequestState,
        },
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{EmptyState, Page},
        format,
        texts::{Locale, named, t},
    },
};

/// The states by which requests are found.
const STATES: [RequestState; 5] = [
    RequestState::Waiting,
    RequestState::Scheduled,
    RequestState::InProgress,
    RequestState::Closed,
    RequestState::Cancelled,
];

/// The filter of the page's address.
///
/// # Errors
/// [`Problem::NotFound`] for what names nothing.
pub(super) fn filter_in_address() -> Result<RequestFilter, Problem> {
    let state = ui::query_value("state").filter(|code| !code.is_empty());
    Ok(RequestFilter {
        search: ui::query_value("search").unwrap_or_default(),
        state: state.map(|code| state_of(&code).ok_or(Problem::NotFound)).transpose()?,
        person: ui::query_parsed("person")?,
        program: ui::query_parsed("program")?,
        year: ui::query_parsed("year")?,
    })
}

/// A state by which requests are found.
fn state_of(code: &str) -> Option<RequestState> {
    RequestState::from_code(code).filter(|state| STATES.contains(state))
}

/// What a filter has found, and from where on.
pub(super) struct Found {
    filter: RequestFilter,
    found: FoundRequests,
    is_first: bool,
}

/// Finds what a filter asks for.
///
/// # Errors
/// As the server function.
pub(super) async fn find(filter: RequestFilter, before: Option<RequestNumber>) -> Result<Found, Problem> {
    let found = api::ordering::request_search::found_requests_page(filter.clone(), before).await?;
    Ok(Found { filter, found, is_first: before.is_none() })
}

/// What was found, under the filter that found it.
#[component]
pub(super) fn FoundView(found: Found, choices: FilterChoices) -> impl IntoView {
    let Found { filter, found, is_first } = found;
    let list = if found.rows.is_empty() {
        view! {
            <EmptyState title=t!("requests-found-none")>
                <p>
                    <a href=paths::REQUESTS>{t!("requests-all")}</a>
                </p>
            </EmptyState>
        }
        .into_any()
    } else {
        let to = |before: Option<RequestNumber>| {
            let before = before.map(|number| ("before", number.to_string()));
            ui::with_query(paths::REQUESTS, &filter.query().into_iter().chain(before).collect::<Vec<_>>())
        };
        let first = (!is_first).then(|| view! { <a href=to(None)>{t!("pages-first")}</a> });
        let next = found.next.map(|last| view! { <a href=to(Some(last))>{t!("requests-older")}</a> });
        let ways = (first.is_some() || next.is_some()).then(|| {
            view! {
                <nav class="pages" aria-label=t!("pages-label", list = t!("requests-found"))>
                    <p class="pages-links">{first} {next}</p>
                </nav>
            }
        });
        view! {
            <section aria-labelledby="found">
                <h2 id="found">{t!("requests-found")}</h2>
                {table(found.rows)}
                {ways}
            </section>
        }
        .into_any()
    };
    view! {
        <Page title=t!("requests-title")>
            <FilterForm filter choices/>
            {list}
        </Page>
    }
}

/// What is asked of the list. It is sent as an address, which can be kept, sent and come back to.
#[component]
pub(super) fn FilterForm(filter: RequestFilter, choices: FilterChoices) -> impl IntoView {
    let locale = Locale::current();
    let this_year = ui::now().map(|now| format::local_date(now).year());
    let years = choices.first_year.zip(this_year).map(|(first, last)| (first..=last).rev()).into_iter().flatten();
    let years = years.map(|year| (year.to_string(), year.to_string())).collect();
    let states = STATES.iter().map(|state| (state.code().to_owned(), state_in_words(*state))).collect();
    let people = choices.people.into_iter().map(|(id, name)| (id.to_string(), format::person(locale, &name)));
    let people: Vec<_> = people.collect();
    let programs: Vec<_> = choices.programs.into_iter().map(|(id, name)| (id.to_string(), named(&name))).collect();
    let is_asked = !filter.is_empty();
    let RequestFilter { search, state, person, program, year } = filter;
    let person = (people.len() > 1)
        .then(|| select("person", t!("requests-filter-person"), people, person.map(|id| id.to_string())));
    let program = (programs.len() > 1)
        .then(|| select("program", t!("requests-filter-program"), programs, program.map(|id| id.to_string())));
    let former = former_links(choices.former);
    view! {
        <form method="get" action=paths::REQUESTS role="search" class="search request-filter">
            <label for="search">{t!("requests-search")}</label>
            <div class="search-line">
                <input class="input" type="search" id="search" name="search" value=search/>
                <button type="submit" class="button button-secondary">
                    {t!("requests-find")}
                </button>
            </div>
            <div class="request-filter-choices">
                {select("state", t!("requests-filter-state"), states, state.map(|state| state.code().to_owned()))} {person}
                {program} {select("year", t!("requests-filter-year"), years, year.map(|year| year.to_string()))}
            </div>
            {former}
            {is_asked
                .then(|| {
                    view! {
                        <p>
                            <a href=paths::REQUESTS>{t!("requests-filter-none")}</a>
                        </p>
                    }
                })}
        </form>
    }
}

/// The ways to what customers had asked for that were merged into this one.
pub(super) fn former_links(former: Vec<(CustomerId, String)>) -> impl IntoView {
    let link = |(customer, name): (CustomerId, String)| {
        view! {
            <p>
                <a href=paths::former_requests(customer)>{t!("requests-former", name = name)}</a>
            </p>
        }
    };
    former.into_iter().map(link).collect::<Vec<_>>()
}

/// A choice that may be left open.
fn select(
    name: &'static str,
    label: String,
    options: Vec<(String, String)>,
    chosen: Option<String>,
) -> impl IntoView + use<> {
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = chosen.as_ref() == Some(&value);
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect::<Vec<_>>();
    let id = format!("filter-{name}");
    view! {
        <div>
            <label for=id.clone()>{label}</label>
            <select class="input" id=id name=name>
                <option value="">{t!("requests-filter-any")}</option>
                {options}
            </select>
        </div>
    }
}

fn state_in_words(state: RequestState) -> String {
    match state {
        RequestState::Draft => t!("state-draft"),
        RequestState::Waiting => t!("state-waiting"),
        RequestState::Scheduled => t!("state-scheduled"),
        RequestState::InProgress => t!("state-in-progress"),
        RequestState::Closed => t!("state-closed"),
        RequestState::Cancelled => t!("state-cancelled"),
    }
}
