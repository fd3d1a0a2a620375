//! The audit: every change of what it covers is in it, with who, when and from where, and nobody takes it out.

use std::{collections::BTreeSet, io::BufRead};

use linka::{
    model::{
        base::ids::LoginId,
        money::purchases::PaymentMethod,
        people::{
            audit::{AuditChange, AuditEntry, AuditFilter, AuditPage, AuditSubject, FieldChange, SEARCH_MAX},
            members::{Capability, StaffRole},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Caller,
        db::{Db, MIGRATIONS},
        service::{
            line::backups,
            money::series,
            ordering::{exports, imports},
            people::{audit, own_data},
        },
    },
    ui::{audit_words, texts::Locale},
};
use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};

use crate::support::{Site, World};

fn change(column: &str, before: Option<&str>, after: Option<&str>) -> FieldChange {
    FieldChange { column: column.into(), before: before.map(str::to_owned), after: after.map(str::to_owned) }
}

async fn entries(world: &World, subject: AuditSubject) -> Vec<AuditEntry> {
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let filter = AuditFilter { search: String::new(), subject: Some(subject) };
    audit::page(&world.app, &manager, filter, None).await.expect("the audit").entries.rows
}

/// Changes something as somebody from somewhere.
async fn by(world: &World, login: LoginId, address: &str, sql: &str) {
    let script = format!("begin; set local app.origin = '{login}/{address}/'; {sql}; commit");
    sqlx::raw_sql(AssertSqlSafe(script)).execute(world.app.db.pool()).await.expect(sql);
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
    world.sql("update customer set city = 'Tábor'").await;
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
async fn an_entry_says_whose_region_it_is_and_of_what_something_changes(pool: PgPool) {
    let world = World::empty(pool).await;
    for made in [
        "insert into staff (name, roles) values ('Zora Malá', '{technician}')",
        "insert into line_region (name, phone, position) values ('Jih', '+420377123456', 9)",
        "insert into staff_region select id, 'Jih' from staff where name = 'Zora Malá'",
        "insert into working_plan (technician_id, weekday, starts, ends)
         select id, 5, '08:00', '12:00' from staff where name = 'Zora Malá'",
        "update working_plan set ends = '13:00'",
        "update response_tier set name = 'Svižná' where code = 'fast'",
        "insert into catalogue_change (id, tier, urgent_target_minutes, normal_lead_minutes, active, valid_from, made_at)
         values (gen_random_uuid(), 'fast', 100, 100, true, now(), now())",
    ] {
        world.sql(made).await;
    }
    assert_eq!(entries(&world, AuditSubject::StaffRegion).await[0].label, "Zora Malá");
    let changed = entries(&world, AuditSubject::CatalogueChange).await;
    assert_eq!(changed[0].label, "Svižná");
    assert!(changed[0].fields.contains(&change("tier", None, Some("Svižná"))), "no code: {changed:?}");
    let plan = entries(&world, AuditSubject::WorkingPlan).await;
    assert!(plan[0].fields.contains(&change("weekday", Some("5"), Some("5"))), "which day: {plan:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_table_that_keeps_its_changes_has_words(pool: PgPool) {
    // Of a table that keeps decisions only, the trigger names the columns.
    let audited: Vec<(String, Vec<String>)> = sqlx::query_as(
        "with kept as (
             select c.oid, c.relname::text as name,
                    string_to_array(nullif(split_part(encode(t.tgargs, 'escape'), '\\000', 3), ''), ' ') as told
             from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgfoid = 'write_audit'::regproc)
         select k.name, array_agg(a.attname::text) from kept k
         join pg_attribute a on a.attrelid = k.oid and a.attnum > 0 and not a.attisdropped
         where k.told is null or a.attname = any(k.told) group by 1 order by 1",
    )
    .fetch_all(&pool)
    .await
    .expect("the catalogue");
    let tables: BTreeSet<&str> = audited.iter().map(|(table, _)| table.as_str()).collect();
    let deeds = AuditSubject::DEEDS;
    let known = AuditSubject::ALL.iter().filter(|subject| !deeds.contains(subject)).map(|subject| subject.code());
    assert_eq!(tables, known.collect(), "AuditSubject names the tables that have the trigger");
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

#[sqlx::test(migrator = "MIGRATIONS")]
async fn where_a_series_begins_is_written_once_and_the_documents_that_follow_are_not(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    for _ in 0..2 {
        series::begin(&world.app, &manager, "proforma:2026", "500").await.expect("begun");
    }
    world.bought(&place, 60, PaymentMethod::Transfer, false).await;
    assert_eq!(world.id("select last::bigint from document_series where kind = 'proforma'").await, 500);
    let found = entries(&world, AuditSubject::DocumentSeries).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].label, "2026100500");
    assert_eq!(found[0].fields, [change("begins_with", None, Some("500"))]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_person_decides_about_money_is_written_and_what_a_job_does_is_not(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let one = world.bought(&place, 60, PaymentMethod::Transfer, false).await.id;
    let given_up = world.bought(&place, 60, PaymentMethod::Transfer, false).await.id;
    let other = world.bought(&place, 60, PaymentMethod::Transfer, false).await.id;
    let close = |id| format!("update purchase set closed_as = 'cancelled', closed_at = now() where id = '{id}'");
    // The clock of a purchase has run out, and its own buyer gave it up.
    world.sql(&close(one)).await;
    let buyer = place.boss.session().expect("a session").login;
    by(&world, buyer, "", &close(given_up)).await;
    assert_eq!(entries(&world, AuditSubject::Purchase).await, Vec::new());

    let manager = world.staff(StaffRole::Manager).await.session().expect("a session").login;
    by(&world, manager, "", &close(other)).await;
    let found = entries(&world, AuditSubject::Purchase).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].fields, [change("closed_as", None, Some("cancelled"))]);
    assert_eq!(found[0].customer.as_ref().map(|(id, _)| *id), Some(place.customer));

    let refund = |decided_by: &str, id: &str| {
        format!(
            "insert into refund (id, customer_id, purchase_id, minutes, amount, reason, staff_id, requested_at, state, stripe_refund)
             values ('{id}', {}, '{other}', 0, 100, 'Omyl', {decided_by}, now(), 'requested', '{id}')",
            place.customer
        )
    };
    let staff = world.id("select staff_id from login where staff_id is not null limit 1").await.to_string();
    by(&world, manager, "", &refund(&staff, "00000000-0000-4000-8000-000000000001")).await;
    // Made at Stripe, and found by a job.
    world.sql(&refund("null", "00000000-0000-4000-8000-000000000002")).await;
    world.sql("update refund set state = 'succeeded'").await;
    let found = entries(&world, AuditSubject::Refund).await;
    assert_eq!(found.len(), 1, "{found:?}");
    let columns: Vec<_> = found[0].fields.iter().map(|field| field.column.as_str()).collect();
    assert_eq!(columns, ["amount", "minutes", "reason", "state"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_taken_in_put_away_and_handed_over_is_written(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let manager = world.staff(StaffRole::Manager).await;
    let proof = manager.manager().expect("a manager");
    imports::import(&world.app, None, &[], true).await.expect("an empty import");
    backups::note(&world.app, "linka.backup", 7, "operator").await.expect("noted");
    exports::export::<Problem>(&world.app, None, |_| Ok(())).await.expect("an export");
    own_data::archive(&world.app, &place.boss).await.expect("an archive");
    let filter = AuditFilter { search: "skola".into(), subject: None };
    audit::export(&world.app, &proof, Locale::Cs, &filter).await.expect("a table");
    for (subject, label, customer) in [
        (AuditSubject::ImportRun, "", None),
        (AuditSubject::Backup, "linka.backup", None),
        (AuditSubject::DataExport, "", None),
        (AuditSubject::OwnData, "", Some(place.customer)),
        (AuditSubject::AuditExport, "skola", None),
    ] {
        let found = entries(&world, subject).await;
        let said: Vec<_> =
            found.iter().map(|entry| (entry.label.as_str(), entry.customer.as_ref().map(|c| c.0))).collect();
        assert_eq!(said, [(label, customer)], "{subject}");
    }
    assert_eq!(entries(&world, AuditSubject::Backup).await[0].who.as_deref(), Some("operator"));
    let untrue = sqlx::query("select write_deed('contract', null, '')").execute(world.app.db.pool()).await.map(drop);
    assert!(untrue.is_err(), "what a table tells is no deed");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn customers_people_do_not_see_where_the_vendors_people_sit(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let login = |caller: &Caller| caller.session().expect("a session").login;
    let ours = login(&world.staff(StaffRole::Dispatcher).await);
    let theirs = login(&place.boss);
    for (login, address, city) in [(ours, "198.51.100.7", "Tábor"), (theirs, "203.0.113.9", "Brno")] {
        let moved = format!("update customer set city = '{city}' where id = {}", place.customer);
        by(&world, login, address, &moved).await;
    }
    let filter = || AuditFilter { search: String::new(), subject: Some(AuditSubject::Customer) };
    let addresses =
        |page: AuditPage| -> Vec<_> { page.entries.rows.into_iter().map(|entry| entry.address).take(2).collect() };
    let customers = place.boss.may_manage().expect("a manager");
    let own = audit::own_page(&world.app, &customers, filter(), None).await.expect("the audit");
    assert_eq!(addresses(own), [Some("203.0.113.9".to_owned()), None]);
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let all = audit::page(&world.app, &manager, filter(), None).await.expect("the audit");
    assert_eq!(addresses(all), [Some("203.0.113.9".to_owned()), Some("198.51.100.7".to_owned())]);
}

/// So many entries, of which some are searched for.
async fn many_entries(world: &World, count: u32) {
    world
        .sql(&format!(
            "insert into audit_entry (at, subject, row_key, label, change, before, after, who)
             select now(), 'program', n::text, 'Program ' || n, 'update', '{{}}', '{{\"note\": \"x\"}}', 'Jana Nová'
             from generate_series(1, {count}) n"
        ))
        .await;
    world.sql("vacuum analyze audit_entry").await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_search_reads_what_it_finds_and_not_the_whole_audit(pool: PgPool) {
    let world = World::new(pool).await;
    world.place("Škola Lípa").await;
    many_entries(&world, 100_000).await;
    let one_session = PgPoolOptions::new().max_connections(1);
    let pool = one_session.connect_with((*world.app.db.pool().connect_options()).clone()).await.expect("a session");
    let app = App { db: Db::from_pool(pool.clone()), ..world.app.clone() };
    let read = async || -> i64 {
        sqlx::query("select pg_stat_force_next_flush()").execute(&pool).await.expect("flushed");
        let rows = "select (seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_user_tables where relname = 'audit_entry'";
        sqlx::query_scalar(rows).fetch_one(&pool).await.expect("the statistics")
    };
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let of_customer = entries(&world, AuditSubject::Customer).await.len();
    assert!(of_customer > 0);
    for (search, subject, found) in [
        ("PROGRAM 4242", None, 11),
        ("lipa skol", Some(AuditSubject::Customer), of_customer),
        ("nic takového", None, 0),
        ("", None, 50),
        ("", Some(AuditSubject::Closure), 0),
    ] {
        // Often enough for the database to settle on a plan for all of them.
        for _ in 0..7 {
            let before = read().await;
            let filter = AuditFilter { search: search.into(), subject };
            let rows = audit::page(&app, &manager, filter, None).await.expect("the audit").entries.rows;
            let read = read().await - before;
            assert_eq!(rows.len(), found, "{search}");
            assert!(read <= 200, "{search}: {read} rows read");
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_table_has_every_entry_however_many_they_are(pool: PgPool) {
    let world = World::new(pool).await;
    many_entries(&world, 25_000).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let filter = AuditFilter { search: "program".into(), subject: Some(AuditSubject::Program) };
    let file = audit::export(&world.app, &manager, Locale::Cs, &filter).await.expect("a table");
    let lines = std::io::BufReader::new(file).lines().map(|line| line.expect("text"));
    let names: Vec<_> = lines.skip(1).map(|line| line.split(';').nth(6).unwrap_or_default().to_owned()).collect();
    assert_eq!(names.len(), 25_000);
    let expected = (1..=25_000).rev().map(|number| format!("Program {number}"));
    assert!(names.iter().zip(expected).all(|(name, expected)| *name == expected), "the latest first");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_search_has_an_end_and_says_so_beside_its_field(pool: PgPool) {
    let world = World::new(pool).await;
    let site = Site::serve(world.app.clone()).await;
    let cookie = world.cookie(&world.staff(StaffRole::Manager).await).await;
    let long = "x".repeat(SEARCH_MAX + 1);
    let page = site.get(&format!("/settings/audit?search={long}"), &cookie).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("search-error") && page.body.contains(&long), "{}", page.body);
    assert_eq!(site.get(&format!("/settings/audit/export.csv?search={long}"), &cookie).await.status, 422);
    // What is no word finds nothing, and no text is an expression.
    for odd in ["%27", "%26+%7C+%21", "%5C", "%3A*", "a%27b%5C%3A*"] {
        assert_eq!(site.get(&format!("/settings/audit?search={odd}"), &cookie).await.status, 200, "{odd}");
    }
}

/// What decides about rights, prices and terms keeps its changes: a new table of that kind is named here or has the trigger.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_table_that_staff_may_change_keeps_its_changes_or_says_why_not(pool: PgPool) {
    /// Work itself, which has its own history (timeline, ledger, receipts, events), and what Linka keeps for itself.
    const NOT_SETTINGS: &[&str] = &[
        "alert",
        "appointment",
        "attachment",
        "bank_statement_unread",
        "ceiling_consent",
        "connection_check",
        "connection_import",
        "contact_attempt",
        "contest_remark",
        "contract_version",
        "conversation",
        "desk_case",
        "desk_standing",
        "earlier_offer",
        "fee_credit",
        "inbound_mail",
        "intervention",
        "intervention_reopening",
        "ledger_entry",
        "minute_account",
        "minute_grant",
        "outage_message",
        "payment_alert",
        "purchase_event",
        "purchase_number",
        "rating_link",
        "receipt",
        "remote_connection",
        "remote_session",
        "report_block",
        "request_event",
        "request_note",
        "request_number_start",
        "reserve_release",
        "revoked_reply",
        "segment_correction",
        "service_request",
        "slot_offer",
        "stripe_event",
        "taken_balance",
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
