//! The customer line: its settings, its catalogue, its response tiers.

pub mod closures;
pub mod plans;
pub mod limits;
pub mod notice;
pub(in crate::ui::pages) mod catalogue_nav;
pub mod programs;
pub mod backups;
pub mod licences;
pub mod public_page;
pub mod setup;
pub mod regions;
pub mod setting_changes;
pub mod tiers;
pub mod work_types;
