//! Money: bundles and their purchase, payments, refunds, tax documents.

pub mod account_statements;
pub mod accounting;
pub mod advice;
pub mod balances;
pub mod bank;
pub mod bundles;
pub mod card;
pub mod connections;
pub mod earlier_invoices;
pub mod fees;
pub mod pages;
pub mod payment_plans;
pub mod payment_reminders;
pub mod price_list;
pub mod purchases;
pub mod receivables;
pub mod refunds;
pub mod sales;
pub mod series;
pub mod spayd;
pub mod subscriptions;
pub mod supplier;
pub mod tax_documents;
pub mod top_ups;
pub mod variable_symbol;
pub mod vat;
