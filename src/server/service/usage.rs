//! What is left and where it went.
#![allow(unused_variables, missing_docs, clippy::missing_errors_doc, clippy::unused_async)]
use chrono::NaiveDate;

use crate::{
    model::{
        problem::Problem,
        usage::{Statement, StatementSpan, UsageExport, UsageFilter, UsageList, UsagePage},
    },
    server::{app::App, auth::BillingViewer},
};

pub async fn page(app: &App, viewer: &BillingViewer) -> Result<UsagePage, Problem> {
    Err(Problem::Unavailable)
}
pub async fn list(
    app: &App,
    viewer: &BillingViewer,
    filter: UsageFilter,
    before: Option<i64>,
) -> Result<UsageList, Problem> {
    Err(Problem::Unavailable)
}
pub async fn statement(
    app: &App,
    viewer: &BillingViewer,
    span: StatementSpan,
    date: Option<NaiveDate>,
) -> Result<Statement, Problem> {
    Err(Problem::Unavailable)
}
pub async fn export(app: &App, viewer: &BillingViewer, year: i32) -> Result<UsageExport, Problem> {
    Err(Problem::Unavailable)
}
