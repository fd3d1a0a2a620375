//! Programs as managers keep them.

use chrono::NaiveDate;

use crate::{
    model::{
        base::{bilingual::Bilingual, ids::ProgramId},
        line::programs::{KeptProgram, ProgramVersion},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// All programs, those that can be ordered for first, by name; or the one that is asked for.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx, only: Option<ProgramId>) -> Result<Vec<KeptProgram>, DbError> {
    Ok(sqlx::query_as!(
        KeptProgram,
        r#"select p.id as "id: ProgramId", array[p.name, p.name_en] as "name!: Bilingual", p.active,
                  (select count(*) from licence l where l.program_id = p.id)::int as "customers!: Natural"
           from program p where $1::bigint is null or p.id = $1
           order by p.active desc, p.name"#,
        only.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The versions of a program, the latest first; of all of them where none is named.
///
/// # Errors
/// When the database fails.
pub async fn versions(tx: &mut Tx, of: Option<ProgramId>) -> Result<Vec<ProgramVersion>, DbError> {
    Ok(sqlx::query_as!(
        ProgramVersion,
        r#"select v.name, v.released_on,
                  (select count(*) from licence l where l.program_id = v.program_id and l.version = v.name)::int
                      as "customers!: Natural"
           from program_version v where $1::bigint is null or v.program_id = $1
           order by v.released_on desc, v.name desc"#,
        of.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Lists a version of a program; one that is listed already stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn insert_version(
    tx: &mut Tx,
    program: ProgramId,
    name: &str,
    released_on: NaiveDate,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into program_version (program_id, name, released_on) values ($1, $2, $3) on conflict do nothing",
        program.0,
        name,
        released_on
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lists a version no more.
///
/// # Errors
/// When the database fails.
pub async fn delete_version(tx: &mut Tx, program: ProgramId, name: &str) -> Result<(), DbError> {
    sqlx::query!("delete from program_version where program_id = $1 and name = $2", program.0, name)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Adds a program.
///
/// # Errors
/// When the database fails, or another program has the name (`program_name_is_one_only`).
pub async fn insert(tx: &mut Tx, name: &Bilingual) -> Result<(), DbError> {
    sqlx::query!("insert into program (name, name_en) values ($1, $2)", name.cs, name.en).execute(&mut **tx).await?;
    Ok(())
}

/// Writes how a program is called and whether it can be ordered for; false if there is none such.
///
/// # Errors
/// As [`insert`].
pub async fn update(tx: &mut Tx, id: ProgramId, name: &Bilingual, active: bool) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update program set name = $2, name_en = $3, active = $4 where id = $1",
        id.0,
        name.cs,
        name.en,
        active
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
