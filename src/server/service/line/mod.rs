//! The customer line: its settings and limits, its catalogue, its response tiers.

pub mod backups;
pub mod limits;
pub mod public_page;
