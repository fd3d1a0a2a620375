//! `/sales`: the owner's view – what waits for a person, what is owed, what was sold.

use chrono::Datelike;
use leptos::prelude::*;

use super::{
    nav::SalesNav,
    words::{alert, payable_kind},
};
use crate::{
    api,
    model::{
        base::{
            ids::{CustomerId, DocumentId},
            money::Money,
            paging::{CountedPage, Queue},
        },
        money::{
            bank::Payable,
            card::{PaymentAlert, PaymentAlertKind},
            pages::SalesPage as Sales,
            purchases::PaymentMethod,
            refunds::RefundState,
            sales::{GivenUp, Liability, SalesMonth, WaitingRefund},
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, Column, EmptyState, Endpoint, Form, Hidden, Page, Pages, Submit, Table, Width, loaded,
        },
        format, statement_words,
        texts::{Locale, t},
    },
};

/// The owner's view.
#[component]
pub fn SalesPage() -> impl IntoView {
    let after = ui::query_value("unpaid").and_then(|document| document.parse().ok());
    loaded(api::money::sales::sales(after), move |sales| view! { <SalesView sales is_first=after.is_none()/> })
}

/// The page itself.
#[component]
pub fn SalesView(
    sales: Sales,
    /// Whether the list of what is not paid begins.
    is_first: bool,
) -> impl IntoView {
    let locale = Locale::current();
    let lead = sales.months.first().map(|month| {
        t!("sales-lead", month = month_in_words(month), count = month.documents, net = format::money(locale, month.net))
    });
    view! {
        <Page title=t!("sales-title") lead=lead.unwrap_or_default() width=Width::Full before=view! { <SalesNav/> }.into_any()>
            <Waiting alerts=sales.alerts refunds=sales.refunds nameless=sales.nameless owed_back=sales.owed_back unmatched=sales.unmatched given_up=sales.given_up/>
            <Owed liability=sales.liability/>
            <Unpaid documents=sales.unpaid is_first/>
            <Months months=sales.months/>
        </Page>
    }
}

/// "listopad 2026"
fn month_in_words(month: &SalesMonth) -> String {
    t!("usage-month", month = month.month.month(), year = month.month.year().to_string())
}

/// What only a person can settle.
#[component]
fn Waiting(
    alerts: Queue<PaymentAlert>,
    refunds: Queue<WaitingRefund>,
    nameless: Queue<(CustomerId, String)>,
    owed_back: (u32, Money),
    unmatched: u32,
    given_up: GivenUp,
) -> impl IntoView {
    let nothing = alerts.total == 0
        && refunds.total == 0
        && nameless.total == 0
        && unmatched == 0
        && owed_back.0 == 0
        && given_up == GivenUp::default();
    let payments = (unmatched > 0).then(|| {
        view! {
            <li class="row">
                <p class="row-title">
                    <a href=paths::SALES_BANK>{t!("sales-waiting-payments", count = unmatched)}</a>
                </p>
            </li>
        }
    });
    let owed_back = owed_back_row(owed_back);
    let mails = (given_up.mails > 0).then(|| {
        view! {
            <li class="row">
                <p class="row-title">
                    <a href=paths::DESK_MAILS>{t!("mails-failed", count = given_up.mails)}</a>
                </p>
            </li>
        }
    });
    let other = [(given_up.events, "events"), (given_up.jobs, "jobs")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| {
            view! {
                <li class="row">
                    <p class="row-title">{t!("sales-given-up", what = what, count = count)}</p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let more = [
        more(alerts.rows.len(), alerts.total),
        more(nameless.rows.len(), nameless.total),
        more(refunds.rows.len(), refunds.total),
    ];
    let alerts = alerts.rows.into_iter().map(alert_row).collect::<Vec<_>>();
    let nameless = nameless.rows.into_iter().map(nameless_row).collect::<Vec<_>>();
    let refunds = refunds.rows.into_iter().map(refund_row).collect::<Vec<_>>();
    let list = if nothing {
        view! { <EmptyState title=t!("sales-waiting-none")/> }.into_any()
    } else {
        view! { <ul class="rows">{alerts} {nameless} {refunds} {more.into_iter().collect::<Vec<_>>()} {payments} {owed_back} {mails} {other}</ul> }.into_any()
    };
    view! {
        <section class="sales-part" aria-labelledby="waiting">
            <h2 id="waiting">{t!("sales-waiting")}</h2>
            {list}
        </section>
    }
}

/// What is owed to customers who paid too much.
fn owed_back_row((customers, amount): (u32, Money)) -> Option<impl IntoView> {
    let amount = format::money(Locale::current(), amount);
    (customers > 0).then(|| {
        view! {
            <li class="row">
                <p class="row-title">
                    <a href=paths::SALES_BALANCES>{t!("sales-waiting-balances", count = customers, amount = amount)}</a>
                </p>
            </li>
        }
    })
}

/// That a list is longer than what is shown of it.
fn more(shown: usize, total: u32) -> Option<impl IntoView> {
    u32::try_from(shown).is_ok_and(|shown| shown < total).then(|| {
        view! {
            <li class="row">
                <p>{t!("queue-shown", shown = shown, total = total)}</p>
            </li>
        }
    })
}

/// What is wrong and what is to be done about it; what Stripe calls it only for whoever looks it up there.
fn alert_row(row: PaymentAlert) -> impl IntoView {
    let locale = Locale::current();
    let purchase = row.purchase.map(|number| {
        view! {
            <a class="whole" href=paths::sales_purchase(number)>{number.to_string()}</a>
            " · "
        }
    });
    let amount = row.amount.map(|amount| format!(" · {}", format::money(locale, amount)));
    let what = row.trouble.map_or_else(|| alert(row.kind), |trouble| statement_words::fails(locale, &trouble));
    let why = match (row.trouble, row.unread) {
        (Some(trouble), _) => statement_words::trouble(locale, &trouble),
        (None, Some(unread)) => vec![statement_words::fault(locale, unread), what_to_do(row.kind)],
        (None, None) => vec![what_to_do(row.kind)],
    };
    let why = why.into_iter().map(|said| view! { <p>{said}</p> }).collect::<Vec<_>>();
    let references = row.references.into_iter().map(|name| view! { <li>{name}</li> }).collect::<Vec<_>>();
    let references = (!references.is_empty()).then(|| {
        view! {
            <details class="row-note">
                <summary>{t!("sales-alert-references")}</summary>
                <ul class="plain-list">{references}</ul>
            </details>
        }
    });
    view! {
        <li class="row">
            <div>
                <p class="row-title">{what.clone()}</p>
                {why}
                <p class="row-note">{purchase} {format::moment(locale, row.at)} {amount}</p>
                {references}
            </div>
            <Form action={Endpoint::of::<api::money::sales::ResolveAlert>()}>
                <Hidden name="alert" value=row.id.to_string()/>
                <Submit label=t!("sales-alert-done") kind=ButtonKind::Secondary about=what/>
            </Form>
        </li>
    }
}

fn what_to_do(kind: PaymentAlertKind) -> String {
    t!("sales-alert-do", kind = kind.code())
}

fn nameless_row((customer, name): (CustomerId, String)) -> impl IntoView {
    view! {
        <li class="row">
            <div>
                <p class="row-title">
                    <a href=paths::customer(customer)>{t!("sales-nameless", customer = name)}</a>
                </p>
                <p>{t!("sales-nameless-do")}</p>
            </div>
        </li>
    }
}

fn refund_row(row: WaitingRefund) -> impl IntoView {
    let locale = Locale::current();
    let way = match (row.method, row.state) {
        (PaymentMethod::Transfer, _) => "transfer",
        (PaymentMethod::Card, RefundState::Failed) => "failed",
        (PaymentMethod::Card, _) => "card",
    };
    let what = t!("sales-waiting-refund", way = way, amount = format::money(locale, row.amount));
    let note = format!(" · {} · {}", row.customer, format::moment(locale, row.requested_at));
    view! {
        <li class="row">
            <div>
                <p class="row-title">{what}</p>
                <p class="row-note">
                    <a class="whole" href=paths::sales_purchase(row.purchase)>{row.purchase.to_string()}</a>
                    {note}
                </p>
            </div>
        </li>
    }
}

/// Minutes that are owed: what was sold, less what became of it.
#[component]
fn Owed(liability: Liability) -> impl IntoView {
    let locale = Locale::current();
    let facts = [
        (t!("sales-owed-sold"), liability.sold),
        (t!("sales-owed-drawn"), liability.drawn),
        (t!("sales-owed-expired"), liability.expired),
        (t!("sales-owed-refunded"), liability.refunded),
        (t!("sales-owed-frozen"), liability.frozen),
    ];
    let facts = facts
        .into_iter()
        .map(|(term, minutes)| {
            view! {
                <div>
                    <dt>{term}</dt>
                    <dd>{format::minutes(locale, minutes)}</dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="sales-part card" aria-labelledby="owed">
            <h2 id="owed">{t!("sales-owed", minutes = format::grouped(locale, liability.left.into()))}</h2>
            <dl class="sales-facts">{facts}</dl>
        </section>
    }
}

#[component]
fn Unpaid(documents: CountedPage<Payable, DocumentId>, is_first: bool) -> impl IntoView {
    let CountedPage { page, total } = documents;
    let shown = page.rows.len();
    let first = (!is_first).then(|| format!("{}#unpaid", paths::SALES));
    let next = page.next.map(|after| format!("{}?unpaid={after}#unpaid", paths::SALES));
    let locale = Locale::current();
    let today = ui::now().map(format::local_date);
    let rows = page
        .rows
        .into_iter()
        .map(|document| {
            let is_late = matches!((document.due_on, today), (Some(due), Some(today)) if due < today);
            let late = is_late.then(|| view! { <span class="badge badge-problem">{t!("sales-unpaid-late")}</span> });
            let due = document.due_on.map(|due| format::date_numeric(locale, due, None));
            let left = format::money(locale, document.left());
            let purchase = document
                .purchase
                .map(|number| view! { <a class="whole" href=paths::sales_purchase(number)>{number.to_string()}</a> });
            view! {
                <tr>
                    <th scope="row">
                        {document.number} <span class="table-note">{payable_kind(document.kind)}</span>
                    </th>
                    <td data-label=t!("sales-column-customer")>{document.customer}</td>
                    <td data-label=t!("sales-column-purchase")>{purchase}</td>
                    <td data-label=t!("sales-column-due")>{due} " " {late}</td>
                    <td class="number" data-label=t!("sales-column-left")>
                        {left}
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    let table = if rows.is_empty() {
        view! { <EmptyState title=t!("sales-unpaid-none")/> }.into_any()
    } else {
        view! {
            <Table
                class="table-sales"
                columns=vec![
                    Column::text(t!("sales-column-document")),
                    Column::text(t!("sales-column-customer")),
                    Column::text(t!("sales-column-purchase")),
                    Column::text(t!("sales-column-due")),
                    Column::number(t!("sales-column-left")),
                ]
            >
                {rows}
            </Table>
        }
        .into_any()
    };
    view! {
        <section class="sales-part" aria-labelledby="unpaid">
            <h2 id="unpaid">{t!("sales-unpaid")}</h2>
            {table}
            <Pages label=t!("sales-unpaid") shown total first next/>
        </section>
    }
}

/// The months without those before the first tax document, the newest first; at least this one.
fn since_first_sale(months: &[SalesMonth]) -> &[SalesMonth] {
    let first = months.iter().rposition(|month| month.documents > 0).unwrap_or(0);
    months.get(..=first).unwrap_or(months)
}

#[component]
fn Months(months: Vec<SalesMonth>) -> impl IntoView {
    let locale = Locale::current();
    let year = months.first().map(|month| month.month.year());
    let export = year.map(|year| {
        view! {
            <p class="actions">
                <a class="button button-secondary" href=format!("{}?year={year}", paths::SALES_CSV) download="">
                    {t!("sales-export", year = year.to_string())}
                </a>
            </p>
        }
    });
    let rows = since_first_sale(&months)
        .iter()
        .map(|month| {
            view! {
                <tr>
                    <th scope="row">{month_in_words(month)}</th>
                    <td class="number" data-label=t!("sales-column-documents")>
                        {month.documents}
                    </td>
                    <td class="number" data-label=t!("sales-column-net")>
                        {format::money(locale, month.net)}
                    </td>
                    <td class="number" data-label=t!("sales-column-vat")>
                        {format::money(locale, month.vat)}
                    </td>
                    <td class="number" data-label=t!("sales-column-total")>
                        {format::money(locale, month.net + month.vat)}
                    </td>
                    <td class="number" data-label=t!("sales-column-credited")>
                        {format::money(locale, month.credited)}
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="sales-part" aria-labelledby="months">
            <h2 id="months">{t!("sales-months")}</h2>
            <p>{t!("sales-months-by")}</p>
            <Table
                class="table-sales"
                columns=vec![
                    Column::text(t!("sales-column-month")),
                    Column::number(t!("sales-column-documents")),
                    Column::number(t!("sales-column-net")),
                    Column::number(t!("sales-column-vat")),
                    Column::number(t!("sales-column-total")),
                    Column::number(t!("sales-column-credited")),
                ]
            >
                {rows}
            </Table>
            {export}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{base::money::Money, fixtures::date};

    #[test]
    fn months_are_listed_since_the_first_sale_and_this_one_always() {
        let none = Money::ZERO;
        let month =
            |month: &str, documents| SalesMonth { month: date(month), documents, net: none, vat: none, credited: none };
        let sold = [month("2026-11-01", 0), month("2026-10-01", 2), month("2026-09-01", 0), month("2026-08-01", 0)];
        assert_eq!(since_first_sale(&sold), &sold[..2]);
        assert_eq!(since_first_sale(&sold[2..]), &sold[2..3]);
        assert_eq!(since_first_sale(&[]), &[]);
    }
}
