//! The technician's day and workbench.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::numbers::RequestNumber, problem::Problem, work::pages as view};

access! {
    WorkDay: Technician,
    WorkPage: Staff,
}

/// The asking technician's appointments of one day, today's unless another is named.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::Forbidden`] for all but technicians.
#[server(endpoint = "work/day", input = GetUrl)]
pub async fn work_day(date: Option<NaiveDate>) -> Result<view::WorkDay, Problem> {
    use crate::server::{request, service::work::day};
    day::page(&request::app()?, &request::caller()?.technician()?, date).await
}

/// The workbench of one request.
///
/// # Errors
/// [`Problem::NotFound`] when no appointment was ever agreed for it.
#[server(endpoint = "work/page", input = GetUrl)]
pub async fn work_page(number: RequestNumber) -> Result<view::WorkPage, Problem> {
    use crate::server::{request, service::work::bench};
    bench::page(&request::app()?, &request::caller()?.staff()?, number).await
}
