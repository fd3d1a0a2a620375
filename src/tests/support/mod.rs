//! What the tests share: a small world in a fresh database, and the portal served from it.

pub mod documents;
mod ending;
mod history;
mod portal;
mod purchases;
mod python;
mod site;
mod steps;
mod storms;
mod world;

pub use history::closed_work;
pub use portal::{Portal, listens_on, program};
pub use purchases::Bought;
pub use python::{Running, ask_python};
pub use site::{Answer, Site};
pub use steps::steps;
pub use storms::short_or_long;
pub use world::{BASE_URL, Place, Work, World, at, details};

pub use site::{paths, site_files};
