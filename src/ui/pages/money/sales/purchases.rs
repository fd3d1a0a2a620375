//! `/sales/purchases`: all purchases, by state and by what is searched for.

use leptos::prelude::*;

use super::{
    nav::{SalesNav, path_of},
    words::{SoldPurchaseBadge, method, purchase_state},
};
use crate::{
    api,
    model::money::{pages::SoldPurchases, purchases::PurchaseState, sales::SoldPurchase},
    ui::{
        self,
        components::{EmptyState, Page, ProblemPage, Width},
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
    view! {
        {Suspend::new(async move {
            match api::money::sales::sold_purchases(state, search.clone(), before).await {
                Ok(list) => view! { <SoldPurchaseList list state search/> }.into_any(),
                Err(problem) => view! { <ProblemPage problem/> }.into_any(),
            }
        })}
    }
}

/// The address of the list.
fn list_path(state: Option<PurchaseState>, search: &str, before: Option<String>) -> String {
    let mut query = Vec::new();
    query.extend(state.map(|state| ("state", state.code().to_owned())));
    query.extend((!search.is_empty()).then(|| ("search", search.to_owned())));
    query.extend(before.map(|before| ("before", before)));
    match serde_urlencoded::to_string(query) {
        Ok(query) if !query.is_empty() => format!("/sales/purchases?{query}"),
        _ => "/sales/purchases".to_owned(),
    }
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
            <form method="get" action="/sales/purchases" role="search" class="search">
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
        <table class="table table-sales">
            <thead>
                <tr>
                    <th scope="col">{t!("sales-column-purchase")}</th>
                    <th scope="col">{t!("sales-column-customer")}</th>
                    <th scope="col">{t!("sales-column-placed")}</th>
                    <th scope="col" class="number">
                        {t!("sales-column-minutes")}
                    </th>
                    <th scope="col" class="number">
                        {t!("sales-column-total")}
                    </th>
                    <th scope="col">{t!("sales-column-method")}</th>
                    <th scope="col">{t!("sales-column-state")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(purchase: SoldPurchase) -> impl IntoView {
    let locale = Locale::current();
    view! {
        <tr>
            <th scope="row">
                <a href=path_of(purchase.number)>{purchase.number.to_string()}</a>
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
