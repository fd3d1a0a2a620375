//! Response tiers as managers keep them.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{line::tiers as view, problem::Problem};

access! {
    TiersPage: Manager,
    TierPage: Manager,
    AddTier: Manager,
    SaveTier: Manager,
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
pub async fn tier_page(tier: String) -> Result<view::KeptTier, Problem> {
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
    let typed = view::TypedTier { name, urgent_target_minutes, normal_lead_minutes };
    tiers::add(&request::app()?, &request::caller()?.manager()?, &typed).await?;
    request::see_other(paths::TIERS)
}

/// Changes a tier, retires it or takes it back.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`], [`Problem::NotFound`], [`Problem::Conflict`].
#[server(endpoint = "tiers/save")]
pub async fn save_tier(
    tier: String,
    #[server(default)] name: String,
    #[server(default)] name_en: String,
    #[server(default)] urgent_target_minutes: String,
    #[server(default)] normal_lead_minutes: String,
    #[server(default)] active: bool,
) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, paths},
        server::{request, service::line::tiers},
    };
    let name = Bilingual { cs: name, en: name_en };
    let typed = view::TypedTier { name, urgent_target_minutes, normal_lead_minutes };
    tiers::save(&request::app()?, &request::caller()?.manager()?, &tier, &typed, active).await?;
    request::see_other(paths::TIERS)
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
