//! Money: bundles and their purchase, payments, refunds, tax documents.

pub mod bank;
pub mod bundles;
pub mod card;
pub mod fulfilment;
pub mod invoicing;
pub mod refunds;
pub mod sales;
pub mod tax_documents;
