//! Databases for seasons: one with the schema, a vendor and its customers, in which nothing has happened, and copies of it.

use anyhow::{Context, ensure};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use sqlx::{
    AssertSqlSafe, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{outside::Outside, people::People};
use crate::{
    model::{
        base::{calendar::midnight, ids::CustomerId, seen::Seen},
        money::supplier::SupplierForm,
        people::{
            customers::Address,
            members::{Capabilities, Capability, MemberForm, StaffRole},
            staff::StaffForm,
        },
    },
    server::{
        app::App,
        auth::Manager,
        clock::Clock,
        db::{Db, MIGRATIONS},
        dice::Dice,
        jobs,
        random::Random,
        service::{
            money::supplier,
            ordering::imports,
            people::{members, staff},
        },
        sheets::SourceFile,
    },
};

/// How a connection works that nobody else waits for: what is lost with the machine is thrown away in the end, and no plan is compiled, as
/// on no connection of the portal's.
const OPTIONS: [(&str, &str); 2] = [("synchronous_commit", "off"), ("jit", "off")];
/// How many statements a connection remembers: those of all use cases, as one connection does nearly all of them.
const STATEMENTS: usize = 2_000;

/// How many connections a season has: one acts at a time, but some use cases need two, and jobs some more.
const CONNECTIONS: u32 = 6;

/// Bytes of a database's name that are kept of the one that it stands beside: PostgreSQL cuts off what is longer than 63.
const NAME_KEPT: usize = 38;

/// A database that is copied for each season.
pub(super) struct Ground {
    beside: PgPool,
    options: PgConnectOptions,
    name: String,
    begins: NaiveDate,
}

impl Ground {
    /// Makes it beside another one.
    pub async fn lay(beside: &PgConnectOptions, seed: u64, broken: Option<&str>) -> anyhow::Result<Self> {
        let own = beside.get_database().unwrap_or_else(|| beside.get_username()).to_owned();
        let name = format!("{}_season_{}", &own[own.len().saturating_sub(NAME_KEPT)..], std::process::id());
        let options = beside.clone().options(OPTIONS).statement_cache_capacity(STATEMENTS);
        let beside = PgPoolOptions::new().max_connections(1).connect_with(beside.clone()).await?;
        let ground = Self { beside, options, name, begins: begins(seed) };
        ground.make(&ground.name, "template1").await?;
        let laid = Box::pin(ground.furnish(broken)).await.context("the ground of the simulation");
        if laid.is_err() {
            ground.unmake(&ground.name).await?;
        }
        laid.map(|()| ground)
    }

    /// Midnight of the first day.
    pub fn begins(&self) -> DateTime<Utc> {
        midnight(self.begins)
    }

    /// The first day.
    pub fn first_day(&self) -> NaiveDate {
        self.begins
    }

    async fn furnish(&self, broken: Option<&str>) -> anyhow::Result<()> {
        let pool = self.reach(&self.name).await?;
        let furnished = async {
            MIGRATIONS.run(&pool).await?;
            jobs::migrate(&pool).await?;
            let clock = Clock::manual(self.begins() - TimeDelta::days(3));
            let app = Outside::none(Db::from_pool(pool.clone()), clock, Random::seeded(0))?;
            Box::pin(move_in(&app)).await?;
            if let Some(broken) = broken {
                sqlx::raw_sql(AssertSqlSafe(broken)).execute(&pool).await.context("what is to be broken")?;
            }
            Ok(())
        };
        let furnished = furnished.await;
        pool.close().await;
        furnished
    }

    /// A copy in which a season can be played; the one before is dropped.
    pub async fn copy(&self) -> anyhow::Result<Db> {
        let name = self.copied();
        self.make(&name, &self.name).await?;
        Ok(Db::from_pool(self.reach(&name).await?))
    }

    /// Drops all that was made.
    pub async fn drop(self) -> anyhow::Result<()> {
        self.unmake(&self.copied()).await?;
        self.unmake(&self.name).await?;
        self.beside.close().await;
        Ok(())
    }

    fn copied(&self) -> String {
        format!("{}_run", self.name)
    }

    async fn reach(&self, name: &str) -> anyhow::Result<PgPool> {
        let options = self.options.clone().database(name);
        Ok(PgPoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false).connect_with(options).await?)
    }

    async fn make(&self, name: &str, like: &str) -> anyhow::Result<()> {
        self.unmake(name).await?;
        let create = format!(r#"create database "{name}" template "{like}""#);
        sqlx::query(AssertSqlSafe(create)).execute(&self.beside).await?;
        Ok(())
    }

    async fn unmake(&self, name: &str) -> anyhow::Result<()> {
        let drop = format!(r#"drop database if exists "{name}" with (force)"#);
        sqlx::query(AssertSqlSafe(drop)).execute(&self.beside).await?;
        Ok(())
    }
}

/// The first day: a Monday of one of two years, so that the turns of years and of summer time have their turn.
fn begins(seed: u64) -> NaiveDate {
    let weeks = Dice(seed ^ 0x0BE6_1257).below(104);
    let first = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap_or_default();
    let begins = first + Days::new(7 * u64::try_from(weeks).unwrap_or(0));
    debug_assert_eq!(begins.weekday(), Weekday::Mon);
    begins
}

macro_rules! examples {
    ($($file:literal)+) => {
        [$( (concat!($file, ".csv"), include_str!(concat!("../../../examples/import/", $file, ".csv"))) ),+]
    };
}

/// Who and what there is, as any vendor takes it over.
const TABLES: [(&str, &str); 11] = examples!["regions" "skills" "programs" "work_types" "technicians" "plans" "prices" "bundles" "customers"
                                     "licences" "contracts"];

/// A vendor comes in, as it does: the first manager from the server, who says what the company is and takes its tables over.
async fn move_in(app: &App) -> anyhow::Result<()> {
    let person = |name: &str, email: &str, role: StaffRole| StaffForm {
        name: name.to_owned(),
        email: email.to_owned(),
        roles: role.into(),
        ..StaffForm::default()
    };
    staff::add(app, None, &person("Olga Vaňková", "vedouci@linka.example", StaffRole::Manager)).await?;
    let manager = People::manager(app).await?;
    let dispatcher = person("Dana Tichá", "dispecer@linka.example", StaffRole::Dispatcher);
    staff::invite(app, &manager, &dispatcher).await?;
    supplier::save(app, &manager, &company(), &Seen::default()).await?;
    let files = TABLES.iter().map(|(name, text)| SourceFile { name: (*name).to_owned(), bytes: (*text).into() });
    let report = imports::import(app, Some(manager.id()), &files.collect::<Vec<_>>(), false).await?;
    ensure!(report.problems.is_empty(), "{:?}", report.problems);
    invite(app, &manager).await
}

fn company() -> SupplierForm {
    SupplierForm {
        name: "Linka software s.r.o.".to_owned(),
        ico: "12345679".to_owned(),
        address: Address {
            street: "Klatovská třída 12".to_owned(),
            city: "Plzeň".to_owned(),
            postal_code: "301 00".to_owned(),
            dic: "CZ12345679".to_owned(),
        },
        register: "Krajský soud v Plzni, oddíl C, vložka 1234".to_owned(),
        email: "fakturace@linka.example".to_owned(),
        account: "19-2000145399/0800".to_owned(),
        confirmed: true,
        ..SupplierForm::default()
    }
}

/// Two people of each customer: one who may do everything, and one who orders.
async fn invite(app: &App, manager: &Manager) -> anyhow::Result<()> {
    let customers: Vec<i64> =
        sqlx::query_scalar("select id from customer order by external_key").fetch_all(app.db.pool()).await?;
    for (place, customer) in (1..).zip(customers) {
        for (nth, name, may) in [
            (2 * place - 1, "Jitka Malá", Capabilities::all()),
            (2 * place, "Petr Vlk", [Capability::Order].into_iter().collect()),
        ] {
            let form = MemberForm {
                name: name.to_owned(),
                phone: format!("601 234 5{nth:02}"),
                email: address_of(nth),
                capabilities: may,
                signs_in: true,
                ..MemberForm::default()
            };
            members::add(app, manager, CustomerId(customer), &form, app.random.uuid()).await?;
        }
    }
    Ok(())
}

/// How many people of customers there are.
pub(super) const MEMBERS: i64 = 20;

/// The address of one of them, counted from 1.
pub(super) fn address_of(nth: i64) -> String {
    format!("osoba{nth}@zakaznik{}.example", (nth + 1) / 2)
}
