//! Ordering the same again: a button on whatever was ordered.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    api,
    model::base::numbers::RequestNumber,
    ui::{
        components::{ButtonKind, Endpoint, Form, Hidden, Submit},
        texts::t,
    },
};

/// Begins an order that says what a request says.
#[component]
pub(in crate::ui::pages) fn OrderAgain(
    /// Which request.
    number: RequestNumber,
    /// Identity of the draft to be: the same form begins no second one.
    key: Uuid,
) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::ordering::again::OrderAgain>()} class="order-again">
            <Hidden name="number" value=number.to_string()/>
            <Hidden name="id" value=key.to_string()/>
            <Submit label=t!("order-again") kind=ButtonKind::Secondary/>
        </Form>
    }
}
