//! Kills between every two statements of a purchase by card, from the checkout page to the minutes: of the server alone, and of
//! every process of its private database. Stripe, which is the sandbox in this process, lives on. Afterwards no order is paid
//! without minutes, none has them twice, and documents are numbered without a gap.

use std::{net::Ipv4Addr, os::unix::fs::PermissionsExt, sync::Arc};

use linka::server::{
    clock::Clock,
    payments::sandbox::{Order, Sandbox, SandboxArgs},
    random::Random,
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use super::held;
use crate::support::{Portal, at};

const BUYER: &str = "jidelna@zs-horni.example";
const LOCK: i64 = 4_712;

/// Makes the `stop_at`-th writing statement of a payment wait, and its commit when there are fewer.
const STEPS: &str = "
    create table crash_plan (stop_at bigint not null, at_commit boolean not null);
    insert into crash_plan values (0, false);
    create sequence crash_step;
    create function crash_pause() returns trigger language plpgsql security definer as $$
    begin
        if current_setting('role') = 'linka_system' then
            if (tg_name = 'crash_commit' and (select at_commit from crash_plan))
               or (tg_name = 'crash_step' and nextval('crash_step') = (select stop_at from crash_plan)) then
                perform pg_advisory_xact_lock(4712);
            end if;
        end if;
        return null;
    end $$;
    do $$
    declare name text;
    begin
        foreach name in array array['bundle_order', 'order_event', 'stripe_event', 'tax_document', 'document_series'] loop
            execute format('create trigger crash_step before insert or update on %I
                            for each statement execute function crash_pause()', name);
        end loop;
        -- The upkeep writes to the ledger as well; these are the payment's.
        create trigger crash_step after insert on minute_grant
            for each row when (new.source like 'order:%') execute function crash_pause();
        create trigger crash_step after insert on ledger_entry
            for each row when (new.kind = 'grant') execute function crash_pause();
        create constraint trigger crash_commit after insert on tax_document deferrable initially deferred
            for each row execute function crash_pause();
    end $$";

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_server_between_any_two_statements_of_a_payment_loses_and_doubles_nothing() {
    survives_everywhere(|portal| portal.kill_server()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_database_between_any_two_statements_of_a_payment_loses_and_doubles_nothing() {
    survives_everywhere(|portal| {
        portal.kill_database();
        portal.kill_server();
    })
    .await;
}

/// The portal that dies, and the sandbox that does not.
struct Street {
    data: TempDir,
    sandbox: Sandbox,
    portal: Arc<Portal>,
    database: PgConnection,
    cookie: String,
}

impl Street {
    async fn open() -> Self {
        let data = TempDir::new().expect("a directory");
        std::fs::set_permissions(data.path(), std::fs::Permissions::from_mode(0o711)).expect("reachable");
        let sandbox = Sandbox::start(SandboxArgs {
            addr: (Ipv4Addr::LOCALHOST, 0).into(),
            file: None,
            webhook: String::new(),
            // Where the portal's clock begins at each start: it never lives for the five minutes that a signature lasts.
            clock: Clock::manual(at("2026-11-23T08:00:00+01:00")),
            random: Random,
        })
        .await
        .expect("a free port");
        sandbox.set_faults(held());
        let portal = Self::start(&data, &sandbox).await;
        let cookie = portal.sign_in(BUYER).await;
        let database = connect(&portal).await;
        Self { data, sandbox, portal, database, cookie }
    }

    async fn start(data: &TempDir, sandbox: &Sandbox) -> Arc<Portal> {
        // The way back is a parameter of what Stripe is asked for: it must not change with the port of each start.
        let environment = [("LINKA_SANDBOX_URL", sandbox.origin()), ("LINKA_URL", "https://linka.example.com")];
        let portal = Portal::start_with(data.path(), &environment).await;
        sandbox.deliver_to(&format!("{}/webhooks/stripe", portal.site.origin));
        Arc::new(portal)
    }

    async fn run(&mut self, statements: &str) {
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut self.database).await.expect(statements);
    }

    async fn arm(&mut self, stop_at: i64, at_commit: bool) {
        self.run(&format!("update crash_plan set stop_at = {stop_at}, at_commit = {at_commit}")).await;
        self.run("alter sequence crash_step restart").await;
        self.run(&format!("select pg_advisory_lock({LOCK})")).await;
    }

    async fn disarm(&mut self) {
        self.run("update crash_plan set stop_at = 0, at_commit = false").await;
        self.run("select pg_advisory_unlock_all()").await;
    }

    /// Whether some transaction waits for the lock.
    async fn waits(&mut self) -> bool {
        sqlx::query_scalar(
            "select exists (select 1 from pg_locks where locktype = 'advisory' and objid = 4712 and not granted)",
        )
        .fetch_one(&mut self.database)
        .await
        .expect("the locks")
    }

    async fn number(&mut self, query: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(&mut self.database).await.expect(query)
    }

    /// An order as the shop places it.
    async fn order(&mut self) -> String {
        sqlx::query_scalar(AssertSqlSafe(format!(
            "insert into bundle_order (id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent, total,
                                       validity_months, method, created_at)
             select gen_random_uuid(), m.customer_id, next_order_number(2026), m.id, b.id, 1, 60, 138000, 21, 166980, 12, 'card',
                    '2026-11-23T08:00:00+01:00'
             from login l join member m on m.id = l.member_id, (select id from bundle order by minutes limit 1) b
             where l.email = '{BUYER}' returning number"
        )))
        .fetch_one(&mut self.database)
        .await
        .expect("an order")
    }

    async fn open_way(&self, number: &str, way: &str) -> Option<String> {
        let request = self.portal.site.request(reqwest::Method::GET, &format!("/bundles/orders/{number}/{way}"));
        let answer = self.portal.site.send(request.header("cookie", &self.cookie)).await.ok()?;
        answer.location
    }

    /// Lets a step run until it is through or waits; tells whether it waits.
    async fn stops<T>(&mut self, step: impl Future<Output = T>) -> (bool, Option<T>) {
        tokio::pin!(step);
        loop {
            tokio::select! {
                biased;
                done = &mut step => return (false, Some(done)),
                () = tokio::task::yield_now() => {}
            }
            if self.waits().await {
                return (true, None);
            }
        }
    }

    async fn die_and_rise(&mut self, kill: &impl Fn(&Portal)) {
        kill(&self.portal);
        let portal = Self::start(&self.data, &self.sandbox).await;
        // The old connection held the lock that the dead server's transaction waited for; it ends with it.
        self.database = connect(&portal).await;
        self.portal = portal;
        self.disarm().await;
        loop {
            let busy = "select count(*) from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
                              and state <> 'idle' and query not ilike '%graphile%'";
            if self.number(busy).await == 0 {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Grants, entries of the ledger, tax documents, lines of the history of a payment.
    async fn traces(&mut self, number: &str) -> (bool, i64, i64, i64, i64) {
        sqlx::query_as(AssertSqlSafe(format!(
            "select o.paid_at is not null,
                    (select count(*) from minute_grant where source = 'order:' || o.id),
                    (select count(*) from ledger_entry e join minute_grant g on g.id = e.grant_id
                     where g.source = 'order:' || o.id),
                    (select count(*) from tax_document where order_id = o.id),
                    (select count(*) from order_event where order_id = o.id and kind in ('paid', 'credited'))
             from bundle_order o where number = '{number}'"
        )))
        .fetch_one(&mut self.database)
        .await
        .expect("the traces")
    }
}

const NOTHING: (bool, i64, i64, i64, i64) = (false, 0, 0, 0, 0);
const DONE: (bool, i64, i64, i64, i64) = (true, 1, 1, 1, 2);

async fn survives_everywhere(kill: impl Fn(&Portal)) {
    let mut street = Street::open().await;
    street.run(STEPS).await;
    let (mut stop_at, mut at_commit) = (1, false);
    loop {
        let number = street.order().await;
        street.arm(stop_at, at_commit).await;
        let was_stopped = purchase(&mut street, &number, &kill).await;
        if !was_stopped {
            street.disarm().await;
        }

        // Whatever happened, the customer comes back from paying.
        let before = street.traces(&number).await;
        assert!(before == NOTHING || before == DONE, "all or nothing at step {stop_at}: {before:?}");
        assert!(street.open_way(&number, "return").await.is_some(), "at step {stop_at}");
        assert_eq!(street.traces(&number).await, DONE, "one effect at step {stop_at}");
        match (was_stopped, at_commit) {
            (true, false) => stop_at += 1,
            (false, false) => at_commit = true,
            (stopped, true) => {
                assert!(stopped, "the commit was waited for too");
                break;
            }
        }
    }
    assert!(stop_at > 10, "a purchase takes more than {stop_at} statements");
    println!("killed before each of {} statements and before the commit", stop_at - 1);
    let gaps = "select count(*) from (
                    select number::bigint - row_number() over (partition by kind order by number) as rest, kind from tax_document
                ) s group by kind having count(distinct rest) > 1";
    let gaps: Vec<i64> = sqlx::query_scalar(gaps).fetch_all(&mut street.database).await.expect("the numbers");
    assert_eq!(gaps, Vec::<i64>::new(), "documents are numbered without a gap");
    let faults: Vec<String> = sqlx::query_scalar("select fault from ledger_faults()")
        .fetch_all(&mut street.database)
        .await
        .expect("the check");
    assert_eq!(faults, Vec::<String>::new());
}

/// To the checkout page, paying there, and the message about it; the portal dies where it is stopped. Tells whether it was.
async fn purchase(street: &mut Street, number: &str, kill: &impl Fn(&Portal)) -> bool {
    let (portal, cookie) = (street.portal.clone(), street.cookie.clone());
    let pay = format!("/bundles/orders/{number}/pay");
    let way = async move {
        let request = portal.site.request(reqwest::Method::GET, &pay).header("cookie", cookie);
        portal.site.send(request).await.ok().and_then(|answer| answer.location)
    };
    let (mut was_stopped, there) = street.stops(way).await;
    let there = match there {
        Some(there) => there,
        None => {
            street.die_and_rise(kill).await;
            street.open_way(number, "pay").await
        }
    };
    let there = there.expect("the way to the checkout page");
    let session =
        there.strip_prefix(&format!("{}/pay/", street.sandbox.origin())).expect("the sandbox's page").to_owned();
    street.sandbox.pay(&session).expect("paid");

    let sandbox = street.sandbox.clone();
    let (stopped, _) = street.stops(async move { sandbox.release(Order::Reversed).await }).await;
    was_stopped |= stopped;
    if stopped {
        street.die_and_rise(kill).await;
        return true;
    }
    // The job goes on by itself, until it is through or stopped.
    loop {
        if street.waits().await {
            street.die_and_rise(kill).await;
            return true;
        }
        let handled = format!(
            "select count(*) from bundle_order o
             where number = '{number}' and paid_at is not null and exists (
                 select 1 from stripe_event e where e.state = 'done' and e.payload #>> '{{data,object,id}}' = o.checkout_session)"
        );
        if street.number(&handled).await == 1 {
            return was_stopped;
        }
        tokio::task::yield_now().await;
    }
}

async fn connect(portal: &Portal) -> PgConnection {
    PgConnection::connect_with(&portal.database()).await.expect("the private database")
}
