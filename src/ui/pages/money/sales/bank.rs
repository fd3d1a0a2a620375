//! `/sales/bank`: bank statements, and payments that only a person can match.

use leptos::prelude::*;

use super::{
    nav::SalesNav,
    words::{payable_kind, reason},
};
use crate::{
    api,
    model::{
        base::{
            ids::BankStatementId,
            paging::{CountedPage, Queue},
        },
        money::{
            bank::{BankPayment, Candidate, ImportedStatement, Likeness, Payable, ReversalCodes, Unmatched},
            earlier_invoices::EarlierInvoice,
            pages::BankPage,
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, CheckField, Column, EmptyState, Endpoint, FileField, Form, Hidden, Notice, NoticeKind, Page,
            Pages, QueueAndCase, QueueEntry, SelectField, Submit, SummaryList, SummaryRow, Table, TextArea, TextField,
            Width, loaded,
        },
        format, statement_words,
        texts::{Locale, t},
    },
};

/// Statements and what waits.
#[component]
pub fn SalesBankPage() -> impl IntoView {
    let before = ui::query_value("before").and_then(|statement| statement.parse().ok());
    loaded(api::money::sales::bank(before), move |bank| view! { <BankView bank is_first=before.is_none()/> })
}

/// The page itself.
#[component]
pub fn BankView(
    /// What it shows.
    bank: BankPage,
    /// Whether the statements are the first page of theirs.
    is_first: bool,
) -> impl IntoView {
    let BankPage { statements, unmatched, earlier } = bank;
    let imported = imported_now(&statements.page.rows);
    let title = if unmatched.total == 0 {
        t!("bank-title-none")
    } else {
        t!("sales-waiting-payments", count = unmatched.total)
    };
    // Deciding comes first; importing is what the page is for only when nothing waits.
    let kind = if unmatched.total == 0 { ButtonKind::Primary } else { ButtonKind::Secondary };
    view! {
        <Page title width=Width::Full before=view! { <SalesNav/> }.into_any()>
            {imported}
            <QueueAndCase
                label=t!("bank-waiting")
                path=paths::SALES_BANK
                name="payment"
                waiting=unmatched
                entry=entry
                case=|payment| view! { <Payment payment/> }
            />
            <section class="sales-part" aria-labelledby="import">
                <h2 id="import">{t!("bank-import")}</h2>
                <Form action={Endpoint::of::<api::money::sales::ImportStatement>()} class="sales-form" upload=true>
                    <FileField name="file" label=t!("bank-file") hint=t!("bank-file-hint") accept=".gpc,.abo,.csv,.txt,.xml,.sta,.940"/>
                    <SelectField name="codes" label=t!("bank-codes") options=reversal_codes()/>
                    <CheckField name="foreign_account" label=t!("bank-foreign-account")/>
                    <Submit label=t!("bank-import-send") kind/>
                </Form>
            </section>
            <Statements statements is_first/>
            <Earlier earlier/>
        </Page>
    }
}

/// How a bank may number reversals; the sums of most statements tell it.
fn reversal_codes() -> Vec<(String, String)> {
    let said = |codes: ReversalCodes| match codes {
        ReversalCodes::ThreeFour => t!("bank-codes-3-4"),
        ReversalCodes::FourFive => t!("bank-codes-4-5"),
    };
    let all = ReversalCodes::ALL.iter().map(|codes| (codes.code().to_owned(), said(*codes)));
    std::iter::once((String::new(), t!("bank-codes-file"))).chain(all).collect()
}

/// What came of the import that led here.
fn imported_now(statements: &[ImportedStatement]) -> Option<AnyView> {
    let id: BankStatementId = ui::query_value("statement")?.parse().ok()?;
    let statement = statements.iter().find(|statement| statement.id == id)?;
    if ui::query_value("again").is_some() {
        let when = format::moment(Locale::current(), statement.imported_at);
        let body = t!("bank-again-body", when = when, name = by(statement));
        return Some(
            view! {
                <Notice title=t!("bank-again")>
                    <p>{body}</p>
                </Notice>
            }
            .into_any(),
        );
    }
    let (title, result) = (t!("bank-imported", name = statement.file_name.as_str()), result_in_words(statement));
    let (unread, is_whole) = (unread(statement), statement.unread_count == 0);
    let kind = if is_whole { NoticeKind::Done } else { NoticeKind::Problem };
    Some(
        view! {
            <Notice kind title>
                <p>{result}</p>
                {unread}
            </Notice>
        }
        .into_any(),
    )
}

/// Who uploaded it, or from where it came.
fn by(statement: &ImportedStatement) -> String {
    statement.by.clone().unwrap_or_else(|| t!("bank-source", source = statement.source.code()))
}

/// The rows that could not be read, each with its line and why.
fn unread(statement: &ImportedStatement) -> Option<AnyView> {
    let locale = Locale::current();
    let rows = statement.unread.iter().map(|refused| view! { <li>{statement_words::fault(locale, *refused)}</li> });
    let rows = rows.collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <p>{t!("bank-unread", count = statement.unread_count)}</p>
            <ul class="plain-list">{rows}</ul>
        }
        .into_any()
    })
}

fn result_in_words(statement: &ImportedStatement) -> String {
    let locale = Locale::current();
    let result = t!(
        "bank-result",
        lines = statement.lines,
        incoming = statement.incoming,
        matched = statement.matched,
        unmatched = statement.unmatched
    );
    let sums = match statement.controls() {
        None => return result,
        Some(controls) if controls.agree() => t!("bank-controls-agree"),
        Some(controls) => t!(
            "bank-controls-differ",
            told = format::money(locale, controls.told),
            found = format::money(locale, controls.found)
        ),
    };
    format!("{result} {sums}")
}

/// "1 210 Kč", or with the code of a foreign currency.
fn amount(payment: &BankPayment) -> String {
    let locale = Locale::current();
    match payment.currency.as_str() {
        "CZK" => format::money(locale, payment.amount),
        currency => format!("{}\u{a0}{currency}", format::money_bare(locale, payment.amount)),
    }
}

fn entry(payment: &BankPayment) -> QueueEntry {
    let day = format::date_numeric(Locale::current(), payment.booked_on, None);
    QueueEntry {
        id: payment.id.to_string(),
        title: amount(payment),
        notes: vec![payment.counter_name.clone(), format!("{day} · {}", reason(payment.reason))],
    }
}

#[component]
fn Payment(payment: BankPayment) -> impl IntoView {
    let id = payment.id.to_string();
    let assign = assignment(&payment);
    let candidates = candidates(&payment);
    let what = amount(&payment);
    let document = payment.document.clone().map(document_row);
    let day = format::date_numeric(Locale::current(), payment.booked_on, None);
    view! {
        <section class="card" aria-labelledby="payment">
            <h2 id="payment">{what}</h2>
            <p class="contest-returns">{reason(payment.reason)}</p>
            <SummaryList>
                <SummaryRow term=t!("bank-booked")>{day}</SummaryRow>
                <SummaryRow term=t!("bank-payer")>
                    {payment.counter_name} " " <span class="account-number">{payment.counter_account}</span>
                </SummaryRow>
                <SummaryRow term=t!("bank-symbol")>{payment.variable_symbol}</SummaryRow>
                <SummaryRow term=t!("bank-message")>{payment.message}</SummaryRow>
                {document}
            </SummaryList>
            {candidates}
            {assign}
            <Form action={Endpoint::of::<api::money::sales::SetAsidePayment>()} class="sales-aside">
                <Hidden name="payment" value=id/>
                <TextArea name="reason" label=t!("bank-aside-reason") hint=t!("bank-aside-hint") rows=2/>
                <Submit label=t!("bank-aside") kind=ButtonKind::Secondary/>
            </Form>
        </section>
    }
}

fn document_row(document: Payable) -> impl IntoView {
    let locale = Locale::current();
    let left = t!(
        "bank-document-left",
        left = format::money(locale, document.left()),
        total = format::money(locale, document.total)
    );
    let purchase = document.purchase.map(|number| {
        view! {
            " · "
            <a class="whole" href=paths::sales_purchase(number)>{number.to_string()}</a>
        }
    });
    let what = format!("{} {} · {} · {left}", payable_kind(document.kind), document.number, document.customer);
    view! { <SummaryRow term=t!("bank-document")>{what} {purchase}</SummaryRow> }
}

/// What the payment may pay, each with a button that assigns it.
fn candidates(payment: &BankPayment) -> Option<AnyView> {
    let locale = Locale::current();
    let row = |candidate: &Candidate| {
        let Candidate { document, because } = candidate;
        let left = t!(
            "bank-document-left",
            left = format::money(locale, document.left()),
            total = format::money(locale, document.total)
        );
        let what = format!("{} {} · {} · {left}", payable_kind(document.kind), document.number, document.customer);
        let why: Vec<String> =
            because.iter().map(|likeness: &Likeness| t!("bank-likeness", likeness = likeness.code())).collect();
        let (id, number) = (payment.id.to_string(), document.number.clone());
        view! {
            <li>
                <p>{what}</p>
                <p class="field-hint">{why.join(", ")}</p>
                <Form action={Endpoint::of::<api::money::sales::AssignPayment>()}>
                    <Hidden name="payment" value=id/>
                    <Hidden name="document" value=number.clone()/>
                    <Submit
                        label=t!("bank-assign-candidate", number = number.as_str())
                        kind=ButtonKind::Secondary
                    />
                </Form>
            </li>
        }
    };
    let rows = payment.candidates.iter().map(row).collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{t!("bank-candidates")}</h3>
            <ul class="rows">{rows}</ul>
        }
        .into_any()
    })
}

/// The form that assigns a payment; foreign money pays nothing here.
fn assignment(payment: &BankPayment) -> Option<AnyView> {
    let number = payment.document.as_ref().map(|document| document.number.clone()).unwrap_or_default();
    let id = payment.id.to_string();
    (payment.reason != Unmatched::ForeignCurrency).then(|| {
        view! {
            <Form action={Endpoint::of::<api::money::sales::AssignPayment>()}>
                <Hidden name="payment" value=id/>
                <TextField
                    name="document"
                    label=t!("bank-assign-document")
                    hint=t!("bank-assign-hint")
                    value=number
                />
                <TextField name="note" label=t!("bank-note") hint=t!("bank-note-hint") optional=true/>
                <Submit label=t!("bank-assign")/>
            </Form>
        }
        .into_any()
    })
}

#[component]
fn Statements(statements: CountedPage<ImportedStatement, BankStatementId>, is_first: bool) -> impl IntoView {
    let locale = Locale::current();
    let CountedPage { page, total } = statements;
    let shown = page.rows.len();
    let first = (!is_first).then(|| format!("{}#statements", paths::SALES_BANK));
    let next = page.next.map(|before| format!("{}?before={before}#statements", paths::SALES_BANK));
    let rows = page
        .rows
        .into_iter()
        .map(|statement| {
            let result = result_in_words(&statement);
            let (unread, by) = (unread(&statement), by(&statement));
            view! {
                <tr>
                    <th scope="row">{statement.file_name}</th>
                    <td data-label=t!("bank-column-when")>{format::moment(locale, statement.imported_at)}</td>
                    <td data-label=t!("bank-column-by")>{by}</td>
                    <td class="table-text" data-label=t!("bank-column-result")>
                        {result} {unread}
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    let table = if rows.is_empty() {
        view! { <EmptyState title=t!("bank-statements-none")/> }.into_any()
    } else {
        view! {
            <Table
                class="table-sales"
                columns=vec![
                    Column::text(t!("bank-column-file")),
                    Column::text(t!("bank-column-when")),
                    Column::text(t!("bank-column-by")),
                    Column::text(t!("bank-column-result")),
                ]
            >
                {rows}
            </Table>
        }
        .into_any()
    };
    view! {
        <section class="sales-part" aria-labelledby="statements">
            <h2 id="statements">{t!("bank-statements")}</h2>
            {table}
            <Pages label=t!("bank-statements") shown total first next/>
        </section>
    }
}

/// What is owed from before Linka; nothing where nothing is.
#[component]
fn Earlier(earlier: Queue<EarlierInvoice>) -> impl IntoView {
    let locale = Locale::current();
    let Queue { rows, total } = earlier;
    let more = usize::try_from(total).unwrap_or(usize::MAX).saturating_sub(rows.len());
    let rows = rows
        .into_iter()
        .map(|invoice| {
            let due = format::date_numeric(locale, invoice.due_on, None);
            view! {
                <tr>
                    <th scope="row">{invoice.number}</th>
                    <td data-label=t!("bank-earlier-customer")>{invoice.customer}</td>
                    <td data-label=t!("bank-symbol")>{invoice.variable_symbol}</td>
                    <td data-label=t!("bank-earlier-due")>
                        {due}
                        {invoice.is_overdue.then(|| view! { " " <span class="badge badge-problem">{t!("bank-earlier-overdue")}</span> })}
                    </td>
                    <td class="number" data-label=t!("bank-earlier-left")>{format::money(locale, invoice.left)}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="sales-part" aria-labelledby="earlier">
                <h2 id="earlier">{t!("bank-earlier", count = total)}</h2>
                <Table
                    class="table-sales"
                    columns=vec![
                        Column::text(t!("bank-column-invoice")),
                        Column::text(t!("bank-earlier-customer")),
                        Column::text(t!("bank-symbol")),
                        Column::text(t!("bank-earlier-due")),
                        Column::number(t!("bank-earlier-left")),
                    ]
                >
                    {rows}
                </Table>
                {(more > 0).then(|| view! { <p>{t!("bank-earlier-more", count = more)}</p> })}
            </section>
        }
    })
}
