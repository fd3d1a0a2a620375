//! Response tiers: added, changed, put in order and retired by managers.

use chrono::{DateTime, Utc};

use super::{catalogue_changes, programs::name_is_used};
use crate::{
    model::{
        base::{bilingual::Bilingual, fields::FieldCode, seen::Seen},
        line::{
            catalogue_changes::CatalogueRow,
            programs::{check_name, code_of_name},
            tiers::{KeptTier, TierPage, TiersPage, TypedTier, name_fields},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            OnConstraint, Tx,
            line::tiers,
            locks::{self, Lock},
            retrying,
        },
    },
};

/// All tiers.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<TiersPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(TiersPage { tiers: tiers::all(&mut tx, app.clock.now()).await? })
}

/// One tier.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn tier_page(app: &App, _manager: &Manager, code: &str) -> Result<TierPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let tier = find(&mut tx, code, now).await?;
    let history = catalogue_changes::history(&mut tx, CatalogueRow::Tier(code.to_owned()), now).await?;
    Ok(TierPage { tier, history })
}

async fn find(tx: &mut Tx, code: &str, now: DateTime<Utc>) -> Result<KeptTier, Problem> {
    tiers::all(tx, now).await?.into_iter().find(|known| known.tier.code == code).ok_or(Problem::NotFound)
}

/// Adds a tier behind the others; the same form once more finds it added.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, a name that another tier has included.
pub async fn add(app: &App, _manager: &Manager, typed: &TypedTier) -> Result<(), Problem> {
    let tier = typed.check(code_of_name(&typed.name.cs)).map_err(|fields| Problem::Invalid { fields })?;
    if tier.code.is_empty() {
        return Err(Problem::field("name", FieldCode::TooShort));
    }
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        if tiers::all(&mut tx, app.clock.now()).await?.iter().any(|known| known.tier == tier) {
            return Ok(());
        }
        tiers::insert(&mut tx, &tier).await.on_constraints([
            ("tier_code_is_one_only", name_is_used()),
            ("tier_name_is_one_only", name_is_used()),
            // Somebody else added one at the same moment.
            ("response_tier_position_key", Problem::Conflict),
        ])?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Writes what a tier is called, at once and everywhere. What it promises changes from a day on ([`catalogue_changes`]).
///
/// # Errors
/// As [`add`]; [`Problem::ChangedMeanwhile`]; [`Problem::NotFound`].
pub async fn rename(app: &App, _manager: &Manager, code: &str, typed: &Bilingual, seen: &Seen) -> Result<(), Problem> {
    let name = check_name(typed).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        locks::take(&mut tx, Lock::Saving).await?;
        let now = find(&mut tx, code, app.clock.now()).await?;
        seen.admit(&name_fields(&now.tier.name), &name_fields(&name))?;
        if !tiers::rename(&mut tx, code, &name).await.on_constraint("tier_name_is_one_only", name_is_used())? {
            return Err(Problem::NotFound);
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Exchanges a tier with the one before it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn move_up(app: &App, _manager: &Manager, code: &str) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        tiers::move_up(&mut tx, code).await?;
        Ok(tx.commit().await?)
    })
    .await
}
