//! Money: bundles and their purchase, payments, refunds, tax documents.

mod bank;
mod bundles;
mod payments;
mod price_list;
mod purchase_facts;
mod purchases;
mod refunds;
mod tax_documents;
