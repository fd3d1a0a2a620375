//! The customer line: its settings, its catalogue, its response tiers.

pub mod closures;
pub mod plans;
pub mod limits;
pub mod notice;
pub mod public_page;
pub mod setup;
