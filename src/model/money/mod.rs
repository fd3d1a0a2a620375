//! Money: bundles and their purchase, payments, refunds, tax documents.

pub mod bank;
pub mod bundles;
pub mod card;
pub mod pages;
pub mod purchases;
pub mod sales;
pub mod tax_documents;
