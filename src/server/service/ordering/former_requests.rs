//! Requests of customers that were merged into others: they stand where they stood, and are listed to who may read them.

use super::requests::PAGE;
use crate::{
    model::{
        base::{ids::CustomerId, numbers::RequestNumber},
        ordering::{
            former_requests::{CustomerRequests, FormerRequests},
            pages::RequestPlace,
        },
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::{Desk, Member},
        db::{
            ordering::{former_requests, requests::lists},
            paging::counted,
            people::{customers, mergers},
        },
        service::people::former,
    },
};

/// What a customer had asked for that was merged into the member's own, the newest first.
///
/// # Errors
/// [`Problem::NotFound`] for what is no such customer.
pub async fn list(
    app: &App,
    member: &Member,
    customer: CustomerId,
    after: Option<RequestPlace>,
) -> Result<FormerRequests, Problem> {
    let (name, reader) = former::of(app, member, customer).await?;
    let mut tx = app.db.member(reader.customer()).await?;
    // Nothing of theirs is open: what is goes on with the customer into whom they were merged.
    let requests = lists::list(&mut tx, &reader, app.clock.now(), after, PAGE).await?.earlier;
    Ok(FormerRequests { customer, name, requests })
}

/// All that a customer has asked for, and those who were merged into it, the newest first.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::MovedOn`] for a customer that was merged.
pub async fn of_customer(
    app: &App,
    _desk: &Desk,
    customer: CustomerId,
    before: Option<RequestNumber>,
) -> Result<CustomerRequests, Problem> {
    let mut tx = app.db.staff().await?;
    if let Some(into) = mergers::merged_into(&mut tx, customer).await? {
        return Err(Problem::MovedOn(MovedOn::Customer(into)));
    }
    let name = customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?.name;
    let page = former_requests::of_customer(&mut tx, customer, before, PAGE).await?;
    let requests = counted(page, before.is_none(), former_requests::count(&mut tx, customer)).await?;
    Ok(CustomerRequests { customer, name, requests })
}
