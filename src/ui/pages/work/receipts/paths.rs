//! Which receipt a page is about.

use crate::{
    model::{base::numbers::InterventionRef, problem::Problem},
    ui,
};

/// The intervention whose receipt this is.
pub(super) fn intervention_in_path() -> Result<InterventionRef, Problem> {
    Ok(InterventionRef { number: ui::path_value("number")?, ordinal: ui::path_value("ordinal")? })
}
