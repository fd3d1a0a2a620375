//! Kills between every two statements of a purchase: by card, from the form to the minutes, and by transfer, from the form to the
//! bank's statement; of the server alone, and of every process of its private database. Stripe, which is the sandbox in this
//! process, lives on. Afterwards no purchase is paid without minutes, none has them twice, and documents are numbered without a gap.

use std::{net::Ipv4Addr, os::unix::fs::PermissionsExt, sync::Arc};

use linka::server::{
    clock::Clock,
    payments::sandbox::{Order, Sandbox, SandboxArgs},
    random::Random,
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::held;
use crate::support::{Answer, Portal, WITHOUT_LIMITS, at, some_of, steps};

const BUYER: &str = "jidelna@zs-horni.example";
const MANAGER: &str = "vedouci@linka.example";
const LOCK: i64 = 4_712;

/// Makes the `stop_at`-th writing statement of a purchase wait, its commits included; only those of one table, if one is named.
const STEPS: &str = "
    create table crash_plan (stop_at bigint not null, of_table text);
    insert into crash_plan values (0, null);
    create sequence crash_step;
    -- The demonstration's own documents and purchases, of which nobody was told.
    create table demo_document as select id from tax_document;
    create table demo_purchase as select id from purchase;
    create function crash_pause() returns trigger language plpgsql security definer as $$
    declare plan crash_plan;
    begin
        select * into plan from crash_plan;
        if current_setting('role') in ('linka_member', 'linka_staff', 'linka_system')
           and coalesce(plan.of_table, tg_table_name) = tg_table_name then
            if nextval('crash_step') = plan.stop_at then
                perform pg_advisory_xact_lock(4712);
            end if;
        end if;
        return new;
    end $$;
    do $$
    declare name text;
    begin
        foreach name in array array['purchase', 'purchase_event', 'stripe_event', 'tax_document', 'document_series',
                                    'bank_statement', 'bank_payment'] loop
            execute format('create trigger crash_step before insert or update on %I
                            for each statement execute function crash_pause()', name);
        end loop;
        -- The upkeep writes to these as well; what is meant is the purchase's.
        create trigger crash_step before insert on minute_grant
            for each row when (new.source like 'order:%') execute function crash_pause();
        create trigger crash_step before insert on ledger_entry
            for each row when (new.kind = 'grant') execute function crash_pause();
        create trigger crash_step before insert on mail
            for each row when (new.key like 'document:%') execute function crash_pause();
        create trigger crash_step before insert on graphile_worker._private_jobs
            for each row when (new.key ~ '^(start_checkout|handle_stripe_event|print_document):')
            execute function crash_pause();
        -- Whatever changes a purchase says so in its history.
        foreach name in array array['purchase_event', 'stripe_event'] loop
            execute format('create constraint trigger crash_commit after insert on %I deferrable initially deferred
                            for each row execute function crash_pause()', name);
        end loop;
    end $$";

/// How a purchase is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Card,
    Transfer,
    /// By transfer, with the minutes at once.
    TransferTrusted,
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_server_between_any_two_statements_of_a_purchase_by_card_loses_and_doubles_nothing() {
    survives_everywhere(Way::Card, Portal::kill_server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_database_between_any_two_statements_of_a_purchase_by_card_loses_and_doubles_nothing() {
    survives_everywhere(Way::Card, kill_all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_server_between_any_two_statements_of_a_purchase_by_transfer_loses_and_doubles_nothing() {
    survives_everywhere(Way::Transfer, Portal::kill_server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_database_between_any_two_statements_of_a_purchase_by_transfer_loses_and_doubles_nothing() {
    survives_everywhere(Way::Transfer, kill_all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_database_between_any_two_statements_of_a_trusted_purchase_loses_and_doubles_nothing() {
    survives_everywhere(Way::TransferTrusted, kill_all).await;
}

/// How the portal dies.
type Kill = fn(&Portal);

fn kill_all(portal: &Portal) {
    portal.kill_database();
    portal.kill_server();
}

/// The portal that dies, and the sandbox that does not.
struct Street {
    data: TempDir,
    sandbox: Sandbox,
    portal: Arc<Portal>,
    database: PgConnection,
    buyer: String,
    manager: String,
}

/// What the shop's form sends, and what the bank tells later.
#[derive(Clone)]
struct Purchase {
    id: Uuid,
    way: Way,
    bundle: i64,
    total: i64,
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
            random: Random::System,
        })
        .await
        .expect("a free port");
        sandbox.set_faults(held());
        let portal = Self::start(&data, &sandbox).await;
        let (buyer, manager) = (portal.sign_in(BUYER).await, portal.sign_in(MANAGER).await);
        let database = connect(&portal).await;
        let mut street = Self { data, sandbox, portal, database, buyer, manager };
        street.run(STEPS).await;
        street.run(WITHOUT_LIMITS).await;
        street
    }

    async fn start(data: &TempDir, sandbox: &Sandbox) -> Arc<Portal> {
        // The way back is a parameter of what Stripe is asked for: it must not change with the port of each start.
        let environment = [("LINKA_SANDBOX_URL", sandbox.origin()), ("LINKA_URL", "http://linka.example.com")];
        let portal = Portal::start_with(data.path(), &environment).await;
        sandbox.deliver_to(&format!("{}/webhooks/stripe", portal.site.origin));
        Arc::new(portal)
    }

    async fn run(&mut self, statements: &str) {
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut self.database).await.expect(statements);
    }

    async fn arm(&mut self, stop_at: i64, of_table: Option<&str>) {
        let of_table = of_table.map_or("null".to_owned(), |table| format!("'{table}'"));
        self.run(&format!("update crash_plan set stop_at = {stop_at}, of_table = {of_table}")).await;
        self.run("alter sequence crash_step restart").await;
        self.run(&format!("select pg_advisory_lock({LOCK})")).await;
    }

    async fn disarm(&mut self) {
        self.run("update crash_plan set stop_at = 0").await;
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

    async fn text(&mut self, query: &str) -> String {
        sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(&mut self.database).await.expect(query)
    }

    /// The smallest bundle as it is on sale, to be bought once.
    async fn purchase(&mut self, id: Uuid, way: Way) -> Purchase {
        let (bundle, total) = sqlx::query_as(
            "select b.id, b.price * (100 + vat_percent_on(current_date))::bigint / 100 from bundle b order by b.minutes limit 1",
        )
        .fetch_one(&mut self.database)
        .await
        .expect("a bundle");
        Purchase { id, way, bundle, total }
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

    /// Does a step; nothing when the portal was stopped in it, died and rose again.
    async fn attempt<T>(&mut self, kill: &impl Fn(&Portal), step: impl Future<Output = Option<T>>) -> Option<T> {
        let (was_stopped, done) = self.stops(step).await;
        if was_stopped {
            self.die_and_rise(kill).await;
            return None;
        }
        Some(done.flatten().expect("an answer"))
    }

    /// What must be so after the portal died: the purchase is in one of these states.
    async fn assert_all_or_nothing(&mut self, purchase: &Purchase, states: &[Traces]) {
        let found = self.traces(purchase).await;
        assert!(states.contains(&found), "all or nothing: {found:?}");
        self.assert_sound().await;
    }

    /// What there is of a purchase.
    async fn traces(&mut self, purchase: &Purchase) -> Traces {
        let id = purchase.id;
        sqlx::query_as(AssertSqlSafe(format!(
            "select (select count(*) from purchase where id = '{id}'),
                    (select count(*) from tax_document where purchase_id = '{id}' and kind = 'proforma'),
                    (select count(*) from purchase where id = '{id}' and paid_at is not null),
                    (select count(*) from minute_grant where source = 'order:{id}'),
                    (select count(*) from ledger_entry e join minute_grant g on g.id = e.grant_id
                     where g.source = 'order:{id}'),
                    (select count(*) from tax_document where purchase_id = '{id}' and kind <> 'proforma'),
                    (select count(*) from purchase_event where purchase_id = '{id}' and kind = 'paid'),
                    (select count(*) from purchase_event where purchase_id = '{id}' and kind = 'credited')"
        )))
        .fetch_one(&mut self.database)
        .await
        .expect("the traces")
    }

    /// What must be so whatever happened, of all purchases and documents that there are.
    async fn assert_sound(&mut self) {
        let torn = "select count(*) from purchase p
                    where p.paid_at is not null and p.id not in (select id from demo_purchase)
                      and ((select count(*) from minute_grant where source = 'order:' || p.id) <> 1
                           or (select count(*) from tax_document d
                               where d.purchase_id = p.id and d.kind in ('payment', 'invoice')) <> 1)";
        assert_eq!(self.number(torn).await, 0, "paid without minutes or a document, or with either twice");
        let untold = "select count(*) from tax_document d
                      where not exists (select 1 from mail m where m.key like 'document:' || d.id || ':%')
                        and d.id not in (select id from demo_document)";
        assert_eq!(self.number(untold).await, 0, "a document of which nobody is told");
        let gaps = "select count(*) from document_series s
                    where s.last <> (select count(*) from tax_document d where (d.kind, d.year) = (s.kind, s.year))
                       or s.last <> (select max(d.serial) from tax_document d where (d.kind, d.year) = (s.kind, s.year))";
        assert_eq!(self.number(gaps).await, 0, "documents are numbered without a gap");
        let faults: Vec<String> = sqlx::query_scalar("select fault from ledger_faults()")
            .fetch_all(&mut self.database)
            .await
            .expect("the check");
        assert_eq!(faults, Vec::<String>::new());
    }
}

/// Purchases, proformas, paid purchases, grants, entries of the ledger, other documents, lines of the history: paid, credited.
type Traces = (i64, i64, i64, i64, i64, i64, i64, i64);
const NOTHING: Traces = (0, 0, 0, 0, 0, 0, 0, 0);

impl Way {
    /// The only states in which a purchase may ever be found: not placed, placed, paid.
    fn states(self) -> [Traces; 3] {
        match self {
            Self::Card => [NOTHING, (1, 0, 0, 0, 0, 0, 0, 0), (1, 0, 1, 1, 1, 1, 1, 1)],
            Self::Transfer => [NOTHING, (1, 1, 0, 0, 0, 0, 0, 0), (1, 1, 1, 1, 1, 1, 1, 1)],
            Self::TransferTrusted => [NOTHING, (1, 0, 0, 1, 1, 1, 0, 1), (1, 0, 1, 1, 1, 1, 1, 1)],
        }
    }
}

/// Sends the shop's form; gives the purchase's number.
async fn place(portal: &Portal, cookie: &str, purchase: &Purchase) -> Option<String> {
    let (id, bundle, total) = (purchase.id.to_string(), purchase.bundle.to_string(), purchase.total.to_string());
    let method = if purchase.way == Way::Card { "card" } else { "transfer" };
    let fields =
        [("id", id.as_str()), ("bundle", &bundle), ("quantity", "1"), ("method", method), ("total", total.as_str())];
    let page = format!("/bundles/{bundle}/purchase");
    let answer = portal.site.try_post("/api/bundles/purchase", cookie, &page, &fields).await.ok()?;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let location = answer.location.expect("a location");
    Some(location.strip_prefix("/bundles/purchases/").expect("the purchase").trim_end_matches("/pay").to_owned())
}

async fn open_way(portal: &Portal, cookie: &str, number: &str, way: &str) -> Option<String> {
    let request = portal.site.request(reqwest::Method::GET, &format!("/bundles/purchases/{number}/{way}"));
    portal.site.send(request.header("cookie", cookie)).await.ok()?.location
}

/// Imports the statement that tells of the payment.
async fn import(portal: &Portal, cookie: &str, file: &str) -> Option<Answer> {
    let fields = [("file", file), ("file_name", "vypis.csv")];
    let answer = portal.site.try_post("/api/sales/import", cookie, "/sales/bank", &fields).await.ok()?;
    assert_eq!(answer.status, 303, "{}", answer.body);
    Some(answer)
}

async fn survives_everywhere(way: Way, kill: impl Fn(&Portal)) {
    let mut street = Street::open().await;
    let trusted = way == Way::TransferTrusted;
    street
        .run(&format!(
            "update customer set trusted = {trusted} from login l join member m on m.id = l.member_id
             where l.email = '{BUYER}' and customer.id = m.customer_id"
        ))
        .await;
    let states = way.states();
    for stop_at in steps(5) {
        let purchase = street.purchase(Uuid::from_u128(u128::from(stop_at.unsigned_abs())), way).await;
        street.arm(stop_at, None).await;
        let was_stopped = match way {
            Way::Card => by_card(&mut street, &purchase, &kill).await,
            Way::Transfer | Way::TransferTrusted => by_transfer(&mut street, &purchase, &kill).await,
        };
        assert_eq!(street.traces(&purchase).await, states[2], "one effect at step {stop_at}");
        street.assert_sound().await;
        if !was_stopped {
            println!("{way:?}: killed before statements and commits up to {}", stop_at - 1);
            assert!(stop_at > 15, "a purchase takes more than {stop_at} statements");
            break;
        }
    }
}

/// Places the purchase, and again when the portal died meanwhile. Tells whether it did.
async fn ordered(street: &mut Street, purchase: &Purchase, kill: &impl Fn(&Portal)) -> (bool, String) {
    let (portal, cookie) = (street.portal.clone(), street.buyer.clone());
    if let Some(number) = street.attempt(kill, place(&portal, &cookie, purchase)).await {
        return (false, number);
    }
    street.assert_all_or_nothing(purchase, &purchase.way.states()[..2]).await;
    (true, place(&street.portal, &cookie, purchase).await.expect("a purchase"))
}

/// By the form, to the checkout page, paying there, and the message about it; the portal dies where it is stopped. Tells whether
/// it was.
async fn by_card(street: &mut Street, purchase: &Purchase, kill: &impl Fn(&Portal)) -> bool {
    let (mut was_stopped, number) = ordered(street, purchase, kill).await;
    let (portal, cookie) = (street.portal.clone(), street.buyer.clone());
    let there = match street.attempt(kill, open_way(&portal, &cookie, &number, "pay")).await {
        Some(there) => there,
        None => {
            was_stopped = true;
            open_way(&street.portal, &cookie, &number, "pay").await.expect("the way after the restart")
        }
    };
    let session =
        there.strip_prefix(&format!("{}/pay/", street.sandbox.origin())).expect("the sandbox's page").to_owned();
    street.sandbox.pay(&session).expect("paid");

    let sandbox = street.sandbox.clone();
    let (stopped, _) = street.stops(sandbox.release(Order::Reversed)).await;
    if stopped || goes_on_and_stops(street, purchase).await {
        street.die_and_rise(kill).await;
        was_stopped = true;
    }
    street.disarm().await;
    street.assert_all_or_nothing(purchase, &purchase.way.states()[1..]).await;
    // Whatever happened, the customer comes back from paying.
    open_way(&street.portal, &cookie, &number, "return").await.expect("the way back");
    was_stopped
}

/// Waits while the job goes on by itself; tells whether it is stopped before it is through.
async fn goes_on_and_stops(street: &mut Street, purchase: &Purchase) -> bool {
    let handled = format!(
        "select count(*) from purchase p
         where id = '{}' and paid_at is not null and exists (
             select 1 from stripe_event e where e.state = 'done' and e.payload #>> '{{data,object,id}}' = p.checkout_session)",
        purchase.id
    );
    loop {
        if street.waits().await {
            return true;
        }
        if street.number(&handled).await == 1 {
            // It may have been stopped since.
            return street.waits().await;
        }
        tokio::task::yield_now().await;
    }
}

/// By the form and by a statement of the bank; the portal dies where it is stopped. Tells whether it was.
async fn by_transfer(street: &mut Street, purchase: &Purchase, kill: &impl Fn(&Portal)) -> bool {
    let (mut was_stopped, _) = ordered(street, purchase, kill).await;
    let asking = format!("select number from tax_document where purchase_id = '{}' order by id limit 1", purchase.id);
    let symbol = street.text(&asking).await;
    let (crowns, rest) = (purchase.total / 100, purchase.total % 100);
    let file = hex::encode(format!("Datum;Objem;Měna;VS\n23.11.2026;{crowns},{rest:02};CZK;{symbol}\n"));
    let (portal, cookie) = (street.portal.clone(), street.manager.clone());
    if street.attempt(kill, import(&portal, &cookie, &file)).await.is_none() {
        street.assert_all_or_nothing(purchase, &purchase.way.states()[1..]).await;
        was_stopped = true;
    }
    street.disarm().await;
    // Whatever happened, the same file is imported again.
    import(&street.portal, &cookie, &file).await.expect("an import");
    was_stopped
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_amid_twenty_purchases_at_once_leaves_no_gap_in_the_numbers_of_their_documents() {
    let mut street = Street::open().await;
    let mut placed = 0;
    let rounds: [(u128, Kill, i64); 4] =
        [(0, Portal::kill_server, 1), (1, kill_all, 8), (2, kill_all, 14), (3, Portal::kill_server, 20)];
    // The first one, some in between, and the last one hold the series when they die.
    for &(round, kill, stop) in some_of(&rounds, 0) {
        let mut purchases = Vec::new();
        for nth in 0..20 {
            purchases.push(street.purchase(Uuid::from_u128(round * 100 + nth + 1), Way::Transfer).await);
        }
        street.arm(stop, Some("tax_document")).await;
        let mut forms = JoinSet::new();
        for purchase in purchases.clone() {
            let (portal, cookie) = (street.portal.clone(), street.buyer.clone());
            forms.spawn(async move { place(&portal, &cookie, &purchase).await });
        }
        let (was_stopped, _) = street.stops(std::future::pending::<()>()).await;
        assert!(was_stopped);
        street.die_and_rise(&kill).await;
        forms.join_all().await;
        street.assert_sound().await;
        for purchase in purchases {
            let found = street.traces(&purchase).await;
            assert!(Way::Transfer.states()[..2].contains(&found), "all or nothing: {found:?}");
            let (portal, cookie) = (street.portal.clone(), street.buyer.clone());
            place(&portal, &cookie, &purchase).await.expect("a purchase");
        }
        placed += 20;
        let all = "select count(*) from purchase where id not in (select id from demo_purchase)";
        assert_eq!(street.number(all).await, placed);
        street.assert_sound().await;
    }
}

async fn connect(portal: &Portal) -> PgConnection {
    PgConnection::connect_with(&portal.database()).await.expect("the private database")
}
