//! `/desk/customers`: customers by name, with their contract and what is left.

use leptos::prelude::*;

use crate::{
    api,
    model::{minutes::pages::CustomerRow, paths},
    ui::{
        self,
        components::{Column, EmptyState, Page, Table, Width, loaded},
        format,
        texts::{Locale, t},
    },
};

/// All customers, or those whose name or IČO is searched for.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let search = ui::query_value("search").unwrap_or_default();
    loaded(
        api::minutes::contracts::customers(search.clone()),
        move |customers| view! { <CustomerList customers search/> },
    )
}

/// Customers, and the search above them.
#[component]
pub fn CustomerList(customers: Vec<CustomerRow>, search: String) -> impl IntoView {
    let list = if customers.is_empty() {
        view! {
            <EmptyState title=t!("customers-none")>
                <p>
                    <a href=paths::CUSTOMERS>{t!("customers-all")}</a>
                </p>
            </EmptyState>
        }
        .into_any()
    } else {
        table(customers).into_any()
    };
    view! {
        <Page title=t!("customers-title") width=Width::Full>
            <form method="get" action=paths::CUSTOMERS role="search" class="search">
                <label for="search">{t!("customers-search")}</label>
                <div class="search-line">
                    <input class="input" type="search" id="search" name="search" value=search/>
                    <button type="submit" class="button button-secondary">
                        {t!("customers-find")}
                    </button>
                </div>
            </form>
            {list}
        </Page>
    }
}

fn table(customers: Vec<CustomerRow>) -> impl IntoView {
    let rows = customers.into_iter().map(row).collect::<Vec<_>>();
    view! {
        <Table
            class="table-customers"
            columns=vec![
                Column::text(t!("customers-column-name")),
                Column::text(t!("customers-column-contract")),
                Column::text(t!("customers-column-tier")),
                Column::text(t!("customers-column-left")),
            ]
        >
            {rows}
        </Table>
    }
}

fn row(customer: CustomerRow) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">
                <a href=paths::customer(customer.id)>{customer.name}</a>
            </th>
            <td data-label=t!("customers-column-contract")>
                {customer.contract.unwrap_or_else(|| t!("customers-no-contract"))}
            </td>
            <td data-label=t!("customers-column-tier")>{customer.tier}</td>
            <td data-label=t!("customers-column-left")>{format::minutes(Locale::current(), customer.minutes_left)}</td>
        </tr>
    }
}
