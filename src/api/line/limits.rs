//! What one customer may have of what everybody shares, as managers set it.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::seen::Seen, line::limits as view, problem::Problem};

access! {
    LimitsPage: Manager,
    SaveLimits: Manager,
}

/// What `/settings/limits` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/limits", input = GetUrl)]
pub async fn limits_page() -> Result<view::LimitsForm, Problem> {
    use crate::server::{request, service::line::limits};
    limits::form(&request::app()?, &request::caller()?.manager()?).await
}

/// Writes all limits.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "settings/save-limits")]
pub async fn save_limits(
    #[server(default)] future_appointments: String,
    #[server(default)] waiting_requests: String,
    #[server(default)] unpaid_purchases: String,
    #[server(default)] purchases_per_day: String,
    #[server(default)] downloads: String,
    #[server(default)] drafts: String,
    #[server(default)] devices: String,
    #[server(default)] sms_per_day: String,
    #[server(default)] holds: String,
    #[server(default)] holds_per_hour: String,
    #[server(default)] messages_per_hour: String,
    #[server(default)] attachment_megabytes: String,
    #[server(default)] writes_per_minute: String,
    #[server(default)] open_outages: String,
    #[server(default)] outage_messages: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::limits},
    };
    let typed = view::LimitsForm {
        future_appointments,
        waiting_requests,
        unpaid_purchases,
        purchases_per_day,
        downloads,
        drafts,
        devices,
        sms_per_day,
        holds,
        holds_per_hour,
        messages_per_hour,
        attachment_megabytes,
        writes_per_minute,
        open_outages,
        outage_messages,
    };
    limits::save(&request::app()?, &request::caller()?.manager()?, &typed, &seen).await?;
    request::see_other(paths::SETTINGS_LIMITS)
}
