//! The second question: what kind of work it is, with what it would probably take.

use leptos::prelude::*;

use super::order_in_path;
use crate::{
    api,
    model::{
        catalogue::{SlotChoice, WorkType},
        estimate::{PayerPool, PoolKind},
        orders::{OrderStep, PaymentTerms, WorkTypeChoice},
    },
    ui::{
        self,
        components::{Form, Hidden, Page, ProblemPage, RadioCards, RadioOption, Steps, Submit},
        format, forms,
        islands::{EstimateTexts, NamedPool, Terms, WorkTypeEstimate, WorkTypeFacts},
        texts::{Locale, t},
    },
};

/// `/order/{id}/work-type`
#[component]
pub fn OrderWorkTypePage() -> impl IntoView {
    let order = order_in_path();
    view! {
        {Suspend::new(async move {
            let loaded = match order {
                Ok(order) => api::orders::work_type_choice(order).await,
                Err(problem) => Err(problem),
            };
            match loaded {
                Ok(choice) => view! { <Asked choice/> }.into_any(),
                Err(problem) => view! { <ProblemPage problem/> }.into_any(),
            }
        })}
    }
}

#[component]
fn Asked(choice: WorkTypeChoice) -> impl IntoView {
    let WorkTypeChoice { draft, work_types, payment } = choice;
    let locale = Locale::current();
    let order = draft.id;
    let selected = draft.work_type.map(|chosen| chosen.id.to_string()).unwrap_or_default();
    let facts = work_types
        .iter()
        .map(|work_type| WorkTypeFacts { value: work_type.id.to_string(), typical: work_type.typical_minutes })
        .collect();
    let options = work_types.into_iter().map(|work_type| option(locale, work_type)).collect();
    // What was typed, when the form came back: the estimate is of the same kind as the tick.
    let chosen = Some(forms::field_value("work_type", &selected)).filter(|chosen| !chosen.is_empty());
    let before = view! { <Steps step=OrderStep::WorkType order/> }.into_any();
    view! {
        <Page title=t!("order-work-type-title") lead=draft.program.name before>
            <Form action="/api/orders/choose-work-type">
                <Hidden name="id" value=order.to_string()/>
                <RadioCards name="work_type" legend=t!("order-work-type-legend") legend_hidden=true options selected/>
                <WorkTypeEstimate
                    work_types=facts
                    terms=terms(locale, &payment)
                    texts=estimate_texts(payment.minimum_minutes)
                    nothing_chosen=t!("order-estimate-nothing")
                    chosen
                />
                <div class="actions">
                    <Submit label=t!("order-continue")/>
                </div>
            </Form>
        </Page>
    }
}

fn option(locale: Locale, work_type: WorkType) -> RadioOption {
    let mut notes = Vec::new();
    if !work_type.description.is_empty() {
        notes.push(work_type.description);
    }
    if work_type.plannable {
        notes.push(t!("order-work-type-plannable"));
    }
    if work_type.choice == SlotChoice::Dispatch {
        notes.push(t!("order-work-type-dispatch"));
    }
    RadioOption {
        value: work_type.id.to_string(),
        label: work_type.name,
        note: (!notes.is_empty()).then(|| notes.join(" ")),
        meta: Some(t!("order-work-type-typical", minutes = format::minute_range(locale, work_type.typical_minutes))),
    }
}

fn terms(locale: Locale, payment: &PaymentTerms) -> Terms {
    let named = |pool: &PayerPool| NamedPool { minutes: pool.minutes_left, name: pool_name(locale, pool) };
    Terms {
        pools: payment.pools.iter().map(named).collect(),
        minimum: payment.minimum_minutes,
        rate: payment.rate_per_minute,
        vat: payment.vat,
    }
}

fn pool_name(locale: Locale, pool: &PayerPool) -> String {
    let until = pool.expires_on.map(|date| format::date_numeric(locale, date, ui::now().map(format::local_date)));
    match (pool.kind, until) {
        (PoolKind::Contract, None) => t!("estimate-contract"),
        (PoolKind::Contract, Some(date)) => t!("estimate-contract-until", date = date),
        (PoolKind::Bundle, None) => t!("estimate-bundle"),
        (PoolKind::Bundle, Some(date)) => t!("estimate-bundle-until", date = date),
    }
}

/// The words of the estimate, with their places left open for the browser.
fn estimate_texts(minimum: u32) -> EstimateTexts {
    let (thousands, decimal) = match Locale::current() {
        Locale::Cs => ('\u{202f}', ','),
        Locale::En => (',', '.'),
    };
    EstimateTexts {
        title: t!("estimate-title"),
        minutes: t!("minutes", minutes = "{minutes}"),
        left: t!("estimate-left", minutes = "{minutes}"),
        beyond: t!("estimate-remainder"),
        paid: t!("estimate-paid"),
        price: t!("estimate-price", price = "{price}"),
        prices: t!("estimate-price-range", from = "{from}", to = "{to}"),
        money: t!("money", amount = "{amount}"),
        thousands,
        decimal,
        note: t!("estimate-minimum", minimum = minimum),
    }
}
