//! A technician's own blocks of text for reports.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{base::ids::ReportBlockId, problem::Problem, work::report_blocks as view};

access! {
    ReportBlocksPage: Technician,
    ReportBlock: Technician,
    SaveReportBlock: Technician,
    StepReportBlock: Technician,
    DeleteReportBlock: Technician,
    RestoreReportBlock: Technician,
}

/// `/work/texts`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but technicians.
#[server(endpoint = "work/texts", input = GetUrl)]
pub async fn report_blocks_page() -> Result<view::ReportBlocksPage, Problem> {
    use crate::server::{request, service::work::report_blocks};
    report_blocks::page(&request::app()?, &request::caller()?.technician()?).await
}

/// One of the asking technician's blocks.
///
/// # Errors
/// [`Problem::NotFound`] for what is none of them.
#[server(endpoint = "work/text", input = GetUrl)]
pub async fn report_block(block: ReportBlockId) -> Result<view::ReportBlock, Problem> {
    use crate::server::{request, service::work::report_blocks};
    report_blocks::block(&request::app()?, &request::caller()?.technician()?, block).await
}

/// Writes a block anew, or adds one where none is named.
///
/// # Errors
/// [`Problem::Invalid`] with everything that is wrong.
#[server(endpoint = "work/save-text")]
pub async fn save_report_block(
    block: Option<ReportBlockId>,
    #[server(default)] block_title: String,
    #[server(default)] block_body: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::report_blocks},
    };
    let form = view::BlockForm { title: block_title, body: block_body };
    report_blocks::save(&request::app()?, &request::caller()?.technician()?, block, &form, key).await?;
    request::see_other(paths::REPORT_BLOCKS)
}

/// Moves a block one place up or down from where it was shown.
///
/// # Errors
/// [`Problem::Forbidden`] for all but technicians.
#[server(endpoint = "work/step-text")]
pub async fn step_report_block(block: ReportBlockId, place: u32, up: bool) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::report_blocks},
    };
    report_blocks::step(&request::app()?, &request::caller()?.technician()?, block, place, up).await?;
    request::see_other(paths::REPORT_BLOCKS)
}

/// Throws a block away.
///
/// # Errors
/// [`Problem::Forbidden`] for all but technicians.
#[server(endpoint = "work/delete-text")]
pub async fn delete_report_block(block: ReportBlockId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::report_blocks},
    };
    report_blocks::delete(&request::app()?, &request::caller()?.technician()?, block).await?;
    request::see_other(paths::REPORT_BLOCKS)
}

/// Takes a block back that was thrown away.
///
/// # Errors
/// [`Problem::Conflict`] when another one has its name by now.
#[server(endpoint = "work/restore-text")]
pub async fn restore_report_block(block: ReportBlockId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::report_blocks},
    };
    report_blocks::restore(&request::app()?, &request::caller()?.technician()?, block).await?;
    request::see_other(paths::REPORT_BLOCKS)
}
