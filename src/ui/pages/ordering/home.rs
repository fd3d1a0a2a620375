//! `/` for whoever is signed in: what is next, what waits, what is left. Visitors read the public page of the line there.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    again::OrderAgain,
    requests::{about_row, headline, subject},
};
use crate::{
    api,
    model::{
        base::{ids::ProgramId, numbers::RequestNumber},
        line::licences::{TEAMVIEWER, TEAMVIEWER_DOWNLOAD},
        money::pages::{HomePage as Home, MinutesLeft, Readiness, Start, UnfinishedDrafts, UnpaidPurchase},
        ordering::{live::LiveView, pages::RequestSummary, requests::RequestState},
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Page, Submit, TextField, WhomToOrder, free_in_words, loaded,
        },
        format, forms,
        islands::{Live, phone_in_groups},
        pages::{line::public_page::LinePage, work::remote_sessions::SessionEntrance},
        texts::{Locale, named, t},
    },
};

/// The field in which a computer's number is typed.
const NUMBER: &str = "teamviewer_id";

/// Where everybody begins.
#[component]
pub fn HomePage() -> impl IntoView {
    if !ui::is_signed_in() {
        return view! { <LinePage/> }.into_any();
    }
    loaded(load(), |(start, key)| match start {
        Start::Work(path) => {
            ui::lead_on(&path);
            view! { <Elsewhere path/> }.into_any()
        }
        Start::Home(home) => view! {
            <HomeView home=*home key/>
            <Live on=LiveView::Customer/>
        }
        .into_any(),
    })
    .into_any()
}

/// What the page is for its reader, and the identity of an order that may be begun from it.
async fn load() -> Result<(Start, Uuid), Problem> {
    let start = api::ordering::home::start_page().await?;
    Ok((start, api::ordering::requests::form_key().await?))
}

/// For browsers that do not let themselves be led.
#[component]
fn Elsewhere(path: String) -> impl IntoView {
    view! {
        <Page title=t!("home-elsewhere")>
            <p class="actions">
                <ButtonLink href=path label=t!("home-elsewhere-link")/>
            </p>
        </Page>
    }
}

/// What is next, what waits, what is left.
#[component]
pub fn HomeView(
    /// What it shows.
    home: Home,
    /// Identity of an order that is begun from here as the last one.
    key: Uuid,
) -> impl IntoView {
    let asked: Vec<RequestNumber> =
        home.ahead.iter().filter(|request| request.awaits_consent).map(|request| request.number).collect();
    let mut ahead = home.ahead.into_iter();
    let next = ahead.next();
    let title = title(next.as_ref());
    let lead = next.as_ref().map(lead).unwrap_or_default();
    let ready = next
        .as_ref()
        .zip(home.ready)
        .map(|(next, ready)| view! { <Ready next=next.clone() ready may_order=home.may_order/> });
    let (picks, waiting): (Vec<_>, Vec<_>) =
        home.waiting.into_iter().partition(|request| request.awaits_pick() && home.may_order);
    let number = next.as_ref().map(|next| next.number);
    let tasks = tasks(&asked, &picks, &home.unread, &home.unpaid, home.drafts.as_ref());
    let later: Vec<RequestSummary> = ahead.collect();
    let may_order = home.may_order && ui::blocked().is_none();
    let again = home.earlier.first().or(later.last()).filter(|_| may_order).map(|last| again(last, key));
    let is_new = number.is_none() && waiting.is_empty() && home.earlier.is_empty() && tasks.is_empty();
    view! {
        <Page title lead>
            <div data-live="home-next">
                {number
                    .map(|number| {
                        view! {
                            <p>
                                <a href=paths::request(number)>{t!("home-open", number = number.to_string())}</a>
                            </p>
                        }
                    })}
                {ready}
                {(is_new && home.may_order).then(|| view! { <p>{t!("home-new")}</p> })}
                {todo(tasks)}
            </div>
            <div data-live="home-minutes">{home.minutes.map(|left| view! { <Left left/> })}</div>
            {(!home.may_order).then(|| view! { <WhomToOrder/> })}
            {may_order
                .then(|| {
                    view! {
                        <p class="actions">
                            <ButtonLink href=paths::ORDER label=t!("nav-order")/>
                        </p>
                    }
                })}
            {again}
            <div data-live="home-rest">
                {rows("later", t!("requests-upcoming"), later)}
                {rows("waiting", t!("requests-waiting"), waiting)}
                {rows("earlier", t!("home-earlier"), home.earlier)}
                {(!is_new)
                    .then(|| {
                        view! {
                            <p>
                                <a href=paths::REQUESTS>{t!("home-all")}</a>
                            </p>
                        }
                    })}
            </div>
        </Page>
    }
}

/// The fact that matters now.
fn title(next: Option<&RequestSummary>) -> String {
    match next {
        Some(next) if next.awaits_consent => t!("requests-asked"),
        Some(next) if next.state == RequestState::InProgress => t!("requests-title-in-progress"),
        Some(next) => next.slot.map_or_else(|| t!("requests-without-time"), headline),
        None => t!("home-nothing-ahead"),
    }
}

/// Who connects, and to what.
fn lead(next: &RequestSummary) -> String {
    match next.state {
        RequestState::Scheduled => t!("home-connects", what = subject(next)),
        _ => subject(next),
    }
}

/// What has to run when the technician connects.
#[component]
fn Ready(next: RequestSummary, ready: Readiness, may_order: bool) -> impl IntoView {
    let program = named(&next.program);
    let computers = ready
        .computers
        .iter()
        .map(|computer| {
            let id = computer.in_groups();
            view! { <li>{computer.name.clone()} ": " <span class="whole">{t!("home-ready-id", id = id)}</span></li> }
        })
        .collect::<Vec<_>>();
    let computers = (!computers.is_empty()).then(|| view! { <ul class="ready-computers">{computers}</ul> });
    let who = t!(
        "requests-ready-who",
        name = format::person(Locale::current(), &ready.contact_name),
        phone = phone_in_groups(&ready.contact_phone),
    );
    // The session of the agreed time, where there is one: whoever is let in there needs no number.
    let start = match ready.session {
        Some(link) => view! { <SessionEntrance link/> }.into_any(),
        None => view! { <a href=TEAMVIEWER>{t!("home-ready-start")}</a> }.into_any(),
    };
    view! {
        <section class="card ready" aria-labelledby="ready">
            <h2 id="ready">{t!("home-ready")}</h2>
            <ul>
                <li>{t!("home-ready-program", program = program)}</li>
                <li>
                    {t!("home-ready-teamviewer")} " " {start} " "
                    <a href=TEAMVIEWER_DOWNLOAD rel="noreferrer">
                        {t!("home-ready-download")}
                    </a> {computers}
                </li>
                <li>{who}</li>
            </ul>
            {may_order.then(|| keep_number(ready.program))}
        </section>
    }
}

/// Where the number of a computer is written down: folded, so that what waits and what is free stay in sight.
fn keep_number(program: ProgramId) -> impl IntoView {
    let is_refused = forms::returned().is_some_and(|form| form.values.contains_key(NUMBER));
    view! {
        <details class="keep-number" open=is_refused>
            <summary>{t!("home-keep-number")}</summary>
            <p>{t!("home-keep-number-why")}</p>
            <Form action={Endpoint::of::<api::line::licences::KeepOwnComputer>()}>
                <Hidden name="program" value=program.to_string()/>
                <TextField name="computer" label=t!("licences-computer") hint=t!("licences-computer-hint") autocomplete="off"/>
                <TextField
                    name=NUMBER
                    label=t!("licences-teamviewer")
                    hint=t!("licences-teamviewer-hint")
                    inputmode="numeric"
                    autocomplete="off"
                />
                <div class="actions">
                    <Submit label=t!("licences-save-computer") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </details>
    }
}

/// What waits for the reader: where it is done, and what it says.
fn tasks(
    asked: &[RequestNumber],
    picks: &[RequestSummary],
    unread: &[RequestNumber],
    unpaid: &[UnpaidPurchase],
    drafts: Option<&UnfinishedDrafts>,
) -> Vec<(String, String)> {
    let locale = Locale::current();
    let asked = asked.iter().map(|number| (paths::request(*number), t!("home-task-consent")));
    let picks = picks.iter().map(|request| {
        let words = if request.missed_by_us {
            t!("home-task-missed", what = subject(request))
        } else {
            t!("home-task-pick", what = subject(request))
        };
        (paths::request_move(request.number), words)
    });
    let unread =
        unread.iter().map(|number| (paths::request(*number), t!("home-task-message", number = number.to_string())));
    let unpaid = unpaid.iter().map(|purchase| {
        let words = t!(
            "home-task-pay",
            amount = format::money(locale, purchase.total),
            minutes = format::minutes(locale, purchase.minutes)
        );
        (paths::purchase(purchase.number), words)
    });
    let drafts = drafts.into_iter().map(|drafts| {
        let what = match &drafts.work_type {
            Some(work_type) => format!("{} · {}", named(&drafts.program), named(work_type)),
            None => named(&drafts.program),
        };
        (paths::ORDER.to_owned(), t!("home-task-draft", count = drafts.count, what = what))
    });
    asked.chain(picks).chain(unread).chain(unpaid).chain(drafts).collect()
}

/// What waits for the reader; nothing when nothing does.
fn todo(tasks: Vec<(String, String)>) -> Option<impl IntoView> {
    (!tasks.is_empty()).then(|| {
        let tasks = tasks
            .into_iter()
            .map(|(href, words)| {
                view! {
                    <li>
                        <a href=href>{words}</a>
                    </li>
                }
            })
            .collect::<Vec<_>>();
        view! {
            <section class="card home-tasks" aria-labelledby="tasks">
                <h2 id="tasks">{t!("home-tasks")}</h2>
                <ul>{tasks}</ul>
            </section>
        }
    })
}

/// The way to an order that says the same as the last one.
fn again(last: &RequestSummary, key: Uuid) -> impl IntoView + use<> {
    view! {
        <div class="home-again">
            <p>{t!("home-again", what = subject(last))}</p>
            <OrderAgain number=last.number key/>
        </div>
    }
}

/// What is free, and the way to where it went.
#[component]
fn Left(left: MinutesLeft) -> impl IntoView {
    view! {
        <p class="card home-minutes">
            <a href=paths::USAGE>{free_in_words(Locale::current(), left.free, left.reserved)}</a>
        </p>
    }
}

/// Requests in a line each; nothing when there are none.
fn rows(id: &'static str, title: String, requests: Vec<RequestSummary>) -> Option<impl IntoView> {
    (!requests.is_empty()).then(|| {
        let rows = requests.iter().map(about_row).collect::<Vec<_>>();
        view! {
            <section aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <ul class="request-cards">{rows}</ul>
            </section>
        }
    })
}
