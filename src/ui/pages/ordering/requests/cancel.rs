//! `/requests/{number}/cancel`: are you sure, and why.

use leptos::prelude::*;
use uuid::Uuid;

use super::words::{about, headline};
use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        ordering::{pages::RequestSummary, requests::RequestState},
        paths,
        people::members::Capability,
        problem::{MovedOn, Problem},
        work::pages::RequestPage,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Endpoint, Form, Hidden, Page, Submit, TextArea, loaded},
        texts::t,
    },
};

/// The last question before a request is withdrawn.
#[component]
pub fn RequestCancelPage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(load(number), move |(summary, key)| view! { <CancelQuestion summary key/> })
}

async fn load(number: Result<RequestNumber, Problem>) -> Result<(RequestSummary, Uuid), Problem> {
    let request = api::ordering::requests::request_page(number?).await?;
    may_be_cancelled(&request)?;
    Ok((request.summary, api::ordering::requests::form_key().await?))
}

/// Says at once what the server would say after the form was sent.
fn may_be_cancelled(request: &RequestPage) -> Result<(), Problem> {
    if !request.may_order {
        return Err(Problem::Forbidden { capability: Some(Capability::Order) });
    }
    match (&request.change, request.summary.state) {
        (Some(change), _) => change.may_cancel.map_err(Problem::Change),
        (None, RequestState::Waiting) => Ok(()),
        (None, _) => Err(Problem::MovedOn(MovedOn::Request(request.summary.number))),
    }
}

#[component]
fn CancelQuestion(summary: RequestSummary, key: Uuid) -> impl IntoView {
    // The time that a waiting request had is over.
    let (title, lead, keep) = match summary.slot.filter(|_| summary.state != RequestState::Waiting) {
        Some(slot) => (t!("requests-cancel-title"), headline(slot), t!("requests-keep")),
        None => (t!("requests-cancel-title-waiting"), about(&summary), t!("requests-keep-waiting")),
    };
    view! {
        <Page title lead>
            <Form action={Endpoint::of::<api::ordering::requests::CancelRequest>()}>
                <Hidden name="number" value=summary.number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea name="reason" label=t!("requests-reason-label") hint=t!("requests-reason-hint") rows=3 optional=true/>
                <div class="actions">
                    <Submit label=t!("requests-cancel-submit") kind=ButtonKind::Danger/>
                    <ButtonLink href=paths::request(summary.number) label=keep kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}
