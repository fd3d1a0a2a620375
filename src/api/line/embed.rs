//! What the vendor shows of its line on its own web sites.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::seen::Seen, line::embed as view, problem::Problem};

access! {
    EmbedPage: Manager,
    SaveEmbed: Manager,
}

/// What `/settings/embed` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/embed", input = GetUrl)]
pub async fn embed_page() -> Result<view::EmbedPage, Problem> {
    use crate::server::{request, service::line::embed};
    embed::page(&request::app()?, &request::caller()?.manager()?).await
}

/// Sets whether anything is shown, and which sites may frame it.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] for what is no site.
#[server(endpoint = "settings/save-embed")]
pub async fn save_embed(
    #[server(default)] is_on: bool,
    #[server(default)] origins: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::embed},
    };
    let typed = view::EmbedForm { is_on, origins };
    embed::save(&request::app()?, &request::caller()?.manager()?, &typed, &seen).await?;
    request::see_other(paths::SETTINGS_EMBED)
}
