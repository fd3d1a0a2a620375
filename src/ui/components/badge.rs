//! Small words on a coloured ground.

use leptos::prelude::*;

use crate::{
    model::{requests::RequestState, urgency::Urgency},
    ui::texts::t,
};

/// Where a request stands.
#[component]
pub fn Badge(
    /// The request's state.
    state: RequestState,
) -> impl IntoView {
    let (class, word) = match state {
        RequestState::Draft => ("badge", t!("state-draft")),
        RequestState::Waiting => ("badge badge-soon", t!("state-waiting")),
        RequestState::Scheduled => ("badge badge-accent", t!("state-scheduled")),
        RequestState::InProgress => ("badge badge-accent", t!("state-in-progress")),
        RequestState::Closed => ("badge badge-done", t!("state-closed")),
        RequestState::Cancelled => ("badge", t!("state-cancelled")),
    };
    view! { <span class=class>{word}</span> }
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
