//! Tax documents: numbered without gaps, never changed, listed with what is due.

mod files;
mod months;

use std::collections::BTreeSet;

use linka::{
    model::{
        base::{ids::DocumentId, money::Money},
        money::tax_documents::{DocumentFilter, DocumentKind, Settlement},
        problem::Problem,
    },
    server::{
        app::App,
        clock::Clock,
        db::{Db, MIGRATIONS},
        service::money::tax_documents,
    },
};
use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};
use tokio::task::JoinSet;

use crate::support::{Site, World, at, documents};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn twenty_issuers_at_once_leave_no_gap_whatever_is_rolled_back(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Škola").await.customer;
    let issuers = (0..20).map(|issuer| {
        let app = world.app.clone();
        tokio::spawn(async move {
            for nth in 0..10 {
                let mut tx = app.db.system().await.expect("a transaction");
                let key = format!("{issuer}:{nth}");
                let issued = documents::issue_in(&mut tx, &app, customer, DocumentKind::Payment, &key, 100).await;
                assert!(issued.is_some());
                if (issuer + nth) % 3 == 0 {
                    tx.rollback().await.expect("a rollback");
                } else {
                    tx.commit().await.expect("a commit");
                }
            }
        })
    });
    for issuer in issuers.collect::<Vec<_>>() {
        issuer.await.expect("an issuer");
    }
    let serials: Vec<i32> = sqlx::query_scalar("select serial from tax_document where kind = 'payment' order by 1")
        .fetch_all(world.app.db.pool())
        .await
        .expect("serials");
    let committed = (0..20).flat_map(|issuer| (0..10).map(move |nth| issuer + nth)).filter(|sum| sum % 3 != 0).count();
    assert_eq!(serials, (1..=i32::try_from(committed).expect("few")).collect::<Vec<_>>());
    assert_eq!(
        world.id("select last::bigint from document_series where kind = 'payment'").await,
        i64::try_from(serials.len()).expect("few")
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_twenty_issuers_whose_sessions_are_killed_leaves_no_gap_and_no_repeat(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Škola").await.customer;
    let executioner = PgPoolOptions::new()
        .max_connections(4)
        .connect_with((*world.app.db.pool().connect_options()).clone())
        .await
        .expect("a few sessions more");
    let mut issuers = JoinSet::new();
    for issuer in 0..20 {
        // A session of its own: nobody else is given one that is about to die.
        let options = (*world.app.db.pool().connect_options()).clone();
        let own = PgPoolOptions::new().max_connections(1).connect_with(options).await.expect("a session");
        let (app, executioner) = (App { db: Db::from_pool(own), ..world.app.clone() }, executioner.clone());
        issuers.spawn(async move {
            let mut committed = Vec::new();
            for nth in 0..10 {
                let mut tx = app.db.system().await.expect("a transaction");
                let session: i32 =
                    sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut *tx).await.expect("itself");
                let key = format!("{issuer}:{nth}");
                let issued = documents::issue_in(&mut tx, &app, customer, DocumentKind::Payment, &key, 100).await;
                let number = issued.expect("the first").number;
                let kill = sqlx::query("select pg_terminate_backend($1, 10000)").bind(session).execute(&executioner);
                match (issuer + nth) % 4 {
                    // Killed with the number in its hands.
                    0 => {
                        kill.await.expect("killed");
                        tx.commit().await.expect_err("there is no session any more");
                    }
                    // Killed while it commits: who is faster is not known.
                    1 => {
                        let (killed, outcome) = tokio::join!(kill, tx.commit());
                        killed.expect("killed");
                        committed.extend(outcome.ok().map(|()| number));
                    }
                    2 => tx.rollback().await.expect("a rollback"),
                    _ => {
                        tx.commit().await.expect("a commit");
                        committed.push(number);
                    }
                }
            }
            committed
        });
    }
    let committed = issuers.join_all().await.concat();
    let kept: Vec<(i32, String)> =
        sqlx::query_as("select serial, number from tax_document where kind = 'payment' order by serial")
            .fetch_all(world.app.db.pool())
            .await
            .expect("serials");
    let serials: Vec<i32> = kept.iter().map(|(serial, _)| *serial).collect();
    assert_eq!(serials, (1..=i32::try_from(kept.len()).expect("few")).collect::<Vec<_>>());
    assert_eq!(
        world.id("select last::bigint from document_series where kind = 'payment'").await,
        i64::try_from(serials.len()).expect("few")
    );
    let numbers: BTreeSet<&String> = kept.iter().map(|(_, number)| number).collect();
    let promised: BTreeSet<&String> = committed.iter().collect();
    assert_eq!(promised.len(), committed.len(), "no number is given to two");
    assert!(committed.len() >= 50 && promised.is_subset(&numbers), "what was committed stays");
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_has_a_document_gets_no_other_and_takes_no_number(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Škola").await.customer;
    let issue = |key: &'static str| documents::issue(&world.app, customer, DocumentKind::Invoice, key, 100);
    assert_eq!(issue("one").await.map(|document| document.number).as_deref(), Some("2026300001"));
    assert_eq!(issue("one").await, None);
    // Many at once: one of them issues it.
    let racers = (0..8).map(|_| {
        let app = world.app.clone();
        tokio::spawn(async move { documents::issue(&app, customer, DocumentKind::Invoice, "two", 100).await })
    });
    let mut issued = 0;
    for racer in racers.collect::<Vec<_>>() {
        issued += usize::from(racer.await.expect("a racer").is_some());
    }
    assert_eq!(issued, 1);
    assert_eq!(issue("three").await.map(|document| document.number).as_deref(), Some("2026300003"));
    // Each kind and each year has a series of its own.
    let proforma = documents::issue(&world.app, customer, DocumentKind::Proforma, "four", 100).await;
    assert_eq!(proforma.map(|document| document.number).as_deref(), Some("2026100001"));
    let new_year = world.with_clock(Clock::manual(at("2027-01-01T00:00:00+01:00")));
    let invoice = documents::issue(&new_year, customer, DocumentKind::Invoice, "five", 100).await;
    assert_eq!(invoice.map(|document| document.number).as_deref(), Some("2027300001"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_issued_and_printed_cannot_be_changed(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Škola").await.customer;
    let document = documents::issue(&world.app, customer, DocumentKind::Invoice, "one", 100).await.expect("issued");
    tax_documents::print(&world.app, document.id).await.expect("printed");
    for statement in [
        "update tax_document set total = total + 1, base = base + 1",
        "delete from tax_document",
        "truncate tax_document cascade",
        "update document_file set content = '', sha256 = sha256('')",
        "delete from document_file",
        "delete from invoiced_entry",
    ] {
        // Even by the owner, whom no privilege stops.
        let refused = sqlx::query(AssertSqlSafe(statement)).execute(world.app.db.pool()).await.expect_err(statement);
        let code = refused.into_database_error().and_then(|error| error.code().map(std::borrow::Cow::into_owned));
        assert_eq!(code.as_deref(), Some("LK002"), "{statement}");
    }
    for role in ["linka_member", "linka_staff", "linka_system"] {
        for table in ["tax_document", "document_file", "invoiced_entry"] {
            let may =
                format!("select (has_table_privilege('{role}', '{table}', 'update, delete, truncate'))::int::bigint");
            assert_eq!(world.id(&may).await, 0, "{role} on {table}");
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_list_is_paged_filtered_and_says_what_is_due(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    for nth in 0..30 {
        let kind = if nth % 3 == 0 { DocumentKind::Proforma } else { DocumentKind::Payment };
        documents::issue(&world.app, place.customer, kind, &nth.to_string(), 10_000).await.expect("issued");
    }
    let viewer = place.boss.may_see_billing().expect("a viewer");
    let list = async |filter, before| {
        let list = tax_documents::list(&world.app, &viewer, filter, before).await.expect("a page");
        assert_eq!(list.years, [2026]);
        (list.documents.page.rows, list.documents.page.next, list.documents.total)
    };
    let all = DocumentFilter::default();
    let (first, more, total) = list(all, None).await;
    assert_eq!((first.len(), total), (25, 30));
    let (rest, end, total) = list(all, more).await;
    assert_eq!((rest.len(), end, total), (5, None, 30));
    let ids: Vec<_> = first.iter().chain(&rest).map(|row| row.id.0).collect();
    assert_eq!(ids, (1..=30).rev().collect::<Vec<_>>(), "each once, the newest first");
    let proformas = DocumentFilter { kind: Some(DocumentKind::Proforma), year: Some(2026) };
    let (proformas, _, total) = list(proformas, None).await;
    assert!(total == 10 && proformas.len() == 10 && proformas.iter().all(|row| row.kind == DocumentKind::Proforma));
    assert!(proformas.iter().all(|row| row.settlement == Settlement::Due));
    let (other_year, ..) = list(DocumentFilter { kind: None, year: Some(2025) }, None).await;
    assert!(other_year.is_empty());

    // One is paid in two parts; of the others time runs out.
    let staff = world.id("insert into staff (name, roles) values ('M', '{manager}') returning id").await;
    world
        .sql(&format!(
            "with s as (insert into bank_statement (sha256, file_name, format, imported_at, staff_id, lines, incoming)
                        values (sha256(''), 'a', 'csv', now(), {staff}, 2, 2) returning id)
             insert into bank_payment (statement_id, booked_on, amount, currency, reference, state, document_id, decided_at)
             select s.id, '2026-11-24', a, 'CZK', a::text, 'matched', 1, now() from s, unnest(array[6000, 6100]) a"
        ))
        .await;
    let later = world.with_clock(Clock::manual(at("2026-11-24T08:00:00+01:00")));
    let proformas = DocumentFilter { kind: Some(DocumentKind::Proforma), year: None };
    let rows = tax_documents::list(&later, &viewer, proformas, None).await.expect("a page").documents.page.rows;
    for row in rows {
        let expected = if row.id == DocumentId(1) { Settlement::Paid } else { Settlement::Overdue };
        assert_eq!(row.settlement, expected, "{}", row.number);
    }
    // How the rest is paid says a page of its own; what is paid, or asks for nothing, says so.
    let paying = async |number: &str| tax_documents::payment(&later, &viewer, number).await;
    let open = paying("2026100002").await.expect("it is to be paid").transfer.expect("how");
    assert_eq!((open.amount, open.variable_symbol.to_string().as_str()), (Money::from_haler(12_100), "2026100002"));
    let paid = paying("2026100001").await.expect("it was to be paid");
    assert_eq!((paid.document.settlement, paid.transfer), (Settlement::Paid, None));
    assert_eq!(paying("2026200001").await, Err(Problem::NotFound), "it is of money that came");
    let other = world.place("Jiná").await.boss.may_see_billing().expect("a viewer");
    assert_eq!(tax_documents::payment(&later, &other, "2026100002").await, Err(Problem::NotFound));
    let cookie = world.cookie(&place.boss).await;
    let site = Site::serve(world.app.clone()).await;
    let page = site.get("/documents?kind=proforma", &cookie).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("/documents/2026100001/document.isdoc") && page.body.contains("/documents/2026.zip"));
    assert!(!page.body.contains("2026200001"), "another kind");
    assert!(page.body.contains("/documents/2026100002/payment"), "{}", page.body);
    let page = site.get("/documents/2026100002/payment", &cookie).await;
    assert!(page.status == 200 && page.body.contains("2026100002"), "{}", page.body);
}
