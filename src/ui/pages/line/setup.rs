//! `/settings`: what is set, and what is missing before the first order can come.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        line::setup::{SetupItem, SetupPage as Setup, SetupRow, SetupState, missing},
        paths,
    },
    ui::{
        components::{Column, Page, Table, Width, loaded},
        texts::t,
    },
};

/// What a vendor sets.
#[component]
pub fn SettingsPage() -> impl IntoView {
    loaded(api::line::setup::setup_page(), |page| view! { <SettingsView page/> })
}

/// Everything that is set, by what it is about.
#[component]
pub(crate) fn SettingsView(page: Setup) -> impl IntoView {
    let (title, lead) = match missing(&page.rows) {
        0 => (t!("settings-ready"), t!("settings-ready-lead")),
        count => (t!("settings-missing", count = count), t!("settings-missing-lead")),
    };
    use SetupItem as Item;
    let groups = [
        (
            t!("settings-money"),
            &[Item::Company, Item::BankAccount, Item::Vat, Item::Series, Item::Prices, Item::Bundles, Item::Cards][..],
        ),
        (t!("settings-line"), &[Item::Hours, Item::Regions, Item::Closures, Item::Tiers, Item::Limits]),
        (t!("settings-work"), &[Item::Programs, Item::WorkTypes, Item::People, Item::Plans]),
        (t!("settings-outside"), &[Item::Mail, Item::Address, Item::Notice, Item::PublicText, Item::Embed]),
    ];
    let groups = groups.map(|(caption, items)| {
        let rows = items.iter().filter_map(|item| page.rows.iter().find(|row| row.item == *item));
        let rows = rows.copied().map(row).collect::<Vec<_>>();
        view! {
            <Table
                class="table-settings"
                caption=caption
                columns=vec![Column::text(t!("settings-column-what")), Column::text(t!("settings-column-state"))]
            >
                {rows}
            </Table>
        }
    });
    let data = [
        (paths::IMPORT, t!("settings-import"), t!("settings-import-note")),
        (paths::BACKUPS, t!("settings-backups"), t!("settings-backups-note")),
        (paths::AUDIT, t!("settings-audit"), t!("settings-audit-note")),
        (paths::SETTINGS_SIGN_IN, t!("settings-sign-in"), t!("settings-sign-in-note")),
        (paths::WEBHOOKS, t!("settings-webhooks"), t!("settings-webhooks-note")),
        (paths::TEAMVIEWER_SETTINGS, t!("teamviewer-title"), t!("settings-teamviewer-note")),
    ];
    let data = data.map(|(path, name, note)| {
        view! {
            <tr>
                <th scope="row">
                    <a href=path>{name}</a> <span class="table-note">{note}</span>
                </th>
            </tr>
        }
    });
    let data = data.into_iter().collect::<Vec<_>>();
    view! {
        <Page title lead width=Width::Full>
            {groups.into_iter().collect::<Vec<_>>()}
            <Table
                class="table-settings"
                caption=t!("settings-data")
                columns=vec![Column::text(t!("settings-column-data"))]
            >
                {data}
            </Table>
        </Page>
    }
}

fn row(SetupRow { item, state }: SetupRow) -> impl IntoView {
    let (name, note) = words(item);
    let (class, word) = match state {
        SetupState::Missing => ("badge badge-soon", t!("settings-state-missing")),
        SetupState::Done => ("badge badge-done", t!("settings-state-done")),
        SetupState::Optional => ("badge", t!("settings-state-optional")),
    };
    view! {
        <tr>
            <th scope="row">
                <a href=item.path()>{name}</a> <span class="table-note">{note}</span>
            </th>
            <td data-label=t!("settings-column-state")>
                <span class=class>{word}</span>
            </td>
        </tr>
    }
}

/// What it is, and what it is for.
fn words(item: SetupItem) -> (String, String) {
    match item {
        SetupItem::Company => (t!("setup-company"), t!("setup-company-note")),
        SetupItem::BankAccount => (t!("setup-bank-account"), t!("setup-bank-account-note")),
        SetupItem::Vat => (t!("setup-vat"), t!("setup-vat-note")),
        SetupItem::Series => (t!("setup-series"), t!("setup-series-note")),
        SetupItem::Prices => (t!("setup-prices"), t!("setup-prices-note")),
        SetupItem::Bundles => (t!("setup-bundles"), t!("setup-bundles-note")),
        SetupItem::Cards => (t!("setup-cards"), t!("setup-cards-note")),
        SetupItem::Hours => (t!("setup-hours"), t!("setup-hours-note")),
        SetupItem::Regions => (t!("setup-regions"), t!("setup-regions-note")),
        SetupItem::Closures => (t!("setup-closures"), t!("setup-closures-note")),
        SetupItem::Plans => (t!("setup-plans"), t!("setup-plans-note")),
        SetupItem::Tiers => (t!("setup-tiers"), t!("setup-tiers-note")),
        SetupItem::Programs => (t!("setup-programs"), t!("setup-programs-note")),
        SetupItem::WorkTypes => (t!("setup-work-types"), t!("setup-work-types-note")),
        SetupItem::People => (t!("setup-people"), t!("setup-people-note")),
        SetupItem::Mail => (t!("setup-mail"), t!("setup-mail-note")),
        SetupItem::Address => (t!("setup-address"), t!("setup-address-note")),
        SetupItem::Limits => (t!("setup-limits"), t!("setup-limits-note")),
        SetupItem::Notice => (t!("setup-notice"), t!("setup-notice-note")),
        SetupItem::PublicText => (t!("setup-public-text"), t!("setup-public-text-note")),
        SetupItem::Embed => (t!("setup-embed"), t!("setup-embed-note")),
    }
}
