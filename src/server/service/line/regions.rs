//! Regions and the numbers to call: kept by managers.

use chrono::{DateTime, Utc};

use super::{catalogue_changes, programs::name_is_used};
use crate::{
    model::{
        base::{fields::FieldCode, ids::RegionId, seen::Seen},
        line::{
            catalogue_changes::CatalogueRow,
            needed::Needed,
            regions::{KeptRegion, RegionPage, RegionTerms, RegionsPage, TypedPlace, TypedRegion},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            DbError, OnConstraint, Tx,
            line::regions,
            locks::{self, Lock},
            retrying,
        },
    },
};

/// All regions.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<RegionsPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(RegionsPage { regions: regions::all(&mut tx, app.clock.now()).await? })
}

/// One region.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn region_page(app: &App, _manager: &Manager, id: RegionId) -> Result<RegionPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let region = find(&mut tx, id, now).await?;
    let history = catalogue_changes::history(&mut tx, CatalogueRow::Region(id), now).await?;
    let customers = regions::callers(&mut tx, id).await?;
    Ok(RegionPage { region, customers, history })
}

async fn find(tx: &mut Tx, id: RegionId, now: DateTime<Utc>) -> Result<KeptRegion, Problem> {
    regions::all(tx, now).await?.into_iter().find(|known| known.id == id).ok_or(Problem::NotFound)
}

/// What the constraints say of what a form brought.
fn kept<T>(written: Result<T, DbError>) -> Result<T, Problem> {
    written.on_constraints([
        ("region_name_is_one_only", name_is_used()),
        ("prefix_is_one_regions", Problem::field("postal_prefixes", FieldCode::AlreadyUsed)),
    ])
}

/// Adds a region behind the others; the same form once more finds it added.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, a name that another region has included.
pub async fn add(app: &App, _manager: &Manager, typed: &TypedRegion) -> Result<(), Problem> {
    let terms = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        // Of two that are added at once, each has a place and postal codes of its own.
        locks::take(&mut tx, Lock::Saving).await?;
        if regions::all(&mut tx, app.clock.now()).await?.iter().any(|known| known.terms == terms) {
            return Ok(());
        }
        kept(regions::insert(&mut tx, &terms).await)?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Writes what a region is called and whose it is, at once. Its number changes from a day on ([`catalogue_changes`]).
///
/// # Errors
/// As [`add`]; [`Problem::ChangedMeanwhile`]; [`Problem::NotFound`].
pub async fn save(app: &App, _manager: &Manager, id: RegionId, typed: &TypedPlace, seen: &Seen) -> Result<(), Problem> {
    let (name, postal_prefixes) = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        locks::take(&mut tx, Lock::Saving).await?;
        let now = find(&mut tx, id, app.clock.now()).await?.terms;
        let sent = RegionTerms { name: name.clone(), postal_prefixes: postal_prefixes.clone(), ..now.clone() };
        seen.admit(&now.fields(), &sent.fields())?;
        if !kept(regions::update(&mut tx, id, &sent).await)? {
            return Err(Problem::NotFound);
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Takes a region away; one that is gone is gone.
///
/// # Errors
/// [`Problem::Needed`] for the last one, as somebody must be there to call, and for one that customers have.
pub async fn delete(app: &App, _manager: &Manager, id: RegionId) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        regions::lock(&mut tx).await?;
        let known = regions::all(&mut tx, app.clock.now()).await?;
        if known.len() == 1 && known[0].id == id {
            return Err(Problem::Needed(Needed::LastRegion));
        }
        let customers = regions::customers(&mut tx, id).await?;
        if customers > 0 {
            return Err(Problem::Needed(Needed::RegionOf { customers }));
        }
        // Somebody may choose it at this very moment: the database says no to the second of the two.
        regions::delete(&mut tx, id)
            .await
            .on_constraint("region_is_no_customers", Problem::Needed(Needed::RegionOf { customers: 1 }))?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Exchanges a region with the one before it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn move_up(app: &App, _manager: &Manager, id: RegionId) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        regions::move_up(&mut tx, id).await?;
        Ok(tx.commit().await?)
    })
    .await
}
