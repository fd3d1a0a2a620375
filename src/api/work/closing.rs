//! Closing the work.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{base::numbers::RequestNumber, problem::Problem};

access! {
    CloseWork: Technician,
}

/// Closes the work with a report in the customer's words, and settles it: `finished` closes the request, else it waits for
/// another time.
///
/// # Errors
/// [`Problem::Invalid`] without a report, [`Problem::Work`] when nothing was done.
#[server(endpoint = "work/close")]
pub async fn close_work(
    number: RequestNumber,
    #[server(default)] report: String,
    finished: Option<bool>,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::closing},
    };
    closing::close(&request::app()?, &request::caller()?.technician()?, number, &report, finished, key).await?;
    request::see_other(&paths::workbench(number))
}
