//! People of the vendor.

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::{
    base::{
        bilingual::Bilingual,
        ids::{LoginId, StaffId},
    },
    people::{
        members::{StaffRole, StaffRoles},
        staff::{Skill, StaffForm, StaffPerson},
    },
};
use crate::server::db::{DbError, Tx, codec::Natural, people::passwords};

/// Everybody, those who work here first, by name; or the one person who is asked for.
///
/// # Errors
/// When the database fails.
pub async fn people(tx: &mut Tx, one: Option<StaffId>, now: DateTime<Utc>) -> Result<Vec<StaffPerson>, DbError> {
    let rows = sqlx::query!(
        r#"select f.id as "id: StaffId", f.name, f.roles as "roles: Vec<StaffRole>", f.active, l.email as "email?",
                  coalesce(l.password_hash is not null, false) as "has_password!", k.expires_at as "link_until?",
                  array(select skill from technician_skill where technician_id = f.id order by 1) as "skills!",
                  array(select region from staff_region where staff_id = f.id order by 1) as "regions!"
           from staff f
           left join login l on l.staff_id = f.id
           left join password_link k on k.login_id = l.id and k.expires_at > $2
           where $1::bigint is null or f.id = $1
           order by f.active desc, f.name, f.id"#,
        one.map(|id| id.0),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let people = rows.into_iter().map(|row| StaffPerson {
        id: row.id,
        form: StaffForm {
            name: row.name,
            email: row.email.unwrap_or_default(),
            roles: row.roles.into_iter().collect(),
            skills: row.skills,
            regions: row.regions,
        },
        active: row.active,
        sign_in: passwords::sign_in_state(row.has_password, row.link_until),
    });
    Ok(people.collect())
}

/// What technicians may know, by name.
///
/// # Errors
/// When the database fails.
pub async fn skills(tx: &mut Tx) -> Result<Vec<Skill>, DbError> {
    Ok(sqlx::query_as!(
        Skill,
        r#"select code, array[name, name_en] as "name!: Bilingual" from skill order by name, code"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Whether a manager works here, who can let everybody else in.
///
/// # Errors
/// When the database fails.
pub async fn has_manager(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from staff where active and 'manager' = any (roles)) as "has_manager!""#
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Adds a person with an address to sign in with, who has no password yet.
///
/// # Errors
/// When the database fails, or the address is somebody's (`address_is_one_persons`).
pub async fn insert(tx: &mut Tx, form: &StaffForm) -> Result<(StaffId, LoginId), DbError> {
    let id = sqlx::query_scalar!(
        r#"insert into staff (name, roles) values ($1, $2) returning id as "id: StaffId""#,
        form.name,
        &codes(form.roles)
    )
    .fetch_one(&mut **tx)
    .await?;
    let login = sqlx::query_scalar!(
        r#"insert into login (email, staff_id) values ($1, $2) returning id as "id: LoginId""#,
        form.email,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    set_skills_and_regions(tx, id, form).await?;
    Ok((id, login))
}

/// Writes what a person is called, does and knows, and whether the person works here; false if there is none such.
///
/// # Errors
/// When the database fails, or no manager would be left (`a_manager_stays`).
pub async fn update(tx: &mut Tx, id: StaffId, form: &StaffForm, active: bool) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update staff set name = $2, roles = $3, active = $4 where id = $1",
        id.0,
        form.name,
        &codes(form.roles),
        active
    )
    .execute(&mut **tx)
    .await?;
    set_skills_and_regions(tx, id, form).await?;
    Ok(done.rows_affected() == 1)
}

/// Writes what somebody knows, and whose customers the person looks after first.
async fn set_skills_and_regions(tx: &mut Tx, id: StaffId, form: &StaffForm) -> Result<(), DbError> {
    // What the form was not made with is none of the skills and none of the regions, and is left out.
    sqlx::query!(
        "with gone as (delete from technician_skill where technician_id = $1 and skill <> all ($2))
         insert into technician_skill (technician_id, skill) select $1, code from skill where code = any ($2)
         on conflict do nothing",
        id.0,
        &form.skills
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "with gone as (delete from staff_region where staff_id = $1 and region <> all ($2))
         insert into staff_region (staff_id, region) select $1, name from line_region where name = any ($2)
         on conflict do nothing",
        id.0,
        &form.regions
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The names of the line's regions, in their order.
///
/// # Errors
/// When the database fails.
pub async fn regions(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!("select name from line_region order by position").fetch_all(&mut **tx).await?)
}

/// Gives a technician who has no working plan the hours of the line, Monday to Friday.
///
/// # Errors
/// When the database fails.
pub async fn plan_hours_of_line(tx: &mut Tx, id: StaffId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into working_plan (technician_id, weekday, starts, ends)
         select $1, weekday, opens, closes from line_settings_at($2, $2), generate_series(1, 5) weekday
         where not exists (select from working_plan where technician_id = $1)",
        id.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a person out of the plan who is no technician any more: nothing more is offered of their time.
///
/// # Errors
/// When the database fails.
pub async fn forget_plan(tx: &mut Tx, id: StaffId) -> Result<(), DbError> {
    sqlx::query!("delete from working_plan where technician_id = $1", id.0).execute(&mut **tx).await?;
    sqlx::query!("delete from plan_exception where technician_id = $1 and kind = 'extra'", id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// From which day on a person does not work here any more.
///
/// # Errors
/// When the database fails.
pub async fn leaves_on(tx: &mut Tx, id: StaffId) -> Result<Option<NaiveDate>, DbError> {
    Ok(sqlx::query_scalar!("select leaves_on from staff where id = $1", id.0)
        .fetch_optional(&mut **tx)
        .await?
        .flatten())
}

/// Ends a person's whole plan because they go, and keeps what that takes, for [`stays`].
///
/// # Errors
/// When the database fails.
pub async fn give_up_plan(tx: &mut Tx, id: StaffId) -> Result<(), DbError> {
    sqlx::query!("select give_up_plan($1, null, null)", id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Takes it back that a person leaves or has left, and gives back what that took out of the plan.
///
/// # Errors
/// When the database fails.
pub async fn stays(tx: &mut Tx, id: StaffId) -> Result<(), DbError> {
    sqlx::query!("select take_back_plan($1)", id.0).execute(&mut **tx).await?;
    sqlx::query!("update staff set leaves_on = null where id = $1", id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Who works here still, and should not any more on a day.
///
/// # Errors
/// When the database fails.
pub async fn leaving(tx: &mut Tx, today: NaiveDate) -> Result<Vec<StaffId>, DbError> {
    let found = sqlx::query_scalar!(r#"select id as "id: StaffId" from staff where active and leaves_on <= $1"#, today);
    Ok(found.fetch_all(&mut **tx).await?)
}

/// How many appointments a person has yet to keep, those that are being agreed included.
///
/// # Errors
/// When the database fails.
pub async fn appointments_ahead(tx: &mut Tx, id: StaffId, now: DateTime<Utc>) -> Result<u32, DbError> {
    let Natural(count) = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from appointment
           where technician_id = $1
             and (state = 'running' or state = 'confirmed' and upper(during) > $2
                  or state = 'held' and hold_expires_at > $2)"#,
        id.0,
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(count)
}

/// The sign-in of a person; none if there is no such person.
///
/// # Errors
/// When the database fails.
pub async fn login(tx: &mut Tx, id: StaffId) -> Result<Option<LoginId>, DbError> {
    Ok(sqlx::query_scalar!(r#"select id as "id: LoginId" from login where staff_id = $1"#, id.0)
        .fetch_optional(&mut **tx)
        .await?)
}

/// Changes the address with which somebody signs in; the trigger `forget_sign_ins` ends sessions and links.
///
/// # Errors
/// When the database fails, or the address is somebody's (`address_is_one_persons`).
pub async fn set_address(tx: &mut Tx, login: LoginId, email: &str) -> Result<(), DbError> {
    sqlx::query!("update login set email = $2 where id = $1", login.0, email).execute(&mut **tx).await?;
    Ok(())
}

/// The person of the vendor who signs in with an address.
///
/// # Errors
/// When the database fails.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<StaffId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select staff_id as "id!: StaffId" from login where email = $1 and staff_id is not null"#,
        email
    )
    .fetch_optional(&mut **tx)
    .await?)
}

fn codes(roles: StaffRoles) -> Vec<String> {
    roles.iter().map(|role| role.code().to_owned()).collect()
}
