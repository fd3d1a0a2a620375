//! Agreed times at which no technician came.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::paging::Queue, problem::Problem, work::pages};

access! {
    MissedVisits: Staff,
}

/// Requests whose agreed time we missed and that have no other one yet: a technician's own, everybody's for dispatchers and
/// managers.
///
/// # Errors
/// [`Problem::Forbidden`] for all but staff.
#[server(endpoint = "desk/missed", input = GetUrl)]
pub async fn missed_visits() -> Result<Queue<pages::MissedCase>, Problem> {
    use crate::server::{request, service::work::missed};
    missed::waiting(&request::app()?, &request::caller()?.staff()?).await
}
