//! The saved card of a customer.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{money::card as view, problem::Problem};

access! {
    SavedCardPage: Buyer,
    RemoveCard: Buyer,
}

/// The saved card, and what depends on it.
///
/// # Errors
/// [`Problem::Forbidden`] without the capability.
#[server(endpoint = "saved-card", input = GetUrl)]
pub async fn saved_card_page() -> Result<view::SavedCardPage, Problem> {
    use crate::server::{request, service::money::saved_cards};
    saved_cards::page(&request::app()?, &request::caller()?.may_buy()?).await
}

/// Removes it: what depends on it is paid by transfer or switched off.
///
/// # Errors
/// [`Problem::Forbidden`] without the capability.
#[server(endpoint = "saved-card/remove")]
pub async fn remove_card() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::saved_cards},
    };
    saved_cards::remove(&request::app()?, &request::caller()?.may_buy()?).await?;
    request::see_other(paths::SAVED_CARD)
}
