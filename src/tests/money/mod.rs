//! Money: bundles and their purchase, payments, refunds, tax documents.

mod accounting;
mod balances;
mod bank;
mod bundles;
mod credits;
mod earlier_invoices;
mod fees;
mod payment_reminders;
mod payments;
mod price_list;
mod purchase_facts;
mod purchases;
mod receivables;
mod refunds;
mod series;
mod statements;
mod subscriptions;
mod supplier;
mod tax_documents;
mod totals;
mod unmatching;
mod vat;
