//! Ordering: from a draft to an agreed time, and the life of a request.

pub mod again;
pub mod appointments;
pub mod attachments;
pub mod conversations;
pub mod drafts;
pub mod earlier;
pub mod editing;
pub mod feeds;
pub mod former_requests;
pub mod home;
pub mod imports;
pub mod outages;
pub mod redistribution;
pub mod request_search;
pub mod requests;
pub mod undoing;
pub mod visitors;
