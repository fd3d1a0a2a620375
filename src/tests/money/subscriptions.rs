//! A subscription over its life on the injected clock: each period is asked for, granted and documented once, whatever happens when.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use linka::{
    model::{
        base::{
            calendar::to_local,
            ids::{BundleId, SubscriptionId},
            money::Money,
        },
        money::{
            price_list::TypedBundle,
            subscriptions::{
                PeriodPayment, Recurrence, SubscriptionAct, SubscriptionPage, SubscriptionState, period_of,
            },
        },
        people::members::StaffRole,
        problem::{MovedOn, Problem},
    },
    server::{
        auth::{Buyer, Manager},
        clock::Clock,
        db::MIGRATIONS,
        service::{
            money::{bank, price_list, sales, subscriptions},
            people::customers,
            upkeep,
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::task::JoinSet;

use crate::support::{Place, World, at, billing_viewer};

/// What a period costs, including VAT.
const TOTAL: Money = Money::from_haler(121_000);

struct Subscriber {
    world: World,
    place: Place,
    manager: Manager,
    plan: BundleId,
    id: SubscriptionId,
}

impl Subscriber {
    async fn new(pool: PgPool, minutes: u32, comes: Recurrence) -> Self {
        let world = World::new(pool).await;
        let place = world.place("Škola").await;
        let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
        let plan = world.plan(minutes, comes).await;
        let id = SubscriptionId(world.app.random.uuid());
        Self { world, place, manager, plan, id }
    }

    fn buyer(&self) -> Buyer {
        self.place.boss.may_buy().expect("a buyer")
    }

    fn today(&self) -> NaiveDate {
        to_local(self.world.app.clock.now()).date()
    }

    /// Lets so many days pass; each hour may be the one in which a process lives, and here each day has one.
    async fn days(&self, days: u32) {
        for _ in 0..days {
            self.world.app.clock.advance(TimeDelta::days(1));
            subscriptions::renew(&self.world.app).await.expect("renewed");
        }
    }

    async fn subscribe(&self) -> Result<(), Problem> {
        subscriptions::subscribe(&self.world.app, &self.buyer(), self.id, self.plan, None, TOTAL).await.map(drop)
    }

    async fn act(&self, act: SubscriptionAct) {
        subscriptions::change(&self.world.app, &self.buyer(), self.id, act, None).await.expect("changed");
    }

    async fn page(&self) -> SubscriptionPage {
        subscriptions::page(&self.world.app, &billing_viewer(&self.place.boss)).await.expect("a page")
    }

    /// All that waits for a payment is paid today.
    async fn pay(&self) {
        let waiting: Vec<(String, i64)> = sqlx::query_as(
            "select d.number, d.total from tax_document d join purchase p on p.id = d.purchase_id
             where d.kind in ('proforma', 'invoice') and p.paid_at is null and p.closed_as is null order by d.id",
        )
        .fetch_all(self.world.app.db.pool())
        .await
        .expect("what waits");
        for (symbol, total) in waiting {
            let day = self.today().format("%d.%m.%Y");
            let file = format!(
                "\"ID pohybu\";\"Datum\";\"Objem\";\"Měna\";\"Protiúčet\";\"Název protiúčtu\";\"VS\"\r\n\
                 \"{symbol}\";\"{day}\";\"{},{:02}\";\"CZK\";\"19-2000145399/0800\";\"Škola\";\"{symbol}\"\r\n",
                total / 100,
                total % 100
            );
            bank::import(&self.world.app, &self.manager, "výpis.csv", file.as_bytes(), bank::Said::default())
                .await
                .expect("imported");
        }
    }

    /// The first days of its periods, in their order.
    async fn periods(&self) -> Vec<String> {
        sqlx::query_scalar("select first_day::text from subscription_period order by subscription_id, ordinal")
            .fetch_all(self.world.app.db.pool())
            .await
            .expect("periods")
    }

    /// Each period has one purchase; each that is paid or owed one grant, and one document of its tax.
    async fn assert_once(&self) {
        let wrong: Vec<String> = sqlx::query_scalar(
            "select format('period %s: %s grants, %s documents', t.ordinal, g.grants, d.documents)
             from subscription_period t join purchase p on p.id = t.purchase_id
             cross join lateral (select count(*) as grants from minute_grant g where g.source = 'order:' || p.id) g
             cross join lateral (select count(*) as documents from tax_document d
                                 where d.purchase_id = p.id and d.kind in ('payment', 'invoice')) d
             where g.grants <> (p.paid_at is not null or p.at_once)::int
                or d.documents <> (p.paid_at is not null or p.at_once)::int",
        )
        .fetch_all(self.world.app.db.pool())
        .await
        .expect("periods");
        assert_eq!(wrong, Vec::<String>::new());
        assert_eq!(self.world.ledger_faults().await, Vec::<String>::new());
    }

    async fn mails(&self, kind: &str) -> i64 {
        self.world.id(&format!("select count(*) from mail where kind = '{kind}'")).await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_year_of_months_that_is_paid_in_time_has_a_period_for_each(pool: PgPool) {
    let mut subscriber = Subscriber::new(pool, 60, Recurrence::Month).await;
    // Through 29 February 2028, from the last of a month.
    subscriber.world.app.clock = Clock::manual(at("2027-08-31T09:00:00+02:00"));
    subscriber.subscribe().await.expect("subscribed");
    subscriber.subscribe().await.expect("the same form once more");
    subscriber.pay().await;
    for _ in 0..366 {
        subscriber.days(1).await;
        subscriber.pay().await;
    }
    let expected: Vec<String> =
        (0..13).map(|index| period_of("2027-08-31".parse().expect("a date"), 1, index).0.to_string()).collect();
    assert_eq!(subscriber.periods().await, expected);
    assert!(expected.contains(&"2028-02-29".to_owned()));
    subscriber.assert_once().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_not_paid_pauses_and_is_taken_up_where_the_customer_wants(pool: PgPool) {
    let subscriber = Subscriber::new(pool, 60, Recurrence::Month).await;
    subscriber.subscribe().await.expect("subscribed");
    subscriber.pay().await;
    subscriber.days(25).await;
    assert_eq!(subscriber.periods().await.len(), 2, "asked for a week ahead");
    subscriber.days(60).await;
    let page = subscriber.page().await;
    assert_eq!(page.last.expect("a period").payment, PeriodPayment::Awaited, "one payment is asked for at a time");
    subscriber.act(SubscriptionAct::Pause).await;
    subscriber.days(1).await;
    assert_eq!(subscriber.page().await.state, SubscriptionState::Paused);
    subscriber.act(SubscriptionAct::Resume).await;
    assert_eq!(subscriber.periods().await.len(), 2, "the payment that is awaited is the one that is asked for");
    upkeep::expire_purchases(&subscriber.world.app).await.expect("expired");
    subscriber.days(1).await;
    assert_eq!(subscriber.page().await.state, SubscriptionState::Paused);
    subscriber.days(40).await;
    assert_eq!(subscriber.periods().await.len(), 2, "nothing comes of what is paused");
    subscriber.act(SubscriptionAct::Resume).await;
    subscriber.act(SubscriptionAct::Resume).await;
    assert_eq!(subscriber.periods().await.last(), Some(&subscriber.today().to_string()));
    subscriber.pay().await;
    subscriber.days(1).await;
    assert_eq!(subscriber.page().await.state, SubscriptionState::Active);
    assert_eq!(subscriber.periods().await.len(), 2, "what lapsed has given up its days");
    subscriber.assert_once().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_ends_before_a_period_begins_does_not_pay_for_it(pool: PgPool) {
    let subscriber = Subscriber::new(pool, 60, Recurrence::Month).await;
    subscriber.subscribe().await.expect("subscribed");
    subscriber.pay().await;
    subscriber.days(24).await;
    let asked = async || subscriber.world.id("select count(*) from purchase where closed_as is null").await;
    assert_eq!((subscriber.periods().await.len(), asked().await), (2, 2));
    subscriber.act(SubscriptionAct::End).await;
    assert_eq!((subscriber.periods().await.len(), asked().await), (1, 1), "the proforma is called off");
    subscriber.act(SubscriptionAct::Keep).await;
    subscriber.days(1).await;
    assert_eq!((subscriber.periods().await.len(), asked().await), (2, 2), "and asked for anew when it goes on");
    subscriber.pay().await;
    subscriber.act(SubscriptionAct::End).await;
    assert_eq!(subscriber.periods().await.len(), 2, "what is paid stays");
    subscriber.days(40).await;
    assert_eq!(subscriber.page().await.state, SubscriptionState::Ended);
    let acts = "select count(*) from audit_entry where subject = 'subscription' and after ? 'wish'";
    assert!(subscriber.world.id(acts).await >= 3, "what was decided stands in the audit");
    subscriber.assert_once().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_quarter_that_lapsed_or_was_not_sold_is_taken_up_that_day(pool: PgPool) {
    let subscriber = Subscriber::new(pool, 180, Recurrence::Quarter).await;
    subscriber.subscribe().await.expect("subscribed");
    subscriber.pay().await;
    let until = subscriber.page().await.last.expect("a period").until;
    let ahead = u32::try_from((until - subscriber.today()).num_days()).expect("days");
    let world = &subscriber.world;
    world.sql("update customer set blocked_at = now(), block_reason = 'Neplatí.'").await;
    subscriber.days(ahead - 6).await;
    let told = async || (subscriber.mails("subscription_blocked").await, subscriber.mails("subscription_paused").await);
    assert_eq!((subscriber.page().await.state, told().await), (SubscriptionState::Paused, (1, 0)));
    world.sql("update customer set blocked_at = null, block_reason = null").await;
    subscriber.act(SubscriptionAct::Resume).await;
    assert_eq!(subscriber.periods().await.last(), Some(&until.to_string()), "what is paid is not cut short");
    world.app.clock.advance(TimeDelta::days(60));
    upkeep::expire_purchases(&world.app).await.expect("expired");
    subscriber.days(1).await;
    assert_eq!((subscriber.page().await.state, told().await), (SubscriptionState::Paused, (1, 1)));
    subscriber.act(SubscriptionAct::Resume).await;
    assert_eq!(
        subscriber.periods().await.last(),
        Some(&subscriber.today().to_string()),
        "and not when it would have ended"
    );
    subscriber.assert_once().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_is_asked_of_whom_nobody_knows_where_they_are_until_somebody_does(pool: PgPool) {
    let subscriber = Subscriber::new(pool, 60, Recurrence::Month).await;
    subscriber.subscribe().await.expect("subscribed");
    subscriber.pay().await;
    let world = &subscriber.world;
    world.sql("update customer set street = '', city = '', postal_code = ''").await;
    subscriber.days(40).await;
    assert_eq!(subscriber.periods().await.len(), 1);
    let page = sales::page(&world.app, &subscriber.manager, None).await.expect("a page");
    assert_eq!(
        page.nameless.rows.iter().map(|(customer, _)| *customer).collect::<Vec<_>>(),
        [subscriber.place.customer]
    );
    world.sql("update customer set street = 'Školní 1', city = 'Habrov', postal_code = '345 67'").await;
    subscriber.days(1).await;
    assert_eq!(subscriber.periods().await.len(), 2);
    subscriber.assert_once().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn pause_and_end_come_with_the_end_of_the_period_and_can_be_taken_back(pool: PgPool) {
    let subscriber = Subscriber::new(pool, 180, Recurrence::Quarter).await;
    subscriber.subscribe().await.expect("subscribed");
    subscriber.pay().await;
    subscriber.act(SubscriptionAct::End).await;
    subscriber.act(SubscriptionAct::Keep).await;
    subscriber.act(SubscriptionAct::Pause).await;
    let until = subscriber.page().await.last.expect("a period").until;
    let ahead = u32::try_from((until - subscriber.today()).num_days()).expect("days");
    subscriber.days(ahead - 1).await;
    assert_eq!(subscriber.page().await.state, SubscriptionState::Active);
    subscriber.days(1).await;
    assert_eq!(subscriber.page().await.state, SubscriptionState::Paused);
    subscriber.act(SubscriptionAct::Resume).await;
    subscriber.pay().await;
    assert_eq!(subscriber.periods().await.len(), 2);
    subscriber.act(SubscriptionAct::End).await;
    subscriber.days(100).await;
    assert_eq!(subscriber.page().await.state, SubscriptionState::Ended);
    assert_eq!(subscriber.periods().await.len(), 2);
    let buyer = subscriber.buyer();
    let changed = subscriptions::change(&subscriber.world.app, &buyer, subscriber.id, SubscriptionAct::Resume, None);
    assert_eq!(changed.await, Err(Problem::Conflict), "what is over is over");
    subscriber.assert_once().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_price_from_a_day_on_is_that_of_the_periods_that_begin_then(pool: PgPool) {
    let subscriber = Subscriber::new(pool, 60, Recurrence::MonthRolls).await;
    subscriber.subscribe().await.expect("subscribed");
    subscriber.pay().await;
    let typed = TypedBundle {
        minutes: "60".into(),
        price: "1100".into(),
        from: (subscriber.today() + Days::new(40)).to_string(),
        comes: Recurrence::MonthRolls,
        ..TypedBundle::default()
    };
    price_list::change(&subscriber.world.app, &subscriber.manager, subscriber.plan, &typed).await.expect("changed");
    for _ in 0..80 {
        subscriber.days(1).await;
        subscriber.pay().await;
    }
    let totals: Vec<i64> = sqlx::query_scalar(
        "select p.total from subscription_period t join purchase p on p.id = t.purchase_id order by t.ordinal",
    )
    .fetch_all(subscriber.world.app.db.pool())
    .await
    .expect("totals");
    assert_eq!(totals[..3], [121_000, 121_000, 133_100]);
    let rolled: Vec<bool> = sqlx::query_scalar(
        "select (g.expires_at at time zone 'Europe/Prague')::date >= t.until + 28
         from subscription_period t join minute_grant g on g.source = 'order:' || t.purchase_id order by t.ordinal",
    )
    .fetch_all(subscriber.world.app.db.pool())
    .await
    .expect("grants");
    assert!(rolled.iter().all(|rolled| *rolled), "what is not used can be drawn in the next period: {rolled:?}");
    subscriber.assert_once().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_trusted_customer_has_the_minutes_at_once_but_owes_one_period_at_most(pool: PgPool) {
    let subscriber = Subscriber::new(pool, 60, Recurrence::Month).await;
    customers::set_trusted(&subscriber.world.app, &subscriber.manager, subscriber.place.customer, true)
        .await
        .expect("trusted");
    subscriber.subscribe().await.expect("subscribed");
    assert_eq!(subscriber.page().await.left, Some(60));
    subscriber.days(25).await;
    let page = subscriber.page().await;
    assert_eq!((page.last.expect("a period").payment, page.left), (PeriodPayment::Awaited, None));
    subscriber.pay().await;
    subscriber.days(1).await;
    subscriber.assert_once().await;
    subscriber.days(28).await;
    let page = subscriber.page().await;
    let owed = page.last.expect("a period");
    assert_eq!((owed.payment, page.left), (PeriodPayment::Owed, Some(60)));
    assert!(owed.first_day > subscriber.today());
    subscriber.act(SubscriptionAct::Pause).await;
    let page = subscriber.page().await;
    assert_eq!(page.last.expect("a period").payment, PeriodPayment::Paid, "nothing of it was drawn: it is credited");
    let credited = "select count(*) from tax_document d join purchase p on p.id = d.purchase_id
                    where d.kind = 'credit_note' and p.closed_as = 'cancelled'";
    assert_eq!(subscriber.world.id(credited).await, 1);
    subscriber.assert_once().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_subscribes_is_told_before_each_renewal_once(pool: PgPool) {
    let subscriber = Subscriber::new(pool, 60, Recurrence::Month).await;
    subscriber.subscribe().await.expect("subscribed");
    subscriber.pay().await;
    let until = subscriber.page().await.last.expect("a period").until;
    let told = (until - subscriber.today()).num_days() - 10;
    subscriber.days(u32::try_from(told).expect("days") - 1).await;
    assert_eq!(subscriber.mails("subscription_renews").await, 0);
    subscriber.days(3).await;
    assert_eq!(subscriber.mails("subscription_renews").await, 1);
    let second = SubscriptionId(subscriber.world.app.random.uuid());
    let buyer = subscriber.buyer();
    let again = subscriptions::subscribe(&subscriber.world.app, &buyer, second, subscriber.plan, None, TOTAL).await;
    assert_eq!(again, Err(Problem::MovedOn(MovedOn::Subscription)), "one at a time, and it is shown");
    let other = Money::from_haler(1);
    assert!(
        subscriptions::subscribe(&subscriber.world.app, &buyer, second, subscriber.plan, None, other).await.is_err()
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_ten_processes_that_renew_asks_for_a_period_once(pool: PgPool) {
    let subscriber = Subscriber::new(pool, 60, Recurrence::Month).await;
    subscriber.subscribe().await.expect("subscribed");
    subscriber.pay().await;
    subscriber.days(20).await;
    subscriber.world.app.clock.advance(TimeDelta::days(5));
    let mut processes = JoinSet::new();
    for _ in 0..10 {
        let app = subscriber.world.app.clone();
        processes.spawn(async move { subscriptions::renew(&app).await });
    }
    while let Some(renewed) = processes.join_next().await {
        renewed.expect("no panic").expect("renewed");
    }
    assert_eq!(subscriber.periods().await.len(), 2);
    subscriber.assert_once().await;
}

/// Every statement that writes is made to fail once, and everything is tried again: what was half done is not there.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn crash_at_every_write_of_a_renewal_leaves_one_period_or_none(pool: PgPool) {
    let subscriber = Subscriber::new(pool, 60, Recurrence::Month).await;
    for statement in [
        "create table crash_plan (stop_at bigint not null)",
        "insert into crash_plan values (0)",
        "create sequence crash_step",
        "create function crash() returns trigger language plpgsql security definer as $$
         begin
             if (select stop_at from crash_plan) > 0 and nextval('crash_step') = (select stop_at from crash_plan) then
                 raise exception 'a crash';
             end if;
             return null;
         end $$",
    ] {
        subscriber.world.sql(statement).await;
    }
    for table in ["subscription", "subscription_period", "purchase", "purchase_event", "tax_document", "mail"] {
        let statement = format!(
            "create trigger crash after insert or update on {table} for each statement execute function crash()"
        );
        sqlx::query(AssertSqlSafe(statement)).execute(subscriber.world.app.db.pool()).await.expect("a trigger");
    }
    subscriber.subscribe().await.expect("subscribed");
    let mut crashes = 0;
    for stop_at in 1.. {
        subscriber.pay().await;
        let before = subscriber.periods().await.len();
        let until = subscriber.page().await.last.expect("a period").until;
        let ahead = (until - subscriber.today()).num_days() - 10;
        subscriber.world.app.clock.advance(TimeDelta::days(ahead));
        subscriptions::renew(&subscriber.world.app).await.expect("told");
        subscriber.world.app.clock.advance(TimeDelta::days(3));
        subscriber.world.sql("alter sequence crash_step restart").await;
        subscriber.world.sql(&format!("update crash_plan set stop_at = {stop_at}")).await;
        let crashed = subscriptions::renew(&subscriber.world.app).await.is_err();
        subscriber.world.sql("update crash_plan set stop_at = 0").await;
        if crashed {
            crashes += 1;
            assert_eq!(subscriber.periods().await.len(), before, "all of it or nothing");
        }
        subscriptions::renew(&subscriber.world.app).await.expect("renewed");
        assert_eq!(subscriber.periods().await.len(), before + 1);
        if !crashed {
            break;
        }
    }
    subscriber.pay().await;
    assert!(crashes >= 4, "{crashes} places where it could die");
    assert!(subscriber.today().year() >= 2027);
    subscriber.assert_once().await;
}
