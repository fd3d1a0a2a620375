//! Regions and the numbers to call, as managers keep them.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{ids::RegionId, seen::Seen},
    line::{catalogue_changes::CatalogueTerms, regions as view},
    problem::Problem,
};

access! {
    RegionsPage: Manager,
    RegionPage: Manager,
    AddRegion: Manager,
    SaveRegion: Manager,
    CheckRegionChange: Manager,
    DeleteRegion: Manager,
    MoveRegionUp: Manager,
}

/// `/settings/regions`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "regions/page", input = GetUrl)]
pub async fn regions_page() -> Result<view::RegionsPage, Problem> {
    use crate::server::{request, service::line::regions};
    regions::page(&request::app()?, &request::caller()?.manager()?).await
}

/// `/settings/regions/{region}`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "regions/region", input = GetUrl)]
pub async fn region_page(region: RegionId) -> Result<view::RegionPage, Problem> {
    use crate::server::{request, service::line::regions};
    regions::region_page(&request::app()?, &request::caller()?.manager()?, region).await
}

/// Adds a region.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "regions/add")]
pub async fn add_region(
    #[server(default)] name: String,
    #[server(default)] phone: String,
    #[server(default)] postal_prefixes: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::regions},
    };
    let typed = view::TypedRegion { place: view::TypedPlace { name, postal_prefixes }, phone };
    regions::add(&request::app()?, &request::caller()?.manager()?, &typed).await?;
    request::see_other(paths::REGIONS)
}

/// Changes a region.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "regions/save")]
pub async fn save_region(
    region: RegionId,
    #[server(default)] name: String,
    #[server(default)] postal_prefixes: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::regions},
    };
    let typed = view::TypedPlace { name, postal_prefixes };
    regions::save(&request::app()?, &request::caller()?.manager()?, region, &typed, &seen).await?;
    request::see_other(paths::REGIONS)
}

/// Checks what was typed and leads to what the change would bring.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "regions/check")]
pub async fn check_region_change(
    region: RegionId,
    #[server(default)] phone: String,
    #[server(default)] valid_from: String,
    shown: CatalogueTerms,
) -> Result<(), Problem> {
    use crate::{
        model::{line::catalogue_changes::CatalogueRow, paths},
        server::{request, service::line::catalogue_changes},
    };
    let typed = view::check_phone(&phone).map(|phone| CatalogueTerms::of_region(&phone));
    let row = CatalogueRow::Region(region);
    let (app, manager) = (request::app()?, request::caller()?.manager()?);
    let (from, change) = catalogue_changes::check(&app, &manager, &row, &valid_from, typed, &shown).await?;
    request::see_other(&paths::catalogue_change(&row, from, &change))
}

/// Takes a region away.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Conflict`] for the last one.
#[server(endpoint = "regions/delete")]
pub async fn delete_region(region: RegionId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::regions},
    };
    regions::delete(&request::app()?, &request::caller()?.manager()?, region).await?;
    request::see_other(paths::REGIONS)
}

/// Exchanges a region with the one before it.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "regions/move-up")]
pub async fn move_region_up(region: RegionId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::regions},
    };
    regions::move_up(&request::app()?, &request::caller()?.manager()?, region).await?;
    request::see_other(paths::REGIONS)
}
