//! What is left and where it went.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::{MemberId, ProgramId, WorkTypeId},
    minutes::{pages, usage as view},
    problem::Problem,
};

access! {
    UsagePage: BillingViewer,
    UsageList: BillingViewer,
    Statement: BillingViewer,
    ContractPage: BillingViewer,
}

/// `/usage`.
///
/// # Errors
/// [`Problem::Forbidden`] without `see_billing`.
#[server(endpoint = "usage", input = GetUrl)]
pub async fn usage_page() -> Result<crate::model::money::pages::UsagePage, Problem> {
    use crate::server::{request, service::minutes::usage};
    usage::page(&request::app()?, &request::caller()?.may_see_billing()?).await
}

/// Interventions, the newest first; `before` continues a former page.
///
/// # Errors
/// [`Problem::Forbidden`] without `see_billing`.
#[server(endpoint = "usage/interventions", input = GetUrl)]
pub async fn usage_list(
    month: Option<NaiveDate>,
    program: Option<ProgramId>,
    work_type: Option<WorkTypeId>,
    member: Option<MemberId>,
    before: Option<i64>,
) -> Result<pages::UsageList, Problem> {
    use crate::server::{request, service::minutes::usage};
    let filter = pages::UsageFilter { month, program, work_type, member };
    usage::list(&request::app()?, &request::caller()?.may_see_billing()?, filter, before).await
}

/// The account's entries of the period in which `date` lies, today's unless another is named.
///
/// # Errors
/// [`Problem::Forbidden`] without `see_billing`.
#[server(endpoint = "usage/statement", input = GetUrl)]
pub async fn statement(span: view::StatementSpan, date: Option<NaiveDate>) -> Result<pages::Statement, Problem> {
    use crate::server::{request, service::minutes::usage};
    usage::statement(&request::app()?, &request::caller()?.may_see_billing()?, span, date).await
}

/// The contract in plain words.
///
/// # Errors
/// [`Problem::Forbidden`] without `see_billing`.
#[server(endpoint = "usage/contract", input = GetUrl)]
pub async fn contract_page() -> Result<pages::ContractPage, Problem> {
    use crate::server::{request, service::minutes::contracts};
    contracts::page(&request::app()?, &request::caller()?.may_see_billing()?).await
}
