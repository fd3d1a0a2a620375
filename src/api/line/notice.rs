//! The notice on top of all pages.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::seen::Seen, line::notice as view, problem::Problem};

access! {
    NoticePage: Manager,
    PutNotice: Manager,
    RemoveNotice: Manager,
}

/// What `/settings/notice` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/notice", input = GetUrl)]
pub async fn notice_page() -> Result<view::NoticePage, Problem> {
    use crate::server::{request, service::line::notice};
    notice::page(&request::app()?, &request::caller()?.manager()?).await
}

/// Puts a notice on the pages.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "settings/put-notice")]
pub async fn put_notice(
    #[server(default)] text_cs: String,
    #[server(default)] text_en: String,
    #[server(default)] starts_at: String,
    #[server(default)] ends_at: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::notice},
    };
    let typed = view::NoticeForm { text_cs, text_en, starts_at, ends_at };
    notice::put(&request::app()?, &request::caller()?.manager()?, &typed, &seen).await?;
    request::see_other(paths::SETTINGS_NOTICE)
}

/// Takes the notice down.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/remove-notice")]
pub async fn remove_notice() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::notice},
    };
    notice::remove(&request::app()?, &request::caller()?.manager()?).await?;
    request::see_other(paths::SETTINGS_NOTICE)
}
