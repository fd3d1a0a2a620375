//! Regions and the numbers to call: kept by managers.

use super::programs::name_is_used;
use crate::{
    model::{
        base::{
            fields::{FieldCode, FieldProblem, keep_line},
            ids::RegionId,
            phones::normalize_phone,
            seen::Seen,
        },
        line::needed::Needed,
        line::regions::{KeptRegion, PHONE_MAX, REGION_NAME_MAX, RegionTerms, RegionsPage, TypedRegion, prefixes},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            OnConstraint,
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
    Ok(RegionsPage { regions: regions::all(&mut tx).await? })
}

/// One region.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn region_page(app: &App, _manager: &Manager, id: RegionId) -> Result<KeptRegion, Problem> {
    let mut tx = app.db.staff().await?;
    regions::all(&mut tx).await?.into_iter().find(|known| known.id == id).ok_or(Problem::NotFound)
}

/// The region as it is kept: a number that can be called, in the groups in which it shall be read.
fn check(typed: &TypedRegion) -> Result<RegionTerms, Problem> {
    let name = keep_line(&typed.name, 1..=REGION_NAME_MAX);
    let phone = match keep_line(&typed.phone, 1..=PHONE_MAX) {
        Ok(phone) if normalize_phone(&phone).is_none() => Err(FieldCode::NotAPhone),
        phone => phone,
    };
    let postal_prefixes = prefixes(&typed.postal_prefixes).ok_or(FieldCode::Unknown);
    match (name, phone, postal_prefixes) {
        (Ok(name), Ok(phone), Ok(postal_prefixes)) => Ok(RegionTerms { name, phone, postal_prefixes }),
        (name, phone, prefixes) => {
            let wrong = [("name", name.err()), ("phone", phone.err()), ("postal_prefixes", prefixes.err())];
            let wrong = wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?)));
            Err(Problem::Invalid { fields: wrong.collect() })
        }
    }
}

/// Adds a region behind the others; the same form once more finds it added.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, a name that another region has included.
pub async fn add(app: &App, _manager: &Manager, typed: &TypedRegion) -> Result<(), Problem> {
    let terms = check(typed)?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        if regions::all(&mut tx).await?.iter().any(|known| known.terms == terms) {
            return Ok(());
        }
        regions::insert(&mut tx, &terms).await.on_constraints([
            ("region_name_is_one_only", name_is_used()),
            // Somebody else added one at the same moment.
            ("line_region_position_key", Problem::Conflict),
        ])?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Writes what a region is.
///
/// # Errors
/// As [`add`]; [`Problem::ChangedMeanwhile`]; [`Problem::NotFound`].
pub async fn save(
    app: &App,
    _manager: &Manager,
    id: RegionId,
    typed: &TypedRegion,
    seen: &Seen,
) -> Result<(), Problem> {
    let terms = check(typed)?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        locks::take(&mut tx, Lock::Saving).await?;
        let now = regions::all(&mut tx).await?.into_iter().find(|known| known.id == id).ok_or(Problem::NotFound)?;
        seen.admit(&now.terms.fields(), &terms.fields())?;
        let saved =
            regions::update(&mut tx, id, &terms).await.on_constraint("region_name_is_one_only", name_is_used())?;
        if !saved {
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
        let known = regions::all(&mut tx).await?;
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
