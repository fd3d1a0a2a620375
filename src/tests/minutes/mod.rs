//! Minutes: what contracts and bundles credit, what draws them, what is left.

mod billing_terms;
mod contracts;
mod free;
mod ledger;
mod usage_cost;
