//! The vendor's own words on the public page.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::seen::Seen, line::public_text as view, problem::Problem};

access! {
    PublicTextPage: Manager,
    SavePublicText: Manager,
}

/// What `/settings/text` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/text", input = GetUrl)]
pub async fn public_text_page() -> Result<view::PublicTextPage, Problem> {
    use crate::server::{request, service::line::public_text};
    public_text::page(&request::app()?, &request::caller()?.manager()?).await
}

/// Writes the text in both languages.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "settings/save-text")]
pub async fn save_public_text(
    #[server(default)] text_cs: String,
    #[server(default)] text_en: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, paths},
        server::{request, service::line::public_text},
    };
    let typed = Bilingual { cs: text_cs, en: text_en };
    public_text::save(&request::app()?, &request::caller()?.manager()?, &typed, &seen).await?;
    request::see_other(paths::SETTINGS_TEXT)
}
