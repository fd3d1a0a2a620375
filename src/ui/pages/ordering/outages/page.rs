//! `/desk/outages/{outage}`: who belongs to it, what they were told, and how it ends.

use leptos::prelude::*;
use uuid::Uuid;

use super::form::{Words, boxes};
use crate::{
    api,
    model::{
        base::{ids::OutageId, seen::Seen},
        ordering::{
            live::LiveView,
            outages::{
                OUTAGE_MESSAGE_MAX, OutageEvent, OutageForm, OutagePage as Outage, OutageRequest, OutageStep, may_join,
            },
        },
        paths,
    },
    ui::{
        self,
        components::{
            Badge, ButtonKind, ButtonLink, Column, EmptyState, Endpoint, Form, Hidden, Notice, NoticeKind, Page,
            Submit, Table, TextArea, TextField, TypedInVain, Width, loaded,
        },
        format,
        islands::Live,
        texts::{Locale, named, t},
    },
};

/// What is typed for all who belong to one that may be over by then.
const TOLD: &[&str] = &["message_cs", "message_en"];

/// One outage.
#[component]
pub fn OutagePage() -> impl IntoView {
    let outage = ui::path_value("outage");
    loaded(async move { api::ordering::outages::outage_page(outage?).await }, |outage| {
        view! {
            <OutageView outage/>
            <Live on=LiveView::Desk/>
        }
    })
}

/// The page itself.
#[component]
pub(crate) fn OutageView(
    /// What it shows.
    outage: Outage,
) -> impl IntoView {
    let (id, is_open) = (outage.id, outage.resolved_at.is_none());
    let lead = lead(&outage);
    let lifted = lifted(&outage);
    let in_vain = (!is_open).then(|| view! { <TypedInVain fields=TOLD/> });
    let acts = is_open.then(|| {
        view! {
            <Telling id key=outage.key/>
            <Resolving id/>
            <Joining id candidates=outage.candidates/>
            <Editing form=OutageForm::from(&outage.words) id seen=outage.seen/>
        }
    });
    view! {
        <Page title=named(&outage.words.name) lead width=Width::Full>
            <p class="actions">
                <ButtonLink href=paths::OUTAGES label=t!("outage-to-list") kind=ButtonKind::Secondary/>
                <ButtonLink href=paths::QUEUE label=t!("case-to-queue") kind=ButtonKind::Secondary/>
            </p>
            <div class="case">
                <div class="case-main" data-live="main">
                    <section class="card" aria-labelledby="outage-read">
                        <h2 id="outage-read">{t!("outage-read")}</h2>
                        <p class="report">{outage.words.text.cs}</p>
                        <p class="report" lang="en">{outage.words.text.en}</p>
                    </section>
                    <Belonging id requests=outage.requests is_open/>
                    <section aria-labelledby="outage-history">
                        <h2 id="outage-history">{t!("outage-history")}</h2>
                        {history(outage.history)}
                    </section>
                </div>
                <div class="case-aside">
                    {in_vain} {acts} <div data-live="lifted">{lifted}</div>
                </div>
            </div>
        </Page>
    }
}

/// "Stravné · dnes od 7:30"
fn lead(outage: &Outage) -> String {
    let locale = Locale::current();
    let since = format::since(locale, outage.words.began_at, ui::now());
    let over = outage.resolved_at.map(|at| t!("outage-over-at", when = format::moment(locale, at)));
    let facts = [Some(named(&outage.program)), Some(since), over];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Who belongs to it; while it is not over, each can be taken out.
#[component]
fn Belonging(id: OutageId, requests: Vec<OutageRequest>, is_open: bool) -> impl IntoView {
    let count = requests.len();
    let rows = requests.into_iter().map(|request| row(id, request, is_open)).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <EmptyState title=t!("outage-nobody")/> }.into_any()
    } else {
        view! {
            <Table class="table-outage" columns=vec![
                Column::text(t!("queue-column-request")),
                Column::text(t!("case-state")),
                Column::text(t!("desk-column-what")),
                Column::text(t!("outage-column-leave")),
            ]>{rows}</Table>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="outage-belong">
            <h2 id="outage-belong">{t!("outage-requests", count = count)}</h2>
            {list}
        </section>
    }
}

fn row(id: OutageId, request: OutageRequest, is_open: bool) -> impl IntoView {
    let number = request.number;
    let about = format!("{} {number}", request.customer);
    let leave = (is_open && may_join(request.state)).then(|| {
        view! {
            <Form action={Endpoint::of::<api::ordering::outages::LeaveOutage>()}>
                <Hidden name="outage" value=id.to_string()/>
                <Hidden name="number" value=number.to_string()/>
                <Submit label=t!("outage-column-leave") kind=ButtonKind::Quiet about/>
            </Form>
        }
    });
    let slot = request.slot.map(|slot| {
        view! { <span class="table-note">{format::slot(Locale::current(), slot)}</span> }
    });
    view! {
        <tr>
            <th scope="row">
                <a class="whole" href=paths::desk_request(number)>{request.customer}</a>
                <span class="table-note whole">{number.to_string()}</span>
            </th>
            <td data-label=t!("case-state")><Badge state=request.state awaits_consent=false/> {slot}</td>
            <td data-label=t!("desk-column-what")>
                {format!("{} · {}", named(&request.program), named(&request.work_type))}
                <span class="table-note queue-said">{request.what_happened}</span>
            </td>
            <td data-label=t!("outage-column-leave")>{leave}</td>
        </tr>
    }
}

/// What could belong to it, too.
#[component]
fn Joining(id: OutageId, candidates: Vec<OutageRequest>) -> impl IntoView {
    // A number is needed where nothing can be ticked.
    let number = if candidates.is_empty() {
        view! { <TextField name="joins" label=t!("outage-joins")/> }.into_any()
    } else {
        view! { <TextField name="joins" label=t!("outage-joins") hint=t!("outage-joins-hint") optional=true/> }
            .into_any()
    };
    view! {
        <section class="card" data-live="joining" aria-labelledby="outage-joining">
            <h2 id="outage-joining">{t!("outage-joining")}</h2>
            <Form action={Endpoint::of::<api::ordering::outages::JoinOutage>()}>
                <Hidden name="outage" value=id.to_string()/>
                {boxes("requests", candidates, false)}
                {number}
                <Submit label=t!("outage-joining-submit") kind=ButtonKind::Secondary/>
            </Form>
        </section>
    }
}

/// One message to all of them.
#[component]
fn Telling(id: OutageId, key: Uuid) -> impl IntoView {
    view! {
        <section class="card" data-live="telling" aria-labelledby="outage-telling">
            <h2 id="outage-telling">{t!("outage-telling")}</h2>
            <Form action={Endpoint::of::<api::ordering::outages::TellOutage>()}>
                <Hidden name="outage" value=id.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea
                    name="message_cs"
                    label=t!("outage-message-cs")
                    hint=t!("outage-message-hint", max = OUTAGE_MESSAGE_MAX)
                    rows=3
                />
                <TextArea name="message_en" label=t!("outage-message-en") rows=3/>
                <Submit label=t!("outage-telling-submit") kind=ButtonKind::Secondary/>
            </Form>
        </section>
    }
}

/// The way to its end, which says what that means.
#[component]
fn Resolving(id: OutageId) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="outage-resolving">
            <h2 id="outage-resolving">{t!("outage-resolving")}</h2>
            <p>{t!("outage-resolving-lead")}</p>
            <p class="actions">
                <ButtonLink href=paths::outage_end(id) label=t!("outage-end-open") kind=ButtonKind::Secondary/>
            </p>
        </section>
    }
}

/// What customers read of it, to be changed.
#[component]
fn Editing(form: OutageForm, id: OutageId, seen: Seen) -> impl IntoView {
    view! {
        <section class="card" data-live="editing" aria-labelledby="outage-editing">
            <h2 id="outage-editing">{t!("outage-editing")}</h2>
            <Form action={Endpoint::of::<api::ordering::outages::SaveOutage>()} seen>
                <Hidden name="outage" value=id.to_string()/>
                <Words form/>
                <Submit label=t!("outage-editing-submit") kind=ButtonKind::Secondary/>
            </Form>
        </section>
    }
}

/// That no minimum is charged, or the manager's form that says so.
fn lifted(outage: &Outage) -> impl IntoView + use<> {
    let id = outage.id;
    match outage.lifted_reason.clone() {
        Some(reason) => view! {
            <Notice kind=NoticeKind::Done title=t!("outage-lifted")>
                <p>{reason}</p>
            </Notice>
        }
        .into_any(),
        None if outage.may_lift => view! {
            <section class="card" aria-labelledby="outage-lifting">
                <h2 id="outage-lifting">{t!("outage-lifting")}</h2>
                <Form action={Endpoint::of::<api::ordering::outages::LiftMinimum>()}>
                    <Hidden name="outage" value=id.to_string()/>
                    <p>{t!("outage-lifting-lead")}</p>
                    <TextArea name="lifting_reason" label=t!("outage-lifting-reason") rows=2/>
                    <Submit label=t!("outage-lifting-submit") kind=ButtonKind::Secondary/>
                </Form>
            </section>
        }
        .into_any(),
        None => view! { <p class="aside">{t!("outage-lifting-managers")}</p> }.into_any(),
    }
}

fn history(events: Vec<OutageEvent>) -> impl IntoView {
    let locale = Locale::current();
    let entries = events
        .into_iter()
        .map(|event| {
            let number = event.number.map(|number| {
                view! { " " <a class="whole" href=paths::desk_request(number)>{number.to_string()}</a> }
            });
            let told = event.told.map(|told| view! { <p class="timeline-note">{named(&told)}</p> });
            let by = event.by.unwrap_or_else(|| t!("outage-by-customer"));
            view! {
                <li>
                    <p class="timeline-what">{step_in_words(event.step)} {number}</p>
                    {told}
                    <p class="timeline-when">
                        <time datetime=event.at.to_rfc3339()>{format::moment(locale, event.at)}</time>
                        {format!(" · {by}")}
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <ol class="timeline">{entries}</ol> }
}

fn step_in_words(step: OutageStep) -> String {
    match step {
        OutageStep::Opened => t!("outage-step-opened"),
        OutageStep::Joined => t!("outage-step-joined"),
        OutageStep::Left => t!("outage-step-left"),
        OutageStep::News => t!("outage-step-news"),
        OutageStep::MinimumLifted => t!("outage-step-lifted"),
        OutageStep::Over => t!("outage-step-over"),
    }
}
