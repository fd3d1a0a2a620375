//! Reports of connections (design, Evidence): tables that somebody brings, TeamViewer's interface, and whose each connection is.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{AppointmentId, RemoteConnectionId},
        },
        ordering::imports::{ImportFault, LineProblem},
        problem::Problem,
        work::{
            connection_reports::{ConnectionsPage, ImportedReport, PROBLEMS_TOLD, ReportedConnection, read_report},
            interventions::WorkRefused,
            teamviewer::{FetchStanding, TeamviewerFailure},
        },
    },
    server::{
        app::App,
        auth::Corrector,
        db::{
            Tx, queue,
            work::{connection_reports, teamviewer},
        },
        sheets::{self, SourceFile},
        teamviewer::TeamviewerError,
    },
};

/// How often TeamViewer is asked: what was connected stands beside the clock before the work is closed, as a rule.
const PAUSE: Duration = Duration::from_secs(10 * 60);
/// How far before what is known it is asked again: a connection is told when it has ended, under the day on which it began.
const AGAIN: TimeDelta = TimeDelta::days(1);
/// How far back it is asked at first.
const AT_FIRST: TimeDelta = TimeDelta::days(7);
/// How many parts a report has at most.
const MOST_PARTS: usize = 200;
/// How many connections are written by one statement.
const AT_ONCE: usize = 500;
/// How far back it is looked for whose connections are that are nobody's, each minute.
const LATELY: TimeDelta = TimeDelta::days(8);

/// The connections that are kept, the latest first.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(
    app: &App,
    corrector: &Corrector,
    is_all: bool,
    after: Option<RemoteConnectionId>,
) -> Result<ConnectionsPage, Problem> {
    let mut tx = app.db.staff().await?;
    let chooser = (!corrector.is_manager()).then(|| corrector.id());
    Ok(ConnectionsPage {
        connections: connection_reports::page(&mut tx, is_all, chooser, after).await?,
        is_all,
        imports: connection_reports::imports(&mut tx).await?,
        fetch: standing(&mut tx, app).await?,
        may_set_up: corrector.is_manager(),
    })
}

/// How asking TeamViewer goes.
pub(super) async fn standing(tx: &mut Tx, app: &App) -> Result<FetchStanding, Problem> {
    let is_on = app.teamviewer.is_on();
    let known = teamviewer::standing(tx).await?;
    // What nobody asks any more fails no more.
    Ok(FetchStanding { is_on, failing: known.failing.filter(|_| is_on), ..known })
}

/// Gives a connection that fits visits of several requests to one of them: whoever was connected says so, or a manager. Twice is the same
/// as once.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Work`] for a connection of somebody else; [`Problem::Conflict`] when the visit is none of them any more.
pub async fn choose(
    app: &App,
    corrector: &Corrector,
    connection: RemoteConnectionId,
    appointment: AppointmentId,
) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    let (technician, placed) = connection_reports::whose(&mut tx, connection).await?.ok_or(Problem::NotFound)?;
    if !corrector.is_manager() && technician != Some(corrector.id()) {
        return Err(WorkRefused::NotYours.into());
    }
    if placed == Some(appointment) {
        return Ok(());
    }
    if !connection_reports::choose(&mut tx, connection, appointment, corrector.id()).await? {
        return Err(Problem::Conflict);
    }
    Ok(tx.commit().await?)
}

/// Takes a table of connections in that was sent: its bytes in hexadecimal digits. What is known is left alone, so that the same table
/// twice is the same as once; lines that cannot be read are told.
///
/// # Errors
/// [`Problem::Invalid`] without a file, and for one that is no table.
pub async fn import_sent(app: &App, corrector: &Corrector, file_name: &str, file: &str) -> Result<(), Problem> {
    if file.is_empty() {
        return Err(Problem::field("file", FieldCode::Missing));
    }
    let bytes = hex::decode(file).map_err(|_| Problem::Malformed)?;
    let (connections, problems) = read(file_name, bytes);
    if problems.iter().any(|problem| problem.fault == ImportFault::UnknownFile) {
        return Err(Problem::field("file", FieldCode::DoesNotMatch));
    }
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let mut taken = 0;
    for some in connections.chunks(AT_ONCE) {
        taken += connection_reports::take(&mut tx, some, now).await?;
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let taken = u32::try_from(taken).unwrap_or(u32::MAX);
    let name = sheets::name(file_name);
    let imported = ImportedReport {
        at: now,
        by: String::new(),
        file_name: if name.is_empty() { "–".to_owned() } else { name },
        taken,
        known: count(connections.len()).saturating_sub(taken),
        wrong: count(problems.len()),
        problems: problems.into_iter().take(PROBLEMS_TOLD).collect(),
    };
    connection_reports::note_import(&mut tx, corrector.id(), &imported).await?;
    tx.commit().await?;
    place(app, DateTime::UNIX_EPOCH).await
}

/// The connections of all tables of a file, and the lines that cannot be read.
fn read(file_name: &str, bytes: Vec<u8>) -> (Vec<ReportedConnection>, Vec<LineProblem>) {
    let (tables, mut problems) = sheets::read(&[SourceFile { name: file_name.to_owned(), bytes }]);
    let mut connections = Vec::new();
    for table in tables {
        let (found, wrong) = read_report(&table.file, &table.header, &table.lines);
        connections.extend(found);
        problems.extend(wrong);
    }
    (connections, problems)
}

/// Looks for whose those connections are that began lately and are nobody's: somebody may have written a computer or a time down since.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn place_new(app: &App) -> Result<(), Problem> {
    place(app, app.clock.now() - LATELY).await
}

/// Looks for whose connections are that are nobody's, of those that began since an instant.
pub(super) async fn place(app: &App, since: DateTime<Utc>) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    connection_reports::place(&mut tx, since).await?;
    Ok(tx.commit().await?)
}

/// Queues that TeamViewer is asked, where it can be and has not been of late: once, however many processes do so.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn queue_fetch(app: &App) -> Result<(), Problem> {
    if !app.teamviewer.is_on() {
        return Ok(());
    }
    let mut tx = app.db.system().await?;
    if teamviewer::is_due(&mut tx, PAUSE, app.clock.now()).await? {
        queue::job(&mut tx, "fetch_connections", &json!({}), "teamviewer").await?;
    }
    Ok(tx.commit().await?)
}

/// Asks TeamViewer what was connected since a day before what is known, and takes it in, part by part. What fails is told where the
/// connections are, and is asked again in its turn.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn fetch(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let turn = {
        let mut tx = app.db.system().await?;
        let turn = teamviewer::take_turn(&mut tx, PAUSE, now).await?;
        // Before it is asked: whatever becomes of that, it was.
        tx.commit().await?;
        turn
    };
    let Some(known_until) = turn else { return Ok(()) };
    let from = known_until.map_or(now - AT_FIRST, |known| known.min(now) - AGAIN);
    match take_all(app, from, now).await? {
        Ok(is_all) => {
            let mut tx = app.db.system().await?;
            // What cannot be read today is not readable tomorrow: it keeps nobody from going on, and is told for as long as it is found.
            teamviewer::note_known(&mut tx, now, is_all).await?;
            if !is_all {
                tracing::warn!("reports of connections: one of them has no times");
                teamviewer::note_failure(&mut tx, TeamviewerFailure::Unreadable, now).await?;
            }
            tx.commit().await?;
        }
        Err(error) => {
            tracing::warn!(%error, "reports of connections");
            note_failure(app, error.failure(), now).await?;
        }
    }
    // What was taken in before it failed is there.
    place(app, from - AGAIN).await
}

/// Takes in what was connected from one instant to another, part by part. Whether that is all of it: a connection without times keeps none
/// of the others out.
async fn take_all(
    app: &App,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Result<bool, TeamviewerError>, Problem> {
    let (mut next, mut is_all) = (None::<String>, true);
    for _ in 0..MOST_PARTS {
        let part = match app.teamviewer.connections(from, until, next.as_deref()).await {
            Ok(part) => part,
            Err(error) => return Ok(Err(error)),
        };
        let kept: Vec<_> = part.connections.iter().filter_map(|told| told.keep().ok()).collect();
        is_all &= kept.len() == part.connections.len();
        let mut tx = app.db.system().await?;
        for some in kept.chunks(AT_ONCE) {
            connection_reports::take(&mut tx, some, until).await?;
        }
        tx.commit().await?;
        match part.next {
            // A part that leads to itself would lead nowhere else.
            Some(after) if next.as_ref() != Some(&after) => next = Some(after),
            _ => return Ok(Ok(is_all)),
        }
    }
    Ok(Err(TeamviewerError::Unreadable("it does not come to an end")))
}

/// Notes that TeamViewer does not do what it is asked for.
pub(super) async fn note_failure(app: &App, failure: TeamviewerFailure, now: DateTime<Utc>) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    teamviewer::note_failure(&mut tx, failure, now).await?;
    Ok(tx.commit().await?)
}

/// Forgets connections that are older than they are kept.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let days = teamviewer::kept_days(&mut tx).await?;
    connection_reports::forget(&mut tx, app.clock.now() - TimeDelta::days(days.into())).await?;
    Ok(tx.commit().await?)
}
