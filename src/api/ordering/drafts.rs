//! Drafts, screen by screen. Each screen has a page to show and a form to save.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use chrono::{DateTime, NaiveDate, Utc};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{ids::RequestId, terms::Urgency},
    ordering::pages,
    problem::Problem,
};

access! {
    NewOrder: Orderer,
    WhatChoice: Orderer,
    SaveWish: Orderer,
    TimeChoice: Orderer,
    PickSlot: Orderer,
    HoldLeft: Orderer,
    ReleaseSlot: Orderer,
    DraftSummary: Orderer,
    ConfirmDraft: Orderer,
    DiscardDraft: Orderer,
}

/// The first screen of an order that has not begun.
///
/// # Errors
/// [`Problem::MovedOn`] without an identity of the draft to be, and where that has begun.
#[server(endpoint = "drafts/new", input = GetUrl)]
pub async fn new_order(draft: Option<RequestId>) -> Result<pages::WhatChoice, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::new_order(&request::app()?, &request::caller()?.may_order()?, draft).await
}

/// The first screen of a draft: what is wanted.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
#[server(endpoint = "drafts/what", input = GetUrl)]
pub async fn what_choice(id: RequestId) -> Result<pages::WhatChoice, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::what_choice(&request::app()?, &request::caller()?.may_order()?, id).await
}

/// Begins the draft `id` with what is wanted, or changes that. A form that only asks what is found by the words of `q` comes back with
/// that: by the button for it, or by the Enter key while nothing is chosen.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::Urgency`] when the guard refuses (design, Urgency guard);
/// [`Problem::NotSent`] of a form that asks.
#[server(endpoint = "drafts/save")]
pub async fn save_wish(
    id: RequestId,
    #[server(default)] subject: String,
    #[server(default)] what_happened: String,
    urgency: Option<Urgency>,
    #[server(default)] what_stopped: String,
    #[server(default)] since: String,
    #[server(default)] contact_name: String,
    #[server(default)] contact_phone: String,
    #[server(default)] q: String,
    #[server(default)] search: bool,
) -> Result<(), Problem> {
    use crate::{
        model::{
            ordering::{drafts::TypedWish, requests::RequestDetails, urgency::UrgencyClaim},
            paths,
        },
        server::{request, service::ordering::drafts},
    };
    let orderer = request::caller()?.may_order()?;
    if search || subject.is_empty() && !q.trim().is_empty() {
        return Err(Problem::NotSent);
    }
    let details = RequestDetails { what_happened, contact_name, contact_phone };
    let typed = TypedWish { subject, details, urgency, claim: UrgencyClaim { what_stopped, since } };
    let next = drafts::save_wish(&request::app()?, &orderer, id, &typed).await?;
    request::see_other(&paths::draft_step(id, next))
}

/// The times on offer.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft, [`Problem::MovedOn`] when earlier steps are missing.
#[server(endpoint = "drafts/times", input = GetUrl)]
pub async fn time_choice(id: RequestId, day: Option<NaiveDate>) -> Result<pages::TimeChoice, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::time_choice(&request::app()?, &request::caller()?.may_order()?, id, day).await
}

/// Holds a slot for ten minutes; an earlier hold of the same draft is released.
///
/// # Errors
/// [`Problem::SlotTaken`] when somebody was faster, [`Problem::SlotRefused`] when it was never on offer.
#[server(endpoint = "drafts/pick-slot")]
pub async fn pick_slot(id: RequestId, start: Option<DateTime<Utc>>) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::drafts},
    };
    drafts::pick_slot(&request::app()?, &request::caller()?.may_order()?, id, start).await?;
    request::see_other(&paths::draft_confirm(id))
}

/// For how many seconds more a slot is held: what a page asks that was out of sight. None when it is held no more.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
#[server(endpoint = "drafts/hold", input = GetUrl)]
pub async fn hold_left(id: RequestId) -> Result<Option<u32>, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::hold_left(&request::app()?, &request::caller()?.may_order()?, id).await
}

/// Gives the held slot back and returns to the times.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
#[server(endpoint = "drafts/release-slot")]
pub async fn release_slot(id: RequestId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::drafts},
    };
    drafts::release_slot(&request::app()?, &request::caller()?.may_order()?, id).await?;
    request::see_other(&paths::draft_time(id))
}

/// All of it once more.
///
/// # Errors
/// [`Problem::HoldExpired`] when nothing is held any more.
#[server(endpoint = "drafts/summary", input = GetUrl)]
pub async fn draft_summary(id: RequestId) -> Result<pages::DraftSummary, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::summary(&request::app()?, &request::caller()?.may_order()?, id).await
}

/// Sends the order: agrees the held time, or asks dispatch for times. Repeating it, by a double click or after a lost answer, has no further effect.
///
/// # Errors
/// [`Problem::HoldExpired`] when the hold ran out before and its slot was taken, [`Problem::EstimateDiffers`] when something else was shown.
#[server(endpoint = "drafts/confirm")]
pub async fn confirm_draft(
    id: RequestId,
    #[server(default)] ceiling_minutes: String,
    shown: Option<String>,
    start: Option<DateTime<Utc>>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::drafts},
    };
    let typed = drafts::LastLook { ceiling_minutes: &ceiling_minutes, shown: shown.as_deref(), start };
    let number = drafts::confirm(&request::app()?, &request::caller()?.may_order()?, id, typed).await?;
    request::see_other(&paths::request(number))
}

/// Throws a draft away, its hold included.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
#[server(endpoint = "drafts/discard")]
pub async fn discard_draft(id: RequestId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::drafts},
    };
    drafts::discard(&request::app()?, &request::caller()?.may_order()?, id).await?;
    request::see_other(paths::ORDER)
}
