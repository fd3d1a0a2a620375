//! Programs: added, renamed and retired by managers.

use crate::{
    model::{
        base::{bilingual::Bilingual, fields::FieldCode, ids::ProgramId, seen::Seen},
        line::programs::{KeptProgram, ProgramPage, ProgramsPage, check_name, check_version},
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
pub async fn program_page(app: &App, _manager: &Manager, id: ProgramId) -> Result<ProgramPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(ProgramPage {
        program: programs::all(&mut tx, Some(id)).await?.pop().ok_or(Problem::NotFound)?,
        versions: programs::versions(&mut tx, Some(id)).await?,
    })
}

/// Lists a version of a program; the same form once more finds it listed.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, a version that was released on another day included;
/// [`Problem::NotFound`].
pub async fn add_version(
    app: &App,
    _manager: &Manager,
    id: ProgramId,
    (name, released_on): (&str, &str),
) -> Result<(), Problem> {
    let (name, released_on) = check_version(name, released_on).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        programs::all(&mut tx, Some(id)).await?.pop().ok_or(Problem::NotFound)?;
        if !programs::insert_version(&mut tx, id, &name, released_on).await? {
            let known = programs::versions(&mut tx, Some(id)).await?;
            let is_the_same = known.iter().any(|known| known.name == name && known.released_on == released_on);
            return if is_the_same { Ok(()) } else { Err(Problem::field("version", FieldCode::AlreadyUsed)) };
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Lists a version no more; whoever runs it still does, and what was ordered stays.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn remove_version(app: &App, _manager: &Manager, id: ProgramId, name: &str) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    programs::delete_version(&mut tx, id, name).await?;
    Ok(tx.commit().await?)
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
