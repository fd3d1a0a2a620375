//! Money: bundles and their purchase, payments, refunds, tax documents.

mod accounting;
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
mod subscriptions;
mod supplier;
mod tax_documents;
mod totals;
mod vat;
