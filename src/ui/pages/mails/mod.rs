//! Mails.

pub mod demo_mails;
pub(crate) mod desk;
