//! `/sales/accounting`: the accountant's month – documents, VAT, files for accountants' programs, locked months.

mod months;

use chrono::NaiveDate;
use leptos::prelude::*;

use self::months::Months;
use super::sales::SalesNav;
use crate::{
    api,
    model::{
        base::{ids::DocumentId, money::Money, paging::CountedPage},
        money::{
            accounting::{
                AccountedDocument, AccountingFilter, AccountingPage as Accounting, DocumentDay, OpenOrPaid, VatDay,
                rates_of,
            },
            tax_documents::{DocumentKind, TaxRow},
        },
        paths,
    },
    ui::{
        self,
        components::{Column, EmptyState, Page, Pages, Table, Width, WrongDays, day_field, loaded},
        format,
        texts::{Locale, t},
    },
};

/// The accountant's month.
#[component]
pub fn AccountingPage() -> impl IntoView {
    let (from, until) = (ui::query_parsed("from"), ui::query_parsed("until"));
    let days = (from.clone().unwrap_or_default(), until.clone().unwrap_or_default());
    let by = ui::query_value("by").and_then(|code| DocumentDay::from_code(&code));
    let kind = ui::query_value("kind").and_then(|code| DocumentKind::from_code(&code));
    let paid = ui::query_value("paid").and_then(|code| OpenOrPaid::from_code(&code));
    let search = ui::query_value("search").unwrap_or_default();
    let after: Option<DocumentId> = ui::query_value("after").and_then(|document| document.parse().ok());
    loaded(api::money::accounting::accounting(days.0, days.1, by, kind, paid, search, after), move |page| {
        let wrong = WrongDays::of((&from, &until), (page.filter.from, page.filter.until));
        view! { <AccountingView page wrong is_first=after.is_none()/> }
    })
}

/// An address with what is listed in it.
fn listed(path: &str, filter: &AccountingFilter, after: Option<DocumentId>) -> String {
    let mut query = span(filter);
    query.extend(filter.kind.map(|kind| ("kind", kind.to_string())));
    query.extend(filter.paid.map(|paid| ("paid", paid.to_string())));
    query.extend((!filter.search.is_empty()).then(|| ("search", filter.search.clone())));
    query.extend(after.map(|after| ("after", after.to_string())));
    ui::with_query(path, &query)
}

fn span(filter: &AccountingFilter) -> Vec<(&'static str, String)> {
    vec![("from", filter.from.to_string()), ("until", filter.until.to_string()), ("by", filter.by.to_string())]
}

/// The address of the list.
fn list_path(filter: &AccountingFilter, after: Option<DocumentId>) -> String {
    listed(paths::SALES_ACCOUNTING, filter, after)
}

/// The page itself.
#[component]
fn AccountingView(page: Accounting, wrong: WrongDays, is_first: bool) -> impl IntoView {
    let Accounting { filter, documents: CountedPage { page, total }, days, received, returned, months } = page;
    let shown = page.rows.len();
    let first = (!is_first).then(|| list_path(&filter, None));
    let next = page.next.map(|last| list_path(&filter, Some(last)));
    let documents = if page.rows.is_empty() {
        view! { <EmptyState title=t!("accounting-none")/> }.into_any()
    } else {
        view! { <Documents rows=page.rows/> }.into_any()
    };
    view! {
        <Page title=t!("accounting-title") lead=t!("accounting-lead") width=Width::Full before=view! { <SalesNav/> }.into_any()>
            <Filter filter=filter.clone() wrong/>
            <section class="sales-part" aria-labelledby="documents">
                <h2 id="documents">{t!("accounting-documents")}</h2>
                {documents}
                <Pages label=t!("accounting-documents") shown total first next/>
            </section>
            <Vat days received returned/>
            <Files filter/>
            <Months months/>
        </Page>
    }
}

/// Which documents.
#[component]
fn Filter(filter: AccountingFilter, wrong: WrongDays) -> impl IntoView {
    let AccountingFilter { from, until, by, kind, paid, search } = filter;
    let by = DocumentDay::ALL
        .iter()
        .map(|day| (day.code(), t!("accounting-day", day = day.code()), *day == by))
        .collect::<Vec<_>>();
    let every = |word, is_chosen| std::iter::once(("", word, is_chosen));
    let kinds = every(t!("accounting-kind-all"), kind.is_none())
        .chain(
            DocumentKind::ALL
                .iter()
                .map(|each| (each.code(), t!("accounting-kind", kind = each.code()), kind == Some(*each))),
        )
        .collect::<Vec<_>>();
    let paid = every(t!("accounting-paid-all"), paid.is_none())
        .chain(
            OpenOrPaid::ALL
                .iter()
                .map(|each| (each.code(), t!("accounting-paid", paid = each.code()), paid == Some(*each))),
        )
        .collect::<Vec<_>>();
    view! {
        <form method="get" action=paths::SALES_ACCOUNTING class="figures-span" role="search">
            {day_field("from", t!("accounting-from"), from, wrong.from)}
            {day_field("until", t!("accounting-until"), until, wrong.until)}
            {choice("by", t!("accounting-by"), by)}
            {choice("kind", t!("accounting-kind-label"), kinds)}
            {choice("paid", t!("accounting-paid-label"), paid)}
            <div>
                <label for="search">{t!("accounting-search")}</label>
                <input class="input" type="search" id="search" name="search" value=search/>
            </div>
            <button type="submit" class="button button-secondary">
                {t!("accounting-show")}
            </button>
        </form>
    }
}

fn choice(name: &'static str, label: String, options: Vec<(&'static str, String, bool)>) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(value, word, is_chosen)| view! { <option value=value selected=is_chosen>{word}</option> })
        .collect::<Vec<_>>();
    view! {
        <div>
            <label for=name>{label}</label>
            <select class="input" id=name name=name>
                {options}
            </select>
        </div>
    }
}

#[component]
fn Documents(rows: Vec<AccountedDocument>) -> impl IntoView {
    let rows = rows.into_iter().map(document).collect::<Vec<_>>();
    view! {
        <Table
            class="table-sales"
            columns=vec![
                Column::text(t!("accounting-column-number")),
                Column::text(t!("accounting-column-kind")),
                Column::text(t!("accounting-column-customer")),
                Column::text(t!("accounting-column-issued")),
                Column::text(t!("accounting-column-tax-day")),
                Column::text(t!("accounting-column-due")),
                Column::number(t!("accounting-column-base")),
                Column::number(t!("accounting-column-tax")),
                Column::number(t!("accounting-column-total")),
                Column::number(t!("accounting-column-open")),
            ]
        >
            {rows}
        </Table>
    }
}

fn document(row: AccountedDocument) -> impl IntoView {
    let locale = Locale::current();
    let money = |amount: Money| format::money(locale, amount);
    let day = |day: Option<NaiveDate>| day.map(|day| format::date_numeric(locale, day, None));
    let open = (row.open > Money::ZERO).then(|| money(row.open));
    let customer =
        if row.ico.is_empty() { row.customer } else { t!("accounting-customer", name = row.customer, ico = row.ico) };
    view! {
        <tr>
            <th scope="row">
                <a class="whole" href=paths::document_pdf(&row.number)>{row.number.clone()}</a>
            </th>
            <td data-label=t!("accounting-column-kind")>{t!("accounting-kind", kind = row.kind.code())}</td>
            <td data-label=t!("accounting-column-customer")>{customer}</td>
            <td data-label=t!("accounting-column-issued")>{day(Some(row.issued_on))}</td>
            <td data-label=t!("accounting-column-tax-day")>{day(row.supplied_on)}</td>
            <td data-label=t!("accounting-column-due")>{day(row.due_on)}</td>
            <td class="number" data-label=t!("accounting-column-base")>
                {money(row.base)}
            </td>
            <td class="number" data-label=t!("accounting-column-tax")>
                {money(row.tax)}
            </td>
            <td class="number" data-label=t!("accounting-column-total")>
                {money(row.total)}
            </td>
            <td class="number" data-label=t!("accounting-column-open")>
                {open}
            </td>
        </tr>
    }
}

/// What was taxed, by rate and then day by day, and what came.
#[component]
fn Vat(days: Vec<VatDay>, received: Money, returned: Money) -> impl IntoView {
    let locale = Locale::current();
    let tables = if days.is_empty() {
        view! { <EmptyState title=t!("accounting-vat-none")/> }.into_any()
    } else {
        let rates = rates_of(&days).into_iter().map(|row| taxed(None, row)).collect::<Vec<_>>();
        let days = days.into_iter().map(|day| taxed(Some(day.day), day.row)).collect::<Vec<_>>();
        view! {
            <Table caption=t!("accounting-vat") caption_hidden=true columns=tax_columns(false)>
                {rates}
            </Table>
            <details>
                <summary>{t!("accounting-vat-days")}</summary>
                <Table caption=t!("accounting-vat-days") caption_hidden=true columns=tax_columns(true)>
                    {days}
                </Table>
            </details>
        }
        .into_any()
    };
    view! {
        <section class="sales-part" aria-labelledby="vat">
            <h2 id="vat">{t!("accounting-vat")}</h2>
            {tables}
            <p>
                {t!(
                    "accounting-received",
                    amount = format::money(locale, received),
                    returned = format::money(locale, returned),
                )}
            </p>
        </section>
    }
}

fn tax_columns(by_day: bool) -> Vec<Column> {
    let day = by_day.then(|| Column::text(t!("accounting-column-tax-day")));
    day.into_iter()
        .chain([
            Column::text(t!("accounting-column-rate")),
            Column::number(t!("accounting-column-base")),
            Column::number(t!("accounting-column-tax")),
            Column::number(t!("accounting-column-total")),
        ])
        .collect()
}

fn taxed(day: Option<NaiveDate>, row: TaxRow) -> impl IntoView {
    let locale = Locale::current();
    let rate = format::percent(locale, row.vat);
    let heads = match day {
        Some(day) => view! {
            <th scope="row">{format::date_numeric(locale, day, None)}</th>
            <td data-label=t!("accounting-column-rate")>{rate}</td>
        }
        .into_any(),
        None => view! { <th scope="row">{rate}</th> }.into_any(),
    };
    view! {
        <tr>
            {heads}
            <td class="number" data-label=t!("accounting-column-base")>
                {format::money(locale, row.base)}
            </td>
            <td class="number" data-label=t!("accounting-column-tax")>
                {format::money(locale, row.tax)}
            </td>
            <td class="number" data-label=t!("accounting-column-total")>
                {format::money(locale, row.total)}
            </td>
        </tr>
    }
}

/// The period as files.
#[component]
fn Files(filter: AccountingFilter) -> impl IntoView {
    let links = [
        (paths::SALES_ACCOUNTING_XLSX, t!("accounting-file-xlsx")),
        (paths::SALES_ACCOUNTING_CSV, t!("accounting-file-csv")),
        (paths::SALES_ACCOUNTING_POHODA, t!("accounting-file-pohoda")),
        (paths::SALES_ACCOUNTING_MONEY_S3, t!("accounting-file-money")),
        (paths::SALES_ACCOUNTING_ISDOC, t!("accounting-file-isdoc")),
    ]
    .into_iter()
    .map(|(path, word)| view! { <li><a href=listed(path, &filter, None)>{word}</a></li> })
    .collect::<Vec<_>>();
    view! {
        <section class="sales-part" aria-labelledby="files">
            <h2 id="files">{t!("accounting-files")}</h2>
            <ul>{links}</ul>
            <p class="aside">{t!("accounting-files-note")}</p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_keeps_what_it_shows_from_page_to_page_and_files_hold_the_same() {
        let day = |text: &str| text.parse().unwrap();
        let of = AccountingFilter::of(Some(day("2026-10-01")), Some(day("2026-10-31")), day("2026-11-23"));
        let filter = AccountingFilter { kind: Some(DocumentKind::Invoice), ..of.searched("škola & spol.") };
        let list = list_path(&filter, Some(DocumentId(7)));
        let period_of = "from=2026-10-01&until=2026-10-31&by=tax";
        let rest = "kind=invoice&search=%C5%A1kola+%26+spol.";
        assert_eq!(list, format!("/sales/accounting?{period_of}&{rest}&after=7"));
        let file = listed(paths::SALES_ACCOUNTING_XLSX, &filter, None);
        assert_eq!(file, format!("/sales/accounting/export.xlsx?{period_of}&{rest}"));
    }
}
