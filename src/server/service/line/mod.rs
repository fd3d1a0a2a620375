//! The customer line: its settings and limits, its catalogue, its response tiers.

pub mod closures;
pub mod limits;
pub mod plans;
pub mod notice;
pub mod public_page;
pub mod setup;
