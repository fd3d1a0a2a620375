//! Outages: as the desk keeps them, and as whoever is hit reads of them.

pub mod case;
mod ends;
mod form;
pub mod known;
mod list;
mod page;

pub(crate) use self::{ends::EndView, page::OutageView};
pub use self::{ends::OutageEndPage, form::NewOutagePage, list::OutagesPage, page::OutagePage};
