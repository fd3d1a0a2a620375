//! Taking over tables of another system.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{ordering::imports as view, problem::Problem};

access! {
    ImportPage: Manager,
    ImportTables: Manager confirmed,
}

/// `/settings/import`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "imports", input = GetUrl)]
pub async fn import_page() -> Result<view::ImportPage, Problem> {
    use crate::server::{request, service::ordering::imports};
    imports::page(&request::app()?, &request::caller()?.manager()?).await
}

/// Takes over the tables of a file, or tries to: its bytes in hexadecimal digits, which an upload becomes on its way in.
///
/// # Errors
/// [`Problem::Invalid`] without a file, [`Problem::Busy`] while another import runs.
#[server(endpoint = "imports/send")]
pub async fn import_tables(
    #[server(default)] file: String,
    #[server(default)] file_name: String,
    #[server(default)] dry_run: bool,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::imports},
    };
    imports::import_sent(&request::app()?, &request::caller()?.confirmed()?.manager()?, &file_name, &file, dry_run)
        .await?;
    request::see_other(&format!("{}#result", paths::IMPORT))
}
