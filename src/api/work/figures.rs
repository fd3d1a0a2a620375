//! What the line achieves.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    problem::Problem,
    work::figures::{self as view, Step},
};

access! {
    FiguresPage: Desk,
}

/// `/desk/figures`: from one day to another, by week or month; without them the last three months, by month.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/figures", input = GetUrl)]
pub async fn figures_page(
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    step: Option<Step>,
) -> Result<view::FiguresPage, Problem> {
    use crate::server::{request, service::work::figures};
    figures::page(&request::app()?, &request::caller()?.desk()?, from, until, step).await
}
