//! What the history stands on beside the examples: who sells, the desk, absences, and the requests with their first appointments.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Datelike, Utc};
use sqlx::postgres::types::PgRange;

use super::{
    catalogue::SUPPLIER,
    examples::Examples,
    people::{DISPATCHER, DemoStaff, MANAGER},
    plan::{Job, Plan, Visit, absences},
    signed_in,
};
use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, to_local},
            ids::{CustomerId, MemberId, StaffId},
        },
        money::tax_documents::{Party, Supplier},
        people::members::StaffRole,
    },
    server::{
        app::App,
        auth::{Caller, Person, tokens::ApiSecret},
        db::{Tx, line::catalogue, money::supplier as suppliers, people::sessions},
    },
};

/// Whether the demo is loaded to its end.
pub(super) async fn is_complete(tx: &mut Tx, examples: &Examples) -> anyhow::Result<bool> {
    let email = examples.people.iter().find_map(|person| person.email.as_ref()).map(|email| &*email.0);
    Ok(sqlx::query_scalar!(r#"select exists (select 1 from login where email = $1) as "is_there!""#, email)
        .fetch_one(&mut **tx)
        .await?)
}

/// When a load of the demo began, if one did.
pub(super) async fn begun_at(tx: &mut Tx, examples: &Examples) -> anyhow::Result<Option<DateTime<Utc>>> {
    let key = examples.customers.first().map(|customer| &*customer.key.0);
    Ok(sqlx::query_scalar!("select created_at from customer where external_key = $1", key)
        .fetch_optional(&mut **tx)
        .await?)
}

/// Whether all is written down but what the history brings about.
pub(super) async fn is_laid(tx: &mut Tx) -> anyhow::Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select 1 from service_request) as "is_laid!""#)
        .fetch_one(&mut **tx)
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

/// Writes down everything but what the examples hold and the history brings about.
pub(super) async fn lay(tx: &mut Tx, plan: &Plan, examples: &Examples) -> anyhow::Result<()> {
    supplier(tx, plan.now).await?;
    programs(tx, plan.now).await?;
    for person in [MANAGER, DISPATCHER] {
        let roles = [person.role.to_string()];
        sqlx::query!("insert into staff (name, roles) values ($1, $2)", person.name, &roles[..])
            .execute(&mut **tx)
            .await?;
    }
    let cast = Cast::of(tx, examples).await?;
    let calendar = super::calendar(tx).await?;
    exceptions(tx, &cast, &calendar, plan.now).await?;
    for job in &plan.jobs {
        request(tx, &cast, job).await?;
    }
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

/// The tokens of the customers' programs: everybody knows them, as everybody knows the passwords.
pub(super) const TOKENS: [(&str, &str); 3] = [("Z001", "demo-lipova"), ("Z002", "demo-dolany"), ("Z003", "demo-horni")];

/// Lets a program of each of these customers in.
async fn programs(tx: &mut Tx, now: DateTime<Utc>) -> anyhow::Result<()> {
    for (customer, token) in TOKENS {
        let secret = ApiSecret::parse(token).context("a token of the demo")?;
        let hash = secret.hash();
        sqlx::query!(
            "insert into api_token (id, customer_id, program_id, token_hash, prefix, scopes, created_at)
             select gen_random_uuid(), c.id, min(l.program_id), $2, $3, array['read', 'order', 'billing'], $4
             from customer c join licence l on l.customer_id = c.id where c.external_key = $1 group by c.id",
            customer,
            hash.0.as_slice(),
            secret.prefix(),
            now
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// A doctor's visit in the middle of a day, and a day of leave.
async fn exceptions(
    tx: &mut Tx,
    cast: &Cast<'_>,
    calendar: &BusinessCalendar,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    for away in absences(calendar, to_local(now).date()) {
        let during = PgRange::from(away.start..away.end);
        sqlx::query!(
            "insert into plan_exception (technician_id, during, kind, note) values ($1, $2, 'off', $3)",
            cast.technicians[away.technician].0,
            during,
            away.note
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// A request as it was sent, its first time agreed.
async fn request(tx: &mut Tx, cast: &Cast<'_>, job: &Job) -> anyhow::Result<()> {
    let work = &cast.examples.work[job.work_type];
    let member = &cast.examples.people[job.member];
    sqlx::query!(
        "insert into service_request (id, customer_id, member_id, number, state, source, program_id, work_type_id,
             urgency, what_stopped, stopped_since, what_happened, contact_name, contact_phone, ready, created_at,
             submitted_at)
         values ($1, $2, $3, next_request_number($4), 'scheduled', 'portal',
             (select id from program where external_key = $5), (select id from work_type where external_key = $6),
             $7, $8, $9, $10, $11, $12, true, $13, $13)",
        job.request,
        cast.customer_of(job.member).0,
        cast.members[job.member].0,
        // Numbers begin with 2025.
        to_local(job.ordered_at).year().max(2025),
        job.program,
        work.kind.key.0,
        urgency(job),
        job.is_urgent.then_some("Nemůžeme vydávat obědy."),
        job.is_urgent.then_some("od rána"),
        work.told.story,
        member.name.0,
        member.phone.as_ref().map_or("", |phone| phone.0.as_str()),
        job.ordered_at
    )
    .execute(&mut **tx)
    .await?;
    event(tx, cast, job, "ordered", job.ordered_at, None).await?;
    let first = job.visits.first().context("a request without an appointment")?;
    agree(tx, cast, job, first, job.ordered_at).await
}

/// Agrees a time of a request.
pub(super) async fn agree(
    tx: &mut Tx,
    cast: &Cast<'_>,
    job: &Job,
    visit: &Visit,
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
         values ($1, $2, $3, $4, $5, 'confirmed')",
        cast.customer_of(job.member).0,
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
    cast: &Cast<'_>,
    job: &Job,
    kind: &str,
    at: DateTime<Utc>,
    visit: Option<&Visit>,
) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into request_event (customer_id, request_id, at, kind, member_id, starts_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        cast.customer_of(job.member).0,
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

/// Lets everybody in who has an address; the technicians' stand there already. With that the demo is complete.
pub(super) async fn open_doors(app: &App, cast: &Cast<'_>, hash: &str) -> anyhow::Result<()> {
    let mut tx = app.db.system().await?;
    let people = cast.examples.people.iter().map(|person| person.email.as_ref());
    let members = people.zip(&cast.members).map(|(email, id)| (email.map(|email| &*email.0), Some(id.0), None));
    let desk = [(MANAGER, cast.manager), (DISPATCHER, cast.dispatcher)];
    let desk = desk.map(|(person, id)| (Some(person.email), None, Some(id.0)));
    let technicians = cast.examples.technicians.iter().map(|technician| technician.email.as_ref());
    let technicians =
        technicians.zip(&cast.technicians).map(|(email, id)| (email.map(|email| &*email.0), None, Some(id.0)));
    for (email, member, staff) in members.chain(desk).chain(technicians) {
        if let Some(email) = email {
            sqlx::query!(
                "insert into login (email, password_hash, member_id, staff_id) values ($1, $2, $3, $4)
                 on conflict (staff_id) do update set password_hash = $2",
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

/// The people as the database knows them, in the order of their tables.
pub(super) struct Cast<'a> {
    pub examples: &'a Examples,
    pub customers: Vec<CustomerId>,
    pub members: Vec<MemberId>,
    pub technicians: Vec<StaffId>,
    manager: StaffId,
    dispatcher: StaffId,
}

impl<'a> Cast<'a> {
    pub async fn of(tx: &mut Tx, examples: &'a Examples) -> anyhow::Result<Self> {
        macro_rules! ids {
            ($query:literal) => {
                sqlx::query!($query).fetch_all(&mut **tx).await?.into_iter().map(|row| (row.key, row.id)).collect()
            };
        }
        let customers: HashMap<String, i64> =
            ids!(r#"select external_key as "key!", id from customer where external_key is not null"#);
        let members: HashMap<String, i64> =
            ids!(r#"select external_key as "key!", id from member where external_key is not null"#);
        let technicians: HashMap<String, i64> =
            ids!(r#"select external_key as "key!", id from staff where external_key is not null"#);
        let desk: HashMap<String, i64> = ids!(r#"select name as "key!", id from staff where external_key is null"#);
        let find = |known: &HashMap<String, i64>, key: &str| known.get(key).copied().with_context(|| key.to_owned());
        let staff_id = |person: &DemoStaff| find(&desk, person.name).map(StaffId);
        Ok(Self {
            customers: examples
                .customers
                .iter()
                .map(|customer| find(&customers, &customer.key.0).map(CustomerId))
                .collect::<anyhow::Result<_>>()?,
            members: examples
                .people
                .iter()
                .map(|person| find(&members, &person.key.0).map(MemberId))
                .collect::<anyhow::Result<_>>()?,
            technicians: examples
                .technicians
                .iter()
                .map(|technician| find(&technicians, &technician.key.0).map(StaffId))
                .collect::<anyhow::Result<_>>()?,
            manager: staff_id(&MANAGER)?,
            dispatcher: staff_id(&DISPATCHER)?,
            examples,
        })
    }

    /// The customer of a member.
    pub fn customer_of(&self, member: usize) -> CustomerId {
        self.customers[self.examples.customer_of(member)]
    }

    /// A member as one who is signed in.
    pub fn member(&self, place: usize) -> Caller {
        let member = &self.examples.people[place];
        signed_in(Person::Member {
            id: self.members[place],
            name: member.name.0.clone(),
            customer: self.customer_of(place),
            customer_name: self.examples.customers[self.examples.customer_of(place)].name.0.clone(),
            capabilities: member.capabilities.0.iter().copied().collect(),
        })
    }

    /// A technician as one who is signed in.
    pub fn technician(&self, place: usize) -> Caller {
        let (id, name) = (self.technicians[place], self.examples.technicians[place].name.0.clone());
        signed_in(Person::Staff { id, name, roles: StaffRole::Technician.into() })
    }

    /// The manager as one who is signed in.
    pub fn manager(&self) -> Caller {
        signed_in(Person::Staff { id: self.manager, name: MANAGER.name.to_owned(), roles: StaffRole::Manager.into() })
    }
}
