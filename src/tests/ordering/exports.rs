//! Exports: that they are whole, that they come back as they were, and that one customer's has nothing of another's.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            ids::{CustomerId, MemberId},
            terms::Urgency,
        },
        ordering::imports::{Counts, ImportFault, ImportKind, LineProblem},
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        service::{ordering::exports, people::erasure},
        sheets::SourceFile,
    },
};
use sqlx::{PgPool, query};

use super::imports::{Tables, ico, run};
use crate::support::{World, another_database, closed_work, drop_database};

/// Something of everything that an export holds beside what is taken over, ordered and done.
const EVERYTHING: &[&str] = &[
    "update skill set name_en = 'Programs'",
    "update program set name_en = 'Stock'",
    "insert into program (name, active) values ('Už se neprodává', false)",
    "insert into program_version (program_id, name, released_on)
     select id, v, d from program, (values ('7.2', '2026-03-01'::date), ('7.10', '2026-09-01')) x(v, d)",
    "update licence set version = '7.2', number = 'L-1' where customer_id = (select id from customer where external_key = 'z7')",
    "update work_type set name_en = 'Repair', description_en = 'What does not run.' where name = 'Oprava'",
    "insert into work_type (name, minutes_from, minutes_to, slot_minutes, plannable, skill, active)
     values ('Už se nedělá', 10, 20, 15, false, 'programs', false)",
    "insert into response_tier (code, name, name_en, urgent_target_minutes, normal_lead_minutes, position, active)
     values ('gold', 'Zlatá', 'Gold', 30, 60, 5, true), ('aged', 'Stará', '', 30, 60, 6, false)",
    "update response_tier set active = false, name_en = 'Fastest' where code = 'express'",
    "insert into line_region (name, phone, postal_prefixes, position) values ('Praha', '222 333 444', '{1}', 4)",
    // Who leaves, who has left, who has one week now and another one later, and none after it.
    "select let_go(id, '2027-02-01', '2026-11-23') from staff where name = 'T0'",
    "insert into staff (name, roles, active, leaves_on) values ('Odešla', array['technician'], false, '2026-01-31')",
    "update working_plan set valid = daterange(null, '2026-12-01')
     where technician_id = (select id from staff where name = 'T1')",
    "insert into working_plan (technician_id, weekday, starts, ends, valid)
     select id, day, starts, ends, daterange('2026-12-14', '2027-03-01')
     from staff, (values (1, '07:00'::time, '11:30'::time), (1, '12:00', '15:30'), (6, '08:00', '10:15')) w(day, starts, ends)
     where name = 'T1'",
    // An absence that hits what is agreed: it is agreed before it is entered, there as here.
    "insert into plan_exception (technician_id, during, kind, note)
     select id, '[2026-11-25 00:00+01, 2026-11-27 00:00+01)', 'off', 'Školení' from staff where external_key = 't1'",
    "insert into plan_exception (technician_id, during, kind)
     select id, '[2026-12-05 08:00+01, 2026-12-05 12:30+01)', 'extra' from staff where name = 'T1'",
    "insert into closure (date, reason) values ('2026-12-28', 'Inventura'), ('2026-11-25', 'Stěhování')",
    "update customer set region = 'Praha', note = E'Volat ráno.\nNebo večer.' where external_key = 'z4'",
    "insert into customer_contact (customer_id, kind, position, value, label)
     select id, k.kind, k.position, k.value, 'účtárna'
     from customer, (values ('phone', 0, '+420777000000'), ('phone', 1, '+420377000001'), ('email', 2, 'a@skola.cz'))
         k(kind, position, value)
     where external_key = 'z5'",
    "insert into computer (customer_id, name, teamviewer_id)
     select id, 'Kancelář', n from customer, unnest(array['987654321', '1234567890']) n where external_key = 'z5'",
    "insert into computer_program (computer_id, customer_id, program_id)
     select c.id, c.customer_id, l.program_id from computer c join licence l on l.customer_id = c.customer_id
     where c.teamviewer_id = '987654321'",
    "update member set active = false, contact_roles = array['orders', 'documents'] where external_key = 'o3'",
    // Who was erased is nobody there, too.
    "insert into member (customer_id, name, capabilities) select id, '#1', '{}' from customer where external_key = 'z6'",
    // Blocked, with something agreed; no customer any more.
    "update customer set blocked_at = '2026-11-20 09:30:15+01', block_reason = E'Dluh z jara.\nZavoláme.'
     where external_key = 'z1'",
    "update customer set active = false where external_key = 'z2'",
    "insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover,
         rate_per_minute, urgent_rate_per_minute, minimum_minutes, ceiling_minutes, fee, fee_period, known_since)
     select id, customer_id, a.from_day, a.tier, 450, 'month', 'one_period', 2150, 3000, 15, 90, 120000, 'year', '-infinity'
     from contract, (values ('2026-06-01'::date, 'fast'), ('2027-01-01', 'gold')) a(from_day, tier)
     where external_key in ('s4', 's5')",
    "insert into contract_file (contract_id, customer_id, name, content, added_at)
     select id, customer_id, name, convert_to('%PDF-1.7 ' || name, 'UTF8'), '2026-03-01 12:34:56+01'
     from contract, unnest(array['smlouva č. 4.pdf', 'dodatek.pdf']) with ordinality n(name, place)
     where external_key in ('s4', 's5') order by external_key, place",
];

/// What an export writes, by the names of the files.
pub(super) async fn export(world: &World, customer: Option<&str>) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let exported = exports::export::<Problem>(&world.app, customer, |file| {
        assert!(files.insert(file.name, file.bytes).is_none(), "each file once");
        Ok(())
    });
    exported.await.expect("exported");
    files
}

/// What of an export an import reads.
fn taken(exported: &BTreeMap<String, Vec<u8>>) -> Vec<SourceFile> {
    let files = exported.iter().filter(|(name, _)| !name.starts_with("documents/"));
    files.map(|(name, bytes)| SourceFile { name: name.clone(), bytes: bytes.clone() }).collect()
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, name: &str) -> &'a str {
    std::str::from_utf8(&files[name]).expect("UTF-8")
}

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.into(), bytes: text.as_bytes().to_vec() }
}

/// A line with everything, in use: partly drawn minutes, agreed times, people without an address.
async fn in_use(pool: &PgPool) -> World {
    let world = World::new(pool.clone()).await;
    world.technicians(2, "07:00", "15:30").await;
    assert_eq!(run(&world, &Tables::of(40, 0).files(), false).await.problems, []);
    let place = world.place("Škola \"U lípy\"; jídelna").await;
    world.sql(&format!("update customer set ico = '{}' where external_key is null", ico(77))).await;
    let terms = "insert into contract (customer_id, number, tier, valid, minutes_per_period, period, rate_per_minute, urgent_rate_per_minute)
                 values ($1, 'SLS-X', 'fast', '[2026-01-01,)', 300, 'quarter', 2500, 3000)";
    query(terms).bind(place.customer.0).execute(pool).await.expect("a contract");
    closed_work(&world, &place, 3).await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    world.book(&orderer, order, starts[0]).await.expect("a booking");
    world.sql("insert into staff (name, roles) values ('Bez adresy', array['manager'])").await;
    for statement in EVERYTHING {
        world.sql(statement).await;
    }
    world
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_export_that_is_taken_over_elsewhere_is_exported_there_byte_by_byte(pool: PgPool) {
    let world = in_use(&pool).await;
    let first = export(&world, None).await;
    let only = export(&world, Some("00000078")).await;
    let lines = |files: &BTreeMap<_, _>, name: &str| text(files, name).lines().count();
    assert_eq!(
        (lines(&first, "customers.csv"), lines(&only, "customers.csv"), lines(&only, "balances.csv")),
        // One of the notes has two lines.
        (43, 2, 2)
    );
    assert_eq!(lines(&first, "appointments.csv"), 3);
    for kind in ImportKind::ALL.iter().filter(|kind| **kind != ImportKind::Invoices) {
        assert!(lines(&first, &format!("{kind}.csv")) > 1, "there is one of each: {kind}");
    }
    let missing = exports::export::<Problem>(&world.app, Some("none"), |_| Ok(())).await;
    assert_eq!(missing, Err(Problem::NotFound));

    let there = another_database(&pool).await;
    {
        let elsewhere = World::empty(there.clone()).await;
        let report = run(&elsewhere, &taken(&first), false).await;
        assert_eq!(report.problems, [], "{:?}", report.tables);
        let second = export(&elsewhere, None).await;
        for (name, bytes) in first.iter().filter(|(name, _)| !name.starts_with("documents/")) {
            assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&second[name]), "{name}");
        }
        assert_eq!(taken(&first).len(), second.len());
        let again = run(&elsewhere, &taken(&first), false).await;
        assert_eq!(again.problems, []);
        let Counts { new, changed, .. } = again.total();
        assert_eq!((new, changed), (0, 0), "what is the same is not written again: {:?}", again.tables);
        elsewhere.app.db.close().await;
    }
    drop_database(&pool, there).await;
    // Nor is anything credited, planned or agreed a second time where it came from.
    let again = run(&world, &taken(&first), false).await;
    let Counts { new, changed, .. } = again.total();
    assert_eq!((new, changed), (0, 0), "{:?} {:?}", again.tables, again.problems);
}

/// Two customers, of whom everything that is written anywhere names its own.
async fn two_customers(pool: &PgPool) -> World {
    let world = World::empty(pool.clone()).await;
    let mut files: Vec<SourceFile> = Tables::of(2, 0).files();
    for file in &mut files {
        let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
        let named = text.lines().map(|line| match line {
            line if line.contains("z1;") || line.starts_with("o1;") || line.contains(";o1;") => {
                line.replace("Škola", "Alfa").replace("Jana", "Alfa").replace("Zůstatek", "Zůstatek Alfa")
            }
            line => line.replace("Škola", "Beta").replace("Jana", "Beta").replace("Zůstatek", "Zůstatek Beta"),
        });
        file.bytes = named.collect::<Vec<_>>().join("\n").into_bytes();
    }
    assert_eq!(run(&world, &files, false).await.problems, []);
    for statement in [
        "insert into staff (external_key, name, roles) values ('tb', 'Technik Beta', array['technician'])",
        "insert into program (external_key, name) values ('pb', 'Program Beta')",
        "insert into licence (customer_id, program_id, number)
         select c.id, p.id, 'Beta' from customer c, program p where c.external_key = 'z2' and p.external_key = 'pb'",
        "insert into plan_exception (technician_id, during, kind, note)
         select id, '[2026-12-01 08:00+01, 2026-12-01 09:00+01)', 'off', 'U zákazníka Beta' from staff",
        "insert into closure (date, reason) values ('2026-12-28', 'Beta slaví')",
        "insert into line_region (name, phone, position) values ('Kraj Beta', '222 333 444', 9)",
        "insert into response_tier (code, name, urgent_target_minutes, normal_lead_minutes, position)
         values ('beta', 'Beta', 30, 60, 9)",
        "update contract set tier = 'beta' where external_key = 's2'",
        "update customer set region = 'Kraj Beta', note = 'Beta', blocked_at = '2026-11-20', block_reason = 'Beta'
         where external_key = 'z2'",
        "insert into customer_contact (customer_id, kind, position, value, label)
         select id, 'email', 0, external_key || '@skola.cz', split_part(name, ' ', 1) from customer",
        "insert into computer (customer_id, name, teamviewer_id)
         select id, split_part(name, ' ', 1), '10000000' || id % 10 from customer",
        "insert into computer_program (computer_id, customer_id, program_id)
         select c.id, l.customer_id, l.program_id from computer c join licence l on l.customer_id = c.customer_id",
        "insert into contract_file (contract_id, customer_id, name, content, added_at)
         select k.id, c.id, c.name || '.pdf', convert_to('%PDF-1.7 ' || c.name, 'UTF8'), '2026-03-01'
         from contract k join customer c on c.id = k.customer_id",
        "insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover,
             rate_per_minute, urgent_rate_per_minute, minimum_minutes, known_since)
         select id, customer_id, '2027-01-01', tier, 1, 'month', 'none', 1, 1, 1, '-infinity' from contract",
    ] {
        world.sql(statement).await;
    }
    world
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_export_of_one_customer_has_its_rows_and_nothing_of_another(pool: PgPool) {
    let world = two_customers(&pool).await;
    let all = export(&world, None).await;
    let of_alfa = export(&world, Some("z1")).await;
    let holds = |bytes: &[u8], word: &str| String::from_utf8_lossy(bytes).contains(word);
    for (name, bytes) in &of_alfa {
        assert!(!holds(bytes, "Beta") && !holds(bytes, "z2"), "{name}: {}", String::from_utf8_lossy(bytes));
    }
    for kind in ["customers", "people", "contacts", "computers", "contract_files", "balances"] {
        let name = format!("{kind}.csv");
        assert!(holds(&of_alfa[&name], "Alfa") && holds(&all[&name], "Beta"), "{name}");
    }
    assert_eq!(text(&of_alfa, "contracts.csv").lines().count(), 3, "with its amendment");
    assert_eq!(of_alfa.keys().filter(|name| name.starts_with("contracts/")).count(), 1);
    for (kind, rows) in [("plans", 0), ("absences", 0), ("closures", 0), ("standings", 0), ("technicians", 1)] {
        assert_eq!(text(&of_alfa, &format!("{kind}.csv")).lines().count(), rows + 1, "{kind}");
    }

    // It stands by itself: what it names is in it.
    let there = another_database(&pool).await;
    {
        let elsewhere = World::empty(there.clone()).await;
        assert_eq!(run(&elsewhere, &taken(&of_alfa), false).await.problems, []);
        assert_eq!(export(&elsewhere, Some("z1")).await, of_alfa);
        elsewhere.app.db.close().await;
    }
    drop_database(&pool, there).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_contract_is_exported_with_all_that_it_says_from_which_day_on(pool: PgPool) {
    let world = World::empty(pool).await;
    run(&world, &Tables::of(1, 0).files(), false).await;
    world
        .sql(
            "insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover,
                 rate_per_minute, urgent_rate_per_minute, minimum_minutes, known_since)
             select id, customer_id, day, 'fast', minutes_per_period, period, rollover, rate_per_minute,
                 urgent_rate_per_minute, minimum_minutes, '-infinity'
             from contract, unnest(array['2026-06-01', '2027-06-01']::date[]) day",
        )
        .await;
    let exported = text(&export(&world, None).await, "contracts.csv").to_owned();
    let said: Vec<_> = exported.lines().skip(1).map(|line| line.split(';').collect::<Vec<_>>()).collect();
    let said: Vec<_> = said.iter().map(|cells| (cells[3], *cells.last().expect("a cell"))).collect();
    assert_eq!(said, [("standard", ""), ("fast", "2026-06-01"), ("fast", "2027-06-01")]);
    let import = async |text: &str| run(&world, &[file("contracts.csv", text)], false).await;
    assert_eq!(import(&exported).await.total(), Counts { same: 3, ..Counts::default() });
    // Its number is its own line's to say.
    let renumbered = exported.replace("SLS-1;", "SLS-1A;");
    assert_eq!(import(&renumbered).await.total(), Counts { changed: 1, same: 2, ..Counts::default() });
    assert_eq!(world.id("select count(*) from contract where number = 'SLS-1A' and tier = 'standard'").await, 1);

    // What is in force stays, what is to come may be said otherwise, and from another day something else.
    let other = renumbered.replace(";fast;", ";express;");
    let report = import(&other).await;
    let cannot = |line| LineProblem {
        file: "contracts.csv".into(),
        line,
        column: "tier".into(),
        fault: ImportFault::CannotChange,
    };
    assert_eq!(report.problems, [cannot(3)]);
    assert_eq!(report.total(), Counts { changed: 1, same: 1, wrong: 1, ..Counts::default() });
    let later = other.lines().last().expect("a line").replace("2027-06-01", "2028-01-01");
    let later = format!("{}\n{later}\n", other.lines().next().expect("names"));
    assert_eq!(import(&later).await.total(), Counts { new: 1, ..Counts::default() });
    assert_eq!(import(&later).await.total(), Counts { same: 1, ..Counts::default() });
    let known_now = "select count(*) from contract_amendment where from_day >= '2027-06-01' and tier = 'express'
                     and known_since = '2026-11-23 08:00+01'";
    assert_eq!(world.id(known_now).await, 2, "what was ordered before is billed as it was promised");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_erased_person_is_brought_back_by_no_table(pool: PgPool) {
    let world = World::empty(pool).await;
    run(&world, &Tables::of(1, 0).files(), false).await;
    world
        .sql("insert into member (external_key, customer_id, name, capabilities) select 'x', id, '#1', '{}' from customer")
        .await;
    let before = file("people.csv", "key;customer;name;email;capabilities\nx;z1;Jan Novák;jan@skola.cz;order\n");
    let report = run(&world, &[before], false).await;
    let told: Vec<_> = report.problems.iter().map(|problem| (problem.line, &*problem.column, problem.fault)).collect();
    assert_eq!(told, [(2, "name", ImportFault::CannotChange)]);
    assert_eq!(world.id("select count(*) from member where name = '#1' and email is null and not active").await, 1);
    let exported = export(&world, None).await;
    let again = run(&world, &[file("people.csv", text(&exported, "people.csv"))], false).await;
    assert_eq!(again.total(), Counts { same: 2, ..Counts::default() });
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_is_called_like_an_erased_person_but_who_was_erased_elsewhere(pool: PgPool) {
    let world = World::empty(pool).await;
    run(&world, &Tables::of(1, 0).files(), false).await;
    let people = "key;customer;name\nx1;z1;#1\nx2;z1;#1\nx3;z1;#999999999\nx4;z1;\u{ff03}7\nx5;z1;#7\u{200b}\n";
    let report = run(&world, &[file("people.csv", people)], false).await;
    let mut told: Vec<_> =
        report.problems.iter().map(|problem| (problem.line, &*problem.column, problem.fault)).collect();
    told.sort_unstable_by_key(|(line, ..)| *line);
    let looks = ImportFault::OutOfRange;
    let taken = (3, "name", ImportFault::AlreadyUsed);
    assert_eq!(told, [taken, (4, "name", looks), (5, "name", looks), (6, "name", looks)]);
    assert_eq!(world.id("select count(*) from member where erased_at is not null").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_table_whose_keys_are_addresses_brings_nobody_back_either(pool: PgPool) {
    let world = World::empty(pool).await;
    run(&world, &Tables::of(1, 0).files(), false).await;
    let people = "key;customer;name;email;capabilities\n\
                  jan@skola.cz;z1;Jan Novák;jan@skola.cz;order\nx;z1;Petr Malý;petr@skola.cz;order\n";
    let report = run(&world, &[file("people.csv", people)], false).await;
    assert_eq!(report.total(), Counts { new: 2, ..Counts::default() });
    let (id, customer) = (
        MemberId(world.id("select id from member where external_key = 'jan@skola.cz'").await),
        CustomerId(world.id("select customer_id from member where external_key = 'jan@skola.cz'").await),
    );
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    erasure::erase(&world.app, &manager, customer, id, "Na přání", "").await.expect("erased");
    assert_eq!(world.id("select count(*) from member where external_key ilike '%skola%'").await, 0);

    let report = run(&world, &[file("people.csv", people)], false).await;
    let told: Vec<_> = report.problems.iter().map(|problem| (problem.line, &*problem.column, problem.fault)).collect();
    assert_eq!(told, [(2, "key", ImportFault::CannotChange)]);
    assert_eq!(world.id("select count(*) from member where name = 'Jan Novák' or email like 'jan@%'").await, 0);
    // Somebody else may have the key that was free, and changes as everybody does.
    world
        .sql(&format!(
            "insert into member (customer_id, name, phone, external_key) values ({customer}, 'Jana Nová', '', 'jan@skola.cz')"
        ))
        .await;
    let other = "key;customer;name;phone\njan@skola.cz;z1;Jana Novotná;\n";
    assert_eq!(run(&world, &[file("people.csv", other)], false).await.problems, []);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_has_begun_is_not_exported_as_agreed(pool: PgPool) {
    let world = World::empty(pool).await;
    run(&world, &Tables::of(1, 0).files(), false).await;
    assert_eq!(text(&export(&world, None).await, "appointments.csv").lines().count(), 2);
    world.app.clock.advance(TimeDelta::days(2));
    assert_eq!(text(&export(&world, None).await, "appointments.csv").lines().count(), 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_number_of_a_request_goes_with_it_and_is_given_to_no_other(pool: PgPool) {
    let world = World::empty(pool).await;
    let mut files = Tables::of(2, 0).files();
    files.retain(|file| file.name != "appointments.csv");
    files.push(file(
        "appointments.csv",
        "key;person;program;work_type;technician;start;minutes;number\n\
         a1;o1;p1;w1;t1;2026-11-25 8:00;60;2026-000003\na2;o2;p1;w1;t1;2026-11-25 10:00;60;\n\
         a3;o2;p1;w1;t1;2026-11-25 12:00;60;2026-3\na4;o2;p1;w1;t1;2026-11-25 12:00;60;2026-000003\n",
    ));
    let report = run(&world, &files, false).await;
    let told: Vec<_> = report.problems.iter().map(|problem| (problem.line, &*problem.column, problem.fault)).collect();
    assert_eq!(told, [(4, "number", ImportFault::NotANumber), (5, "number", ImportFault::AlreadyUsed)]);
    assert_eq!(world.id("select count(*) from service_request where number = '2026-000003'").await, 1);
    // Those that were given to lines which were tried together with one that is refused are given to nobody.
    assert_eq!(world.id("select count(*) from service_request where number > '2026-000003'").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn keys_taken_over_from_another_linka_are_in_nobodys_way(pool: PgPool) {
    let world = World::empty(pool).await;
    world.sql("insert into program (name) values ('Vlastní')").await;
    let id = world.id("select id from program").await;
    let report = run(&world, &[file("programs.csv", &format!("key;name\nlinka-{id};Cizí\n"))], false).await;
    assert_eq!(report.total(), Counts { new: 1, ..Counts::default() });
    let first = export(&world, None).await;
    assert_eq!(first, export(&world, None).await, "a key that was given stays");
}
