//! `/requests/{number}`: one request. Its time is the headline; after an order it is the receipt that it worked; while a
//! technician works it says how far they are, and afterwards what it took.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    earlier::on_request,
    progress::{Progress, open_question},
    words::{about, change_in_words, headline, interrupted_by, joining_in_words, prepared_in_words},
};
use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        ordering::{live::LiveView, pages::ChangeOptions, requests::RequestState, timeline::TimelineKind},
        paths,
        problem::Problem,
        work::{
            pages::{ReceiptSummary, RequestPage as Request},
            readiness::ReadyAnswer,
        },
    },
    ui::{
        self,
        components::{
            Badge, ButtonKind, ButtonLink, Endpoint, EstimateBox, Form, Hidden, Notice, NoticeKind, Page, Submit,
            SummaryList, SummaryRow, Timeline, WithNumber, loaded,
        },
        format,
        islands::{Live, phone_in_groups},
        pages::{
            ordering::{
                again::OrderAgain,
                conversations::{WriteToVendor, unread_notice},
                outages::known::OwnOutage,
            },
            words::{capitalized, claim_in_words},
            work::remote_sessions::SessionEntrance,
        },
        receipt_words,
        texts::{Locale, named, t},
    },
};

/// How long a change is told as news.
const NEWS: TimeDelta = TimeDelta::minutes(5);

/// One request.
#[component]
pub fn RequestPage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(load(number), move |(request, key)| {
        let on = LiveView::Request(request.summary.number);
        view! {
            <RequestView request key/>
            <Live on/>
        }
    })
}

async fn load(number: Result<RequestNumber, Problem>) -> Result<(Request, Uuid), Problem> {
    let request = api::ordering::requests::request_page(number?).await?;
    Ok((request, api::ordering::requests::form_key().await?))
}

/// The page itself.
#[component]
pub fn RequestView(
    /// What it shows.
    request: Request,
    /// Of its form.
    key: Uuid,
) -> impl IntoView {
    let summary = &request.summary;
    let state = summary.state;
    let is_ahead = state == RequestState::Scheduled;
    let awaits_consent = summary.awaits_consent;
    let lead = about(summary);
    let title = title(&request);
    let news = news(&request).map(|text| {
        view! {
            <Notice kind=NoticeKind::Done>
                <p>{text}</p>
            </Notice>
        }
    });
    let unread = unread_notice(request.unread_messages);
    let missed = summary.missed_by_us.then(|| missed(&request));
    let outage = request.outage.clone().map(|outage| view! { <OwnOutage outage/> });
    let calendar = is_ahead.then(|| {
        let href = paths::request_calendar(summary.number);
        view! { <ButtonLink href label=t!("requests-calendar") kind=ButtonKind::Secondary/> }
    });
    let ready = is_ahead.then(|| ready(&request));
    let offered = (!request.offered.is_empty()).then(|| offered(&request));
    let (changes, change_note, details) = (changes(&request), change_note(&request), details(&request));
    let earlier = on_request(&request);
    // What was not done costs nothing, and what was done has its receipt.
    let estimate = request
        .estimate
        .filter(|_| state.is_open() && request.receipts.is_empty() && request.outage.is_none())
        .map(|estimate| view! { <EstimateBox estimate/> });
    let (number, may_buy) = (summary.number, request.may_buy);
    let undo = request.undo_until.map(|until| view! { <UndoOrder number until/> });
    let again = (request.may_order && request.outage.is_none() && ui::blocked().is_none())
        .then(|| view! { <OrderAgain number key/> });
    let progress = request.progress.map(|progress| view! { <Progress progress number may_buy/> });
    let receipts = (!request.receipts.is_empty()).then(|| view! { <Receipts receipts=request.receipts/> });
    view! {
        <Page title lead>
            <div data-live="now">
                <p class="request-state">
                    <Badge state awaits_consent/>
                </p>
                {news}
                {unread}
                {missed}
                {outage}
                {progress}
                {receipts}
                {ready}
                {offered}
                <div class="actions">{changes} {calendar}</div>
                {change_note}
                {earlier}
                {undo}
                {again}
            </div>
            <div data-live="rest">
                <section aria-labelledby="details">
                    <h2 id="details">{t!("requests-details")}</h2>
                    {details}
                </section>
                {estimate}
                <section aria-labelledby="timeline">
                    <h2 id="timeline">{t!("requests-timeline")}</h2>
                    <Timeline entries=request.timeline/>
                </section>
            </div>
            <WriteToVendor number key/>
        </Page>
    }
}

/// Whether nobody is at work, but what was billed is being put right.
fn is_put_right(request: &Request) -> bool {
    request.progress.as_ref().is_some_and(|progress| progress.put_right.is_some() && progress.running.is_none())
}

/// The fact that matters now.
fn title(request: &Request) -> String {
    let is_asked = request.progress.as_ref().and_then(open_question).is_some();
    let billed: u32 = request.receipts.iter().map(|receipt| receipt.billed).sum();
    match (request.summary.state, request.summary.slot) {
        (RequestState::Scheduled, Some(slot)) => headline(slot),
        (RequestState::InProgress, _) if is_asked => t!("requests-title-asked"),
        (RequestState::InProgress, _) if is_put_right(request) => t!("requests-title-put-right"),
        (RequestState::InProgress, _) => t!("requests-title-in-progress"),
        (RequestState::Closed, _) if request.receipts.is_empty() => t!("requests-title-closed"),
        (RequestState::Closed, _) if billed == 0 => t!("requests-title-closed-free"),
        (RequestState::Closed, _) => {
            t!("requests-title-closed-billed", minutes = format::minutes(Locale::current(), billed))
        }
        (RequestState::Cancelled, _) => t!("requests-title-cancelled"),
        _ if request.outage.is_some() => t!("requests-title-outage"),
        _ if request.summary.missed_by_us && is_called_off_by_us(request) => t!("requests-title-called-off-by-us"),
        _ if !request.offered.is_empty() => t!("requests-title-offered"),
        _ if request.summary.missed_by_us => t!("requests-title-missed-by-us"),
        _ if request.summary.awaits_pick() => match interrupted_by(request) {
            Some(TimelineKind::NoShow) => t!("requests-title-missed"),
            Some(_) => t!("requests-title-unfinished"),
            None => t!("requests-title-pick"),
        },
        _ => t!("requests-title-waiting"),
    }
}

/// What was done, and the way to what it took and why.
#[component]
fn Receipts(receipts: Vec<ReceiptSummary>) -> impl IntoView {
    let locale = Locale::current();
    let receipts = receipts
        .into_iter()
        .map(|receipt| {
            let title = t!(
                "requests-receipt",
                day = format::date_short(locale, format::local_date(receipt.closed_at)),
                minutes = format::minutes(locale, receipt.billed),
            );
            view! {
                <li class="card request-receipt">
                    <p class="report">{receipt_words::note(Locale::current(), &receipt.report)}</p>
                    <p>
                        <a href=paths::receipt(receipt.intervention)>{title}</a>
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section aria-labelledby="receipts">
            <h2 id="receipts">{t!("requests-receipts")}</h2>
            <ul class="request-cards">{receipts}</ul>
        </section>
    }
}

/// What has just happened, if it is good news.
fn news(request: &Request) -> Option<String> {
    let last = request.timeline.iter().rev().find(|entry| !entry.kind.is_message())?;
    let now = ui::now()?;
    if now - last.at > NEWS {
        return None;
    }
    match last.kind {
        TimelineKind::Confirmed => Some(t!("requests-news-confirmed")),
        TimelineKind::Moved => Some(t!("requests-news-moved")),
        TimelineKind::Waiting => Some(t!("requests-news-waiting")),
        _ => None,
    }
}

/// Whether its last agreed time was called off by us before it came, and not missed.
fn is_called_off_by_us(request: &Request) -> bool {
    let is_end = |kind| matches!(kind, TimelineKind::MissedByUs | TimelineKind::CalledOffByUs);
    let ends = request.timeline.iter().rev().find(|entry| is_end(entry.kind));
    ends.is_some_and(|entry| entry.kind == TimelineKind::CalledOffByUs)
}

/// What we missed, and what it means for the customer.
fn missed(request: &Request) -> impl IntoView + use<> {
    let when = request.summary.slot.map(|slot| format::slot(Locale::current(), slot)).unwrap_or_default();
    let next = if request.summary.awaits_pick() {
        t!("requests-missed-pick", phone = ui::line_phone())
    } else {
        t!("requests-missed-dispatch", phone = ui::line_phone())
    };
    let title = if is_called_off_by_us(request) {
        t!("requests-called-off-by-us", when = when)
    } else {
        t!("requests-missed", when = when)
    };
    view! {
        <Notice kind=NoticeKind::Problem title=title>
            <p>
                <WithNumber text=next/>
            </p>
        </Notice>
    }
}

/// Takes the order back while that costs nothing.
#[component]
fn UndoOrder(
    /// Which.
    number: RequestNumber,
    /// Until when.
    until: DateTime<Utc>,
) -> impl IntoView {
    view! {
        <div class="card undo">
            <p>{t!("requests-undo", until = format::time_of(Locale::current(), until))}</p>
            <Form action={Endpoint::of::<api::ordering::undoing::UndoOrder>()}>
                <Hidden name="number" value=number.to_string()/>
                <Submit label=t!("requests-undo-submit") kind=ButtonKind::Secondary/>
            </Form>
        </div>
    }
}

/// What to have ready, and what was said of that.
fn ready(request: &Request) -> impl IntoView + use<> {
    let session = request.session.clone().map(|link| view! { <p><SessionEntrance link/></p> });
    let said = request.said.map(|answer| {
        let words = match answer {
            ReadyAnswer::Ready => t!("requests-said-ready"),
            ReadyAnswer::CallMe => t!("requests-said-call"),
        };
        view! { <p><strong>{words}</strong></p> }
    });
    view! {
        <div class="card ready">
            <p>{t!("requests-ready-how")}</p>
            {session}
            <p>{t!("requests-ready-what", program = named(&request.summary.program))}</p>
            <p>
                {t!(
                    "requests-ready-who", name = request.contact_name.as_str(), phone =
                    phone_in_groups(&request.contact_phone),
                )}
            </p>
            {said}
        </div>
    }
}

/// The times that dispatch offers, each a way to pick it.
fn offered(request: &Request) -> impl IntoView + use<> {
    let locale = Locale::current();
    let number = request.summary.number;
    let until = request.summary.offered_until.map(|until| format::until(locale, until, ui::now())).unwrap_or_default();
    let may_order = request.may_order;
    let times = request
        .offered
        .iter()
        .map(|slot| {
            let words = capitalized(&format::slot(locale, *slot));
            let start = slot.start.to_rfc3339_opts(SecondsFormat::Secs, true);
            let href = ui::with_query(&paths::request_move(number), &[("start", start)]);
            if may_order {
                view! { <li><a href=href>{words}</a></li> }.into_any()
            } else {
                view! { <li>{words}</li> }.into_any()
            }
        })
        .collect::<Vec<_>>();
    view! {
        <div class="card">
            <ul class="offered-times">{times}</ul>
            <p>{t!("requests-offered-until", until = until)}</p>
        </div>
    }
}

/// The ways to pick a time, to move and to cancel that are open.
fn changes(request: &Request) -> impl IntoView + use<> {
    let number = request.summary.number;
    let (may_move, may_cancel) = match &request.change {
        _ if !request.may_order => (false, false),
        Some(ChangeOptions { may_move, may_cancel, .. }) => (may_move.is_ok(), may_cancel.is_ok()),
        // What has no time yet has no cut-off either.
        None => (false, request.summary.state == RequestState::Waiting),
    };
    // Who belongs to an outage has nothing to do, but may have a technician all the same.
    let pick_kind = if request.outage.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
    let pick = (request.may_order && request.summary.awaits_pick())
        .then(|| view! { <ButtonLink href=paths::request_move(number) label=t!("requests-pick") kind=pick_kind/> });
    let moving = may_move.then(|| {
        view! { <ButtonLink href=paths::request_move(number) label=t!("requests-move") kind=ButtonKind::Secondary/> }
    });
    let cancel = may_cancel.then(|| {
        view! { <ButtonLink href=paths::request_cancel(number) label=t!("requests-cancel") kind=ButtonKind::Secondary/> }
    });
    view! { {pick} {moving} {cancel} }
}

/// Until when, or why not.
fn change_note(request: &Request) -> Option<impl IntoView + use<>> {
    let is_ahead = request.summary.state == RequestState::Scheduled;
    let note = match request.may_order {
        true if is_ahead => change_in_words(request.change.as_ref()?)?,
        false if is_ahead => t!("requests-change-by-others"),
        true => joining_in_words(request)?,
        false if request.summary.awaits_pick() => t!("requests-pick-by-others"),
        false => return None,
    };
    let prepared =
        (request.may_order && request.prepared_minutes > 0).then(|| prepared_in_words(request.prepared_minutes));
    Some(view! {
        <p class="change-note"><WithNumber text=note/></p>
        {prepared.map(|text| view! { <p class="change-note">{text}</p> })}
    })
}

fn details(request: &Request) -> impl IntoView + use<> {
    let locale = Locale::current();
    let summary = &request.summary;
    let time = match summary.state {
        // The headline of a near time says when it begins only.
        RequestState::Scheduled => {
            summary.slot.is_some_and(|slot| format::is_near(slot, ui::now())).then(|| t!("requests-agreed-time"))
        }
        RequestState::InProgress | RequestState::Closed => Some(t!("requests-agreed-time")),
        RequestState::Draft | RequestState::Waiting | RequestState::Cancelled => Some(t!("requests-last-time")),
    };
    let time = time
        .zip(summary.slot)
        .map(|(term, slot)| view! { <SummaryRow term>{capitalized(&format::slot(locale, slot))}</SummaryRow> });
    let urgency = match &request.claim {
        Some(claim) => claim_in_words(claim),
        None => t!("urgency-normal"),
    };
    let ceiling = request.ceiling_minutes.map(|minutes| {
        view! { <SummaryRow term=t!("requests-ceiling")>{format::minutes(locale, minutes)}</SummaryRow> }
    });
    let when = format::moment(locale, summary.submitted_at);
    let ordered = t!("requests-ordered", name = format::person(locale, &summary.ordered_by), when = when);
    let (what, contact) = (request.what_happened.clone(), format::person(locale, &request.contact_name));
    let phone = phone_in_groups(&request.contact_phone);
    // What is over stays as it was.
    let edit = (request.may_order && summary.state.is_open()).then(|| {
        let href = paths::request_edit(summary.number);
        view! { <p><a href=href>{t!("requests-edit")}</a></p> }
    });
    let version = request.version.clone();
    let version =
        (!version.is_empty()).then(|| view! { <SummaryRow term=t!("programs-version")>{version}</SummaryRow> });
    view! {
        <SummaryList>
            {time}
            {version}
            <SummaryRow term=t!("order-answer-what")>
                {what}
            </SummaryRow>
            <SummaryRow term=t!("order-answer-urgency")>
                {urgency}
            </SummaryRow>
            <SummaryRow term=t!("order-answer-contact")>{contact}<br/>{phone}</SummaryRow>
            {ceiling}
            <SummaryRow term=t!("requests-ordered-term")>{ordered}</SummaryRow>
        </SummaryList>
        {edit}
    }
}
