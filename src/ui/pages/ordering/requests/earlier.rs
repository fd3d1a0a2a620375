//! `/requests/{number}/earlier`: asking for an earlier time, and answering when one is held.

use leptos::prelude::*;
use uuid::Uuid;

use super::words::{about, headline};
use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        ordering::{
            earlier::{EARLIER_ANSWER_MINUTES, Earlier, EarlierOffer},
            offers::Slot,
            pages::RequestSummary,
            requests::RequestState,
        },
        paths,
        people::members::Capability,
        problem::{MovedOn, Problem},
        work::pages::RequestPage as Request,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Notice, NoticeKind, Page, Submit, TextField, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// The question, or the answer.
#[component]
pub fn RequestEarlierPage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(load(number), |(request, agreed, key)| {
        let Request { summary, earlier, .. } = request;
        match earlier {
            Some(Earlier { offered: Some(offer), .. }) => view! { <Offered summary agreed offer key/> }.into_any(),
            Some(Earlier { until, offered: None }) => {
                let until = format::until(Locale::current(), until, ui::now());
                view! { <Waiting summary agreed until/> }.into_any()
            }
            None => view! { <Question summary agreed/> }.into_any(),
        }
    })
}

async fn load(number: Result<RequestNumber, Problem>) -> Result<(Request, Slot, Uuid), Problem> {
    let request = api::ordering::requests::request_page(number?).await?;
    if !request.may_order {
        return Err(Problem::Forbidden { capability: Some(Capability::Order) });
    }
    let summary = &request.summary;
    let agreed = summary.slot.filter(|_| summary.state == RequestState::Scheduled);
    let agreed = agreed.ok_or(Problem::MovedOn(MovedOn::Request(summary.number)))?;
    Ok((request, agreed, api::ordering::requests::form_key().await?))
}

/// Until when one wants to be asked.
#[component]
fn Question(summary: RequestSummary, agreed: Slot) -> impl IntoView {
    let number = summary.number;
    view! {
        <Page title=t!("earlier-title") lead=about(&summary)>
            <p>{t!("earlier-now", slot = format::slot(Locale::current(), agreed))}</p>
            <p>{t!("earlier-how", minutes = EARLIER_ANSWER_MINUTES)}</p>
            <Form action={Endpoint::of::<api::ordering::earlier::AskEarlier>()}>
                <Hidden name="number" value=number.to_string()/>
                <TextField
                    name="asked_until"
                    label=t!("earlier-until")
                    hint=t!("earlier-until-hint")
                    value=format::local_date(agreed.start).to_string()
                    kind="date"
                    short=true
                />
                <div class="actions">
                    <Submit label=t!("earlier-ask")/>
                    <ButtonLink href=paths::request(number) label=t!("requests-keep") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}

/// That one waits, and the way not to.
#[component]
fn Waiting(summary: RequestSummary, agreed: Slot, until: String) -> impl IntoView {
    let number = summary.number;
    view! {
        <Page title=t!("earlier-waiting-title") lead=about(&summary)>
            <p>{t!("earlier-waiting", until = until)}</p>
            <p>{t!("earlier-keeps", slot = format::slot(Locale::current(), agreed))}</p>
            <Form action={Endpoint::of::<api::ordering::earlier::LeaveEarlier>()}>
                <Hidden name="number" value=number.to_string()/>
                <div class="actions">
                    <Submit label=t!("earlier-leave") kind=ButtonKind::Secondary/>
                    <ButtonLink href=paths::request(number) label=t!("requests-back") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}

/// The time that is held.
#[component]
fn Offered(summary: RequestSummary, agreed: Slot, offer: EarlierOffer, key: Uuid) -> impl IntoView {
    let number = summary.number;
    let until = format::until(Locale::current(), offer.until, ui::now());
    view! {
        <Page title=headline(offer.slot) lead=about(&summary)>
            <Notice kind=NoticeKind::Soon>
                <p>{t!("earlier-offered", until = until)}</p>
            </Notice>
            <p>{t!("earlier-keeps", slot = format::slot(Locale::current(), agreed))}</p>
            <Form action={Endpoint::of::<api::ordering::earlier::TakeEarlier>()}>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="offer" value=offer.id.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <div class="actions">
                    <Submit label=t!("earlier-take")/>
                </div>
            </Form>
            <Form action={Endpoint::of::<api::ordering::earlier::DeclineEarlier>()}>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="offer" value=offer.id.to_string()/>
                <p class="field-hint">{t!("earlier-decline-hint")}</p>
                <div class="actions">
                    <Submit label=t!("earlier-decline") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}

/// On the page of the request: the way here, and what has become of it.
pub(super) fn on_request(request: &Request) -> Option<impl IntoView + use<>> {
    let locale = Locale::current();
    let is_ahead = request.summary.state == RequestState::Scheduled && request.may_order;
    let href = paths::request_earlier(request.summary.number);
    is_ahead.then(|| match request.earlier {
        Some(Earlier { offered: Some(offer), .. }) => view! {
            <Notice kind=NoticeKind::Soon title=t!("earlier-free", slot = format::slot(locale, offer.slot))>
                <p>
                    <a href=href>{t!("earlier-answer")}</a>
                </p>
            </Notice>
        }
        .into_any(),
        Some(Earlier { until, .. }) => view! {
            <p class="change-note">
                <a href=href>{t!("earlier-waits", until = format::until(locale, until, ui::now()))}</a>
            </p>
        }
        .into_any(),
        None => view! {
            <p class="change-note">
                <a href=href>{t!("earlier-link")}</a>
            </p>
        }
        .into_any(),
    })
}
