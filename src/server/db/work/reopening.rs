//! Closed work that is opened again: what decides whether it may be, and by whom and why it was.

use uuid::Uuid;

use crate::{
    model::{
        base::ids::InterventionId,
        work::reopening::{ClosedWork, Reopening},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// What decides whether closed work may be opened again.
///
/// # Errors
/// When the database fails.
pub async fn closed_work(tx: &mut Tx, intervention: InterventionId) -> Result<ClosedWork, DbError> {
    Ok(sqlx::query_as!(
        ClosedWork,
        r#"select coalesce((select max(ended_at) from time_segment where intervention_id = i.id), i.closed_at, i.started_at)
                      as "stopped_at!",
                  exists (select from ledger_entry e join invoiced_entry d on d.entry_id = e.id
                          where e.intervention_id = i.id) as "is_invoiced!",
                  exists (select from contest where intervention_id = i.id) as "is_contested!"
           from intervention i where i.id = $1"#,
        intervention.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Notes that closed work is open again, as the event with this key tells. The database refuses it for what somebody has objected
/// to.
///
/// # Errors
/// When the database fails or refuses.
pub async fn begin(tx: &mut Tx, intervention: InterventionId, key: Uuid) -> Result<(), DbError> {
    sqlx::query!(
        "insert into intervention_reopening (customer_id, intervention_id, event_id, former_version)
         select i.customer_id, i.id, e.id, (select max(version) from receipt where intervention_id = i.id)
         from intervention i join request_event e on e.request_id = i.request_id and e.key = $2
         where i.id = $1",
        intervention.0,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// By whom and why work is open again; none where it is not.
///
/// # Errors
/// When the database fails.
pub async fn under_way(tx: &mut Tx, intervention: InterventionId) -> Result<Option<Reopening>, DbError> {
    Ok(sqlx::query_as!(
        Reopening,
        r#"select e.at, t.name as by, e.note as reason, i.report
           from intervention_reopening o
           join intervention i on i.id = o.intervention_id
           join request_event e on e.id = o.event_id
           join staff t on t.id = e.staff_id
           where o.intervention_id = $1 and o.version is null"#,
        intervention.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Why work is open again, as its customer reads it; none where it is not.
///
/// # Errors
/// When the database fails.
pub async fn reason(tx: &mut Tx, intervention: InterventionId) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar!(
        "select e.note from intervention_reopening o join request_event e on e.id = o.event_id
         where o.intervention_id = $1 and o.version is null",
        intervention.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Whether work is being put right: nobody objects to it meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn is_under_way(tx: &mut Tx, intervention: InterventionId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select is_being_put_right($1) as "is_so!""#, intervention.0).fetch_one(&mut **tx).await?)
}

/// The latest version of a receipt that came of opening the work again; none where none did.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn latest_correction(tx: &mut Tx, intervention: InterventionId) -> Result<Option<u32>, DbError> {
    let version = sqlx::query_scalar!(
        r#"select max(version) as "version: Natural" from intervention_reopening where intervention_id = $1"#,
        intervention.0
    );
    Ok(version.fetch_one(&mut **tx).await?.map(u32::from))
}
