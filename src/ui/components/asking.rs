//! Whom somebody asks who may not order.

use leptos::prelude::*;

use super::{ButtonKind, EmptyState, Endpoint, Form, Hidden, Submit};
use crate::{
    api,
    model::people::asking::AskedColleague,
    ui::{
        self, format,
        texts::{Locale, t},
    },
};

/// Who of the same customer may order, each to be asked by one tap.
#[component]
pub fn WhomToOrder() -> impl IntoView {
    view! {
        {Suspend::new(async move {
            let colleagues = api::people::asking::who_orders().await.unwrap_or_default();
            view! { <Colleagues colleagues/> }
        })}
    }
}

/// Colleagues who may order.
#[component]
fn Colleagues(
    /// They, by name.
    colleagues: Vec<AskedColleague>,
) -> impl IntoView {
    if colleagues.is_empty() {
        return view! { <EmptyState title=t!("problem-ask-us", phone = ui::line_phone())/> }.into_any();
    }
    let people = colleagues.into_iter().map(colleague).collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="who-orders">
            <h2 id="who-orders">{t!("who-orders")}</h2>
            <ul class="rows">{people}</ul>
        </section>
    }
    .into_any()
}

fn colleague(colleague: AskedColleague) -> impl IntoView {
    let name = format::person(Locale::current(), &colleague.name);
    let about = name.clone();
    let ask = if colleague.is_asked {
        view! { <p class="row-note">{t!("who-orders-asked")}</p> }.into_any()
    } else {
        view! {
            <Form action={Endpoint::of::<api::people::asking::AskToOrder>()}>
                <Hidden name="member" value=colleague.id.to_string()/>
                <Submit label=t!("who-orders-ask") kind=ButtonKind::Secondary about/>
            </Form>
        }
        .into_any()
    };
    view! {
        <li class="row">
            <p class="row-title">{name}</p>
            {ask}
        </li>
    }
}
