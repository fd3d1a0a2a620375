//! Where the numbers of documents begin.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{money::series as view, problem::Problem};

access! {
    SeriesPage: Manager,
    BeginSeries: Manager,
}

/// What `/settings/series` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/series", input = GetUrl)]
pub async fn series_page() -> Result<view::SeriesPage, Problem> {
    use crate::server::{request, service::money::series};
    series::page(&request::app()?, &request::caller()?.manager()?).await
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
