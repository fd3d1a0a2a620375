//! Minutes: what contracts and bundles credit, what draws them, what is left.

pub mod alerts;
pub mod billing_terms;
pub mod contracts;
pub mod estimate;
pub mod ledger;
pub mod outlook;
pub mod pages;
pub mod pools;
pub mod recurrence;
pub mod usage;
