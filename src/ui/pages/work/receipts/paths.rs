//! Which receipt a page is about.

use leptos::prelude::WithUntracked;
use leptos_router::hooks::use_params_map;

use crate::model::{base::numbers::InterventionRef, problem::Problem};

/// The intervention whose receipt this is.
pub(super) fn intervention_in_path() -> Result<InterventionRef, Problem> {
    use_params_map()
        .with_untracked(|params| {
            let number = params.get("number")?.parse().ok()?;
            let ordinal = params.get("ordinal")?.parse().ok()?;
            Some(InterventionRef { number, ordinal })
        })
        .ok_or(Problem::NotFound)
}
