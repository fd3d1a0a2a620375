//! What customers had that were merged into others, for the people who go on there.

use crate::{
    model::base::ids::{CustomerId, MemberId},
    server::db::{DbError, Tx},
};

/// Of which customer that was merged into the member's own a request or tax document is, and who the member was there.
///
/// # Errors
/// When the database fails.
pub async fn whose(
    tx: &mut Tx,
    number: &str,
    member: MemberId,
) -> Result<Option<(CustomerId, Option<MemberId>)>, DbError> {
    let row = sqlx::query!(
        r#"select customer_id as "customer!: CustomerId", member_id as "member: MemberId" from read_of_former($1, $2)"#,
        number,
        member.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.customer, row.member)))
}

/// The customers that were merged into the member's own and of whom the member may read anything: how each was called, and who the
/// member was there.
///
/// # Errors
/// When the database fails.
pub async fn known(
    tx: &mut Tx,
    member: MemberId,
    sees_all: bool,
) -> Result<Vec<(CustomerId, String, Option<MemberId>)>, DbError> {
    let rows = sqlx::query!(
        r#"select id as "id!: CustomerId", name as "name!", member_id as "was: MemberId"
           from former_customers($1, $2) order by id"#,
        member.0,
        sees_all
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name, row.was)).collect())
}
