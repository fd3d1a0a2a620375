//! `/sales/fees`: what is to be invoiced for contracts themselves, and what was.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::sales::SalesNav;
use crate::{
    api,
    model::{
        money::fees::{DueFee, FeePeriod, FeesPage as Fees, InvoicedFee},
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, Column, EmptyState, Endpoint, Form, Hidden, Page, SelectField, Submit, Table, TextArea, Width,
            loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// Fees of contracts.
#[component]
pub fn FeesPage() -> impl IntoView {
    let from = ui::query_parsed::<NaiveDate>("from").unwrap_or_default();
    loaded(api::money::fees::fees(from), |page| view! { <FeesView page/> })
}

/// The page itself.
#[component]
pub(crate) fn FeesView(page: Fees) -> impl IntoView {
    let Fees { begun, from, until, today, due, more, invoiced, key } = page;
    let key = key.to_string();
    let day = |day: NaiveDate| format::date_numeric(Locale::current(), day, None);
    let lead = match begun {
        Some(begun) => t!("fees-lead-begun", date = day(begun)),
        None => t!("fees-lead"),
    };
    let preview = t!("fees-due-until", date = day(until));
    let list = if due.is_empty() {
        view! { <EmptyState title=t!("fees-due-none")/> }.into_any()
    } else {
        view! { <Due due today/> }.into_any()
    };
    let more = (more > 0).then(|| view! { <p>{t!("fees-due-more", count = more)}</p> });
    let begin = begun.is_none().then(|| view! { <Begin from/> });
    let invoiced = (!invoiced.is_empty()).then(|| view! { <Invoiced invoiced key/> });
    view! {
        <Page title=t!("fees-title") lead width=Width::Full before=view! { <SalesNav/> }.into_any()>
            <section class="sales-part" aria-labelledby="due">
                <h2 id="due">{t!("fees-due")}</h2>
                <p>{preview}</p>
                {list}
                {more}
            </section>
            {begin}
            {invoiced}
        </Page>
    }
}

/// From which day on: tried first, then begun.
#[component]
fn Begin(from: NaiveDate) -> impl IntoView {
    let date = format::date_numeric(Locale::current(), from, None);
    view! {
        <section class="card" aria-labelledby="begin">
            <h2 id="begin">{t!("fees-begin-title")}</h2>
            <p>{t!("fees-begin-what")}</p>
            <form method="get" action=paths::SALES_FEES class="figures-span">
                <div>
                    <label for="from">{t!("fees-from")}</label>
                    <input class="input" type="date" id="from" name="from" value=from.to_string()/>
                </div>
                <button type="submit" class="button button-secondary">
                    {t!("fees-try")}
                </button>
            </form>
            <Form action={Endpoint::of::<api::money::fees::BeginFees>()}>
                <Hidden name="from" value=from.to_string()/>
                <div class="actions">
                    <Submit label=t!("fees-begin", date = date)/>
                </div>
            </Form>
        </section>
    }
}

fn columns(last: Column) -> Vec<Column> {
    vec![
        Column::text(t!("fees-column-period")),
        Column::text(t!("fees-column-customer")),
        Column::text(t!("fees-column-contract")),
        Column::number(t!("fees-column-amount")),
        last,
    ]
}

fn days(period: &FeePeriod) -> String {
    let day = |day| format::date_numeric(Locale::current(), day, None);
    format!("{} – {}", day(period.from), day(period.until))
}

#[component]
fn Due(due: Vec<DueFee>, today: NaiveDate) -> impl IntoView {
    let locale = Locale::current();
    let rows = due
        .into_iter()
        .map(|fee| {
            let state = match (fee.waits, fee.period.invoiced_on <= today) {
                (true, _) => t!("fees-waits"),
                (false, true) => t!("fees-at-once"),
                (false, false) => t!("fees-later", date = format::date_numeric(locale, fee.period.invoiced_on, None)),
            };
            view! {
                <tr>
                    <th scope="row">{days(&fee.period)}</th>
                    <td data-label=t!("fees-column-customer")>
                        <a href=paths::customer(fee.customer)>{fee.name}</a>
                    </td>
                    <td data-label=t!("fees-column-contract")>{fee.contract}</td>
                    <td class="number" data-label=t!("fees-column-amount")>
                        {format::money(locale, fee.period.amount)}
                    </td>
                    <td data-label=t!("fees-column-state")>{state}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Table caption=t!("fees-due") caption_hidden=true columns=columns(Column::text(t!("fees-column-state")))>
            {rows}
        </Table>
    }
}

#[component]
fn Invoiced(
    invoiced: Vec<InvoicedFee>,
    /// The idempotency key of the form.
    key: String,
) -> impl IntoView {
    let locale = Locale::current();
    let open: Vec<_> = invoiced
        .iter()
        .filter(|fee| !fee.credited)
        .map(|fee| (fee.invoice.clone(), format!("{} · {} · {}", fee.invoice, fee.name, days(&fee.period))))
        .collect();
    let credit = (!open.is_empty()).then(|| view! { <Credit open key/> });
    let rows = invoiced
        .into_iter()
        .map(|fee| {
            let credited = fee.credited.then(|| t!("fees-credited"));
            view! {
                <tr>
                    <th scope="row">{days(&fee.period)}</th>
                    <td data-label=t!("fees-column-customer")>
                        <a href=paths::customer(fee.customer)>{fee.name}</a>
                    </td>
                    <td data-label=t!("fees-column-contract")>{fee.contract}</td>
                    <td class="number" data-label=t!("fees-column-amount")>
                        {format::money(locale, fee.period.amount)}
                    </td>
                    <td data-label=t!("fees-column-invoice")>
                        <a href=paths::document_pdf(&fee.invoice)>{fee.invoice.clone()}</a>
                        " "
                        {credited}
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="sales-part" aria-labelledby="invoiced">
            <h2 id="invoiced">{t!("fees-invoiced")}</h2>
            <Table caption=t!("fees-invoiced") caption_hidden=true columns=columns(Column::text(t!("fees-column-invoice")))>
                {rows}
            </Table>
            {credit}
        </section>
    }
}

#[component]
fn Credit(open: Vec<(String, String)>, key: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="credit">
            <h3 id="credit">{t!("fees-credit-title")}</h3>
            <p>{t!("fees-credit-what")}</p>
            <Form action={Endpoint::of::<api::money::fees::CreditFee>()}>
                <Hidden name="key" value=key/>
                <SelectField name="invoice" label=t!("fees-column-invoice") options=open/>
                <TextArea name="reason" label=t!("sales-refund-reason") hint=t!("sales-refund-reason-hint") rows=3/>
                <div class="actions">
                    <Submit label=t!("fees-credit") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}
