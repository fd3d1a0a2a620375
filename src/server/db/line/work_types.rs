//! Kinds of work and skills as managers keep them.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{bilingual::Bilingual, ids::WorkTypeId},
        line::{
            catalogue::SlotChoice,
            work_types::{KeptSkill, KeptWorkType, WorkRules, WorkTypeTerms, WorkWords},
        },
        people::staff::Skill,
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// All kinds of work as they are now, those that can be ordered first, by name; or the one that is asked for.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn all(tx: &mut Tx, only: Option<WorkTypeId>, now: DateTime<Utc>) -> Result<Vec<KeptWorkType>, DbError> {
    let rows = sqlx::query!(
        r#"select id as "id!: WorkTypeId", array[name, name_en] as "name!: Bilingual",
                  array[description, description_en] as "description!: Bilingual", minutes_from as "minutes_from!: Natural",
                  minutes_to as "minutes_to!: Natural", slot_minutes as "slot_minutes!: Natural", plannable as "plannable!",
                  skill as "skill!", choice as "choice!: SlotChoice", active as "active!"
           from work_types_at($2, $2) where $1::bigint is null or id = $1
           order by active desc, name"#,
        only.map(|id| id.0),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let kept = rows.into_iter().map(|row| KeptWorkType {
        id: row.id,
        terms: WorkTypeTerms {
            words: WorkWords { name: row.name, description: row.description },
            rules: WorkRules {
                minutes_from: row.minutes_from.into(),
                minutes_to: row.minutes_to.into(),
                slot_minutes: row.slot_minutes.into(),
                plannable: row.plannable,
                skill: row.skill,
                choice: row.choice,
            },
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
    let WorkTypeTerms { words, rules } = terms;
    Ok(sqlx::query_scalar!(
        r#"insert into work_type (name, name_en, description, description_en, minutes_from, minutes_to, slot_minutes,
               plannable, skill, choice)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id as "id: WorkTypeId""#,
        words.name.cs,
        words.name.en,
        words.description.cs,
        words.description.en,
        integer(rules.minutes_from)?,
        integer(rules.minutes_to)?,
        integer(rules.slot_minutes)?,
        rules.plannable,
        rules.skill,
        rules.choice.code()
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes what a kind of work is called; false if there is none such.
///
/// # Errors
/// When the database fails, or another kind has the name (`work_type_name_is_one_only`).
pub async fn describe(tx: &mut Tx, id: WorkTypeId, words: &WorkWords) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update work_type set name = $2, name_en = $3, description = $4, description_en = $5 where id = $1",
        id.0,
        words.name.cs,
        words.name.en,
        words.description.cs,
        words.description.en
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
                  (select count(*) from work_type w
                   where w.skill = s.code
                      or exists (select from catalogue_change c where c.work_type_id = w.id and c.skill = s.code))::int
                      as "work_types!: Natural",
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

/// Takes a skill away that nothing needs or has ever needed.
///
/// # Errors
/// When the database fails, or a kind of work or a change of one (`skill_is_known`) or a technician (`technician_skill_is_known`) has it.
pub async fn delete_skill(tx: &mut Tx, code: &str) -> Result<(), DbError> {
    sqlx::query!("delete from skill where code = $1", code).execute(&mut **tx).await?;
    Ok(())
}
