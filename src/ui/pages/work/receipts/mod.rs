//! Receipts: what an intervention took, why, and what paid for it; and objecting to a part of it.

mod calculation;
mod contest;
mod page;
mod segments;

pub(crate) use self::page::ReceiptView;
pub use self::{contest::ReceiptContestPage, page::ReceiptPage};
use crate::{
    model::{base::numbers::InterventionRef, problem::Problem},
    ui,
};

/// The intervention whose receipt this is.
fn intervention_in_path() -> Result<InterventionRef, Problem> {
    Ok(InterventionRef { number: ui::path_value("number")?, ordinal: ui::path_value("ordinal")? })
}
