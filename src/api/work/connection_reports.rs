//! Reports of connections.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::{AppointmentId, RemoteConnectionId},
    problem::Problem,
    work::connection_reports as view,
};

access! {
    ConnectionsPage: Corrector,
    ImportConnections: Corrector,
    ChooseVisit: Corrector,
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

/// Gives a connection that fits visits of several requests to one of them.
///
/// # Errors
/// [`Problem::Work`] for a connection of somebody else, [`Problem::Conflict`] when the visit is none of them any more.
#[server(endpoint = "work/choose-visit")]
pub async fn choose_visit(connection: RemoteConnectionId, appointment: AppointmentId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::connection_reports},
    };
    connection_reports::choose(&request::app()?, &request::caller()?.corrector()?, connection, appointment).await?;
    request::see_other(paths::CONNECTIONS)
}
