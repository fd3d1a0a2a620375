//! The customer line: its settings and limits, its catalogue, its response tiers.

pub mod catalogue;
pub mod licences;
pub mod limits;
pub mod settings;
pub mod tiers;
