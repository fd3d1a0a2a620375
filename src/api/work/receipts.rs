//! Receipts.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::numbers::RequestNumber, problem::Problem, work::pages};

access! {
    ReceiptPage: SignedIn,
}

/// A receipt with its former versions and objections, for the customer; staff see everybody's.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign one and before the intervention is closed.
#[server(endpoint = "receipts/page", input = GetUrl)]
pub async fn receipt_page(number: RequestNumber, ordinal: u32) -> Result<pages::ReceiptPage, Problem> {
    use crate::server::{request, service::work::receipts};
    let intervention = crate::model::base::numbers::InterventionRef { number, ordinal };
    receipts::page(&request::app()?, &request::caller()?, intervention).await
}
