//! Outages: what hits many customers of a program at once.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{
        ids::{OutageId, ProgramId, RequestId, WorkTypeId},
        numbers::RequestNumber,
        seen::Seen,
    },
    ordering::outages as view,
    problem::Problem,
};

access! {
    OutagesPage: Desk,
    NewOutagePage: Desk,
    OutagePage: Desk,
    OutageEndPage: Desk,
    OpenOutage: Desk,
    SaveOutage: Desk,
    JoinOutage: Desk,
    LeaveOutage: Desk,
    TellOutage: Desk,
    ResolveOutage: Desk,
    LiftMinimum: Manager,
    JoinInstead: Orderer,
}

/// All outages that are not over, and the latest that are.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/outages", input = GetUrl)]
pub async fn outages_page() -> Result<view::OutagesPage, Problem> {
    use crate::server::{request, service::ordering::outages};
    outages::list(&request::app()?, &request::caller()?.desk()?).await
}

/// What there is to know before one is written down; `requests` are the numbers of those that are to belong to it.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/new-outage", input = GetUrl)]
pub async fn new_outage_page(#[server(default)] requests: Vec<RequestNumber>) -> Result<view::NewOutagePage, Problem> {
    use crate::server::{request, service::ordering::outages};
    outages::new_page(&request::app()?, &request::caller()?.desk()?, &requests).await
}

/// An outage, who belongs to it, and what happened.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "desk/outage", input = GetUrl)]
pub async fn outage_page(outage: OutageId) -> Result<view::OutagePage, Problem> {
    use crate::server::{request, service::ordering::outages};
    outages::page(&request::app()?, &request::caller()?.desk()?, outage).await
}

/// What the end of an outage means for each of its requests.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "desk/outage-end", input = GetUrl)]
pub async fn outage_end_page(outage: OutageId) -> Result<view::ends::OutageEndPage, Problem> {
    use crate::server::{request, service::ordering::outages::ends};
    ends::page(&request::app()?, &request::caller()?.desk()?, outage).await
}

/// Writes down an outage, to which the ticked requests belong from then on.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::Conflict`] when one of the requests is over by now.
#[server(endpoint = "desk/open-outage")]
pub async fn open_outage(
    outage: OutageId,
    program: Option<ProgramId>,
    work_type: Option<WorkTypeId>,
    #[server(default)] outage_name_cs: String,
    #[server(default)] outage_name_en: String,
    #[server(default)] outage_text_cs: String,
    #[server(default)] outage_text_en: String,
    #[server(default)] began_at: String,
    #[server(default)] requests: BTreeMap<String, bool>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{
            request,
            service::ordering::outages::{self, TypedOutage},
        },
    };
    let form = view::OutageForm {
        name_cs: outage_name_cs,
        name_en: outage_name_en,
        text_cs: outage_text_cs,
        text_en: outage_text_en,
        began_at,
    };
    let typed = TypedOutage { program, work_type, form, requests: view::ticked(&requests).ok_or(Problem::Malformed)? };
    outages::open(&request::app()?, &request::caller()?.desk()?, outage, &typed).await?;
    request::see_other(&paths::outage(outage))
}

/// Writes down what an outage is called and what there is to know of it.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::ChangedMeanwhile`].
#[server(endpoint = "desk/save-outage")]
pub async fn save_outage(
    outage: OutageId,
    #[server(default)] outage_name_cs: String,
    #[server(default)] outage_name_en: String,
    #[server(default)] outage_text_cs: String,
    #[server(default)] outage_text_en: String,
    #[server(default)] began_at: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::outages},
    };
    let form = view::OutageForm {
        name_cs: outage_name_cs,
        name_en: outage_name_en,
        text_cs: outage_text_cs,
        text_en: outage_text_en,
        began_at,
    };
    outages::save(&request::app()?, &request::caller()?.desk()?, outage, &form, &seen).await?;
    request::see_other(&paths::outage(outage))
}

/// Has the ticked requests belong to an outage, and the one whose number is typed.
///
/// # Errors
/// [`Problem::Invalid`] when none is named; [`Problem::Conflict`] when the outage or one of them is over.
#[server(endpoint = "desk/join-outage")]
pub async fn join_outage(
    outage: Option<OutageId>,
    #[server(default)] requests: BTreeMap<String, bool>,
    #[server(default)] joins: String,
) -> Result<(), Problem> {
    use crate::{
        model::{base::fields::FieldCode, paths},
        server::{request, service::ordering::outages},
    };
    let outage = outage.ok_or_else(|| Problem::field("outage", FieldCode::Missing))?;
    let mut numbers = view::ticked(&requests).ok_or(Problem::Malformed)?;
    if !joins.trim().is_empty() {
        numbers.insert(joins.trim().parse().map_err(|_| Problem::field("joins", FieldCode::Unknown))?);
    }
    outages::join(&request::app()?, &request::caller()?.desk()?, outage, &numbers).await?;
    request::see_other(&paths::outage(outage))
}

/// Takes a request out of an outage.
///
/// # Errors
/// [`Problem::Conflict`] when the outage is over.
#[server(endpoint = "desk/leave-outage")]
pub async fn leave_outage(outage: OutageId, number: RequestNumber) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::outages},
    };
    outages::leave(&request::app()?, &request::caller()?.desk()?, outage, number).await?;
    request::see_other(&paths::outage(outage))
}

/// Tells all who belong to an outage the same.
///
/// # Errors
/// [`Problem::Invalid`] when it is not said in both languages; [`Problem::Conflict`] when the outage is over.
#[server(endpoint = "desk/tell-outage")]
pub async fn tell_outage(
    outage: OutageId,
    #[server(default)] message_cs: String,
    #[server(default)] message_en: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::outages},
    };
    let desk = request::caller()?.desk()?;
    outages::tell_all(&request::app()?, &desk, outage, (&message_cs, &message_en), key).await?;
    request::see_other(&paths::outage(outage))
}

/// Says that an outage is over; the ticked requests go on.
///
/// # Errors
/// [`Problem::Invalid`] without an answer in both languages; [`Problem::Conflict`] when a colleague has resolved it;
/// [`Problem::ChangedMeanwhile`] when something would end that was not shown, [`Problem::MovedOn`] when nothing was.
#[server(endpoint = "desk/resolve-outage")]
pub async fn resolve_outage(
    outage: OutageId,
    #[server(default)] answer_cs: String,
    #[server(default)] answer_en: String,
    #[server(default)] goes_on: BTreeMap<String, bool>,
    #[server(default)] seen: Seen,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::outages::ends},
    };
    let (desk, goes_on) = (request::caller()?.desk()?, view::ticked(&goes_on).ok_or(Problem::Malformed)?);
    ends::resolve(&request::app()?, &desk, outage, (&answer_cs, &answer_en), (&goes_on, &seen), key).await?;
    request::see_other(&paths::outage(outage))
}

/// Lifts the minimum of what is done because of an outage.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers; [`Problem::Invalid`] without a reason.
#[server(endpoint = "desk/lift-minimum")]
pub async fn lift_minimum(outage: OutageId, #[server(default)] lifting_reason: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::outages},
    };
    outages::lift_minimum(&request::app()?, &request::caller()?.manager()?, outage, &lifting_reason).await?;
    request::see_other(&paths::outage(outage))
}

/// Has a draft belong to an outage instead of ordering.
///
/// # Errors
/// [`Problem::Invalid`] without a number to call, or where it is not said which; [`Problem::Conflict`] when the outage is over by now.
#[server(endpoint = "drafts/join-outage")]
pub async fn join_instead(
    id: RequestId,
    outage: Option<OutageId>,
    #[server(default)] join_phone: String,
) -> Result<(), Problem> {
    use crate::{
        model::{base::fields::FieldCode, paths},
        server::{request, service::ordering::outages::joining},
    };
    let orderer = request::caller()?.may_order()?;
    let outage = outage.ok_or_else(|| Problem::field("outage", FieldCode::Missing))?;
    let number = joining::join_draft(&request::app()?, &orderer, id, outage, &join_phone).await?;
    request::see_other(&paths::request(number))
}
