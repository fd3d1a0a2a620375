//! The customer line: its settings, its catalogue, its response tiers.

pub mod licences;
pub mod public_page;
