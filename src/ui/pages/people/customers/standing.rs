//! Whether a customer is one, and may order: what is seen first, and where managers decide it.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::ids::CustomerId,
        people::customers::{Block, Standing},
    },
    ui::{
        self,
        components::{ButtonKind, CheckField, Endpoint, Form, Hidden, Notice, NoticeKind, Submit, TextArea},
        format,
        texts::{Locale, t},
    },
};

/// What everybody at the desk shall see first.
#[component]
pub fn StandingNotices(standing: Standing, note: String) -> impl IntoView {
    let gone = (!standing.active).then(|| {
        view! {
            <Notice kind=NoticeKind::Problem title=t!("customer-gone")>
                <p>{t!("customer-gone-help")}</p>
            </Notice>
        }
    });
    let blocked = standing.block.map(|Block { at, by, reason, spares_urgent }| {
        let since = format::on(Locale::current(), at, ui::now());
        let by = by.map_or_else(|| since.clone(), |by| format!("{since} · {by}"));
        view! {
            <Notice kind=NoticeKind::Problem title=t!("customer-blocked")>
                <p>{reason}</p>
                {spares_urgent.then(|| view! { <p>{t!("customer-block-spares")}</p> })}
                <p class="field-hint">{by}</p>
            </Notice>
        }
    });
    let note = (!note.is_empty()).then(|| {
        view! {
            <Notice title=t!("customer-note")>
                <p class="typed">{note}</p>
            </Notice>
        }
    });
    view! { {gone} {blocked} {note} }
}

/// Where managers block and unblock a customer, and end that it is one.
#[component]
pub fn StandingCard(customer: CustomerId, standing: Standing) -> impl IntoView {
    let blocking = if standing.block.is_some() {
        view! {
            <p>{t!("customer-unblock-help")}</p>
            <Form action={Endpoint::of::<api::people::customers::UnblockCustomer>()}>
                <Hidden name="customer" value=customer.to_string()/>
                <div class="actions">
                    <Submit label=t!("customer-unblock") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        }
        .into_any()
    } else {
        view! {
            <p>{t!("customer-block-help")}</p>
            <Form action={Endpoint::of::<api::people::customers::BlockCustomer>()}>
                <Hidden name="customer" value=customer.to_string()/>
                <TextArea name="reason" label=t!("customer-block-reason") hint=t!("customer-block-reason-hint") rows=2/>
                <CheckField
                    name="spares_urgent"
                    label=t!("customer-block-but-urgent")
                    hint=t!("customer-block-but-urgent-hint")
                />
                <div class="actions">
                    <Submit label=t!("customer-block") kind=ButtonKind::Danger/>
                </div>
            </Form>
        }
        .into_any()
    };
    let (help, label, kind) = if standing.active {
        (t!("customer-leave-help"), t!("customer-leave"), ButtonKind::Secondary)
    } else {
        (t!("customer-return-help"), t!("customer-return"), ButtonKind::Secondary)
    };
    view! {
        <section class="card" aria-labelledby="standing">
            <h2 id="standing">{t!("customer-standing")}</h2>
            {blocking}
            <p>{help}</p>
            <Form action={Endpoint::of::<api::people::customers::SetCustomerActive>()}>
                <Hidden name="customer" value=customer.to_string()/>
                <Hidden name="active" value=(!standing.active).to_string()/>
                <div class="actions">
                    <Submit label kind/>
                </div>
            </Form>
        </section>
    }
}
