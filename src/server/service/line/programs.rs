//! Programs: added, renamed and retired by managers.

use crate::{
    model::{
        base::{bilingual::Bilingual, fields::FieldCode, ids::ProgramId, seen::Seen},
        line::programs::{KeptProgram, ProgramsPage, check_name},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            OnConstraint,
            line::programs,
            locks::{self, Lock},
            retrying,
        },
    },
};

/// All programs.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<ProgramsPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(ProgramsPage { programs: programs::all(&mut tx, None).await? })
}

/// One program.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn program_page(app: &App, _manager: &Manager, id: ProgramId) -> Result<KeptProgram, Problem> {
    let mut tx = app.db.staff().await?;
    programs::all(&mut tx, Some(id)).await?.pop().ok_or(Problem::NotFound)
}

/// Adds a program; the same form once more finds it added.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, a name that another program has included.
pub async fn add(app: &App, _manager: &Manager, typed: &Bilingual) -> Result<(), Problem> {
    let name = check_name(typed).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        if programs::all(&mut tx, None).await?.iter().any(|known| known.name == name) {
            return Ok(());
        }
        programs::insert(&mut tx, &name).await.on_constraint("program_name_is_one_only", name_is_used())?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Writes how a program is called, and whether it can be ordered for. What was ordered stays as it is.
///
/// # Errors
/// As [`add`]; [`Problem::ChangedMeanwhile`]; [`Problem::NotFound`].
pub async fn save(
    app: &App,
    _manager: &Manager,
    id: ProgramId,
    (typed, active): (&Bilingual, bool),
    seen: &Seen,
) -> Result<(), Problem> {
    let name = check_name(typed).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        locks::take(&mut tx, Lock::Saving).await?;
        let now = programs::all(&mut tx, Some(id)).await?.pop().ok_or(Problem::NotFound)?;
        seen.admit(&now.fields(), &KeptProgram { name: name.clone(), active, ..now.clone() }.fields())?;
        let saved = programs::update(&mut tx, id, &name, active)
            .await
            .on_constraint("program_name_is_one_only", name_is_used())?;
        if !saved {
            return Err(Problem::NotFound);
        }
        Ok(tx.commit().await?)
    })
    .await
}

pub(super) fn name_is_used() -> Problem {
    Problem::field("name", FieldCode::AlreadyUsed)
}
