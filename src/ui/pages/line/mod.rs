//! The customer line: its settings, its catalogue, its response tiers.

pub(in crate::ui::pages) mod catalogue_nav;
pub mod programs;
pub mod public_page;
pub mod regions;
pub mod setting_changes;
pub mod tiers;
pub mod work_types;
