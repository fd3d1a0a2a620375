//! Closing the work.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{
    base::{ids::ReportBlockId, numbers::RequestNumber},
    problem::Problem,
};

access! {
    CloseWork: Technician,
}

/// Closes the work with a report in the customer's words, and settles it: `finished` closes the request, else it waits for
/// another time. A form that is sent by the button of a block of text to `insert` only comes back, with that at its end.
///
/// # Errors
/// [`Problem::Invalid`] without a report, [`Problem::Work`] when nothing was done; [`Problem::NotSent`] with a block to insert.
#[server(endpoint = "work/close")]
pub async fn close_work(
    number: RequestNumber,
    #[server(default)] report: String,
    finished: Option<bool>,
    insert: Option<ReportBlockId>,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::closing},
    };
    let technician = request::caller()?.technician()?;
    if insert.is_some() {
        return Err(Problem::NotSent);
    }
    closing::close(&request::app()?, &technician, number, &report, finished, key).await?;
    request::see_other(&paths::workbench(number))
}
