//! Words about purchases and payments that the pages of sales share.

use leptos::prelude::*;

use crate::{
    model::money::{
        bank::Unmatched,
        card::PaymentAlertKind,
        purchases::{PaymentMethod, PurchaseEventKind, PurchaseState},
        refunds::RefundState,
        tax_documents::DocumentKind,
    },
    ui::texts::t,
};

/// Where a purchase stands.
#[component]
pub fn SoldPurchaseBadge(state: PurchaseState) -> impl IntoView {
    let class = match state {
        PurchaseState::Created | PurchaseState::Cancelled | PurchaseState::Expired | PurchaseState::Refunded => "badge",
        PurchaseState::AwaitingPayment => "badge badge-soon",
        PurchaseState::Paid => "badge badge-done",
        PurchaseState::PartlyRefunded => "badge badge-accent",
        PurchaseState::Disputed => "badge badge-problem",
    };
    view! { <span class=class>{purchase_state(state)}</span> }
}

pub fn purchase_state(state: PurchaseState) -> String {
    t!("sales-purchase-state", state = state.code())
}

pub fn method(method: PaymentMethod) -> String {
    t!("sales-method", method = method.code())
}

pub fn document_kind(kind: DocumentKind) -> String {
    t!("sales-document", kind = kind.code())
}

/// What asks for a payment.
pub fn payable_kind(kind: Option<DocumentKind>) -> String {
    kind.map_or_else(|| t!("sales-earlier-invoice"), document_kind)
}

pub fn event(kind: PurchaseEventKind) -> String {
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
