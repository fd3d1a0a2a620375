//! Blocks of text for reports, each technician's own.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::ids::{ReportBlockId, StaffId},
        work::report_blocks::{BlockForm, ReportBlock},
    },
    server::db::{DbError, Tx},
};

/// A technician's blocks in their order. There are [so many](crate::model::work::report_blocks::MOST_BLOCKS) at most.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, staff: StaffId) -> Result<Vec<ReportBlock>, DbError> {
    Ok(sqlx::query_as!(
        ReportBlock,
        r#"select id as "id: ReportBlockId", title, body from report_block
           where staff_id = $1 and deleted_at is null order by position"#,
        staff.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The one that a technician threw away last.
///
/// # Errors
/// When the database fails.
pub async fn deleted(tx: &mut Tx, staff: StaffId) -> Result<Option<ReportBlock>, DbError> {
    Ok(sqlx::query_as!(
        ReportBlock,
        // One at most: the one before goes for good when another is thrown away.
        r#"select id as "id: ReportBlockId", title, body from report_block
           where staff_id = $1 and deleted_at is not null order by deleted_at desc limit 1"#,
        staff.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Whether the block that a form with this key has made says what this one says; none where none was made.
///
/// # Errors
/// When the database fails.
pub async fn made_alike(tx: &mut Tx, form: &BlockForm, key: Uuid) -> Result<Option<bool>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select title = $2 and body = $3 as "alike!" from report_block where key = $1"#,
        key,
        form.title,
        form.body
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Adds a block behind the others. The database refuses a name that another one has by the constraint `one_block_of_a_title`.
///
/// # Errors
/// When the database fails or refuses.
pub async fn add(tx: &mut Tx, staff: StaffId, form: &BlockForm, key: Uuid) -> Result<(), DbError> {
    sqlx::query!(
        "insert into report_block (staff_id, title, body, position, key)
         select $1, $2, $3, coalesce(max(position), 0) + 1, $4 from report_block where staff_id = $1",
        staff.0,
        form.title,
        form.body,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a block anew; false where the technician has none of that id.
///
/// # Errors
/// When the database fails or refuses.
pub async fn change(tx: &mut Tx, staff: StaffId, block: ReportBlockId, form: &BlockForm) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update report_block set title = $3, body = $4 where id = $1 and staff_id = $2 and deleted_at is null",
        block.0,
        staff.0,
        form.title,
        form.body
    );
    Ok(done.execute(&mut **tx).await?.rows_affected() == 1)
}

/// Lets two blocks of a technician change places.
///
/// # Errors
/// When the database fails.
pub async fn swap(tx: &mut Tx, staff: StaffId, one: ReportBlockId, other: ReportBlockId) -> Result<(), DbError> {
    sqlx::query!(
        "update report_block b set position = o.position from report_block o
         where b.staff_id = $1 and o.staff_id = $1 and (b.id, o.id) in (($2, $3), ($3, $2))",
        staff.0,
        one.0,
        other.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Throws a block away, so that it can be taken back until the next one is.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, staff: StaffId, block: ReportBlockId, now: DateTime<Utc>) -> Result<(), DbError> {
    let thrown = sqlx::query!(
        "update report_block set deleted_at = $3 where id = $1 and staff_id = $2 and deleted_at is null",
        block.0,
        staff.0,
        now
    );
    if thrown.execute(&mut **tx).await?.rows_affected() == 1 {
        sqlx::query!(
            "delete from report_block where staff_id = $1 and deleted_at is not null and id <> $2",
            staff.0,
            block.0
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Takes a block back to its place. The database refuses a name that another one has by now.
///
/// # Errors
/// When the database fails or refuses.
pub async fn restore(tx: &mut Tx, staff: StaffId, block: ReportBlockId) -> Result<(), DbError> {
    sqlx::query!("update report_block set deleted_at = null where id = $1 and staff_id = $2", block.0, staff.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
