//! What managers decide about evidence: what TeamViewer calls each technician, and how long connections are kept.

use std::collections::BTreeMap;

use chrono::DateTime;

use super::connection_reports::{place, standing};
use crate::{
    model::{
        base::{ids::StaffId, seen::Seen},
        problem::Problem,
        work::teamviewer::{TeamviewerForm, TeamviewerPage},
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            OnConstraint, Tx,
            locks::{self, Lock},
            work::teamviewer,
        },
    },
};

/// What is decided, and how asking TeamViewer goes.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager) -> Result<TeamviewerPage, Problem> {
    let mut tx = app.db.staff().await?;
    let technicians = teamviewer::technicians(&mut tx).await?;
    let form = shown(&mut tx, &technicians).await?;
    Ok(TeamviewerPage { form, technicians, fetch: standing(&mut tx, app).await? })
}

/// What is kept of those who work here.
async fn shown(tx: &mut Tx, technicians: &[(StaffId, String)]) -> Result<TeamviewerForm, Problem> {
    let kept = teamviewer::setup(tx).await?;
    let names = kept.names.into_iter().filter(|(id, _)| technicians.iter().any(|(known, _)| known == id));
    Ok(TeamviewerForm { names: names.collect(), kept_days: kept.kept_days })
}

/// Keeps what is decided; connections that were nobody's are looked at again.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::ChangedMeanwhile`].
pub async fn save(
    app: &App,
    _: &Manager,
    kept_days: &str,
    names: BTreeMap<StaffId, String>,
    seen: &Seen,
) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let technicians = teamviewer::technicians(&mut tx).await?;
    let known: Vec<_> = technicians.iter().map(|(id, _)| *id).collect();
    if names.keys().any(|id| !known.contains(id)) {
        return Err(Problem::NotFound);
    }
    let typed = TeamviewerForm { kept_days: kept_days.to_owned(), names };
    let setup = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    seen.admit(&shown(&mut tx, &technicians).await?.fields(), &typed.fields())?;
    teamviewer::save(&mut tx, &known, &setup)
        .await
        // Letters that are the same to the database alone.
        .on_constraint("one_technician_of_a_name", Problem::Conflict)?;
    tx.commit().await?;
    place(app, DateTime::UNIX_EPOCH).await
}
