//! The customer line: its settings, its catalogue, its response tiers.

pub mod catalogue;
pub mod settings;
pub mod tiers;
