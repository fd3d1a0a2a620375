//! `/sales/orders`: all orders, by state and by what is searched for.

use leptos::prelude::*;

use super::{
    SalesNav,
    words::{OrderBadge, method, order_state},
};
use crate::{
    api,
    model::{
        money::{
            purchases::OrderState,
            sales::{SoldOrder, SoldOrders},
        },
        paths,
    },
    ui::{
        self,
        components::{Column, EmptyState, Page, Table, Width, loaded},
        format,
        texts::{Locale, t},
    },
};

/// Orders, the newest first.
#[component]
pub fn SalesOrdersPage() -> impl IntoView {
    let search = ui::query_value("search").unwrap_or_default();
    let state = ui::query_value("state").and_then(|code| OrderState::from_code(&code));
    let before = ui::query_value("before").and_then(|number| number.parse().ok());
    loaded(
        api::money::sales::sold_orders(state, search.clone(), before),
        move |list| view! { <OrderList list state search/> },
    )
}

/// The address of the list.
fn list_path(state: Option<OrderState>, search: &str, before: Option<String>) -> String {
    let mut query = Vec::new();
    query.extend(state.map(|state| ("state", state.code().to_owned())));
    query.extend((!search.is_empty()).then(|| ("search", search.to_owned())));
    query.extend(before.map(|before| ("before", before)));
    match serde_urlencoded::to_string(query) {
        Ok(query) if !query.is_empty() => format!("{}?{query}", paths::SALES_PURCHASES),
        _ => paths::SALES_PURCHASES.to_owned(),
    }
}

/// The page itself.
#[component]
pub fn OrderList(list: SoldOrders, state: Option<OrderState>, search: String) -> impl IntoView {
    let older = list.next_before.map(|before| {
        view! {
            <p>
                <a href=list_path(state, &search, Some(before.to_string()))>{t!("sales-orders-older")}</a>
            </p>
        }
    });
    let table = if list.orders.is_empty() {
        view! { <EmptyState title=t!("sales-orders-none")/> }.into_any()
    } else {
        table(list.orders).into_any()
    };
    let kept = state.map(|state| view! { <input type="hidden" name="state" value=state.code()/> });
    view! {
        <Page title=t!("sales-orders-title") width=Width::Full before=view! { <SalesNav/> }.into_any()>
            <form method="get" action=paths::SALES_PURCHASES role="search" class="search">
                {kept}
                <label for="search">{t!("sales-orders-search")}</label>
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

/// The states, to show the orders of one only.
#[component]
fn States(state: Option<OrderState>, search: String) -> impl IntoView {
    let links = std::iter::once(None)
        .chain(OrderState::ALL.iter().copied().map(Some))
        .map(|other| {
            let word = other.map_or_else(|| t!("sales-orders-all"), order_state);
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
        <nav class="tabs tabs-filter" aria-label=t!("sales-orders-states")>
            <ul>{links}</ul>
        </nav>
    }
}

fn table(orders: Vec<SoldOrder>) -> impl IntoView {
    let rows = orders.into_iter().map(row).collect::<Vec<_>>();
    view! {
        <Table
            class="table-sales"
            columns=vec![
                Column::text(t!("sales-column-order")),
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

fn row(order: SoldOrder) -> impl IntoView {
    let locale = Locale::current();
    view! {
        <tr>
            <th scope="row">
                <a href=paths::sales_purchase(order.number)>{order.number.to_string()}</a>
            </th>
            <td data-label=t!("sales-column-customer")>{order.customer}</td>
            <td data-label=t!("sales-column-placed")>{format::moment(locale, order.created_at)}</td>
            <td class="number" data-label=t!("sales-column-minutes")>
                {format::minutes(locale, order.minutes)}
            </td>
            <td class="number" data-label=t!("sales-column-total")>
                {format::money(locale, order.total)}
            </td>
            <td data-label=t!("sales-column-method")>{method(order.method)}</td>
            <td data-label=t!("sales-column-state")>
                <OrderBadge state=order.state/>
            </td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_keeps_what_it_shows_from_page_to_page() {
        assert_eq!(list_path(None, "", None), "/sales/orders");
        let path = list_path(Some(OrderState::Paid), "škola & spol.", Some("B2026-000051".to_owned()));
        assert_eq!(path, "/sales/orders?state=paid&search=%C5%A1kola+%26+spol.&before=B2026-000051");
    }
}
