//! Money: bundles and their purchase, payments, refunds, tax documents.

pub mod account_statements;
pub mod accounting;
pub mod balances;
pub mod bundles;
pub mod connections;
pub mod fees;
pub mod payment_plans;
pub mod payment_reminders;
pub mod price_list;
pub mod purchases;
pub mod receivables;
pub mod sales;
pub mod saved_cards;
pub mod series;
pub mod subscriptions;
pub mod supplier;
pub mod tax_documents;
pub mod top_ups;
pub mod unmatching;
pub mod vat;
