//! Pages: each asks `api` for what it shows and lays it out with `components`. The routes are in [`super::routes`].

pub mod gallery;
pub mod line;
pub mod mails;
pub mod minutes;
pub mod money;
pub mod ordering;
pub mod people;
pub mod problem;
mod words;
pub mod work;
