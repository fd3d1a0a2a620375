//! What the tests share: a small world in a fresh database, and the portal served from it.

mod bench;
mod databases;
pub mod demo_cluster;
pub mod documents;
mod ending;
mod history;
mod meter;
mod portal;
mod purchases;
mod python;
mod shop;
mod site;
mod steps;
mod storms;
mod turns;
mod wire;
mod world;

pub use bench::{Bench, appointment, typed_segment};
pub use databases::{another_database, drop_database};
pub use history::closed_work;
pub use meter::Meter;
pub use portal::{Portal, listens_on, program};
pub use purchases::Bought;
pub use python::{Running, ask_python};
pub use shop::{BUNDLE, Shop, TOTAL, billing_viewer, typed_purchase};
pub use site::{Answer, Site};
pub use steps::steps;
pub use storms::short_or_long;
pub use turns::{seed, some_of};
pub use wire::Wire;
pub use world::{BASE_URL, Place, WITHOUT_LIMITS, Work, World, at, claim, details};

pub use site::{paths, site_files};
