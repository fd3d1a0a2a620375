//! Erasing a customer's person: the database's own function does it, in the role that alone may (`migrations/0062`).

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, MemberId},
            numbers::RequestNumber,
        },
        people::erasure::{Heir, OpenRequest},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// Who is to be erased, and how.
#[derive(Debug, Clone, Copy)]
pub struct Erasure<'a> {
    /// Whom.
    pub member: MemberId,
    /// What becomes of the open requests; none while nobody has said.
    pub heir: Option<Heir>,
    /// Whether the person asks, and not the vendor.
    pub by_self: bool,
    /// Why, if the vendor does; may be empty.
    pub reason: &'a str,
    /// When.
    pub at: DateTime<Utc>,
}

/// Erases a person; the number that stands for the name from now on, none if there is no such person. Once more it changes
/// nothing. In a transaction of the system.
///
/// # Errors
/// When the database fails; `somebody_manages`, `heir_is_a_colleague`, `work_is_somebodys`, `requests_are_somebodys`.
pub async fn erase(tx: &mut Tx, erasure: &Erasure<'_>) -> Result<Option<u32>, DbError> {
    let heir = match erasure.heir {
        Some(Heir::Colleague(colleague)) => Some(colleague.0),
        Some(Heir::Nobody) | None => None,
    };
    let number = sqlx::query_scalar!(
        r#"select erase_member($1, $2, $3, $4, $5, $6) as "number: Natural""#,
        erasure.member.0,
        heir,
        erasure.heir == Some(Heir::Nobody),
        erasure.by_self,
        erasure.reason,
        erasure.at
    );
    Ok(number.fetch_one(&mut **tx).await?.map(u32::from))
}

/// What is open of a person's requests: what is agreed first, by its time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn open_requests(tx: &mut Tx, member: MemberId) -> Result<Vec<OpenRequest>, DbError> {
    Ok(sqlx::query_as!(
        OpenRequest,
        r#"select r.number as "number!: RequestNumber", array[p.name, p.name_en] as "program!: Bilingual",
                  array[w.name, w.name_en] as "work_type!: Bilingual", lower(a.during) as "starts_at?",
                  r.state = 'in_progress' as "under_way!"
           from service_request r
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           left join appointment a on a.request_id = r.id and a.state in ('confirmed', 'running')
           where r.member_id = $1 and r.state in ('waiting', 'scheduled', 'in_progress')
           order by lower(a.during) nulls last, r.number"#,
        member.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// How many of a person's requests are open.
///
/// # Errors
/// When the database fails.
pub async fn open_requests_count(tx: &mut Tx, member: MemberId) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from service_request
           where member_id = $1 and state in ('waiting', 'scheduled', 'in_progress')"#,
        member.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Who of a customer may take over what is open of a person's, by name.
///
/// # Errors
/// When the database fails.
pub async fn colleagues(
    tx: &mut Tx,
    customer: CustomerId,
    member: MemberId,
) -> Result<Vec<(MemberId, String)>, DbError> {
    let rows = sqlx::query!(
        r#"select id as "id: MemberId", name from member
           where customer_id = $1 and id <> $2 and active order by name, id"#,
        customer.0,
        member.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Whether somebody is, or was before the erasure, a person of a customer.
///
/// # Errors
/// When the database fails.
pub async fn is_person_of(tx: &mut Tx, customer: CustomerId, member: MemberId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from member where id = $1 and customer_id = $2) as "is_theirs!""#,
        member.0,
        customer.0
    )
    .fetch_one(&mut **tx)
    .await?)
}
