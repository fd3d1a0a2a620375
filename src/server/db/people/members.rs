//! People of customers.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::model::{
    base::ids::{CustomerId, LoginId, MemberId},
    people::members::{Capability, ContactRole, MemberForm, MemberPerson},
};
use crate::server::db::{DbError, Tx, people::passwords};

/// The people of a customer who are not erased, those who are still there first, by name; or the one person who is asked for.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn people(
    tx: &mut Tx,
    customer: CustomerId,
    one: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<Vec<MemberPerson>, DbError> {
    let rows = sqlx::query!(
        r#"select m.id as "id: MemberId", m.name, m.phone, m.email as own_email, m.active,
                  m.capabilities as "capabilities: Vec<Capability>", m.contact_roles as "contact_roles: Vec<ContactRole>",
                  l.email as "login_email?", coalesce(l.password_hash is not null, false) as "has_password!",
                  k.expires_at as "link_until?"
           from member m
           left join login l on l.member_id = m.id
           left join password_link k on k.login_id = l.id and k.expires_at > $3
           where m.customer_id = $1 and ($2::bigint is null or m.id = $2) and m.erased_at is null
           order by m.active desc, m.name, m.id"#,
        customer.0,
        one.map(|id| id.0),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let people = rows.into_iter().map(|row| MemberPerson {
        id: row.id,
        active: row.active,
        sign_in: row.login_email.is_some().then(|| passwords::sign_in_state(row.has_password, row.link_until)),
        form: MemberForm {
            name: row.name,
            phone: row.phone,
            signs_in: row.login_email.is_some(),
            email: row.login_email.or(row.own_email).unwrap_or_default(),
            capabilities: row.capabilities.into_iter().collect(),
            contact_roles: row.contact_roles.into_iter().collect(),
        },
    });
    Ok(people.collect())
}

/// The person of a customer whom the form with this key has added, if it has.
///
/// # Errors
/// When the database fails.
pub async fn by_key(tx: &mut Tx, customer: CustomerId, key: Uuid) -> Result<Option<MemberId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: MemberId" from member where form_key = $1 and customer_id = $2"#,
        key,
        customer.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Adds a person, who has no sign-in.
///
/// # Errors
/// When the database fails, or the form has been written meanwhile (`one_person_of_a_form`).
pub async fn insert(tx: &mut Tx, customer: CustomerId, form: &MemberForm, key: Uuid) -> Result<MemberId, DbError> {
    Ok(sqlx::query_scalar!(
        r#"insert into member (customer_id, name, phone, email, capabilities, contact_roles, form_key)
           values ($1, $2, $3, nullif($4, ''), $5, $6, $7) returning id as "id: MemberId""#,
        customer.0,
        form.name,
        form.phone,
        form.email,
        &capabilities(form),
        &contact_roles(form),
        key
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes what a person is called, may do and is told, and whether the person is still there; false if there is none such.
///
/// # Errors
/// When the database fails.
pub async fn update(
    tx: &mut Tx,
    customer: CustomerId,
    id: MemberId,
    form: &MemberForm,
    active: bool,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update member set name = $3, phone = $4, email = nullif($5, ''), capabilities = $6, contact_roles = $7, active = $8
         where id = $2 and customer_id = $1",
        customer.0,
        id.0,
        form.name,
        form.phone,
        form.email,
        &capabilities(form),
        &contact_roles(form),
        active
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The sign-in of a person; none for who has none.
///
/// # Errors
/// When the database fails.
pub async fn login(tx: &mut Tx, id: MemberId) -> Result<Option<LoginId>, DbError> {
    Ok(sqlx::query_scalar!(r#"select id as "id: LoginId" from login where member_id = $1"#, id.0)
        .fetch_optional(&mut **tx)
        .await?)
}

/// Gives a person a sign-in, who has no password yet.
///
/// # Errors
/// When the database fails, or the address is somebody's (`address_is_one_persons`).
pub async fn add_login(tx: &mut Tx, id: MemberId, email: &str) -> Result<LoginId, DbError> {
    Ok(sqlx::query_scalar!(
        r#"insert into login (email, member_id) values ($1, $2) returning id as "id: LoginId""#,
        email,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes with which address a person signs in.
///
/// # Errors
/// When the database fails, or the address is somebody's (`address_is_one_persons`).
pub async fn set_address(tx: &mut Tx, login: LoginId, email: &str) -> Result<(), DbError> {
    sqlx::query!("update login set email = $2 where id = $1", login.0, email).execute(&mut **tx).await?;
    Ok(())
}

fn capabilities(form: &MemberForm) -> Vec<String> {
    form.capabilities.iter().map(|capability| capability.code().to_owned()).collect()
}

fn contact_roles(form: &MemberForm) -> Vec<String> {
    form.contact_roles.iter().map(|role| role.code().to_owned()).collect()
}
