//! What is sold, and what managers decide about money.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::{BankPaymentId, BankStatementId, DocumentId, PaymentAlertId, RefundId},
    money::{
        pages as view,
        purchases::{Dispute, PurchaseNumber, PurchaseState},
    },
    problem::Problem,
};

access! {
    Sales: Manager,
    Bank: Manager,
    SoldPurchases: Manager,
    SoldPurchase: Manager,
    ImportStatement: Manager,
    AssignPayment: Manager,
    SetAsidePayment: Manager,
    ResolveAlert: Manager,
    DecideReversal: Manager,
    Refund: Manager confirmed,
    RefundPaid: Manager confirmed,
    CreditReturned: Manager confirmed,
    DocumentWonBack: Manager confirmed,
}

/// The owner's view; `unpaid_after` continues the list of what is not paid.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales", input = GetUrl)]
pub async fn sales(unpaid_after: Option<DocumentId>) -> Result<view::SalesPage, Problem> {
    use crate::server::{request, service::money::sales};
    sales::page(&request::app()?, &request::caller()?.manager()?, unpaid_after).await
}

/// Statements, and payments that wait for a decision.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales/bank", input = GetUrl)]
pub async fn bank(before: Option<BankStatementId>) -> Result<view::BankPage, Problem> {
    use crate::server::{request, service::money::bank};
    bank::page(&request::app()?, &request::caller()?.manager()?, before).await
}

/// Purchases, the newest first; `search` is a part of the number, or of the customer's name or IČO.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales/purchases", input = GetUrl)]
pub async fn sold_purchases(
    state: Option<PurchaseState>,
    #[server(default)] search: String,
    before: Option<PurchaseNumber>,
) -> Result<view::SoldPurchases, Problem> {
    use crate::server::{request, service::money::sales};
    sales::purchases(&request::app()?, &request::caller()?.manager()?, state, &search, before).await
}

/// A purchase with all that is known of it; none is asked for by what is no number.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "sales/purchase", input = GetUrl)]
pub async fn sold_purchase(number: Option<PurchaseNumber>) -> Result<view::PurchaseCase, Problem> {
    use crate::server::{request, service::money::sales};
    let manager = request::caller()?.manager()?;
    sales::purchase(&request::app()?, &manager, number.ok_or(Problem::NotFound)?).await
}

/// Imports a bank statement: its bytes in hexadecimal digits, which an upload becomes on its way in; how its bank numbers
/// reversals, where the file does not tell; and that it may be of an account that is not ours.
///
/// # Errors
/// [`Problem::Invalid`] without a file, [`Problem::Statement`] when it cannot be read.
#[server(endpoint = "sales/import")]
pub async fn import_statement(
    #[server(default)] file: String,
    #[server(default)] file_name: String,
    #[server(default)] codes: String,
    #[server(default)] foreign_account: bool,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::bank},
    };
    let (app, manager) = (request::app()?, request::caller()?.manager()?);
    let imported = bank::import_sent(&app, &manager, &file_name, &file, &codes, foreign_account).await?;
    let again = if imported.again { "&again=true" } else { "" };
    request::see_other(&format!("{}?statement={}{again}", paths::SALES_BANK, imported.statement))
}

/// Assigns a payment to the document with a number.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::Conflict`] when it was decided otherwise.
#[server(endpoint = "sales/assign-payment")]
pub async fn assign_payment(
    payment: BankPaymentId,
    #[server(default)] document: String,
    #[server(default)] note: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::bank},
    };
    bank::assign(&request::app()?, &request::caller()?.manager()?, payment, &document, &note).await?;
    request::see_other(paths::SALES_BANK)
}

/// Sets a payment aside that pays nothing of ours.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when it was decided otherwise.
#[server(endpoint = "sales/set-aside-payment")]
pub async fn set_aside_payment(payment: BankPaymentId, #[server(default)] reason: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::bank},
    };
    bank::set_aside(&request::app()?, &request::caller()?.manager()?, payment, &reason).await?;
    request::see_other(paths::SALES_BANK)
}

/// Notes that a manager has looked at an alert.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales/resolve-alert")]
pub async fn resolve_alert(alert: PaymentAlertId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::sales},
    };
    sales::resolve_alert(&request::app()?, &request::caller()?.manager()?, alert).await?;
    request::see_other(paths::SALES)
}

/// Says what became of a transfer for a purchase that is gone again: it is being settled, has come once more, or will not.
///
/// # Errors
/// [`Problem::Conflict`] when none is gone, or that was said before what follows from it.
#[server(endpoint = "sales/decide-reversal")]
pub async fn decide_reversal(number: PurchaseNumber, became: Dispute) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::disputes},
    };
    disputes::decide_reversal(&request::app()?, &request::caller()?.manager()?, number, became).await?;
    request::see_other(&paths::sales_purchase(number))
}

/// Gives back minutes of a purchase for their share of its price.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::Conflict`] for a purchase that is not paid or is disputed.
#[server(endpoint = "sales/refund")]
pub async fn refund(
    number: PurchaseNumber,
    #[server(default)] minutes: String,
    #[server(default)] reason: String,
    key: RefundId,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::refunds},
    };
    refunds::request(&request::app()?, &request::caller()?.confirmed()?.manager()?, number, &minutes, &reason, key)
        .await?;
    request::see_other(&paths::sales_purchase(number))
}

/// Notes that the money of a refund was returned by transfer.
///
/// # Errors
/// [`Problem::Conflict`] while it is on its way otherwise.
#[server(endpoint = "sales/refund-paid")]
pub async fn refund_paid(refund: RefundId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::refunds},
    };
    let number = refunds::note_paid(&request::app()?, &request::caller()?.confirmed()?.manager()?, refund).await?;
    request::see_other(&paths::sales_purchase(number))
}

/// Credits what of a purchase's money went back past us: at Stripe, or by a dispute that was lost.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when all of it is credited.
#[server(endpoint = "sales/credit-returned")]
pub async fn credit_returned(
    number: PurchaseNumber,
    #[server(default)] reason: String,
    key: RefundId,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::refunds},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    refunds::credit_returned(&request::app()?, &manager, number, &reason, key).await?;
    request::see_other(&paths::sales_purchase(number))
}

/// Has the money documented that a lost dispute took and that came again when it was won.
///
/// # Errors
/// [`Problem::Conflict`] when none came that is not documented.
#[server(endpoint = "sales/document-won-back")]
pub async fn document_won_back(number: PurchaseNumber, key: RefundId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::disputes},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    disputes::document_won_back(&request::app()?, &manager, number, key).await?;
    request::see_other(&paths::sales_purchase(number))
}
