//! Who writes, who calls, and to whom a mail of ours went.

use uuid::Uuid;

use crate::{
    model::{
        base::ids::{CustomerId, MailId, MemberId},
        people::members::{Capabilities, Capability},
    },
    server::db::{DbError, Tx},
};

/// Somebody who writes from an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Which person.
    pub member: MemberId,
    /// Of which customer.
    pub customer: CustomerId,
    /// What the person is called.
    pub name: String,
    /// Where to call that person, or the customer.
    pub phone: String,
    /// What that person may do.
    pub capabilities: Capabilities,
}

struct WriterRow {
    member: MemberId,
    customer: CustomerId,
    name: String,
    phone: String,
    capabilities: Vec<Capability>,
}

impl From<WriterRow> for Writer {
    fn from(row: WriterRow) -> Self {
        Self {
            member: row.member,
            customer: row.customer,
            name: row.name,
            phone: row.phone,
            capabilities: row.capabilities.into_iter().collect(),
        }
    }
}

macro_rules! select_writers {
    ($which:literal, $($parameter:expr),*) => {
        sqlx::query_as!(
            WriterRow,
            r#"select m.id as "member: MemberId", m.customer_id as "customer: CustomerId", m.name,
                      coalesce(nullif(m.phone, ''),
                               (select k.value from customer_contact k
                                where k.customer_id = m.customer_id and k.kind = 'phone' order by k.position limit 1), '') as "phone!",
                      m.capabilities as "capabilities: Vec<Capability>"
               from member m join customer c on c.id = m.customer_id and c.active
               where m.active "# + $which,
            $($parameter),*
        )
    };
}

/// Everybody who is written to at an address.
///
/// # Errors
/// When the database fails; staff may not.
pub async fn writers(tx: &mut Tx, address: &str) -> Result<Vec<Writer>, DbError> {
    let found = select_writers!(
        "and (m.id in (select member_id from login where email = $1)
              or m.email = $1 and not exists (select from login l where l.member_id = m.id))
         order by m.id",
        address
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// Somebody of a customer.
///
/// # Errors
/// When the database fails.
pub async fn writer(tx: &mut Tx, customer: CustomerId, member: MemberId) -> Result<Option<Writer>, DbError> {
    let found = select_writers!("and m.customer_id = $1 and m.id = $2", customer.0, member.0);
    Ok(found.fetch_optional(&mut **tx).await?.map(Into::into))
}

/// Customers with a telephone number, each with the person whose it is, if it is somebody's.
///
/// # Errors
/// When the database fails.
pub async fn callers(tx: &mut Tx, phone: &str) -> Result<Vec<(CustomerId, Option<MemberId>)>, DbError> {
    let found = sqlx::query!(
        r#"select f.customer_id as "customer!: CustomerId", min(f.member_id) as "member: MemberId"
           from (select customer_id, id as member_id from member where active and is_same_phone(phone, $1)
                 union all
                 select customer_id, null from customer_contact where kind = 'phone' and value = $1) f
           group by f.customer_id order by f.customer_id"#,
        phone
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(|row| (row.customer, row.member)).collect())
}

/// The mail of ours that has one of these identities, and whose it was, as far as it went to somebody of a customer.
///
/// # Errors
/// When the database fails.
pub async fn ours(
    tx: &mut Tx,
    message_ids: &[Uuid],
    id: Option<MailId>,
) -> Result<Option<(MailId, Option<(CustomerId, Option<MemberId>)>)>, DbError> {
    let found = sqlx::query!(
        r#"select w.id as "id: MailId", w.customer_id as "customer: CustomerId",
                  (select min(m.id) from member m left join login l on l.member_id = m.id
                   where m.customer_id = w.customer_id and coalesce(l.email, m.email) = w.to_address) as "member: MemberId"
           from mail w where w.message_id = any ($1) or w.id = $2 order by w.id limit 1"#,
        message_ids,
        id.map(|id| id.0)
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.id, row.customer.map(|customer| (customer, row.member)))))
}
