//! `/bundles`: what is on sale, which of it suits, and what was bought.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::purchases::pieces;
use crate::{
    api,
    model::{
        base::{
            money::{Money, VatRate},
            paging::CountedPage,
        },
        money::{
            bundles::Bundle,
            pages::ShopPage,
            purchases::{Purchase, PurchaseNumber},
        },
        paths,
        people::{
            accounts::Viewer,
            members::{Capability, StaffRole},
        },
        problem::Problem,
    },
    ui::{
        self,
        components::{
            AdviceCard, ButtonKind, ButtonLink, Column, Notice, NoticeKind, Page, Pages, PurchaseBadge, Table,
            WithNumber, free_in_words, loaded,
        },
        format,
        problem_text::buying_not_yet,
        texts::{Locale, t},
    },
};

/// Bundles on sale.
#[component]
pub fn BundlesPage() -> impl IntoView {
    let before = ui::query_value("before").and_then(|number| number.parse().ok());
    loaded(load(before), move |(shop, buying)| view! { <ShopView shop buying/> })
}

/// How the viewer gets to buy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Buying {
    /// By buying it.
    Buys,
    /// By signing in.
    SignsIn,
    /// By asking one of these colleagues; nobody may when there are none.
    Asks(Vec<String>),
    /// Not yet, nobody: it is not confirmed who sells.
    NotYet {
        /// Whether the viewer may confirm it.
        may_confirm: bool,
    },
    /// Not at all: staff.
    Never,
}

async fn load(before: Option<PurchaseNumber>) -> Result<(ShopPage, Buying), Problem> {
    let shop = api::money::bundles::shop_page(before).await?;
    let buying = match api::people::accounts::viewer().await? {
        Viewer::Staff { roles, .. } if !shop.is_open => {
            Buying::NotYet { may_confirm: roles.contains(StaffRole::Manager) }
        }
        _ if !shop.is_open => Buying::NotYet { may_confirm: false },
        Viewer::Visitor => Buying::SignsIn,
        Viewer::Staff { .. } => Buying::Never,
        Viewer::Member { capabilities, .. } if capabilities.may(Capability::Buy) => Buying::Buys,
        Viewer::Member { .. } => Buying::Asks(api::people::accounts::who_may(Capability::Buy).await?),
    };
    Ok((shop, buying))
}

/// The shop.
#[component]
pub fn ShopView(
    /// What it shows.
    shop: ShopPage,
    /// How the viewer gets to buy.
    buying: Buying,
) -> impl IntoView {
    let locale = Locale::current();
    let today = ui::now().map(format::local_date).unwrap_or_default();
    let lead = lead(&shop);
    let own_rate = shop.account.as_ref().filter(|account| account.has_contract).map(|account| account.rates.normal);
    let rate = (!shop.hides_terms).then(|| own_rate.unwrap_or(shop.list_rate_per_minute));
    let without = rate.map(|rate| {
        let price = format::money(locale, rate);
        if own_rate.is_some() { t!("bundles-own-rate", price = price) } else { t!("bundles-list-price", price = price) }
    });
    let advice = shop.account.as_ref().and_then(|account| account.advice);
    let advised = advice.and_then(|advice| advice.bundle()).map(|bundle| bundle.id);
    let prices = Prices { rate, vat: shop.vat };
    let (is_buyer, registers) = (buying == Buying::Buys, buying == Buying::SignsIn);
    let subscriptions = plans(&shop, is_buyer);
    let top_up = is_buyer.then(|| view! { <p><a href=paths::TOP_UP>{t!("top-up-link")}</a></p> });
    let bundles = shop
        .bundles
        .into_iter()
        .map(|(bundle, last_day)| {
            view! { <BundleCard bundle last_day prices is_buyer registers is_advised=advised == Some(bundle.id)/> }
        })
        .collect::<Vec<_>>();
    let free = shop.account.as_ref().filter(|account| account.free + account.reserved > 0).map(|account| {
        view! { <p class="shop-free">{free_in_words(locale, account.free, account.reserved)}</p> }
    });
    let purchases = shop.account.map(|account| account.purchases).unwrap_or_default();
    view! {
        <Page title=t!("bundles-title") lead=lead>
            {free}
            {advice.map(|advice| view! { <AdviceCard advice today/> })}
            <ul class="bundles">{bundles}</ul>
            {without.map(|without| view! { <p class="aside">{without}</p> })}
            {subscriptions}
            {top_up}
            {how_to_buy(buying)}
            {purchases_table(purchases)}
        </Page>
    }
}

/// What buying in advance is good for: to a customer with a contract not the same as to the others.
fn lead(shop: &ShopPage) -> String {
    match &shop.account {
        Some(account) if account.has_contract => {
            t!("bundles-lead-contract", minimum = account.minimum_minutes)
        }
        _ if shop.hides_terms => t!("bundles-lead-terms"),
        _ => t!("bundles-lead", minimum = shop.minimum_with_bundle, one_off = shop.minimum_one_off),
    }
}

/// What prices are compared with, and taxed by.
#[derive(Debug, Clone, Copy)]
struct Prices {
    /// What a minute costs without a bundle, for those who may know it.
    rate: Option<Money>,
    vat: VatRate,
}

/// One bundle: how much it is, what a minute costs in it, how long it lasts.
#[component]
fn BundleCard(
    bundle: Bundle,
    last_day: NaiveDate,
    prices: Prices,
    is_buyer: bool,
    /// Whether nobody knows the reader, who comes in to buy it.
    registers: bool,
    is_advised: bool,
) -> impl IntoView {
    let locale = Locale::current();
    let minutes = format::minutes(locale, bundle.minutes);
    let saving = prices.rate.and_then(|rate| bundle.saving(rate)).map(
        |saving| view! { <p class="bundle-saving">{t!("bundles-saving", amount = format::money(locale, saving))}</p> },
    );
    let mark = is_advised.then(|| view! { <p class="bundle-suggested">{t!("shop-advised")}</p> });
    let with_vat = bundle.price.with_vat(prices.vat);
    let buy = is_buyer.then(|| {
        let kind = if is_advised { ButtonKind::Primary } else { ButtonKind::Secondary };
        view! {
            <p class="bundle-buy">
                <BuyLink bundle minutes=minutes.clone() kind/>
            </p>
        }
    });
    view! {
        <li class=if is_advised { "bundle bundle-best" } else { "bundle" }>
            <h2>{minutes.clone()}</h2>
            {mark}
            <p class="bundle-rate">{t!("price-per-minute", price = format::money(locale, bundle.per_minute()))}</p>
            {saving}
            <p class="bundle-price">
                <strong>{format::money(locale, bundle.price)}</strong>
                " "
                {t!("price-without-vat")}
            </p>
            <p class="bundle-vat">{t!("price-with-vat", price = format::money(locale, with_vat))}</p>
            <p class="bundle-validity">
                {t!("bundles-validity", months = bundle.validity_months)} " "
                {t!("shop-last-day", date = format::date_numeric(locale, last_day, None))}
            </p>
            {buy}
            {registers
                .then(|| {
                    view! {
                        <p class="bundle-buy">
                            <a class="button button-secondary" href=paths::register_for(bundle.id)>
                                {t!("shop-register")}
                                <span class="visually-hidden">" – "{minutes}</span>
                            </a>
                        </p>
                    }
                })}
        </li>
    }
}

/// What can be subscribed to, beside what is bought once; the one that costs least for what the customer uses says so.
fn plans(shop: &ShopPage, is_buyer: bool) -> Option<impl IntoView + use<>> {
    let locale = Locale::current();
    let subscribes = shop.account.as_ref().is_some_and(|account| account.subscribes);
    if shop.plans.is_empty() && !subscribes {
        return None;
    }
    let advised = shop.account.as_ref().and_then(|account| account.advised_plan);
    let rows = shop.plans.iter().map(|plan| {
        let bundle = plan.bundle;
        let minutes = format::minutes(locale, bundle.minutes);
        let is_advised = advised == Some(bundle.id);
        let mark = is_advised.then(|| view! { <p class="bundle-suggested">{t!("subscription-advised")}</p> });
        let unused = if plan.comes.rolls() { t!("subscription-rolls") } else { t!("subscription-expires") };
        let subscribe = (is_buyer && !subscribes).then(|| {
            view! {
                <p class="bundle-buy">
                    <a class="button button-secondary" href=paths::subscribe(bundle.id)>
                        {t!("subscription-submit")}
                        <span class="visually-hidden">" – "{minutes.clone()}</span>
                    </a>
                </p>
            }
        });
        view! {
            <li class=if is_advised { "bundle bundle-best" } else { "bundle" }>
                <h3>{t!("subscription-card", minutes = minutes.clone(), comes = plan.comes.code())}</h3>
                {mark}
                <p class="bundle-rate">{t!("price-per-minute", price = format::money(locale, bundle.per_minute()))}</p>
                <p class="bundle-price">
                    <strong>{format::money(locale, bundle.price)}</strong>
                    " "
                    {t!("price-without-vat")}
                </p>
                <p class="bundle-vat">
                    {t!("price-with-vat", price = format::money(locale, bundle.price.with_vat(shop.vat)))}
                </p>
                <p class="bundle-validity">{unused}</p>
                {subscribe}
            </li>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let own = subscribes.then(|| {
        view! {
            <p class="actions">
                <ButtonLink href=paths::SUBSCRIPTION label=t!("subscription-view") kind=ButtonKind::Secondary/>
            </p>
        }
    });
    Some(view! {
        <section aria-labelledby="subscriptions">
            <h2 id="subscriptions">{t!("subscription-heading")}</h2>
            <p>{t!("subscription-about")}</p>
            {own}
            <ul class="bundles">{rows}</ul>
        </section>
    })
}

/// "Koupit", told apart for screen readers by the bundle.
#[component]
fn BuyLink(bundle: Bundle, minutes: String, kind: ButtonKind) -> impl IntoView {
    let class = if kind == ButtonKind::Primary { "button" } else { "button button-secondary" };
    view! {
        <a class=class href=paths::purchase_form(bundle.id)>
            {t!("shop-buy")}
            <span class="visually-hidden">" – "{minutes}</span>
        </a>
    }
}

/// What stands in the place of the buttons for those who may not buy.
fn how_to_buy(buying: Buying) -> Option<AnyView> {
    match buying {
        Buying::Buys | Buying::Never => None,
        Buying::NotYet { may_confirm } => Some(
            view! {
                <Notice kind=NoticeKind::Soon title=t!("problem-buying-not-yet")>
                    {if may_confirm {
                        view! {
                            <p>{t!("problem-supplier-unconfirmed-body")}</p>
                            <p>
                                <a href=paths::SETTINGS_COMPANY>{t!("company-open")}</a>
                            </p>
                        }
                        .into_any()
                    } else {
                        view! { <p><WithNumber text=buying_not_yet()/></p> }.into_any()
                    }}
                </Notice>
            }
            .into_any(),
        ),
        Buying::SignsIn => Some(
            view! {
                <p class="actions">
                    <ButtonLink href=ui::with_query(paths::SIGN_IN, &[("next", paths::BUNDLES.to_owned())]) label=t!("shop-sign-in")/>
                    <ButtonLink href=paths::REGISTER label=t!("sign-in-register") kind=ButtonKind::Secondary/>
                </p>
            }
            .into_any(),
        ),
        Buying::Asks(names) if names.is_empty() => {
            Some(view! { <Notice title=t!("shop-ask-title")><p><WithNumber text=t!("problem-ask-us", phone = ui::line_phone())/></p></Notice> }.into_any())
        }
        Buying::Asks(names) => Some(
            view! {
                <Notice title=t!("shop-ask-title")>
                    <p>{t!("problem-ask-one")}</p>
                    <ul class="people">
                        {names.into_iter().map(|name| view! { <li>{name}</li> }).collect::<Vec<_>>()}
                    </ul>
                </Notice>
            }
            .into_any(),
        ),
    }
}

/// What was ordered, the newest first: a table, on narrow screens cards.
fn purchases_table(purchases: CountedPage<Purchase, PurchaseNumber>) -> Option<impl IntoView> {
    let CountedPage { page, total } = purchases;
    if page.rows.is_empty() {
        return None;
    }
    let shown = page.rows.len();
    let first = ui::query_value("before").map(|_| format!("{}#purchases", paths::BUNDLES));
    let next = page.next.map(|before| format!("{}?before={before}#purchases", paths::BUNDLES));
    let locale = Locale::current();
    let rows = page
        .rows
        .into_iter()
        .map(|purchase| {
            let day = format::date_numeric(locale, format::local_date(purchase.created_at), None);
            view! {
                <tr>
                    <th scope="row">
                        <a class="whole" href=paths::purchase(purchase.number)>{purchase.number.to_string()}</a>
                    </th>
                    <td data-label=t!("shop-column-date")>{day}</td>
                    <td data-label=t!("shop-column-what")>{pieces(&purchase)}</td>
                    <td class="number" data-label=t!("shop-column-total")>
                        {format::money(locale, purchase.total)}
                    </td>
                    <td data-label=t!("shop-column-state")>
                        <PurchaseBadge state=purchase.state/>
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    Some(view! {
        <section aria-labelledby="purchases">
            <h2 id="purchases">{t!("shop-purchases")}</h2>
            <Table
                class="table-purchases"
                columns=vec![
                    Column::text(t!("shop-column-number")),
                    Column::text(t!("shop-column-date")),
                    Column::text(t!("shop-column-what")),
                    Column::number(t!("shop-column-total")),
                    Column::text(t!("shop-column-state")),
                ]
            >
                {rows}
            </Table>
            <Pages label=t!("shop-purchases") shown total first next/>
        </section>
    })
}
