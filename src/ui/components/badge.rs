//! Small words on a coloured ground.

use leptos::prelude::*;

use crate::{
    model::{
        base::terms::Urgency,
        mails::MailState,
        money::purchases::PurchaseState,
        ordering::{appointments::AppointmentState, requests::RequestState},
    },
    ui::texts::t,
};

/// Where a request stands.
#[component]
pub fn Badge(
    /// The request's state.
    state: RequestState,
    /// Whether its work waits for the customer's consent.
    #[prop(optional)]
    awaits_consent: bool,
) -> impl IntoView {
    let (class, word) = match state {
        RequestState::InProgress if awaits_consent => ("badge badge-soon", t!("state-awaits-consent")),
        RequestState::Draft => ("badge", t!("state-draft")),
        RequestState::Waiting => ("badge badge-soon", t!("state-waiting")),
        RequestState::Scheduled => ("badge badge-accent", t!("state-scheduled")),
        RequestState::InProgress => ("badge badge-accent", t!("state-in-progress")),
        RequestState::Closed => ("badge badge-done", t!("state-closed")),
        RequestState::Cancelled => ("badge", t!("state-cancelled")),
    };
    view! { <span class=class>{word}</span> }
}

/// Where an appointment stands.
#[component]
pub fn AppointmentBadge(
    /// The appointment's state.
    state: AppointmentState,
) -> impl IntoView {
    let (class, word) = match state {
        AppointmentState::Held => ("badge", t!("state-held")),
        AppointmentState::Confirmed => ("badge badge-accent", t!("state-scheduled")),
        AppointmentState::Running => ("badge badge-soon", t!("state-in-progress")),
        AppointmentState::Done => ("badge badge-done", t!("state-worked")),
        AppointmentState::Cancelled => ("badge", t!("state-cancelled")),
        AppointmentState::NoShow => ("badge badge-problem", t!("state-no-show")),
        AppointmentState::MissedByUs => ("badge badge-problem", t!("state-missed-by-us")),
    };
    view! { <span class=class>{word}</span> }
}

/// What became of a mail.
#[component]
pub fn MailBadge(
    /// The mail's state.
    state: MailState,
) -> impl IntoView {
    let (class, word) = match state {
        MailState::Queued => ("badge badge-soon", t!("mail-queued")),
        MailState::Sent => ("badge badge-done", t!("mail-sent")),
        MailState::Failed => ("badge badge-problem", t!("mail-failed")),
        MailState::Withdrawn => ("badge", t!("mail-withdrawn")),
        MailState::Gathered => ("badge", t!("mail-gathered")),
        MailState::Digested => ("badge badge-done", t!("mail-digested")),
        MailState::Unwished => ("badge", t!("mail-unwished")),
    };
    view! { <span class=class>{word}</span> }
}

/// Where the purchase of a bundle stands.
#[component]
pub fn PurchaseBadge(
    /// The order's state.
    state: PurchaseState,
) -> impl IntoView {
    let class = match state {
        PurchaseState::Created | PurchaseState::AwaitingPayment => "badge badge-soon",
        PurchaseState::Paid => "badge badge-done",
        PurchaseState::Disputed => "badge badge-problem",
        PurchaseState::PartlyRefunded | PurchaseState::Refunded | PurchaseState::Cancelled | PurchaseState::Expired => {
            "badge"
        }
    };
    view! { <span class=class>{t!("purchase-state", state = state.code())}</span> }
}

/// Urgent or normal. Only "urgent" stands out.
#[component]
pub fn UrgencyBadge(
    /// The request's urgency.
    urgency: Urgency,
) -> impl IntoView {
    match urgency {
        Urgency::Urgent => {
            view! { <span class="badge badge-problem">{t!("urgency-urgent")}</span> }
        }
        Urgency::Normal => view! { <span class="badge">{t!("urgency-normal")}</span> },
    }
}
