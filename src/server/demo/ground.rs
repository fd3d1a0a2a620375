//! What the history stands on: the catalogue, people, plans, and the requests with their first appointments.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Datelike, NaiveTime, Utc};
use sqlx::postgres::types::PgRange;
use uuid::Uuid;

use super::{
    catalogue::{BUNDLES, LIST_RATE, PROGRAMS, REGIONS, SKILLS, SUPPLIER, WORK_TYPES},
    people::{CUSTOMERS, DemoStaff, MEMBERS, STAFF, technicians},
    plan::{Job, Plan, Visit},
};
use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, from_local, to_local},
            ids::{CustomerId, LoginId, MemberId, StaffId},
        },
        money::tax_documents::{Party, Supplier},
        people::members::{Capabilities, Capability, StaffRole},
    },
    server::{
        app::App,
        auth::{Caller, Person, Session},
        db::{Tx, line::catalogue, money::supplier as suppliers, people::sessions},
    },
};

/// Whether the demo is loaded to its end.
pub(super) async fn is_complete(tx: &mut Tx) -> anyhow::Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from login where email = $1) as "is_there!""#,
        MEMBERS.iter().find_map(|member| member.email)
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// When a load of the demo began, if one did.
pub(super) async fn begun_at(tx: &mut Tx) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(sqlx::query_scalar!("select created_at from customer where ico = $1", CUSTOMERS[0].ico)
        .fetch_optional(&mut **tx)
        .await?)
}

pub(super) async fn has_customers(tx: &mut Tx) -> anyhow::Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select 1 from customer) as "has_customers!""#)
        .fetch_one(&mut **tx)
        .await?)
}

/// One day on which the whole line is away.
pub(super) async fn close_a_day(tx: &mut Tx, now: DateTime<Utc>) -> anyhow::Result<()> {
    let calendar = catalogue::settings(tx, now).await?.calendar([]);
    let date = calendar.add_working_days(to_local(now).date(), 12);
    sqlx::query!("insert into closure (date, reason) values ($1, 'Celofiremní porada')", date)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Writes down everything but what the history brings about.
pub(super) async fn lay(tx: &mut Tx, plan: &Plan) -> anyhow::Result<()> {
    lists(tx).await?;
    prices(tx).await?;
    supplier(tx, plan.now).await?;
    customers(tx, plan.now).await?;
    staff(tx).await?;
    let cast = Cast::of(tx).await?;
    let calendar = super::calendar(tx).await?;
    exceptions(tx, &cast, &calendar, plan.now).await?;
    for job in &plan.jobs {
        request(tx, &cast, job).await?;
    }
    Ok(())
}

async fn lists(tx: &mut Tx) -> anyhow::Result<()> {
    for (name, english) in PROGRAMS {
        sqlx::query!("insert into program (name, name_en) values ($1, $2)", name, english).execute(&mut **tx).await?;
    }
    for (code, name, english) in SKILLS {
        sqlx::query!("insert into skill (code, name, name_en) values ($1, $2, $3)", code, name, english)
            .execute(&mut **tx)
            .await?;
    }
    for work in WORK_TYPES {
        sqlx::query!(
            "insert into work_type (name, description, minutes_from, minutes_to, slot_minutes, plannable, skill, choice,
                 name_en, description_en)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            work.name.0,
            work.description.0,
            work.minutes.0,
            work.minutes.1,
            work.slot,
            work.plannable,
            work.skill,
            work.choice,
            work.name.1,
            work.description.1
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Where one calls and what it costs. A demo from before these were its own has them already.
async fn prices(tx: &mut Tx) -> anyhow::Result<()> {
    for (position, (name, phone, prefixes)) in (1..).zip(REGIONS) {
        let prefixes: Vec<String> = prefixes.iter().map(ToString::to_string).collect();
        sqlx::query!(
            "insert into line_region (name, phone, position, postal_prefixes) values ($1, $2, $3, $4)
             on conflict (name) do nothing",
            name,
            phone,
            position,
            &prefixes
        )
        .execute(&mut **tx)
        .await?;
    }
    for (position, (minutes, price, months)) in (1..).zip(BUNDLES) {
        sqlx::query!(
            "insert into bundle (id, minutes, price, validity_months, position) overriding system value
             values ($5, $1, $2, $3, $4) on conflict (id) do nothing",
            minutes,
            price,
            months,
            position,
            i64::from(position)
        )
        .execute(&mut **tx)
        .await?;
    }
    sqlx::query!("update line_setting set list_rate_per_minute = $1", LIST_RATE).execute(&mut **tx).await?;
    Ok(())
}

/// Who sells is confirmed by the first minute of the demo.
async fn supplier(tx: &mut Tx, now: DateTime<Utc>) -> anyhow::Result<()> {
    let [name, street, city, postal_code, ico, dic, register, email, bank, account, iban, bic] =
        SUPPLIER.map(ToOwned::to_owned);
    let party = Party { name, street, city, postal_code, ico, dic };
    let supplier = Supplier { party, register, email, bank, account, iban, bic };
    Ok(suppliers::save(tx, &supplier, Some(now)).await?)
}

async fn customers(tx: &mut Tx, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut ids = Vec::new();
    for customer in CUSTOMERS {
        let id = sqlx::query_scalar!(
            "insert into customer (name, ico, created_at, street, city, postal_code, dic)
             values ($1, $2, $3, $4, $5, $6, $7) returning id",
            customer.name,
            customer.ico,
            now,
            customer.street,
            customer.city,
            customer.postal_code,
            customer.dic
        )
        .fetch_one(&mut **tx)
        .await?;
        let programs: Vec<String> = customer.programs.iter().map(ToString::to_string).collect();
        sqlx::query!(
            "insert into licence (customer_id, program_id) select $1, id from program where name = any ($2)",
            id,
            &programs
        )
        .execute(&mut **tx)
        .await?;
        ids.push(id);
    }
    for member in MEMBERS {
        let capabilities: Vec<String> = member.capabilities.iter().map(ToString::to_string).collect();
        sqlx::query!(
            "insert into member (customer_id, name, phone, capabilities) values ($1, $2, $3, $4)",
            ids[member.customer],
            member.name,
            member.phone,
            &capabilities
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

async fn staff(tx: &mut Tx) -> anyhow::Result<()> {
    for person in STAFF {
        let id = sqlx::query_scalar!(
            "insert into staff (name, roles) values ($1, $2) returning id",
            person.name,
            &person.roles.iter().map(ToString::to_string).collect::<Vec<_>>()
        )
        .fetch_one(&mut **tx)
        .await?;
        working_plan(tx, id, person).await?;
    }
    Ok(())
}

async fn working_plan(tx: &mut Tx, technician: i64, person: &DemoStaff) -> anyhow::Result<()> {
    for skill in person.skills {
        sqlx::query!("insert into technician_skill (technician_id, skill) values ($1, $2)", technician, skill)
            .execute(&mut **tx)
            .await?;
    }
    for (starts, ends) in person.day {
        sqlx::query!(
            "insert into working_plan (technician_id, weekday, starts, ends)
             select $1, weekday, $2, $3 from generate_series(1, 5) weekday",
            technician,
            starts.parse::<NaiveTime>()?,
            ends.parse::<NaiveTime>()?
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// A doctor's visit in the middle of a day, and a day of leave.
async fn exceptions(tx: &mut Tx, cast: &Cast, calendar: &BusinessCalendar, now: DateTime<Utc>) -> anyhow::Result<()> {
    let today = to_local(now).date();
    for (technician, days, from, to, note) in [(0, 2, "09:00", "11:00", "lékař"), (3, 5, "07:00", "15:30", "dovolená")]
    {
        let date = calendar.add_working_days(today, days);
        let during = PgRange::from(from_local(date, from.parse()?)..from_local(date, to.parse()?));
        sqlx::query!(
            "insert into plan_exception (technician_id, during, kind, note) values ($1, $2, 'off', $3)",
            cast.technicians[technician].0,
            during,
            note
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// A request as it was sent, its first time agreed.
async fn request(tx: &mut Tx, cast: &Cast, job: &Job) -> anyhow::Result<()> {
    let work = &WORK_TYPES[job.work_type];
    let member = &MEMBERS[job.member];
    sqlx::query!(
        "insert into service_request (id, customer_id, member_id, number, state, source, program_id, work_type_id,
             urgency, what_stopped, stopped_since, what_happened, contact_name, contact_phone, ready, created_at,
             submitted_at)
         values ($1, $2, $3, next_request_number($4), 'scheduled', 'portal',
             (select id from program where name = $5), (select id from work_type where name = $6),
             $7, $8, $9, $10, $11, $12, true, $13, $13)",
        job.request,
        cast.customers[member.customer].0,
        cast.members[job.member].0,
        // Numbers begin with 2025.
        to_local(job.ordered_at).year().max(2025),
        job.program,
        work.name.0,
        urgency(job),
        job.is_urgent.then_some("Nemůžeme vydávat obědy."),
        job.is_urgent.then_some("od rána"),
        work.story,
        member.name,
        member.phone,
        job.ordered_at
    )
    .execute(&mut **tx)
    .await?;
    event(tx, cast, job, "ordered", job.ordered_at, None).await?;
    let first = job.visits.first().context("a request without an appointment")?;
    agree(tx, cast, job, first, job.ordered_at).await
}

/// Agrees a time of a request.
pub(super) async fn agree(tx: &mut Tx, cast: &Cast, job: &Job, visit: &Visit, at: DateTime<Utc>) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
         values ($1, $2, $3, $4, $5, 'confirmed')",
        cast.customers[MEMBERS[job.member].customer].0,
        job.request,
        cast.technicians[visit.technician].0,
        PgRange::from(visit.start..visit.end),
        urgency(job)
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("update service_request set state = 'scheduled' where id = $1", job.request)
        .execute(&mut **tx)
        .await?;
    event(tx, cast, job, "confirmed", at, Some(visit)).await
}

async fn event(
    tx: &mut Tx,
    cast: &Cast,
    job: &Job,
    kind: &str,
    at: DateTime<Utc>,
    visit: Option<&Visit>,
) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into request_event (customer_id, request_id, at, kind, member_id, starts_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        cast.customers[MEMBERS[job.member].customer].0,
        job.request,
        at,
        kind,
        cast.members[job.member].0,
        visit.map(|visit| visit.start),
        visit.map(|visit| visit.end)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn urgency(job: &Job) -> &'static str {
    if job.is_urgent { "urgent" } else { "normal" }
}

/// Lets everybody in who has an address. With that the demo is complete.
pub(super) async fn open_doors(app: &App, cast: &Cast, hash: &str) -> anyhow::Result<()> {
    let mut tx = app.db.system().await?;
    let members = MEMBERS.iter().zip(&cast.members).map(|(member, id)| (member.email, Some(id.0), None));
    let staff = STAFF.iter().zip(&cast.staff).map(|(person, id)| (Some(person.email), None, Some(id.0)));
    for (email, member, staff) in members.chain(staff) {
        if let Some(email) = email {
            sqlx::query!(
                "insert into login (email, password_hash, member_id, staff_id) values ($1, $2, $3, $4)",
                email,
                hash,
                member,
                staff
            )
            .execute(&mut *tx)
            .await?;
        }
    }
    let now = app.clock.now();
    sessions::sweep(&mut tx, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The people as the database knows them, in the order of their lists.
pub(super) struct Cast {
    pub customers: Vec<CustomerId>,
    pub members: Vec<MemberId>,
    pub staff: Vec<StaffId>,
    pub technicians: Vec<StaffId>,
}

impl Cast {
    pub async fn of(tx: &mut Tx) -> anyhow::Result<Self> {
        let customers: HashMap<String, i64> =
            sqlx::query!(r#"select ico as "ico!", id from customer where ico is not null"#)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(|row| (row.ico, row.id))
                .collect();
        let members: HashMap<String, i64> = sqlx::query!("select name, id from member")
            .fetch_all(&mut **tx)
            .await?
            .into_iter()
            .map(|row| (row.name, row.id))
            .collect();
        let staff: HashMap<String, i64> = sqlx::query!("select name, id from staff")
            .fetch_all(&mut **tx)
            .await?
            .into_iter()
            .map(|row| (row.name, row.id))
            .collect();
        let find = |known: &HashMap<String, i64>, key: &str| known.get(key).copied().with_context(|| key.to_owned());
        let staff_id = |person: &DemoStaff| find(&staff, person.name).map(StaffId);
        Ok(Self {
            customers: CUSTOMERS
                .iter()
                .map(|customer| find(&customers, customer.ico).map(CustomerId))
                .collect::<anyhow::Result<_>>()?,
            members: MEMBERS
                .iter()
                .map(|member| find(&members, member.name).map(MemberId))
                .collect::<anyhow::Result<_>>()?,
            staff: STAFF.iter().map(staff_id).collect::<anyhow::Result<_>>()?,
            technicians: technicians().into_iter().map(staff_id).collect::<anyhow::Result<_>>()?,
        })
    }

    /// A member as one who is signed in.
    pub fn member(&self, place: usize) -> Caller {
        let member = &MEMBERS[place];
        let capabilities: Capabilities =
            member.capabilities.iter().filter_map(|code| Capability::from_code(code)).collect();
        caller(Person::Member {
            id: self.members[place],
            name: member.name.to_owned(),
            customer: self.customers[member.customer],
            customer_name: CUSTOMERS[member.customer].name.to_owned(),
            capabilities,
        })
    }

    /// A technician as one who is signed in.
    pub fn technician(&self, place: usize) -> Caller {
        let (id, name) = (self.technicians[place], technicians()[place].name.to_owned());
        caller(Person::Staff { id, name, roles: StaffRole::Technician.into() })
    }

    /// The manager as one who is signed in.
    pub fn manager(&self) -> Caller {
        caller(Person::Staff { id: self.staff[0], name: STAFF[0].name.to_owned(), roles: StaffRole::Manager.into() })
    }
}

fn caller(person: Person) -> Caller {
    Caller(Some(Session { id: Uuid::nil(), login: LoginId(0), email: String::new(), person }))
}
