//! Money: bundles and their purchase, payments, refunds, tax documents.

pub mod account_statements;
pub mod accounting;
pub mod bank;
pub mod bank_candidates;
pub mod connections;
pub mod disputes;
pub mod earlier_invoices;
pub mod invoicing;
pub mod payment_alerts;
pub mod price_list;
pub mod purchase_events;
pub mod purchases;
pub mod receivables;
pub mod refunds;
pub mod sales;
pub mod saved_cards;
pub mod series;
pub mod stripe_events;
pub mod subscriptions;
pub mod supplier;
pub mod tax_documents;
pub mod vat;
