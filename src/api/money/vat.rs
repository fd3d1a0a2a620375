//! Rates of VAT by date.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{money::vat as view, problem::Problem};

access! {
    VatPage: Manager,
    PreviewVat: Manager,
    SaveVat: Manager confirmed,
    RemoveVat: Manager confirmed,
}

/// What `/settings/vat` shows; with a coming rate also what it would change.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/vat", input = GetUrl)]
pub async fn vat_page(
    #[server(default)] vat_from: String,
    #[server(default)] percent: String,
) -> Result<view::VatPage, Problem> {
    use crate::server::{request, service::money::vat};
    let coming = view::ComingRate { vat_from, percent };
    vat::page(&request::app()?, &request::caller()?.manager()?, &coming).await
}

/// Leads to what a coming rate would change; nothing is written.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "settings/preview-vat")]
pub async fn preview_vat(
    #[server(default)] vat_from: String,
    #[server(default)] percent: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::vat},
    };
    let coming = view::ComingRate { vat_from, percent };
    let (from, rate) = vat::check(&request::app()?, &request::caller()?.manager()?, &coming).await?;
    request::see_other(&paths::vat_preview(from, rate))
}

/// Writes a coming rate.
///
/// # Errors
/// As [`preview_vat`].
#[server(endpoint = "settings/save-vat")]
pub async fn save_vat(#[server(default)] vat_from: String, #[server(default)] percent: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::vat},
    };
    let coming = view::ComingRate { vat_from, percent };
    vat::save(&request::app()?, &request::caller()?.confirmed()?.manager()?, &coming).await?;
    request::see_other(paths::SETTINGS_VAT)
}

/// Takes a rate back that has not begun.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/remove-vat")]
pub async fn remove_vat(from: NaiveDate) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::vat},
    };
    vat::remove(&request::app()?, &request::caller()?.confirmed()?.manager()?, from).await?;
    request::see_other(paths::SETTINGS_VAT)
}
