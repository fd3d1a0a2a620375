//! Organisations that come in by themselves, until the mailed link is followed and the desk has nodded.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{BundleId, CustomerId, MemberId, ProgramId},
            paging::Queue,
        },
        people::{
            customers::Address,
            registrations::{AccessRequest, Newcomer, Organisation, Registration},
        },
    },
    server::{
        auth::tokens::TokenHash,
        db::{DbError, Tx, codec::Natural, paging::queue},
    },
};

/// What was typed, and where the link has led so far.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Which.
    pub id: Uuid,
    /// What was typed.
    pub registration: Registration,
    /// The person who came in by it.
    pub founded: Option<MemberId>,
    /// The customer that is asked for access by it.
    pub asks: Option<CustomerId>,
}

/// Keeps what was typed; whether it is news. Of a form that comes again what is typed now counts, until its link is followed: the link
/// that was mailed opens that.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    id: Uuid,
    typed: &Registration,
    token: TokenHash,
    (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<bool, DbError> {
    let Organisation { name, address } = &typed.organisation;
    let is_news = sqlx::query_scalar!(
        r#"insert into registration (id, token_hash, ico, organisation, street, city, postal_code, dic, region, programs, name, email, phone,
                                   created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, (select r.name from line_region r where r.name = $9),
                 $10, $11, $12, $13, $14, $15)
         on conflict (id) do update
             set ico = excluded.ico, organisation = excluded.organisation, street = excluded.street, city = excluded.city,
                 postal_code = excluded.postal_code, dic = excluded.dic, region = excluded.region, programs = excluded.programs,
                 name = excluded.name, phone = excluded.phone
             where registration.founded is null and registration.asks is null
         returning xmax = 0 as "is_news!""#,
        id,
        &token.0[..],
        typed.ico,
        name,
        address.street,
        address.city,
        address.postal_code,
        address.dic,
        typed.region,
        &typed.programs.iter().map(|program| program.0).collect::<Vec<_>>(),
        typed.name,
        typed.email,
        typed.phone,
        now,
        expires_at
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(is_news == Some(true))
}

/// Notes what is to be bought once the person is in, if there is such a thing.
///
/// # Errors
/// When the database fails.
pub async fn note_bundle(tx: &mut Tx, id: Uuid, bundle: BundleId) -> Result<(), DbError> {
    sqlx::query!(
        "update registration set bundle_id = (select b.id from bundle b where b.id = $2) where id = $1",
        id,
        bundle.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What is to be bought by whom a link is of.
///
/// # Errors
/// When the database fails.
pub async fn bundle(tx: &mut Tx, token: TokenHash) -> Result<Option<BundleId>, DbError> {
    let bundle = sqlx::query_scalar!(
        r#"select bundle_id as "bundle: BundleId" from registration where token_hash = $1"#,
        &token.0[..]
    );
    Ok(bundle.fetch_optional(&mut **tx).await?.flatten())
}

/// How often an address was typed since an instant, and whether somebody signs in with it.
///
/// # Errors
/// When the database fails.
pub async fn address(tx: &mut Tx, email: &str, since: DateTime<Utc>) -> Result<(u32, bool), DbError> {
    let row = sqlx::query!(
        r#"select (select count(*) from registration where email = $1 and created_at > $2) as "times!: Natural",
                  exists (select from login where email = $1) as "signs_in!""#,
        email,
        since
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.times.into(), row.signs_in))
}

/// What a link is of, if it is good, locked until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn by_token(tx: &mut Tx, token: TokenHash, now: DateTime<Utc>) -> Result<Option<Kept>, DbError> {
    let row = sqlx::query!(
        r#"select id, ico, organisation, street, city, postal_code, dic, region, programs, name, email, phone,
                  founded as "founded: MemberId", asks as "asks: CustomerId"
           from registration where token_hash = $1 and expires_at > $2 for update"#,
        &token.0[..],
        now
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Kept {
        id: row.id,
        founded: row.founded,
        asks: row.asks,
        registration: Registration {
            ico: row.ico,
            organisation: Organisation {
                name: row.organisation,
                address: Address { street: row.street, city: row.city, postal_code: row.postal_code, dic: row.dic },
            },
            region: row.region,
            programs: row.programs.into_iter().map(ProgramId).collect(),
            name: row.name,
            email: row.email,
            phone: row.phone,
        },
    }))
}

/// The customer with an IČO, if there is one, whether or not it still is one; of one that was merged, into which.
///
/// # Errors
/// When the database fails.
pub async fn customer_of(tx: &mut Tx, ico: &str) -> Result<Option<CustomerId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(merged_into, id) as "id!: CustomerId" from customer where ico = $1"#,
        ico
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// The programs that can be ordered for, by name.
///
/// # Errors
/// When the database fails.
pub async fn programs(tx: &mut Tx) -> Result<Vec<(ProgramId, Bilingual)>, DbError> {
    let rows = sqlx::query!(
        r#"select id as "id: ProgramId", array[name, name_en] as "name!: Bilingual" from program where active order by name"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Writes which programs a new customer runs, as far as they can be ordered for.
///
/// # Errors
/// When the database fails.
pub async fn license(tx: &mut Tx, customer: CustomerId, programs: &[ProgramId]) -> Result<(), DbError> {
    let programs: Vec<i64> = programs.iter().map(|program| program.0).collect();
    sqlx::query!(
        "insert into licence (customer_id, program_id)
         select $1, id from program where id = any ($2) and active order by id",
        customer.0,
        &programs
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that a link has led to a new customer, which waits for the desk's nod from now on, and to its first person.
///
/// # Errors
/// When the database fails.
pub async fn note_founded(
    tx: &mut Tx,
    id: Uuid,
    customer: CustomerId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!("update registration set founded = $2 where id = $1", id, member.0).execute(&mut **tx).await?;
    sqlx::query!("update customer set awaits_nod_since = $2 where id = $1", customer.0, now).execute(&mut **tx).await?;
    Ok(())
}

/// Notes that a link has led to a customer that there was already, whose people have until an instant to decide.
///
/// # Errors
/// When the database fails.
pub async fn note_asks(tx: &mut Tx, id: Uuid, customer: CustomerId, until: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update registration set asks = $2, expires_at = $3 where id = $1", id, customer.0, until)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Who asks for access: to one customer, or to any, who waits longest first. Who has a sign-in by now asks no more.
///
/// # Errors
/// When the database fails.
pub async fn asking(
    tx: &mut Tx,
    customer: Option<CustomerId>,
    most: i64,
    now: DateTime<Utc>,
) -> Result<Queue<AccessRequest>, DbError> {
    let rows = sqlx::query!(
        r#"select r.id, r.name, r.email, r.phone, r.created_at, c.id as "customer: CustomerId",
                  c.name as customer_name, count(*) over () as "total!: Natural"
           from registration r join customer c on c.id = r.asks
           where ($1::bigint is null or c.id = $1) and r.expires_at > $2
             and not exists (select from login l where l.email = r.email)
           order by r.created_at, r.id limit $3"#,
        customer.map(|id| id.0),
        now,
        most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(queue(
        rows,
        |row| row.total,
        |row| AccessRequest {
            id: row.id,
            name: row.name,
            email: row.email,
            phone: row.phone,
            at: row.created_at,
            customer: row.customer,
            customer_name: row.customer_name,
        },
    ))
}

/// Forgets that somebody asks a customer for access.
///
/// # Errors
/// When the database fails.
pub async fn decline(tx: &mut Tx, customer: CustomerId, id: Uuid) -> Result<(), DbError> {
    sqlx::query!("delete from registration where id = $2 and asks = $1", customer.0, id).execute(&mut **tx).await?;
    Ok(())
}

/// Whether a customer waits for the desk's nod.
///
/// # Errors
/// When the database fails.
pub async fn awaits_nod(tx: &mut Tx, customer: CustomerId) -> Result<bool, DbError> {
    let since = sqlx::query_scalar!("select awaits_nod_since from customer where id = $1", customer.0);
    Ok(since.fetch_optional(&mut **tx).await?.flatten().is_some())
}

/// Confirms a customer: what it is called, and whether it has waited for that. None if there is no such one.
///
/// # Errors
/// When the database fails.
pub async fn nod(tx: &mut Tx, customer: CustomerId) -> Result<Option<(String, bool)>, DbError> {
    let row = sqlx::query!(
        r#"update customer c set awaits_nod_since = null
           from (select id, awaits_nod_since as since from customer where id = $1 for update) was
           where c.id = was.id returning c.name, was.since is not null as "has_waited!""#,
        customer.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.name, row.has_waited)))
}

/// Customers that wait for the nod, the longest first.
///
/// # Errors
/// When the database fails.
pub async fn newcomers(tx: &mut Tx, most: i64) -> Result<Queue<Newcomer>, DbError> {
    let rows = sqlx::query!(
        r#"select c.id as "id: CustomerId", c.name, c.ico, c.awaits_nod_since as "since!",
                  m.id as "member?: MemberId", m.name as "member_name?", m.phone as "phone?",
                  (select count(*) from service_request r
                   where r.customer_id = c.id and r.state not in ('draft', 'cancelled')) as "requests!: Natural",
                  count(*) over () as "total!: Natural"
           from customer c
           left join lateral (select id, name, phone from member
                              where customer_id = c.id and active order by id limit 1) m on true
           where c.awaits_nod_since is not null and c.active order by c.awaits_nod_since, c.id limit $1"#,
        most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(queue(
        rows,
        |row| row.total,
        |row| Newcomer {
            id: row.id,
            name: row.name,
            ico: row.ico.unwrap_or_default(),
            since: row.since,
            person: row.member.zip(row.member_name).zip(row.phone).map(|((id, name), phone)| (id, name, phone)),
            requests: row.requests.into(),
        },
    ))
}

/// Forgets what nobody has followed in time, some at a time.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "delete from registration where id in
             (select id from registration where expires_at <= $1 order by expires_at limit 1000)",
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
