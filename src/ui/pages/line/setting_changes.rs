//! `/settings/line` and `/settings/prices`: how the line works and what it costs, from a day on, for managers.

use leptos::prelude::*;

use super::{
    catalogue_nav::CatalogueNav,
    change_list::{ChangeList, ChangeTable, FromDay, LaterChanges, MadeChange},
};
use crate::{
    api,
    model::{
        base::money::Money,
        line::setting_changes::{
            ChangePreview, ChangeState, KeptChange, LineSetting, LineSettingsPage as Settings, SettingValues,
            SettingsPage, Unit,
        },
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Notice, NoticeKind, Page, Submit, TextField, Width, loaded,
        },
        format, forms,
        texts::{Locale, t},
    },
};

/// How the line works.
#[component]
pub fn LineSettingsPage() -> impl IntoView {
    loaded(api::line::setting_changes::line_settings_page(SettingsPage::Line), |page| view! { <SettingsView page/> })
}

/// What it costs.
#[component]
pub fn PriceSettingsPage() -> impl IntoView {
    loaded(api::line::setting_changes::line_settings_page(SettingsPage::Prices), |page| view! { <SettingsView page/> })
}

/// What a change of how the line works would bring.
#[component]
pub fn LineChangePage() -> impl IntoView {
    loaded(preview(SettingsPage::Line), |preview| view! { <PreviewView preview/> })
}

/// What a change of what it costs would bring.
#[component]
pub fn PriceChangePage() -> impl IntoView {
    loaded(preview(SettingsPage::Prices), |preview| view! { <PreviewView preview/> })
}

/// What the query of the page stands for; without one, a change of nothing.
fn preview(page: SettingsPage) -> impl Future<Output = Result<ChangePreview, Problem>> {
    let from = ui::query_value("from").and_then(|from| from.parse().ok());
    let change = ui::query_value("change").and_then(|change| change.parse().ok()).unwrap_or_default();
    api::line::setting_changes::line_change_preview(page, from, change)
}

/// The settings of a page in the groups in which they are read.
fn groups(page: SettingsPage) -> Vec<(String, &'static [LineSetting])> {
    use LineSetting as Of;
    match page {
        SettingsPage::Line => vec![
            (t!("line-settings-hours"), &[Of::Opens, Of::Closes][..]),
            (t!("line-settings-reserve"), &[Of::UrgentReservePercent, Of::ReserveReleasedAt, Of::UrgentFirstMinutes]),
            (t!("line-settings-ahead"), &[Of::NormalHorizonDays, Of::UrgentHorizonDays, Of::HoldMinutes]),
            (t!("line-settings-changes"), &[Of::CutoffNormalMinutes, Of::CutoffUrgentMinutes, Of::MaxMoves]),
            (t!("line-settings-after"), &[Of::ContestDays, Of::ReturnedMinutesDays, Of::MissedCreditMinutes]),
        ],
        SettingsPage::Prices => vec![
            (t!("line-settings-price"), &[Of::ListRatePerMinute][..]),
            (t!("line-settings-minimums"), &[Of::MinimumWithContract, Of::MinimumOneOff]),
            (t!("line-settings-payment"), &[Of::ProformaDays, Of::InvoiceDays, Of::WriteOffLimit]),
        ],
    }
}

#[component]
fn SettingsView(page: Settings) -> impl IntoView {
    let Settings { page, now, today, changes } = page;
    let (title, lead) = match page {
        SettingsPage::Line => (t!("line-settings-title"), t!("line-settings-lead")),
        SettingsPage::Prices => (t!("price-settings-title"), t!("price-settings-lead")),
    };
    let fields = groups(page)
        .into_iter()
        .map(|(legend, settings)| {
            let fields = settings.iter().map(|setting| field(*setting, &now)).collect::<Vec<_>>();
            view! {
                <fieldset class="field settings-group">
                    <legend>{legend}</legend>
                    <div class="trio">{fields}</div>
                </fieldset>
            }
        })
        .collect::<Vec<_>>();
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title lead width=Width::Full before>
            <div class="bench">
                <div class="bench-clock">
                    <Form action={Endpoint::of::<api::line::setting_changes::CheckLineChange>()} class="card">
                        <PageField page/>
                        <Hidden name="shown" value=now.to_string()/>
                        {fields}
                        <FromDay today/>
                        <div class="actions">
                            <Submit label=t!("line-settings-preview")/>
                        </div>
                    </Form>
                </div>
                <div class="bench-aside">
                    <ChangeList changes=made(page, changes)/>
                </div>
            </div>
        </Page>
    }
}

/// Which page the form is about.
#[component]
fn PageField(page: SettingsPage) -> impl IntoView {
    let value = match page {
        SettingsPage::Line => "line",
        SettingsPage::Prices => "prices",
    };
    view! { <Hidden name="page" value/> }
}

fn field(setting: LineSetting, shown: &SettingValues) -> impl IntoView + use<> {
    let value = shown.0.get(&setting).copied().unwrap_or_default();
    let (inputmode, typed) = match setting.unit() {
        // Typed, as the browsers' own fields for times speak the browser's language and hide half of the day.
        Unit::Clock => ("text", format!("{}:{:02}", value / 60, value % 60)),
        Unit::Crowns | Unit::CrownsWithVat => {
            let crowns = Money::from_haler(value).to_crowns().normalize().to_string();
            ("decimal", if Locale::current() == Locale::Cs { crowns.replace('.', ",") } else { crowns })
        }
        _ => ("numeric", value.to_string()),
    };
    let suffix = suffix(setting.unit());
    view! {
        <TextField
            name=setting.field()
            label=name(setting)
            value=typed
            inputmode
            suffix=suffix
            short=true
        />
    }
}

fn suffix(unit: Unit) -> String {
    match unit {
        Unit::Clock => String::new(),
        Unit::Minutes => t!("catalogue-minutes"),
        Unit::Days => t!("line-settings-days"),
        Unit::Percent => "%".to_owned(),
        Unit::Times => t!("line-settings-times"),
        Unit::Crowns => t!("line-settings-crowns"),
        Unit::CrownsWithVat => t!("line-settings-crowns-vat"),
    }
}

/// What a setting is called.
fn name(setting: LineSetting) -> String {
    t!("line-setting", setting = setting.code())
}

/// A value of a setting in words.
fn in_words(setting: LineSetting, value: i64) -> String {
    let locale = Locale::current();
    let number = u32::try_from(value).unwrap_or_default();
    match setting.unit() {
        Unit::Clock => {
            let time = SettingValues([(setting, value)].into()).clock(setting);
            time.map(|time| format::time(locale, time)).unwrap_or_default()
        }
        Unit::Minutes => format::minutes(locale, number),
        Unit::Days => t!("line-settings-days-count", count = number),
        Unit::Percent => format!("{number}\u{a0}%"),
        Unit::Times => t!("line-settings-times-count", count = number),
        Unit::Crowns | Unit::CrownsWithVat => format::money(locale, Money::from_haler(value)),
    }
}

/// What was and will be changed of a page.
fn made(page: SettingsPage, changes: Vec<KeptChange>) -> Vec<MadeChange> {
    let changes = changes.into_iter().map(|change| MadeChange {
        valid_from: change.valid_from,
        made_at: change.made_at,
        made_by: Some(change.made_by).filter(|name| !name.is_empty()),
        state: change.state,
        what: change.values.0.iter().map(|(setting, value)| (name(*setting), in_words(*setting, *value))).collect(),
        withdraw: (change.state == ChangeState::Coming).then(|| {
            view! {
                <Form action={Endpoint::of::<api::line::setting_changes::WithdrawLineChange>()}>
                    <PageField page/>
                    <Hidden name="id" value=change.id.to_string()/>
                    <Submit label=t!("line-settings-withdraw") kind=ButtonKind::Secondary/>
                </Form>
            }
            .into_any()
        }),
    });
    changes.collect()
}

/// How many agreed appointments would lie outside of other hours.
#[component]
fn Outside(count: u32) -> impl IntoView {
    (count > 0).then(|| {
        view! {
            <Notice kind=NoticeKind::Soon title=t!("line-change-outside", count = count)>
                <p>{t!("line-change-outside-body")}</p>
            </Notice>
        }
    })
}

/// What somebody else has changed since a form showed it that came back because of that: each setting, what was shown and what holds
/// now.
fn changed_meanwhile(now: &SettingValues) -> Vec<(LineSetting, i64, i64)> {
    let form = forms::returned().filter(|form| form.problem == Problem::Conflict);
    let shown = form.and_then(|form| form.values.get("shown")?.parse::<SettingValues>().ok()).unwrap_or_default();
    let changed = shown.0.into_iter().filter_map(|(setting, was)| {
        let is = now.0.get(&setting).copied().filter(|is| *is != was)?;
        Some((setting, was, is))
    });
    changed.collect()
}

#[component]
fn PreviewView(preview: ChangePreview) -> impl IntoView {
    let locale = Locale::current();
    let ChangePreview { id, page, from, at_once, new, old, later, outside } = preview;
    let when = if at_once { t!("line-change-at-once") } else { format::date_long(locale, from) };
    let rows = new.0.iter().map(|(setting, value)| {
        let before = old.0.get(setting).copied().unwrap_or_default();
        (name(*setting), in_words(*setting, before), in_words(*setting, *value))
    });
    let rows = rows.collect::<Vec<_>>();
    let meanwhile = changed_meanwhile(&old).into_iter().map(|(setting, was, is)| {
        let (was, is) = (in_words(setting, was), in_words(setting, is));
        view! { <p>{t!("line-change-meanwhile", term = name(setting), was = was, is = is)}</p> }
    });
    let meanwhile = meanwhile.collect::<Vec<_>>();
    let later = later.iter().map(|change| change.valid_from).collect::<Vec<_>>();
    let back = paths::line_settings(page);
    let before = view! { <CatalogueNav/> }.into_any();
    let content = if rows.is_empty() {
        view! { <p>{t!("line-change-nothing")}</p> }.into_any()
    } else {
        view! {
            <ChangeTable rows/>
            <Outside count=outside/>
            <LaterChanges from=later/>
            <p>{t!("line-change-promise")}</p>
            <Form action={Endpoint::of::<api::line::setting_changes::MakeLineChange>()}>
                <PageField page/>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="from" value=from.to_string()/>
                <Hidden name="change" value=new.to_string()/>
                <Hidden name="shown" value=old.to_string()/>
                <div class="actions">
                    <Submit label=t!("line-change-make")/>
                </div>
            </Form>
        }
        .into_any()
    };
    view! {
        <Page title=t!("line-change-title") lead=t!("line-change-lead", when = when) before>
            {meanwhile}
            {content}
            <p class="actions">
                <ButtonLink href=back label=t!("catalogue-back") kind=ButtonKind::Secondary/>
            </p>
        </Page>
    }
}
