//! Where the numbers of documents begin, and what they look like.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    money::{series as view, tax_documents::DocumentKind},
    problem::Problem,
};

access! {
    SeriesPage: Manager,
    BeginSeries: Manager,
    PreviewPattern: Manager,
    SetPattern: Manager confirmed,
    RemovePattern: Manager confirmed,
}

/// What `/settings/series` shows; with a pattern also what it would give.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/series", input = GetUrl)]
pub async fn series_page(
    #[server(default)] series_kind: String,
    #[server(default)] pattern: String,
    #[server(default)] pattern_from: String,
) -> Result<view::SeriesPage, Problem> {
    use crate::server::{request, service::money::series};
    let typed = view::TypedPattern { series_kind, pattern, pattern_from };
    series::page(&request::app()?, &request::caller()?.manager()?, &typed).await
}

/// Lets a series begin at a number.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] for what is no such number or once the series has begun.
#[server(endpoint = "settings/begin-series")]
pub async fn begin_series(
    #[server(default)] series: String,
    #[server(default)] first_number: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::series as services},
    };
    services::begin(&request::app()?, &request::caller()?.manager()?, &series, &first_number).await?;
    request::see_other(paths::SETTINGS_SERIES)
}

/// Leads to what a pattern would give; nothing is written.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "settings/preview-pattern")]
pub async fn preview_pattern(
    #[server(default)] series_kind: String,
    #[server(default)] pattern: String,
    #[server(default)] pattern_from: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::series},
    };
    let typed = view::TypedPattern { series_kind, pattern, pattern_from };
    let set = series::check(&request::app()?, &request::caller()?.manager()?, &typed).await?;
    request::see_other(&paths::pattern_preview(&set))
}

/// Writes what the numbers of a kind look like from a day on.
///
/// # Errors
/// As [`preview_pattern`].
#[server(endpoint = "settings/set-pattern")]
pub async fn set_pattern(
    #[server(default)] series_kind: String,
    #[server(default)] pattern: String,
    #[server(default)] pattern_from: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::series},
    };
    let typed = view::TypedPattern { series_kind, pattern, pattern_from };
    series::set_pattern(&request::app()?, &request::caller()?.confirmed()?.manager()?, &typed).await?;
    request::see_other(paths::SETTINGS_SERIES)
}

/// Takes a pattern back that does not hold yet.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/remove-pattern")]
pub async fn remove_pattern(kind: DocumentKind, from: NaiveDate) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::series},
    };
    series::remove_pattern(&request::app()?, &request::caller()?.confirmed()?.manager()?, kind, from).await?;
    request::see_other(paths::SETTINGS_SERIES)
}
