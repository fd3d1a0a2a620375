//! A small world: a line that works as seeded, customers, members, technicians, orders.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use linka::{
    model::{
        base::{
            ids::{CustomerId, LoginId, MemberId, ProgramId, RequestId, StaffId, WorkTypeId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        ordering::{drafts::HeldSlot, requests::RequestDetails, urgency::UrgencyClaim},
        people::members::{Capabilities, Capability, StaffRole},
        problem::Problem,
    },
    server::{
        app::{App, AppSettings},
        auth::{Caller, Orderer, Person, Session, Technician, passwords::Passwords, tokens::Token},
        clock::Clock,
        db::{Db, people::sessions},
        jobs,
        mail::{Mailer, Transport},
        payments::Payments,
        random::Random,
        service::ordering::drafts,
    },
};
use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};

/// Monday 23 November 2026, 8:00 in Prague: an ordinary working day.
pub const MONDAY_8: &str = "2026-11-23T08:00:00+01:00";

/// Where the portal is reached, as mails say it.
pub const BASE_URL: &str = "https://linka.example.com";

/// An instant as it is written.
pub fn at(rfc3339: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(rfc3339).expect("an instant").to_utc()
}

/// A fresh database with a line and nothing else.
pub struct World {
    pub app: App,
    pub program: ProgramId,
    /// Sixty minutes, not plannable.
    pub repair: WorkTypeId,
    /// Sixty minutes, plannable.
    pub repricing: WorkTypeId,
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

impl World {
    pub async fn new(pool: PgPool) -> Self {
        let mut world = Self::empty(pool).await;
        world.sql("insert into skill values ('programs', 'Programy')").await;
        world.program = ProgramId(world.id("insert into program (name) values ('Sklad') returning id").await);
        world.repair = WorkTypeId(world.id(&work_type("Oprava", false)).await);
        world.repricing = WorkTypeId(world.id(&work_type("Přecenění", true)).await);
        world
    }

    /// A fresh database in which there is nothing but what the migrations seed.
    pub async fn empty(pool: PgPool) -> Self {
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
            random: Random,
            passwords: Passwords::default(),
            mail: Mailer::new(Transport::None, "Linka <linka@example.com>".parse().expect("a sender"), BASE_URL),
            payments: Payments::off(),
            settings: Arc::new(AppSettings { https: false, demo: true, behind_proxy: false }),
        };
        Self { app, program: ProgramId(0), repair: WorkTypeId(0), repricing: WorkTypeId(0) }
    }

    /// The same world seen by a second server whose clock shows something else.
    pub fn with_clock(&self, clock: Clock) -> App {
        App { clock, ..self.app.clone() }
    }

    /// Runs a statement as the database's owner, past all row-level-security policies.
    pub async fn sql(&self, statement: &str) {
        sqlx::query(AssertSqlSafe(statement)).execute(self.app.db.pool()).await.expect(statement);
    }

    /// Asks for one number as the database's owner.
    pub async fn id(&self, query: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(self.app.db.pool()).await.expect(query)
    }

    /// Technicians who work on every weekday between two local times.
    pub async fn technicians(&self, count: usize, from: &str, to: &str) {
        for number in 0..count {
            let id = self
                .id(&format!("insert into staff (name, role) values ('T{number}', 'technician') returning id"))
                .await;
            self.sql(&format!("insert into technician_skill values ({id}, 'programs')")).await;
            self.sql(&format!(
                "insert into working_plan select {id}, day, '{from}', '{to}' from generate_series(1, 5) day"
            ))
            .await;
        }
    }

    /// Everybody may book everything: a race counts places, not shares of a day.
    pub async fn without_reserve(&self) {
        self.sql("update line_setting set urgent_reserve_percent = 0, max_holds = 1000").await;
    }

    /// A customer who runs the program.
    pub async fn place(&self, name: &str) -> Place {
        let ico = format!("{:08}", self.id("select count(*) + 1 from customer").await);
        let customer = CustomerId(
            self.id(&format!(
                "insert into customer (name, ico, created_at) values ('{name}', '{ico}', '{MONDAY_8}') returning id"
            ))
            .await,
        );
        self.sql(&format!("insert into licence values ({customer}, {})", self.program)).await;
        let boss = self.member(customer, Capabilities::all()).await;
        Place { customer, boss }
    }

    /// A member with these capabilities.
    pub async fn member(&self, customer: CustomerId, capabilities: Capabilities) -> Caller {
        let codes: Vec<&str> = capabilities.iter().map(Capability::code).collect();
        let id = self
            .id(&format!(
                "insert into member (customer_id, name, capabilities) values ({customer}, 'Jana Nováková', '{{{}}}')
                 returning id",
                codes.join(",")
            ))
            .await;
        let login = self.login(&format!("member{id}@example.com"), "member_id", id).await;
        self.caller(
            login,
            Person::Member {
                id: MemberId(id),
                name: "Jana Nováková".into(),
                customer,
                customer_name: "Škola".into(),
                capabilities,
            },
        )
    }

    /// A person of the vendor.
    pub async fn staff(&self, role: StaffRole) -> Caller {
        let id = self.id(&format!("insert into staff (name, role) values ('Z', '{role}') returning id")).await;
        let login = self.login(&format!("staff{id}@example.com"), "staff_id", id).await;
        self.caller(login, Person::Staff { id: StaffId(id), name: "Z".into(), role })
    }

    async fn login(&self, email: &str, column: &str, id: i64) -> LoginId {
        // Not a hash of any password: these people sign in by a session that the test makes.
        LoginId(
            self.id(&format!(
                "insert into login (email, password_hash, {column}) values ('{email}', '$argon2id$none', {id})
                 returning id"
            ))
            .await,
        )
    }

    fn caller(&self, login: LoginId, person: Person) -> Caller {
        Caller(Some(Session { id: self.app.random.uuid(), login, email: String::new(), person }))
    }

    /// A session for a caller, as its cookie.
    pub async fn cookie(&self, caller: &Caller) -> String {
        let session = caller.session().expect("a signed-in person");
        let token = Token::new(&self.app.random);
        let mut tx = self.app.db.system().await.expect("a transaction");
        let now = self.app.clock.now();
        sessions::insert(&mut tx, token.hash(), session.id, session.login, "test", now).await.expect("a session");
        tx.commit().await.expect("a commit");
        format!("linka={}", token.to_cookie())
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
        drafts::choose_program(&self.app, orderer, id, Some(self.program)).await?;
        drafts::choose_work_type(&self.app, orderer, id, Some(work_type)).await?;
        drafts::save_details(&self.app, orderer, id, details()).await?;
        drafts::choose_urgency(&self.app, orderer, id, Some(urgency), claim()).await?;
        Ok(id)
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
        let choice = drafts::time_choice(&self.app, orderer, order).await.expect("offers");
        choice.offers.iter().map(|offer| offer.slot.start).collect()
    }

    /// Work that is under way: so many requests of a customer, each with an appointment of its own, an open intervention and
    /// one ended segment of `minutes`. All of it began before [`MONDAY_8`].
    pub async fn work_under_way(&self, place: &Place, count: i64, minutes: i64) -> Vec<Work> {
        let member = place.boss.member().expect("a member").id();
        let customer = place.customer;
        let (program, work_type) = (self.program, self.repair);
        let technicians = 10;
        // Technicians of their own: nobody works on two things at a time.
        let crew = self.id("select count(*) from staff").await;
        self.sql(&format!(
            "insert into staff (name, role) select 'W{crew}', 'technician' from generate_series(1, {technicians})"
        ))
        .await;
        // Technician n works on requests n, n + 10, n + 20 … one after the other.
        let rows: Vec<(String, i64)> = sqlx::query_as(AssertSqlSafe(format!(
            "with technician as (
                 select id, row_number() over (order by id) - 1 as place from staff where name = 'W{crew}'),
             job as (
                 select n, gen_random_uuid() as request, t.id as technician,
                        '{MONDAY_8}'::timestamptz - ((n / {technicians} + 1) * {minutes} + 60) * interval '1 minute' as start
                 from generate_series(0, {count} - 1) n join technician t on t.place = n % {technicians}),
             request as (
                 insert into service_request (id, customer_id, member_id, number, state, program_id, work_type_id, urgency,
                     what_happened, contact_name, contact_phone, ready, created_at, submitted_at)
                 select request, {customer}, {member}, next_request_number(2026), 'in_progress', {program}, {work_type},
                     'normal', 'Nejde tisk stravenek.', 'Jana', '+420601234567', true, start, start from job
                 returning id, number),
             intervention as (
                 insert into intervention (customer_id, request_id, ordinal, state, started_at, minimum_minutes,
                     rate_per_minute, vat_percent)
                 select {customer}, j.request, 1, 'open', j.start, 20, 2500, 21 from job j join request r on r.id = j.request
                 returning id, request_id),
             appointment as (
                 insert into appointment (customer_id, request_id, technician_id, during, urgency, state, intervention_id)
                 select {customer}, j.request, j.technician,
                        tstzrange(j.start, j.start + {minutes} * interval '1 minute'), 'normal', 'running', i.id
                 from job j join intervention i on i.request_id = j.request
                 returning id),
             segment as (
                 insert into time_segment (customer_id, intervention_id, technician_id, kind, started_at, ended_at)
                 select {customer}, i.id, j.technician, 'work', j.start, j.start + {minutes} * interval '1 minute'
                 from job j join intervention i on i.request_id = j.request
                 returning id)
             select r.number, j.technician from job j join request r on r.id = j.request order by j.n"
        )))
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
        let (technician, now) = (technician.id(), self.app.clock.now().to_rfc3339());
        self.sql(&format!(
            "insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             select customer_id, id, {technician},
                    tstzrange('{now}'::timestamptz, '{now}'::timestamptz + interval '1 hour'), urgency, 'confirmed'
             from service_request where number = '{number}'"
        ))
        .await;
        self.sql(&format!("update service_request set state = 'scheduled' where number = '{number}'")).await;
    }

    /// The proof that this technician is asking.
    pub fn technician(&self, id: StaffId) -> Technician {
        let person = Person::Staff { id, name: "T".into(), role: StaffRole::Technician };
        self.caller(LoginId(0), person).technician().expect("a technician")
    }

    /// The technician of a request's agreed time.
    pub async fn technician_of(&self, number: RequestNumber) -> Technician {
        let id = self
            .id(&format!(
                "select a.technician_id from appointment a join service_request r on r.id = a.request_id
                 where r.number = '{number}' and a.state in ('confirmed', 'running')"
            ))
            .await;
        self.technician(StaffId(id))
    }

    /// A contract from the beginning of 2026 on, with so many minutes in each quarter.
    pub async fn contract(&self, customer: CustomerId, minutes: u32) -> i64 {
        self.id(&format!(
            "insert into contract (customer_id, number, tier, valid, minutes_per_period, period, rate_per_minute,
                                   urgent_rate_per_minute)
             values ({customer}, 'SLS-{customer}', 'standard', daterange('2026-01-01', null), {minutes}, 'quarter', 2200,
                     2800) returning id"
        ))
        .await
    }

    /// A bundle of minutes that was paid at the beginning of November 2026.
    pub async fn bundle(&self, customer: CustomerId, minutes: u32, expires: &str) -> i64 {
        self.id(&format!(
            "insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at)
             values ({customer}, 'bundle', {minutes}, '2026-11-01T00:00:00+01:00', '{expires}', gen_random_uuid()::text,
                     '2026-11-01T00:00:00+01:00') returning id"
        ))
        .await
    }

    /// What the database's own check finds wrong with the account of minutes.
    pub async fn ledger_faults(&self) -> Vec<String> {
        sqlx::query_scalar("select fault from ledger_faults()")
            .fetch_all(self.app.db.pool())
            .await
            .expect("the check of the ledger")
    }

    /// How many appointments have a state.
    pub async fn count(&self, state: &str) -> i64 {
        self.id(&format!("select count(*) from appointment where state = '{state}'")).await
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
        ready: true,
    }
}

fn claim() -> UrgencyClaim {
    UrgencyClaim { what_stopped: "Nemůžeme vydávat obědy.".into(), since: "od rána".into() }
}

fn work_type(name: &str, plannable: bool) -> String {
    format!(
        "insert into work_type (name, minutes_from, minutes_to, slot_minutes, plannable, skill)
         values ('{name}', 20, 45, 60, {plannable}, 'programs') returning id"
    )
}
