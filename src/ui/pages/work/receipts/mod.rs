//! Receipts: what an intervention took, why, and what paid for it; and objecting to a part of it.

mod calculation;
mod contest;
mod page;
mod segments;

use leptos::prelude::WithUntracked;
use leptos_router::hooks::use_params_map;

pub(crate) use self::page::ReceiptView;
pub use self::{contest::ReceiptContestPage, page::ReceiptPage};
use crate::model::{base::numbers::InterventionRef, problem::Problem};

/// The intervention whose receipt this is.
fn intervention_in_path() -> Result<InterventionRef, Problem> {
    use_params_map()
        .with_untracked(|params| {
            let number = params.get("number")?.parse().ok()?;
            let ordinal = params.get("ordinal")?.parse().ok()?;
            Some(InterventionRef { number, ordinal })
        })
        .ok_or(Problem::NotFound)
}
