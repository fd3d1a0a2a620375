//! Kinds of work and skills: added, changed and retired by managers.

use super::{catalogue_changes, programs::name_is_used};
use crate::{
    model::{
        base::{bilingual::Bilingual, fields::FieldCode, ids::WorkTypeId, seen::Seen},
        line::{
            catalogue_changes::CatalogueRow,
            programs::{check_name, code_of_name},
            work_types::{KeptSkill, TypedWorkType, WorkTypePage, WorkTypesPage, WorkWords},
        },
        people::staff::Skill,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            DbError, OnConstraint,
            line::work_types,
            locks::{self, Lock},
            retrying,
        },
    },
};

/// All kinds of work and skills.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<WorkTypesPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(WorkTypesPage {
        work_types: work_types::all(&mut tx, None, app.clock.now()).await?,
        skills: work_types::skills(&mut tx).await?,
    })
}

/// One kind of work, or the form for a new one.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn work_type_page(app: &App, _manager: &Manager, id: Option<WorkTypeId>) -> Result<WorkTypePage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let work_type = match id {
        Some(id) => {
            let known = work_types::all(&mut tx, Some(id), now).await?.pop().ok_or(Problem::NotFound)?;
            Some((known, catalogue_changes::history(&mut tx, CatalogueRow::WorkType(id), now).await?))
        }
        None => None,
    };
    let skills = work_types::skills(&mut tx).await?.into_iter().map(|known| known.skill).collect();
    Ok(WorkTypePage { work_type, skills })
}

/// Adds a kind of work; the same form once more finds it added.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, a name that another kind has included.
pub async fn add(app: &App, _manager: &Manager, typed: &TypedWorkType) -> Result<WorkTypeId, Problem> {
    let terms = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        let known = work_types::all(&mut tx, None, app.clock.now()).await?;
        if let Some(known) = known.into_iter().find(|known| known.terms == terms) {
            return Ok(known.id);
        }
        let id = kept(work_types::insert(&mut tx, &terms).await)?;
        tx.commit().await?;
        Ok(id)
    })
    .await
}

/// Writes what a kind of work is called, at once and everywhere. How it is ordered and done changes from a day on
/// ([`catalogue_changes`]).
///
/// # Errors
/// As [`add`]; [`Problem::ChangedMeanwhile`]; [`Problem::NotFound`].
pub async fn describe(
    app: &App,
    _manager: &Manager,
    id: WorkTypeId,
    typed: &WorkWords,
    seen: &Seen,
) -> Result<(), Problem> {
    let words = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        locks::take(&mut tx, Lock::Saving).await?;
        let now = work_types::all(&mut tx, Some(id), app.clock.now()).await?.pop().ok_or(Problem::NotFound)?;
        seen.admit(&now.terms.words.fields(), &words.fields())?;
        if !kept(work_types::describe(&mut tx, id, &words).await)? {
            return Err(Problem::NotFound);
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// What the constraints say of what a form brought.
fn kept<T>(written: Result<T, DbError>) -> Result<T, Problem> {
    written.on_constraints([
        ("skill_is_known", Problem::field("skill", FieldCode::Unknown)),
        ("work_type_name_is_one_only", name_is_used()),
    ])
}

/// One skill.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn skill_page(app: &App, _manager: &Manager, code: &str) -> Result<KeptSkill, Problem> {
    let mut tx = app.db.staff().await?;
    let skills = work_types::skills(&mut tx).await?;
    skills.into_iter().find(|known| known.skill.code == code).ok_or(Problem::NotFound)
}

/// Adds a skill; the same form once more finds it added.
///
/// # Errors
/// [`Problem::Invalid`] for a name that is none, or that another skill has.
pub async fn add_skill(app: &App, _manager: &Manager, typed: &Bilingual) -> Result<(), Problem> {
    let name = check_name(typed).map_err(|fields| Problem::Invalid { fields })?;
    let skill = Skill { code: code_of_name(&name.cs), name };
    if skill.code.is_empty() {
        return Err(Problem::field("name", FieldCode::TooShort));
    }
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        if work_types::skills(&mut tx).await?.iter().any(|known| known.skill == skill) {
            return Ok(());
        }
        work_types::insert_skill(&mut tx, &skill)
            .await
            .on_constraints([("skill_code_is_one_only", name_is_used()), ("skill_name_is_one_only", name_is_used())])?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Writes how a skill is called.
///
/// # Errors
/// As [`add_skill`]; [`Problem::ChangedMeanwhile`]; [`Problem::NotFound`].
pub async fn rename_skill(
    app: &App,
    _manager: &Manager,
    code: &str,
    typed: &Bilingual,
    seen: &Seen,
) -> Result<(), Problem> {
    let skill = Skill { code: code.to_owned(), name: check_name(typed).map_err(|fields| Problem::Invalid { fields })? };
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        locks::take(&mut tx, Lock::Saving).await?;
        let known = work_types::skills(&mut tx).await?.into_iter().find(|known| known.skill.code == code);
        seen.admit(&known.ok_or(Problem::NotFound)?.skill.fields(), &skill.fields())?;
        let renamed =
            work_types::rename_skill(&mut tx, &skill).await.on_constraint("skill_name_is_one_only", name_is_used())?;
        if !renamed {
            return Err(Problem::NotFound);
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Takes a skill away that no kind of work needs and no technician has; one that is gone already is gone.
///
/// # Errors
/// [`Problem::Conflict`] while something needs it.
pub async fn delete_skill(app: &App, _manager: &Manager, code: &str) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        work_types::delete_skill(&mut tx, code).await.on_constraints([
            ("skill_is_known", Problem::Conflict),
            ("technician_skill_is_known", Problem::Conflict),
        ])?;
        Ok(tx.commit().await?)
    })
    .await
}
