//! Colleagues who may do what others may not.

use crate::{
    model::{base::ids::MemberId, people::asking::AskedColleague},
    server::{
        auth::Member,
        db::{DbError, Tx},
    },
};

/// The people of the member's customer who may order and can be written to, by name.
///
/// * `key` – with what the keys of mails begin that ask them today; the person ends it
///
/// # Errors
/// When the database fails.
pub async fn who_order(tx: &mut Tx, member: &Member, key: &str) -> Result<Vec<AskedColleague>, DbError> {
    Ok(sqlx::query_as!(
        AskedColleague,
        r#"select m.id as "id: MemberId", m.name,
                  exists (select from mail w where w.key = $2 || m.id) as "is_asked!"
           from member m left join login l on l.member_id = m.id
           where m.customer_id = $1 and m.active and 'order' = any (m.capabilities) and coalesce(l.email, m.email) is not null
           order by m.name, m.id"#,
        member.customer().0,
        key
    )
    .fetch_all(&mut **tx)
    .await?)
}
