//! Undoing an order.

use leptos::prelude::*;

use crate::model::{base::numbers::RequestNumber, problem::Problem};

access! {
    UndoOrder: Orderer,
}

/// Takes an order back within its first minutes.
///
/// # Errors
/// [`Problem::Change`] when these are over, [`Problem::Conflict`] when somebody has begun to work on it.
#[server(endpoint = "requests/undo")]
pub async fn undo_order(number: RequestNumber) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::undoing},
    };
    undoing::undo(&request::app()?, &request::caller()?.may_order()?, number).await?;
    request::see_other(&paths::request(number))
}
