//! A saved card that is removed: what depends on it, what is under way, and what Stripe knows of it afterwards.

use chrono::TimeDelta;
use linka::{
    model::{
        base::ids::{BundleId, PurchaseId},
        money::{
            card::CardPurpose,
            purchases::{PaymentMethod, PurchaseState},
            subscriptions::{PeriodPayment, SubscriptionAct, SubscriptionState},
            top_ups::{TopUpState, TypedTopUp},
        },
        people::{
            members::{Capabilities, Capability, StaffRole},
            mergers::MergeEnds,
        },
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        payments::sandbox::{CardMode, Faults},
        service::{
            money::{purchases, reconciliation, saved_cards, subscriptions, top_ups},
            people::mergers,
        },
    },
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::{
    super::{TOTAL, Till, held},
    Holder, enter,
};
use crate::support::billing_viewer;

/// The server dies exactly between the row of a try and the request: nothing of a try can be changed.
const DIES_BEFORE_IT_ASKS: &str =
    "create trigger dies before update on card_try for each row execute function refuse_change()";
const LIVES: &str = "drop trigger dies on card_try";

impl Till {
    /// How often Stripe was asked for a payment, or to let a card go.
    fn asked_for(&self, what: &str) -> usize {
        self.sandbox.asked().iter().filter(|asked| asked.method == "POST" && asked.path.ends_with(what)).count()
    }

    async fn remove_card(&self) {
        saved_cards::remove(self.app(), &self.buyer()).await.expect("removed");
    }

    async fn agree(&self, below: &str) {
        let typed = TypedTopUp { bundle: Some(BundleId(1)), below: below.into(), most: "5".into() };
        top_ups::agree(self.app(), &self.buyer(), &typed, &format!("1:{TOTAL}")).await.expect("agreed");
    }

    async fn still_attached(&self) -> i64 {
        self.world.id("select count(*) from former_card where detached_at is null").await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_depends_on_a_removed_card_goes_on_by_transfer_or_ends_and_stripe_lets_it_go(pool: PgPool) {
    let holder = Box::pin(Holder::new(pool, TimeDelta::zero())).await;
    let (till, app, buyer) = (&holder.till, holder.till.app(), holder.till.buyer());
    till.agree("1").await;
    let page = async || saved_cards::page(app, &buyer).await.expect("a page");
    let shown = page().await;
    assert!(shown.card.is_some() && shown.pays_subscription && shown.tops_up && !shown.is_owing);

    // The period that waits for a better day is asked for by transfer at once.
    till.sandbox.set_cards(CardMode::Decline);
    holder.renewal().await;
    assert!(page().await.is_owing);
    let waits = holder.latest().await;
    for _ in 0..2 {
        till.remove_card().await;
    }
    let shown = page().await;
    assert!(shown.card.is_none() && !shown.pays_subscription && !shown.tops_up && !shown.is_owing);
    assert_eq!((holder.page().await.method, holder.payment().await), (PaymentMethod::Transfer, PeriodPayment::Awaited));
    assert_eq!(holder.page().await.state, SubscriptionState::Active);
    let top_up = top_ups::page(app, &billing_viewer(&till.place.boss)).await.expect("a page").top_up;
    assert_eq!(top_up.map(|top_up| top_up.state), Some(TopUpState::Off));
    let proforma = format!("select count(*) from tax_document where purchase_id = '{}' and kind = 'proforma'", waits.0);
    assert_eq!(till.world.id(&proforma).await, 1);
    let number = till.number(waits).await;
    assert_eq!(saved_cards::payment_page(app, &buyer, number).await, Ok(None), "one way to pay");
    assert_eq!((holder.mails("card_removed").await, holder.mails("card_failed").await), (1, 1));
    let audited = "select count(*) from audit_entry where subject = 'saved_card' and change = 'delete'";
    assert_eq!(till.world.id(audited).await, 1);

    // Stripe is away at first, and knows of no such card in the end: each is done.
    till.world.sql(&format!("select let_card_go({}, 'pm_unknown')", till.place.customer)).await;
    till.sandbox.set_faults(Faults { fail: 2, ..held() });
    assert!(reconciliation::reconcile(app).await.is_err());
    assert_ne!(till.still_attached().await, 0);
    till.run_jobs().await;
    assert_eq!(till.still_attached().await, 0);
    let asked = till.asked_for("/detach");
    reconciliation::reconcile(app).await.expect("nothing is left");
    assert_eq!(till.asked_for("/detach"), asked);

    // What Stripe told long ago does not bring it back.
    let first = "select purchase_id::text from subscription_period order by ordinal limit 1";
    let first: String = sqlx::query_scalar(first).fetch_one(app.db.pool()).await.expect("a period");
    let session = till.stored(PurchaseId(first.parse().expect("an id"))).await.checkout;
    saved_cards::come_back(app, &buyer, &session.expect("a page").session).await.expect("back");
    assert_eq!(page().await.card, None);
    let again = "insert into saved_card select f.customer_id, m.id, 'cus_1', f.payment_method, 'visa', '4242', date '2034-12-31', now()
                 from former_card f join member m on m.customer_id = f.customer_id limit 1";
    let refused = sqlx::query(again).execute(app.db.pool()).await.expect_err("not even by hand");
    assert!(refused.to_string().contains("this card was let go"), "{refused}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_card_of_who_is_merged_is_let_go_as_it_was_said_and_what_it_owed_is_asked_for_by_transfer(pool: PgPool) {
    let holder = Box::pin(Holder::new(pool, TimeDelta::zero())).await;
    let (till, app) = (&holder.till, holder.till.app());
    till.agree("1").await;
    till.sandbox.set_cards(CardMode::Decline);
    holder.renewal().await;
    let waits = holder.latest().await;
    let (from, into) = (till.place.customer, till.world.place("Družina").await.customer);
    let manager = till.world.staff(StaffRole::Manager).await.desk().expect("a manager");
    let shown = mergers::page(app, &manager, from, into).await.expect("what it means");
    assert_eq!(shown.ends, MergeEnds { subscription: true, top_up: true, card: true });
    mergers::merge(app, &manager, from, into, None).await.expect("merged");
    till.run_jobs().await;
    assert_eq!((till.still_attached().await, till.asked_for("/detach")), (0, 1));
    holder.days(2).await;
    till.run_jobs().await;
    let purchase = till.stored(waits).await.purchase;
    assert_eq!((purchase.method, purchase.state), (PaymentMethod::Transfer, PurchaseState::AwaitingPayment));
    assert_eq!(holder.mails("card_failed").await, 1, "before");
    let asked = format!(
        "select count(*) from mail where customer_id = {into} and content #>> '{{document,kind}}' = 'proforma'"
    );
    assert_eq!(till.world.id(&asked).await, 1, "of the people who go on");
    assert_eq!(till.alerts().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_is_first_decides_what_becomes_of_a_try_that_is_called_off(pool: PgPool) {
    let holder = Box::pin(Holder::new(pool, TimeDelta::zero())).await;
    let (till, app, buyer) = (&holder.till, holder.till.app(), holder.till.buyer());

    // Written down, and Stripe was never asked: it is called off without a word to Stripe.
    holder.eve().await;
    till.world.sql(DIES_BEFORE_IT_ASKS).await;
    holder.chores().await;
    till.world.sql(LIVES).await;
    let unasked = till.world.id("select count(*) from card_try where state = 'open' and asked_at is null").await;
    let asked = till.sandbox.asked().len();
    let number = holder.page().await.last.expect("a period").purchase;
    purchases::cancel(app, &buyer, number).await.expect("called off");
    assert_eq!((unasked, till.sandbox.asked().len()), (1, asked));
    assert_eq!(holder.payment().await, PeriodPayment::Lapsed);
    holder.chores().await;
    assert_eq!(till.asked_for("/payment_intents"), 0, "nor is it asked for later");

    // Stripe was to be asked, and has not heard of it: while somebody may be asking it is left, afterwards it is called off.
    holder.act(SubscriptionAct::Resume).await;
    holder.eve().await;
    till.world.sql(DIES_BEFORE_IT_ASKS).await;
    holder.chores().await;
    till.world.sql(LIVES).await;
    let now = app.clock.now().to_rfc3339();
    till.world.sql(&format!("update card_try set asked_at = '{now}' where state = 'open'")).await;
    let number = holder.page().await.last.expect("a period").purchase;
    let taken = till.asked_for("/payment_intents");
    assert_eq!(purchases::cancel(app, &buyer, number).await, Err(Problem::Conflict));
    till.advance(TimeDelta::minutes(6)).await;
    purchases::cancel(app, &buyer, number).await.expect("called off");
    assert_eq!((holder.payment().await, till.asked_for("/payment_intents")), (PeriodPayment::Lapsed, taken));
    holder.chores().await;

    // Asked, paid, and the answer was lost: it is paid, and the card is let go after that.
    holder.act(SubscriptionAct::Resume).await;
    assert_eq!(holder.payment().await, PeriodPayment::Paid);
    holder.eve().await;
    till.sandbox.set_faults(Faults { lose: 1, ..held() });
    holder.chores().await;
    assert_eq!(holder.payment().await, PeriodPayment::Awaited);
    till.remove_card().await;
    assert_eq!((holder.payment().await, till.still_attached().await), (PeriodPayment::Awaited, 1));
    till.run_jobs().await;
    assert_eq!((holder.payment().await, till.still_attached().await), (PeriodPayment::Paid, 0));

    // The same, and it was declined: it is asked for by transfer, and nobody is told to change a card that there is not.
    holder.enter(CardMode::Pay).await;
    holder.eve().await;
    till.sandbox.set_cards(CardMode::Decline);
    till.sandbox.set_faults(Faults { lose: 1, ..held() });
    holder.chores().await;
    till.remove_card().await;
    till.run_jobs().await;
    let purchase = till.stored(holder.latest().await).await.purchase;
    assert_eq!((purchase.method, purchase.state), (PaymentMethod::Transfer, PurchaseState::AwaitingPayment));
    assert_eq!((holder.mails("card_failed").await, till.still_attached().await), (0, 0));
    assert_eq!(till.alerts().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_a_charge_and_the_removal_of_its_card_ends_paid_or_by_transfer(pool: PgPool) {
    let holder = Box::pin(Holder::new(pool, TimeDelta::zero())).await;
    let (till, app) = (&holder.till, holder.till.app());
    holder.eve().await;
    subscriptions::renew(app).await.expect("renewed");
    let mut rivals = JoinSet::new();
    for rival in 0..5 {
        let (app, buyer) = (app.clone(), till.buyer());
        rivals.spawn(async move {
            if rival == 2 {
                saved_cards::remove(&app, &buyer).await.expect("removed");
            } else {
                let _ = reconciliation::reconcile(&app).await;
            }
        });
    }
    while let Some(done) = rivals.join_next().await {
        done.expect("no panic");
    }
    till.advance(TimeDelta::minutes(6)).await;
    holder.chores().await;
    till.run_jobs().await;
    let purchase = till.stored(holder.latest().await).await.purchase;
    let proformas = till.world.id("select count(*) from tax_document where kind = 'proforma'").await;
    match purchase.state {
        PurchaseState::Paid => {
            assert_eq!((purchase.method, proformas), (PaymentMethod::Card, 0));
            holder.assert_once().await;
        }
        state => {
            assert_eq!(
                (state, purchase.method, proformas),
                (PurchaseState::AwaitingPayment, PaymentMethod::Transfer, 1)
            );
            assert_eq!(till.asked_for("/payment_intents"), 0);
        }
    }
    assert_eq!((holder.page().await.method, till.still_attached().await), (PaymentMethod::Transfer, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_top_up_of_the_night_is_called_off_and_a_card_of_who_may_not_buy_is_not_kept(pool: PgPool) {
    let till = Till::new(pool).await;
    let (app, buyer) = (till.app(), till.buyer());
    enter(&till, CardPurpose::TopUp, CardMode::Pay).await;
    let states = async || -> Vec<String> {
        let states = "select coalesce(p.closed_as, 'open') from top_up_purchase t join purchase p on p.id = t.purchase_id order by t.place";
        sqlx::query_scalar(states).fetch_all(app.db.pool()).await.expect("purchases")
    };
    // From eight in the morning to three at night.
    till.advance(TimeDelta::hours(19)).await;
    till.agree("30").await;
    top_ups::buy_due(app).await.expect("bought");
    assert_eq!(states().await, ["open"]);
    for _ in 0..2 {
        top_ups::end(app, &buyer).await.expect("switched off");
    }
    assert_eq!(states().await, ["cancelled"]);
    // Who has agreed is gone, and nobody has switched it off.
    till.agree("30").await;
    top_ups::buy_due(app).await.expect("bought");
    till.world.sql("update top_up set state = 'off'").await;
    till.advance(TimeDelta::hours(6)).await;
    reconciliation::reconcile(app).await.expect("looked");
    assert_eq!(states().await, ["cancelled", "cancelled"]);
    assert_eq!(till.asked_for("/payment_intents"), 0);
    // What was paid since it was looked for is not called off, neither so nor with its card.
    till.advance(TimeDelta::days(15)).await;
    till.agree("30").await;
    top_ups::buy_due(app).await.expect("bought");
    let looked_for = "update card_debit set next_at = begun_on
                      where purchase_id in (select id from purchase where paid_at is not null)";
    till.world.sql(looked_for).await;
    top_ups::end(app, &buyer).await.expect("switched off");

    // A page for a card is opened by somebody who loses the right before the card comes.
    till.remove_card().await;
    let paid = till.world.id("select count(*) from purchase where paid_at is not null and closed_as is null").await;
    assert_eq!((paid, states().await.len()), (1, 3));
    let clerk = till.world.member(till.place.customer, Capabilities::NONE.with(Capability::Buy)).await;
    let theirs = clerk.may_buy().expect("a buyer");
    let url = saved_cards::setup_page(app, &theirs, CardPurpose::TopUp).await.expect("asked").expect("a page");
    let session = url.rsplit('/').next().expect("a session");
    till.sandbox.pay(session).expect("entered");
    till.world.sql(&format!("update member set capabilities = '{{order}}' where id = {}", theirs.id())).await;
    for _ in 0..2 {
        saved_cards::come_back(app, &buyer, session).await.expect("back");
    }
    assert_eq!(saved_cards::page(app, &buyer).await.expect("a page").card, None);
    assert_eq!(till.world.id("select count(*) from mail where kind = 'card_not_kept'").await, 1);
    till.run_jobs().await;
    assert_eq!((till.still_attached().await, till.asked_for("/detach")), (0, 2));
}
