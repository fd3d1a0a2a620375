//! What the catalogue says from a day on: changed by managers, shown what changes before it does.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::setting_changes::{day, instant, plannable};
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::{midnight, to_local},
            fields::{FieldCode, FieldProblem},
        },
        line::{
            catalogue::BASIC_TIER,
            catalogue_changes::{
                CatalogueChangePreview, CatalogueHistory, CatalogueRow, CatalogueTerm, CatalogueTerms, TermValue,
            },
            needed::Needed,
            setting_changes::ChangeState,
        },
        people::staff::Skill,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            DbError, OnConstraint, Tx,
            line::{
                catalogue_changes::{self, NewCatalogueChange},
                work_types,
            },
            locks::{self, Lock},
            retrying,
        },
    },
};

/// What holds of a row now, and what was and will be changed of it.
pub(super) async fn history(tx: &mut Tx, row: CatalogueRow, now: DateTime<Utc>) -> Result<CatalogueHistory, Problem> {
    Ok(CatalogueHistory {
        now: known(tx, &row, now, now).await?.1,
        today: to_local(now).date(),
        changes: catalogue_changes::of_row(tx, &row, now).await?,
        skills: skills(tx, &row).await?,
        row,
    })
}

/// The names of skills, where a row speaks of them.
async fn skills(tx: &mut Tx, row: &CatalogueRow) -> Result<Vec<Skill>, DbError> {
    match row {
        CatalogueRow::WorkType(_) => Ok(work_types::skills(tx).await?.into_iter().map(|known| known.skill).collect()),
        CatalogueRow::Tier(_) | CatalogueRow::Region(_) => Ok(Vec::new()),
    }
}

async fn known(
    tx: &mut Tx,
    row: &CatalogueRow,
    at: DateTime<Utc>,
    known: DateTime<Utc>,
) -> Result<(Bilingual, CatalogueTerms), Problem> {
    catalogue_changes::terms_known(tx, row, at, known).await?.ok_or(Problem::NotFound)
}

/// The day and the terms of a change as they were typed into the form that showed `shown`.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, a day that has passed and a skill that there is not included;
/// [`Problem::Needed`] when the tier of whoever has no contract would be retired.
pub async fn check(
    app: &App,
    _manager: &Manager,
    row: &CatalogueRow,
    valid_from: &str,
    typed: Result<CatalogueTerms, Vec<FieldProblem>>,
    shown: &CatalogueTerms,
) -> Result<(NaiveDate, CatalogueTerms), Problem> {
    let from = day(valid_from, app.clock.now()).map_err(|code| FieldProblem::new("valid_from", code));
    let typed = match typed {
        Ok(typed) if knows_skill(app, row, &typed).await? => Ok(typed),
        Ok(_) => Err(vec![FieldProblem::new("skill", FieldCode::Unknown)]),
        Err(fields) => Err(fields),
    };
    match (typed, from) {
        (Ok(typed), Ok(from)) => {
            let change = typed.differing_from(shown);
            if !change.0.is_empty() && !change.may_change(row) {
                return Err(refused(row));
            }
            Ok((from, change))
        }
        (typed, from) => {
            let mut fields = typed.err().unwrap_or_default();
            fields.extend(from.err());
            Err(Problem::Invalid { fields })
        }
    }
}

/// Whether the skill of some terms, if they name one, is there.
async fn knows_skill(app: &App, row: &CatalogueRow, terms: &CatalogueTerms) -> Result<bool, Problem> {
    let Some(TermValue::Text(code)) = terms.0.get(&CatalogueTerm::Skill) else { return Ok(true) };
    let mut tx = app.db.staff().await?;
    Ok(skills(&mut tx, row).await?.iter().any(|skill| skill.code == *code))
}

/// Why a row cannot be changed so.
fn refused(row: &CatalogueRow) -> Problem {
    match row {
        CatalogueRow::Tier(code) if code == BASIC_TIER => Problem::Needed(Needed::BasicTier),
        _ => Problem::NotFound,
    }
}

/// What a change would bring; without a day, from now on.
///
/// # Errors
/// [`Problem::NotFound`] for a row that is not there, for what it cannot say, and for a day that has passed.
pub async fn preview(
    app: &App,
    _manager: &Manager,
    row: CatalogueRow,
    from: Option<NaiveDate>,
    new: CatalogueTerms,
) -> Result<CatalogueChangePreview, Problem> {
    let now = app.clock.now();
    let from = from.unwrap_or_else(|| to_local(now).date());
    plannable(from, now).map_err(|_| Problem::NotFound)?;
    if !new.0.is_empty() && !new.may_change(&row) {
        return Err(refused(&row));
    }
    if !knows_skill(app, &row, &new).await? {
        return Err(Problem::NotFound);
    }
    let starts = instant(from, now);
    let mut tx = app.db.staff().await?;
    let (name, terms) = known(&mut tx, &row, starts, now).await?;
    let mut later = catalogue_changes::of_row(&mut tx, &row, now).await?;
    later.retain(|change| {
        change.state == ChangeState::Coming
            && change.valid_from > starts
            && change.terms.0.keys().any(|term| new.0.contains_key(term))
    });
    later.reverse();
    Ok(CatalogueChangePreview {
        id: app.random.uuid(),
        name,
        from,
        at_once: midnight(from) <= now,
        old: terms.of_those_in(&new),
        new,
        later,
        open_requests: catalogue_changes::open_requests(&mut tx, &row).await?,
        skills: skills(&mut tx, &row).await?,
        row,
    })
}

/// Makes the change that was shown; the same form once more finds it made.
///
/// # Errors
/// [`Problem::Conflict`] when what was shown as holding until then does not hold any more, or nothing would change;
/// [`Problem::Invalid`] when the day has passed; [`Problem::NotFound`].
pub async fn make(
    app: &App,
    manager: &Manager,
    (row, id): (&CatalogueRow, Uuid),
    from: NaiveDate,
    new: &CatalogueTerms,
    shown: &CatalogueTerms,
) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        // Of two that were shown the same, one is made and the other is shown what holds now.
        locks::take(&mut tx, Lock::CatalogueChanges).await?;
        if catalogue_changes::of_row(&mut tx, row, now).await?.iter().any(|change| change.id == id) {
            return Ok(());
        }
        plannable(from, now).map_err(|code| Problem::field("valid_from", code))?;
        let valid_from = instant(from, now);
        let (_, terms) = known(&mut tx, row, valid_from, now).await?;
        if terms.of_those_in(new) != *shown || new == shown {
            return Err(Problem::Conflict);
        }
        if !new.may_change(row) {
            return Err(refused(row));
        }
        let change = NewCatalogueChange { id, row, valid_from, made_at: now, made_by: manager.id(), terms: new };
        catalogue_changes::insert(&mut tx, &change)
            .await
            .on_constraint("skill_is_known", Problem::field("skill", FieldCode::Unknown))?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Withdraws a change that is still to come; one that was withdrawn is withdrawn.
///
/// # Errors
/// [`Problem::Conflict`] when its day has come, [`Problem::NotFound`].
pub async fn withdraw(app: &App, manager: &Manager, row: &CatalogueRow, id: Uuid) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        // What a colleague was shown as holding is compared before it is changed: nothing is withdrawn in between.
        locks::take(&mut tx, Lock::CatalogueChanges).await?;
        if catalogue_changes::withdraw(&mut tx, row, id, manager.id(), now).await? {
            return Ok(tx.commit().await?);
        }
        let known = catalogue_changes::of_row(&mut tx, row, now).await?;
        let known = known.into_iter().find(|change| change.id == id).ok_or(Problem::NotFound)?;
        if known.state == ChangeState::Withdrawn { Ok(()) } else { Err(Problem::Conflict) }
    })
    .await
}
