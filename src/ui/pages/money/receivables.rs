//! `/sales/receivables`: what is owed on invoices past their due day, by customer and age.

use leptos::prelude::*;

use super::sales::SalesNav;
use crate::{
    api,
    model::{
        base::money::Money,
        money::receivables::{Age, Receivable, ReceivablesPage as Receivables},
        paths,
    },
    ui::{
        components::{Column, EmptyState, Page, Table, Width, loaded},
        format,
        texts::{Locale, t},
    },
};

/// Who owes.
#[component]
pub fn ReceivablesPage() -> impl IntoView {
    loaded(api::money::receivables::receivables(), |page| view! { <ReceivablesView page/> })
}

#[component]
fn ReceivablesView(page: Receivables) -> impl IntoView {
    let count = page.rows.total;
    let amount = format::money(Locale::current(), page.overdue());
    let list = if page.rows.rows.is_empty() {
        view! { <EmptyState title=t!("receivables-none")/> }.into_any()
    } else {
        view! { <Owing page/> }.into_any()
    };
    view! {
        <Page
            title=t!("receivables-title", count = count, amount = amount)
            lead=t!("receivables-lead")
            width=Width::Full
            before=view! { <SalesNav/> }.into_any()
        >
            {list}
        </Page>
    }
}

#[component]
fn Owing(page: Receivables) -> impl IntoView {
    let shown = page.rows.rows.len();
    let more = (u32::try_from(shown).is_ok_and(|shown| shown < page.rows.total))
        .then(|| view! { <p>{t!("receivables-shown", shown = shown, total = page.rows.total)}</p> });
    let overdue = page.overdue();
    let foot = view! {
        <tr>
            <th scope="row">{t!("receivables-all")}</th>
            {amounts(page.ages, overdue, page.owed)}
        </tr>
    }
    .into_any();
    let columns = std::iter::once(Column::text(t!("receivables-column-customer")))
        .chain(Age::ALL.iter().map(|age| Column::number(t!("receivables-age", age = age.code()))))
        .chain([Column::number(t!("receivables-column-overdue")), Column::number(t!("receivables-column-owed"))])
        .collect::<Vec<_>>();
    let rows = page.rows.rows.into_iter().map(row).collect::<Vec<_>>();
    view! {
        <Table class="table-sales" caption=t!("receivables-lead") caption_hidden=true columns foot>
            {rows}
        </Table>
        {more}
    }
}

fn row(receivable: Receivable) -> impl IntoView {
    let overdue = receivable.overdue();
    view! {
        <tr>
            <th scope="row">
                <a href=paths::customer(receivable.customer)>{receivable.name}</a>
            </th>
            {amounts(receivable.ages, overdue, receivable.owed)}
        </tr>
    }
}

fn amounts(ages: [Money; 4], overdue: Money, owed: Money) -> impl IntoView {
    let locale = Locale::current();
    let ages = Age::ALL
        .iter()
        .zip(ages)
        .map(|(age, amount)| (t!("receivables-age", age = age.code()), amount))
        .chain([(t!("receivables-column-overdue"), overdue), (t!("receivables-column-owed"), owed)]);
    ages.map(|(label, amount)| {
        let amount = (amount > Money::ZERO).then(|| format::money(locale, amount));
        view! {
            <td class="number" data-label=label>
                {amount}
            </td>
        }
    })
    .collect::<Vec<_>>()
}
