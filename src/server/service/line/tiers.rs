//! Response tiers: added, changed, put in order and retired by managers.

use super::programs::name_is_used;
use crate::{
    model::{
        base::fields::FieldCode,
        line::{
            needed::Needed,
            programs::code_of_name,
            tiers::{KeptTier, TiersPage, TypedTier},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{OnConstraint, line::tiers, retrying},
    },
};

/// All tiers.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<TiersPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(TiersPage { tiers: tiers::all(&mut tx).await? })
}

/// One tier.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn tier_page(app: &App, _manager: &Manager, code: &str) -> Result<KeptTier, Problem> {
    let mut tx = app.db.staff().await?;
    tiers::all(&mut tx).await?.into_iter().find(|known| known.tier.code == code).ok_or(Problem::NotFound)
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
        if tiers::all(&mut tx).await?.iter().any(|known| known.tier == tier) {
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

/// Writes what a tier promises from now on, and whether it can be agreed. Times that were agreed stay.
///
/// # Errors
/// As [`add`]; [`Problem::NotFound`]; [`Problem::Needed`] when the basic one would be retired.
pub async fn save(app: &App, _manager: &Manager, code: &str, typed: &TypedTier, active: bool) -> Result<(), Problem> {
    let tier = typed.check(code.to_owned()).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        let saved = tiers::update(&mut tx, &tier, active).await.on_constraints([
            ("tier_name_is_one_only", name_is_used()),
            ("basic_tier_stays", Problem::Needed(Needed::BasicTier)),
        ])?;
        if !saved {
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
