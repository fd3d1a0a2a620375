//! Earlier invoices: what customers owe that another system has invoiced before Linka. They are no documents of ours
//! (design, Earlier invoices).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::base::money::Money;

/// An invoice of another system, of which something is left to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierInvoice {
    /// Its number there.
    pub number: String,
    /// The name of the customer.
    pub customer: String,
    /// The variable symbol of its payment.
    pub variable_symbol: String,
    /// When it was issued.
    pub issued_on: NaiveDate,
    /// Until when it is to be paid.
    pub due_on: NaiveDate,
    /// Whether that day has passed.
    pub is_overdue: bool,
    /// What it asks for, including VAT.
    pub total: Money,
    /// What is left of that to pay.
    pub left: Money,
}
