//! What the tests share: a small world in a fresh database, and the portal served from it.

mod portal;
mod site;
mod world;

pub use portal::Portal;
pub use site::{Answer, Site};
pub use world::{Place, Work, World, at, details};

pub use site::{paths, site_files};
