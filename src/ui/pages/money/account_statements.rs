//! `/documents/statement`: what was charged and paid over any days, and what is owed and left at both ends.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::money::Money,
        money::account_statements::{AccountEntry, AccountStatement as Shown, MinutesSum},
        paths,
    },
    ui::{
        self, account_words,
        components::{
            Column, EmptyState, Icon, Page, SummaryList, SummaryRow, Symbol, Table, WrongDays, day_field, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// The statement of the customer's account.
#[component]
pub fn AccountStatementPage() -> impl IntoView {
    let (from, until) = (ui::query_parsed("from"), ui::query_parsed("until"));
    let days = (from.clone().unwrap_or_default(), until.clone().unwrap_or_default());
    loaded(api::money::account_statements::account_statement(days.0, days.1), move |statement| {
        let wrong = WrongDays::of((&from, &until), (statement.from, statement.until));
        view! { <AccountStatementView statement wrong/> }
    })
}

/// The page itself.
#[component]
pub fn AccountStatementView(
    /// What it shows.
    statement: Shown,
    /// What is wrong with the days that were asked for.
    #[prop(optional)]
    wrong: WrongDays,
) -> impl IntoView {
    let locale = Locale::current();
    let (from, until) = (statement.from, statement.until);
    let lead = account_words::period(locale, from, until);
    let before = view! {
        <p class="steps">
            <a class="steps-back" href=paths::DOCUMENTS>
                <Icon symbol=Symbol::Back/>
                {t!("documents-title")}
            </a>
        </p>
    };
    let query = [("from", from.to_string()), ("until", until.to_string())];
    view! {
        <Page title=t!("account-title") lead before=before.into_any()>
            {days(from, until, wrong)}
            {balances(&statement)}
            {money(&statement)}
            {minutes(&statement)}
            <p class="table-note">{account_words::made_at(locale, statement.made_at)}</p>
            <p class="statement-export">
                <a href=ui::with_query(paths::ACCOUNT_STATEMENT_PDF, &query)>{t!("account-pdf")}</a>
                " · "
                <a href=ui::with_query(paths::ACCOUNT_STATEMENT_CSV, &query)>{t!("account-csv")}</a>
            </p>
        </Page>
    }
}

/// Which days, and short ways to those that are asked for most.
fn days(from: NaiveDate, until: NaiveDate, wrong: WrongDays) -> impl IntoView {
    let today = ui::now().map_or(until, format::local_date);
    let this_month = today.with_day(1).unwrap_or(today);
    let last_month = this_month.pred_opt().unwrap_or(this_month);
    let last_year = today.with_ordinal(1).and_then(|first| first.pred_opt()).unwrap_or(today);
    let usual = [
        (t!("account-this-month"), this_month, today),
        (t!("account-last-month"), last_month.with_day(1).unwrap_or(last_month), last_month),
        (t!("account-this-year"), today.with_ordinal(1).unwrap_or(today), today),
        (t!("account-last-year"), last_year.with_ordinal(1).unwrap_or(last_year), last_year),
    ];
    let usual = usual
        .into_iter()
        .map(|(word, first, last)| {
            let query = [("from", first.to_string()), ("until", last.to_string())];
            let here = ((first, last) == (from, until)).then_some("true");
            view! {
                <li>
                    <a href=ui::with_query(paths::ACCOUNT_STATEMENT, &query) aria-current=here>
                        {word}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <nav class="periods" aria-label=t!("statement-periods")>
            <ul class="plain-list switch">{usual}</ul>
        </nav>
        <form method="get" action=paths::ACCOUNT_STATEMENT class="figures-span">
            {day_field("from", t!("figures-from"), from, wrong.from)}
            {day_field("until", t!("figures-until"), until, wrong.until)}
            <button type="submit" class="button button-secondary">
                {t!("figures-show")}
            </button>
        </form>
    }
}

fn balances(statement: &Shown) -> impl IntoView + use<> {
    let locale = Locale::current();
    let end = |owed, left| format!("{} · {}", account_words::balance(locale, owed), format::minutes(locale, left));
    let opening = end(statement.opening, statement.minutes_opening);
    let closing = end(statement.closing(), statement.minutes_closing);
    let charged = format::money(locale, statement.charged());
    let paid = format::money(locale, statement.paid());
    view! {
        <SummaryList>
            <SummaryRow term=t!("account-opening")>{opening}</SummaryRow>
            <SummaryRow term=t!("account-charged")>{charged}</SummaryRow>
            <SummaryRow term=t!("account-paid")>{paid}</SummaryRow>
            <SummaryRow term=t!("account-closing")>{closing}</SummaryRow>
        </SummaryList>
    }
}

fn money(statement: &Shown) -> impl IntoView + use<> {
    let locale = Locale::current();
    let table = if statement.entries.is_empty() {
        view! { <EmptyState title=t!("account-empty")/> }.into_any()
    } else {
        let end = |day, word: String, balance| {
            view! {
                <tr class="statement-end">
                    <th scope="row">{format::date_numeric(locale, day, None)}</th>
                    <td data-label=t!("statement-column-what")>{word}</td>
                    <td class="number statement-none"></td>
                    <td class="number" data-label=t!("account-column-owed")>
                        {format::money(locale, balance)}
                    </td>
                </tr>
            }
        };
        let first = end(statement.from, t!("account-opening"), statement.opening);
        let last = end(statement.until, t!("account-closing"), statement.closing());
        let rows = statement.running().map(|(entry, owed)| entry_row(entry, owed)).collect::<Vec<_>>();
        view! {
            <Table
                class="table-statement"
                columns=vec![
                    Column::text(t!("statement-column-date")),
                    Column::text(t!("statement-column-what")),
                    Column::number(t!("statement-column-change")),
                    Column::number(t!("account-column-owed")),
                ]
            >
                {first} {rows} {last}
            </Table>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="money">
            <h2 id="money">{t!("account-money")}</h2>
            {table}
        </section>
    }
}

fn entry_row(entry: &AccountEntry, owed: Money) -> impl IntoView + use<> {
    let locale = Locale::current();
    let what = account_words::entry(locale, entry);
    let way = if entry.kind.is_document() {
        Some(paths::document_pdf(&entry.number))
    } else {
        entry.number.parse().ok().filter(|_| entry.kind.is_of_purchase()).map(paths::purchase)
    };
    let what = match way {
        Some(way) => view! { <a href=way>{what}</a> }.into_any(),
        None => what.into_any(),
    };
    let note = account_words::note(locale, entry).map(|note| view! { <span class="table-note">{note}</span> });
    let change = if entry.change == Money::ZERO { "–".to_owned() } else { format::money(locale, entry.change) };
    view! {
        <tr>
            <th scope="row">{format::date_numeric(locale, entry.day, None)}</th>
            <td data-label=t!("statement-column-what")>{what} {note}</td>
            <td class="number" data-label=t!("statement-column-change")>
                {change}
            </td>
            <td class="number" data-label=t!("account-column-owed")>
                {format::money(locale, owed)}
            </td>
        </tr>
    }
}

fn minutes(statement: &Shown) -> impl IntoView + use<> {
    let locale = Locale::current();
    let row = |sum: &MinutesSum| {
        let (kind, minutes) =
            (account_words::minutes_kind(locale, sum.kind), account_words::minutes(locale, sum.minutes));
        view! { <SummaryRow term=kind>{minutes}</SummaryRow> }
    };
    let sums = statement.minutes.iter().map(row).collect::<Vec<_>>();
    let opening = format::minutes(locale, statement.minutes_opening);
    let closing = format::minutes(locale, statement.minutes_closing);
    view! {
        <section aria-labelledby="minutes">
            <h2 id="minutes">{t!("account-minutes")}</h2>
            <SummaryList>
                <SummaryRow term=t!("statement-opening")>{opening}</SummaryRow>
                {sums}
                <SummaryRow term=t!("statement-closing")>{closing}</SummaryRow>
            </SummaryList>
            <p>
                <a href=paths::USAGE_STATEMENT>{t!("account-minutes-all")}</a>
            </p>
        </section>
    }
}
