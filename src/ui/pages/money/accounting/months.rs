//! Months of VAT: which are locked, and how they are locked and opened again.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::{
    api,
    model::money::accounting::VatMonth,
    ui::{
        components::{ButtonKind, Column, Endpoint, Form, Hidden, SelectField, Submit, Table, TextField},
        texts::t,
    },
};

/// The months that are over.
#[component]
pub(super) fn Months(months: Vec<VatMonth>) -> impl IntoView {
    let locked: Vec<_> = months
        .iter()
        .filter(|month| month.is_locked)
        .map(|month| (month.month.to_string(), name(month.month)))
        .collect();
    let unlock = (!locked.is_empty()).then(|| view! { <Unlock locked/> });
    let rows = months.into_iter().map(|month| view! { <Row month/> }).collect::<Vec<_>>();
    view! {
        <section class="sales-part" aria-labelledby="months">
            <h2 id="months">{t!("accounting-months")}</h2>
            <p>{t!("accounting-months-what")}</p>
            <Table
                class="table-sales"
                caption=t!("accounting-months")
                caption_hidden=true
                columns=vec![
                    Column::text(t!("accounting-column-month")),
                    Column::text(t!("accounting-column-state")),
                    Column::action(t!("accounting-column-action")),
                ]
            >
                {rows}
            </Table>
            {unlock}
        </section>
    }
}

fn name(month: NaiveDate) -> String {
    t!("usage-month", month = month.month(), year = month.year().to_string())
}

#[component]
fn Row(month: VatMonth) -> impl IntoView {
    let VatMonth { month, is_locked, reason } = month;
    let state = match (is_locked, reason.as_str()) {
        (true, _) => t!("accounting-locked"),
        (false, "") => t!("accounting-open"),
        (false, reason) => t!("accounting-reopened", reason = reason),
    };
    let lock = (!is_locked).then(|| {
        view! {
            <Form action={Endpoint::of::<api::money::accounting::LockVatPeriod>()}>
                <Hidden name="month" value=month.to_string()/>
                <Submit label=t!("accounting-lock") kind=ButtonKind::Secondary about=name(month)/>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row">{name(month)}</th>
            <td data-label=t!("accounting-column-state")>{state}</td>
            <td>{lock}</td>
        </tr>
    }
}

#[component]
fn Unlock(locked: Vec<(String, String)>) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="unlock">
            <h3 id="unlock">{t!("accounting-unlock-title")}</h3>
            <Form action={Endpoint::of::<api::money::accounting::UnlockVatPeriod>()}>
                <SelectField name="month" label=t!("accounting-unlock-month") options=locked/>
                <TextField name="reason" label=t!("accounting-reason") hint=t!("accounting-reason-hint")/>
                <div class="actions">
                    <Submit label=t!("accounting-unlock") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}
