//! Ordering: from a draft to an agreed time, and the life of a request.

pub mod again;
pub mod appointments;
pub mod conversations;
pub mod drafts;
pub mod feeds;
pub mod former_requests;
pub mod home;
pub mod imports;
pub mod offline;
pub mod outages;
mod overlap;
pub mod redistribution;
pub mod requests;
pub mod visitors;
