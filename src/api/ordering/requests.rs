//! Requests that were sent: list, page, move, cancel.

use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{base::numbers::RequestNumber, ordering::pages, problem::Problem};

access! {
    RequestList: Member,
    RequestPage: Member,
    MoveChoice: Orderer,
    MoveAppointment: Orderer,
    CancelRequest: Orderer,
    FormKey: SignedIn,
}

/// The member's requests, or all of the customer's for a member with `see_all`; `after` continues one part of the list.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::Forbidden`].
#[server(endpoint = "requests", input = GetUrl)]
pub async fn request_list(after: Option<pages::RequestPlace>) -> Result<pages::RequestList, Problem> {
    use crate::server::{request, service::ordering::requests};
    requests::list(&request::app()?, &request::caller()?.member()?, after).await
}

/// One request. A foreign one does not exist.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "requests/page", input = GetUrl)]
pub async fn request_page(number: RequestNumber) -> Result<crate::model::work::pages::RequestPage, Problem> {
    use crate::{
        model::{ordering::timeline::TimelineKind, paths},
        server::{
            request,
            service::ordering::{conversations, requests},
        },
    };
    let (app, member) = (request::app()?, request::caller()?.member()?);
    let page = requests::page(&app, &member, number).await?;
    // A page that asks by itself may lie open where nobody looks, and other pages of the request show no message.
    if page.unread_messages > 0 && request::is_opened(&paths::request(number)) {
        let shown = page.timeline.iter().filter(|entry| entry.kind == TimelineKind::VendorWrote).count();
        conversations::mark_read(&app, &member, number, shown).await?;
    }
    Ok(page)
}

/// The times to which it can be moved, or from which that of a waiting one can be picked.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Change`] when it may not be moved any more, [`Problem::Conflict`] when it has no agreed
/// time and none can be picked.
#[server(endpoint = "requests/move-choice", input = GetUrl)]
pub async fn move_choice(number: RequestNumber) -> Result<crate::model::work::pages::MoveChoice, Problem> {
    use crate::server::{request, service::ordering::requests};
    requests::move_choice(&request::app()?, &request::caller()?.may_order()?, number).await
}

/// Moves the appointment, or gives a waiting request the time that its customer picked. `key` names this rendering of the form: repeating it has no further effect.
///
/// # Errors
/// [`Problem::Change`], [`Problem::SlotTaken`], [`Problem::SlotRefused`]; the agreed time stays in each case.
#[server(endpoint = "requests/move")]
pub async fn move_appointment(number: RequestNumber, start: Option<DateTime<Utc>>, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::requests},
    };
    requests::move_appointment(&request::app()?, &request::caller()?.may_order()?, number, start, key).await?;
    request::see_other(&paths::request(number))
}

/// Cancels the request and its appointment.
///
/// # Errors
/// [`Problem::Change`] after the cut-off.
#[server(endpoint = "requests/cancel")]
pub async fn cancel_request(
    number: RequestNumber,
    #[server(default)] reason: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::requests},
    };
    requests::cancel(&request::app()?, &request::caller()?.may_order()?, number, &reason, key).await?;
    request::see_other(&paths::request(number))
}

/// A fresh idempotency key for a form.
///
/// # Errors
/// [`Problem::Unavailable`] outside a request.
#[server(endpoint = "form-key", input = GetUrl)]
pub async fn form_key() -> Result<Uuid, Problem> {
    use crate::server::request;
    Ok(request::app()?.random.uuid())
}
