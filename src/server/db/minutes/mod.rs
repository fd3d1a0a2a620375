//! Minutes: what contracts and bundles credit, what draws them, what is left.

pub mod alerts;
pub mod contracts;
pub mod ledger;
pub mod outlook;
pub mod usage;
