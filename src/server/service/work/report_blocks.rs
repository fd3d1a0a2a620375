//! A technician's own blocks of text for reports.

use uuid::Uuid;

use crate::{
    model::{
        base::{fields::FieldCode, ids::ReportBlockId},
        problem::Problem,
        work::report_blocks::{BlockForm, MOST_BLOCKS, ReportBlock, ReportBlocksPage},
    },
    server::{
        app::App,
        auth::Technician,
        db::{
            OnConstraint, Tx,
            locks::{self, Lock},
            retrying,
            work::report_blocks,
        },
    },
};

/// The asking technician's blocks.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, technician: &Technician) -> Result<ReportBlocksPage, Problem> {
    let mut tx = app.db.staff().await?;
    let me = technician.id();
    Ok(ReportBlocksPage {
        blocks: report_blocks::of(&mut tx, me).await?,
        deleted: report_blocks::deleted(&mut tx, me).await?,
    })
}

/// One of them.
///
/// # Errors
/// [`Problem::NotFound`] for what is none of the asking technician's.
pub async fn block(app: &App, technician: &Technician, id: ReportBlockId) -> Result<ReportBlock, Problem> {
    let mut tx = app.db.staff().await?;
    let blocks = report_blocks::of(&mut tx, technician.id()).await?;
    blocks.into_iter().find(|block| block.id == id).ok_or(Problem::NotFound)
}

/// Writes a block anew, or adds one where none is named.
///
/// # Errors
/// [`Problem::Invalid`] with everything that is wrong, also when another block has its name or there are too many;
/// [`Problem::NotFound`] when it was thrown away; [`Problem::Conflict`] when the form has added another one before.
pub async fn save(
    app: &App,
    technician: &Technician,
    block: Option<ReportBlockId>,
    typed: &BlockForm,
    key: Uuid,
) -> Result<(), Problem> {
    let form = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = locked(app, technician).await?;
        match block {
            Some(block) => {
                let changed = report_blocks::change(&mut tx, technician.id(), block, &form).await;
                if !changed.on_constraint("one_block_of_a_title", taken())? {
                    return Err(Problem::NotFound);
                }
            }
            None => match report_blocks::made_alike(&mut tx, &form, key).await? {
                Some(true) => return Ok(()),
                // Gone back to, the form says something else.
                Some(false) => return Err(Problem::Conflict),
                None => add(&mut tx, technician, &form, key).await?,
            },
        }
        Ok(tx.commit().await?)
    })
    .await
}

async fn add(tx: &mut Tx, technician: &Technician, form: &BlockForm, key: Uuid) -> Result<(), Problem> {
    if report_blocks::of(tx, technician.id()).await?.len() >= MOST_BLOCKS {
        return Err(Problem::field("block_title", FieldCode::OutOfRange));
    }
    let added = report_blocks::add(tx, technician.id(), form, key).await;
    added.on_constraint("one_block_of_a_title", taken())
}

/// Another block has its name.
fn taken() -> Problem {
    Problem::field("block_title", FieldCode::AlreadyUsed)
}

/// Moves a block one place up or down. A form that has shown it at another place moves nothing.
///
/// * `place` – the place at which it was shown, from 0 on
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn step(
    app: &App,
    technician: &Technician,
    block: ReportBlockId,
    place: u32,
    is_up: bool,
) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = locked(app, technician).await?;
        let blocks = report_blocks::of(&mut tx, technician.id()).await?;
        let at = |place: Option<u32>| blocks.get(usize::try_from(place?).ok()?).map(|block| block.id);
        let other = at(if is_up { place.checked_sub(1) } else { place.checked_add(1) });
        if let Some(other) = other.filter(|_| at(Some(place)) == Some(block)) {
            report_blocks::swap(&mut tx, technician.id(), block, other).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Throws a block away; it can be taken back until the next one is.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn delete(app: &App, technician: &Technician, block: ReportBlockId) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = locked(app, technician).await?;
        report_blocks::delete(&mut tx, technician.id(), block, app.clock.now()).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Takes a block back that was thrown away.
///
/// # Errors
/// [`Problem::Conflict`] when another one has its name by now, or there are too many.
pub async fn restore(app: &App, technician: &Technician, block: ReportBlockId) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = locked(app, technician).await?;
        if report_blocks::of(&mut tx, technician.id()).await?.len() >= MOST_BLOCKS {
            return Err(Problem::Conflict);
        }
        let restored = report_blocks::restore(&mut tx, technician.id(), block).await;
        restored.on_constraint("one_block_of_a_title", Problem::Conflict)?;
        Ok(tx.commit().await?)
    })
    .await
}

/// One change of a technician's blocks at a time: each counts and orders them.
async fn locked(app: &App, technician: &Technician) -> Result<Tx, Problem> {
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::BlocksOf(technician.id())).await?;
    Ok(tx)
}
