//! How it stands with the payment of documents, and the list of them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DocumentKind, Purpose};
use crate::model::{
    base::{
        codes::coded_enum,
        ids::DocumentId,
        money::Money,
        paging::{CountedPage, Queue},
    },
    money::{
        earlier_invoices::EarlierInvoice,
        purchases::{PurchaseNumber, PurchaseState},
    },
};

coded_enum! {
    /// How it stands with the payment of a document.
    pub enum Settlement {
        /// It asks for none.
        None = "none",
        /// It is to be paid.
        Due = "due",
        /// It should have been paid.
        Overdue = "overdue",
        /// It is paid, or nothing is left to pay on it, or it is the document of a payment.
        Paid = "paid",
        /// Its purchase was closed before it was paid: nobody need pay it.
        Void = "void",
    }
}

/// What is known of the payment of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payments {
    /// What came in for it by transfer.
    pub received: Money,
    /// What credit notes took off it, and differences that were written off; negative.
    pub credited: Money,
    /// The state of its purchase, if it is about one.
    pub purchase: Option<PurchaseState>,
}

/// How it stands with the payment of a document of `kind` over `total`.
#[must_use]
pub fn settlement(
    kind: DocumentKind,
    total: Money,
    due_on: Option<NaiveDate>,
    payments: Payments,
    today: NaiveDate,
) -> Settlement {
    if !kind.asks_for_payment() {
        // It was issued on money that came.
        return if kind == DocumentKind::Payment { Settlement::Paid } else { Settlement::None };
    }
    match payments.purchase {
        // All of it was credited before anything came.
        _ if payments.received == Money::ZERO && total + payments.credited <= Money::ZERO => Settlement::Void,
        _ if total + payments.credited <= payments.received => Settlement::Paid,
        Some(
            PurchaseState::Paid | PurchaseState::PartlyRefunded | PurchaseState::Refunded | PurchaseState::Disputed,
        ) => Settlement::Paid,
        Some(PurchaseState::Cancelled | PurchaseState::Expired) => Settlement::Void,
        Some(PurchaseState::Created | PurchaseState::AwaitingPayment) | None => match due_on {
            Some(due_on) if due_on < today => Settlement::Overdue,
            _ => Settlement::Due,
        },
    }
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// The row under which it is kept.
    pub id: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// Its number.
    pub number: String,
    /// The local day on which it was issued.
    pub issued_on: NaiveDate,
    /// What it is for.
    pub purpose: Purpose,
    /// What it comes to, including VAT.
    pub total: Money,
    /// Until when it is to be paid.
    pub due_on: Option<NaiveDate>,
    /// How it stands with its payment.
    pub settlement: Settlement,
    /// The purchase that it asks to be paid for: there it can be paid by card, too.
    pub purchase: Option<PurchaseNumber>,
}

/// Which documents are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DocumentFilter {
    /// Of one kind.
    pub kind: Option<DocumentKind>,
    /// Of one year.
    pub year: Option<i32>,
}

/// A page of a customer's documents, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentList {
    /// Which are listed.
    pub filter: DocumentFilter,
    /// The documents.
    pub documents: CountedPage<DocumentRow, DocumentId>,
    /// The years in which there are documents, the latest first.
    pub years: Vec<i32>,
    /// Invoices from before Linka of which something is left to pay, the longest due first.
    pub earlier: Queue<EarlierInvoice>,
}
