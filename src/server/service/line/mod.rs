//! The customer line: its settings and limits, its catalogue, its response tiers.

pub mod api_answers;
pub mod api_tokens;
pub mod backups;
pub mod catalogue_changes;
pub mod closures;
pub mod embed;
pub mod everyday_words;
pub mod licences;
pub mod limits;
pub mod notice;
pub mod operating;
pub mod plans;
pub mod programs;
pub mod public_page;
pub mod public_text;
pub mod regions;
pub mod setting_changes;
pub mod setup;
pub mod tiers;
pub mod work_types;
