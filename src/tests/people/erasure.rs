//! Erasing a customer's person: nothing of that person is left but what the law keeps, and nothing else has changed.

mod planted;
mod races;

use std::collections::BTreeSet;

use linka::{
    model::{
        base::{
            ids::{BundleId, MemberId, PurchaseId, RequestId},
            money::Money,
            terms::Urgency,
        },
        money::purchases::PaymentMethod,
        ordering::imports::{ImportFault, ImportReport, LineProblem},
        people::{
            erasure::{CALL_OFF, ErasureRefused},
            members::StaffRole,
        },
        problem::{FieldCode, Problem},
        work::cases::CaseAct,
    },
    server::{
        db::MIGRATIONS,
        service::{
            money::purchases,
            people::{accounts, erasure, members},
            work::{closing, dispatch},
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};

use self::planted::{EMAIL, NAME, NOW, PHONE, TRACES, form, manager, plant_beside, plant_work, zdislava};
use super::{
    personal::{ERASED, KEPT, NOT_PERSONAL},
    sign_in::{PASSWORD, client},
};
use crate::support::{Site, World, typed_purchase};

/// Every column that may hold a text, of every table but the one in which migrations are noted.
const COLUMNS: &str = "
    select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname not like '\\_%'
      and a.attnum > 0 and not a.attisdropped
      and a.atttypid::regtype::text in ('text', 'text[]', 'character varying', 'json', 'jsonb', 'inet', 'cidr', 'bytea', 'xml',
                                        'tsvector')
    order by 1";

fn names<'a>(list: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    list.into_iter().map(str::to_owned).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_column_of_text_is_erased_or_kept_for_a_reason_or_says_nothing_of_a_person(pool: PgPool) {
    let found: Vec<String> = sqlx::query_scalar(COLUMNS).fetch_all(&pool).await.expect("the catalogue");
    let found: BTreeSet<String> = found.into_iter().collect();
    let (erased, kept) = (ERASED.iter().map(|(column, _)| *column), KEPT.iter().map(|(column, _)| *column));
    let decided: Vec<&str> = erased.chain(kept).chain(NOT_PERSONAL.iter().copied()).collect();
    let all = names(decided.iter().copied());
    assert_eq!(all.len(), decided.len(), "each column stands in one list, once");
    let undecided: Vec<_> = found.difference(&all).collect();
    assert!(undecided.is_empty(), "may a person stand in these? {undecided:?}");
    let gone: Vec<_> = all.difference(&found).collect();
    assert!(gone.is_empty(), "columns that there are not: {gone:?}");
}

/// In which columns of the whole database something of her stands, the queue's included.
async fn found(world: &World) -> BTreeSet<String> {
    let columns: Vec<(String, String, String, String)> = sqlx::query_as(
        // What is kept as bytes is read as the text that it may be.
        "select n.nspname::text, c.relname::text,
                case when a.atttypid = 'bytea'::regtype then format('encode(%I, ''escape'')', a.attname)
                     else format('%I::text', a.attname) end,
                a.attname::text
         from pg_attribute a join pg_class c on c.oid = a.attrelid
         join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
           and a.attnum > 0 and not a.attisdropped",
    )
    .fetch_all(world.app.db.pool())
    .await
    .expect("the catalogue");
    let traces: Vec<String> = TRACES.iter().map(|trace| (*trace).to_owned()).collect();
    let mut found = BTreeSet::new();
    for (schema, table, text, column) in columns {
        let ask = format!(r#"select exists (select from {schema}."{table}" where {text} ilike any ($1))"#);
        let is_there: bool = sqlx::query_scalar(AssertSqlSafe(ask))
            .bind(&traces)
            .fetch_one(world.app.db.pool())
            .await
            .expect("an answer");
        if is_there {
            found.insert(format!("{table}.{column}"));
        }
    }
    found
}

/// Ledger, documents and receipts, as one text.
async fn papers(world: &World) -> String {
    let ask = "select concat_ws(E'\\n',
        (select string_agg(e::text, E'\\n' order by e.id) from ledger_entry e),
        (select string_agg(d::text, E'\\n' order by d.id) from tax_document d),
        (select string_agg(r::text, E'\\n' order by r.intervention_id, r.version) from receipt r),
        (select string_agg(p.id || ' ' || p.total || ' ' || p.state, E'\\n' order by p.id) from purchase p),
        (select sum(total) from tax_document), (select sum(minutes) from ledger_entry))";
    sqlx::query_scalar(ask).fetch_one(world.app.db.pool()).await.expect("papers")
}

/// Columns that hold codes or a hash of the person's, in which no word of hers can stand.
const WITHOUT_WORDS: &[&str] = &[
    "authenticator.secret",
    "calendar_feed_shown.digest",
    "login.language",
    "member.capabilities",
    "member.contact_roles",
    "passkey.credential_id",
    "provider_identity.issuer",
    "readiness.answer",
    "recovery_code.code_hash",
    "saved_card.last4",
    "saved_card.payment_method",
    "sent_form.content",
    "sent_form.form",
    "sms_message.content",
    "sms_message.key",
    "sms_message.last_error",
    "sms_message.state",
    "wish.digest_kinds",
    "wish.kinds",
    "wish.push_kinds",
    "wish.sms_kinds",
];

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_of_an_erased_person_is_left_but_what_the_law_keeps(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let (id, caller) = zdislava(&world, place.customer).await;
    let login = caller.session().expect("a session").login;
    let buyer = caller.may_buy().expect("a buyer");
    let typed = typed_purchase("1", PaymentMethod::Transfer, Money::from_haler(166_980));
    let bought = PurchaseId(world.app.random.uuid());
    purchases::buy(&world.app, &buyer, bought, BundleId(1), &typed).await.expect("bought");
    plant_work(&world, &place, id).await;
    plant_beside(&world, &place, id, login).await;
    let before = (found(&world).await, papers(&world).await);
    let kept = names(KEPT.iter().map(|(column, _)| *column));
    let text: Vec<String> = sqlx::query_scalar(COLUMNS).fetch_all(world.app.db.pool()).await.expect("columns");
    let hashed = |column: &str| {
        ["token_hash", ".account", ".subject", ".browser", ".auth", ".p256dh"].iter().any(|end| column.ends_with(end))
    };
    let to_erase: BTreeSet<String> = ERASED
        .iter()
        .map(|(column, _)| (*column).to_owned())
        .filter(|column| text.contains(column) && !hashed(column) && !WITHOUT_WORDS.contains(&column.as_str()))
        .collect();
    let untried: Vec<_> = to_erase.difference(&before.0).collect();
    assert!(untried.is_empty(), "this test says nothing of {untried:?}");
    let undeclared: Vec<_> =
        before.0.iter().filter(|column| !to_erase.contains(*column) && !kept.contains(*column)).collect();
    assert!(undeclared.is_empty(), "a person stands in {undeclared:?}");

    let manager = manager(&world).await;
    let reason = "Napsala nám 20. 11.";
    erasure::erase(&world.app, &manager, place.customer, id, reason, CALL_OFF).await.expect("erased");

    let left: Vec<_> = found(&world).await.into_iter().filter(|column| !kept.contains(column)).collect();
    assert!(left.is_empty(), "she stands in {left:?}");
    assert!(papers(&world).await == before.1, "what the law keeps has changed");
    for table in [
        "session",
        "push_device",
        "sms_message",
        "wish",
        "kept_form",
        "sent_form",
        "known_device",
        "password_link",
        "sign_in_failure",
        "sign_in_turn",
    ] {
        assert_eq!(world.id(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
    assert_eq!(world.id(&format!("select count(*) from login where member_id = {id}")).await, 0);
    let waiting = "select count(*) from mail where to_name = '#1' and state in ('queued', 'failed')";
    assert_eq!(world.id(waiting).await, 0, "nothing goes to her");
    assert_eq!(world.id("select count(*) from mail where key = 'm2' and state = 'withdrawn'").await, 1);
    let trace = "select count(*) from audit_entry where change = 'erase' and subject = 'member' and label = '#1'
                 and before = '{}' and after = '{\"reason\": \"Napsala nám 20. 11.\"}'";
    assert_eq!(world.id(trace).await, 1, "that she was erased stands in the audit");
    assert_eq!(world.id("select count(*) from customer_contact").await, 1, "the office's own number stays");
    let forgotten = "select count(*) from former_card where payment_method = 'pm_hers'";
    assert_eq!(world.id(forgotten).await, 1, "Stripe is asked to forget her card");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_erased_person_comes_not_back_and_the_address_is_free(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let (id, _) = zdislava(&world, place.customer).await;
    let manager = manager(&world).await;
    let customer = place.customer;
    erasure::erase(&world.app, &manager, customer, id, "Na přání", "").await.expect("erased");
    erasure::erase(&world.app, &manager, customer, id, "Na přání", "").await.expect("the same form");
    assert_eq!(world.id("select count(*) from audit_entry where change = 'erase'").await, 1);

    let not_found = || Err(Problem::NotFound);
    assert_eq!(erasure::page(&world.app, &manager, customer, id).await.map(drop), not_found());
    assert_eq!(members::page(&world.app, &manager, customer, Some(id), None).await.map(drop), not_found());
    assert_eq!(members::set_active(&world.app, &manager, (customer, id), true, "", false).await, not_found());
    assert_eq!(members::new_link(&world.app, &manager, customer, id).await.map(drop), not_found());
    // Whatever a table that is taken over says.
    world.sql(&format!("update member set name = 'Zdislava', active = true, erased_at = null where id = {id}")).await;
    world.sql(&format!("insert into login (email, member_id) values ('{EMAIL}', {id})")).await;
    let is_erased = format!(
        "select count(*) from member m where id = {id} and name = '#1' and not active
                             and not exists (select from login where member_id = m.id)"
    );
    assert_eq!(world.id(&is_erased).await, 1);

    world.sql("update member set external_key = 'linka-1' where external_key is null and name = '#1'").await;
    assert_eq!(
        world.id("select count(*) from member where external_key = 'linka-1'").await,
        1,
        "an export names the row"
    );

    let key = world.app.random.uuid();
    let (other, link) = members::add(&world.app, &manager, customer, &form(NAME), key).await.expect("a new person");
    assert!(other != id && link.is_some());
    world
        .sql(&format!(
            "insert into member (customer_id, name, phone, active) values ({customer}, '#7', '{PHONE}', true)"
        ))
        .await;
    let came =
        "select count(*) from member where erased_number = 7 and erased_at is not null and phone = '' and not active";
    assert_eq!(world.id(came).await, 1, "who was erased elsewhere comes erased");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_open_goes_on_with_a_colleague_or_is_called_off_by_choice(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let boss = place.boss.member().expect("a member").id();
    let manager = manager(&world).await;
    let customer = place.customer;
    for heir in [boss.to_string(), CALL_OFF.to_owned()] {
        let (id, caller) = zdislava(&world, customer).await;
        let orderer = caller.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Normal).await;
        let starts = world.starts(&orderer, order).await;
        world.book(&orderer, order, starts[0]).await.expect("a booking");
        let draft = world.order(&orderer, Urgency::Normal).await;
        world.pick(&orderer, draft, starts[6]).await.expect("a hold");

        let page = erasure::page(&world.app, &manager, customer, id).await.expect("a page");
        assert_eq!((page.open.len(), page.open[0].starts_at), (1, Some(starts[0])));
        assert!(page.colleagues.iter().any(|(colleague, _)| *colleague == boss));
        let unsaid = erasure::erase(&world.app, &manager, customer, id, "Na přání", "").await;
        assert_eq!(unsaid, Err(Problem::field("heir", FieldCode::Missing)));
        let oneself = erasure::erase(&world.app, &manager, customer, id, "Na přání", &id.to_string()).await;
        assert_eq!(oneself, Err(Problem::field("heir", FieldCode::Unknown)));
        assert_eq!(world.id(&format!("select count(*) from member where id = {id} and erased_at is null")).await, 1);

        erasure::erase(&world.app, &manager, customer, id, "Na přání", &heir).await.expect("erased");
        assert_eq!(world.count("held").await, 0, "nothing is held for a draft that is gone");
        let open = format!(
            "select count(*) from service_request r join appointment a on a.request_id = r.id and a.state = 'confirmed'
                            where r.id = '{order}' and r.member_id = {boss} and r.contact_name = 'Jana Nováková'"
        );
        let called_off = format!(
            "select count(*) from service_request r join appointment a on a.request_id = r.id
                                  where r.id = '{order}' and r.state = 'cancelled' and a.state = 'cancelled'"
        );
        let expected = if heir == CALL_OFF { (0, 1) } else { (1, 0) };
        assert_eq!((world.id(&open).await, world.id(&called_off).await), expected, "{heir}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_is_erased_from_work_under_way_without_a_colleague(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    world.work_under_way(&place, 1, 30).await;
    let boss = place.boss.member().expect("a member").id();
    let manager = manager(&world).await;
    let refused = Err(Problem::Erasure(ErasureRefused::WorkUnderWay));
    let page = erasure::page(&world.app, &manager, place.customer, boss).await.expect("a page");
    assert_eq!(page.refused, Some(ErasureRefused::WorkUnderWay));
    assert_eq!(erasure::erase(&world.app, &manager, place.customer, boss, "Na přání", CALL_OFF).await, refused);
    let (heir, _) = zdislava(&world, place.customer).await;
    let heir = heir.to_string();
    erasure::erase(&world.app, &manager, place.customer, boss, "Na přání", &heir).await.expect("erased");
    let other = world.place("Jiná").await;
    let foreign = erasure::erase(&world.app, &manager, other.customer, boss, "Na přání", "").await;
    assert_eq!(foreign, Err(Problem::NotFound), "of another customer, the person does not exist");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_member_says_it_with_the_password_and_the_last_who_manages_hands_over_first(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let (id, caller) = zdislava(&world, place.customer).await;
    let app = &world.app;
    accounts::sign_in(app, &client(None), EMAIL, PASSWORD).await.expect("signed in");
    let cookie = world.cookie(&caller).await;
    let site = Site::serve(world.app.clone()).await;
    world.sql("update member set capabilities = '{order}' where name = 'Jana Nováková'").await;
    let shown = site.get("/account/erase", &cookie).await;
    assert!(shown.body.contains("Nejdřív předejte správu") && !shown.body.contains("own_password"), "{}", shown.body);
    let refused = erasure::erase_oneself(app, &client(None), &caller, PASSWORD, "").await;
    assert_eq!(refused, Err(Problem::Erasure(ErasureRefused::NobodyElseManages)));

    world.sql("update member set capabilities = '{order, manage}' where name = 'Jana Nováková'").await;
    let wrong = [("own_password", "spatne heslo 123")];
    let answer = site.post("/api/account/erase", &cookie, "/account/erase", &wrong).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(!answer.body.contains("spatne heslo"), "what is secret is not shown again");
    let right = [("own_password", PASSWORD)];
    let answer = site.post("/api/account/erase", &cookie, "/account/erase", &right).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/erased")), "{}", answer.body);
    let told = site.get("/erased", "linka-done=erased./erased").await.body;
    let said = site.get("/erased", "").await.body;
    assert!(told.contains("Vaše údaje jsou smazané") && !said.contains("Vaše údaje jsou smazané"), "{said}");
    assert_eq!(world.id(&format!("select count(*) from member where id = {id} and name = '#1'")).await, 1);
    let account = site.get("/account", &cookie).await;
    assert!(account.location.is_some_and(|to| to.starts_with("/sign-in")), "signed out: {}", account.status);
    let again = site.post("/api/account/erase", &cookie, "/account/erase", &right).await;
    assert!(matches!(again.status, 303 | 401), "{}: {}", again.status, again.body);
    let trace = "select count(*) from audit_entry where change = 'erase' and who = '#1' and login_id is null and address is null";
    assert_eq!(world.id(trace).await, 1);
    let staff = world.staff(StaffRole::Manager).await;
    let staff = erasure::erase_oneself(app, &client(None), &staff, PASSWORD, "").await;
    assert_eq!(staff, Err(Problem::Forbidden { capability: None }));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_is_called_the_same_keeps_the_name(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let (id, _) = zdislava(&world, place.customer).await;
    let twin =
        format!("insert into member (customer_id, name, phone) values ({}, '{NAME}', '{PHONE}')", place.customer);
    world.sql(&twin).await;
    world.sql(&format!("update customer set note = 'Volat {NAME} na 605 111 222, psát na {EMAIL}.'")).await;
    erasure::erase(&world.app, &manager(&world).await, place.customer, id, "Na přání", "").await.expect("erased");
    let note: String =
        sqlx::query_scalar("select note from customer").fetch_one(world.app.db.pool()).await.expect("one");
    assert_eq!(note, format!("Volat {NAME} na 605 111 222, psát na #1."), "only the address was nobody else's");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_surname_alone_goes_in_every_case_unless_it_is_somebody_else_s_too(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let manager = manager(&world).await;
    let note = "Volala paní Vrbová, s Vrbovou už ne, vrbove psat; Vrbovec je obec, pan Vrba technik.";
    for (twin, expected) in [
        ("Petra Vrbová", note),
        ("Petr Vrba", "Volala paní #2, s #2 už ne, #2 psat; Vrbovec je obec, pan Vrba technik."),
    ] {
        let (id, _) = zdislava(&world, place.customer).await;
        world
            .sql(&format!("insert into member (customer_id, name, phone) values ({}, '{twin}', '')", place.customer))
            .await;
        world.sql(&format!("update customer set note = '{note}'")).await;
        erasure::erase(&world.app, &manager, place.customer, id, "Na přání", "").await.expect("erased");
        let kept: String =
            sqlx::query_scalar("select note from customer").fetch_one(world.app.db.pool()).await.expect("one");
        assert_eq!(kept, expected, "{twin}");
        world.sql(&format!("update member set name = 'Alena Malá' where name = '{twin}'")).await;
    }
    // A surname that is an ordinary word takes that word from nobody.
    let nobody = world
        .id(&format!("select id from member where customer_id = {} and name = 'Alena Malá' limit 1", place.customer))
        .await;
    world.sql(&format!("delete from member where name = 'Alena Malá' and id <> {nobody}")).await;
    world.sql("update customer set note = 'Malá kuchyně, malá zásoba; volala Alena Malá.'").await;
    erasure::erase(&world.app, &manager, place.customer, MemberId(nobody), "Na přání", "").await.expect("erased");
    let kept: String =
        sqlx::query_scalar("select note from customer").fetch_one(world.app.db.pool()).await.expect("one");
    assert_eq!(kept, "Malá kuchyně, malá zásoba; volala #3.");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn signs_in_a_name_take_no_word_but_the_name(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let insert = format!("insert into member (customer_id, name, phone) values ({}, 'Jan .*(|[a', '')", place.customer);
    let id = MemberId(world.id(&format!("{insert} returning id")).await);
    world.sql("update customer set note = 'Jan Malý volal; Jan .*(|[a píše, Petra ne.'").await;
    erasure::erase(&world.app, &manager(&world).await, place.customer, id, "Na přání", "").await.expect("erased");
    let note: String =
        sqlx::query_scalar("select note from customer").fetch_one(world.app.db.pool()).await.expect("one");
    assert_eq!(note, "Jan Malý volal; #1 píše, Petra ne.");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn pages_say_who_is_erased_in_the_reader_s_language(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let (id, _) = zdislava(&world, place.customer).await;
    let work = world.work_under_way(&place, 1, 30).await.remove(0);
    let key = world.app.random.uuid();
    closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), key).await.expect("closed");
    world
        .sql(&format!(
            "update service_request set member_id = {id}, contact_name = '{NAME}', contact_phone = '{PHONE}'"
        ))
        .await;
    let staff = world.staff(StaffRole::Manager).await;
    let site = Site::serve(world.app.clone()).await;
    let (ours, theirs) = (world.cookie(&staff).await, world.cookie(&place.boss).await);
    let (customer, member) = (place.customer.to_string(), id.to_string());
    let page = format!("/desk/customers/{customer}/people/{member}/erase");
    assert_eq!(site.get(&page, &ours).await.status, 200);
    let fields = [("customer", customer.as_str()), ("member", &member), ("reason", "Na přání")];
    let answer = site.post("/api/members/erase", &ours, &page, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let trace = "select count(*) from audit_entry where change = 'erase' and who = 'Z' and login_id is not null";
    assert_eq!(world.id(trace).await, 1, "who did it is written");
    let request = format!("/requests/{}", work.number);
    let case = format!("/desk/requests/{}", work.number);
    for (page, cookie) in
        [(request.as_str(), &theirs), (&case, &ours), ("/settings/audit", &ours), ("/account/changes", &theirs)]
    {
        for (language, said) in [("cs", "Smazaná osoba 1"), ("en", "Erased person 1")] {
            let answer = site.get(page, &format!("{cookie}; linka-language={language}")).await;
            assert_eq!(answer.status, 200, "{page}");
            assert!(answer.body.contains(said), "{page}: {}", answer.body);
            assert!(!answer.body.contains("#1<") && !answer.body.contains("href=\"tel:\""), "{page}: {}", answer.body);
        }
    }
    for search in ["Smazan", "Erased+person+1"] {
        let found = site.get(&format!("/settings/audit?search={search}"), &ours).await.body;
        assert!(found.contains("Smazaná osoba 1"), "{search}: {found}");
    }
    let people = site.get(&format!("/desk/customers/{}", place.customer), &ours).await.body;
    assert!(!people.contains(&format!("/people/{id}")), "no link to nobody: {people}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_goes_on_for_an_erased_person_and_the_desk_reads_why(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let (id, caller) = zdislava(&world, place.customer).await;
    let orderer = caller.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    erasure::erase(&world.app, &manager(&world).await, place.customer, id, "Na přání", CALL_OFF).await.expect("erased");
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("a dispatcher");
    let next = RequestId(world.app.random.uuid());
    let refused = dispatch::follow_up(&world.app, &desk, number, "Dokončit nastavení tisku.", next).await;
    assert_eq!(refused, Err(Problem::Conflict), "nobody of the vendor's is sent to the sign-in");
    let (site, cookie) = (Site::serve(world.app.clone()).await, world.cookie(&dispatcher).await);
    let page = site.get(&format!("/desk/requests/{number}/{}", CaseAct::FollowUp.code()), &cookie).await;
    assert!(page.status == 409 && page.body.contains("která požadavek zadala, je smazaná"), "{}", page.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn only_the_erasure_changes_what_is_only_added_to(pool: PgPool) {
    let world = World::new(pool).await;
    let is_refused = async |role: &str, what: &str| {
        let mut tx = world.app.db.pool().begin().await.expect("a transaction");
        sqlx::query(AssertSqlSafe(format!("set local role {role}"))).execute(&mut *tx).await.expect("the role");
        sqlx::query(AssertSqlSafe(what.to_owned())).execute(&mut *tx).await.is_err()
    };
    for role in ["linka_member", "linka_staff", "linka_system"] {
        assert!(is_refused(role, "update audit_entry set who = 'Nikdo'").await, "{role}");
        assert!(is_refused(role, "select erase_from_audit(1, 1, 1, 'x', 'x', '#1')").await, "{role}");
    }
    for role in ["linka_member", "linka_staff"] {
        assert!(is_refused(role, "select erase_member(1, null, true, false, '', now())").await, "{role}");
    }
    let takes: i64 = world
        .id("select count(*) from unnest(array['linka_member', 'linka_staff', 'linka_system']) r
             where pg_has_role(r, 'linka_eraser', 'member')")
        .await;
    assert_eq!(takes, 0, "the roles that transactions run as cannot take that of the erasure");
    // And what that one changes is all of this, and of no other table: not the ledger, no document and no receipt.
    let changed: Vec<String> = sqlx::query_scalar(
        "select c.relname || ': ' || string_agg(a.attname, ' ' order by a.attname)
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         where has_column_privilege('linka_eraser', c.oid, a.attnum, 'update') and exists (
             select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = 'refuse_change'::regproc)
         group by c.relname order by c.relname",
    )
    .fetch_all(world.app.db.pool())
    .await
    .expect("the catalogue");
    let expected = [
        "audit_entry: address after before label login_id who",
        "contest_remark: remark",
        "contract_version: reason",
        "import_run: report",
        "purchase_event: note",
        "request_note: note",
        "segment_correction: reason",
    ];
    assert_eq!(changed, expected);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_belongs_to_no_customer_loses_no_word_of_anybody_else_s(pool: PgPool) {
    let world = World::new(pool).await;
    let (place, other) = (world.place("Škola").await, world.place("Jiná").await);
    let (id, _) = zdislava(&world, place.customer).await;
    let mut report = ImportReport::default();
    report.add(LineProblem {
        file: "people.csv".into(),
        line: 2,
        column: "capabilities".into(),
        fault: ImportFault::UnknownWord,
    });
    let said = serde_json::to_string(&report).expect("JSON");
    for planted in [
        format!("insert into member (customer_id, name, phone) values ({}, '{NAME}', '')", other.customer),
        format!("insert into member (customer_id, name, phone) values ({}, 'Unknown', '')", place.customer),
        format!("insert into member (customer_id, name, phone) values ({}, 'Vít Test', '')", place.customer),
        format!("update customer set note = 'Volá {NAME}.' where id = {}", other.customer),
        format!("insert into import_run (at, dry_run, report) values ({NOW}, true, '{said}')"),
        format!(
            r#"insert into stripe_event (id, kind, payload, received_at, readable) values ('evt_1', 'x',
               '{{"id": "cs_test_a1B2", "why": "unknown", "kind": "Vít Test", "by": ["{NAME}", "{EMAIL}", "vít  test, test"]}}',
               {NOW}, true)"#
        ),
    ] {
        world.sql(&planted).await;
    }
    let manager = manager(&world).await;
    for erased in [
        id.0,
        world.id("select id from member where name = 'Unknown'").await,
        world.id("select id from member where name = 'Vít Test'").await,
    ] {
        erasure::erase(&world.app, &manager, place.customer, MemberId(erased), "Na přání", "").await.expect("erased");
    }
    let texts: Vec<String> = sqlx::query_scalar(
        "select report::text from import_run union all select payload::text from stripe_event
         union all select note from customer where note <> ''",
    )
    .fetch_all(world.app.db.pool())
    .await
    .expect("texts");
    let kept: ImportReport = serde_json::from_str(&texts[0]).expect("a report that can be read");
    assert_eq!(kept, report);
    let payload: serde_json::Value = serde_json::from_str(&texts[1]).expect("JSON");
    let expected = serde_json::json!({
        "id": "cs_test_a1B2", "why": "unknown", "kind": "Vít Test", "by": [NAME, "#1", "#3, test"]
    });
    assert_eq!(payload, expected, "codes stay, and so does who is called the same elsewhere");
    assert_eq!(texts[2], format!("Volá {NAME}."));
}
