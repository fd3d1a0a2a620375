//! `/desk/customers`: customers by name, with their contract and what is left.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{
            ids::CustomerId,
            paging::{CountedPage, Queue},
        },
        minutes::{contracts::EndingContract, pages::CustomerRow},
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Column, EmptyState, Notice, NoticeKind, Page, Pages, Table, Width, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// All customers, or those whose name or IČO is searched for.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let search = ui::query_value("search").unwrap_or_default();
    let after = ui::query_value("after").and_then(|customer| customer.parse().ok());
    let is_start = search.is_empty() && after.is_none();
    let wanted = search.clone();
    let load = async move {
        let ending = if is_start { api::minutes::contracts::ending_contracts().await? } else { Queue::default() };
        Ok::<_, Problem>((api::minutes::contracts::customers(wanted, after).await?, ending))
    };
    loaded(load, move |(customers, ending)| {
        view! { <CustomerList customers ending search is_first=after.is_none()/> }
    })
}

/// The address of the list.
fn list_path(search: &str, after: Option<CustomerId>) -> String {
    let mut query = Vec::new();
    query.extend((!search.is_empty()).then(|| ("search", search.to_owned())));
    query.extend(after.map(|customer| ("after", customer.to_string())));
    ui::with_query(paths::CUSTOMERS, &query)
}

/// Customers, and the search above them.
#[component]
pub fn CustomerList(
    customers: CountedPage<CustomerRow, CustomerId>,
    /// Contracts that end soon.
    ending: Queue<EndingContract>,
    search: String,
    /// Whether it is the first page.
    is_first: bool,
) -> impl IntoView {
    let CountedPage { page, total } = customers;
    let shown = page.rows.len();
    let list = if page.rows.is_empty() {
        view! {
            <EmptyState title=t!("customers-none")>
                <p>
                    <a href=paths::CUSTOMERS>{t!("customers-all")}</a>
                </p>
            </EmptyState>
        }
        .into_any()
    } else {
        table(page.rows).into_any()
    };
    let first = (!is_first).then(|| list_path(&search, None));
    let next = page.next.map(|after| list_path(&search, Some(after)));
    view! {
        <Page title=t!("customers-title") width=Width::Full>
            <p class="actions">
                <ButtonLink href=paths::NEW_CUSTOMER label=t!("customer-new")/>
                <ButtonLink href=paths::NEWCOMERS label=t!("newcomers-title") kind=ButtonKind::Secondary/>
            </p>
            <form method="get" action=paths::CUSTOMERS role="search" class="search">
                <label for="search">{t!("customers-search")}</label>
                <div class="search-line">
                    <input class="input" type="search" id="search" name="search" value=search/>
                    <button type="submit" class="button button-secondary">
                        {t!("customers-find")}
                    </button>
                </div>
            </form>
            <Ending ending/>
            {list}
            <Pages label=t!("customers-title") shown total first next/>
        </Page>
    }
}

/// Contracts that end soon and are followed by none.
#[component]
fn Ending(ending: Queue<EndingContract>) -> impl IntoView {
    let Queue { rows, total } = ending;
    let shown = rows.len();
    let more = u32::try_from(shown)
        .is_ok_and(|shown| shown < total)
        .then(|| view! { <p>{t!("queue-shown", shown = shown, total = total)}</p> });
    let entries = rows
        .into_iter()
        .map(|contract| {
            let date = format::date_numeric(Locale::current(), contract.last_day, None);
            view! {
                <li>
                    <a href=paths::customer(contract.customer)>{contract.name}</a>
                    " "
                    {t!("customers-ending-one", number = contract.number.as_str(), date = date)}
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!entries.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Soon title=t!("customers-ending")>
                <ul class="plain-list">{entries}</ul>
                {more}
            </Notice>
        }
    })
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
            <td data-label=t!("customers-column-tier")>{named(&customer.tier)}</td>
            <td data-label=t!("customers-column-left")>{format::minutes(Locale::current(), customer.free)}</td>
        </tr>
    }
}
