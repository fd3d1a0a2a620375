//! Programs as managers keep them.

use crate::{
    model::{
        base::{bilingual::Bilingual, ids::ProgramId},
        line::programs::KeptProgram,
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
