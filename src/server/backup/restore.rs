//! Putting a backup back.

use std::{fmt::Write as _, path::Path, process::Stdio};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    process::{Child, ChildStdin, ChildStdout},
};

use super::{
    error::{BackupError, Doing},
    programs::{Contents, PSQL, Programs, RESTORE, failed},
    target::Target,
};
use crate::server::db::{MIGRATIONS, line::backups};

/// What the server raises when the backup is of a newer Linka.
const NEWER: &str = "made by a newer Linka";

/// Before the dump: the roles that it speaks of, which are of the whole cluster and may be there. As migrations 0001,
/// 0062 and 0280 make them; what the last of them needs it is given again when the schema is brought up to date.
const ROLES: &str = "
do $$
declare
    role_name text;
begin
    foreach role_name in array array['linka_member', 'linka_staff', 'linka_system', 'linka_eraser'] loop
        begin
            execute format('create role %I nologin', role_name);
        exception when duplicate_object or unique_violation then
            null;
        end;
        begin
            execute format('grant %I to current_user', role_name);
        exception when unique_violation then
            null;
        end;
    end loop;
    begin
        grant linka_system to linka_eraser;
    exception when unique_violation then
        null;
    end;
    begin
        if not exists (select from pg_roles where rolname = 'linka_server') then
            create role linka_server login noinherit;
        end if;
    exception when duplicate_object or unique_violation then
        null;
    end;
end $$;
";

/// Drops all that is in the database, and leaves it as a new one is.
const EMPTY: &str = "
do $$
declare
    schema_name text;
begin
    for schema_name in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
        execute format('drop schema %I cascade', schema_name);
    end loop;
end $$;
create schema public authorization pg_database_owner;
grant usage on schema public to public;
";

/// Puts what a backup holds into the database: into an empty one, or by `force` in place of all that is in it. It happens in
/// one transaction.
///
/// * `by` – the account of the server's system that does it, for the audit
///
/// # Errors
/// What kept it from being restored; the database is then as it was.
pub async fn restore(target: &Target, file: &Path, force: bool, by: &str) -> Result<(), BackupError> {
    std::fs::File::open(file).doing("open", file)?;
    let found = backups::find(&mut target.connect().await?).await?;
    let programs = Programs::for_server(found.version)?;
    let contents = Contents::read(&programs, file).await?;
    if !contents.is_linka {
        return Err(BackupError::NotABackup(file.to_owned()));
    }
    if contents.version > found.version {
        return Err(BackupError::NewerPostgres { backup: contents.version, database: found.version });
    }
    if found.has_tables && !force {
        return Err(BackupError::NotEmpty);
    }
    if found.others > 0 {
        return Err(BackupError::InUse(found.others));
    }
    let mut psql = start_psql(&programs, target)?;
    let mut pg_restore = start_pg_restore(&programs, file)?;
    let before = format!(
        "set client_min_messages = warning; begin; set local lock_timeout = '30s';{}{ROLES}",
        if found.has_tables { EMPTY } else { "" }
    );
    let piped = pipe(&mut psql, &mut pg_restore, &before, &after(&contents, &deed(file, by))).await;
    let complaints = [complaints(&mut pg_restore).await, complaints(&mut psql).await];
    let [listed, taken] = [pg_restore.wait().await, psql.wait().await];
    let [was_listed, was_taken] =
        [listed.doing("run", programs.path(RESTORE))?.success(), taken.doing("run", programs.path(PSQL))?.success()];
    match (piped, was_taken) {
        (Ok(()), true) => Ok(()),
        _ if complaints[1].contains(NEWER) => Err(BackupError::NewerLinka),
        _ if !complaints[1].is_empty() => Err(failed(PSQL, &complaints[1])),
        _ if !was_listed => Err(failed(RESTORE, &complaints[0])),
        (piped, _) => Err(piped.err().unwrap_or_else(|| failed(PSQL, ""))),
    }
}

fn start_psql(programs: &Programs, target: &Target) -> Result<Child, BackupError> {
    let mut command = programs.command(PSQL);
    command.args(["--no-psqlrc", "--no-password", "--quiet", "--set=ON_ERROR_STOP=1"]);
    target.reach(&mut command);
    command.arg("--file=-").stdin(Stdio::piped()).spawn().doing("run", programs.path(PSQL))
}

fn start_pg_restore(programs: &Programs, file: &Path) -> Result<Child, BackupError> {
    let mut command = programs.command(RESTORE);
    // Everything is the restoring role's, whoever's it was, but what `after` gives to our roles.
    command.args(["--no-owner", "--no-comments", "--no-security-labels", "--no-tablespaces", "--file=-"]);
    command.arg(file).stdout(Stdio::piped()).spawn().doing("run", programs.path(RESTORE))
}

/// Nobody is signed in after a restore, and no link of a mail opens anything: what has ended since the backup stays ended. The
/// dump turns the policies of rows off, under which the owner deletes. No page is open on the restored database, whose transactions
/// are counted from elsewhere.
const SIGN_OUT: &str = "set local row_security = on;
delete from public.session;
alter table public.password_link disable trigger user;
delete from public.password_link;
alter table public.password_link enable trigger user;
do $$ begin if to_regclass('public.sign_in_link') is not null then \
    delete from public.sign_in_link; delete from public.address_change; delete from public.link_wish; end if; end $$;
do $$ begin if to_regclass('public.registration') is not null then \
    delete from public.registration where num_nonnulls(founded, asks) = 0; end if; end $$;
do $$ begin if to_regclass('public.live_event') is not null then delete from public.live_event; end if; end $$;
";

/// What follows the dump: some functions act with the rights of one of our roles, by belonging to it; who was signed in is not
/// any more; and the end.
fn after(contents: &Contents, deed: &str) -> String {
    let newest = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
    let mut sql = format!(
        "do $$ begin if exists (select from public._sqlx_migrations where version > {newest}) then \
             raise exception '{NEWER}'; end if; end $$;\n"
    );
    for role in ["linka_member", "linka_staff", "linka_system", "linka_eraser"] {
        let functions: Vec<_> = contents.owned.iter().filter(|(_, owner)| owner == role).collect();
        if functions.is_empty() {
            continue;
        }
        let _ = writeln!(sql, "grant create on schema public to {role};");
        for (function, _) in functions {
            let _ = writeln!(sql, "alter routine public.{function} owner to {role};");
        }
        let _ = writeln!(sql, "revoke create on schema public from {role};");
    }
    sql + SIGN_OUT + deed + "commit;\n"
}

/// What the audit says of a restore, in whatever version of it the backup has: written with the rest or not at all.
fn deed(file: &Path, by: &str) -> String {
    let quoted = |text: &str| {
        let line: String = text.chars().filter(|c| !c.is_control()).collect();
        format!("'{}'", line.replace('\'', "''"))
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let (name, by) = (quoted(&name), quoted(by));
    // The body of a block is text in text: it is told its values by settings.
    format!(
        "select set_config('linka.file', {name}, true), set_config('linka.by', {by}, true) \\g /dev/null
do $$ begin
    if to_regclass('public.audit_entry') is not null then
        insert into public.audit_entry (at, who, subject, row_key, label, change, before, after)
        values (now(), current_setting('linka.by'), 'restore', '', current_setting('linka.file'), 'insert', '{{}}', '{{}}');
    end if;
end $$;
"
    )
}

/// Hands the dump on, between what comes before and after it. Without the end, which says commit, nothing is kept: so it is
/// said only when the whole dump was handed on.
async fn pipe(psql: &mut Child, pg_restore: &mut Child, before: &str, after: &str) -> Result<(), BackupError> {
    let ends: Option<(ChildStdin, ChildStdout)> = psql.stdin.take().zip(pg_restore.stdout.take());
    let Some((mut into, mut dump)) = ends else { return Err(failed(PSQL, "it takes no input")) };
    into.write_all(before.as_bytes()).await.doing("write to", PSQL)?;
    copy(&mut dump, &mut into).await.doing("write to", PSQL)?;
    if !pg_restore.wait().await.doing("run", RESTORE)?.success() {
        // Dropping the pipe ends psql inside its transaction.
        return Err(failed(RESTORE, ""));
    }
    into.write_all(after.as_bytes()).await.doing("write to", PSQL)
}

async fn complaints(child: &mut Child) -> String {
    let mut text = Vec::new();
    if let Some(stderr) = &mut child.stderr {
        // What cannot be read says nothing.
        let _ = stderr.read_to_end(&mut text).await;
    }
    String::from_utf8_lossy(&text).into_owned()
}
