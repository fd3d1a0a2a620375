//! How a customer pays what is overdue: what was agreed, and where a manager agrees it.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{ids::CustomerId, money::Money},
        money::payment_plans::AgreedPlan,
    },
    ui::{
        components::{ButtonKind, Endpoint, Form, Hidden, Notice, NoticeKind, Submit, TextArea, TextField},
        format,
        texts::{Locale, t},
    },
};

/// The plan that holds, and the form of another one.
#[component]
pub(super) fn PlanCard(
    customer: CustomerId,
    plan: Option<AgreedPlan>,
    today: NaiveDate,
    /// The idempotency key of the form.
    key: String,
) -> impl IntoView {
    let agreed = plan.map(|plan| view! { <Agreed customer plan today/> });
    view! {
        <section class="card" aria-labelledby="plan">
            <h2 id="plan">{t!("plan-title")}</h2>
            {agreed}
            <p>{t!("plan-help")}</p>
            <Form action={Endpoint::of::<api::money::payment_plans::AgreePlan>()}>
                <Hidden name="customer" value=customer.to_string()/>
                <Hidden name="key" value=key/>
                <TextArea name="note" label=t!("plan-note") hint=t!("plan-note-hint") rows=2/>
                <TextArea name="parts" label=t!("plan-parts") hint=t!("plan-parts-hint") rows=4 optional=true/>
                <TextField
                    name="rests_until"
                    label=t!("plan-rests-until")
                    hint=t!("plan-rests-until-hint")
                    kind="date"
                    short=true
                    optional=true
                />
                <div class="actions">
                    <Submit label=t!("plan-agree") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}

#[component]
fn Agreed(customer: CustomerId, plan: AgreedPlan, today: NaiveDate) -> impl IntoView {
    let locale = Locale::current();
    let standing = plan.standing;
    let state = if !standing.is_kept() {
        let missing = format::money(locale, standing.promised - standing.came);
        view! {
            <Notice kind=NoticeKind::Problem title=t!("plan-missed", missing = missing)>
                <p>{t!("plan-missed-help")}</p>
            </Notice>
        }
        .into_any()
    } else if standing.rests(today) {
        let until = format::date_numeric(locale, standing.rests_until, None);
        view! { <p>{t!("plan-rests", until = until)}</p> }.into_any()
    } else {
        view! { <p>{t!("plan-over")}</p> }.into_any()
    };
    let parts = plan
        .parts
        .iter()
        .map(|part| {
            let day = format::date_numeric(locale, part.due_on, None);
            view! { <li>{format!("{day} · {}", format::money(locale, part.amount))}</li> }
        })
        .collect::<Vec<_>>();
    let came = (standing.came > Money::ZERO).then(|| {
        view! { <p>{t!("plan-came", came = format::money(locale, standing.came))}</p> }
    });
    let by = format!("{} · {}", format::date_numeric(locale, plan.agreed_on, None), plan.by);
    view! {
        {state}
        <p class="typed">{plan.note}</p>
        <ul class="plain-list">{parts}</ul>
        {came}
        <p class="field-hint">{by}</p>
        <Form action={Endpoint::of::<api::money::payment_plans::EndPlan>()}>
            <Hidden name="customer" value=customer.to_string()/>
            <div class="actions">
                <Submit label=t!("plan-end") kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
}
