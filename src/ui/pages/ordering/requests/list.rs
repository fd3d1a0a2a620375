//! `/requests`: what is next, what waits, what was.

use leptos::prelude::*;

use super::{
    search::{FilterForm, Found, FoundView, filter_in_address, find, former_links},
    table::table,
    words::{facts, headline, subject},
};
use crate::{
    api,
    model::{
        base::{ids::CustomerId, numbers::RequestNumber, paging::CountedPage},
        ordering::{
            pages::{COUNTED_EARLIER, RequestList, RequestPlace, RequestSummary},
            request_search::{FilterChoices, RequestFilter},
            requests::RequestState,
        },
        paths,
        people::{accounts::Viewer, members::Capability},
        problem::Problem,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, EmptyState, Page, Pages, WhomToOrder, loaded},
        pages::ordering::conversations::unread_requests,
        texts::t,
    },
};

/// The member's requests, or the customer's.
#[component]
pub fn RequestListPage() -> impl IntoView {
    let after = ui::query_value("after").and_then(|place| place.parse().ok());
    let asked = filter_in_address().and_then(|filter| Ok((filter, ui::query_parsed("before")?)));
    loaded(load(asked, after), move |(shown, choices, may_order)| match shown {
        Shown::Found(found) => view! { <FoundView found choices/> }.into_any(),
        Shown::All(list) => view! { <List list choices may_order is_first=after.is_none()/> }.into_any(),
    })
}

/// What the page shows.
enum Shown {
    /// What was found.
    Found(Found),
    /// All there is, in its parts.
    All(RequestList),
}

async fn load(
    asked: Result<(RequestFilter, Option<RequestNumber>), Problem>,
    after: Option<RequestPlace>,
) -> Result<(Shown, FilterChoices, bool), Problem> {
    let (filter, before) = asked?;
    let shown = if filter.is_empty() {
        Shown::All(api::ordering::requests::request_list(after).await?)
    } else {
        Shown::Found(find(filter, before).await?)
    };
    let choices = api::ordering::request_search::request_choices().await?;
    let viewer = api::people::accounts::viewer().await.unwrap_or(Viewer::Visitor);
    Ok((shown, choices, viewer.may(Capability::Order)))
}

#[component]
fn List(list: RequestList, choices: FilterChoices, may_order: bool, is_first: bool) -> impl IntoView {
    let RequestList { mut upcoming, waiting, earlier, unread } = list;
    if is_first && upcoming.page.rows.is_empty() && waiting.page.rows.is_empty() && earlier.page.rows.is_empty() {
        return view! { <Nothing may_order former=choices.former/> }.into_any();
    }
    if is_first {
        // What is asked of the customer comes before what is only agreed.
        upcoming.page.rows.sort_by_key(|request| !request.awaits_consent);
    }
    // The headline of the list is its first row.
    let next = (is_first && !upcoming.page.rows.is_empty()).then(|| {
        upcoming.total = upcoming.total.saturating_sub(1);
        view! { <Next request=upcoming.page.rows.remove(0)/> }
    });
    // What we missed is to be picked before anything else.
    let is_missed = waiting.page.rows.iter().any(|request| request.missed_by_us);
    let waiting = cards("waiting", t!("requests-waiting"), waiting, may_order, is_first);
    let (urgently, waiting) = if is_missed { (waiting, None) } else { (None, waiting) };
    view! {
        <Page title=t!("requests-title")>
            {unread_requests(unread)}
            <FilterForm filter=RequestFilter::default() choices/>
            {urgently}
            {next}
            {cards("upcoming", t!("requests-upcoming"), upcoming, may_order, is_first)}
            {waiting}
            {earlier_table(earlier, is_first)}
            {(!may_order).then(|| view! { <WhomToOrder/> })}
        </Page>
    }
    .into_any()
}

/// Where a part of the list goes on.
fn list_path(place: RequestPlace) -> String {
    format!("{}?after={place}", paths::REQUESTS)
}

#[component]
fn Nothing(may_order: bool, former: Vec<(CustomerId, String)>) -> impl IntoView {
    let order = may_order.then(|| {
        view! {
            <p class="actions">
                <ButtonLink href=paths::ORDER label=t!("requests-order")/>
            </p>
        }
    });
    view! {
        <Page title=t!("requests-title")>
            <EmptyState title=t!("requests-none")>
                <p>{t!("requests-none-help")}</p>
                {order}
            </EmptyState>
            {former_links(former)}
            {(!may_order).then(|| view! { <WhomToOrder/> })}
        </Page>
    }
}

/// The next appointment: the fact that matters now.
#[component]
fn Next(request: RequestSummary) -> impl IntoView {
    let when = request.slot.map_or_else(|| t!("requests-without-time"), headline);
    let (label, when) = match request.state {
        RequestState::InProgress if request.awaits_consent => (t!("state-awaits-consent"), t!("requests-asked")),
        RequestState::InProgress => (t!("requests-agreed-time"), when),
        _ => (t!("requests-next"), when),
    };
    view! {
        <section class="card next-appointment" aria-labelledby="next">
            <p class="next-label">{label}</p>
            <h2 id="next" class="next-when">
                <a href=paths::request(request.number)>{when}</a>
            </h2>
            <p>{subject(&request)}</p>
            {facts(&request)}
        </section>
    }
}

/// Requests that are still ahead; nothing when there are none. What has no time yet is called by what it is about, and leads
/// whoever may order to the times where one is theirs to pick.
fn cards(
    id: &'static str,
    title: String,
    requests: CountedPage<RequestSummary, RequestPlace>,
    may_order: bool,
    is_first: bool,
) -> Option<impl IntoView> {
    let CountedPage { page, total } = requests;
    if page.rows.is_empty() {
        return None;
    }
    let shown = page.rows.len();
    let first = (!is_first).then(|| paths::REQUESTS.to_owned());
    let next = page.next.map(list_path);
    let cards = page
        .rows
        .into_iter()
        .map(|request| {
            let missed =
                request.missed_by_us.then(|| view! { <p class="request-missed">{t!("requests-missed-card")}</p> });
            let what = request.slot.is_some().then(|| view! { <p>{subject(&request)}</p> });
            let when = request.slot.map_or_else(|| subject(&request), headline);
            let heading = if request.awaits_consent { t!("requests-asked") } else { when };
            let pick = (may_order && request.awaits_pick()).then(|| {
                let href = paths::request_move(request.number);
                view! {
                    <p class="actions">
                        <ButtonLink href label=t!("requests-pick") kind=ButtonKind::Secondary/>
                    </p>
                }
            });
            view! {
                <li class="card request-card">
                    <h3>
                        <a href=paths::request(request.number)>{heading}</a>
                    </h3>
                    {what}
                    {missed}
                    {facts(&request)}
                    {pick}
                </li>
            }
        })
        .collect::<Vec<_>>();
    Some(view! {
        <section aria-labelledby=id>
            <h2 id=id>{title.clone()}</h2>
            <ul class="request-cards">{cards}</ul>
            <Pages label=title shown total first next/>
        </section>
    })
}

/// What was, newest first: a table, on narrow screens cards.
fn earlier_table(requests: CountedPage<RequestSummary, RequestPlace>, is_first: bool) -> Option<impl IntoView> {
    let CountedPage { page, total } = requests;
    if page.rows.is_empty() {
        return None;
    }
    let shown = page.rows.len();
    let first = (!is_first).then(|| paths::REQUESTS.to_owned());
    let next = page.next.map(list_path);
    Some(view! {
        <section aria-labelledby="earlier">
            <h2 id="earlier">{t!("requests-earlier")}</h2>
            {table(page.rows)}
            <Pages label=t!("requests-earlier") shown total first next counted=COUNTED_EARLIER/>
        </section>
    })
}
