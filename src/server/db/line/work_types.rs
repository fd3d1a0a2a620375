//! Kinds of work and skills as managers keep them.

use crate::{
    model::{
        base::{bilingual::Bilingual, ids::WorkTypeId},
        line::{
            catalogue::SlotChoice,
            work_types::{KeptSkill, KeptWorkType, WorkTypeTerms},
        },
        people::staff::Skill,
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// All kinds of work, those that can be ordered first, by name; or the one that is asked for.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn all(tx: &mut Tx, only: Option<WorkTypeId>) -> Result<Vec<KeptWorkType>, DbError> {
    let rows = sqlx::query!(
        r#"select id as "id: WorkTypeId", array[name, name_en] as "name!: Bilingual",
                  array[description, description_en] as "description!: Bilingual", minutes_from as "minutes_from: Natural",
                  minutes_to as "minutes_to: Natural", slot_minutes as "slot_minutes: Natural", plannable, skill,
                  choice as "choice: SlotChoice", active
           from work_type where $1::bigint is null or id = $1
           order by active desc, name"#,
        only.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    let kept = rows.into_iter().map(|row| KeptWorkType {
        id: row.id,
        terms: WorkTypeTerms {
            name: row.name,
            description: row.description,
            minutes_from: row.minutes_from.into(),
            minutes_to: row.minutes_to.into(),
            slot_minutes: row.slot_minutes.into(),
            plannable: row.plannable,
            skill: row.skill,
            choice: row.choice,
        },
        active: row.active,
    });
    Ok(kept.collect())
}

/// Adds a kind of work.
///
/// # Errors
/// When the database fails, another kind has the name (`work_type_name_is_one_only`), or there is no such skill
/// (`skill_is_known`).
pub async fn insert(tx: &mut Tx, terms: &WorkTypeTerms) -> Result<WorkTypeId, DbError> {
    Ok(sqlx::query_scalar!(
        r#"insert into work_type (name, name_en, description, description_en, minutes_from, minutes_to, slot_minutes,
               plannable, skill, choice)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id as "id: WorkTypeId""#,
        terms.name.cs,
        terms.name.en,
        terms.description.cs,
        terms.description.en,
        integer(terms.minutes_from)?,
        integer(terms.minutes_to)?,
        integer(terms.slot_minutes)?,
        terms.plannable,
        terms.skill,
        terms.choice.code()
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes what a kind of work is and whether it can be ordered; false if there is none such.
///
/// # Errors
/// As [`insert`].
pub async fn update(tx: &mut Tx, id: WorkTypeId, terms: &WorkTypeTerms, active: bool) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update work_type set name = $2, name_en = $3, description = $4, description_en = $5, minutes_from = $6,
             minutes_to = $7, slot_minutes = $8, plannable = $9, skill = $10, choice = $11, active = $12
         where id = $1",
        id.0,
        terms.name.cs,
        terms.name.en,
        terms.description.cs,
        terms.description.en,
        integer(terms.minutes_from)?,
        integer(terms.minutes_to)?,
        integer(terms.slot_minutes)?,
        terms.plannable,
        terms.skill,
        terms.choice.code(),
        active
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// All skills, by name, with what needs them.
///
/// # Errors
/// When the database fails.
pub async fn skills(tx: &mut Tx) -> Result<Vec<KeptSkill>, DbError> {
    let rows = sqlx::query!(
        r#"select s.code, array[s.name, s.name_en] as "name!: Bilingual",
                  (select count(*) from work_type w where w.skill = s.code)::int as "work_types!: Natural",
                  (select count(*) from technician_skill t where t.skill = s.code)::int as "technicians!: Natural"
           from skill s order by s.name, s.code"#
    )
    .fetch_all(&mut **tx)
    .await?;
    let kept = rows.into_iter().map(|row| KeptSkill {
        skill: Skill { code: row.code, name: row.name },
        work_types: row.work_types.into(),
        technicians: row.technicians.into(),
    });
    Ok(kept.collect())
}

/// Adds a skill.
///
/// # Errors
/// When the database fails, or there is one with the code (`skill_code_is_one_only`) or the name (`skill_name_is_one_only`).
pub async fn insert_skill(tx: &mut Tx, skill: &Skill) -> Result<(), DbError> {
    sqlx::query!(
        "insert into skill (code, name, name_en) values ($1, $2, $3)",
        skill.code,
        skill.name.cs,
        skill.name.en
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes how a skill is called; false if there is none such.
///
/// # Errors
/// When the database fails, or another skill has the name (`skill_name_is_one_only`).
pub async fn rename_skill(tx: &mut Tx, skill: &Skill) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update skill set name = $2, name_en = $3 where code = $1",
        skill.code,
        skill.name.cs,
        skill.name.en
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a skill away that nothing needs.
///
/// # Errors
/// When the database fails, or a kind of work (`skill_is_known`) or a technician (`technician_skill_is_known`) has it.
pub async fn delete_skill(tx: &mut Tx, code: &str) -> Result<(), DbError> {
    sqlx::query!("delete from skill where code = $1", code).execute(&mut **tx).await?;
    Ok(())
}
