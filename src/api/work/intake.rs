//! Intake: who calls, and what they say.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{
        ids::{CustomerId, InboundMailId, MemberId, ProgramId, WorkTypeId},
        seen::Seen,
        terms::Urgency,
    },
    problem::Problem,
    work::intake as view,
};

access! {
    IntakePage: Desk,
    WriteCall: Desk,
}

/// Finds whoever calls, and shows the card of the one who is meant.
///
/// # Errors
/// [`Problem::NotFound`] for a customer that there is not.
#[server(endpoint = "desk/intake", input = GetUrl)]
pub async fn intake_page(
    #[server(default)] search: String,
    #[server(default)] phone: String,
    customer: Option<CustomerId>,
    work_type: Option<WorkTypeId>,
) -> Result<view::IntakePage, Problem> {
    use crate::server::{
        request,
        service::work::intake::{self, Calling},
    };
    let calling = Calling { search, phone, customer, work_type };
    intake::page(&request::app()?, &request::caller()?.desk()?, &calling).await
}

/// Writes down what somebody said: with the time `start`, or for the queue when it is [`view::QUEUE`].
///
/// * `times_of` – for which kind of work the times were shown
/// * `voice` – the voice message in which it was said, if it was
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::Urgency`], [`Problem::SlotTaken`], [`Problem::SlotRefused`];
/// [`Problem::ChangedMeanwhile`] when agreeing the time means something else than the form has shown.
#[server(endpoint = "desk/write-call")]
pub async fn write_call(
    customer: CustomerId,
    member: Option<MemberId>,
    program: Option<ProgramId>,
    work_type: Option<WorkTypeId>,
    urgency: Option<Urgency>,
    #[server(default)] what_stopped: String,
    #[server(default)] since: String,
    #[server(default)] what_happened: String,
    #[server(default)] contact_name: String,
    #[server(default)] contact_phone: String,
    #[server(default)] start: String,
    times_of: Option<WorkTypeId>,
    #[server(default)] seen: Seen,
    voice: Option<InboundMailId>,
    key: Uuid,
) -> Result<(), Problem> {
    use chrono::{DateTime, Utc};

    use crate::{
        model::{
            base::{fields::FieldCode, ids::RequestId},
            ordering::urgency::UrgencyClaim,
            paths,
        },
        server::{
            request,
            service::work::intake::{self, TypedCall},
        },
    };
    let start: Option<DateTime<Utc>> = match start.as_str() {
        // Of the times that a form came back with the one that was chosen may be gone: that is no wish for the queue.
        "" => return Err(Problem::field("start", FieldCode::Missing)),
        view::QUEUE => None,
        typed => Some(typed.parse().map_err(|_| Problem::Malformed)?),
    };
    let claim = UrgencyClaim { what_stopped, since };
    let typed = TypedCall {
        member,
        program,
        work_type,
        urgency,
        claim,
        what_happened,
        contact_name,
        contact_phone,
        start,
        times_of,
        seen,
        voice,
    };
    let (app, desk) = (request::app()?, request::caller()?.desk()?);
    let number = intake::write(&app, &desk, customer, &typed, RequestId(key)).await?;
    request::see_other(&paths::desk_request(number))
}
