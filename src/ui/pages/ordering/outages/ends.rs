//! `/desk/outages/{outage}/end`: what the end of an outage means, and the answer with which it ends.

use leptos::prelude::*;

use super::form::boxes;
use crate::{
    api,
    model::{
        ordering::{
            outages::ends::{OutageEndPage as End, RequestAtEnd},
            requests::RequestState,
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, Endpoint, Form, Hidden, MailToCome, Notice, NoticeKind, Page, PhoneLink, Submit, TextArea,
            TypedInVain, Width, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// What is typed for all who belong to one that may be over by then.
const ANSWERS: &[&str] = &["answer_cs", "answer_en"];

/// The end of one outage.
#[component]
pub fn OutageEndPage() -> impl IntoView {
    let outage = ui::path_value("outage");
    loaded(async move { api::ordering::outages::outage_end_page(outage?).await }, |page| view! { <EndView page/> })
}

/// What it means beside the form that does it.
#[component]
pub(crate) fn EndView(
    /// What it shows.
    page: End,
) -> impl IntoView {
    let (lead, back) = (named(&page.name), paths::outage(page.id));
    let rest = match page.resolved_at {
        Some(at) => {
            let when = t!("outage-over-at", when = format::moment(Locale::current(), at));
            view! {
                <Notice kind=NoticeKind::Problem title=t!("outage-end-over")>
                    <p>{when}</p>
                    <p>{t!("outage-end-over-help")}</p>
                </Notice>
                <TypedInVain fields=ANSWERS/>
            }
            .into_any()
        }
        None => view! {
            <div class="case">
                <div class="case-main">
                    <Means requests=page.requests.clone()/>
                    <section aria-labelledby="means-mails">
                        <h2 id="means-mails">{t!("means-mails")}</h2>
                        {mails(&page)}
                    </section>
                </div>
                <div class="case-aside">
                    <Answering page/>
                </div>
            </div>
        }
        .into_any(),
    };
    view! {
        <Page title=t!("outage-end-title") lead width=Width::Full>
            <p class="actions"><a href=back>{t!("outage-end-back")}</a></p>
            {rest}
        </Page>
    }
}

/// What becomes of each of its requests.
#[component]
fn Means(requests: Vec<RequestAtEnd>) -> impl IntoView {
    let of = |state: RequestState| requests.iter().filter(move |one| one.request.state == state);
    let list = |title: String, ending: Vec<&RequestAtEnd>| {
        let lines = ending.into_iter().map(line).collect::<Vec<_>>();
        (!lines.is_empty()).then(|| view! { <h3>{title}</h3> <ul class="plain-list">{lines}</ul> })
    };
    let (scheduled, waiting) = (of(RequestState::Scheduled).count(), of(RequestState::Waiting).count());
    let called_off =
        list(t!("outage-end-called-off", count = scheduled), of(RequestState::Scheduled).collect::<Vec<_>>());
    let closed = list(t!("outage-end-closed", count = waiting), of(RequestState::Waiting).collect::<Vec<_>>());
    let at_work = requests.len() - scheduled - waiting;
    let at_work = (at_work > 0).then(|| view! { <p>{t!("outage-at-work", count = at_work)}</p> });
    let nothing = requests.is_empty().then(|| view! { <p>{t!("outage-end-nothing")}</p> });
    view! {
        <section class="card" aria-labelledby="means-title">
            <h2 id="means-title">{t!("means-title")}</h2>
            {called_off}
            {closed}
            {at_work}
            {nothing}
        </section>
    }
}

/// "Jídelna · 2026-000123 · úterý 24. listopadu 8:00–8:45 · Radek"
fn line(one: &RequestAtEnd) -> impl IntoView + use<> {
    let field = one.field();
    let is_new = ui::forms::problem_beside(&field, "").is_some();
    let new = is_new.then(|| view! { " · " <strong class="queue-late">{t!("outage-end-new")}</strong> });
    let number = one.request.number;
    let slot = one.request.slot.map(|slot| format::slot(Locale::current(), slot));
    let facts = slot.into_iter().chain(one.technician.clone()).map(|fact| format!(" · {fact}")).collect::<String>();
    let phone = one.phone.clone();
    let to_call = (!one.is_reached).then(|| {
        view! { <span class="table-note">{t!("outage-end-call")} " " <PhoneLink phone/></span> }
    });
    view! {
        <li id=field tabindex="-1">
            {one.request.customer.clone()} " · "
            <a class="whole" href=paths::desk_request(number)>{number.to_string()}</a> {facts} {new} {to_call}
        </li>
    }
}

/// The mails that it writes.
fn mails(page: &End) -> impl IntoView + use<> {
    if page.mails.is_empty() {
        return view! { <p>{t!("means-no-mails")}</p> }.into_any();
    }
    let mails = page.mails.iter().map(|mail| view! { <MailToCome mail=mail.clone()/> }).collect::<Vec<_>>();
    let more = (page.more_mails > 0).then(|| view! { <p>{t!("outage-end-more-mails", count = page.more_mails)}</p> });
    view! {
        <p class="table-note">{t!("outage-end-mails-note")}</p>
        {mails}
        {more}
    }
    .into_any()
}

/// The answer with which it ends, and who needs work all the same.
#[component]
fn Answering(page: End) -> impl IntoView {
    let ending = page.requests.iter().filter(|one| one.ends()).map(|one| one.request.clone()).collect::<Vec<_>>();
    let left = (!ending.is_empty()).then(|| {
        view! {
            <fieldset class="field choice">
                <legend>{t!("outage-goes-on")}</legend>
                {boxes("goes_on", ending, false)}
            </fieldset>
        }
    });
    view! {
        <div class="card">
            <Form action={Endpoint::of::<api::ordering::outages::ResolveOutage>()} seen=page.seen>
                <Hidden name="outage" value=page.id.to_string()/>
                <Hidden name="key" value=page.key.to_string()/>
                <TextArea name="answer_cs" label=t!("outage-answer-cs") rows=3/>
                <TextArea name="answer_en" label=t!("outage-answer-en") rows=3/>
                {left}
                <Submit label=t!("outage-resolving-submit") kind=ButtonKind::Danger/>
            </Form>
        </div>
    }
}
