//! Sessions of TeamViewer (design, Evidence): made before agreed times where TeamViewer can be asked, and put there by whoever made one.

use chrono::TimeDelta;
use serde_json::json;

use super::connection_reports::note_failure;
use crate::{
    model::{
        base::{calendar::to_local, ids::RequestId, numbers::RequestNumber},
        ordering::appointments::AppointmentState,
        problem::Problem,
        work::{interventions::WorkRefused, remote_sessions::SessionLink},
    },
    server::{
        app::App,
        auth::Staff,
        db::{
            ordering::requests,
            queue,
            work::{
                remote_sessions::{self, Wanted},
                visits,
            },
        },
        teamviewer::{NewSession, TeamviewerError},
    },
};

/// How long before an agreed time its session is made.
const AHEAD: TimeDelta = TimeDelta::hours(2);

/// Why no session was made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// TeamViewer makes none.
    #[error(transparent)]
    Teamviewer(#[from] TeamviewerError),
    /// It could not be written down.
    #[error("{0}")]
    Problem(#[from] Problem),
}

/// Has sessions made for the agreed times that begin soon: once, however many processes do so. Nothing where TeamViewer is not asked.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn want(app: &App) -> Result<(), Problem> {
    if !app.teamviewer.is_on() {
        return Ok(());
    }
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    for request in remote_sessions::want(&mut tx, now, now + AHEAD).await? {
        queue::job(&mut tx, "make_session", &json!({ "request": request }), &request.to_string()).await?;
    }
    Ok(tx.commit().await?)
}

/// Has TeamViewer make the session of a request. That it is asked is written down before: whoever comes after one that died looks first
/// for what was made.
///
/// # Errors
/// [`MakeError`]: then it is tried again later.
pub async fn make(app: &App, request: RequestId) -> Result<(), MakeError> {
    let now = app.clock.now();
    let wanted = {
        let mut tx = app.db.system().await.map_err(Problem::from)?;
        let wanted = remote_sessions::note_asked(&mut tx, request, now).await.map_err(Problem::from)?;
        tx.commit().await.map_err(Problem::from)?;
        wanted
    };
    let Some(wanted) = wanted else { return Ok(()) };
    let made = match ask(app, request, &wanted).await {
        Ok(made) => made,
        Err(error) => {
            note_failure(app, error.failure(), now).await?;
            return Err(error.into());
        }
    };
    let Some(link) = made else { return Ok(()) };
    let mut tx = app.db.system().await.map_err(Problem::from)?;
    remote_sessions::keep(&mut tx, request, &wanted, &link).await.map_err(Problem::from)?;
    Ok(tx.commit().await.map_err(Problem::from)?)
}

async fn ask(app: &App, request: RequestId, wanted: &Wanted) -> Result<Option<SessionLink>, TeamviewerError> {
    let key = match wanted.appointment {
        Some(appointment) => format!("linka:{request}:{appointment}"),
        None => format!("linka:{request}:{}", wanted.day),
    };
    if wanted.asked_before
        && let Some(made) = app.teamviewer.session(&key).await?
    {
        return Ok(Some(made));
    }
    // The number and nothing of the customer: what stands there is read by whoever has an account with the vendor.
    let description = wanted.number.to_string();
    app.teamviewer.new_session(NewSession { key: &key, description: &description }).await
}

/// Puts a session there that somebody has made, in the place of any; nothing typed takes it away.
///
/// # Errors
/// [`Problem::Invalid`] for what is no address or code of TeamViewer's; [`Problem::Work`] when it is another's appointment;
/// [`Problem::Conflict`] when no time is ahead or under way.
pub async fn give(app: &App, staff: &Staff, number: RequestNumber, typed: &str) -> Result<(), Problem> {
    let link = match typed.trim() {
        "" => None,
        typed => Some(SessionLink::typed(typed).map_err(|code| Problem::field("session_link", code))?),
    };
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let visit = visits::latest(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    if visit.technician != staff.id() && !staff.roles().is_desk() {
        return Err(WorkRefused::NotYours.into());
    }
    let is_agreed = matches!(visit.appointment.state, AppointmentState::Confirmed | AppointmentState::Running);
    if !is_agreed || visit.appointment.slot.end <= now {
        return Err(Problem::Conflict);
    }
    match link {
        None => remote_sessions::take_away(&mut tx, visit.request).await?,
        Some(link) => {
            let day = to_local(visit.appointment.slot.start).date();
            let whose = (visit.request, visit.customer);
            remote_sessions::give(&mut tx, whose, (day, visit.appointment_id), &link, staff.id(), now).await?;
        }
    }
    Ok(tx.commit().await?)
}
