//! The customer line: its settings and limits, its catalogue, its response tiers.

pub mod licences;
pub mod limits;
pub mod public_page;
