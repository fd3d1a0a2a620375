//! What the pages of money show, and those of other domains that show money too.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    advice::Advice,
    bank::{BankPayment, ImportedStatement, Payable},
    bundles::{Bundle, Quote},
    card::PaymentAlert,
    earlier_invoices::EarlierInvoice,
    purchases::{CreditedMinutes, Dispute, PaymentMethod, Purchase, PurchaseEvent, PurchaseNumber},
    refunds::{Refund, Refundable},
    sales::{GivenUp, IssuedDocument, Liability, SalesMonth, SoldPurchase, Transfer, WaitingRefund},
    spayd::PaymentRequest,
    subscriptions::Plan,
    tax_documents::{DocumentKind, DocumentRow, TaxDocument},
    variable_symbol::VariableSymbol,
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        calendar::LineStatus,
        ids::{BankStatementId, BundleId, CustomerId, DocumentId, ProgramId, PurchaseId},
        money::{Money, VatRate},
        numbers::RequestNumber,
        paging::{CountedPage, Queue},
    },
    line::{
        licences::Computer,
        public_text::PublicText,
        settings::{DayOff, LineSettings, Region},
        tiers::ResponseTier,
    },
    minutes::{
        alerts::Alert,
        contracts::Rates,
        pages::{UsageBar, UsageList},
        pools::Pool,
        usage::BurnDown,
    },
    ordering::{outages::KnownOutage, pages::RequestSummary},
    work::remote_sessions::SessionLink,
};

/// What `/` is for whoever is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// Where the work of somebody of the vendor begins.
    Work(String),
    /// What is next, for somebody of a customer.
    Home(Box<HomePage>),
}

/// `/` for somebody of a customer: what is next, what waits for them, what is left.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HomePage {
    /// Agreed times that are ahead or under way, what asks for consent first, then the next; the first of them.
    pub ahead: Vec<RequestSummary>,
    /// What to have ready for the first of them; none while nobody is to connect.
    pub ready: Option<Readiness>,
    /// Requests without a time, the oldest first; the first of them.
    pub waiting: Vec<RequestSummary>,
    /// The last ones of all others.
    pub earlier: Vec<RequestSummary>,
    /// Requests about which the vendor has written and the reader has not read it.
    pub unread: Vec<RequestNumber>,
    /// The reader's own orders that were left unfinished.
    pub drafts: Option<UnfinishedDrafts>,
    /// Purchases that are to be paid, the oldest first; the first of them, for those who may see them.
    pub unpaid: Vec<UnpaidPurchase>,
    /// What is left, for those who may see it.
    pub minutes: Option<MinutesLeft>,
    /// Whether the reader may order.
    pub may_order: bool,
}

/// What has to be ready when a technician connects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readiness {
    /// The program that has to run.
    pub program: ProgramId,
    /// Who will sit at the computer.
    pub contact_name: String,
    /// Where that person is called.
    pub contact_phone: String,
    /// The computers on which the program runs, as far as that is known; else all of the customer's.
    pub computers: Vec<Computer>,
    /// Where the customer lets the technician in, if that is known already.
    pub session: Option<SessionLink>,
}

/// Orders that their author left unfinished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnfinishedDrafts {
    /// How many there are.
    pub count: u32,
    /// The program of the newest.
    pub program: Bilingual,
    /// Its kind of work, once chosen.
    pub work_type: Option<Bilingual>,
}

/// A purchase whose money is still to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnpaidPurchase {
    /// Which purchase it is.
    pub number: PurchaseNumber,
    /// How many minutes were bought.
    pub minutes: u32,
    /// The price, including VAT.
    pub total: Money,
}

/// Minutes as people are told of them (design, Free minutes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesLeft {
    /// What nothing agreed needs.
    pub free: u32,
    /// What agreed times will probably draw.
    pub reserved: u32,
}

/// `/usage`: what is left and where it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsagePage {
    /// Pools that can be drawn now, in drawing order, with what is reserved.
    pub pools: Vec<Pool>,
    /// Pools that begin later, the earliest first.
    pub upcoming: Vec<Pool>,
    /// What agreed appointments will probably take beyond the pools.
    pub reserved_over: u32,
    /// How they go down; none without pools.
    pub burn_down: Option<BurnDown>,
    /// The alert that stands, if any.
    pub alert: Option<Alert>,
    /// Of the last twelve months, the earliest first; months without use included.
    pub by_month: Vec<UsageBar>,
    /// Of the same twelve months, the most used first.
    pub by_program: Vec<UsageBar>,
    /// As `by_program`.
    pub by_work_type: Vec<UsageBar>,
    /// As `by_program`.
    pub by_member: Vec<UsageBar>,
    /// The latest interventions.
    pub latest: UsageList,
    /// What a minute beyond the pools costs, excluding VAT.
    pub rates: Rates,
    /// What is best to buy now, if anything.
    pub advice: Option<Advice>,
    /// Whether the customer has a contract today.
    pub has_contract: bool,
    /// Whether the viewer may buy.
    pub may_buy: bool,
    /// The day in Prague, from which advice counts.
    pub today: NaiveDate,
}

impl UsagePage {
    /// Of what can be drawn now, how many minutes nothing agreed needs.
    #[must_use]
    pub fn free(&self) -> u32 {
        self.pools.iter().map(|pool| pool.left.saturating_sub(pool.reserved)).sum()
    }

    /// Of what can be drawn now, how many minutes agreed appointments will probably draw.
    #[must_use]
    pub fn reserved(&self) -> u32 {
        self.pools.iter().map(|pool| pool.reserved).sum()
    }
}

/// All that the public page says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinePage {
    /// What hits many customers at the moment, the latest first.
    pub outages: Vec<KnownOutage>,
    /// Whether this is what was last known: the database is away. The status is true all the same, by the calendar.
    pub is_last_known: bool,
    /// Whether nobody is there yet who could let anybody in.
    pub needs_manager: bool,
    /// Open or closed right now, and until when.
    pub status: LineStatus,
    /// The nearest public holidays and closures on which nobody answers.
    pub days_off: Vec<DayOff>,
    /// What the vendor says in its own words.
    pub text: PublicText,
    /// Numbers by region.
    pub regions: Vec<Region>,
    /// Hours, minimums and prices in force.
    pub settings: LineSettings,
    /// Response tiers, the slowest first.
    pub tiers: Vec<ResponseTier>,
    /// What can be planned ahead and hence is never urgent, as the vendor calls it.
    pub planned: Vec<Bilingual>,
    /// Bundles on sale, the smallest first.
    pub bundles: Vec<Bundle>,
}

/// `/bundles/{bundle}/purchase`: a purchase that is about to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseForm {
    /// The purchase to be: a fresh identity, the idempotency key of all that follows.
    pub id: PurchaseId,
    /// What is bought.
    pub bundle: Bundle,
    /// What it comes to.
    pub quote: Quote,
    /// The last day of minutes that are credited today.
    pub last_day: NaiveDate,
    /// Whether payments by card are taken.
    pub card: bool,
    /// Whether a transfer has the minutes credited at once, against an invoice.
    pub at_once: bool,
    /// Whether it would, were no invoice of theirs past its due day.
    pub is_frozen: bool,
    /// Whether it would be more than the customer's limit, so that the minutes wait for the payment.
    pub is_over_limit: bool,
    /// How much the customer may still have before it is paid; none without a limit.
    pub credit_left: Option<Money>,
    /// How many days there are to pay a transfer.
    pub due_in_days: u32,
    /// Whether nobody knows where the customer is: that is asked for first, as documents have to say it.
    pub asks_address: bool,
}

/// `/bundles/purchases/{number}`: a purchase and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchasePage {
    /// The purchase.
    pub purchase: Purchase,
    /// Its minutes, once they are credited.
    pub credited: Option<CreditedMinutes>,
    /// What of [`Purchase::refunded`] went back to nobody, as the payment was another's.
    pub undone: Money,
    /// How to pay it by transfer, while that is to be done.
    pub payment: Option<TransferBox>,
    /// Its documents, the oldest first.
    pub documents: Vec<PurchaseDocument>,
    /// What happened, the oldest first.
    pub history: Vec<PurchaseEvent>,
    /// Whether the viewer may pay it or call it off.
    pub may_buy: bool,
    /// In which other way it can be paid, if in any.
    pub other_way: Option<PaymentMethod>,
    /// Until when a card can pay it.
    pub card_until: DateTime<Utc>,
    /// Whether it may be called off now.
    pub may_cancel: bool,
    /// Whether the card's side refuses for good to take its payment.
    pub card_refused: bool,
    /// Whether its money is taken from the saved card.
    pub is_debited: bool,
}

/// How to pay by transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferBox {
    /// What is still to be paid, including VAT.
    pub amount: Money,
    /// What came so far.
    pub received: Money,
    /// Who gets it.
    pub recipient: String,
    /// The account as Czechs write it.
    pub account: String,
    /// The account as an IBAN, without spaces.
    pub iban: String,
    /// Under which symbol.
    pub variable_symbol: VariableSymbol,
    /// Until when.
    pub due_on: NaiveDate,
    /// All of it as QR Platba encodes it.
    pub spayd: String,
}

impl TransferBox {
    /// How the rest of a document is paid that asks for its payment.
    ///
    /// * `left` – what is still to be paid of it
    /// * `received` – what came so far
    /// * `message` – what the payer's statement shall say
    /// * `today` – a day that is over stands in no code: banks' applications refuse it
    #[must_use]
    pub fn of(document: &TaxDocument, left: Money, received: Money, message: &str, today: NaiveDate) -> Option<Self> {
        let supplier = &document.content.supplier;
        let (variable_symbol, due_on) = document.variable_symbol().zip(document.content.due_on)?;
        let request = PaymentRequest {
            iban: &supplier.iban,
            bic: &supplier.bic,
            amount: left,
            variable_symbol,
            due_on: Some(due_on).filter(|due_on| *due_on >= today),
            message,
            recipient: &supplier.party.name,
        };
        Some(Self {
            amount: left,
            received,
            recipient: supplier.party.name.clone(),
            account: supplier.account.clone(),
            iban: supplier.iban.clone(),
            variable_symbol,
            due_on,
            spayd: request.spayd(),
        })
    }
}

/// The page on which a document is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentPayment {
    /// The document, and how it stands with its payment.
    pub document: DocumentRow,
    /// How to pay it, while that is to be done.
    pub transfer: Option<TransferBox>,
}

/// A document of a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseDocument {
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: DocumentKind,
    /// When it was issued.
    pub issued_on: NaiveDate,
    /// What it says, including VAT.
    pub total: Money,
}

/// `/bundles`: what is on sale, and what a signed-in member sees beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopPage {
    /// On sale today, the smallest first; with each the last day of minutes that are credited today.
    pub bundles: Vec<(Bundle, NaiveDate)>,
    /// Whether it is confirmed who sells: nobody can buy before.
    pub is_open: bool,
    /// What can be subscribed to today.
    pub plans: Vec<Plan>,
    /// The list price of a minute, excluding VAT.
    pub list_rate_per_minute: Money,
    /// The rate of VAT.
    pub vat: VatRate,
    /// The least that is billed to a customer with a bundle, in minutes.
    pub minimum_with_bundle: u32,
    /// The same without one.
    pub minimum_one_off: u32,
    /// For a member who sees the customer's account.
    pub account: Option<ShopAccount>,
    /// Whether the reader's organisation may have terms of its own that are not for the reader to see: then nothing is said of
    /// what is paid without a bundle.
    pub hides_terms: bool,
}

/// What the shop knows of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopAccount {
    /// Whether the viewer may buy.
    pub may_buy: bool,
    /// Minutes that nothing agreed needs.
    pub free: u32,
    /// Minutes that agreed appointments will probably draw.
    pub reserved: u32,
    /// What a minute beyond the pools costs, excluding VAT.
    pub rates: Rates,
    /// The least that is billed for an intervention, in minutes.
    pub minimum_minutes: u32,
    /// Whether the customer has a contract today.
    pub has_contract: bool,
    /// What is best to buy now, if anything.
    pub advice: Option<Advice>,
    /// The plan that costs least for what the customer uses, if any does.
    pub advised_plan: Option<BundleId>,
    /// Whether they have a subscription that is not over.
    pub subscribes: bool,
    /// A page of their purchases, the newest first.
    pub purchases: CountedPage<Purchase, PurchaseNumber>,
}

/// The owner's view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesPage {
    /// The last twelve months by the day of the tax, the latest first.
    pub months: Vec<SalesMonth>,
    /// Minutes that are owed.
    pub liability: Liability,
    /// Documents that ask for a payment which has not come, the longest due first.
    pub unpaid: CountedPage<Payable, DocumentId>,
    /// Payments that wait for a decision.
    pub unmatched: u32,
    /// What a manager has to look at, the oldest first.
    pub alerts: Queue<PaymentAlert>,
    /// Customers whose month waits to be invoiced, as nobody knows where they are.
    pub nameless: Queue<(CustomerId, String)>,
    /// What is owed to customers who paid too much: to how many, and how much.
    pub owed_back: (u32, Money),
    /// Money that is to go back and has not arrived, the longest waiting first.
    pub refunds: Queue<WaitingRefund>,
    /// What was given up.
    pub given_up: GivenUp,
}

/// A page of the list of purchases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldPurchases {
    /// The newest first.
    pub purchases: Vec<SoldPurchase>,
    /// Where the next page begins, if there is one.
    pub next_before: Option<PurchaseNumber>,
}

/// A purchase with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseCase {
    /// The purchase.
    pub purchase: Purchase,
    /// Whose address and trust it is about.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Who bought it.
    pub bought_by: String,
    /// What the payment by card is called at Stripe.
    pub payment_intent: Option<String>,
    /// What came by transfer.
    pub transfers: Vec<Transfer>,
    /// Its documents, in the order in which they were issued.
    pub documents: Vec<IssuedDocument>,
    /// Its refunds, the oldest first.
    pub refunds: Vec<Refund>,
    /// What can be given back; none when nothing can.
    pub refundable: Option<Refundable>,
    /// What went back past us and stands on no credit note, including VAT.
    pub returned_past_us: Money,
    /// What was credited as lost with a dispute, came again and stands on no document, including VAT.
    pub won_back: Money,
    /// A transfer for it that is gone again, and what became of that; none when none is.
    pub reversal: Option<Reversal>,
    /// What happened, in order of time, with the names of staff.
    pub history: Vec<PurchaseEvent>,
}

/// A transfer that had come in and is gone again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reversal {
    /// How much is gone.
    pub amount: Money,
    /// What a manager said of it: nothing yet, that it is being settled, or that the money will not come.
    pub state: Dispute,
}

/// The manager's page of bank transfers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankPage {
    /// A page of the statements, the newest first.
    pub statements: CountedPage<ImportedStatement, BankStatementId>,
    /// What waits for a decision, the oldest first.
    pub unmatched: Queue<BankPayment>,
    /// Invoices from before Linka of which something is left to pay, the longest due first.
    pub earlier: Queue<EarlierInvoice>,
}
