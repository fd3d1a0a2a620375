//! Rows of versions, of computers, of what was signed, and of whether customers may order.

use serde_json::Value;

use crate::{
    model::{base::ids::StaffId, ordering::imports::ImportKind},
    server::db::{DbError, Tx},
};

/// Which of some keys are known.
pub(super) async fn known(tx: &mut Tx, kind: ImportKind, keys: &[String]) -> Result<Vec<String>, DbError> {
    Ok(match kind {
        ImportKind::Computers => {
            sqlx::query_scalar!(
                r#"select c.external_key || chr(10) || t.teamviewer_id as "key!"
                   from computer t join customer c on c.id = t.customer_id
                   where (c.external_key, t.teamviewer_id)
                       in (select split_part(k, chr(10), 1), split_part(k, chr(10), 2) from unnest($1::text[]) k)"#,
                keys
            )
            .fetch_all(&mut **tx)
            .await?
        }
        _ => Vec::new(),
    })
}

/// The rows of some keys as they are kept.
pub(super) async fn stored(tx: &mut Tx, kind: ImportKind, keys: &[String]) -> Result<Vec<Value>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query, keys).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::ProgramVersions => of!(
            r#"select jsonb_build_object('program', p.external_key, 'name', v.name, 'released', v.released_on) as "row!"
               from program_version v join program p on p.id = v.program_id
               where (p.external_key, v.name)
                   in (select split_part(k, chr(10), 1), split_part(k, chr(10), 2) from unnest($1::text[]) k)
               order by p.external_key collate "C", v.released_on, v.name collate "C""#
        ),
        ImportKind::Computers => of!(
            r#"select jsonb_build_object('customer', c.external_key, 'teamviewer_id', t.teamviewer_id, 'name', t.name) as "row!"
               from computer t join customer c on c.id = t.customer_id
               where (c.external_key, t.teamviewer_id)
                   in (select split_part(k, chr(10), 1), split_part(k, chr(10), 2) from unnest($1::text[]) k)
               order by c.external_key collate "C", t.teamviewer_id collate "C""#
        ),
        ImportKind::ComputerPrograms => {
            of!(r#"select jsonb_build_object('customer', c.external_key, 'teamviewer_id', t.teamviewer_id,
                          'program', p.external_key) as "row!"
               from computer_program x join computer t on t.id = x.computer_id join customer c on c.id = x.customer_id
               join program p on p.id = x.program_id
               where (c.external_key, t.teamviewer_id, p.external_key)
                   in (select split_part(k, chr(10), 1), split_part(k, chr(10), 2), split_part(k, chr(10), 3)
                       from unnest($1::text[]) k)
               order by c.external_key collate "C", t.teamviewer_id collate "C", p.external_key collate "C""#)
        }
        ImportKind::ContractFiles => of!(
            r#"select jsonb_build_object('contract', k.external_key, 'file', 'contracts/' || encode(f.sha256, 'hex') || '.pdf',
                          'name', f.name, 'added', (f.added_at at time zone 'Europe/Prague')::date,
                          'sha256', encode(f.sha256, 'hex')) as "row!"
               from contract_file f join contract k on k.id = f.contract_id
               where (k.external_key, encode(f.sha256, 'hex'))
                   in (select split_part(n, chr(10), 1), split_part(n, chr(10), 2) from unnest($1::text[]) n)
               order by k.external_key collate "C", f.id"#
        ),
        _ => of!(r#"select jsonb_build_object('customer', external_key, 'active', active,
                          'blocked_since', to_char(blocked_at at time zone 'Europe/Prague', 'YYYY-MM-DD"T"HH24:MI:00'),
                          'reason', coalesce(block_reason, '')) as "row!"
               from customer where external_key = any ($1) order by external_key collate "C""#),
    })
}

/// Adds rows that are not known.
pub(super) async fn insert(tx: &mut Tx, kind: ImportKind, rows: &Value) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal) => {
            sqlx::query!($query, rows).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::ProgramVersions => run!(
            "insert into program_version (program_id, name, released_on)
             select p.id, r.name, r.released
             from jsonb_to_recordset($1::jsonb) as r(program text, name text, released date)
             join program p on p.external_key = r.program"
        ),
        ImportKind::Computers => run!(
            "insert into computer (customer_id, name, teamviewer_id)
             select c.id, r.name, r.teamviewer_id
             from jsonb_to_recordset($1::jsonb) as r(customer text, teamviewer_id text, name text)
             join customer c on c.external_key = r.customer"
        ),
        ImportKind::ComputerPrograms => run!(
            "insert into computer_program (computer_id, customer_id, program_id)
             select t.id, c.id, p.id
             from jsonb_to_recordset($1::jsonb) as r(customer text, teamviewer_id text, program text)
             join customer c on c.external_key = r.customer
             join computer t on t.customer_id = c.id and t.teamviewer_id = r.teamviewer_id
             join program p on p.external_key = r.program"
        ),
        // Files have their own way, and every customer has a standing.
        _ => return Ok(()),
    };
    Ok(())
}

/// Writes what rows say in place of what was known.
///
/// * `by` – nobody when the command does it
pub(super) async fn update(tx: &mut Tx, kind: ImportKind, rows: &Value, by: Option<StaffId>) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal $(, $more:expr)*) => {
            sqlx::query!($query, rows $(, $more)*).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::ProgramVersions => {
            run!(
                "delete from program_version v using jsonb_to_recordset($1::jsonb) as r(program text, name text), program p
                 where p.external_key = r.program and v.program_id = p.id and v.name = r.name"
            );
            return insert(tx, kind, rows).await;
        }
        ImportKind::Computers => run!(
            "update computer t set name = r.name
             from jsonb_to_recordset($1::jsonb) as r(customer text, teamviewer_id text, name text), customer c
             where c.external_key = r.customer and t.customer_id = c.id and t.teamviewer_id = r.teamviewer_id"
        ),
        // Who has blocked it stays known as long as it is blocked.
        ImportKind::Standings => run!(
            "update customer t
             set active = r.active, blocked_at = r.blocked_since at time zone 'Europe/Prague',
                 block_reason = nullif(r.reason, ''),
                 block_spares_urgent = t.block_spares_urgent and r.blocked_since is not null,
                 blocked_by = case when r.blocked_since is not null
                                   then case when t.blocked_at is null then $2 else t.blocked_by end end
             from jsonb_to_recordset($1::jsonb) as r(customer text, active boolean, blocked_since timestamp, reason text)
             where t.external_key = r.customer",
            by.map(|id| id.0)
        ),
        _ => return Ok(()),
    };
    Ok(())
}

/// Keeps what was signed of contracts: of each row its file, in the same order.
///
/// # Errors
/// When the database fails, or does not take one of them: see [`Refusal::of`](super::Refusal::of).
pub async fn keep_files(tx: &mut Tx, rows: &Value, files: &[Vec<u8>]) -> Result<(), DbError> {
    sqlx::query!(
        "insert into contract_file (contract_id, customer_id, name, content, added_at)
         select k.id, k.customer_id, r.name, f.content, r.added::timestamp at time zone 'Europe/Prague'
         from rows from (jsonb_to_recordset($1::jsonb) as (contract text, name text, added date)) with ordinality
                  as r(contract, name, added, place)
         join unnest($2::bytea[]) with ordinality f(content, place) on f.place = r.place
         join contract k on k.external_key = r.contract
         order by r.place",
        rows,
        files
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
