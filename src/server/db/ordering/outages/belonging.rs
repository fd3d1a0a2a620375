//! The requests that belong to an outage, or could.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{OutageId, ProgramId, WorkTypeId},
            numbers::RequestNumber,
        },
        ordering::{
            offers::Slot,
            outages::{OutageRequest, ends::RequestAtEnd},
            requests::RequestState,
        },
    },
    server::db::{DbError, Tx},
};

/// A request as an outage shows it, with what else is asked of it.
struct Row {
    number: RequestNumber,
    customer: String,
    state: RequestState,
    program: ProgramId,
    program_name: Bilingual,
    work_type: WorkTypeId,
    work_type_name: Bilingual,
    what_happened: String,
    phone: String,
    is_reached: bool,
    slot: Option<Slot>,
    technician: Option<String>,
}

impl From<Row> for OutageRequest {
    fn from(row: Row) -> Self {
        Self {
            number: row.number,
            customer: row.customer,
            state: row.state,
            program: row.program_name,
            work_type: row.work_type_name,
            what_happened: row.what_happened,
            slot: row.slot,
        }
    }
}

/// Requests of these numbers, in their order.
async fn named(tx: &mut Tx, numbers: &[RequestNumber]) -> Result<Vec<Row>, DbError> {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    Ok(sqlx::query_as!(
        Row,
        r#"select r.number as "number!: RequestNumber", c.name as customer, r.state as "state: RequestState",
                  p.id as "program: ProgramId", array[p.name, p.name_en] as "program_name!: Bilingual",
                  w.id as "work_type: WorkTypeId", array[w.name, w.name_en] as "work_type_name!: Bilingual",
                  r.what_happened as "what_happened!", coalesce(r.contact_phone, '') as "phone!",
                  is_written_to(r.member_id) as "is_reached!", a.during as "slot?: Slot", s.name as "technician?"
           from unnest($1::text[]) with ordinality asked (number, place)
           join service_request r on r.number = asked.number
           join customer c on c.id = r.customer_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           left join appointment a on a.request_id = r.id and a.state in ('confirmed', 'running')
           left join staff s on s.id = a.technician_id
           order by asked.place"#,
        &numbers
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The numbers of the requests that belong to an outage, in order: that in which they are locked.
///
/// # Errors
/// When the database fails.
pub async fn numbers(tx: &mut Tx, id: OutageId) -> Result<Vec<RequestNumber>, DbError> {
    let numbers = sqlx::query_scalar!(
        r#"select number as "number!: RequestNumber" from service_request
           where outage_id = $1 and number is not null order by number"#,
        id.0
    );
    Ok(numbers.fetch_all(&mut **tx).await?)
}

/// Requests that belong to an outage, by number.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of(tx: &mut Tx, id: OutageId) -> Result<Vec<OutageRequest>, DbError> {
    let numbers = numbers(tx, id).await?;
    Ok(named(tx, &numbers).await?.into_iter().map(Into::into).collect())
}

/// Requests of these numbers, as the end of their outage finds them.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn at_end(tx: &mut Tx, numbers: &[RequestNumber]) -> Result<Vec<RequestAtEnd>, DbError> {
    let found = named(tx, numbers).await?.into_iter().map(|row| RequestAtEnd {
        technician: row.technician.clone(),
        phone: row.phone.clone(),
        is_reached: row.is_reached,
        request: row.into(),
    });
    Ok(found.collect())
}

/// How many requests are proposed; the others come up as those are taken in, and each is found by its number.
const PROPOSED: i64 = 10;

/// How long before an outage began a request that has no time may have been sent, to be proposed: nobody knows when it truly began.
const PROPOSED_BEFORE: TimeDelta = TimeDelta::days(1);

/// Requests without a time about the program of an outage that belong to none, sent about then or since, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn proposed(tx: &mut Tx, id: OutageId, began_at: DateTime<Utc>) -> Result<Vec<OutageRequest>, DbError> {
    let numbers = sqlx::query_scalar!(
        r#"select r.number as "number!: RequestNumber"
           from service_request r join outage o on o.program_id = r.program_id
           where o.id = $1 and r.outage_id is null and r.state = 'waiting' and r.submitted_at >= $2
           order by r.submitted_at desc, r.number desc limit $3"#,
        id.0,
        began_at - PROPOSED_BEFORE,
        PROPOSED
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(named(tx, &numbers).await?.into_iter().map(Into::into).collect())
}

/// Open requests of these numbers that belong to no outage, by number, with their program and kind of work.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn chosen(
    tx: &mut Tx,
    numbers: &[RequestNumber],
) -> Result<Vec<(OutageRequest, ProgramId, WorkTypeId)>, DbError> {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let numbers = sqlx::query_scalar!(
        r#"select number as "number!: RequestNumber" from service_request
           where number = any ($1) and outage_id is null and state in ('waiting', 'scheduled', 'in_progress')
           order by number"#,
        &numbers
    )
    .fetch_all(&mut **tx)
    .await?;
    let chosen = named(tx, &numbers).await?.into_iter().map(|row| {
        let (program, work_type) = (row.program, row.work_type);
        (row.into(), program, work_type)
    });
    Ok(chosen.collect())
}
