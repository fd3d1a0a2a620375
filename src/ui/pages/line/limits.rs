//! `/settings/limits`: what one customer may have of what everybody shares.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::seen::Seen,
        line::limits::{LIMIT_MAX, LimitsForm, WRITES_MIN},
        paths,
    },
    ui::{
        components::{Endpoint, Form, Page, Submit, TextField, loaded},
        texts::t,
    },
};

/// Limits.
#[component]
pub fn LimitsPage() -> impl IntoView {
    loaded(api::line::limits::limits_page(), |form| view! { <LimitsView form/> })
}

/// The form of all limits, each with its bounds.
#[component]
pub(crate) fn LimitsView(form: LimitsForm) -> impl IntoView {
    let field = |name: &'static str, label: String, value: String, least: u32| {
        let hint = t!("limits-bounds", least = least, most = LIMIT_MAX);
        view! { <TextField name label hint value inputmode="numeric" short=true/> }
    };
    let seen = Seen::of(&form.fields());
    view! {
        <Page title=t!("limits-title") lead=t!("limits-lead")>
            <p class="actions">
                <a href=paths::SETTINGS>{t!("settings-back")}</a>
            </p>
            <Form action={Endpoint::of::<api::line::limits::SaveLimits>()} seen>
                <fieldset class="field-group">
                    <legend>{t!("limits-of-customer")}</legend>
                    {field("future_appointments", t!("limits-future-appointments"), form.future_appointments, 1)}
                    {field("waiting_requests", t!("limits-waiting-requests"), form.waiting_requests, 1)}
                    {field("unpaid_purchases", t!("limits-unpaid-purchases"), form.unpaid_purchases, 1)}
                    {field("purchases_per_day", t!("limits-purchases-per-day"), form.purchases_per_day, 1)}
                    {field("downloads", t!("limits-downloads"), form.downloads, 1)}
                    {field("attachment_megabytes", t!("limits-attachment-megabytes"), form.attachment_megabytes, 1)}
                </fieldset>
                <fieldset class="field-group">
                    <legend>{t!("limits-of-member")}</legend>
                    {field("drafts", t!("limits-drafts"), form.drafts, 1)}
                    {field("devices", t!("limits-devices"), form.devices, 1)}
                    {field("sms_per_day", t!("limits-sms-per-day"), form.sms_per_day, 1)}
                    {field("holds", t!("limits-holds"), form.holds, 1)}
                    {field("holds_per_hour", t!("limits-holds-per-hour"), form.holds_per_hour, 1)}
                    {field("messages_per_hour", t!("limits-messages-per-hour"), form.messages_per_hour, 1)}
                </fieldset>
                <fieldset class="field-group">
                    <legend>{t!("limits-of-anybody")}</legend>
                    {field("writes_per_minute", t!("limits-writes-per-minute"), form.writes_per_minute, WRITES_MIN)}
                </fieldset>
                <fieldset class="field-group">
                    <legend>{t!("limits-of-outages")}</legend>
                    {field("open_outages", t!("limits-open-outages"), form.open_outages, 1)}
                    {field("outage_messages", t!("limits-outage-messages"), form.outage_messages, 1)}
                </fieldset>
                <div class="actions">
                    <Submit label=t!("settings-save")/>
                </div>
            </Form>
        </Page>
    }
}
