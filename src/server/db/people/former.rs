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
