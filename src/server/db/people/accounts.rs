//! People and how they sign in.

use crate::server::db::{DbError, Tx};
use crate::{
    model::{
        base::ids::{CustomerId, LoginId, MemberId, StaffId},
        people::members::{Capability, StaffRole},
    },
    server::auth::Person,
};

/// A sign-in as it is looked up by its address.
#[derive(Debug)]
pub struct Login {
    /// Which.
    pub id: LoginId,
    /// The stored hash; none of a person who has not chosen a password yet.
    pub password_hash: Option<String>,
    /// Whose.
    pub person: Person,
}

/// The sign-in of an address, if its person is active. The address is compared without regard to case.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn login(tx: &mut Tx, email: &str) -> Result<Option<Login>, DbError> {
    sqlx::query!(
        r#"select l.id as "id: LoginId", l.password_hash,
                  m.id as "member_id?: MemberId", m.name as "member_name?", m.capabilities as "capabilities?: Vec<Capability>",
                  c.id as "customer_id?: CustomerId", c.name as "customer_name?",
                  f.id as "staff_id?: StaffId", f.name as "staff_name?", f.roles as "roles?: Vec<StaffRole>"
           from login l
           left join (member m join customer c on c.id = m.customer_id and c.active) on m.id = l.member_id and m.active
           left join staff f on f.id = l.staff_id and f.active
           where l.email = lower($1) and num_nonnulls(m.id, f.id) = 1"#,
        email
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| {
        Ok(Login {
            id: row.id,
            password_hash: row.password_hash,
            person: person(PersonRow {
                member_id: row.member_id,
                member_name: row.member_name,
                capabilities: row.capabilities,
                customer_id: row.customer_id,
                customer_name: row.customer_name,
                staff_id: row.staff_id,
                staff_name: row.staff_name,
                roles: row.roles,
            })?,
        })
    })
    .transpose()
}

/// Saves in which language a person is written to.
///
/// # Errors
/// When the database fails, or does not know the language.
pub async fn save_language(tx: &mut Tx, login: LoginId, language: &str) -> Result<(), DbError> {
    sqlx::query!("update login set language = $2 where id = $1", login.0, language).execute(&mut **tx).await?;
    Ok(())
}

/// Names of the customer's active members with a capability.
///
/// # Errors
/// When the database fails.
pub async fn members_with(tx: &mut Tx, capability: Capability) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        "select name from member
         where customer_id = (select current_customer()) and active and $1 = any (capabilities)
         order by name",
        capability.code()
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A person as the joins above return one: either the member's columns or the staff's are there.
pub(crate) struct PersonRow {
    pub member_id: Option<MemberId>,
    pub member_name: Option<String>,
    pub capabilities: Option<Vec<Capability>>,
    pub customer_id: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub staff_id: Option<StaffId>,
    pub staff_name: Option<String>,
    pub roles: Option<Vec<StaffRole>>,
}

pub(crate) fn person(row: PersonRow) -> Result<Person, DbError> {
    match row {
        PersonRow {
            member_id: Some(id),
            member_name: Some(name),
            capabilities: Some(capabilities),
            customer_id: Some(customer),
            customer_name: Some(customer_name),
            ..
        } => Ok(Person::Member { id, name, customer, customer_name, capabilities: capabilities.into_iter().collect() }),
        PersonRow { staff_id: Some(id), staff_name: Some(name), roles: Some(roles), .. } => {
            Ok(Person::Staff { id, name, roles: roles.into_iter().collect() })
        }
        _ => Err(DbError::unknown("login", "neither a member nor a person of the vendor")),
    }
}
