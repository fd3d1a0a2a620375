//! The line: what one member or customer may have of it.

mod downloads;
mod licences;
mod limits;
mod writes;
