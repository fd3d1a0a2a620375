//! What the tests share: a small world in a fresh database, and the portal served from it.

mod site;
mod world;

pub use site::{Answer, Site};
pub use world::{BASE_URL, MONDAY_8, Place, World, at, details};

pub use site::{paths, site_files};
