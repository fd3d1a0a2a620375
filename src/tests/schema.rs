//! What the database itself guarantees, whatever the application does.

mod codes;
mod customers;
mod kept_text;

use linka::{
    model::{
        base::{numbers::RequestNumber, terms::Urgency},
        money::{
            purchases::{PaymentMethod, PurchaseNumber},
            tax_documents::DocumentKind,
            variable_symbol::VariableSymbol,
        },
        people::members::StaffRole,
    },
    server::db::MIGRATIONS,
};
use sqlx::{AssertSqlSafe, PgPool};

use super::support::{World, at};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_transaction_without_a_customer_sees_nothing_of_anybody(pool: PgPool) {
    let world = World::new(pool).await;
    world.place("Ours").await;
    let mut tx = world.app.db.pool().begin_with("begin; set local role linka_member").await.expect("a transaction");
    let seen: i64 = sqlx::query_scalar("select count(*) from member").fetch_one(&mut *tx).await.expect("a count");
    assert_eq!(seen, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_member_cannot_write_a_row_for_another_customer(pool: PgPool) {
    let world = World::new(pool).await;
    let (ours, theirs) = (world.place("Ours").await, world.place("Theirs").await);
    let their_member = theirs.boss.member().expect("a member");
    let mut tx = world.app.db.member(ours.customer).await.expect("a transaction");
    let written = sqlx::query(AssertSqlSafe(format!(
        "insert into service_request (id, customer_id, member_id, program_id, created_at)
         values (gen_random_uuid(), {}, {}, {}, now())",
        theirs.customer,
        their_member.id(),
        world.program
    )))
    .execute(&mut *tx)
    .await;
    let error = written.expect_err("the policy refuses it").to_string();
    assert!(error.contains("row-level security"), "{error}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_member_names_no_price_and_no_tax_even_past_the_application(pool: PgPool) {
    let world = World::new(pool).await;
    let (ours, theirs) = (world.place("Ours").await, world.place("Theirs").await);
    let (customer, member) = (ours.customer, ours.boss.member().expect("a member").id());
    let foreign = world.bought(&theirs, 50, PaymentMethod::Transfer, false).await;
    let owed = world.bought(&ours, 50, PaymentMethod::Transfer, true).await;
    let order = |minutes: i64, price: i64, total: i64, at_once: bool| {
        format!(
            "insert into purchase (id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent,
                                       total, validity_months, method, at_once, created_at)
             values ('00000000-0000-0000-0000-000000000001', {customer}, 'B2026-000077', {member}, 1, 2, {minutes}, {price}, 21,
                     {total}, 12, 'transfer', {at_once}, now())"
        )
    };
    let right = order(120, 276_000, 333_960, false);
    let document = |kind: &str, total: i64| {
        format!(
            "{right}; select issue_tax_document({customer}, '{kind}', 2026, now(), null, null,
             '00000000-0000-0000-0000-000000000001', null, {total}, 0, {total}, '{{\"customer\":{{\"name\":\"Škola\",\"street\":\"Školní 1\",\"city\":\"Plzeň\"}}}}', 'x')"
        )
    };
    let event = |kind: &str| {
        format!(
            "{right}; insert into purchase_event (customer_id, purchase_id, at, kind)
             values ({customer}, '00000000-0000-0000-0000-000000000001', now(), '{kind}')"
        )
    };
    for allowed in [right.clone(), document("proforma", 333_960), event("created")] {
        let mut tx = world.app.db.member(customer).await.expect("a transaction");
        sqlx::raw_sql(AssertSqlSafe(allowed.clone())).execute(&mut *tx).await.expect(&allowed);
    }
    for refused in [
        order(120, 1, 1, false),
        order(120, 276_000, 276_000, false),
        order(1_200, 276_000, 333_960, false),
        order(120, 276_000, 333_960, true),
        document("proforma", 100),
        document("invoice", 333_960),
        document("credit_note", -333_960),
        event("paid"),
        format!("update purchase set closed_as = 'cancelled', closed_at = now() where id = '{}'", owed.id),
        "select queue_payment_job('send_refund', '{}', 'x')".to_owned(),
        "insert into document_file (document_id, customer_id, format, content, sha256, made_at)
         select id, customer_id, 'pdf', 'x', sha256('x'), now() from tax_document"
            .to_owned(),
    ] {
        let mut tx = world.app.db.member(customer).await.expect("a transaction");
        let error =
            sqlx::raw_sql(AssertSqlSafe(refused.clone())).execute(&mut *tx).await.expect_err(&refused).to_string();
        let is_the_policy = ["row-level security", "permission denied", "that members cause"];
        assert!(is_the_policy.iter().any(|reason| error.contains(reason)), "{refused}: {error}");
    }
    // Nor is anybody told what others have paid.
    world.staff(StaffRole::Manager).await;
    world
        .sql(&format!(
            "with s as (insert into bank_statement (sha256, file_name, format, imported_at, staff_id, lines, incoming)
                        select sha256('x'), 'a', 'csv', now(), max(id), 1, 1 from staff returning id)
             insert into bank_payment (statement_id, booked_on, amount, currency, reference, state, document_id, decided_at)
             select s.id, '2026-11-24', 5, 'CZK', 'x', 'matched', d.id, now()
             from s, tax_document d where d.number = '{}'",
            foreign.symbol
        ))
        .await;
    let theirs_id = world.id(&format!("select id from tax_document where number = '{}'", foreign.symbol)).await;
    let paid = format!("select paid_by_transfer({theirs_id})");
    assert_eq!(world.id(&paid).await, 5);
    let mut tx = world.app.db.member(customer).await.expect("a transaction");
    let seen: i64 = sqlx::query_scalar(AssertSqlSafe(paid)).fetch_one(&mut *tx).await.expect("an answer");
    assert_eq!(seen, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn members_reach_neither_passwords_nor_sessions_nor_technicians_names(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Ours").await;
    for table in ["login", "session", "sign_in_failure", "sign_in_turn", "known_device", "staff"] {
        let mut tx = world.app.db.member(place.customer).await.expect("a transaction");
        let read = sqlx::query(AssertSqlSafe(format!("select * from {table}"))).fetch_all(&mut *tx).await;
        assert!(read.expect_err(table).to_string().contains("permission denied"), "{table}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn neither_members_nor_staff_read_by_what_links_of_programs_are_signed(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Ours").await;
    let member = async || world.app.db.member(place.customer).await.expect("a transaction");
    let staff = async || world.app.db.staff().await.expect("a transaction");
    for column in ["token_hash", "*"] {
        for mut tx in [member().await, staff().await] {
            let read = sqlx::query(AssertSqlSafe(format!("select {column} from api_token"))).fetch_all(&mut *tx).await;
            assert!(read.expect_err(column).to_string().contains("permission denied"), "{column}");
        }
    }
    for mut tx in [member().await, staff().await] {
        sqlx::query("select id, prefix, scopes from api_token").fetch_all(&mut *tx).await.expect("what is no secret");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn plannable_work_cannot_be_urgent_even_past_the_application(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let place = world.place("Ours").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order_for(&orderer, world.repricing, Urgency::Normal).await.expect("an order");
    let written = sqlx::query(AssertSqlSafe(format!(
        "update service_request set urgency = 'urgent', what_stopped = 'x', stopped_since = 'x', plannable = false
         where id = '{order}'"
    )))
    .execute(world.app.db.pool())
    .await;
    let error = written.expect_err("the check refuses it");
    let constraint = error.as_database_error().and_then(|error| error.constraint()).map(str::to_owned);
    assert_eq!(constraint.as_deref(), Some("plannable_is_never_urgent"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_happened_to_a_request_can_be_neither_changed_nor_deleted(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Ours").await;
    for statement in ["update request_event set note = 'x'", "delete from request_event"] {
        let mut tx = world.app.db.member(place.customer).await.expect("a transaction");
        let written = sqlx::query(statement).execute(&mut *tx).await;
        assert!(written.expect_err(statement).to_string().contains("permission denied"), "{statement}");
        let mut tx = world.app.db.staff().await.expect("a transaction");
        let written = sqlx::query(statement).execute(&mut *tx).await;
        assert!(written.expect_err(statement).to_string().contains("permission denied"), "{statement}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn free_busy_tells_times_and_no_more(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let (ours, theirs) = (world.place("Ours").await, world.place("Theirs").await);
    let orderer = theirs.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    world.book(&orderer, order, start).await.expect("a booking");
    let mut tx = world.app.db.member(ours.customer).await.expect("a transaction");
    let columns: Vec<String> =
        sqlx::query_scalar("select json_object_keys(to_json(f)) from free_busy($1, $2, $1, $1, gen_random_uuid()) f")
            .bind(at("2026-11-23T08:00:00+01:00"))
            .bind(at("2026-12-23T08:00:00+01:00"))
            .fetch_all(&mut *tx)
            .await
            .expect("free/busy");
    assert_eq!(columns, ["technician_id", "starts_at", "ends_at", "urgent"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn request_numbers_do_not_end_with_the_century(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Ours").await;
    for (year, expected) in [(2_100, "2100-000001"), (2_100, "2100-000002"), (2_026, "2026-000001")] {
        let mut tx = world.app.db.member(place.customer).await.expect("a transaction");
        let number: String = sqlx::query_scalar("select next_request_number($1)")
            .bind(year)
            .fetch_one(&mut *tx)
            .await
            .expect("a number");
        assert_eq!(number, expected);
        tx.commit().await.expect("kept");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn numbers_go_on_behind_their_zeros(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Ours").await.customer;
    for taken in [
        "select setval('request_number_2026', 999999)",
        "insert into purchase_number values (2026, 999999)",
        "insert into document_series values ('invoice', 2026, 99998)",
    ] {
        world.sql(taken).await;
    }
    let text = async |query: &str| -> String {
        let mut connection = world.app.db.pool().acquire().await.expect("a connection");
        sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(&mut *connection).await.expect("a number")
    };
    let request = text("select next_request_number(2026)").await;
    assert_eq!(request.parse().ok(), RequestNumber::new(2026, 1_000_000), "{request}");
    let place = world.place("Theirs").await;
    world.work_under_way(&place, 1, 30).await;
    world.sql(&format!("update service_request set number = '{request}'")).await;
    let purchase = text("select next_purchase_number(2026)").await;
    assert_eq!(purchase.parse::<PurchaseNumber>().expect("a number").to_string(), "B2026-1000000");
    for (key, expected) in [("a", "2026399999"), ("b", "2630100000"), ("c", "2630100001")] {
        let issue = format!(
            "select number from issue_tax_document({customer}, 'invoice', 2026, '2026-11-23', '2026-11-23', '2026-12-07', null,
                                                   null, 100, 21, 121, '{{\"customer\":{{\"name\":\"Škola\",\"street\":\"Školní 1\",\"city\":\"Plzeň\"}}}}', '{key}')"
        );
        let number = text(&issue).await;
        assert_eq!(number, expected);
        assert_eq!(DocumentKind::of_number(&number), Some(DocumentKind::Invoice));
        assert!(number.parse::<VariableSymbol>().is_ok(), "it is the symbol of its payment");
    }
}
