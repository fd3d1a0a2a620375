//! A purchase from its form to its payment: made once however often the form is sent, asked for by transfer, called off.

use chrono::{DateTime, Datelike, Utc};

use super::{card, other_way::other_way, payment_starts::begin_payment, saved_cards, supplier::admit_buying};
use crate::{
    model::{
        base::{
            calendar::{last_day, to_local},
            fields::{FieldCode, FieldProblem},
            ids::{BundleId, CustomerId, PurchaseId},
            money::Money,
        },
        money::{
            bundles::{Bundle, last_day_if_credited},
            pages::{PurchaseDocument, PurchaseForm, PurchasePage, TransferBox},
            purchases::{
                CheckedPurchase, Closing, CreditedMinutes, PaymentMethod, Purchase, PurchaseEventKind, PurchaseNumber,
                PurchaseState, TypedPurchase, check_quantity,
            },
            tax_documents::TaxDocument,
        },
        paths,
        people::{customers::Address, members::Capability},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            BillingViewer, Buyer,
            events::{SecurityEvent, record},
        },
        db::{
            OnConstraint, Tx,
            line::{catalogue, limits as count},
            money::{
                bank,
                purchase_events::{self, Actor},
                purchases::{self, NewPurchase, StoredPurchase},
                receivables, tax_documents, unmatching,
            },
            people::customers,
            retrying,
        },
        service::line::limits,
    },
};

/// What a purchase of `quantity` pieces would come to now.
///
/// # Errors
/// [`Problem::NotFound`] for a bundle that is not on sale, [`Problem::BuyingNotYet`].
pub async fn form(app: &App, buyer: &Buyer, bundle: BundleId, quantity: u32) -> Result<PurchaseForm, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(buyer.customer()).await?;
    admit_buying(&mut tx).await?;
    let settings = catalogue::settings(&mut tx, now).await?;
    let bundle = on_sale(&mut tx, bundle, now).await?;
    let quote = bundle.quote(quantity, settings.vat.of(to_local(now).date()));
    let credit = credit(&mut tx, buyer.customer(), quote.total, now).await?;
    let at_once = credit == Credit::Given;
    Ok(PurchaseForm {
        id: PurchaseId(app.random.uuid()),
        quote,
        last_day: last_day_if_credited(now, bundle.validity_months),
        card: card::is_on(app) && quote.total <= Purchase::CARD_MAX,
        due_in_days: if at_once { settings.invoice_days } else { settings.proforma_days },
        asks_address: !is_named(&mut tx, buyer.customer()).await?,
        at_once,
        is_frozen: credit == Credit::Frozen,
        is_over_limit: credit == Credit::OverLimit,
        credit_left: credit_left(&mut tx, buyer.customer(), credit, now).await?,
        bundle,
    })
}

async fn on_sale(tx: &mut Tx, id: BundleId, now: DateTime<Utc>) -> Result<Bundle, Problem> {
    let bundles = catalogue::bundles(tx, to_local(now).date()).await?;
    bundles.into_iter().find(|bundle| bundle.id == id).ok_or(Problem::NotFound)
}

/// Whether documents can say where the customer is.
pub(super) async fn is_named(tx: &mut Tx, customer: CustomerId) -> Result<bool, Problem> {
    Ok(customers::billing(tx, customer).await?.is_some_and(|billing| billing.address.is_named()))
}

/// Completes where the customer is, for its documents. Where that is known nothing changes: the vendor's people do that.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
pub async fn complete_address(app: &App, buyer: &Buyer, typed: &Address) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let facts = customers::facts(&mut tx, buyer.customer()).await?.ok_or(Problem::NotFound)?;
    let address = typed.check(&facts.country).map_err(|fields| Problem::Invalid { fields })?;
    if !address.is_named() {
        return Err(address_missing());
    }
    let done = customers::complete_address(&mut tx, buyer.customer(), &address).await?;
    tx.commit().await?;
    if done {
        record(SecurityEvent::AddressChanged(buyer.customer()));
    }
    Ok(())
}

pub(super) fn address_missing() -> Problem {
    let fields = ["street", "city"].map(|field| FieldProblem::new(field, FieldCode::Missing));
    Problem::Invalid { fields: fields.into() }
}

/// Whether a customer has minutes before they are paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credit {
    /// No: they are no trusted customer.
    None,
    /// Not now: an invoice of theirs is past its due day.
    Frozen,
    /// Not so much: with what they have had already it would be more than their limit.
    OverLimit,
    /// Yes.
    Given,
}

/// The credit of a customer at this moment, for what comes to `total`.
pub(super) async fn credit(
    tx: &mut Tx,
    customer: CustomerId,
    total: Money,
    now: DateTime<Utc>,
) -> Result<Credit, Problem> {
    let today = to_local(now).date();
    if !customers::billing(tx, customer).await?.is_some_and(|billing| billing.trusted) {
        return Ok(Credit::None);
    }
    if receivables::is_overdue(tx, customer, today).await? {
        return Ok(Credit::Frozen);
    }
    let Some(limit) = receivables::limit_on(tx, customer, today).await? else { return Ok(Credit::Given) };
    let admits = receivables::exposure(tx, customer).await?.admits(Some(limit), total);
    Ok(if admits { Credit::Given } else { Credit::OverLimit })
}

/// How much a customer may still have before it is paid; none without a limit, or without credit.
async fn credit_left(
    tx: &mut Tx,
    customer: CustomerId,
    credit: Credit,
    now: DateTime<Utc>,
) -> Result<Option<Money>, Problem> {
    if matches!(credit, Credit::None | Credit::Frozen) {
        return Ok(None);
    }
    let Some(limit) = receivables::limit_on(tx, customer, to_local(now).date()).await? else { return Ok(None) };
    Ok(Some((limit - receivables::exposure(tx, customer).await?.total()).max(Money::ZERO)))
}

/// A purchase that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MadePurchase {
    /// Its number.
    pub number: PurchaseNumber,
    /// How it is paid.
    pub method: PaymentMethod,
}

impl MadePurchase {
    /// Where the customer goes on: to pay by card, or to what is needed for a transfer.
    #[must_use]
    pub fn next_page(self) -> String {
        match self.method {
            PaymentMethod::Card => paths::purchase_pay(self.number),
            PaymentMethod::Transfer => paths::purchase(self.number),
        }
    }
}

/// Where the form stands that says what the typed quantity comes to: with all that was typed, and with the quantity alone for
/// what does not fit into an address.
///
/// # Errors
/// [`Problem::Invalid`] for a quantity that cannot be ordered.
pub fn recounted(
    bundle: BundleId,
    quantity: &str,
    reference: &str,
    method: Option<PaymentMethod>,
) -> Result<(String, String), Problem> {
    let quantity = check_quantity(quantity).map_err(|code| Problem::field("quantity", code))?;
    let short = format!("{}?quantity={quantity}", paths::purchase_form(bundle));
    let method = method.map_or("", PaymentMethod::code);
    let typed =
        [("reference", reference.trim()), ("method", method)].into_iter().filter(|(_, typed)| !typed.is_empty());
    let typed = serde_urlencoded::to_string(typed.collect::<Vec<_>>()).unwrap_or_default();
    let all = if typed.is_empty() { short.clone() } else { format!("{short}&{typed}") };
    Ok((all, short))
}

/// Makes the purchase `id`, or finds it made by the same form before. The price is the catalogue's of now; a form that
/// showed another one is refused.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::NotFound`] for a bundle that is not on sale,
/// [`Problem::BuyingNotYet`], [`Problem::TotalDiffers`], [`Problem::Limit`], [`Problem::Conflict`] when something else was ordered under the same identity.
pub async fn buy(
    app: &App,
    buyer: &Buyer,
    id: PurchaseId,
    bundle: BundleId,
    typed: &TypedPurchase,
) -> Result<MadePurchase, Problem> {
    let by_card = card::is_on(app) && typed.shown <= Purchase::CARD_MAX;
    let wanted = typed.check(by_card).map_err(|fields| Problem::Invalid { fields })?;
    let purchase = retrying(|| place_or_find(app, buyer, id, bundle, &wanted)).await?.purchase;
    if purchase.method == PaymentMethod::Card
        && purchase.is_unpaid()
        && let Err(problem) = card::start_checkout(app, id).await
    {
        // The job does it again; the page that the customer is led to says so until then.
        tracing::warn!(purchase = %id, %problem, "the checkout page could not be made at once");
    }
    Ok(MadePurchase { number: purchase.number, method: purchase.method })
}

async fn place_or_find(
    app: &App,
    buyer: &Buyer,
    id: PurchaseId,
    bundle: BundleId,
    wanted: &CheckedPurchase,
) -> Result<StoredPurchase, Problem> {
    let now = app.clock.now();
    let customer = buyer.customer();
    let at_once = wanted.method == PaymentMethod::Transfer
        && credit(&mut app.db.member(customer).await?, customer, wanted.shown, now).await? == Credit::Given;
    // A member's role does not reach the ledger: what credits minutes is the system's.
    let mut tx = if at_once { app.db.system().await? } else { app.db.member(customer).await? };
    // Counted before anything is looked for: the same form, sent again, waits here until the first has placed its purchase.
    let unpaid = count::purchases_unpaid(&mut tx, customer).await?;
    if let Some(stored) = purchases::find(&mut tx, id).await? {
        return found_as_wanted(stored, customer, bundle, wanted);
    }
    admit_buying(&mut tx).await?;
    if !is_named(&mut tx, customer).await? {
        return Err(address_missing());
    }
    let vat = catalogue::settings(&mut tx, now).await?.vat.of(to_local(now).date());
    let on_sale = on_sale(&mut tx, bundle, now).await?;
    let quote = on_sale.quote(wanted.quantity, vat);
    if quote.total != wanted.shown {
        return Err(Problem::TotalDiffers);
    }
    // Of two at once the second counts what the first has had.
    let at_once = at_once && credit(&mut tx, customer, quote.total, now).await? == Credit::Given;
    // No number is taken beyond the limit.
    limits::admit_purchase(&mut tx, customer, unpaid, now).await?;
    let new = NewPurchase {
        id,
        customer,
        member: buyer.id(),
        bundle,
        quote,
        validity_months: on_sale.validity_months,
        reference: &wanted.reference,
        method: wanted.method,
        at_once,
        at: now,
        year: to_local(now).year(),
    };
    let Some(stored) = place(&mut tx, &new, Actor::Member(buyer.id())).await? else {
        let stored = purchases::find(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        return found_as_wanted(stored, customer, bundle, wanted);
    };
    begin_payment(&mut tx, &stored, now).await?;
    tx.commit().await?;
    Ok(stored)
}

/// Writes down a purchase; none when it has been.
pub(super) async fn place(tx: &mut Tx, new: &NewPurchase<'_>, by: Actor) -> Result<Option<StoredPurchase>, Problem> {
    let is_news = purchases::insert(tx, new).await.on_constraints([
        // Behind row-level security it is somebody else's.
        ("one_purchase_of_a_form", Problem::NotFound),
        ("customer_is_not_blocked", Problem::Blocked),
        ("supplier_is_confirmed", Problem::BuyingNotYet),
    ])?;
    if !is_news {
        return Ok(None);
    }
    let stored = purchases::find(tx, new.id).await?.ok_or(Problem::NotFound)?;
    purchase_events::record(tx, &stored, PurchaseEventKind::Created, "", by, "", new.at).await?;
    Ok(Some(stored))
}

/// A purchase found under the identity of a form: it stands for what the form says, or for something else.
fn found_as_wanted(
    stored: StoredPurchase,
    customer: CustomerId,
    bundle: BundleId,
    wanted: &CheckedPurchase,
) -> Result<StoredPurchase, Problem> {
    let Purchase { bundle: ordered, quantity, method, total, ref reference, .. } = stored.purchase;
    if stored.customer != customer {
        Err(Problem::NotFound)
    } else if (ordered, quantity, method, total) == (bundle, wanted.quantity, wanted.method, wanted.shown)
        && *reference == wanted.reference
    {
        Ok(stored)
    } else {
        Err(Problem::Conflict)
    }
}

/// A purchase and what became of it.
///
/// # Errors
/// [`Problem::NotFound`] for a purchase that is none of the customer's.
pub async fn page(app: &App, viewer: &BillingViewer, number: PurchaseNumber) -> Result<PurchasePage, Problem> {
    let mut tx = app.db.member(viewer.customer()).await?;
    let stored = own(&mut tx, viewer.customer(), number).await?;
    let id = stored.purchase.id;
    let documents = tax_documents::of_purchase(&mut tx, id).await?;
    let (received, payment) = received_and_due(&mut tx, &stored, &documents, app.clock.now()).await?;
    Ok(PurchasePage {
        credited: purchases::grant(&mut tx, id)
            .await?
            .map(|grant| CreditedMinutes { left: grant.left, last_day: last_day(grant.expires_at) }),
        undone: unmatching::of_purchase(&mut tx, id).await?.lost.min(stored.purchase.refunded),
        payment,
        documents: documents.iter().map(listed).collect(),
        history: purchase_events::history(&mut tx, id).await?,
        may_buy: viewer.may(Capability::Buy),
        other_way: other_way(app, &mut tx, &stored).await?,
        card_until: card::payable_until(&stored),
        card_refused: stored.checkout_refused_at.is_some() && stored.purchase.is_unpaid(),
        may_cancel: stored.purchase.may_be_cancelled() && received == Money::ZERO,
        is_debited: stored.is_debited,
        purchase: stored.purchase,
    })
}

async fn own(tx: &mut Tx, customer: CustomerId, number: PurchaseNumber) -> Result<StoredPurchase, Problem> {
    let stored = purchases::by_number(tx, number).await?;
    stored.filter(|stored| stored.customer == customer).ok_or(Problem::NotFound)
}

fn listed(document: &TaxDocument) -> PurchaseDocument {
    PurchaseDocument {
        number: document.number.clone(),
        kind: document.content.kind,
        issued_on: to_local(document.content.issued_at).date(),
        total: document.content.total(),
    }
}

/// What came for an order by transfer, and how to pay the rest while that is to be done.
async fn received_and_due(
    tx: &mut Tx,
    stored: &StoredPurchase,
    documents: &[TaxDocument],
    now: DateTime<Utc>,
) -> Result<(Money, Option<TransferBox>), Problem> {
    let Some(asking) = documents.iter().find(|document| document.content.kind.asks_for_payment()) else {
        return Ok((Money::ZERO, None));
    };
    let received = bank::paid(tx, asking.id).await?;
    let left = asking.content.total() - received;
    let message = stored.purchase.number.to_string();
    let today = to_local(now).date();
    // Where a card was chosen since, one way is shown and not two.
    let by_transfer = stored.purchase.is_unpaid() && stored.purchase.method == PaymentMethod::Transfer;
    let transfer = by_transfer.then(|| TransferBox::of(asking, left, received, &message, today)).flatten();
    Ok((received, transfer))
}

/// Ends whatever somebody may pay on or take it from; whether nobody can pay it any more.
async fn end_payment(app: &App, stored: &StoredPurchase) -> Result<bool, Problem> {
    let id = stored.purchase.id;
    if stored.is_debited {
        return saved_cards::end_tries(app, stored).await.map_err(|error| error.into_problem(&id.to_string()));
    }
    card::end_checkout(app, id).await
}

/// Calls a purchase off before it is paid. Repeating it changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] for a purchase that is none of the customer's, [`Problem::Conflict`] once any money came or the minutes
/// are credited, [`Problem::Unavailable`] while Stripe cannot be asked to take no money for it any more.
pub async fn cancel(app: &App, buyer: &Buyer, number: PurchaseNumber) -> Result<(), Problem> {
    let (customer, now) = (buyer.customer(), app.clock.now());
    let stored = own(&mut app.db.member(customer).await?, customer, number).await?;
    let id = stored.purchase.id;
    // Before anything is written: nobody may pay for a purchase that is called off.
    if stored.purchase.method == PaymentMethod::Card
        && stored.purchase.may_be_cancelled()
        && !end_payment(app, &stored).await?
    {
        return Err(Problem::Conflict);
    }
    retrying(|| async {
        let mut tx = app.db.member(customer).await?;
        let stored = purchases::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        if stored.purchase.state == PurchaseState::Cancelled {
            return Ok(());
        }
        let documents = tax_documents::of_purchase(&mut tx, id).await?;
        let (received, _) = received_and_due(&mut tx, &stored, &documents, now).await?;
        let is_open = stored.purchase.may_be_cancelled() && received == Money::ZERO;
        if !is_open {
            return Err(Problem::Conflict);
        }
        let closed = purchases::note_closed(&mut tx, id, Closing::Cancelled, now).await;
        if !closed.on_constraint("nothing_is_being_taken", Problem::Conflict)? {
            return Err(Problem::Conflict);
        }
        purchase_events::record(&mut tx, &stored, PurchaseEventKind::Cancelled, "", Actor::Member(buyer.id()), "", now)
            .await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}
