//! The line: what one member or customer may have of it.

mod limits;
mod writes;
