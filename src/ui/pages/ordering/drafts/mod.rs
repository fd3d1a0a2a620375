//! The order, one question per page. What was answered lives in the draft on the server, so every page can be left,
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
    confirm::OrderConfirmPage, details::OrderDetailsPage, program::OrderProgramPage, time::OrderTimePage,
    urgency::OrderUrgencyPage, work_type::OrderWorkTypePage,
};
use crate::model::{base::ids::RequestId, problem::Problem};

/// The order whose page this is, if the path names one. What is no identity at all names an order that there is not.
fn order_if_in_path() -> Option<Result<RequestId, Problem>> {
    let id = use_params_map().with_untracked(|params| params.get("id"))?;
    Some(id.parse().map_err(|_| Problem::NotFound))
}
