//! What the catalogue says from a day on.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    line::catalogue_changes::{self as view, CatalogueRow, CatalogueTerms},
    problem::Problem,
};

access! {
    CatalogueChangePreview: Manager,
    MakeCatalogueChange: Manager,
    WithdrawCatalogueChange: Manager,
}

/// What a change would bring; without a day, from now on.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`] for a day that has passed.
#[server(endpoint = "catalogue-changes/preview", input = GetUrl)]
pub async fn catalogue_change_preview(
    row: CatalogueRow,
    from: Option<NaiveDate>,
    #[server(default)] change: CatalogueTerms,
) -> Result<view::CatalogueChangePreview, Problem> {
    use crate::server::{request, service::line::catalogue_changes};
    catalogue_changes::preview(&request::app()?, &request::caller()?.manager()?, row, from, change).await
}

/// Makes the change that was shown.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Conflict`] when something else holds than was shown.
#[server(endpoint = "catalogue-changes/make")]
pub async fn make_catalogue_change(
    row: CatalogueRow,
    id: Uuid,
    from: NaiveDate,
    change: CatalogueTerms,
    shown: CatalogueTerms,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::catalogue_changes},
    };
    let (app, manager) = (request::app()?, request::caller()?.manager()?);
    catalogue_changes::make(&app, &manager, (&row, id), from, &change, &shown).await?;
    request::see_other(&paths::catalogue_row(&row))
}

/// Withdraws a change that is still to come.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Conflict`] when its day has come.
#[server(endpoint = "catalogue-changes/withdraw")]
pub async fn withdraw_catalogue_change(row: CatalogueRow, id: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::catalogue_changes},
    };
    catalogue_changes::withdraw(&request::app()?, &request::caller()?.manager()?, &row, id).await?;
    request::see_other(&paths::catalogue_row(&row))
}
