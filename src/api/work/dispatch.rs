//! What the desk does in a customer's place.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use std::collections::BTreeMap;

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{
    base::{ids::WorkTypeId, numbers::RequestNumber, seen::Seen, terms::Urgency},
    problem::Problem,
};

access! {
    SetTime: Desk,
    Reassign: Desk,
    CancelForCustomer: Desk,
    Reclassify: Desk,
    FollowUp: Desk,
}

/// Offers the customer the times whose boxes are ticked, or with `agree` agrees the only one of them, as was said on the telephone; where
/// a time is agreed already, it is moved. An empty `technician` is anybody who is free.
///
/// # Errors
/// [`Problem::SlotTaken`], [`Problem::SlotRefused`]; what is agreed stays. [`Problem::MovedOn`] for who has not seen what it means.
#[server(endpoint = "desk/set-time")]
pub async fn set_time(
    number: RequestNumber,
    #[server(default)] starts: BTreeMap<String, bool>,
    #[server(default)] agree: bool,
    #[server(default)] technician: String,
    #[server(default)] reason: String,
    #[server(default)] seen: Seen,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{base::fields::FieldCode, ordering::slot_offers::start_of, paths},
        server::{
            request,
            service::work::dispatch::{self, TypedTime},
        },
    };
    let (app, desk) = (request::app()?, request::caller()?.desk()?);
    let ticked = starts.iter().filter(|(_, is_ticked)| **is_ticked).map(|(name, _)| start_of(name));
    let starts = ticked.collect::<Option<Vec<_>>>().ok_or(Problem::Malformed)?;
    if agree {
        if starts.len() > 1 {
            return Err(Problem::field("starts", FieldCode::OutOfRange));
        }
        let typed = TypedTime { start: starts.first().copied(), technician: technician.parse().ok(), reason, seen };
        dispatch::set_time(&app, &desk, number, &typed, key).await?;
    } else {
        dispatch::offer_times(&app, &desk, number, &starts, &seen, key).await?;
    }
    request::see_other(&paths::desk_request(number))
}

/// Gives the agreed time to another technician.
///
/// # Errors
/// [`Problem::SlotTaken`] when that person is not free, [`Problem::Conflict`] when no time is agreed, or it has begun;
/// [`Problem::MovedOn`] for who has not seen what it means.
#[server(endpoint = "desk/reassign")]
pub async fn reassign(
    number: RequestNumber,
    #[server(default)] technician: String,
    #[server(default)] reason: String,
    #[server(default)] seen: Seen,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::dispatch},
    };
    let (app, desk) = (request::app()?, request::caller()?.desk()?);
    dispatch::reassign(&app, &desk, number, technician.parse().ok(), &reason, &seen, key).await?;
    request::see_other(&paths::desk_request(number))
}

/// Calls a request off, or declines one that has no time.
///
/// # Errors
/// [`Problem::Conflict`] when it is over, or its technician is at work; [`Problem::MovedOn`] for who has not seen what it means.
#[server(endpoint = "desk/cancel")]
pub async fn cancel_for_customer(
    number: RequestNumber,
    #[server(default)] reason: String,
    #[server(default)] seen: Seen,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::dispatch},
    };
    dispatch::cancel(&request::app()?, &request::caller()?.desk()?, number, &reason, &seen, key).await?;
    request::see_other(&paths::desk_request(number))
}

/// Corrects what kind of work it is, or how urgent; what is agreed stays.
///
/// # Errors
/// [`Problem::Urgency`] when the guard refuses, [`Problem::Invalid`], [`Problem::Conflict`]; [`Problem::MovedOn`] for who has not
/// seen what it means.
#[server(endpoint = "desk/reclassify")]
pub async fn reclassify(
    number: RequestNumber,
    work_type: Option<WorkTypeId>,
    urgency: Option<Urgency>,
    #[server(default)] what_stopped: String,
    #[server(default)] since: String,
    #[server(default)] reason: String,
    #[server(default)] seen: Seen,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{ordering::urgency::UrgencyClaim, paths},
        server::{
            request,
            service::work::dispatch::{self, TypedClass},
        },
    };
    let typed = TypedClass { work_type, urgency, claim: UrgencyClaim { what_stopped, since }, reason, seen };
    dispatch::reclassify(&request::app()?, &request::caller()?.desk()?, number, &typed, key).await?;
    request::see_other(&paths::desk_request(number))
}

/// Writes the next request, which goes on from this one.
///
/// # Errors
/// [`Problem::Invalid`] when it is not said what is to be done.
#[server(endpoint = "desk/follow-up")]
pub async fn follow_up(
    number: RequestNumber,
    #[server(default)] what_happened: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{base::ids::RequestId, paths},
        server::{request, service::work::dispatch},
    };
    let (app, desk) = (request::app()?, request::caller()?.desk()?);
    let next = dispatch::follow_up(&app, &desk, number, &what_happened, RequestId(key)).await?;
    request::see_other(&paths::desk_request(next))
}
