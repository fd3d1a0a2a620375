//! Files that go with an order that is being written.

use leptos::prelude::*;

use crate::model::{base::ids::RequestId, problem::Problem};

access! {
    DropFiles: Orderer,
}

/// Takes the files of an order back that is not sent yet, and shows the screen on which that was asked.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when it was sent.
#[server(endpoint = "drafts/drop-files")]
pub async fn drop_files(id: RequestId, #[server(default)] first: bool) -> Result<(), Problem> {
    use crate::{
        model::{ordering::drafts::DraftStep, paths},
        server::{request, service::ordering::attachments},
    };
    attachments::drop_of_draft(&request::app()?, &request::caller()?.may_order()?, id).await?;
    request::see_other(&paths::draft_step(id, if first { DraftStep::What } else { DraftStep::Confirm }))
}
