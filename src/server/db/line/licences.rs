//! The programs that customers run, and their computers.

use crate::model::{
    base::{
        bilingual::Bilingual,
        ids::{ComputerId, CustomerId, ProgramId},
    },
    line::{
        catalogue::Program,
        licences::{Computer, ComputerForm, Licence},
    },
};
use crate::server::db::{DbError, Tx};

/// The programs that a customer runs, by name.
///
/// # Errors
/// When the database fails.
pub async fn licences(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Licence>, DbError> {
    let rows = sqlx::query!(
        r#"select p.id as "id: ProgramId", array[p.name, p.name_en] as "name!: Bilingual", l.number, l.version from licence l join program p on p.id = l.program_id
           where l.customer_id = $1 order by p.name, p.id"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Licence {
            program: Program { id: row.id, name: row.name },
            number: row.number,
            version: row.version,
        })
        .collect())
}

/// The programs that are offered, and those that the customer runs anyway, by name.
///
/// # Errors
/// When the database fails.
pub async fn programs(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Program>, DbError> {
    Ok(sqlx::query_as!(
        Program,
        r#"select p.id as "id: ProgramId", array[p.name, p.name_en] as "name!: Bilingual" from program p
           where p.active or exists (select from licence l where l.program_id = p.id and l.customer_id = $1)
           order by p.name, p.id"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A customer's computers, those on which the program of that name runs first, then by name.
///
/// # Errors
/// When the database fails.
pub async fn computers(tx: &mut Tx, customer: CustomerId, first: &str) -> Result<Vec<Computer>, DbError> {
    Ok(sqlx::query_as!(
        Computer,
        r#"select c.id as "id: ComputerId", c.name, c.teamviewer_id, r.programs as "programs!"
           from computer c
           cross join lateral (
               select array(select p.name from computer_program cp join program p on p.id = cp.program_id
                            where cp.computer_id = c.id order by p.name)::text[] as programs) r
           where c.customer_id = $1
           order by $2 = any (r.programs) desc, c.name, c.id"#,
        customer.0,
        first
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Writes that a customer runs a program, under a number and in a version.
///
/// # Errors
/// When the database fails.
pub async fn put(
    tx: &mut Tx,
    customer: CustomerId,
    program: ProgramId,
    number: &str,
    version: &str,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into licence (customer_id, program_id, number, version) values ($1, $2, $3, $4)
         on conflict (customer_id, program_id) do update set number = $3, version = $4",
        customer.0,
        program.0,
        number,
        version
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes that a customer runs a program no more.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, customer: CustomerId, program: ProgramId) -> Result<(), DbError> {
    sqlx::query!("delete from licence where customer_id = $1 and program_id = $2", customer.0, program.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Writes a computer down: the one with that number, or a new one. Programs that the customer has no licence for are left out.
///
/// # Errors
/// When the database fails.
pub async fn put_computer(tx: &mut Tx, customer: CustomerId, form: &ComputerForm) -> Result<(), DbError> {
    let id = note_computer(tx, customer, form).await?;
    let programs: Vec<i64> = form.programs.iter().map(|program| program.0).collect();
    sqlx::query!("delete from computer_program where computer_id = $1 and program_id <> all ($2)", id, &programs)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// As [`put_computer`], for who knows of some programs only: what else runs on it stays.
///
/// # Errors
/// When the database fails.
pub async fn note_computer(tx: &mut Tx, customer: CustomerId, form: &ComputerForm) -> Result<i64, DbError> {
    let id = sqlx::query_scalar!(
        "insert into computer (customer_id, name, teamviewer_id) values ($1, $2, $3)
         on conflict on constraint one_computer_of_an_id do update set name = $2 returning id",
        customer.0,
        form.name,
        form.teamviewer_id
    )
    .fetch_one(&mut **tx)
    .await?;
    let programs: Vec<i64> = form.programs.iter().map(|program| program.0).collect();
    sqlx::query!(
        "insert into computer_program (computer_id, customer_id, program_id)
         select $1, customer_id, program_id from licence where customer_id = $2 and program_id = any ($3)
         on conflict do nothing",
        id,
        customer.0,
        &programs
    )
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Forgets a computer.
///
/// # Errors
/// When the database fails.
pub async fn remove_computer(tx: &mut Tx, customer: CustomerId, computer: ComputerId) -> Result<(), DbError> {
    sqlx::query!("delete from computer where id = $1 and customer_id = $2", computer.0, customer.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
