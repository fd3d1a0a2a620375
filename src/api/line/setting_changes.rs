//! How the line works and what it costs, from a day on.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    line::setting_changes::{self as view, LineSetting, SettingValues, SettingsPage},
    problem::Problem,
};

access! {
    LineSettingsPage: Manager,
    CheckLineChange: Manager,
    LineChangePreview: Manager,
    MakeLineChange: Manager confirmed,
    WithdrawLineChange: Manager confirmed,
}

/// `/settings/line` and `/settings/prices`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "line-settings/page", input = GetUrl)]
pub async fn line_settings_page(page: SettingsPage) -> Result<view::LineSettingsPage, Problem> {
    use crate::server::{request, service::line::setting_changes};
    setting_changes::page(&request::app()?, &request::caller()?.manager()?, page).await
}

/// Leads to the page that shows what a change would bring.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "line-settings/check")]
pub async fn check_line_change(
    page: SettingsPage,
    #[server(default)] valid_from: String,
    #[server(default)] values: BTreeMap<LineSetting, String>,
    shown: SettingValues,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::setting_changes},
    };
    let (app, manager) = (request::app()?, request::caller()?.manager()?);
    let (from, change) = setting_changes::check(&app, &manager, page, &valid_from, &values, &shown).await?;
    request::see_other(&paths::line_change(page, from, &change))
}

/// What a change would bring; without a day, from now on.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`] for a day that has passed.
#[server(endpoint = "line-settings/preview", input = GetUrl)]
pub async fn line_change_preview(
    page: SettingsPage,
    from: Option<NaiveDate>,
    #[server(default)] change: SettingValues,
) -> Result<view::ChangePreview, Problem> {
    use crate::server::{request, service::line::setting_changes};
    setting_changes::preview(&request::app()?, &request::caller()?.manager()?, page, from, change).await
}

/// Makes the change that was shown.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Conflict`] when something else holds than was shown.
#[server(endpoint = "line-settings/make")]
pub async fn make_line_change(
    page: SettingsPage,
    id: Uuid,
    from: NaiveDate,
    change: SettingValues,
    shown: SettingValues,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::setting_changes},
    };
    setting_changes::make(&request::app()?, &request::caller()?.confirmed()?.manager()?, id, from, &change, &shown)
        .await?;
    request::see_other(paths::line_settings(page))
}

/// Withdraws a change that is still to come.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Conflict`] when its day has come.
#[server(endpoint = "line-settings/withdraw")]
pub async fn withdraw_line_change(page: SettingsPage, id: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::setting_changes},
    };
    setting_changes::withdraw(&request::app()?, &request::caller()?.confirmed()?.manager()?, page, id).await?;
    request::see_other(paths::line_settings(page))
}
