//! The customer line: its settings, its catalogue, its response tiers.

pub mod backups;
pub mod public_page;
