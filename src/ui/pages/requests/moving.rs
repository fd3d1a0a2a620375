//! `/requests/{number}/move`: another time instead.

use leptos::prelude::*;
use uuid::Uuid;

use super::{change_in_words, headline, number_in_path, path_of};
use crate::{
    api,
    model::{orders::by_day, problem::Problem, requests::RequestNumber, timeline::MoveChoice},
    ui::{
        components::{ButtonKind, ButtonLink, EmptyState, Form, Hidden, Page, ProblemPage, SlotPicker},
        islands::LiveSlots,
        texts::t,
    },
};

/// The times to which the appointment can be moved.
#[component]
pub fn RequestMovePage() -> impl IntoView {
    let number = number_in_path();
    view! {
        {Suspend::new(async move {
            match load(number).await {
                Ok((choice, key)) => view! { <OtherTimes choice key/> }.into_any(),
                Err(problem) => view! { <ProblemPage problem/> }.into_any(),
            }
        })}
    }
}

async fn load(number: Result<RequestNumber, Problem>) -> Result<(MoveChoice, Uuid), Problem> {
    let choice = api::requests::move_choice(number?).await?;
    Ok((choice, api::requests::form_key().await?))
}

#[component]
fn OtherTimes(choice: MoveChoice, key: Uuid) -> impl IntoView {
    let MoveChoice { page, offers, .. } = choice;
    let number = page.summary.number;
    let lead = page.summary.slot.map(|slot| t!("requests-move-now", slot = headline(slot))).unwrap_or_default();
    let rules = page.change.as_ref().and_then(change_in_words).map(|rules| view! { <p>{rules}</p> });
    let keep = view! { <ButtonLink href=path_of(number) label=t!("requests-keep") kind=ButtonKind::Secondary/> };
    let reason = offers.first().map(|first| first.reason.clone());
    let times = if offers.is_empty() {
        view! {
            <EmptyState title=t!("order-time-none")>
                <p>{t!("requests-move-none-help")}</p>
                <p class="actions">
                    {keep} <ButtonLink href="/#numbers" label=t!("order-call") kind=ButtonKind::Secondary/>
                </p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <Form action="/api/requests/move">
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <SlotPicker days=by_day(&offers)/>
            </Form>
            <p class="actions">{keep}</p>
        }
        .into_any()
    };
    view! {
        <Page title=t!("requests-move-title") lead>
            {rules}
            {times}
            <LiveSlots reason source=format!("/api/requests/move-choice?number={number}")/>
        </Page>
    }
}
