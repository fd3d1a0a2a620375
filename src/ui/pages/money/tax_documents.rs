//! `/documents`: proformas, tax documents, invoices and credit notes, with their files.

use leptos::prelude::*;

mod payment;

pub use self::payment::DocumentPaymentPage;
use super::purchases::pieces_of;
use crate::{
    api,
    model::{
        base::{
            ids::DocumentId,
            paging::{CountedPage, Queue},
        },
        money::{
            earlier_invoices::EarlierInvoice,
            tax_documents::{DocumentFilter, DocumentKind, DocumentList, DocumentRow, FileFormat, Purpose, Settlement},
        },
        paths,
        people::{accounts::Viewer, members::Capability},
        problem::Problem,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Column, EmptyState, Page, Pages, Table, loaded},
        format,
        texts::{Locale, t},
    },
};

use chrono::Datelike;

/// The customer's documents.
#[component]
pub fn DocumentsPage() -> impl IntoView {
    let filter = filter_in_query();
    let before = ui::query_value("before").and_then(|before| before.parse().ok());
    loaded(
        load(filter, before),
        move |(list, may_buy)| view! { <DocumentsView list may_buy is_first=before.is_none()/> },
    )
}

async fn load(filter: DocumentFilter, before: Option<DocumentId>) -> Result<(DocumentList, bool), Problem> {
    let list = api::money::tax_documents::document_list(filter.kind, filter.year, before).await?;
    let viewer = api::people::accounts::viewer().await.unwrap_or(Viewer::Visitor);
    Ok((list, viewer.may(Capability::Buy)))
}

/// What of the address makes sense; the rest filters nothing.
fn filter_in_query() -> DocumentFilter {
    DocumentFilter {
        kind: ui::query_value("kind").and_then(|kind| DocumentKind::from_code(&kind)),
        year: ui::query_value("year").and_then(|year| year.parse().ok()),
    }
}

/// The page itself.
#[component]
pub fn DocumentsView(
    /// What it shows.
    list: DocumentList,
    /// Whether the reader may buy minutes.
    may_buy: bool,
    /// Whether it is the first page.
    is_first: bool,
) -> impl IntoView {
    let DocumentList { filter, documents: CountedPage { page, total }, years, earlier } = list;
    let earlier = (earlier.total > 0).then(|| view! { <Earlier invoices=earlier/> });
    if years.is_empty() {
        return view! {
            <Page title=t!("documents-title")>
                {earlier}
                <p class="documents-archive">
                    <a href=paths::ACCOUNT_STATEMENT>{t!("account-open")}</a>
                </p>
                <EmptyState title=t!("documents-empty")>
                    {may_buy
                        .then(|| {
                            view! { <ButtonLink href=paths::BUNDLES kind=ButtonKind::Secondary label=t!("documents-buy")/> }
                        })}
                </EmptyState>
            </Page>
        }
        .into_any();
    }
    let shown = page.rows.len();
    let first = (!is_first).then(|| path(filter, None));
    let next = page.next.map(|last| path(filter, Some(last)));
    let rows = if page.rows.is_empty() {
        view! { <EmptyState title=t!("documents-empty-filter")/> }.into_any()
    } else {
        view! { <DocumentTable rows=page.rows/> }.into_any()
    };
    // A year at once is what an accountant takes home.
    let archive = filter.year.filter(|year| years.contains(year)).or_else(|| years.first().copied()).map(|year| {
        view! {
            <p class="documents-archive">
                <a href=paths::document_archive(&format!("{year}.zip"))>{t!("documents-zip", year = year.to_string())}</a>
            </p>
        }
    });
    view! {
        <Page title=t!("documents-title") lead=t!("documents-lead")>
            {earlier}
            <p class="documents-archive">
                <a href=paths::ACCOUNT_STATEMENT>{t!("account-open")}</a>
            </p>
            <Filters filter years/>
            {rows}
            <Pages label=t!("documents-title") shown total first next/>
            {archive}
        </Page>
    }
    .into_any()
}

/// Which kinds and years there are to choose from.
#[component]
fn Filters(filter: DocumentFilter, years: Vec<i32>) -> impl IntoView {
    let link = |word: String, to: DocumentFilter| {
        view! {
            <li>
                <a href=path(to, None) aria-current=(to == filter).then_some("true")>
                    {word}
                </a>
            </li>
        }
    };
    let kinds: Vec<_> = [link(t!("documents-all-kinds"), DocumentFilter { kind: None, ..filter })]
        .into_iter()
        .chain(DocumentKind::ALL.iter().map(|&kind| {
            link(t!("documents-kinds", kind = kind.code()), DocumentFilter { kind: Some(kind), ..filter })
        }))
        .collect();
    // With a single year there is nothing to choose, unless the address names another one.
    let is_choice = years.len() > 1 || filter.year.is_some();
    let years: Vec<_> = [link(t!("documents-all-years"), DocumentFilter { year: None, ..filter })]
        .into_iter()
        .chain(years.into_iter().map(|year| link(year.to_string(), DocumentFilter { year: Some(year), ..filter })))
        .collect();
    view! {
        <div class="document-filters">
            <nav class="periods" aria-label=t!("documents-filter-kind")>
                <ul class="plain-list switch">{kinds}</ul>
            </nav>
            {is_choice
                .then(|| {
                    view! {
                        <nav class="periods" aria-label=t!("documents-filter-year")>
                            <ul class="plain-list switch">{years}</ul>
                        </nav>
                    }
                })}
        </div>
    }
}

/// What is owed from before Linka: no documents of ours, so there are no files.
#[component]
fn Earlier(invoices: Queue<EarlierInvoice>) -> impl IntoView {
    let locale = Locale::current();
    let Queue { rows, total } = invoices;
    let more = usize::try_from(total).unwrap_or(usize::MAX).saturating_sub(rows.len());
    let rows = rows
        .into_iter()
        .map(|invoice| {
            let issued = format::date_numeric(locale, invoice.issued_on, None);
            let due = format::date_numeric(locale, invoice.due_on, None);
            let (class, words) = if invoice.is_overdue {
                ("badge badge-problem", t!("documents-overdue", date = due))
            } else {
                ("badge badge-soon", t!("documents-due", date = due))
            };
            view! {
                <tr>
                    <th scope="row">
                        <span class="document-number">{invoice.number}</span>
                        <span class="table-note">{t!("documents-issued", date = issued)}</span>
                    </th>
                    <td data-label=t!("documents-earlier-symbol")>{invoice.variable_symbol}</td>
                    <td class="number" data-label=t!("documents-earlier-left")>
                        {format::money(locale, invoice.left)}
                        <span class="document-state">
                            <span class=class>{words}</span>
                        </span>
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section aria-labelledby="earlier">
            <h2 id="earlier">{t!("documents-earlier")}</h2>
            <p>{t!("documents-earlier-lead")}</p>
            <Table
                class="document-table"
                columns=vec![
                    Column::text(t!("documents-earlier-number")),
                    Column::text(t!("documents-earlier-symbol")),
                    Column::number(t!("documents-earlier-left")),
                ]
            >
                {rows}
            </Table>
            {(more > 0).then(|| view! { <p>{t!("documents-earlier-more", count = more)}</p> })}
        </section>
    }
}

/// The documents, each with its files.
#[component]
fn DocumentTable(rows: Vec<DocumentRow>) -> impl IntoView {
    let rows = rows.into_iter().map(row).collect::<Vec<_>>();
    view! {
        <Table
            class="document-table"
            columns=vec![
                Column::text(t!("documents-column-document")),
                Column::text(t!("documents-column-what")),
                Column::number(t!("documents-column-total")),
                Column::text(t!("documents-column-files")),
            ]
        >
            {rows}
        </Table>
    }
}

fn row(row: DocumentRow) -> impl IntoView {
    let locale = Locale::current();
    let files = FileFormat::ALL
        .iter()
        .map(|&format| {
            let (word, path) = match format {
                FileFormat::Pdf => (t!("documents-pdf"), paths::document_pdf(&row.number)),
                FileFormat::Isdoc => (t!("documents-isdoc"), paths::document_isdoc(&row.number)),
            };
            view! {
                <a href=path>
                    {word}
                    <span class="visually-hidden">" "{t!("documents-file-of", number = row.number.as_str())}</span>
                </a>
            }
        })
        .collect::<Vec<_>>();
    let issued = format::date_numeric(locale, row.issued_on, None);
    view! {
        <tr>
            <th scope="row">
                <span class="document-number">{row.number.clone()}</span>
                <span class="table-note">{t!("document-kind", kind = row.kind.code())}</span>
            </th>
            <td data-label=t!("documents-column-what")>
                <span class="document-purpose">{purpose(locale, &row.purpose)}</span>
                <span class="table-note document-issued">{t!("documents-issued", date = issued)}</span>
            </td>
            <td class="number" data-label=t!("documents-column-total")>
                {format::money(locale, row.total)}
                {state(locale, &row)}
            </td>
            <td class="document-files" data-label=t!("documents-column-files")>
                <span class="document-links">{files}</span>
            </td>
        </tr>
    }
}

fn state(locale: Locale, row: &DocumentRow) -> Option<impl IntoView + use<>> {
    let date = || row.due_on.map(|due_on| format::date_numeric(locale, due_on, None)).unwrap_or_default();
    let (class, words) = match row.settlement {
        Settlement::None => return None,
        Settlement::Due => ("badge badge-soon", t!("documents-due", date = date())),
        Settlement::Overdue => ("badge badge-problem", t!("documents-overdue", date = date())),
        Settlement::Paid => ("badge badge-done", t!("documents-paid")),
        Settlement::Void => ("badge", t!("documents-void")),
    };
    let is_open = matches!(row.settlement, Settlement::Due | Settlement::Overdue);
    let pay = is_open.then(|| {
        // A purchase can be paid by card, too.
        let way = row.purchase.map_or_else(|| paths::document_payment(&row.number), paths::purchase);
        let about = row.number.clone();
        view! {
            " "
            <a href=way>{t!("documents-pay")} <span class="visually-hidden">" "{about}</span></a>
        }
    });
    Some(view! {
        <span class="document-state">
            <span class=class>{words}</span>
            {pay}
        </span>
    })
}

fn purpose(locale: Locale, purpose: &Purpose) -> String {
    match purpose {
        Purpose::Bundle { quantity, minutes } => {
            t!(locale => "documents-purpose-bundle", minutes = pieces_of(locale, *quantity, *minutes))
        }
        Purpose::Part { minutes } => {
            t!(locale => "documents-purpose-part", minutes = format::minutes(locale, *minutes))
        }
        Purpose::Interventions { month, count } => {
            let month = t!(locale => "usage-month", month = month.month(), year = month.year().to_string());
            t!(locale => "documents-purpose-interventions", count = *count, month = month)
        }
        Purpose::ContractFee { contract, from, until } => t!(
            locale => "documents-purpose-fee",
            contract = contract.as_str(),
            from = format::date_numeric(locale, *from, None),
            until = format::date_numeric(locale, *until, None),
        ),
        Purpose::WonBack => t!(locale => "documents-purpose-won-back"),
        Purpose::UsedMinutes { minutes, purchase } => t!(
            locale => "documents-purpose-used",
            minutes = format::minutes(locale, *minutes),
            purchase = purchase.to_string(),
        ),
        Purpose::ReturnedMinutes { minutes, purchase } => t!(
            locale => "documents-purpose-returned",
            minutes = format::minutes(locale, *minutes),
            purchase = purchase.to_string(),
        ),
    }
}

/// The address of the documents of a filter.
fn path(filter: DocumentFilter, before: Option<DocumentId>) -> String {
    let parts = [
        filter.kind.map(|kind| format!("kind={kind}")),
        filter.year.map(|year| format!("year={year}")),
        before.map(|before| format!("before={before}")),
    ];
    let query: Vec<String> = parts.into_iter().flatten().collect();
    if query.is_empty() { paths::DOCUMENTS.to_owned() } else { format!("{}?{}", paths::DOCUMENTS, query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_stands_in_the_address() {
        let filter = DocumentFilter { kind: Some(DocumentKind::CreditNote), year: Some(2026) };
        assert_eq!(path(filter, Some(DocumentId(40))), "/documents?kind=credit_note&year=2026&before=40");
        assert_eq!(path(DocumentFilter::default(), None), "/documents");
    }

    #[test]
    fn a_document_says_what_it_is_for() {
        let said = |it| purpose(Locale::Cs, &it).replace('\u{a0}', " ");
        let month = chrono::NaiveDate::from_ymd_opt(2026, 10, 31).expect("a date");
        assert_eq!(said(Purpose::Bundle { quantity: 1, minutes: 600 }), "Balíček 600 min");
        assert_eq!(said(Purpose::Bundle { quantity: 2, minutes: 60 }), "Balíček 2 × 60 min");
        assert_eq!(said(Purpose::Interventions { month, count: 1 }), "Zásah, říjen 2026");
        assert_eq!(said(Purpose::Interventions { month, count: 3 }), "3 zásahy, říjen 2026");
        assert_eq!(said(Purpose::Interventions { month, count: 5 }), "5 zásahů, říjen 2026");
    }
}
