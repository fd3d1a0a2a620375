//! Buying minutes in advance: the shop, the order, and the customer's half of a payment by transfer.

use chrono::{DateTime, Datelike, Months, Utc};
use serde_json::json;

use super::{card, fulfilment, tax_documents::issue_request_for_payment};
use crate::{
    model::{
        base::{
            calendar::{midnight, to_local},
            ids::{BundleId, BundleOrderId, CustomerId},
            money::Money,
        },
        money::{
            bank::PaymentRequest,
            bundles::{Bundle, ShopAccount, ShopPage, Suggestion, last_day_if_credited},
            purchases::{
                BundleOrder, CheckedOrder, Closing, OrderDocument, OrderEventKind, OrderForm, OrderNumber, OrderPage,
                OrderState, PaymentMethod, TransferBox, TypedOrder, check_quantity,
            },
            tax_documents::TaxDocument,
        },
        paths,
        people::members::Capability,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{BillingViewer, Buyer},
        db::{
            Tx,
            line::catalogue,
            minutes::{contracts, usage},
            money::{
                purchases::{self, Actor, NewOrder, StoredOrder},
                tax_documents,
            },
            people::customers,
            queue, retrying,
        },
    },
};

/// How many orders the shop lists.
const LATEST: i64 = 20;
/// How far back usage is looked at, in months.
const MONTHS: u32 = 12;

/// The shop; with `viewer`, what it says to a member who sees the customer's account.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn shop(app: &App, viewer: Option<&BillingViewer>) -> Result<ShopPage, Problem> {
    let now = app.clock.now();
    let mut tx = match viewer {
        Some(viewer) => app.db.member(viewer.customer()).await?,
        None => app.db.system().await?,
    };
    let settings = catalogue::settings(&mut tx).await?;
    let bundles = catalogue::bundles(&mut tx, to_local(now).date()).await?;
    let account = match viewer {
        Some(viewer) => Some(account(&mut tx, viewer, &bundles, now).await?),
        None => None,
    };
    let with_last_day = |bundle: Bundle| (bundle, last_day_if_credited(now, bundle.validity_months));
    Ok(ShopPage {
        bundles: bundles.into_iter().map(with_last_day).collect(),
        list_rate_per_minute: settings.list_rate_per_minute,
        vat: settings.vat,
        minimum_with_bundle: settings.minimum_with_contract,
        minimum_one_off: settings.minimum_one_off,
        account,
    })
}

async fn account(
    tx: &mut Tx,
    viewer: &BillingViewer,
    bundles: &[Bundle],
    now: DateTime<Utc>,
) -> Result<ShopAccount, Problem> {
    let customer = viewer.customer();
    let today = to_local(now).date();
    // The months that the page of usage shows: this one and those before it.
    let since = today.with_day(1).unwrap_or(today) - Months::new(MONTHS - 1);
    let over: u32 = usage::by_month(tx, customer, since).await?.iter().map(|sum| sum.over_minutes).sum();
    let used = over + usage::drawn_from_bundles(tx, customer, midnight(since)).await?;
    let has_contract = contracts::valid_at(tx, customer, today).await?.is_some();
    let orders = purchases::of_customer(tx, customer, LATEST).await?;
    Ok(ShopAccount {
        may_buy: viewer.may(Capability::Buy),
        suggestion: Suggestion::of(used, has_contract, bundles),
        orders: orders.into_iter().map(|stored| stored.order).collect(),
    })
}

/// What an order of `quantity` pieces would come to now.
///
/// # Errors
/// [`Problem::NotFound`] for a bundle that is not on sale.
pub async fn order_form(app: &App, buyer: &Buyer, bundle: BundleId, quantity: u32) -> Result<OrderForm, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(buyer.customer()).await?;
    let settings = catalogue::settings(&mut tx).await?;
    let bundle = on_sale(&mut tx, bundle, now).await?;
    let due_days = catalogue::due_days(&mut tx).await?;
    let at_once = is_trusted(&mut tx, buyer.customer()).await?;
    Ok(OrderForm {
        id: BundleOrderId(app.random.uuid()),
        quote: bundle.quote(quantity, settings.vat),
        last_day: last_day_if_credited(now, bundle.validity_months),
        card: card::is_on(app),
        due_in_days: if at_once { due_days.invoice } else { due_days.proforma },
        at_once,
        bundle,
    })
}

async fn on_sale(tx: &mut Tx, id: BundleId, now: DateTime<Utc>) -> Result<Bundle, Problem> {
    let bundles = catalogue::bundles(tx, to_local(now).date()).await?;
    bundles.into_iter().find(|bundle| bundle.id == id).ok_or(Problem::NotFound)
}

async fn is_trusted(tx: &mut Tx, customer: CustomerId) -> Result<bool, Problem> {
    Ok(customers::billing(tx, customer).await?.is_some_and(|billing| billing.trusted))
}

/// An order that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its number.
    pub number: OrderNumber,
    /// How it is paid.
    pub method: PaymentMethod,
}

impl Placed {
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
    let short = format!("{}?quantity={quantity}", paths::bundle_order(bundle));
    let method = method.map_or("", PaymentMethod::code);
    let typed =
        [("reference", reference.trim()), ("method", method)].into_iter().filter(|(_, typed)| !typed.is_empty());
    let typed = serde_urlencoded::to_string(typed.collect::<Vec<_>>()).unwrap_or_default();
    let all = if typed.is_empty() { short.clone() } else { format!("{short}&{typed}") };
    Ok((all, short))
}

/// Places the order `id`, or finds it placed by the same form before. The price is the catalogue's of now; a form that
/// showed another one is refused.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::NotFound`] for a bundle that is not on sale,
/// [`Problem::TotalDiffers`], [`Problem::Conflict`] when something else was ordered under the same identity.
pub async fn order(
    app: &App,
    buyer: &Buyer,
    id: BundleOrderId,
    bundle: BundleId,
    typed: &TypedOrder,
) -> Result<Placed, Problem> {
    let wanted = typed.check(card::is_on(app)).map_err(|fields| Problem::Invalid { fields })?;
    let order = retrying(|| place(app, buyer, id, bundle, &wanted)).await?.order;
    if order.method == PaymentMethod::Card
        && order.is_unpaid()
        && let Err(problem) = card::start_checkout(app, id).await
    {
        // The job does it again; the page that the customer is led to says so until then.
        tracing::warn!(order = %id, %problem, "the checkout page could not be made at once");
    }
    Ok(Placed { number: order.number, method: order.method })
}

async fn place(
    app: &App,
    buyer: &Buyer,
    id: BundleOrderId,
    bundle: BundleId,
    wanted: &CheckedOrder,
) -> Result<StoredOrder, Problem> {
    let now = app.clock.now();
    let customer = buyer.customer();
    let at_once =
        wanted.method == PaymentMethod::Transfer && is_trusted(&mut app.db.member(customer).await?, customer).await?;
    // A member's role does not reach the ledger: what credits minutes is the system's.
    let mut tx = if at_once { app.db.system().await? } else { app.db.member(customer).await? };
    if let Some(stored) = purchases::find(&mut tx, id).await? {
        return the_same(stored, customer, bundle, wanted);
    }
    let vat = catalogue::settings(&mut tx).await?.vat;
    let on_sale = on_sale(&mut tx, bundle, now).await?;
    let quote = on_sale.quote(wanted.quantity, vat);
    if quote.total != wanted.shown {
        return Err(Problem::TotalDiffers);
    }
    let new = NewOrder {
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
    let is_news = purchases::place(&mut tx, &new).await.map_err(|error| match error.constraint() {
        // Behind the wall it is somebody else's.
        Some("bundle_order_pkey") => Problem::NotFound,
        _ => error.into(),
    })?;
    let stored = purchases::find(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    if !is_news {
        return the_same(stored, customer, bundle, wanted);
    }
    purchases::tell(&mut tx, &stored, OrderEventKind::Created, "", Actor::Member(buyer.id()), "", now).await?;
    match wanted.method {
        PaymentMethod::Card => queue::job(&mut tx, "start_checkout", &json!({ "order": id }), &id.to_string()).await?,
        PaymentMethod::Transfer => ask_for_transfer(&mut tx, &stored, now).await?,
    }
    tx.commit().await?;
    Ok(stored)
}

/// An order found under the identity of a form: it stands for what the form says, or for something else.
fn the_same(
    stored: StoredOrder,
    customer: CustomerId,
    bundle: BundleId,
    wanted: &CheckedOrder,
) -> Result<StoredOrder, Problem> {
    let BundleOrder { bundle: ordered, quantity, method, total, ref reference, .. } = stored.order;
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

/// Asks for a transfer: on a proforma, or on an invoice with the minutes credited already.
async fn ask_for_transfer(tx: &mut Tx, stored: &StoredOrder, now: DateTime<Utc>) -> Result<(), Problem> {
    purchases::note_payment_started(tx, stored.order.id, now).await?;
    purchases::tell(tx, stored, OrderEventKind::PaymentStarted, "", Actor::System, "", now).await?;
    let due_days = catalogue::due_days(tx).await?;
    let due_in_days = if stored.order.at_once {
        fulfilment::credit(tx, stored, now).await?;
        due_days.invoice
    } else {
        due_days.proforma
    };
    // Its series is the last thing to be locked.
    issue_request_for_payment(tx, stored, due_in_days, now).await
}

/// An order and what became of it.
///
/// # Errors
/// [`Problem::NotFound`] for an order that is none of the customer's.
pub async fn page(app: &App, viewer: &BillingViewer, number: OrderNumber) -> Result<OrderPage, Problem> {
    let mut tx = app.db.member(viewer.customer()).await?;
    let stored = by_number(&mut tx, viewer.customer(), number).await?;
    let id = stored.order.id;
    let documents = tax_documents::of_order(&mut tx, id).await?;
    let (received, payment) = payment(&mut tx, &stored, &documents).await?;
    Ok(OrderPage {
        credited: purchases::credited(&mut tx, id).await?,
        payment,
        documents: documents.iter().map(in_list).collect(),
        history: purchases::history(&mut tx, id).await?,
        may_buy: viewer.may(Capability::Buy),
        may_cancel: stored.order.may_be_cancelled() && received == Money::ZERO,
        order: stored.order,
    })
}

async fn by_number(tx: &mut Tx, customer: CustomerId, number: OrderNumber) -> Result<StoredOrder, Problem> {
    let stored = purchases::by_number(tx, number).await?;
    stored.filter(|stored| stored.customer == customer).ok_or(Problem::NotFound)
}

fn in_list(document: &TaxDocument) -> OrderDocument {
    OrderDocument {
        number: document.number.clone(),
        kind: document.content.kind,
        issued_on: to_local(document.content.issued_at).date(),
        total: document.content.total(),
    }
}

/// What came for an order by transfer, and how to pay the rest while that is to be done.
async fn payment(
    tx: &mut Tx,
    stored: &StoredOrder,
    documents: &[TaxDocument],
) -> Result<(Money, Option<TransferBox>), Problem> {
    let Some(asking) = documents.iter().find(|document| document.content.kind.asks_for_payment()) else {
        return Ok((Money::ZERO, None));
    };
    let received = purchases::received(tx, asking.id).await?;
    let terms = asking.variable_symbol().zip(asking.content.due_on).filter(|_| stored.order.is_unpaid());
    let transfer = terms.map(|(variable_symbol, due_on)| {
        let supplier = &asking.content.supplier;
        let amount = asking.content.total() - received;
        let request = PaymentRequest {
            iban: &supplier.iban,
            bic: &supplier.bic,
            amount,
            variable_symbol,
            due_on: Some(due_on),
            message: &stored.order.number.to_string(),
            recipient: &supplier.party.name,
        };
        TransferBox {
            amount,
            received,
            recipient: supplier.party.name.clone(),
            account: supplier.account.clone(),
            iban: supplier.iban.clone(),
            variable_symbol,
            due_on,
            spayd: request.spayd(),
        }
    });
    Ok((received, transfer))
}

/// Calls an order off before it is paid. Repeating it changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] for an order that is none of the customer's, [`Problem::Conflict`] once any money came or the minutes
/// are credited, [`Problem::Unavailable`] while Stripe cannot be asked to take no money for it any more.
pub async fn cancel(app: &App, buyer: &Buyer, number: OrderNumber) -> Result<(), Problem> {
    let (customer, now) = (buyer.customer(), app.clock.now());
    let stored = by_number(&mut app.db.member(customer).await?, customer, number).await?;
    let id = stored.order.id;
    // Before anything is written: nobody may pay for an order that is called off.
    if stored.order.method == PaymentMethod::Card
        && stored.order.may_be_cancelled()
        && !card::end_checkout(app, id).await?
    {
        return Err(Problem::Conflict);
    }
    retrying(|| async {
        let mut tx = app.db.member(customer).await?;
        let stored = purchases::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        if stored.order.state == OrderState::Cancelled {
            return Ok(());
        }
        let documents = tax_documents::of_order(&mut tx, id).await?;
        let (received, _) = payment(&mut tx, &stored, &documents).await?;
        let is_open = stored.order.may_be_cancelled() && received == Money::ZERO;
        if !is_open || !purchases::note_closed(&mut tx, id, Closing::Cancelled, now).await? {
            return Err(Problem::Conflict);
        }
        purchases::tell(&mut tx, &stored, OrderEventKind::Cancelled, "", Actor::Member(buyer.id()), "", now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}
