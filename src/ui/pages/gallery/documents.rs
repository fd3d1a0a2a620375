//! Pages about tax documents, in the states that a demo customer does not show at once.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    model::{
        base::{
            ids::DocumentId,
            money::Money,
            paging::{CountedPage, Page, Queue},
        },
        money::{
            earlier_invoices::EarlierInvoice,
            purchases::PurchaseNumber,
            tax_documents::{DocumentFilter, DocumentKind, DocumentList, DocumentRow, Purpose, Settlement},
        },
    },
    ui::pages::money::tax_documents::DocumentsView,
};

/// A day of 2026.
fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

fn row(kind: DocumentKind, serial: i64, issued_on: NaiveDate, purpose: Purpose, haler: i64) -> DocumentRow {
    let digit = 1 + DocumentKind::ALL.iter().position(|other| *other == kind).unwrap_or_default();
    let due_on = issued_on.checked_add_days(chrono::Days::new(14)).filter(|_| kind.asks_for_payment());
    DocumentRow {
        id: DocumentId(serial),
        kind,
        number: format!("2026{digit}{serial:05}"),
        issued_on,
        purpose,
        total: Money::from_haler(haler),
        due_on,
        settlement: if kind == DocumentKind::Payment { Settlement::Paid } else { Settlement::None },
        purchase: None,
    }
}

fn rows() -> Vec<DocumentRow> {
    use DocumentKind::{CreditNote, Invoice, Payment, Proforma};
    let bundle = |quantity, minutes| Purpose::Bundle { quantity, minutes };
    let interventions = |month, count| Purpose::Interventions { month: day(month, 28), count };
    let settled = |settlement, row| DocumentRow { settlement, ..row };
    let returned = "B2026-000118".parse().ok().map(|purchase: PurchaseNumber| {
        row(CreditNote, 2, day(11, 12), Purpose::ReturnedMinutes { minutes: 60, purchase }, -159_720)
    });
    [
        settled(Settlement::Due, row(Proforma, 41, day(11, 23), bundle(1, 600), 1_452_000)),
        settled(Settlement::Overdue, row(Invoice, 17, day(11, 1), interventions(10, 3), 393_250)),
        row(Payment, 33, day(10, 21), bundle(2, 120), 638_880),
        settled(Settlement::Paid, row(Proforma, 38, day(10, 14), bundle(2, 120), 638_880)),
        settled(Settlement::Void, row(Proforma, 29, day(9, 2), bundle(1, 60), 166_980)),
        settled(Settlement::Paid, row(Invoice, 9, day(9, 1), interventions(8, 1), 90_750)),
    ]
    .into_iter()
    .chain(returned)
    .collect()
}

/// One that is overdue, and one that is partly paid.
fn earlier() -> Queue<EarlierInvoice> {
    let invoice = |number: &str, due: u32, left: i64| EarlierInvoice {
        number: number.to_owned(),
        customer: String::new(),
        variable_symbol: "260131".to_owned(),
        issued_on: day(10, 2),
        due_on: day(11, due),
        is_overdue: due < 20,
        total: Money::from_haler(363_000),
        left: Money::from_haler(left),
    };
    let rows = vec![invoice("FV2026-0131", 16, 363_000), invoice("FV2026-0138", 30, 131_550)];
    Queue { rows, total: 2 }
}

sample_pages! {
    before {
        let list = |rows: Vec<DocumentRow>| DocumentList {
            filter: DocumentFilter { kind: None, year: Some(2026) },
            documents: CountedPage {
                total: 40,
                page: Page { next: rows.last().map(|row| row.id), rows },
            },
            years: vec![2026, 2025],
            earlier: Queue { rows: Vec::new(), total: 0 },
        };
    }
    "documents" => view! { <DocumentsView list=list(rows()) may_buy=true is_first=true/> }.into_any(),
    "documents-earlier" => {
        let list = DocumentList { years: Vec::new(), earlier: earlier(), ..list(Vec::new()) };
        view! { <DocumentsView list may_buy=false is_first=true/> }.into_any()
    },
    "documents-none" => {
        let list = DocumentList { years: Vec::new(), ..list(Vec::new()) };
        view! { <DocumentsView list may_buy=true is_first=true/> }.into_any()
    },
    "documents-filtered" => {
        let filter = DocumentFilter { kind: Some(DocumentKind::CreditNote), year: Some(2025) };
        let list = DocumentList { filter, ..list(Vec::new()) };
        view! { <DocumentsView list may_buy=false is_first=true/> }.into_any()
    },
}
