//! Reports of connections, and what managers decide about them.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{ids::RemoteConnectionId, seen::Seen},
    problem::Problem,
    work::connection_reports as view,
};

access! {
    ConnectionsPage: Corrector,
    ImportConnections: Corrector,
    TeamviewerPage: Manager,
    SaveTeamviewer: Manager,
}

/// `/work/connections`: those that belong to no visit, or all.
///
/// # Errors
/// [`Problem::Forbidden`] for all but technicians and managers.
#[server(endpoint = "work/connections", input = GetUrl)]
pub async fn connections_page(
    #[server(default)] all: bool,
    after: Option<RemoteConnectionId>,
) -> Result<view::ConnectionsPage, Problem> {
    use crate::server::{request, service::work::connection_reports};
    connection_reports::page(&request::app()?, &request::caller()?.corrector()?, all, after).await
}

/// Takes a table of connections in: its bytes in hexadecimal digits, which an upload becomes on its way in.
///
/// # Errors
/// [`Problem::Invalid`] without a file.
#[server(endpoint = "work/import-connections")]
pub async fn import_connections(
    #[server(default)] file: String,
    #[server(default)] file_name: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::connection_reports},
    };
    connection_reports::import_sent(&request::app()?, &request::caller()?.corrector()?, &file_name, &file).await?;
    request::see_other(paths::CONNECTIONS)
}

/// `/settings/teamviewer`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/teamviewer", input = GetUrl)]
pub async fn teamviewer_page() -> Result<view::TeamviewerPage, Problem> {
    use crate::server::{request, service::work::teamviewer};
    teamviewer::page(&request::app()?, &request::caller()?.manager()?).await
}

/// Says what TeamViewer calls each technician, and how long connections are kept.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::ChangedMeanwhile`].
#[server(endpoint = "settings/save-teamviewer")]
pub async fn save_teamviewer(
    #[server(default)] kept_days: String,
    #[server(default)] names: BTreeMap<String, String>,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::teamviewer},
    };
    use std::num::ParseIntError;
    let (app, manager) = (request::app()?, request::caller()?.manager()?);
    let names = names.into_iter().map(|(id, name)| Ok((id.parse()?, name))).collect::<Result<_, ParseIntError>>();
    let names = names.map_err(|_| Problem::Malformed)?;
    teamviewer::save(&app, &manager, &kept_days, names, &seen).await?;
    request::see_other(paths::TEAMVIEWER_SETTINGS)
}
