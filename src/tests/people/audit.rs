//! The audit: every change of what it covers is in it, with who, when and from where, and nobody takes it out.

use std::collections::BTreeSet;

use linka::{
    model::{
        people::{
            audit::{AuditChange, AuditEntry, AuditFilter, AuditSubject, FieldChange},
            members::{Capability, StaffRole},
        },
        problem::Problem,
    },
    server::{db::MIGRATIONS, service::people::audit},
    ui::{audit_words, texts::Locale},
};
use sqlx::PgPool;

use crate::support::{Site, World};

fn change(column: &str, before: Option<&str>, after: Option<&str>) -> FieldChange {
    FieldChange { column: column.into(), before: before.map(str::to_owned), after: after.map(str::to_owned) }
}

async fn entries(world: &World, subject: AuditSubject) -> Vec<AuditEntry> {
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let filter = AuditFilter { search: String::new(), subject: Some(subject) };
    audit::page(&world.app, &manager, filter, None).await.expect("the audit").entries.rows
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_change_by_a_form_is_written_with_who_when_and_from_where(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let manager = world.staff(StaffRole::Manager).await;
    let login = manager.session().expect("a session").login;
    let site = Site::serve(world.app.clone()).await;
    let cookie = world.cookie(&manager).await;
    let customer = place.customer.to_string();
    let page = format!("/desk/customers/{customer}");
    for trusted in ["true", "true", "false"] {
        let fields = [("customer", customer.as_str()), ("trusted", trusted)];
        assert_eq!(site.post("/api/desk/set-trusted", &cookie, &page, &fields).await.status, 303);
    }
    let found = entries(&world, AuditSubject::Customer).await;
    let changes: Vec<_> = found.iter().filter(|entry| entry.change == AuditChange::Update).collect();
    assert_eq!(changes.len(), 2, "what was sent twice has changed something once: {found:?}");
    let first = changes[1];
    assert_eq!(first.fields, [change("trusted", Some("false"), Some("true"))]);
    assert_eq!((first.who.as_deref(), first.address.as_deref()), (Some("Z"), Some("127.0.0.1")));
    assert_eq!(first.at, world.app.clock.now());
    assert_eq!((first.customer.clone(), first.label.as_str()), (Some((place.customer, "Škola".into())), "Škola"));
    let by: i64 =
        world.id("select login_id from audit_entry where change = 'update' and subject = 'customer' limit 1").await;
    assert_eq!(by, login.0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_changed_past_the_portal_is_written_too_and_secrets_are_not(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    world.sql("update line_setting set hold_minutes = 12").await;
    let found = entries(&world, AuditSubject::LineSetting).await;
    assert_eq!(found[0].fields, [change("hold_minutes", Some("10"), Some("12"))]);
    assert_eq!((found[0].who.clone(), found[0].address.clone()), (None, None));

    world.sql("update login set password_hash = '$argon2id$secret'").await;
    let found = entries(&world, AuditSubject::Login).await;
    let mut changed = found.iter().filter(|entry| entry.change == AuditChange::Update);
    let of_customer = |entry: &&AuditEntry| entry.customer.as_ref().is_some_and(|(id, _)| *id == place.customer);
    let changed = changed.find(of_customer).expect("the sign-in of a customer's person");
    assert_eq!(changed.fields, [change("password_hash", Some("…"), Some("…"))]);
    assert!(!format!("{found:?}").contains("argon2"), "{found:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_rolled_back_has_not_been_and_what_stands_cannot_be_taken_out(pool: PgPool) {
    let world = World::new(pool).await;
    let count = "select count(*) from audit_entry";
    let before = world.id(count).await;
    let refused = "begin; insert into closure values ('2026-12-24', 'Inventura'); rollback";
    sqlx::raw_sql(refused).execute(world.app.db.pool()).await.expect("rolled back");
    assert_eq!(world.id(count).await, before);
    for taken_out in ["delete from audit_entry", "update audit_entry set who = 'Nikdo'", "truncate audit_entry"] {
        let error = sqlx::raw_sql(taken_out).execute(world.app.db.pool()).await.map(drop);
        assert!(error.is_err(), "{taken_out}");
    }
    assert_eq!(world.id(count).await, before);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customers_manager_reads_what_concerns_the_own_organisation_only(pool: PgPool) {
    let world = World::new(pool).await;
    let (ours, theirs) = (world.place("Naše").await, world.place("Jejich").await);
    world.sql("update customer set city = 'Plzeň'").await;
    world.sql("update line_setting set hold_minutes = 12").await;
    let manager = ours.boss.may_manage().expect("a manager");
    let page = audit::own_page(&world.app, &manager, AuditFilter::default(), None).await.expect("the audit");
    let customers: BTreeSet<_> =
        page.entries.rows.iter().map(|entry| entry.customer.clone().map(|(id, _)| id)).collect();
    assert_eq!(customers, BTreeSet::from([Some(ours.customer)]), "and not of {}", theirs.customer);

    let colleague = world.member(ours.customer, [Capability::SeeAll].into_iter().collect()).await;
    assert!(matches!(colleague.may_manage(), Err(Problem::Forbidden { .. })));
    let site = Site::serve(world.app.clone()).await;
    assert_eq!(site.get("/account/changes", &world.cookie(&colleague).await).await.status, 403);
    assert_eq!(site.get("/account/changes", &world.cookie(&ours.boss).await).await.status, 200);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn entries_are_found_by_name_and_go_on_page_by_page(pool: PgPool) {
    let world = World::new(pool).await;
    for number in 0..60 {
        world.sql(&format!("insert into program (name) values ('Program {number:02}')")).await;
    }
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let filter = AuditFilter { search: "PROGRAM".into(), subject: Some(AuditSubject::Program) };
    let first = audit::page(&world.app, &manager, filter.clone(), None).await.expect("the audit").entries;
    let next = audit::page(&world.app, &manager, filter.clone(), first.next).await.expect("the audit").entries;
    let names: Vec<_> = first.rows.iter().chain(&next.rows).map(|entry| entry.label.clone()).collect();
    let expected: Vec<_> = (0..60).rev().map(|number| format!("Program {number:02}")).collect();
    assert_eq!((names, next.next), (expected, None));

    let site = Site::serve(world.app.clone()).await;
    let cookie = world.cookie(&world.staff(StaffRole::Manager).await).await;
    let table = site.get("/settings/audit/export.csv?search=program+0&subject=program", &cookie).await;
    assert_eq!(table.status, 200);
    let named = table.body.lines().filter(|line| line.contains(";Název;;Program 0"));
    assert_eq!(named.count(), 10, "{}", table.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_table_that_keeps_its_changes_has_words(pool: PgPool) {
    let audited: Vec<(String, Vec<String>)> = sqlx::query_as(
        "select c.relname::text, array_agg(a.attname::text) from pg_trigger t
         join pg_class c on c.oid = t.tgrelid
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         where t.tgfoid = 'write_audit'::regproc group by 1 order by 1",
    )
    .fetch_all(&pool)
    .await
    .expect("the catalogue");
    let tables: BTreeSet<&str> = audited.iter().map(|(table, _)| table.as_str()).collect();
    let known: BTreeSet<&str> = AuditSubject::ALL.iter().map(|subject| subject.code()).collect();
    assert_eq!(tables, known, "AuditSubject names the tables that have the trigger");
    for locale in Locale::ALL {
        for subject in AuditSubject::ALL {
            assert_ne!(audit_words::subject(locale, *subject), subject.code(), "{locale:?}");
        }
        let columns = audited.iter().flat_map(|(_, columns)| columns);
        let without: BTreeSet<_> = columns
            .filter(|column| !audit_words::is_structural(column) && audit_words::column(locale, column) == **column)
            .collect();
        assert!(without.is_empty(), "columns without words in {locale:?}: {without:?}");
    }
}

/// What decides about rights, prices and terms keeps its changes: a new table of that kind is named here or has the trigger.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_table_that_staff_may_change_keeps_its_changes_or_says_why_not(pool: PgPool) {
    /// Work itself, which has its own history (timeline, ledger, receipts, events), and what Linka keeps for itself.
    const NOT_SETTINGS: &[&str] = &[
        "alert",
        "appointment",
        "bank_payment",
        "bank_statement",
        "ceiling_consent",
        "connection_check",
        "contact_attempt",
        "contest",
        "contest_remark",
        "contract_version",
        "desk_case",
        "document_series",
        "import_run",
        "intervention",
        "ledger_entry",
        "minute_account",
        "minute_grant",
        "payment_alert",
        "purchase",
        "purchase_event",
        "receipt",
        "refund",
        "request_event",
        "request_note",
        "segment_correction",
        "service_request",
        "slot_offer",
        "stripe_event",
        "time_segment",
    ];
    let changed: Vec<String> = sqlx::query_scalar(
        "select distinct c.relname::text from pg_class c
         where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
           and (has_any_column_privilege('linka_staff', c.oid, 'insert') or has_any_column_privilege('linka_staff', c.oid, 'update'))
           and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = 'write_audit'::regproc)
         order by 1",
    )
    .fetch_all(&pool)
    .await
    .expect("the catalogue");
    assert_eq!(changed, NOT_SETTINGS);
}
