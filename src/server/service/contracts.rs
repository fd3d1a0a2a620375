//! Contracts: read by the customer, kept by staff with their history.
#![allow(unused_variables, missing_docs, clippy::missing_errors_doc, clippy::unused_async)]
use uuid::Uuid;

use crate::{
    model::{
        contracts::{ContractPage, CustomerPage, CustomerRow, Period, Rollover},
        ids::{ContractId, CustomerId},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{BillingViewer, Desk, Manager},
    },
};

/// A contract's terms as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedTerms {
    pub number: String,
    pub valid_from: String,
    pub valid_until: String,
    pub tier: String,
    pub minutes_per_period: String,
    pub period: Option<Period>,
    pub rollover: Option<Rollover>,
    pub rate_per_minute: String,
    pub urgent_rate_per_minute: String,
    pub minimum_minutes: String,
    pub ceiling_minutes: String,
    pub reason: String,
}

pub async fn page(app: &App, viewer: &BillingViewer) -> Result<ContractPage, Problem> {
    Err(Problem::Unavailable)
}
pub async fn customers(app: &App, desk: &Desk, search: &str) -> Result<Vec<CustomerRow>, Problem> {
    Err(Problem::Unavailable)
}
pub async fn customer(app: &App, desk: &Desk, id: CustomerId) -> Result<CustomerPage, Problem> {
    Err(Problem::Unavailable)
}
pub async fn save(
    app: &App,
    manager: &Manager,
    customer: CustomerId,
    contract: Option<ContractId>,
    typed: TypedTerms,
    key: Uuid,
) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
