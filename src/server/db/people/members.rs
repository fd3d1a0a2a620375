//! People of customers.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::model::{
    base::ids::{CustomerId, LoginId, MemberId},
    people::{
        erasure::Heir,
        members::{Capability, ContactRole, MemberForm, MemberPerson},
    },
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
        r#"select m.id as "id: MemberId", m.name, m.phone, m.email as own_email, m.active, m.is_mailbox,
                  m.capabilities as "capabilities: Vec<Capability>", m.contact_roles as "contact_roles: Vec<ContactRole>",
                  m.invited_in_vain_until, l.email as "login_email?", coalesce(l.password_hash is not null, false) as "has_password!",
                  k.expires_at as "link_until?",
                  (select max(i.came_at) from inbound_mail i join mail w on w.id = i.mail_id
                   where i.member_id = m.id and w.to_address = coalesce(l.email, m.email)
                     and i.came_at > $3::timestamptz - interval '90 days') as returned_at
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
        returned_at: row.returned_at,
        sign_in: match (&row.login_email, row.invited_in_vain_until) {
            (None, None) => None,
            (None, Some(until)) => Some(passwords::sign_in_state(false, Some(until).filter(|until| *until > now))),
            (Some(_), _) => Some(passwords::sign_in_state(row.has_password, row.link_until)),
        },
        form: MemberForm {
            name: row.name,
            phone: row.phone,
            signs_in: row.login_email.is_some() || row.invited_in_vain_until.is_some(),
            email: row.login_email.or(row.own_email).unwrap_or_default(),
            capabilities: row.capabilities.into_iter().collect(),
            contact_roles: row.contact_roles.into_iter().collect(),
            is_mailbox: row.is_mailbox,
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
        r#"insert into member (customer_id, name, phone, email, capabilities, contact_roles, form_key, is_mailbox)
           values ($1, $2, $3, nullif($4, ''), $5, $6, $7, $8) returning id as "id: MemberId""#,
        customer.0,
        form.name,
        form.phone,
        form.email,
        &capabilities(form),
        &contact_roles(form),
        key,
        form.is_mailbox
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
        "update member set name = $3, phone = $4, email = nullif($5, ''), capabilities = $6, contact_roles = $7, active = $8,
                           is_mailbox = $9
         where id = $2 and customer_id = $1",
        customer.0,
        id.0,
        form.name,
        form.phone,
        form.email,
        &capabilities(form),
        &contact_roles(form),
        active,
        form.is_mailbox
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Waits for whoever writes a person of a customer, one of that person's requests, or the customer.
///
/// # Errors
/// When the database fails.
pub async fn lock_with_requests(tx: &mut Tx, customer: CustomerId, id: MemberId) -> Result<(), DbError> {
    sqlx::query!("select lock_member($1, $2)", customer.0, id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Lets a person go, whose open requests go on with an heir or are called off.
///
/// # Errors
/// When the database fails; `somebody_manages`, `heir_is_a_colleague`, `work_is_somebodys`, `requests_are_somebodys`.
pub async fn let_go(tx: &mut Tx, id: MemberId, heir: Option<Heir>, now: DateTime<Utc>) -> Result<(), DbError> {
    let colleague = match heir {
        Some(Heir::Colleague(colleague)) => Some(colleague.0),
        Some(Heir::Nobody) | None => None,
    };
    sqlx::query!("select let_member_go($1, $2, $3, $4)", id.0, colleague, heir == Some(Heir::Nobody), now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The person of a customer who signs in with an address, if one does.
///
/// # Errors
/// When the database fails.
pub async fn by_address(tx: &mut Tx, customer: CustomerId, email: &str) -> Result<Option<MemberId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select m.id as "id: MemberId" from member m join login l on l.member_id = m.id
           where l.email = $2 and m.customer_id = $1 and m.erased_at is null"#,
        customer.0,
        email
    )
    .fetch_optional(&mut **tx)
    .await?)
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

/// Whether somebody has chosen a password.
///
/// # Errors
/// When the database fails.
pub async fn has_password(tx: &mut Tx, login: LoginId) -> Result<bool, DbError> {
    let chosen =
        sqlx::query_scalar!(r#"select password_hash is not null as "chosen!" from login where id = $1"#, login.0);
    Ok(chosen.fetch_one(&mut **tx).await?)
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

/// Whether somebody signs in with an address already.
///
/// # Errors
/// When the database fails.
pub async fn is_address_used(tx: &mut Tx, email: &str) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select exists (select from login where email = $1) as "is!""#, email)
        .fetch_one(&mut **tx)
        .await?)
}

/// The person of a customer who was invited with an address with which somebody signs in elsewhere.
///
/// # Errors
/// When the database fails.
pub async fn invited_in_vain(tx: &mut Tx, customer: CustomerId, email: &str) -> Result<Option<MemberId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: MemberId" from member
           where customer_id = $1 and email = $2 and invited_in_vain_until is not null order by id limit 1"#,
        customer.0,
        email
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Notes until when a person looks invited who cannot be; none for who can be now.
///
/// # Errors
/// When the database fails.
pub async fn note_invited_in_vain(tx: &mut Tx, id: MemberId, until: Option<DateTime<Utc>>) -> Result<(), DbError> {
    sqlx::query!("update member set invited_in_vain_until = $2 where id = $1", id.0, until).execute(&mut **tx).await?;
    Ok(())
}
