//! Requests of customers that were merged into others: what was asked before, under the name under which it was.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    pages::{RequestPlace, RequestSummary},
    requests::RequestState,
};
use crate::model::base::{bilingual::Bilingual, ids::CustomerId, numbers::RequestNumber, paging::CountedPage};

/// What a customer had asked for that goes on as the reader's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerRequests {
    /// Which customer that was.
    pub customer: CustomerId,
    /// How it was called.
    pub name: String,
    /// The newest first.
    pub requests: CountedPage<RequestSummary, RequestPlace>,
}

/// A request of a customer, as the desk lists them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRequest {
    /// By which it is found.
    pub number: RequestNumber,
    /// How the customer was called whose it was before it was merged into this one.
    pub former: Option<String>,
    /// What it is about.
    pub program: Bilingual,
    /// What is to be done.
    pub work_type: Bilingual,
    /// Who asked for it.
    pub ordered_by: String,
    /// When it was sent.
    pub submitted_at: DateTime<Utc>,
    /// How far it has come.
    pub state: RequestState,
}

/// All that a customer has asked for, with those who were merged into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRequests {
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// The newest first.
    pub requests: CountedPage<CustomerRequest, RequestNumber>,
}
