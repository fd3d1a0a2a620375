//! Subscriptions that are paid by a saved card: taken once for each period, whatever the bank says, whoever dies, however it is told.

mod dying;
mod removal;

use chrono::{Datelike, NaiveDate, TimeDelta};
use linka::{
    model::{
        base::{
            calendar::to_local,
            ids::{BundleId, PurchaseId, SubscriptionId},
            money::Money,
        },
        money::{
            card::CardPurpose,
            purchases::PaymentMethod,
            subscriptions::{PeriodPayment, Recurrence, SubscriptionAct, SubscriptionPage, SubscriptionState},
            top_ups::{TopUpState, TypedTopUp},
        },
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        payments::sandbox::{CardMode, Faults},
        service::money::{card, reconciliation, saved_cards, stripe_events, subscriptions, top_ups},
    },
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::{TOTAL, Till, held};
use crate::support::billing_viewer;

/// What a period costs, including VAT.
const PERIOD: Money = Money::from_haler(121_000);

struct Holder {
    till: Till,
    id: SubscriptionId,
    plan: BundleId,
}

impl Holder {
    /// Somebody who has paid the first period by a card, which is saved by that.
    async fn new(pool: PgPool, ahead: TimeDelta) -> Self {
        let till = Box::pin(Till::new(pool)).await;
        till.advance(ahead).await;
        let plan = till.world.plan(60, Recurrence::Month).await;
        let id = SubscriptionId(till.app().random.uuid());
        let holder = Self { till, id, plan };
        let card = Some(PaymentMethod::Card);
        let app = holder.till.app();
        let number =
            subscriptions::subscribe(app, &holder.till.buyer(), id, plan, card, PERIOD).await.expect("subscribed");
        let again =
            subscriptions::subscribe(app, &holder.till.buyer(), id, plan, card, PERIOD).await.expect("the same");
        assert!(number.is_some() && number == again, "the form once more leads to the same payment");
        holder.till.run_jobs().await;
        let purchase = holder.latest().await;
        let session = holder.till.stored(purchase).await.checkout.expect("a page").session;
        holder.till.sandbox.pay(&session).expect("paid");
        card::fulfil_session(app, &session).await.expect("asked");
        assert_eq!(holder.page().await.card.expect("a card").last4, "4242");
        holder
    }

    fn today(&self) -> NaiveDate {
        to_local(self.till.app().clock.now()).date()
    }

    async fn page(&self) -> SubscriptionPage {
        subscriptions::page(self.till.app(), &billing_viewer(&self.till.place.boss)).await.expect("a page")
    }

    async fn latest(&self) -> PurchaseId {
        let newest = "select purchase_id from subscription_period order by ordinal desc limit 1";
        PurchaseId(sqlx::query_scalar(newest).fetch_one(self.till.app().db.pool()).await.expect("a period"))
    }

    async fn payment(&self) -> PeriodPayment {
        self.page().await.last.expect("a period").payment
    }

    /// Lets the chores of a day be done, whatever they come to.
    async fn chores(&self) {
        let app = self.till.app();
        let _ = subscriptions::renew(app).await;
        let _ = reconciliation::reconcile(app).await;
    }

    async fn days(&self, days: i64) {
        self.till.advance(TimeDelta::days(days)).await;
        self.chores().await;
    }

    /// To the first day of the next period, of which those who buy were told; nothing is done on it yet.
    async fn eve(&self) {
        let until = self.page().await.last.expect("a period").until;
        self.days((until - self.today()).num_days() - 10).await;
        self.till.advance(TimeDelta::days(10)).await;
    }

    /// The same, and what is due on it is done.
    async fn renewal(&self) {
        self.eve().await;
        self.chores().await;
    }

    async fn act(&self, act: SubscriptionAct) {
        let buyer = self.till.buyer();
        subscriptions::change(self.till.app(), &buyer, self.id, act, None).await.expect("changed");
    }

    async fn mails(&self, kind: &str) -> i64 {
        self.till.world.id(&format!("select count(*) from mail where kind = '{kind}'")).await
    }

    /// Another card is entered on the page for it.
    async fn enter(&self, mode: CardMode) {
        enter(&self.till, CardPurpose::Subscription, mode).await;
    }

    /// What somebody may pay at this moment is not closed, whoever tries.
    async fn assert_not_closed(&self) {
        let closing = "update purchase set closed_as = 'cancelled', closed_at = created_at where paid_at is null";
        let refused = sqlx::query(closing).execute(self.till.app().db.pool()).await.expect_err("it may be paid");
        let broken = refused.as_database_error().and_then(|error| error.constraint());
        assert_eq!(broken, Some("nothing_is_being_taken"));
    }

    /// Each period has one grant and one document if it is paid, and Stripe was paid once for each.
    async fn assert_once(&self) {
        let wrong: Vec<String> = sqlx::query_scalar(
            "select format('period %s: %s grants, %s documents', t.ordinal, g.grants, d.documents)
             from subscription_period t join purchase p on p.id = t.purchase_id
             cross join lateral (select count(*) as grants from minute_grant g where g.source = 'order:' || p.id) g
             cross join lateral (select count(*) as documents from tax_document d where d.purchase_id = p.id) d
             where g.grants <> (p.paid_at is not null)::int or d.documents <> (p.paid_at is not null)::int",
        )
        .fetch_all(self.till.app().db.pool())
        .await
        .expect("periods");
        assert_eq!(wrong, Vec::<String>::new());
        let paid = self.till.world.id("select count(*) from purchase where paid_at is not null").await;
        let told = self.till.sandbox.waiting();
        let taken = told.iter().filter(|told| told.kind == "payment_intent.succeeded").count();
        assert_eq!(i64::try_from(taken), Ok(paid), "the bank has paid each of them once");
        assert_eq!(self.till.world.ledger_faults().await, Vec::<String>::new());
        assert_eq!(self.till.alerts().await, Vec::<String>::new());
    }
}

async fn enter(till: &Till, purpose: CardPurpose, mode: CardMode) {
    let url = saved_cards::setup_page(till.app(), &till.buyer(), purpose).await.expect("asked").expect("a page");
    let session = url.rsplit('/').next().expect("a session");
    till.sandbox.pay_with(session, mode).expect("entered");
    saved_cards::come_back(till.app(), &till.buyer(), session).await.expect("back");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_year_by_card_through_declines_confirmations_a_pause_and_29_february(pool: PgPool) {
    // From the last day of 2027.
    let holder = Box::pin(Holder::new(pool, TimeDelta::days(403))).await;
    let sandbox = &holder.till.sandbox;
    holder.renewal().await;
    holder.renewal().await;
    assert_eq!((holder.today().to_string().as_str(), holder.payment().await), ("2028-02-29", PeriodPayment::Paid));
    assert_eq!((holder.mails("subscription_renews").await, holder.mails("card_failed").await), (2, 0));

    // Declined on its day and on the next one; the third time it is taken.
    sandbox.set_cards(CardMode::Decline);
    holder.renewal().await;
    assert_eq!((holder.payment().await, holder.mails("card_failed").await), (PeriodPayment::Awaited, 1));
    holder.chores().await;
    assert_eq!(holder.mails("card_failed").await, 1, "not again on the same day");
    holder.days(1).await;
    assert_eq!(holder.mails("card_failed").await, 2);
    sandbox.set_cards(CardMode::Pay);
    holder.days(1).await;
    assert_eq!(holder.payment().await, PeriodPayment::Awaited, "day 3 is next");
    holder.days(1).await;
    assert_eq!(holder.payment().await, PeriodPayment::Paid);

    // The bank wants its holder, who pays on a page; meanwhile nothing else is taken.
    sandbox.set_cards(CardMode::Ask);
    holder.renewal().await;
    let number = holder.page().await.last.expect("a period").purchase;
    let app = holder.till.app();
    let url = saved_cards::payment_page(app, &holder.till.buyer(), number).await.expect("asked").expect("a page");
    let again = saved_cards::payment_page(app, &holder.till.buyer(), number).await.expect("asked");
    assert_eq!(again.as_ref(), Some(&url), "one page at a time");
    holder.assert_not_closed().await;
    sandbox.pay(url.rsplit('/').next().expect("a session")).expect("paid");
    saved_cards::look_again(app, &holder.till.buyer(), number).await.expect("looked");
    assert_eq!(holder.payment().await, PeriodPayment::Paid);

    // Declined to the end of the schedule: it waits until another card is there.
    sandbox.set_cards(CardMode::Decline);
    holder.renewal().await;
    for days in [1, 2, 2, 2, 1] {
        holder.days(days).await;
    }
    assert_eq!((holder.page().await.state, holder.payment().await), (SubscriptionState::Paused, PeriodPayment::Lapsed));
    assert_eq!(holder.mails("card_failed").await, 2 + 1 + 5);
    assert_eq!(holder.mails("subscription_paused").await, 1);
    holder.enter(CardMode::Pay).await;
    holder.act(SubscriptionAct::Resume).await;
    assert_eq!((holder.page().await.state, holder.payment().await), (SubscriptionState::Active, PeriodPayment::Paid));
    assert_eq!(holder.page().await.last.expect("a period").first_day, holder.today());

    // By transfer from the next one on, and by card again once a card is entered.
    holder.act(SubscriptionAct::ByTransfer).await;
    assert_eq!(holder.page().await.method, PaymentMethod::Transfer);
    holder.enter(CardMode::Pay).await;
    assert_eq!(holder.page().await.method, PaymentMethod::Card);
    while holder.today().year() < 2029 {
        holder.renewal().await;
        assert_eq!(holder.payment().await, PeriodPayment::Paid);
    }
    holder.till.run_jobs().await;
    holder.assert_once().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_processes_and_messages_in_any_order_take_a_period_once(pool: PgPool) {
    let holder = Box::pin(Holder::new(pool, TimeDelta::zero())).await;
    holder.eve().await;
    subscriptions::renew(holder.till.app()).await.expect("renewed");
    let mut processes = JoinSet::new();
    for _ in 0..5 {
        let app = holder.till.app().clone();
        processes.spawn(async move { reconciliation::reconcile(&app).await });
    }
    while let Some(done) = processes.join_next().await {
        let _ = done.expect("no panic");
    }
    holder.till.advance(TimeDelta::minutes(6)).await;
    holder.chores().await;
    assert_eq!(holder.payment().await, PeriodPayment::Paid);
    holder.assert_once().await;

    // The card is changed, and the answer to what is taken is lost: what is told comes in any order, and twice.
    for reversed in [false, true] {
        let before = holder.till.sandbox.waiting().len();
        let until = holder.page().await.last.expect("a period").until;
        holder.days((until - holder.today()).num_days() - 10).await;
        holder.enter(CardMode::Pay).await;
        holder.till.sandbox.set_faults(Faults { lose: 1, ..held() });
        holder.days(10).await;
        let mut told: Vec<_> = holder.till.sandbox.waiting().split_off(before);
        if reversed {
            told.reverse();
        }
        for told in told.iter().chain(&told) {
            let payload = serde_json::from_str(&told.body).expect("JSON");
            let event = linka::server::payments::webhook::SignedEvent {
                id: told.id.clone(),
                kind: told.kind.clone(),
                payload,
                readable: true,
            };
            stripe_events::receive(holder.till.app(), &event).await.expect("kept");
            stripe_events::handle(holder.till.app(), &event.id, false).await.expect("handled");
            holder.till.world.sql("update stripe_event set state = 'queued', done_at = null").await;
        }
        assert_eq!(holder.payment().await, PeriodPayment::Paid, "told by Stripe, whoever asked");
        assert_eq!(holder.plan, holder.page().await.plan.bundle.id);
    }
    holder.till.run_jobs().await;
    holder.assert_once().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_top_ups_buys_what_was_agreed_and_a_failure_switches_them_off(pool: PgPool) {
    let till = Till::new(pool).await;
    let (app, buyer) = (till.app(), till.buyer());
    let agree = async |below: &str, prices: &str| {
        let typed = TypedTopUp { bundle: Some(BundleId(1)), below: below.into(), most: "2".into() };
        top_ups::agree(app, &buyer, &typed, prices).await
    };
    let prices = format!("1:{TOTAL}");
    assert_eq!(agree("30", &prices).await, Err(Problem::Conflict), "there is no card");
    enter(&till, CardPurpose::TopUp, CardMode::Pay).await;
    assert_eq!(agree("30", "1:100").await, Err(Problem::TotalDiffers));
    agree("30", &prices).await.expect("agreed");

    let paid = async || till.world.id("select count(*) from purchase where paid_at is not null").await;
    let mut processes = JoinSet::new();
    for _ in 0..5 {
        let app = app.clone();
        processes.spawn(async move { top_ups::buy_due(&app).await });
    }
    while let Some(done) = processes.join_next().await {
        done.expect("no panic").expect("looked");
    }
    assert_eq!(paid().await, 1);
    top_ups::buy_due(app).await.expect("looked");
    assert_eq!(paid().await, 1, "sixty are free");
    agree("600", &prices).await.expect("agreed");
    for _ in 0..3 {
        top_ups::buy_due(app).await.expect("looked");
    }
    assert_eq!(paid().await, 2, "twice a month");
    let beyond = "insert into top_up_purchase select customer_id, month, 3, most, gen_random_uuid() from top_up_purchase limit 1";
    assert!(sqlx::query(beyond).execute(app.db.pool()).await.is_err(), "not even by hand");

    till.advance(TimeDelta::days(15)).await;
    till.sandbox.set_cards(CardMode::Decline);
    for _ in 0..2 {
        top_ups::buy_due(app).await.expect("looked");
        till.advance(TimeDelta::days(2)).await;
        reconciliation::reconcile(app).await.expect("asked");
    }
    let tried = till.world.id("select count(*) from top_up_purchase").await;
    let told = till.world.id("select count(*) from mail where kind = 'top_up_off'").await;
    assert_eq!((tried, paid().await, told), (3, 2, 1), "tried once, and told");
    let viewer = billing_viewer(&till.place.boss);
    let page = top_ups::page(app, &viewer).await.expect("a page");
    assert_eq!(page.top_up.map(|top_up| top_up.state), Some(TopUpState::Failed));
    assert_eq!(till.world.ledger_faults().await, Vec::<String>::new());
}
