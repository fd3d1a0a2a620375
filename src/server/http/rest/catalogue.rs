//! What can be ordered, and when.

#![expect(unused_qualifications, reason = "utoipa writes the types of an address's parameters so")]

use axum::{
    Extension, Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    identify::reader,
    problems::Refusal,
    shapes::{SlotShape, UrgencyShape, WordsShape, asked},
};
use crate::{
    model::{
        base::ids::WorkTypeId,
        line::catalogue::{SlotChoice, WorkType},
        paths,
    },
    server::{app::App, auth::Caller, service::ordering::program_orders},
};

/// A kind of work.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkType)]
pub struct WorkTypeShape {
    /// By what it is ordered.
    #[schema(example = 3)]
    id: i64,
    /// What it is called.
    name: WordsShape,
    /// What it is.
    description: WordsShape,
    /// How long it usually takes, from.
    minutes_from: u32,
    /// And to.
    minutes_to: u32,
    /// Whether everybody can see it coming: then it is never urgent.
    plannable: bool,
    /// Whether you pick the time; else dispatch offers some.
    you_pick: bool,
}

impl From<WorkType> for WorkTypeShape {
    fn from(work_type: WorkType) -> Self {
        Self {
            id: work_type.id.0,
            name: work_type.name.into(),
            description: work_type.description.into(),
            minutes_from: work_type.typical_minutes.from,
            minutes_to: work_type.typical_minutes.to,
            plannable: work_type.plannable,
            you_pick: work_type.choice == SlotChoice::Customer,
        }
    }
}

/// What can be ordered
///
/// Kinds of work, of which an order names one.
#[utoipa::path(get, operation_id = "list_work_types", path = paths::API_WORK_TYPES, tag = "read", responses((status = 200, description = "All of them", body = Vec<WorkTypeShape>)))]
pub async fn work_types(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Vec<WorkTypeShape>>, Refusal> {
    let found = program_orders::work_types(&app, &reader(&caller)?).await?;
    Ok(Json(found.into_iter().map(Into::into).collect()))
}

/// For which work times are asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SlotsAsked {
    /// Which kind of work.
    #[param(example = 3)]
    work_type: i64,
    /// How urgent it is; of work that is planned it need not be said.
    urgency: Option<UrgencyShape>,
}

/// Times on offer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Slots)]
pub struct SlotsShape {
    /// How urgent the work is taken to be.
    urgency: UrgencyShape,
    /// The times, the earliest first; none where dispatch offers them after the order.
    slots: Vec<SlotShape>,
}

/// When somebody could connect
///
/// Free times for work of a kind, each with the reason why it is offered. None of them is held by asking.
#[utoipa::path(get, operation_id = "list_slots", path = paths::API_SLOTS, tag = "read", params(SlotsAsked), responses((status = 200, description = "The times on offer", body = SlotsShape)))]
pub async fn slots(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    query: Result<Query<SlotsAsked>, QueryRejection>,
) -> Result<Json<SlotsShape>, Refusal> {
    let member = reader(&caller)?;
    let SlotsAsked { work_type, urgency } = asked(query)?;
    let (urgency, offers) =
        program_orders::slots(&app, &member, WorkTypeId(work_type), urgency.map(Into::into)).await?;
    Ok(Json(SlotsShape { urgency: urgency.into(), slots: offers.into_iter().map(Into::into).collect() }))
}
