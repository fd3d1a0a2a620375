//! Days on which the line is closed.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{line::closures as view, problem::Problem};

access! {
    ClosuresPage: Desk,
    CloseLine: Manager,
    OpenLine: Manager,
}

/// `/settings/closures`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but the desk.
#[server(endpoint = "closures/page", input = GetUrl)]
pub async fn closures_page() -> Result<view::ClosuresPage, Problem> {
    use crate::server::{request, service::line::closures};
    closures::page(&request::app()?, &request::caller()?.desk()?).await
}

/// Closes the line on some days.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`].
#[server(endpoint = "closures/close")]
pub async fn close_line(
    #[server(default)] first: String,
    #[server(default)] last: String,
    #[server(default)] why: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{
            request,
            service::{line::closures, ordering::redistribution},
        },
    };
    let (app, manager) = (request::app()?, request::caller()?.manager()?);
    closures::close(&app, &manager, &view::TypedClosure { first, last, reason: why }).await?;
    request::see_other(&redistribution::next_page(&app, &manager, paths::CLOSURES).await?)
}

/// Opens the line on a day after all.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "closures/open")]
pub async fn open_line(date: NaiveDate) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::closures},
    };
    closures::open(&request::app()?, &request::caller()?.manager()?, date).await?;
    request::see_other(paths::CLOSURES)
}
