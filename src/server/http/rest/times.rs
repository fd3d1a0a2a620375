//! The time of a request: held, agreed, moved, called off.

use axum::{Json, body::Bytes, http::StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    acting::Acting,
    problems::Refusal,
    shapes::{PickedShape, StateShape, TimeShape, sent},
};
use crate::{
    model::paths,
    server::service::ordering::{program_orders, requests},
};

/// A time that is held.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Held)]
pub struct HeldShape {
    /// The time.
    time: TimeShape,
    /// Until when; from then on it is anybody's.
    #[schema(example = "2026-11-24T09:10:00Z")]
    expires_at: DateTime<Utc>,
}

/// Hold a time
///
/// For ten minutes nobody else is offered it. What was held for the request before is given back.
#[utoipa::path(post, operation_id = "hold_slot", path = paths::API_HOLD, tag = "order", params(("number" = String, Path, description = "Its number")), request_body = PickedShape, responses((status = 201, description = "It is held", body = HeldShape)))]
pub async fn hold(acting: Acting, body: Bytes) -> Result<(StatusCode, Json<HeldShape>), Refusal> {
    let start = sent::<PickedShape>(&body)?.start()?;
    let held = program_orders::hold(&acting.app, &acting.orderer, acting.number, start).await;
    let held = acting.or_others(held).await?;
    Ok((StatusCode::CREATED, Json(HeldShape { time: held.slot.into(), expires_at: held.expires_at })))
}

/// An agreed time.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Appointment)]
pub struct AppointmentShape {
    /// Of which request.
    #[schema(example = "2026-000123")]
    number: String,
    /// Where that stands.
    state: StateShape,
    /// The time.
    time: Option<TimeShape>,
    /// Until when it can be moved or called off.
    change_until: Option<DateTime<Utc>>,
}

/// Agree the time that is held
///
/// From now on it is an appointment, and its people are told by mail.
#[utoipa::path(post, operation_id = "confirm_slot", path = paths::API_CONFIRM, tag = "order", params(("number" = String, Path, description = "Its number")), responses((status = 200, description = "It is agreed", body = AppointmentShape)))]
pub async fn confirm(acting: Acting) -> Result<Json<AppointmentShape>, Refusal> {
    let confirmed = program_orders::confirm(&acting.app, &acting.orderer, acting.number, acting.key).await;
    acting.or_others(confirmed).await?;
    appointment(&acting).await
}

/// Pick another time
///
/// The new one is agreed before the former is given up; one that waits for a time is given this one.
#[utoipa::path(post, operation_id = "move_request", path = paths::API_MOVE, tag = "order", params(("number" = String, Path, description = "Its number")), request_body = PickedShape, responses((status = 200, description = "It is agreed", body = AppointmentShape)))]
pub async fn move_to(acting: Acting, body: Bytes) -> Result<Json<AppointmentShape>, Refusal> {
    let start = Some(sent::<PickedShape>(&body)?.start()?);
    let moved = requests::move_appointment(&acting.app, &acting.orderer, acting.number, start, acting.key).await;
    acting.or_others(moved).await?;
    appointment(&acting).await
}

/// Why something is called off.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Cancellation)]
pub struct CancellationShape {
    /// In your words; may be left out.
    #[serde(default)]
    #[schema(max_length = 500, example = "Už to funguje.")]
    reason: String,
}

/// Call it off
///
/// The request and its appointment, until the time that the request tells.
#[utoipa::path(post, operation_id = "cancel_request", path = paths::API_CANCEL, tag = "order", params(("number" = String, Path, description = "Its number")), request_body = CancellationShape, responses((status = 200, description = "It is called off", body = AppointmentShape)))]
pub async fn cancel(acting: Acting, body: Bytes) -> Result<Json<AppointmentShape>, Refusal> {
    let CancellationShape { reason } = sent(&body)?;
    requests::cancel(&acting.app, &acting.orderer, acting.number, &reason, acting.key).await?;
    appointment(&acting).await
}

async fn appointment(acting: &Acting) -> Result<Json<AppointmentShape>, Refusal> {
    let page = requests::page(&acting.app, &acting.orderer, acting.number).await?;
    let time = page.change.as_ref().and(page.summary.slot);
    Ok(Json(AppointmentShape {
        number: acting.number.to_string(),
        state: page.summary.state.into(),
        time: time.map(Into::into),
        change_until: page.change.map(|change| change.cut_off),
    }))
}
