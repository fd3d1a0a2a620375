//! Work: from the clock to the receipt.

pub mod billing_terms;
pub mod interventions;
pub mod receipts;
