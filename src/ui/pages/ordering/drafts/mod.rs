//! A draft, one question per page. What was answered lives in the draft on the server, so every page can be left,
//! reloaded and come back to.

mod confirm;
mod details;
mod program;
mod time;
mod urgency;
mod work_type;

use leptos::prelude::WithUntracked;
use leptos_router::hooks::use_params_map;

pub use self::{
    confirm::DraftConfirmPage, details::DraftDetailsPage, program::DraftProgramPage, time::DraftTimePage,
    urgency::DraftUrgencyPage, work_type::DraftWorkTypePage,
};
use crate::model::{base::ids::RequestId, problem::Problem};

/// The draft whose page this is.
fn draft_in_path() -> Result<RequestId, Problem> {
    draft_if_in_path().unwrap_or(Err(Problem::NotFound))
}

/// The draft whose page this is, if the path names one. What is no identity at all names a draft that there is not.
fn draft_if_in_path() -> Option<Result<RequestId, Problem>> {
    let id = use_params_map().with_untracked(|params| params.get("id"))?;
    Some(id.parse().map_err(|_| Problem::NotFound))
}
