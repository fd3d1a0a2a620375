//! The line: what one member or customer may have of it, and how managers change it.

mod api_tokens;
mod catalogue_changes;
mod downloads;
mod embed;
mod histories;
mod licences;
mod limits;
mod public_text;
mod setting_changes;
mod setup;
mod tiers;
mod work_types;
mod writes;
