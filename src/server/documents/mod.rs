//! Documents: what people print, file and calculate with.
//!
//! Every document says what the page says, in the language of the reader, and is a function of what it is made from: the
//! same receipt gives the same bytes. Words come from the catalogue of texts, layout from `templates`.

pub mod receipt;

mod printing;

pub use printing::NotPrinted;
