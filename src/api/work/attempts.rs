//! Attempts to reach the customer.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{base::numbers::RequestNumber, problem::Problem, work::attempts::AttemptChannel};

access! {
    NoteAttempt: Technician,
    CallMissed: Technician,
}

/// Notes an attempt to reach the customer.
///
/// # Errors
/// [`Problem::Invalid`].
#[server(endpoint = "work/attempt")]
pub async fn note_attempt(
    number: RequestNumber,
    channel: Option<AttemptChannel>,
    #[server(default)] note: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::attempts},
    };
    attempts::note(&request::app()?, &request::caller()?.technician()?, number, channel, &note, key).await?;
    request::see_other(&paths::workbench(number))
}

/// Calls the appointment missed by the customer; the request waits for another time.
///
/// # Errors
/// [`Problem::Work`] when it is too early or there were too few attempts.
#[server(endpoint = "work/no-show")]
pub async fn call_missed(number: RequestNumber, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::attempts},
    };
    attempts::call_missed(&request::app()?, &request::caller()?.technician()?, number, key).await?;
    request::see_other(paths::WORK)
}
