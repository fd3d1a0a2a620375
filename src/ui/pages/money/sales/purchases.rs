//! `/sales/purchases`: all purchases, by state and by what is searched for.

use leptos::prelude::*;

use super::{
    nav::SalesNav,
    words::{SoldPurchaseBadge, method, purchase_state},
};
use crate::{
    api,
    model::{
        money::{pages::SoldPurchases, purchases::PurchaseState, sales::SoldPurchase},
        paths,
    },
    ui::{
        self,
        components::{Column, EmptyState, Page, Table, Width, loaded},
        format,
        texts::{Locale, t},
    },
};

/// Purchases, the newest first.
#[component]
pub fn SalesPurchasesPage() -> impl IntoView {
    let search = ui::query_value("search").unwrap_or_default();
    let state = ui::query_value("state").and_then(|code| PurchaseState::from_code(&code));
    let before = ui::query_value("before").and_then(|number| number.parse().ok());
    loaded(
        api::money::sales::sold_purchases(state, search.clone(), before),
        move |list| view! { <SoldPurchaseList list state search/> },
    )
}

/// The address of the list.
fn list_path(state: Option<PurchaseState>, search: &str, before: Option<String>) -> String {
    let mut query = Vec::new();
    query.extend(state.map(|state| ("state", state.code().to_owned())));
    query.extend((!search.is_empty()).then(|| ("search", search.to_owned())));
    query.extend(before.map(|before| ("before", before)));
    ui::with_query(paths::SALES_PURCHASES, &query)
}

/// The page itself.
#[component]
pub fn SoldPurchaseList(list: SoldPurchases, state: Option<PurchaseState>, search: String) -> impl IntoView {
    let older = list.next_before.map(|before| {
        view! {
            <p>
                <a href=list_path(state, &search, Some(before.to_string()))>{t!("sales-purchases-older")}</a>
            </p>
        }
    });
    let table = if list.purchases.is_empty() {
        view! { <EmptyState title=t!("sales-purchases-none")/> }.into_any()
    } else {
        table(list.purchases).into_any()
    };
    let kept = state.map(|state| view! { <input type="hidden" name="state" value=state.code()/> });
    view! {
        <Page title=t!("sales-purchases-title") width=Width::Full before=view! { <SalesNav/> }.into_any()>
            <form method="get" action=paths::SALES_PURCHASES role="search" class="search">
                {kept}
                <label for="search">{t!("sales-purchases-search")}</label>
                <div class="search-line">
                    <input class="input" type="search" id="search" name="search" value=search.clone()/>
                    <button type="submit" class="button button-secondary">
                        {t!("customers-find")}
                    </button>
                </div>
            </form>
            <States state search/>
            {table}
            {older}
        </Page>
    }
}

/// The states, to show the purchases of one only.
#[component]
fn States(state: Option<PurchaseState>, search: String) -> impl IntoView {
    let links = std::iter::once(None)
        .chain(PurchaseState::ALL.iter().copied().map(Some))
        .map(|other| {
            let word = other.map_or_else(|| t!("sales-purchases-all"), purchase_state);
            view! {
                <li>
                    <a href=list_path(other, &search, None) aria-current=(other == state).then_some("true")>
                        {word}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <nav class="tabs tabs-filter" aria-label=t!("sales-purchases-states")>
            <ul>{links}</ul>
        </nav>
    }
}

fn table(purchases: Vec<SoldPurchase>) -> impl IntoView {
    let rows = purchases.into_iter().map(row).collect::<Vec<_>>();
    view! {
        <Table
            class="table-sales"
            columns=vec![
                Column::text(t!("sales-column-purchase")),
                Column::text(t!("sales-column-customer")),
                Column::text(t!("sales-column-placed")),
                Column::number(t!("sales-column-minutes")),
                Column::number(t!("sales-column-total")),
                Column::text(t!("sales-column-method")),
                Column::text(t!("sales-column-state")),
            ]
        >
            {rows}
        </Table>
    }
}

fn row(purchase: SoldPurchase) -> impl IntoView {
    let locale = Locale::current();
    view! {
        <tr>
            <th scope="row">
                <a class="whole" href=paths::sales_purchase(purchase.number)>{purchase.number.to_string()}</a>
            </th>
            <td data-label=t!("sales-column-customer")>{purchase.customer}</td>
            <td data-label=t!("sales-column-placed")>{format::moment(locale, purchase.created_at)}</td>
            <td class="number" data-label=t!("sales-column-minutes")>
                {format::minutes(locale, purchase.minutes)}
            </td>
            <td class="number" data-label=t!("sales-column-total")>
                {format::money(locale, purchase.total)}
            </td>
            <td data-label=t!("sales-column-method")>{method(purchase.method)}</td>
            <td data-label=t!("sales-column-state")>
                <SoldPurchaseBadge state=purchase.state/>
            </td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_keeps_what_it_shows_from_page_to_page() {
        assert_eq!(list_path(None, "", None), "/sales/purchases");
        let path = list_path(Some(PurchaseState::Paid), "škola & spol.", Some("B2026-000051".to_owned()));
        assert_eq!(path, "/sales/purchases?state=paid&search=%C5%A1kola+%26+spol.&before=B2026-000051");
    }
}
