//! Which draft a page is about.

use leptos::prelude::WithUntracked;
use leptos_router::hooks::use_params_map;

use crate::model::{base::ids::RequestId, problem::Problem};

/// The draft whose page this is, if the path names one. What is no identity at all names a draft that there is not.
pub(super) fn draft_if_in_path() -> Option<Result<RequestId, Problem>> {
    let id = use_params_map().with_untracked(|params| params.get("id"))?;
    Some(id.parse().map_err(|_| Problem::NotFound))
}
