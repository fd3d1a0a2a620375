//! What people say for the words of the catalogue.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::seen::Seen, problem::Problem};

access! {
    EverydayWordsPage: Manager,
    SaveEverydayWords: Manager,
}

/// What `/settings/words` shows: the lines as they were typed.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/words", input = GetUrl)]
pub async fn everyday_words_page() -> Result<String, Problem> {
    use crate::server::{request, service::line::everyday_words};
    everyday_words::page(&request::app()?, &request::caller()?.manager()?).await
}

/// Writes them.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] for lines that say nothing.
#[server(endpoint = "settings/save-words")]
pub async fn save_everyday_words(
    #[server(default)] spoken: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::everyday_words},
    };
    everyday_words::save(&request::app()?, &request::caller()?.manager()?, &spoken, &seen).await?;
    request::see_other(paths::SETTINGS_WORDS)
}
