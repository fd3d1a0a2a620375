//! Ordering the same again.

use leptos::prelude::*;

use crate::model::{
    base::{ids::RequestId, numbers::RequestNumber},
    problem::Problem,
};

access! {
    OrderAgain: Orderer,
}

/// Begins the draft `id` with what a request says.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::MovedOn`] to a new order for what cannot be ordered any more.
#[server(endpoint = "drafts/again")]
pub async fn order_again(number: RequestNumber, id: RequestId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::again},
    };
    let next = again::order_again(&request::app()?, &request::caller()?.may_order()?, number, id).await?;
    request::see_other(&paths::draft_step(id, next))
}
