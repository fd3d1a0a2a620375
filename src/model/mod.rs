//! The shared model: the words and the pure rules of Linka.

pub mod accounts;
pub mod appointments;
pub mod calendar;
pub mod catalogue;
mod codes;
pub mod estimate;
pub mod fields;
#[cfg(test)]
mod fixtures;
pub mod ids;
pub mod line;
pub mod members;
pub mod money;
pub mod offers;
pub mod orders;
pub mod problem;
pub mod requests;
pub mod site_path;
mod text;
pub mod tiers;
pub mod timeline;
pub mod transitions;
pub mod urgency;
