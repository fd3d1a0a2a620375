//! A draft on three screens. What was answered lives in the draft on the server, so every page can be left, reloaded and come
//! back to.

mod confirm;
mod files;
pub(super) mod subjects;
mod time;
mod unfinished;
mod urgency;
mod what;

pub use self::{
    confirm::DraftConfirmPage,
    time::DraftTimePage,
    what::{DraftFormerPage, DraftWhatPage, NewOrderPage},
};
