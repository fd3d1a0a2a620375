//! Outages: as the desk keeps them, and as whoever is hit reads of them.

pub mod case;
mod form;
pub mod known;
mod list;
mod page;

pub(crate) use self::page::OutageView;
pub use self::{form::NewOutagePage, list::OutagesPage, page::OutagePage};
