//! Customers: what is kept of them, on which terms they pay, and whether they may order.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::model::{
    base::ids::{CustomerId, StaffId},
    people::customers::{Address, Billing, Block, Contact, ContactKind, CustomerFacts, Standing},
};
use crate::server::db::{DbError, Tx};

/// What a customer's documents and payments go by; none if there is no such customer.
///
/// # Errors
/// When the database fails.
pub async fn billing(tx: &mut Tx, customer: CustomerId) -> Result<Option<Billing>, DbError> {
    let row = sqlx::query!("select street, city, postal_code, dic, trusted from customer where id = $1", customer.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.map(|row| Billing {
        address: Address { street: row.street, city: row.city, postal_code: row.postal_code, dic: row.dic },
        trusted: row.trusted,
    }))
}

/// Completes where a customer is, unless that is known; tells whether it was not.
///
/// # Errors
/// When the database fails.
pub async fn complete_address(tx: &mut Tx, customer: CustomerId, address: &Address) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update customer c set street = $2, city = $3, postal_code = $4 where c.id = $1 and not is_named(c)",
        customer.0,
        address.street,
        address.city,
        address.postal_code
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What is kept of a customer; none if there is no such customer.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn facts(tx: &mut Tx, customer: CustomerId) -> Result<Option<CustomerFacts>, DbError> {
    let row = sqlx::query!(
        "select name, ico, country, street, city, postal_code, dic, region, note from customer where id = $1",
        customer.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let contacts = sqlx::query_as!(
        Contact,
        r#"select kind as "kind: ContactKind", value, label from customer_contact
           where customer_id = $1 order by kind desc, position"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Some(CustomerFacts {
        name: row.name,
        ico: row.ico,
        country: row.country,
        address: Address { street: row.street, city: row.city, postal_code: row.postal_code, dic: row.dic },
        region: row.region,
        contacts,
        note: row.note,
    }))
}

/// The customer that the form with this key has added, if it has.
///
/// # Errors
/// When the database fails.
pub async fn by_key(tx: &mut Tx, key: Uuid) -> Result<Option<CustomerId>, DbError> {
    Ok(sqlx::query_scalar!(r#"select id as "id: CustomerId" from customer where form_key = $1"#, key)
        .fetch_optional(&mut **tx)
        .await?)
}

/// Adds a customer.
///
/// # Errors
/// When the database fails, another customer has the IČO (`ico_is_one_customers`), or the form has been written meanwhile
/// (`one_customer_of_a_form`).
pub async fn insert(tx: &mut Tx, facts: &CustomerFacts, key: Uuid, now: DateTime<Utc>) -> Result<CustomerId, DbError> {
    let id = sqlx::query_scalar!(
        r#"insert into customer (name, ico, country, street, city, postal_code, dic, region, note, form_key, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, (select r.name from line_region r where r.name = $8), $9, $10, $11)
           returning id as "id: CustomerId""#,
        facts.name,
        facts.ico,
        facts.country,
        facts.address.street,
        facts.address.city,
        facts.address.postal_code,
        facts.address.dic,
        facts.region,
        facts.note,
        key,
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    set_contacts(tx, id, &facts.contacts).await?;
    Ok(id)
}

/// Writes what is kept of a customer; tells whether there is such a customer. Documents that were issued stay as they are.
///
/// # Errors
/// When the database fails, or another customer has the IČO (`ico_is_one_customers`).
pub async fn update(tx: &mut Tx, customer: CustomerId, facts: &CustomerFacts) -> Result<bool, DbError> {
    let saved = sqlx::query!(
        "update customer set name = $2, ico = $3, country = $4, street = $5, city = $6, postal_code = $7, dic = $8,
                region = (select r.name from line_region r where r.name = $9), note = $10
         where id = $1",
        customer.0,
        facts.name,
        facts.ico,
        facts.country,
        facts.address.street,
        facts.address.city,
        facts.address.postal_code,
        facts.address.dic,
        facts.region,
        facts.note
    )
    .execute(&mut **tx)
    .await?;
    if saved.rows_affected() == 0 {
        return Ok(false);
    }
    set_contacts(tx, customer, &facts.contacts).await?;
    Ok(true)
}

async fn set_contacts(tx: &mut Tx, customer: CustomerId, contacts: &[Contact]) -> Result<(), DbError> {
    sqlx::query!("delete from customer_contact where customer_id = $1", customer.0).execute(&mut **tx).await?;
    let (mut kinds, mut values, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    for Contact { kind, value, label } in contacts {
        kinds.push(kind.code().to_owned());
        values.push(value.clone());
        labels.push(label.clone());
    }
    sqlx::query!(
        "insert into customer_contact (customer_id, kind, position, value, label)
         select $1, c.kind, c.place::int, c.value, c.label
         from unnest($2::text[], $3::text[], $4::text[]) with ordinality c (kind, value, label, place)",
        customer.0,
        &kinds,
        &values,
        &labels
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a customer is one, and may order; none if there is no such customer.
///
/// # Errors
/// When the database fails.
pub async fn standing(tx: &mut Tx, customer: CustomerId) -> Result<Option<Standing>, DbError> {
    let row = sqlx::query!(
        r#"select c.active, c.blocked_at, s.name as "by?", c.block_reason, c.block_spares_urgent
           from customer c left join staff s on s.id = c.blocked_by where c.id = $1"#,
        customer.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Standing {
        active: row.active,
        block: row.blocked_at.zip(row.block_reason).map(|(at, reason)| Block {
            at,
            by: row.by,
            reason,
            spares_urgent: row.block_spares_urgent,
        }),
    }))
}

/// Keeps a customer from ordering and buying from now on; what is blocked already stays blocked for its first reason. Tells
/// whether there is such a customer.
///
/// # Errors
/// When the database fails.
pub async fn block(
    tx: &mut Tx,
    customer: CustomerId,
    by: StaffId,
    (reason, spares_urgent): (&str, bool),
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let saved = sqlx::query!(
        "update customer set blocked_at = coalesce(blocked_at, $2),
                blocked_by = case when blocked_at is null then $3 else blocked_by end,
                block_spares_urgent = case when blocked_at is null then $5 else block_spares_urgent end,
                block_reason = coalesce(block_reason, $4)
         where id = $1",
        customer.0,
        now,
        by.0,
        reason,
        spares_urgent
    )
    .execute(&mut **tx)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Lets a customer order and buy again; tells whether there is such a customer.
///
/// # Errors
/// When the database fails.
pub async fn unblock(tx: &mut Tx, customer: CustomerId) -> Result<bool, DbError> {
    let saved = sqlx::query!(
        "update customer set blocked_at = null, blocked_by = null, block_reason = null, block_spares_urgent = false
         where id = $1",
        customer.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Writes whether somebody is still a customer; tells whether there is such a customer.
///
/// # Errors
/// When the database fails.
pub async fn set_active(tx: &mut Tx, customer: CustomerId, active: bool) -> Result<bool, DbError> {
    let saved =
        sqlx::query!("update customer set active = $2 where id = $1", customer.0, active).execute(&mut **tx).await?;
    Ok(saved.rows_affected() == 1)
}

/// Locks a customer, so that what is decided about its people is decided one after the other; its name, or none if there is no
/// such customer.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx, customer: CustomerId) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar!("select name from customer where id = $1 for update", customer.0)
        .fetch_optional(&mut **tx)
        .await?)
}

/// Writes whether a customer's transfers have their minutes credited at once; tells whether there is such a customer. Orders
/// that were placed stay as they are.
///
/// # Errors
/// When the database fails.
pub async fn set_trusted(tx: &mut Tx, customer: CustomerId, trusted: bool) -> Result<bool, DbError> {
    let saved =
        sqlx::query!("update customer set trusted = $2 where id = $1", customer.0, trusted).execute(&mut **tx).await?;
    Ok(saved.rows_affected() == 1)
}
