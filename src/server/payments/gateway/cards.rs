//! Cards that are kept at Stripe, and payments that are taken from them with nobody present.

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde_json::Value;
use stripe::{StripeError, StripeRequest};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes, CreateCheckoutSessionCustomerCreation,
    CreateCheckoutSessionSetupIntentData,
};
use stripe_client_core::{RequestBuilder, StripeMethod};
use stripe_core::{
    payment_intent::{CreatePaymentIntent, CreatePaymentIntentOffSession, ListPaymentIntent, RetrievePaymentIntent},
    setup_intent::RetrieveSetupIntent,
};
use stripe_shared::{
    CheckoutSessionLocale, CheckoutSessionMode, PaymentIntent, PaymentIntentStatus, PaymentMethod, SetupIntentStatus,
};
use stripe_types::{Currency, Expandable};

use super::{Gateway, GatewayError, MOST, instant, once};
use crate::model::{
    base::{
        ids::{CardTryId, CustomerId, MemberId},
        money::Money,
    },
    money::card::{CardPurpose, KeptCard},
};

/// The metadata that names our try.
const TRY: &str = "linka_try";
/// The metadata that names whose card is kept, and for what: customer, person, purpose.
const CARD: &str = "linka_card";
/// What Stripe says when the bank wants the card's holder to confirm the payment.
const ASKS_HOLDER: &str = "authentication_required";

/// A payment to be taken from a kept card. All of it is kept before it is asked for, so that asking again asks the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DebitRequest<'a> {
    /// The try: its key.
    pub id: CardTryId,
    /// Stripe's customer.
    pub stripe_customer: &'a str,
    /// The card.
    pub payment_method: &'a str,
    /// How much, including VAT.
    pub total: Money,
    /// For what.
    pub name: &'a str,
}

/// What became of such a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DebitState {
    /// The money is there.
    Paid,
    /// The bank has yet to say.
    Pending,
    /// The bank says no.
    Declined,
    /// The bank wants the holder of the card.
    AsksHolder,
}

/// A payment from a kept card as Stripe tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debit {
    /// What the payment is called, if Stripe said so.
    pub intent: Option<String>,
    /// What became of it.
    pub state: DebitState,
    /// What came, in the smallest unit of its currency.
    pub amount: i64,
    /// In which currency, in small letters.
    pub currency: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

impl Debit {
    /// One of which Stripe says no more than that it came to nothing.
    #[must_use]
    pub const fn failed(state: DebitState) -> Self {
        Self { intent: None, state, amount: 0, currency: String::new(), at: None }
    }
}

/// A page on which a card is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupRequest {
    /// Under which key.
    pub key: String,
    /// Whose card it will be, and who enters it.
    pub owner: (CustomerId, MemberId),
    /// What it is entered for.
    pub purpose: CardPurpose,
    /// Stripe's customer, where there is one.
    pub stripe_customer: Option<String>,
    /// Where the customer goes then.
    pub success_url: String,
    /// Where the customer goes without it.
    pub cancel_url: String,
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
}

/// A card that somebody entered to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardSetup {
    /// Whose it is, and who entered it; none of another program on the same account.
    pub owner: Option<(CustomerId, MemberId)>,
    /// What it was entered for.
    pub purpose: CardPurpose,
    /// The card, once it can be used.
    pub card: Option<KeptCard>,
    /// When that began.
    pub at: DateTime<Utc>,
}

impl Gateway {
    /// Takes a payment from a kept card, or finds what was taken under the same key. What the bank says is an answer.
    ///
    /// # Errors
    /// When Stripe does not say what became of it.
    pub async fn debit(&self, request: &DebitRequest<'_>) -> Result<Debit, GatewayError> {
        let create = CreatePaymentIntent::new(request.total.haler(), Currency::CZK)
            .customer(request.stripe_customer)
            .payment_method(request.payment_method)
            .description(request.name)
            .metadata([(TRY.to_owned(), request.id.to_string())])
            .off_session(CreatePaymentIntentOffSession::Bool(true))
            .confirm(true)
            .customize()
            .request_strategy(once(&format!("try:{}", request.id))?);
        match create.send(&self.client).await {
            Ok(intent) => debit(&intent),
            Err(StripeError::Stripe(error, 402)) => {
                let code = error.code.as_ref().map(ToString::to_string).unwrap_or_default();
                Ok(Debit::failed(refusal(&code)))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What became of a try, whoever got the answer; none when nothing was taken under it.
    ///
    /// # Errors
    /// When Stripe does not answer.
    pub async fn debit_of(&self, stripe_customer: &str, id: CardTryId) -> Result<Option<Debit>, GatewayError> {
        let list = ListPaymentIntent::new().customer(stripe_customer).limit(MOST).send(&self.client).await?;
        let name = id.to_string();
        list.data.iter().find(|intent| intent.metadata.get(TRY) == Some(&name)).map(debit).transpose()
    }

    /// The try of a payment; none of one that came in another way.
    ///
    /// # Errors
    /// When Stripe does not answer.
    pub async fn try_behind(&self, intent: &str) -> Result<Option<CardTryId>, GatewayError> {
        match RetrievePaymentIntent::new(intent).send(&self.client).await.map_err(GatewayError::from) {
            Ok(told) => Ok(told.metadata.get(TRY).and_then(|name| name.parse().ok())),
            Err(GatewayError::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes a page on which a card is entered to be kept; gives its address.
    ///
    /// # Errors
    /// When Stripe does not.
    pub async fn create_setup(&self, request: &SetupRequest) -> Result<String, GatewayError> {
        let (customer, member) = request.owner;
        let owner = [(CARD.to_owned(), format!("{customer}/{member}/{}", request.purpose))];
        let mut intent = CreateCheckoutSessionSetupIntentData::new();
        intent.metadata = Some(owner.clone().into());
        let create = CreateCheckoutSession::new()
            .mode(CheckoutSessionMode::Setup)
            .currency(Currency::CZK)
            .locale(CheckoutSessionLocale::Cs)
            .allowed_payment_method_types([CreateCheckoutSessionAllowedPaymentMethodTypes::Card])
            .metadata(owner)
            .setup_intent_data(intent)
            .success_url(&request.success_url)
            .cancel_url(&request.cancel_url)
            .expires_at(request.expires_at.timestamp());
        let create = match &request.stripe_customer {
            Some(customer) => create.customer(customer),
            None => create.customer_creation(CreateCheckoutSessionCustomerCreation::Always),
        };
        let made = create.customize().request_strategy(once(&request.key)?).send(&self.client).await?;
        made.url.ok_or_else(|| GatewayError::Unreadable("a page for a card without address".into()))
    }

    /// A card that was entered to be kept, as Stripe tells it now.
    ///
    /// # Errors
    /// When Stripe does not answer.
    pub async fn setup(&self, id: &str) -> Result<CardSetup, GatewayError> {
        let told = RetrieveSetupIntent::new(id).expand(["payment_method".to_owned()]).send(&self.client).await?;
        let marked = told.metadata.as_ref().and_then(|metadata| owner(metadata.get(CARD)?));
        let is_done = told.status == SetupIntentStatus::Succeeded;
        let card = told.payment_method.as_ref().and_then(Expandable::as_object).filter(|_| is_done);
        let customer = told.customer.as_ref().map(|customer| customer.id().to_string());
        Ok(CardSetup {
            owner: marked.map(|(owner, _)| owner),
            purpose: marked.map_or(CardPurpose::TopUp, |(_, purpose)| purpose),
            card: customer.zip(card).and_then(|(customer, card)| kept_card(customer, card)),
            at: instant(told.created)?,
        })
    }

    /// Takes a kept card from its customer, for good. One that Stripe does not know any more, or has taken already, is taken.
    ///
    /// # Errors
    /// When Stripe does not answer, or keeps the card.
    pub async fn detach(&self, payment_method: &str) -> Result<(), GatewayError> {
        let path = format!("/payment_methods/{payment_method}");
        // The client's library has no word of its own for it among what is compiled in here.
        let detach = RequestBuilder::new(StripeMethod::Post, format!("{path}/detach")).customize::<PaymentMethod>();
        let refused = match detach.send(&self.client).await.map_err(GatewayError::from) {
            Ok(_) => return Ok(()),
            Err(refused @ GatewayError::Refused(_)) => refused,
            Err(error) => return Err(error),
        };
        let look = RequestBuilder::new(StripeMethod::Get, path).customize::<PaymentMethod>();
        match look.send(&self.client).await.map_err(GatewayError::from) {
            Ok(told) if told.customer.is_some() => Err(refused),
            Ok(_) | Err(GatewayError::Refused(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn owner(text: &str) -> Option<((CustomerId, MemberId), CardPurpose)> {
    let mut parts = text.split('/');
    let (customer, member) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(((CustomerId(customer), MemberId(member)), CardPurpose::from_code(parts.next()?)?))
}

/// A payment method that is a card.
pub(super) fn kept_card(stripe_customer: String, told: &PaymentMethod) -> Option<KeptCard> {
    let card = told.card.as_ref()?;
    let (year, month) = (i32::try_from(card.exp_year).ok()?, u32::try_from(card.exp_month).ok()?);
    Some(KeptCard {
        stripe_customer,
        payment_method: told.id.to_string(),
        brand: card.brand.clone(),
        last4: card.last4.clone(),
        good_through: NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()?,
    })
}

fn debit(told: &PaymentIntent) -> Result<Debit, GatewayError> {
    let code = told.last_payment_error.as_ref().and_then(|error| error.code.as_ref()).map(ToString::to_string);
    let state = match told.status {
        PaymentIntentStatus::Succeeded => DebitState::Paid,
        PaymentIntentStatus::RequiresAction => DebitState::AsksHolder,
        PaymentIntentStatus::RequiresPaymentMethod => refusal(&code.unwrap_or_default()),
        PaymentIntentStatus::Canceled => DebitState::Declined,
        _ => DebitState::Pending,
    };
    Ok(Debit {
        intent: Some(told.id.to_string()),
        state,
        amount: told.amount_received,
        currency: told.currency.to_string(),
        // It is taken as soon as it is made.
        at: Some(instant(told.created)?),
    })
}

fn refusal(code: &str) -> DebitState {
    if code == ASKS_HOLDER { DebitState::AsksHolder } else { DebitState::Declined }
}

/// The try of a payment, as Stripe's message names it; none of any other payment.
#[must_use]
pub fn try_of(intent: &Value) -> Option<CardTryId> {
    intent.get("metadata")?.get(TRY)?.as_str()?.parse().ok()
}
