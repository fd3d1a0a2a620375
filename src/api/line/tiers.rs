//! Response tiers as managers keep them.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::seen::Seen,
    line::{catalogue_changes::CatalogueTerms, tiers as view},
    problem::Problem,
};

access! {
    TiersPage: Manager,
    TierPage: Manager,
    AddTier: Manager,
    RenameTier: Manager,
    CheckTierChange: Manager,
    MoveTierUp: Manager,
}

/// `/settings/tiers`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "tiers/page", input = GetUrl)]
pub async fn tiers_page() -> Result<view::TiersPage, Problem> {
    use crate::server::{request, service::line::tiers};
    tiers::page(&request::app()?, &request::caller()?.manager()?).await
}

/// `/settings/tiers/{tier}`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "tiers/tier", input = GetUrl)]
pub async fn tier_page(tier: String) -> Result<view::TierPage, Problem> {
    use crate::server::{request, service::line::tiers};
    tiers::tier_page(&request::app()?, &request::caller()?.manager()?, &tier).await
}

/// Adds a tier.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "tiers/add")]
pub async fn add_tier(
    #[server(default)] name: String,
    #[server(default)] name_en: String,
    #[server(default)] urgent_target_minutes: String,
    #[server(default)] normal_lead_minutes: String,
) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, paths},
        server::{request, service::line::tiers},
    };
    let name = Bilingual { cs: name, en: name_en };
    let promise = view::TypedPromise { urgent_target_minutes, normal_lead_minutes };
    let typed = view::TypedTier { name, promise };
    tiers::add(&request::app()?, &request::caller()?.manager()?, &typed).await?;
    request::see_other(paths::TIERS)
}

/// Writes what a tier is called.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "tiers/rename")]
pub async fn rename_tier(
    tier: String,
    #[server(default)] name: String,
    #[server(default)] name_en: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, paths},
        server::{request, service::line::tiers},
    };
    let name = Bilingual { cs: name, en: name_en };
    tiers::rename(&request::app()?, &request::caller()?.manager()?, &tier, &name, &seen).await?;
    request::see_other(paths::TIERS)
}

/// Checks what was typed and leads to what the change would bring.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right, [`Problem::Needed`]
/// when the basic tier would be retired.
#[server(endpoint = "tiers/check")]
pub async fn check_tier_change(
    tier: String,
    #[server(default)] urgent_target_minutes: String,
    #[server(default)] normal_lead_minutes: String,
    #[server(default)] active: bool,
    #[server(default)] valid_from: String,
    shown: CatalogueTerms,
) -> Result<(), Problem> {
    use crate::{
        model::{line::catalogue_changes::CatalogueRow, paths},
        server::{request, service::line::catalogue_changes},
    };
    let typed = view::TypedPromise { urgent_target_minutes, normal_lead_minutes };
    let typed = typed.check().map(|(target, lead)| CatalogueTerms::of_tier(target, lead, active));
    let row = CatalogueRow::Tier(tier);
    let (app, manager) = (request::app()?, request::caller()?.manager()?);
    let (from, change) = catalogue_changes::check(&app, &manager, &row, &valid_from, typed, &shown).await?;
    request::see_other(&paths::catalogue_change(&row, from, &change))
}

/// Exchanges a tier with the one before it.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "tiers/move-up")]
pub async fn move_tier_up(tier: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::tiers},
    };
    tiers::move_up(&request::app()?, &request::caller()?.manager()?, &tier).await?;
    request::see_other(paths::TIERS)
}
