//! What managers decide about evidence.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::seen::Seen, problem::Problem, work::teamviewer as view};

access! {
    TeamviewerPage: Manager,
    SaveTeamviewer: Manager,
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
