//! Kills between every two statements of closing: of the server alone, and of every process of its private database.
//! Afterwards the intervention is closed with all its entries or not at all, and sending the same form again has one effect.

use std::{os::unix::fs::PermissionsExt, sync::Arc};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

use crate::support::{Portal, steps};

const TECHNICIAN: &str = "technik1@linka.example";
const LOCK: i64 = 4_711;

/// Makes the `stop_at`-th writing statement of a technician's transaction wait, and the commit when there are fewer.
const STEPS: &str = "
    create table crash_plan (stop_at bigint not null, at_commit boolean not null);
    insert into crash_plan values (0, false);
    create sequence crash_step;
    create function crash_pause() returns trigger language plpgsql security definer as $$
    begin
        if current_setting('role') = 'linka_staff' then
            if (tg_name = 'crash_commit' and (select at_commit from crash_plan))
               or (tg_name = 'crash_step' and nextval('crash_step') = (select stop_at from crash_plan)) then
                perform pg_advisory_xact_lock(4711);
            end if;
        end if;
        return null;
    end $$;
    do $$
    declare name text;
    begin
        foreach name in array array['time_segment', 'minute_grant', 'ledger_entry', 'receipt', 'intervention', 'appointment',
                                    'service_request', 'request_event', 'alert', 'usage_month', 'usage_day', 'mail'] loop
            execute format('create trigger crash_step before insert or update or delete on %I
                            for each statement execute function crash_pause()', name);
        end loop;
        create constraint trigger crash_commit after insert on receipt deferrable initially deferred
            for each row execute function crash_pause();
    end $$";

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_server_between_any_two_statements_of_closing_loses_and_doubles_nothing() {
    survives_everywhere(Portal::kill_server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_database_between_any_two_statements_of_closing_loses_and_doubles_nothing() {
    survives_everywhere(|portal| {
        portal.kill_database();
        portal.kill_server();
    })
    .await;
}

async fn survives_everywhere(kill: impl Fn(&Portal)) {
    let data = TempDir::new().expect("a directory");
    std::fs::set_permissions(data.path(), std::fs::Permissions::from_mode(0o711)).expect("reachable");
    let mut portal = Arc::new(Portal::start(data.path()).await);
    let cookie = portal.sign_in(TECHNICIAN).await;
    let mut database = connect(&portal).await;
    run(&mut database, STEPS).await;

    let mut steps = steps(4);
    let mut stop_at = steps.next().expect("a first step");
    let mut at_commit = false;
    loop {
        let number = work_under_way(&mut database, stop_at + i64::from(at_commit)).await;
        let key = Uuid::from_u128(u128::from(stop_at.unsigned_abs()) * 2 + u128::from(at_commit));
        run(&mut database, &format!("update crash_plan set stop_at = {stop_at}, at_commit = {at_commit}")).await;
        run(&mut database, "alter sequence crash_step restart").await;
        run(&mut database, &format!("select pg_advisory_lock({LOCK})")).await;
        let closing = tokio::spawn(close(portal.clone(), cookie.clone(), number.clone(), key));
        let is_stopped = loop {
            if closing.is_finished() {
                break false;
            }
            if waits(&mut database).await {
                break true;
            }
            tokio::task::yield_now().await;
        };
        if is_stopped {
            kill(&portal);
            let _ = closing.await;
            drop(database);
            portal = Arc::new(Portal::start(data.path()).await);
            database = connect(&portal).await;
        } else {
            assert_eq!(closing.await.expect("no panic"), Some(303), "it ran through");
            run(&mut database, &format!("select pg_advisory_unlock({LOCK})")).await;
        }
        run(&mut database, "update crash_plan set stop_at = 0, at_commit = false").await;
        settled_backends(&mut database).await;

        let before = traces(&mut database, &number).await;
        assert!(before == Traces::default() || before == DONE, "all or nothing at step {stop_at}: {before:?}");
        let repeated = close(portal.clone(), cookie.clone(), number.clone(), key).await;
        assert_eq!(repeated, Some(303), "the same form again, at step {stop_at}");
        assert_eq!(traces(&mut database, &number).await, DONE, "one effect at step {stop_at}");
        match (is_stopped, at_commit) {
            (true, false) => stop_at = steps.next().expect("another step"),
            (false, false) => at_commit = true,
            (stopped, true) => {
                assert!(stopped, "the commit was waited for too");
                break;
            }
        }
    }
    assert!(stop_at > 10, "closing takes more than {stop_at} statements");
    println!("killed before statements up to {}, and before the commit", stop_at - 1);
    let faults: Vec<String> =
        sqlx::query_scalar("select fault from ledger_faults()").fetch_all(&mut database).await.expect("the check");
    assert_eq!(faults, Vec::<String>::new());
}

/// Receipts, entries of the ledger, closed interventions, done appointments of a closed request, lines of the timeline, mails.
type Traces = (i64, i64, i64, i64, i64, i64);
const DONE: Traces = (1, 2, 1, 1, 1, 1);

async fn traces(database: &mut PgConnection, number: &str) -> Traces {
    sqlx::query_as(AssertSqlSafe(format!(
        "select (select count(*) from receipt where intervention_id = i.id),
                (select count(*) from ledger_entry where intervention_id = i.id),
                (i.state = 'closed')::int::bigint,
                (a.state = 'done' and r.state = 'closed')::int::bigint,
                (select count(*) from request_event where request_id = r.id and kind = 'closed'),
                (select count(*) from mail where key = 'receipt:' || i.id || ':1')
         from service_request r join intervention i on i.request_id = r.id join appointment a on a.request_id = r.id
         where r.number = '{number}'"
    )))
    .fetch_one(database)
    .await
    .expect("the traces")
}

/// A request of the school on which the technician has worked for 400 minutes: more than any grant has left.
async fn work_under_way(database: &mut PgConnection, place: i64) -> String {
    sqlx::query_scalar(AssertSqlSafe(format!(
        "with technician as (select staff_id as id from login where email = '{TECHNICIAN}'),
         member as (select m.id, m.customer_id from login l join member m on m.id = l.member_id
                    where l.email = 'jidelna@zs-horni.example'),
         grant_ as (
             insert into minute_grant (customer_id, kind, minutes, effective_at, source, credited_at)
             select customer_id, 'bundle', 15, '2020-01-01', 'crash {place}', now() from member returning id),
         request as (
             insert into service_request (id, customer_id, member_id, number, state, program_id, work_type_id, urgency,
                 what_happened, contact_name, contact_phone, ready, created_at, submitted_at)
             select gen_random_uuid(), customer_id, id, next_request_number(2026), 'in_progress', 1, 1, 'normal', 'Pád.',
                    'Jana', '+420601234567', true, now(), now() from member
             returning id, customer_id, number),
         intervention as (
             insert into intervention (customer_id, request_id, ordinal, state, started_at, minimum_minutes,
                 rate_per_minute, vat_percent)
             select customer_id, id, 1, 'open', '2021-01-01'::timestamptz + {place} * interval '1 day', 20, 2500, 21
             from request returning id, customer_id, request_id, started_at),
         appointment as (
             insert into appointment (customer_id, request_id, technician_id, during, urgency, state, intervention_id)
             select i.customer_id, i.request_id, t.id, tstzrange(i.started_at, i.started_at + interval '1 hour'), 'normal',
                    'running', i.id
             from intervention i, technician t returning id),
         segment as (
             insert into time_segment (customer_id, intervention_id, technician_id, kind, started_at, ended_at,
                 forgotten_from)
             select i.customer_id, i.id, t.id, 'work', i.started_at, i.started_at + interval '400 minutes', 'infinity'
             from intervention i, technician t returning id)
         select number from request, segment, appointment, grant_"
    )))
    .fetch_one(database)
    .await
    .expect("work under way")
}

/// The status of the answer; none when there was none.
async fn close(portal: Arc<Portal>, cookie: String, number: String, key: Uuid) -> Option<u16> {
    let key = key.to_string();
    let fields = [("number", number.as_str()), ("report", "Opraveno."), ("finished", "true"), ("key", key.as_str())];
    let answer = portal.site.try_post("/api/work/close", &cookie, &format!("/work/{number}"), &fields).await;
    answer.ok().map(|answer| answer.status)
}

async fn connect(portal: &Portal) -> PgConnection {
    PgConnection::connect_with(&portal.database()).await.expect("the private database")
}

async fn run(database: &mut PgConnection, statements: &str) {
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(database).await.expect(statements);
}

/// Whether some transaction waits for the lock.
async fn waits(database: &mut PgConnection) -> bool {
    sqlx::query_scalar(
        "select exists (select 1 from pg_locks where locktype = 'advisory' and objid = 4711 and not granted)",
    )
    .fetch_one(database)
    .await
    .expect("the locks")
}

/// Waits until what the killed server left behind in the database has noticed that nobody listens.
async fn settled_backends(database: &mut PgConnection) {
    loop {
        let busy: bool = sqlx::query_scalar(
            "select exists (select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                            and xact_start is not null and state <> 'idle' and query not ilike '%graphile%')",
        )
        .fetch_one(&mut *database)
        .await
        .expect("the activity");
        if !busy {
            return;
        }
        tokio::task::yield_now().await;
    }
}
