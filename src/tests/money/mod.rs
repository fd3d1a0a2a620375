//! Money: bundles and their purchase, payments, refunds, tax documents.

mod bank;
mod payments;
mod purchase_facts;
mod purchases;
mod refunds;
mod tax_documents;
