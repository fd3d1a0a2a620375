//! The customer line: its settings and limits, its catalogue, its response tiers.

pub mod catalogue;
pub mod closures;
pub mod limits;
pub mod notice;
pub mod plans;
pub mod setup;
