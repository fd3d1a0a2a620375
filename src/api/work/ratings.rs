//! What customers say of the work when it is done.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{problem::Problem, work::ratings as view};

access! {
    RatingPage: Public,
    RateWork: Public,
    AgreeToReceipt: Public,
}

/// The page of a mail's link.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "rating", input = GetUrl)]
pub async fn rating_page(link: Uuid, secret: String) -> Result<view::RatingPage, Problem> {
    use crate::server::{request, service::work::ratings};
    ratings::page(&request::app()?, link, &secret).await
}

/// Says something of the work, once.
///
/// # Errors
/// [`Problem::Invalid`] without a score; [`Problem::Conflict`] when something else was said before, or the link is too old.
#[server(endpoint = "rating/rate")]
pub async fn rate_work(
    link: Uuid,
    secret: String,
    #[server(default)] score: String,
    #[server(default)] rating_words: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::ratings},
    };
    ratings::rate(&request::app()?, (link, &secret), &score, &rating_words).await?;
    request::see_other(&paths::rating(link, &secret))
}

/// Agrees to what is billed.
///
/// # Errors
/// [`Problem::Conflict`] when the link is too old.
#[server(endpoint = "rating/agree")]
pub async fn agree_to_receipt(link: Uuid, secret: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::ratings},
    };
    ratings::agree(&request::app()?, (link, &secret)).await?;
    request::see_other(&paths::rating(link, &secret))
}
