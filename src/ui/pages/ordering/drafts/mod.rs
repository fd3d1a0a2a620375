//! A draft, one question per page. What was answered lives in the draft on the server, so every page can be left,
//! reloaded and come back to.

mod confirm;
mod details;
mod paths;
mod program;
mod time;
mod urgency;
mod work_type;

pub use self::{
    confirm::DraftConfirmPage, details::DraftDetailsPage, program::DraftProgramPage, time::DraftTimePage,
    urgency::DraftUrgencyPage, work_type::DraftWorkTypePage,
};
