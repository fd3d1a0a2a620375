//! Words about orders and payments that the pages of sales share.

use leptos::prelude::*;

use crate::{
    model::money::{
        bank::Unmatched,
        card::PaymentAlertKind,
        purchases::{OrderEventKind, OrderState, PaymentMethod, RefundState},
        tax_documents::DocumentKind,
    },
    ui::texts::t,
};

/// Where an order stands.
#[component]
pub fn OrderBadge(state: OrderState) -> impl IntoView {
    let class = match state {
        OrderState::Created | OrderState::Cancelled | OrderState::Expired | OrderState::Refunded => "badge",
        OrderState::AwaitingPayment => "badge badge-soon",
        OrderState::Paid => "badge badge-done",
        OrderState::PartlyRefunded => "badge badge-accent",
        OrderState::Disputed => "badge badge-problem",
    };
    view! { <span class=class>{order_state(state)}</span> }
}

pub fn order_state(state: OrderState) -> String {
    t!("sales-order-state", state = state.code())
}

pub fn method(method: PaymentMethod) -> String {
    t!("sales-method", method = method.code())
}

pub fn document_kind(kind: DocumentKind) -> String {
    t!("sales-document", kind = kind.code())
}

pub fn event(kind: OrderEventKind) -> String {
    t!("sales-event", kind = kind.code())
}

pub fn refund_state(state: RefundState) -> String {
    t!("sales-refund-state", state = state.code())
}

pub fn reason(reason: Unmatched) -> String {
    t!("sales-unmatched", reason = reason.code())
}

pub fn alert(kind: PaymentAlertKind) -> String {
    t!("sales-alert", kind = kind.code())
}
