//! The gateway to Stripe: the only module that names the client's types of requests. Everything that is asked here is asked
//! once per call, within a time limit, and under a key of ours where it changes something: whoever gets no answer asks again
//! later and gets the same one.

pub mod cards;

use std::time::Duration;

use chrono::{DateTime, Utc};
use stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes, CreateCheckoutSessionCustomerCreation,
    CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData, CreateCheckoutSessionPaymentIntentData,
    CreateCheckoutSessionPaymentIntentDataSetupFutureUsage, ExpireCheckoutSession, ListCheckoutSession, ProductData,
    RetrieveCheckoutSession,
};
use stripe_core::{
    dispute::ListDispute,
    refund::{CreateRefund, ListRefund},
};
use stripe_shared::{
    ApiErrorsType, CheckoutSession, CheckoutSessionLocale, CheckoutSessionMode, CheckoutSessionPaymentStatus,
    CheckoutSessionStatus, DisputeStatus,
};
use stripe_types::{Currency, Expandable};

use crate::model::{
    base::{
        ids::{PurchaseId, RefundId},
        money::Money,
    },
    money::{card::KeptCard, purchases::Dispute, refunds::RefundState},
};

/// How long Stripe may take for an answer; its own tools wait for 80 seconds, but a customer does not.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The metadata that names our purchase, and says by its name that it is ours: other programs may use the same account. One, as
/// several go in no certain order, and asking again has to ask the same.
const PURCHASE: &str = "linka_purchase";
/// The name that it had on pages of before.
const FORMER_PURCHASE: &str = "order_id";
/// The metadata that names our refund.
const REFUND: &str = "refund_id";
/// The most of anything that one payment can have.
const MOST: i64 = 100;

/// Why Stripe did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// It may work later, under the same key.
    #[error("Stripe cannot be reached or asks to come again: {0}")]
    Temporary(String),
    /// It failed, and keeps saying so for a day under the same key: it may work under another.
    #[error("Stripe failed: {0}")]
    Failed(String),
    /// It understood and said no.
    #[error("Stripe refuses: {0}")]
    Refused(String),
    /// It answered something that the client cannot read; whether it did what it was asked is not known.
    #[error("Stripe's answer cannot be read: {0}")]
    Unreadable(String),
}

impl From<StripeError> for GatewayError {
    fn from(error: StripeError) -> Self {
        match error {
            StripeError::Stripe(error, status) => {
                let code = error.code.as_ref().map(ToString::to_string).unwrap_or_default();
                let text = format!("{status} {} {code} {}", error.type_, error.message.unwrap_or_default());
                match status {
                    // A key that is wrong or lacks a right is ours to mend; what was asked for is not at fault.
                    401 | 403 | 409 | 424 | 429 => Self::Temporary(text),
                    500.. => Self::Failed(text),
                    // The same key asked for something else before: a setting has changed in the meantime.
                    400 if matches!(error.type_, ApiErrorsType::IdempotencyError) => Self::Failed(text),
                    _ => Self::Refused(text),
                }
            }
            StripeError::JSONDeserialize(error) => Self::Unreadable(error),
            error @ (StripeError::ClientError(_) | StripeError::ConfigError(_) | StripeError::Timeout) => {
                Self::Temporary(error.to_string())
            }
        }
    }
}

/// What a checkout page is asked for. All of it follows from the purchase, so that asking again asks the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutRequest {
    /// For which purchase.
    pub purchase: PurchaseId,
    /// Under which key: a new one after each answer that stays.
    pub key: String,
    /// Whether the card is kept, for what is taken from it later.
    pub keeps_card: bool,
    /// Stripe's customer, where there is one.
    pub stripe_customer: Option<String>,
    /// What the customer reads there.
    pub name: String,
    /// What is to be paid, including VAT.
    pub total: Money,
    /// Where Stripe sends its receipt.
    pub email: Option<String>,
    /// Where the customer goes after paying.
    pub success_url: String,
    /// Where the customer goes without paying.
    pub cancel_url: String,
    /// Until when it can be paid.
    pub expires_at: DateTime<Utc>,
}

/// Where a checkout page is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionState {
    /// It can be paid.
    Open,
    /// The customer is through, but the money is not there yet, or did not come.
    Unpaid,
    /// The money is there.
    Paid,
    /// Nobody paid, and nobody can any more.
    Expired,
}

/// A checkout page as Stripe tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What it is called.
    pub id: String,
    /// Where the customer pays, as long as that is possible.
    pub url: Option<String>,
    /// Where it is.
    pub state: SessionState,
    /// What is paid, in the smallest unit of its currency.
    pub amount: i64,
    /// In which currency, in small letters.
    pub currency: String,
    /// Our purchase, if the page names one.
    pub purchase: Option<PurchaseId>,
    /// Whether it is one of ours at all.
    pub is_ours: bool,
    /// The payment that came of it.
    pub payment_intent: Option<String>,
    /// When the card was charged.
    pub paid_at: Option<DateTime<Utc>>,
    /// Until when it can be paid.
    pub expires_at: DateTime<Utc>,
    /// The card, if it is kept.
    pub card: Option<KeptCard>,
    /// What became of it, if the page is one that only keeps a card.
    pub setup_intent: Option<String>,
}

/// A refund as Stripe tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripeRefund {
    /// What it is called.
    pub id: String,
    /// Ours, if we asked for it.
    pub ours: Option<RefundId>,
    /// How much, including VAT.
    pub amount: Money,
    /// Where it is.
    pub state: RefundState,
}

/// A dispute as Stripe tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripeDispute {
    /// What it is called.
    pub id: String,
    /// Where it is; none while the bank only asks and no money has moved.
    pub state: Option<Dispute>,
    /// How much it is about: all of the payment, or a part of it.
    pub amount: Money,
}

/// The gateway.
#[derive(Debug, Clone)]
pub struct Gateway {
    client: Client,
}

impl Gateway {
    /// A gateway that speaks for the account of `key`.
    ///
    /// * `origin` – where Stripe is; none for itself
    ///
    /// # Errors
    /// When key or origin cannot be used at all.
    pub fn new(key: &str, origin: Option<&str>) -> Result<Self, GatewayError> {
        let builder = ClientBuilder::new(key).timeout(TIMEOUT);
        let builder = match origin {
            Some(origin) => builder.url(format!("{origin}/")),
            None => builder,
        };
        Ok(Self { client: builder.build()? })
    }

    /// Makes the checkout page of a purchase, or finds the one that was made under the same key.
    ///
    /// # Errors
    /// When Stripe does not.
    pub async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Session, GatewayError> {
        // One piece of the whole total: VAT was computed from it, and pieces of it need not add up.
        let mut price = CreateCheckoutSessionLineItemsPriceData::new(Currency::CZK);
        price.unit_amount = Some(request.total.haler());
        price.product_data = Some(ProductData::new(&request.name));
        let mut line = CreateCheckoutSessionLineItems::new();
        line.quantity = Some(1);
        line.price_data = Some(price);
        let purchase = [(PURCHASE.to_owned(), request.purchase.to_string())];
        let mut payment = CreateCheckoutSessionPaymentIntentData::new();
        payment.metadata = Some(purchase.clone().into());
        if request.keeps_card {
            payment.setup_future_usage = Some(CreateCheckoutSessionPaymentIntentDataSetupFutureUsage::OffSession);
        }
        let mut create = CreateCheckoutSession::new()
            .mode(CheckoutSessionMode::Payment)
            .locale(CheckoutSessionLocale::Cs)
            .allowed_payment_method_types([CreateCheckoutSessionAllowedPaymentMethodTypes::Card])
            .client_reference_id(request.purchase.to_string())
            .metadata(purchase)
            .payment_intent_data(payment)
            .line_items([line])
            .success_url(&request.success_url)
            .cancel_url(&request.cancel_url)
            .expires_at(request.expires_at.timestamp());
        create = match (&request.stripe_customer, &request.email) {
            (Some(customer), _) => create.customer(customer),
            (None, Some(email)) => create.customer_email(email),
            (None, None) => create,
        };
        if request.keeps_card && request.stripe_customer.is_none() {
            create = create.customer_creation(CreateCheckoutSessionCustomerCreation::Always);
        }
        let create = create.customize().request_strategy(once(&request.key)?);
        session(create.send(&self.client).await?)
    }

    /// A checkout page as it is now.
    ///
    /// # Errors
    /// When Stripe does not answer.
    pub async fn session(&self, id: &str) -> Result<Session, GatewayError> {
        let expand = ["payment_intent.latest_charge", "payment_intent.payment_method"].map(str::to_owned);
        session(RetrieveCheckoutSession::new(id).expand(expand).send(&self.client).await?)
    }

    /// The checkout page of which a payment came; none for one that came in another way.
    ///
    /// # Errors
    /// When Stripe does not answer.
    pub async fn session_of(&self, payment_intent: &str) -> Result<Option<String>, GatewayError> {
        let list = ListCheckoutSession::new().payment_intent(payment_intent).send(&self.client).await?;
        Ok(list.data.into_iter().next().map(|session| session.id.to_string()))
    }

    /// Asks for the latest checkout page, whichever that is: whoever gets an answer is known by the key.
    ///
    /// # Errors
    /// When Stripe does not answer, or does not know the key.
    pub async fn knows_us(&self) -> Result<(), GatewayError> {
        Ok(ListCheckoutSession::new().limit(1).send(&self.client).await.map(drop)?)
    }

    /// Ends a checkout page: nobody can pay there any more.
    ///
    /// # Errors
    /// [`GatewayError::Refused`] when it has ended already, in whichever way.
    pub async fn expire(&self, id: &str) -> Result<Session, GatewayError> {
        session(ExpireCheckoutSession::new(id).send(&self.client).await?)
    }

    /// Returns money of a payment, or finds what was returned under the same key.
    ///
    /// * `attempt` – the how manieth key this is under: a new one after each answer that stays
    ///
    /// # Errors
    /// When Stripe does not.
    pub async fn create_refund(
        &self,
        refund: RefundId,
        attempt: u32,
        payment_intent: &str,
        amount: Money,
    ) -> Result<StripeRefund, GatewayError> {
        let create = CreateRefund::new()
            .payment_intent(payment_intent)
            .amount(amount.haler())
            .metadata([(REFUND.to_owned(), refund.to_string())])
            .customize()
            .request_strategy(once(&key_of(&format!("refund:{refund}"), attempt))?);
        Ok(stripe_refund(create.send(&self.client).await?))
    }

    /// The refunds of a payment.
    ///
    /// # Errors
    /// When Stripe does not answer.
    pub async fn refunds_of(&self, payment_intent: &str) -> Result<Vec<StripeRefund>, GatewayError> {
        let list = ListRefund::new().payment_intent(payment_intent).limit(MOST).send(&self.client).await?;
        Ok(list.data.into_iter().map(stripe_refund).collect())
    }

    /// The disputes over a payment.
    ///
    /// # Errors
    /// When Stripe does not answer.
    pub async fn disputes_of(&self, payment_intent: &str) -> Result<Vec<StripeDispute>, GatewayError> {
        let list = ListDispute::new().payment_intent(payment_intent).limit(MOST).send(&self.client).await?;
        Ok(list.data.into_iter().map(stripe_dispute).collect())
    }
}

/// The key of the how manieth attempt at something.
#[must_use]
pub fn key_of(what: &str, attempt: u32) -> String {
    match attempt {
        0 | 1 => what.to_owned(),
        attempt => format!("{what}:{attempt}"),
    }
}

/// Asks once, under a key: trying again is the job's, which remembers.
fn once(key: &str) -> Result<RequestStrategy, GatewayError> {
    let key = IdempotencyKey::new(key).map_err(|error| GatewayError::Refused(error.to_string()))?;
    Ok(RequestStrategy::Idempotent(key))
}

/// The purchase of a payment that failed, as Stripe's message tells it, and what that payment is called; none for one of another
/// program on the same account.
#[must_use]
pub fn failed_payment(intent: &serde_json::Value) -> Option<(PurchaseId, &str)> {
    let purchase = intent.get("metadata")?.get(PURCHASE)?.as_str()?.parse().ok()?;
    Some((purchase, intent.get("id")?.as_str()?))
}

fn session(told: CheckoutSession) -> Result<Session, GatewayError> {
    let state = match (told.status, told.payment_status) {
        (_, CheckoutSessionPaymentStatus::Paid) => SessionState::Paid,
        (Some(CheckoutSessionStatus::Open), _) => SessionState::Open,
        (Some(CheckoutSessionStatus::Expired), _) => SessionState::Expired,
        (Some(CheckoutSessionStatus::Complete), _) => SessionState::Unpaid,
        (status, _) => return Err(GatewayError::Unreadable(format!("the session's status is {status:?}"))),
    };
    let mut metadata = told.metadata.unwrap_or_default();
    let marked = metadata.remove(PURCHASE);
    let is_marked = marked.is_some();
    let named = marked.or_else(|| metadata.remove(FORMER_PURCHASE));
    let purchase = match (told.client_reference_id, named) {
        // Both are ours or none is: other pages of the same account may use the reference for something else.
        (Some(reference), Some(named)) if reference == named => reference.parse().ok(),
        _ => None,
    };
    let charge =
        told.payment_intent.as_ref().and_then(Expandable::as_object).and_then(|intent| {
            intent.latest_charge.as_ref().and_then(Expandable::as_object).map(|charge| charge.created)
        });
    let customer = told.customer.as_ref().map(|customer| customer.id().to_string());
    let card = told.payment_intent.as_ref().and_then(Expandable::as_object).and_then(|intent| {
        intent.setup_future_usage.as_ref()?;
        cards::kept_card(customer?, intent.payment_method.as_ref()?.as_object()?)
    });
    Ok(Session {
        id: told.id.to_string(),
        url: told.url,
        state,
        amount: told.amount_total.unwrap_or_default(),
        currency: told.currency.map(|currency| currency.to_string()).unwrap_or_default(),
        purchase,
        // Pages of before they were marked name a purchase.
        is_ours: is_marked || purchase.is_some(),
        payment_intent: told.payment_intent.map(|intent| intent.id().to_string()),
        paid_at: charge.map(instant).transpose()?,
        expires_at: instant(told.expires_at)?,
        card,
        setup_intent: told.setup_intent.map(|setup| setup.id().to_string()),
    })
}

fn instant(seconds: i64) -> Result<DateTime<Utc>, GatewayError> {
    DateTime::from_timestamp(seconds, 0).ok_or_else(|| GatewayError::Unreadable(format!("no instant: {seconds}")))
}

fn stripe_refund(told: stripe_shared::Refund) -> StripeRefund {
    let state = match told.status.as_deref() {
        Some("succeeded") => RefundState::Succeeded,
        Some("failed" | "canceled") => RefundState::Failed,
        // `requires_action`, `pending`, and what may come: not settled yet.
        _ => RefundState::Pending,
    };
    StripeRefund {
        id: told.id.to_string(),
        ours: told.metadata.and_then(|metadata| metadata.get(REFUND)?.parse().ok()),
        amount: Money::from_haler(told.amount),
        state,
    }
}

fn stripe_dispute(told: stripe_shared::Dispute) -> StripeDispute {
    let state = match told.status {
        DisputeStatus::Won => Some(Dispute::Won),
        DisputeStatus::Lost => Some(Dispute::Lost),
        DisputeStatus::NeedsResponse | DisputeStatus::UnderReview => Some(Dispute::Open),
        // Inquiries, and disputes that were prevented: the money has not moved.
        _ => None,
    };
    StripeDispute { id: told.id.to_string(), state, amount: Money::from_haler(told.amount) }
}

/// The version of Stripe's API that the client speaks.
#[must_use]
pub fn api_version() -> String {
    stripe_shared::version::VERSION.to_string()
}
