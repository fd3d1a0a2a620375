//! The line: what one member or customer may have of it.

mod downloads;
mod limits;
mod setup;
mod writes;
