//! The second screen: when the technician shall connect.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api,
    model::{
        base::terms::Urgency,
        line::catalogue::WorkType,
        ordering::{
            drafts::DraftStep,
            live::LiveView,
            pages::{TimeChoice, by_day},
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, CallButton, EmptyState, Endpoint, EstimateBar, Form, Hidden, Page, SlotPicker,
            Steps, WithNumber, loaded, slots,
        },
        format,
        islands::{Live, LiveSlots},
        texts::{Locale, named, t},
    },
};

/// `/order/{id}/time`
#[component]
pub fn DraftTimePage() -> impl IntoView {
    let id = ui::path_value("id");
    loaded(async move { api::ordering::drafts::time_choice(id?, slots::asked_day()).await }, move |choice| {
        view! {
            <TimeQuestion choice/>
            <Live on=LiveView::Plan/>
        }
    })
}

/// The times on offer; also what the last page shows when the slot is held no more.
#[component]
pub(super) fn TimeQuestion(
    /// What is on offer.
    choice: TimeChoice,
    /// What has to be said first.
    #[prop(optional)]
    notice: Option<AnyView>,
) -> impl IntoView {
    let TimeChoice { draft, offers, estimate, others, .. } = choice;
    let id = draft.id;
    let before = view! { <Steps step=DraftStep::Time draft=id/> }.into_any();
    let lead = draft.work_type.as_ref().map(|work_type| lead(work_type, draft.urgency)).unwrap_or_default();
    let held = ui::now().and_then(|now| draft.held.filter(|held| held.expires_at > now));
    let to_confirm = held.map(|held| {
        let until = format::time_of(Locale::current(), held.expires_at);
        view! {
            <p>
                {t!("order-hold-until", time = until)}" "
                <a href=paths::draft_step(id, DraftStep::Confirm)>{t!("order-time-to-confirm")}</a>
            </p>
        }
    });
    let reason = offers.first().map(|first| first.reason.clone());
    let days = by_day(&offers);
    let held = held.map(|held| held.slot);
    let shown = slots::shown_day(&days, held, &others);
    let times = if offers.is_empty() {
        let may_change_urgency = draft.work_type.as_ref().is_some_and(|work_type| !work_type.plannable);
        let urgency = may_change_urgency.then(|| paths::draft_step(id, DraftStep::What));
        view! { <NothingFree urgency/> }.into_any()
    } else {
        view! {
            <Form action={Endpoint::of::<api::ordering::drafts::PickSlot>()}>
                <Hidden name="id" value=id.to_string()/>
                <SlotPicker days held others/>
            </Form>
        }
        .into_any()
    };
    view! {
        <Page title=t!("order-time-title") lead before>
            {notice}
            {to_confirm}
            {times}
            <EstimateBar estimate/>
            <LiveSlots reason shown source=format!("{}?id={id}", api::ordering::drafts::TimeChoice::PATH)/>
        </Page>
    }
}

/// "Instalace · asi 40 min · běžný požadavek"
fn lead(work_type: &WorkType, urgency: Option<Urgency>) -> String {
    let minutes = t!("order-time-about", minutes = format::minutes(Locale::current(), work_type.slot_minutes));
    let urgency = match urgency {
        Some(Urgency::Urgent) => t!("order-time-urgent"),
        _ => t!("order-time-normal"),
    };
    [named(&work_type.name).as_str(), &minutes, &urgency].join(" · ")
}

/// What to do when no time is free.
#[component]
fn NothingFree(
    /// Where the urgency can be changed, if it can.
    urgency: Option<String>,
) -> impl IntoView {
    let other = urgency.map(|href| {
        view! { <ButtonLink href label=t!("order-time-other-urgency") kind=ButtonKind::Secondary/> }
    });
    view! {
        <EmptyState title=t!("order-time-none")>
            <p><WithNumber text=t!("order-time-none-help", phone = ui::line_phone())/></p>
            <p class="actions">
                <CallButton/>
                {other}
            </p>
        </EmptyState>
    }
}
