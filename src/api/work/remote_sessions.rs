//! Sessions of TeamViewer that somebody has made.

use leptos::prelude::*;

use crate::model::{base::numbers::RequestNumber, problem::Problem};

access! {
    GiveSession: Staff,
}

/// Puts the address or the code of a session there for the agreed time of a request; nothing takes it away.
///
/// # Errors
/// [`Problem::Invalid`] for what is neither, [`Problem::Work`] when it is another's appointment.
#[server(endpoint = "work/give-session")]
pub async fn give_session(number: RequestNumber, #[server(default)] session_link: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::remote_sessions},
    };
    remote_sessions::give(&request::app()?, &request::caller()?.staff()?, number, &session_link).await?;
    request::see_other(&paths::workbench(number))
}
