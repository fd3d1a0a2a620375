//! Taking a payment back from what it had paid.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::{BankPaymentId, SettlingId},
    money::unmatching as view,
    problem::Problem,
};

access! {
    UnmatchPage: Manager,
    UndoMatch: Manager confirmed,
}

/// What `/sales/unmatch` shows: a payment, what it pays, and what happens when it is taken back.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such payment, or it pays nothing.
#[server(endpoint = "sales/unmatch", input = GetUrl)]
pub async fn unmatch_page(payment: Option<BankPaymentId>) -> Result<view::Unmatching, Problem> {
    use crate::server::{request, service::money::unmatching};
    let manager = request::caller()?.manager()?;
    unmatching::page(&request::app()?, &manager, payment.ok_or(Problem::NotFound)?).await
}

/// Takes a payment back from what it had paid: it waits for a decision again.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when something else would happen than what was shown.
#[server(endpoint = "sales/undo-match")]
pub async fn undo_match(
    payment: BankPaymentId,
    shown: String,
    #[server(default)] reason: String,
    key: SettlingId,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::unmatching},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    unmatching::undo(&request::app()?, &manager, payment, &shown, &reason, key).await?;
    request::see_other(paths::SALES_BANK)
}
