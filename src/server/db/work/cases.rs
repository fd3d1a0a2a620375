//! What staff see of a request beyond its customer's page: notes, attempts, with whom it is, what goes on from it; and how
//! somebody of a customer is found who calls.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, MemberId, ProgramId, RequestId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::catalogue::Program,
        ordering::requests::RequestState,
        work::{
            attempts::{AttemptChannel, ContactAttempt},
            cases::{CallerPerson, CaseAttempt, CaseNote, FoundCustomer, MergedRequest, OpenRequest},
            lanes::Colleague,
        },
    },
    server::db::{DbError, Tx},
};

/// Writes something down for the colleagues; a repeated key writes nothing.
///
/// # Errors
/// When the database fails.
pub async fn add_note(
    tx: &mut Tx,
    request: RequestId,
    by: StaffId,
    at: DateTime<Utc>,
    note: &str,
    key: Uuid,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into request_note (customer_id, request_id, staff_id, at, note, key)
         select customer_id, id, $2, $3, $4, $5 from service_request where id = $1
         on conflict (key) do nothing",
        request.0,
        by.0,
        at,
        note,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes an attempt of the desk to reach the customer; a repeated key notes nothing.
///
/// # Errors
/// When the database fails.
pub async fn add_attempt(
    tx: &mut Tx,
    request: RequestId,
    by: StaffId,
    attempt: &ContactAttempt,
    key: Uuid,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into contact_attempt (customer_id, request_id, staff_id, at, channel, note, key)
         select customer_id, id, $2, $3, $4, $5, $6 from service_request where id = $1
         on conflict (key) do nothing",
        request.0,
        by.0,
        attempt.at,
        attempt.channel.code(),
        attempt.note,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What staff wrote about a request for one another, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn notes(tx: &mut Tx, request: RequestId) -> Result<Vec<CaseNote>, DbError> {
    Ok(sqlx::query_as!(
        CaseNote,
        "select n.at, s.name as by, n.note from request_note n join staff s on s.id = n.staff_id
         where n.request_id = $1 order by n.at, n.id",
        request.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Attempts to reach the customer about a request, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn attempts(tx: &mut Tx, request: RequestId) -> Result<Vec<CaseAttempt>, DbError> {
    let found = sqlx::query!(
        r#"select t.at, t.channel as "channel: AttemptChannel", t.note, s.name as by
           from contact_attempt t join staff s on s.id = t.staff_id
           where t.request_id = $1 order by t.at, t.id"#,
        request.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let attempts = found.into_iter().map(|row| CaseAttempt {
        by: row.by,
        attempt: ContactAttempt { at: row.at, channel: row.channel, note: row.note },
    });
    Ok(attempts.collect())
}

/// With whom the latest time of a request was agreed.
///
/// # Errors
/// When the database fails.
pub async fn technician(tx: &mut Tx, request: RequestId) -> Result<Option<Colleague>, DbError> {
    Ok(sqlx::query_as!(
        Colleague,
        r#"select s.id as "id: StaffId", s.name from appointment a join staff s on s.id = a.technician_id
           where a.request_id = $1 and a.state <> 'held'
           order by (a.state in ('confirmed', 'running')) desc, a.id desc limit 1"#,
        request.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Technicians by their identities, by name.
///
/// # Errors
/// When the database fails.
pub async fn technicians(tx: &mut Tx, ids: &[StaffId]) -> Result<Vec<Colleague>, DbError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Ok(sqlx::query_as!(
        Colleague,
        r#"select id as "id: StaffId", name from staff where id = any ($1) order by name, id"#,
        &ids
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Technicians who know a kind of work, by name.
///
/// # Errors
/// When the database fails.
pub async fn who_knows(tx: &mut Tx, skill: &str) -> Result<Vec<Colleague>, DbError> {
    Ok(sqlx::query_as!(
        Colleague,
        r#"select s.id as "id: StaffId", s.name from staff s join technician_skill k on k.technician_id = s.id
           where k.skill = $1 and s.active order by s.name, s.id"#,
        skill
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The request from which one goes on, and those that go on from it.
///
/// # Errors
/// When the database fails.
pub async fn continuations(
    tx: &mut Tx,
    request: RequestId,
) -> Result<(Option<RequestNumber>, Vec<RequestNumber>), DbError> {
    let found = sqlx::query!(
        r#"select o.number as "number!: RequestNumber", (o.id = r.follows) is true as "is_former!"
           from service_request r join service_request o on o.id = r.follows or o.follows = r.id
           where r.id = $1 and o.number is not null order by o.number"#,
        request.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let former = found.iter().find(|row| row.is_former).map(|row| row.number);
    Ok((former, found.iter().filter(|row| !row.is_former).map(|row| row.number).collect()))
}

/// The request in favour of which one ended, if it did.
///
/// # Errors
/// When the database fails.
pub async fn merged_into(tx: &mut Tx, request: RequestId) -> Result<Option<RequestNumber>, DbError> {
    let into = sqlx::query_scalar!(
        r#"select o.number as "number!: RequestNumber"
           from service_request r join service_request o on o.id = r.merged_into where r.id = $1"#,
        request.0
    );
    Ok(into.fetch_optional(&mut **tx).await?)
}

/// The requests that ended in favour of one.
///
/// # Errors
/// When the database fails.
pub async fn merged_from(tx: &mut Tx, request: RequestId) -> Result<Vec<MergedRequest>, DbError> {
    Ok(sqlx::query_as!(
        MergedRequest,
        r#"select number as "number!: RequestNumber", what_happened as "what_happened!" from service_request
           where merged_into = $1 and number is not null order by number"#,
        request.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Whether a person is active and has an address to which mails go: that of the sign-in, or the one that was given.
///
/// # Errors
/// When the database fails.
pub async fn can_be_written_to(tx: &mut Tx, member: MemberId) -> Result<bool, DbError> {
    let reached = sqlx::query_scalar!(r#"select is_written_to($1) as "reached!""#, member.0);
    Ok(reached.fetch_one(&mut **tx).await?)
}

/// Writes down in favour of which request of the same customer one ended.
///
/// # Errors
/// When the database fails, or they are not the same customer's (`merged_within_a_customer`).
pub async fn merge(tx: &mut Tx, request: RequestId, into: RequestId) -> Result<(), DbError> {
    sqlx::query!("update service_request set merged_into = $2 where id = $1", request.0, into.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Customers whom a search finds: by name, IČO, a person, an address, a telephone number, the number of a contract, of a
/// request or of a document.
///
/// * `text` – what was typed, cleaned
/// * `phone` – the same as a telephone number, if it is one
///
/// # Errors
/// When the database fails.
pub async fn search(
    tx: &mut Tx,
    text: &str,
    phone: Option<&str>,
    at_most: usize,
) -> Result<Vec<FoundCustomer>, DbError> {
    Ok(sqlx::query_as!(
        FoundCustomer,
        r#"select distinct on (c.name, c.id) c.id as "customer: CustomerId", c.name, coalesce(c.ico, '') as "ico!",
                  f.because as "because!", f.is_by_computer as "is_by_computer!"
           from (select id as customer_id, '' as because, false as is_by_computer from customer
                     where position(searchable($1) in searchable(name)) > 0 or position($1 in ico) > 0
                 union all
                 select m.customer_id, m.name, false from member m left join login l on l.member_id = m.id
                     where m.active
                       and (position(searchable($1) in searchable(m.name)) > 0
                            or position(lower($1) in coalesce(l.email, m.email)) > 0
                            or is_same_phone(m.phone, $2))
                 union all
                 select customer_id, concat_ws(' · ', nullif(label, ''), value), false from customer_contact
                     where kind = 'phone' and value = $2 or kind = 'email' and position(lower($1) in value) > 0
                 union all
                 select r.customer_id, r.contact_name, false from service_request r
                     where r.number is not null and r.contact_phone = $2
                 union all
                 select customer_id, number, false from contract where lower(number) = lower($1)
                 union all
                 select customer_id, number, false from licence where number <> '' and lower(number) = lower($1)
                 union all
                 select customer_id, name, true from computer where teamviewer_id = regexp_replace($1, '[^0-9]', '', 'g')
                 union all
                 select customer_id, $1, false from service_request where number = $1
                 union all
                 select customer_id, number, false from tax_document where number = $1) f
           join customer c on c.id = f.customer_id
           order by c.name, c.id, f.is_by_computer, f.because limit $3"#,
        text,
        phone,
        i64::try_from(at_most).unwrap_or(i64::MAX)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// People of a customer, by name.
///
/// # Errors
/// When the database fails.
pub async fn people(tx: &mut Tx, customer: CustomerId) -> Result<Vec<CallerPerson>, DbError> {
    Ok(sqlx::query_as!(
        CallerPerson,
        r#"select id as "id: MemberId", name, phone, is_written_to(id) as "is_reached!" from member
           where customer_id = $1 and active order by name, id"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What a customer runs of what we look after, by name.
///
/// # Errors
/// When the database fails.
pub async fn programs(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Program>, DbError> {
    Ok(sqlx::query_as!(
        Program,
        r#"select p.id as "id: ProgramId", array[p.name, p.name_en] as "name!: Bilingual" from program p join licence l on l.program_id = p.id
           where l.customer_id = $1 and p.active order by p.name"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What is open of a customer, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn open_requests(tx: &mut Tx, customer: CustomerId) -> Result<Vec<OpenRequest>, DbError> {
    Ok(sqlx::query_as!(
        OpenRequest,
        r#"select r.number as "number!: RequestNumber", r.state as "state: RequestState",
                  array[p.name, p.name_en] as "program!: Bilingual", array[w.name, w.name_en] as "work_type!: Bilingual",
                  r.urgency as "urgency!: Urgency",
                  (select lower(a.during) from appointment a
                   where a.request_id = r.id and a.state in ('confirmed', 'running')) as start
           from service_request r
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           where r.customer_id = $1 and r.state in ('waiting', 'scheduled', 'in_progress')
           order by r.number desc"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Somebody's name of a customer; none when that is nobody of theirs.
///
/// # Errors
/// When the database fails.
pub async fn member_name(tx: &mut Tx, customer: CustomerId, member: MemberId) -> Result<Option<String>, DbError> {
    let name = sqlx::query_scalar!(
        "select name from member where id = $1 and customer_id = $2 and active",
        member.0,
        customer.0
    );
    Ok(name.fetch_optional(&mut **tx).await?)
}
