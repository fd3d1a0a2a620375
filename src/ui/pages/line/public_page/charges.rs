//! What is charged, and the price list.

use leptos::prelude::*;

use crate::{
    model::{
        base::money::{Money, VatRate},
        line::settings::LineSettings,
        money::bundles::Bundle,
        paths,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Column, Table},
        format,
        texts::{Locale, t},
    },
};

/// Effective time, the two minimums, and prices with and without VAT.
#[component]
pub(super) fn Charges(bundles: Vec<Bundle>, settings: LineSettings, orders: bool) -> impl IntoView {
    let locale = Locale::current();
    let minimums = [
        (settings.minimum_with_contract, t!("charges-minimum-contract")),
        (settings.minimum_one_off, t!("charges-minimum-one-off")),
    ]
    .map(|(minutes, whom)| {
        view! {
            <div class="figure">
                <dt>{whom}</dt>
                <dd>{format::minutes(locale, minutes)}</dd>
            </div>
        }
    });
    view! {
        <section class="section" aria-labelledby="charges">
            <h2 id="charges">{t!("charges-title")}</h2>
            <div class="two">
                <div>
                    <p>{t!("charges-lead")}</p>
                    <ul>
                        <li>{t!("charges-communication")}</li>
                        <li>{t!("charges-preparation")}</li>
                        <li>{t!("charges-work")}</li>
                    </ul>
                    <p>{t!("charges-free")}</p>
                </div>
                <div>
                    <p>{t!("charges-minimum")}</p>
                    <dl class="figures">{minimums}</dl>
                </div>
            </div>
        </section>
        <Prices bundles settings orders/>
    }
}

/// What a minute and the bundles cost; nothing on a line that is being set up.
#[component]
fn Prices(bundles: Vec<Bundle>, settings: LineSettings, orders: bool) -> impl IntoView {
    let locale = Locale::current();
    let rate = settings.list_rate_per_minute;
    let vat = settings.vat.of(ui::now().map(format::local_date).unwrap_or_default());
    let rows = bundles
        .into_iter()
        .map(|bundle| {
            let item = t!("prices-bundle", minutes = format::minutes(locale, bundle.minutes));
            let note = t!(
                "prices-bundle-note",
                price = format::money(locale, bundle.per_minute()),
                months = bundle.validity_months,
            );
            view! { <PriceRow item note price=bundle.price vat/> }
        })
        .collect::<Vec<_>>();
    let minute = (rate > Money::ZERO)
        .then(|| view! { <PriceRow item=t!("prices-minute") note=t!("prices-minute-note") price=rate vat/> });
    (minute.is_some() || !rows.is_empty()).then(|| {
        view! {
        <section class="section" aria-labelledby="prices">
            <h2 id="prices">{t!("prices-title")}</h2>
            <Table
                class="table-prices"
                caption=t!("prices-title")
                caption_hidden=true
                columns=vec![
                    Column::text(t!("prices-item")),
                    Column::text(t!("price-without-vat")),
                    Column::text(t!("prices-with-vat", percent = vat.percent().normalize().to_string())),
                ]
            >
                {minute}
                {rows}
            </Table>
            {orders
                .then(|| {
                    view! {
                        <p class="actions">
                            <ButtonLink href=paths::ORDER label=t!("line-order")/>
                            <ButtonLink href=paths::BUNDLES label=t!("line-buy") kind=ButtonKind::Secondary/>
                        </p>
                    }
                })}
        </section>
        }
    })
}

/// A line of the price list.
#[component]
fn PriceRow(item: String, note: String, price: Money, vat: VatRate) -> impl IntoView {
    let locale = Locale::current();
    let percent = vat.percent().normalize().to_string();
    view! {
        <tr>
            <th scope="row">
                {item}
                <span class="table-note">{note}</span>
            </th>
            <td data-label=t!("price-without-vat")>{format::money(locale, price)}</td>
            <td data-label=t!("prices-with-vat", percent = percent)>{format::money(locale, price.with_vat(vat))}</td>
        </tr>
    }
}
