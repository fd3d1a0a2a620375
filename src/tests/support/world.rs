//! A small world: a line that works as seeded, customers, members, technicians, orders.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, LoginId, MemberId, OutageId, ProgramId, RequestId, StaffId, WorkTypeId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        ordering::{
            drafts::{HeldSlot, Subject, TypedWish},
            outages::{OutageForm, OutageWords},
            pages::WhatChoice,
            requests::RequestDetails,
            urgency::UrgencyClaim,
        },
        people::members::{Capabilities, Capability, StaffRole},
        problem::Problem,
    },
    server::{
        app::{App, AppSettings, LastKnownLine},
        ares::Ares,
        auth::{Caller, Orderer, Person, Proof, Session, Technician, passwords::Passwords, tokens::Token},
        certificates::Certificates,
        clock::Clock,
        db::{Db, people::sessions},
        files::Files,
        imap::Imap,
        jobs,
        live::Live,
        mail::{Mailer, Transport},
        metrics::Metrics,
        oidc::Oidc,
        payments::Payments,
        push::{Pusher, SmsGateway},
        random::Random,
        reach::{Lookup, Reach},
        service::ordering::{
            drafts,
            outages::{self, TypedOutage},
        },
        statements::Statements,
        teamviewer::Teamviewer,
        webhooks::{self, Webhooks},
    },
};
use sqlx::{
    AssertSqlSafe, PgPool, Postgres,
    postgres::{PgArguments, PgPoolOptions},
    query,
    query::{Query, QueryScalar},
    query_scalar,
};
use uuid::Uuid;

use super::ending::{self, Declared};

/// Monday 23 November 2026, 8:00 in Prague: an ordinary working day.
pub const MONDAY_8: &str = "2026-11-23T08:00:00+01:00";

/// Where the portal is reached, as mails say it.
pub const BASE_URL: &str = "https://linka.example.com";

/// Lets everybody have as much as they want of everything.
pub const WITHOUT_LIMITS: &str =
    "update line_limit set future_appointments = 100000, waiting_requests = 100000, unpaid_purchases = 100000,
         purchases_per_day = 100000, downloads = 100000, drafts = 100000, holds = 100000, holds_per_hour = 100000,
         messages_per_hour = 100000, writes_per_minute = 100000,
         open_outages = 100000, outage_messages = 100000, attachment_megabytes = 100000";

/// Who sells, confirmed; where one calls, and what it costs.
const VENDOR: &str = "
    alter table supplier disable trigger zz_audit;
    alter table line_region disable trigger zz_audit;
    alter table bundle disable trigger zz_audit;
    alter table line_setting disable trigger zz_audit;
    insert into supplier
    (name, street, city, postal_code, ico, dic, register, email, bank, account, iban, bic, confirmed_at)
    values ('Linka software s.r.o.', 'Klatovská třída 12', 'Plzeň', '301 00', '12345679', 'CZ12345679',
            'Krajský soud v Plzni, oddíl C, vložka 1234', 'fakturace@linka.example', 'Česká spořitelna',
            '19-2000145399/0800', 'CZ6508000000192000145399', 'GIBACZPX', '2026-01-01');
    insert into line_region (name, phone, position, postal_prefixes) values
        ('Jihozápad', '377 457 977', 1, '{3}'), ('Morava', '377 462 201', 2, '{6,7}'),
        ('Severovýchod', '377 462 520', 3, '{4,5}');
    insert into bundle (id, minutes, price, validity_months, position) overriding system value values
        (1, 60, 138000, 12, 1), (2, 120, 264000, 12, 2), (3, 300, 630000, 12, 3), (4, 600, 1200000, 18, 4);
    update line_setting set list_rate_per_minute = 2500;
    alter table supplier enable trigger zz_audit;
    alter table line_region enable trigger zz_audit;
    alter table bundle enable trigger zz_audit;
    alter table line_setting enable trigger zz_audit";

/// An instant as it is written.
pub fn at(rfc3339: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(rfc3339).expect("an instant").to_utc()
}

/// A fresh database with a line and nothing else. Where it ends, its account adds up and its queue is done.
pub struct World {
    pub app: App,
    pub program: ProgramId,
    /// Sixty minutes, not plannable.
    pub repair: WorkTypeId,
    /// Sixty minutes, plannable.
    pub repricing: WorkTypeId,
    /// What it is left with, where that is not nothing.
    pub ends_with: Declared,
}

impl Drop for World {
    fn drop(&mut self) {
        // A test that fails has said why.
        if !std::thread::panicking() {
            ending::check(&self.app, &self.ends_with);
        }
    }
}

/// A customer with one member who may do everything.
pub struct Place {
    pub customer: CustomerId,
    pub boss: Caller,
}

/// Work that is under way, and whose it is.
pub struct Work {
    pub number: RequestNumber,
    pub technician: Technician,
}

/// Technician n of a crew works on requests n, n + 10, n + 20 … one after the other.
const WORK_UNDER_WAY: &str = "
    with technician as (
        select id, row_number() over (order by id) - 1 as place from staff where name = $5),
    job as (
        select n, gen_random_uuid() as request, t.id as technician,
               $6::timestamptz - ((n / 10 + 1) * $8 + 60) * interval '1 minute' as start
        from generate_series(0, $7::bigint - 1) n join technician t on t.place = n % 10),
    request as (
        insert into service_request (id, customer_id, member_id, number, state, program_id, work_type_id, urgency,
            what_happened, contact_name, contact_phone, ready, created_at, submitted_at)
        select request, $1, $2, next_request_number(2026), 'in_progress', $3, $4,
            'normal', 'Nejde tisk stravenek.', 'Jana', '+420601234567', true, start, start from job
        returning id, number),
    intervention as (
        insert into intervention (customer_id, request_id, ordinal, state, started_at, minimum_minutes,
            rate_per_minute, vat_percent)
        select $1, j.request, 1, 'open', j.start, 20, 2500, 21 from job j join request r on r.id = j.request
        returning id, request_id),
    appointment as (
        insert into appointment (customer_id, request_id, technician_id, during, urgency, state, intervention_id)
        select $1, j.request, j.technician,
               tstzrange(j.start, j.start + $8::bigint * interval '1 minute'), 'normal', 'running', i.id
        from job j join intervention i on i.request_id = j.request
        returning id),
    segment as (
        insert into time_segment (customer_id, intervention_id, technician_id, kind, started_at, ended_at,
            forgotten_from)
        select $1, i.id, j.technician, 'work', j.start, j.start + $8 * interval '1 minute', 'infinity'
        from job j join intervention i on i.request_id = j.request
        returning id)
    select r.number, j.technician from job j join request r on r.id = j.request order by j.n";

impl World {
    pub async fn new(pool: PgPool) -> Self {
        let mut world = Self::empty(pool).await;
        world.sql("insert into skill values ('programs', 'Programy')").await;
        world.program = ProgramId(world.id("insert into program (name) values ('Sklad') returning id").await);
        world.repair = world.work_type("Oprava", false).await;
        world.repricing = world.work_type("Přecenění", true).await;
        world
    }

    /// A fresh database in which there is nothing but what the migrations seed, and a vendor with prices.
    pub async fn empty(pool: PgPool) -> Self {
        let world = Self::bare(pool).await;
        sqlx::raw_sql(VENDOR).execute(world.app.db.pool()).await.expect("a vendor");
        world
    }

    /// A database as the first start of a server finds it.
    pub async fn bare(pool: PgPool) -> Self {
        // The pool that a test is given is too small for a race.
        let pool = PgPoolOptions::new()
            .max_connections(24)
            .connect_with((*pool.connect_options()).clone())
            .await
            .expect("the test's database");
        jobs::migrate(&pool).await.expect("the queue");
        let app = App {
            db: Db::from_pool(pool),
            clock: Clock::manual(at(MONDAY_8)),
            random: Random::System,
            passwords: Passwords::default(),
            mail: Mailer::new(Transport::None, "Linka <linka@example.com>".parse().expect("a sender"), BASE_URL),
            imap: Imap::default(),
            files: Files::new(None),
            push: Pusher::new(Reach::Public).expect("TLS"),
            sms: SmsGateway::default(),
            ares: Ares::default(),
            oidc: Oidc::default(),
            payments: Payments::off(),
            statements: Statements::default(),
            teamviewer: Teamviewer::default(),
            webhooks: Webhooks::new(Reach::Public, Lookup::System, webhooks::PATIENCE).expect("TLS"),
            live: Live::default(),
            metrics: Metrics::default(),
            certificates: Certificates::default(),
            line: LastKnownLine::default(),
            settings: Arc::new(AppSettings { https: false, demo: true, behind_proxy: false, proxy_header: None }),
        };
        Self {
            app,
            program: ProgramId(0),
            repair: WorkTypeId(0),
            repricing: WorkTypeId(0),
            ends_with: Declared::default(),
        }
    }

    /// The same world seen by a second server whose clock shows something else.
    pub fn with_clock(&self, clock: Clock) -> App {
        App { clock, ..self.app.clone() }
    }

    /// Runs a statement as the database's owner, past all row-level-security policies.
    pub async fn sql(&self, statement: &str) {
        query(AssertSqlSafe(statement)).execute(self.app.db.pool()).await.expect(statement);
    }

    /// Asks for one number as the database's owner.
    pub async fn id(&self, query: &str) -> i64 {
        query_scalar(AssertSqlSafe(query)).fetch_one(self.app.db.pool()).await.expect(query)
    }

    /// Runs a statement with its values as the database's owner.
    async fn run(&self, statement: Query<'static, Postgres, PgArguments>) {
        statement.execute(self.app.db.pool()).await.expect("a statement");
    }

    /// Runs a statement with its values that gives one number.
    async fn number(&self, statement: QueryScalar<'static, Postgres, i64, PgArguments>) -> i64 {
        statement.fetch_one(self.app.db.pool()).await.expect("a number")
    }

    async fn work_type(&self, name: &'static str, plannable: bool) -> WorkTypeId {
        let insert = "insert into work_type (name, minutes_from, minutes_to, slot_minutes, plannable, skill)
                      values ($1, 20, 45, 60, $2, 'programs') returning id";
        WorkTypeId(self.number(query_scalar(insert).bind(name).bind(plannable)).await)
    }

    /// Technicians who work on every weekday between two local times.
    pub async fn technicians(&self, count: usize, from: &str, to: &str) {
        let plan =
            "insert into working_plan select $1, day, $2::text::time, $3::text::time from generate_series(1, 5) day";
        for number in 0..count {
            let StaffId(id) = self.staff_member(format!("T{number}"), StaffRole::Technician).await;
            self.run(query("insert into technician_skill values ($1, 'programs')").bind(id)).await;
            self.run(query(plan).bind(id).bind(from.to_owned()).bind(to.to_owned())).await;
        }
    }

    async fn staff_member(&self, name: String, role: StaffRole) -> StaffId {
        let insert = "insert into staff (name, roles) values ($1, array[$2]) returning id";
        StaffId(self.number(query_scalar(insert).bind(name).bind(role.code())).await)
    }

    /// Everybody may book everything: a race counts places, not shares of a day.
    pub async fn without_reserve(&self) {
        self.sql("update line_setting set urgent_reserve_percent = 0").await;
        self.without_limits().await;
    }

    /// Nobody meets a limit: what is tried has nothing to do with them.
    pub async fn without_limits(&self) {
        self.sql(WITHOUT_LIMITS).await;
    }

    /// A customer who runs the program.
    pub async fn place(&self, name: &str) -> Place {
        let ico = format!("{:08}", self.id("select count(*) + 1 from customer").await);
        let insert = "insert into customer (name, ico, street, city, postal_code, created_at)
                      values ($1, $2, 'Školní 1', 'Plzeň', '301 00', $3) returning id";
        let insert = query_scalar(insert).bind(name.to_owned()).bind(ico).bind(at(MONDAY_8));
        let customer = CustomerId(self.number(insert).await);
        self.run(query("insert into licence values ($1, $2)").bind(customer.0).bind(self.program.0)).await;
        let boss = self.member(customer, Capabilities::all()).await;
        Place { customer, boss }
    }

    /// A member with these capabilities.
    pub async fn member(&self, customer: CustomerId, capabilities: Capabilities) -> Caller {
        let codes: Vec<&str> = capabilities.iter().map(Capability::code).collect();
        let insert =
            "insert into member (customer_id, name, capabilities) values ($1, 'Jana Nováková', $2) returning id";
        let id = MemberId(self.number(query_scalar(insert).bind(customer.0).bind(codes)).await);
        let login = self.login(format!("member{id}@example.com"), Some(id), None).await;
        self.caller(
            login,
            Person::Member {
                id, name: "Jana Nováková".into(), customer, customer_name: "Škola".into(), capabilities
            },
        )
    }

    /// A person of the vendor.
    pub async fn staff(&self, role: StaffRole) -> Caller {
        let id = self.staff_member("Z".into(), role).await;
        let login = self.login(format!("staff{id}@example.com"), None, Some(id)).await;
        self.caller(login, Person::Staff { id, name: "Z".into(), roles: role.into() })
    }

    /// Not a hash of any password: these people sign in by a session that the test makes.
    async fn login(&self, email: String, member: Option<MemberId>, staff: Option<StaffId>) -> LoginId {
        let insert =
            "insert into login (email, password_hash, member_id, staff_id) values ($1, '$argon2id$none', $2, $3)
                      returning id";
        let insert = query_scalar(insert).bind(email).bind(member.map(|id| id.0)).bind(staff.map(|id| id.0));
        LoginId(self.number(insert).await)
    }

    fn caller(&self, login: LoginId, person: Person) -> Caller {
        Caller(Some(Session { id: self.app.random.uuid(), login, email: String::new(), person, proof: Proof::WHOLE }))
    }

    /// A session for a caller, as its cookie.
    pub async fn cookie(&self, caller: &Caller) -> String {
        let session = caller.session().expect("a signed-in person");
        let token = Token::new(&self.app.random);
        let mut tx = self.app.db.system().await.expect("a transaction");
        let now = self.app.clock.now();
        sessions::insert(&mut tx, token.hash(), session.id, session.login, (token.hash(), "test"), now)
            .await
            .expect("a session");
        tx.commit().await.expect("a commit");
        format!("linka={}", token.to_hex())
    }

    /// An order filled in up to the choice of a time.
    pub async fn order(&self, orderer: &Orderer, urgency: Urgency) -> RequestId {
        self.order_for(orderer, self.repair, urgency).await.expect("an order")
    }

    /// An order of a kind of work, filled in up to the choice of a time.
    pub async fn order_for(
        &self,
        orderer: &Orderer,
        work_type: WorkTypeId,
        urgency: Urgency,
    ) -> Result<RequestId, Problem> {
        let id = RequestId(self.app.random.uuid());
        drafts::save_wish(&self.app, orderer, id, &self.wish(work_type, urgency)).await?;
        Ok(id)
    }

    /// The first screen of an order that has not begun.
    pub async fn new_order(&self, orderer: &Orderer) -> WhatChoice {
        let id = RequestId(self.app.random.uuid());
        drafts::new_order(&self.app, orderer, Some(id)).await.expect("the page")
    }

    /// What is typed on the first screen.
    pub fn wish(&self, work_type: WorkTypeId, urgency: Urgency) -> TypedWish {
        let subject = Subject { program: self.program, work_type };
        TypedWish { subject: subject.to_string(), details: details(), urgency: Some(urgency), claim: claim() }
    }

    /// Picks a slot and confirms it.
    pub async fn book(
        &self,
        orderer: &Orderer,
        order: RequestId,
        start: DateTime<Utc>,
    ) -> Result<RequestNumber, Problem> {
        self.pick(orderer, order, start).await?;
        drafts::confirm(&self.app, orderer, order, "").await
    }

    /// Picks a slot.
    pub async fn pick(&self, orderer: &Orderer, order: RequestId, start: DateTime<Utc>) -> Result<HeldSlot, Problem> {
        drafts::pick_slot(&self.app, orderer, order, Some(start)).await
    }

    /// The starts on offer for an order.
    pub async fn starts(&self, orderer: &Orderer, order: RequestId) -> Vec<DateTime<Utc>> {
        let choice = drafts::time_choice(&self.app, orderer, order, None).await.expect("offers");
        choice.offers.iter().map(|offer| offer.slot.start).collect()
    }

    /// Work that is under way: so many requests of a customer, each with an appointment of its own, an open intervention and
    /// one ended segment of `minutes`. All of it began before [`MONDAY_8`].
    pub async fn work_under_way(&self, place: &Place, count: i64, minutes: i64) -> Vec<Work> {
        let member = place.boss.member().expect("a member").id();
        // Technicians of their own: nobody works on two things at a time.
        let crew = format!("W{}", self.id("select count(*) from staff").await);
        self.run(
            query("insert into staff (name, roles) select $1, '{technician}' from generate_series(1, 10)")
                .bind(crew.clone()),
        )
        .await;
        let rows: Vec<(String, i64)> = sqlx::query_as(WORK_UNDER_WAY)
            .bind(place.customer.0)
            .bind(member.0)
            .bind(self.program.0)
            .bind(self.repair.0)
            .bind(crew)
            .bind(at(MONDAY_8))
            .bind(count)
            .bind(minutes)
            .fetch_all(self.app.db.pool())
            .await
            .expect("work under way");
        rows.into_iter()
            .map(|(number, technician)| Work {
                number: number.parse().expect("a number"),
                technician: self.technician(StaffId(technician)),
            })
            .collect()
    }

    /// Agrees another time from now on for a request that waits, as dispatch would.
    pub async fn agree_again(&self, number: RequestNumber, technician: &Technician) {
        let insert = "insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
                      select customer_id, id, $1, tstzrange($2, $2 + interval '1 hour'), urgency, 'confirmed'
                      from service_request where number = $3";
        let number = number.to_string();
        self.run(query(insert).bind(technician.id().0).bind(self.app.clock.now()).bind(number.clone())).await;
        self.run(query("update service_request set state = 'scheduled' where number = $1").bind(number)).await;
    }

    /// The proof that this technician is asking.
    pub fn technician(&self, id: StaffId) -> Technician {
        let person = Person::Staff { id, name: "T".into(), roles: StaffRole::Technician.into() };
        self.caller(LoginId(0), person).technician().expect("a technician")
    }

    /// The technician of a request's agreed time.
    pub async fn technician_of(&self, number: RequestNumber) -> Technician {
        let select = "select a.technician_id from appointment a join service_request r on r.id = a.request_id
                      where r.number = $1 and a.state in ('confirmed', 'running')";
        let id = self.number(query_scalar(select).bind(number.to_string())).await;
        self.technician(StaffId(id))
    }

    /// A contract from the beginning of 2026 on, with so many minutes in each quarter.
    pub async fn contract(&self, customer: CustomerId, minutes: u32) -> i64 {
        let insert =
            "insert into contract (customer_id, number, tier, valid, minutes_per_period, period, rate_per_minute,
                                            urgent_rate_per_minute)
                      values ($1, 'SLS-' || $1, 'standard', daterange('2026-01-01', null), $2, 'quarter', 2200, 2800)
                      returning id";
        self.number(query_scalar(insert).bind(customer.0).bind(i64::from(minutes))).await
    }

    /// An outage of the program for the last hour.
    pub async fn outage(&self, name: &str) -> OutageId {
        let desk = self.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
        let (id, now) = (OutageId(self.app.random.uuid()), self.app.clock.now());
        let words = OutageWords {
            name: Bilingual { cs: name.to_owned(), en: "It does not start".to_owned() },
            text: Bilingual { cs: "Pracujeme na opravě.".to_owned(), en: "We are working on it.".to_owned() },
            began_at: now - TimeDelta::hours(1),
        };
        let typed = TypedOutage {
            program: Some(self.program),
            work_type: Some(self.repair),
            form: OutageForm::from(&words),
            ..TypedOutage::default()
        };
        outages::open(&self.app, &desk, id, &typed).await.expect("an outage");
        id
    }

    /// An address at which a customer's program was told something in vain.
    pub async fn webhook(&self, customer: CustomerId) -> Uuid {
        let id = self.app.random.uuid();
        let told = "insert into webhook_endpoint (id, customer_id, url, kinds, secret, made_at)
                    values ($1, $2, 'https://erp.example.com/linka', '{request.moved}', sha256('x'), $3)";
        self.run(query(told).bind(id).bind(customer.0).bind(at(MONDAY_8))).await;
        let told =
            "with m as (insert into webhook_message (customer_id, endpoint_id, kind, cause, at, data, state, due_at)
                               values ($2, $1, 'request.moved', 'event 0', $3, '{}', 'failed', $3) returning id)
                    insert into webhook_try (message_id, ordinal, customer_id, at, status, answer, trouble)
                    select id, 1, $2, $3, 500, 'Nejde to.', '' from m";
        self.run(query(told).bind(id).bind(customer.0).bind(at(MONDAY_8))).await;
        id
    }

    /// A bundle of minutes that was paid at the beginning of November 2026.
    pub async fn bundle(&self, customer: CustomerId, minutes: u32, expires: &str) -> i64 {
        let insert =
            "insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at)
                      values ($1, 'bundle', $2, '2026-11-01T00:00:00+01:00', $3, gen_random_uuid()::text,
                              '2026-11-01T00:00:00+01:00') returning id";
        self.number(query_scalar(insert).bind(customer.0).bind(i64::from(minutes)).bind(at(expires))).await
    }

    /// What the database's own check finds wrong with the account of minutes.
    pub async fn ledger_faults(&self) -> Vec<String> {
        query_scalar("select fault from ledger_faults()")
            .fetch_all(self.app.db.pool())
            .await
            .expect("the check of the ledger")
    }

    /// How many appointments have a state.
    pub async fn count(&self, state: &str) -> i64 {
        self.number(query_scalar("select count(*) from appointment where state = $1").bind(state.to_owned())).await
    }

    /// How many pairs of appointments of one technician overlap. The constraint is not asked.
    pub async fn overlaps(&self) -> i64 {
        self.id("select count(*) from appointment a join appointment b
             on a.id < b.id and a.technician_id = b.technician_id and a.during && b.during
             where a.state in ('held', 'confirmed', 'running') and b.state in ('held', 'confirmed', 'running')")
            .await
    }

    /// How many deadlocks the database has seen.
    pub async fn deadlocks(&self) -> i64 {
        self.sql("select pg_stat_force_next_flush()").await;
        self.id("select deadlocks from pg_stat_database where datname = current_database()").await
    }
}

/// What a customer writes.
pub fn details() -> RequestDetails {
    RequestDetails {
        what_happened: "Program hlásí chybu při uzávěrce.".into(),
        contact_name: "Petr Dvořák".into(),
        contact_phone: "601 234 567".into(),
    }
}

pub fn claim() -> UrgencyClaim {
    UrgencyClaim { what_stopped: "Nemůžeme vydávat obědy.".into(), since: "od rána".into() }
}
