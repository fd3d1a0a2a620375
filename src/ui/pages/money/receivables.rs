//! `/sales/receivables`: what is owed on invoices past their due day, by customer and age.

mod case;

use leptos::prelude::*;

pub use self::case::ReceivablePage;
use super::sales::SalesNav;
use crate::{
    api,
    model::{
        base::money::Money,
        money::receivables::{Age, Receivable, ReceivablesPage as Receivables},
        paths,
    },
    ui::{
        self,
        components::{Column, EmptyState, Page, Table, Width, loaded},
        format,
        texts::{Locale, t},
    },
};

/// Who owes.
#[component]
pub fn ReceivablesPage() -> impl IntoView {
    let age = ui::query_value("age").and_then(|code| Age::from_code(&code));
    loaded(api::money::receivables::receivables(age), |page| view! { <ReceivablesView page/> })
}

#[component]
fn ReceivablesView(page: Receivables) -> impl IntoView {
    let count = page.rows.total;
    let amount = format::money(Locale::current(), page.overdue());
    let age = page.age;
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
            {ages(age)}
            {list}
            <p class="actions">
                <a href=ui::with_query(paths::SALES_RECEIVABLES_CSV, &queried(age))>{t!("receivables-csv")}</a>
                <a href=paths::SALES_REMINDERS>{t!("reminders-open")}</a>
            </p>
        </Page>
    }
}

fn queried(age: Option<Age>) -> Vec<(&'static str, String)> {
    age.map(|age| ("age", age.code().to_owned())).into_iter().collect()
}

/// Which ages are shown.
fn ages(shown: Option<Age>) -> impl IntoView {
    let ways = std::iter::once(None).chain(Age::ALL.iter().copied().map(Some)).map(|age| {
        let word = age.map_or_else(|| t!("receivables-every-age"), |age| t!("receivables-age", age = age.code()));
        let href = ui::with_query(paths::SALES_RECEIVABLES, &queried(age));
        view! {
            <li>
                <a href=href aria-current=(age == shown).then_some("true")>
                    {word}
                </a>
            </li>
        }
    });
    view! {
        <nav class="periods" aria-label=t!("receivables-ages")>
            <ul class="plain-list switch">{ways.collect::<Vec<_>>()}</ul>
        </nav>
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
                <a href=paths::sales_receivable(receivable.customer)>{receivable.name}</a>
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
