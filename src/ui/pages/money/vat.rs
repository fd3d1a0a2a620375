//! `/settings/vat`: rates of VAT by the day from which they hold.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::money::{Money, VatRate},
        money::vat::{VatPage as Vat, VatPreview},
        paths,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Column, Endpoint, Form, Hidden, Page, Submit, Table, TextField, loaded},
        format,
        texts::{Locale, t},
    },
};

/// Rates of VAT.
#[component]
pub fn VatPage() -> impl IntoView {
    let [from, percent] = ["vat_from", "percent"].map(|name| ui::query_value(name).unwrap_or_default());
    loaded(api::money::vat::vat_page(from, percent), |page| view! { <VatView page/> })
}

/// The rates, and the form or the preview of a coming one.
#[component]
pub(crate) fn VatView(page: Vat) -> impl IntoView {
    let locale = Locale::current();
    let Vat { rates, today, preview } = page;
    let now = format::percent(locale, rates.of(today));
    let (title, next) = match preview {
        Some(preview) => (
            t!("vat-title-preview", date = day(preview.vat_from), rate = format::percent(locale, preview.after)),
            view! { <Preview preview/> }.into_any(),
        ),
        None => (t!("vat-title", rate = now), view! { <ComingForm/> }.into_any()),
    };
    let rows = rates
        .iter()
        .rev()
        .map(|(from, rate)| {
            let is_coming = from > today;
            view! { <RateRow from rate is_coming/> }
        })
        .collect::<Vec<_>>();
    view! {
        <Page title lead=t!("vat-lead")>
            <p class="actions">
                <a href=paths::SETTINGS>{t!("settings-back")}</a>
            </p>
            {next}
            <Table
                class="table-vat"
                caption=t!("vat-rates")
                columns=vec![
                    Column::text(t!("vat-column-from")),
                    Column::number(t!("vat-column-rate")),
                    Column::action(t!("vat-column-action")),
                ]
            >
                {rows}
            </Table>
        </Page>
    }
}

fn day(date: NaiveDate) -> String {
    format::date_numeric(Locale::current(), date, None)
}

#[component]
fn RateRow(from: NaiveDate, rate: VatRate, is_coming: bool) -> impl IntoView {
    let remove = is_coming.then(|| {
        view! {
            <Form action={Endpoint::of::<api::money::vat::RemoveVat>()}>
                <Hidden name="from" value=from.to_string()/>
                <Submit label=t!("vat-remove") kind=ButtonKind::Secondary/>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row">{day(from)}</th>
            <td class="number" data-label=t!("vat-column-rate")>
                {format::percent(Locale::current(), rate)}
            </td>
            <td>{remove}</td>
        </tr>
    }
}

#[component]
fn ComingForm() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="coming">
            <h2 id="coming">{t!("vat-coming")}</h2>
            <Form action={Endpoint::of::<api::money::vat::PreviewVat>()}>
                <TextField name="vat_from" label=t!("vat-from") hint=t!("vat-from-hint") kind="date" short=true/>
                <TextField name="percent" label=t!("vat-percent") inputmode="numeric" suffix="%" short=true/>
                <div class="actions">
                    <Submit label=t!("vat-preview")/>
                </div>
            </Form>
        </section>
    }
}

/// What a coming rate changes, to be agreed with.
#[component]
fn Preview(preview: VatPreview) -> impl IntoView {
    let locale = Locale::current();
    let VatPreview { vat_from, before, after, list_rate, bundles } = preview;
    let row = move |what: String, price: Money| {
        view! {
            <tr>
                <th scope="row">{what}</th>
                <td class="number" data-label=t!("vat-before")>
                    {format::money(locale, price.with_vat(before))}
                </td>
                <td class="number" data-label=t!("vat-after")>
                    {format::money(locale, price.with_vat(after))}
                </td>
            </tr>
        }
    };
    let bundles = bundles
        .into_iter()
        .map(|bundle| row(t!("prices-bundle", minutes = format::minutes(locale, bundle.minutes)), bundle.price))
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="preview">
            <h2 id="preview">{t!("vat-preview-title")}</h2>
            <Table
                caption=t!("vat-preview-title")
                caption_hidden=true
                columns=vec![
                    Column::of_heads(),
                    Column::number(t!("vat-before")),
                    Column::number(t!("vat-after")),
                ]
            >
                {row(t!("prices-minute"), list_rate)}
                {bundles}
            </Table>
            <p class="aside">{t!("vat-preview-note")}</p>
            <Form action={Endpoint::of::<api::money::vat::SaveVat>()}>
                <Hidden name="vat_from" value=vat_from.to_string()/>
                <Hidden name="percent" value=after.to_string()/>
                <div class="actions">
                    <Submit label=t!("vat-save")/>
                    <ButtonLink href=paths::SETTINGS_VAT label=t!("vat-back") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}
