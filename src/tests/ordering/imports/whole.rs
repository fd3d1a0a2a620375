//! What a line has beside customers, contracts and minutes: plans, absences, closures, computers, what was signed, who may order.

use std::io::{Cursor, Write as _};

use linka::{
    model::ordering::imports::{
        Counts,
        ImportFault::{
            self, AlreadyUsed, CannotChange, Damaged, EndsBeforeItBegins, GoneByThen, NeedsAnother, NoSuchFile,
            NotADay, NotAPdf, NotAPhone, NotAPostalCode, NotATeamviewerId, NotHours, OutOfRange, OverlapsALine, Taken,
            TwiceInTheFile, UnknownFile, UnknownKey, UnknownWord,
        },
        ImportKind, LineProblem,
    },
    server::{db::MIGRATIONS, sheets::SourceFile},
};
use sqlx::PgPool;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{Tables, assert_same_problems, of, run};
use crate::support::World;

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.into(), bytes: text.as_bytes().to_vec() }
}

fn pdf(name: &str, text: &str) -> SourceFile {
    file(name, &format!("%PDF-1.7 {text}"))
}

async fn some_customers(pool: PgPool, count: usize) -> World {
    let world = World::empty(pool).await;
    assert_eq!(run(&world, &Tables::of(count, 0).files(), false).await.problems, []);
    world
}

/// A line of a table, with the column and the fault that it is told for, if it is.
type Line<'a> = (&'a str, &'a str, Option<ImportFault>);

/// Tables with lines that are right and lines that are wrong.
#[derive(Default)]
struct Written {
    files: Vec<SourceFile>,
    wrong: Vec<LineProblem>,
}

impl Written {
    fn table(&mut self, name: &str, header: &str, lines: &[Line<'_>]) {
        let rows: Vec<&str> = std::iter::once(header).chain(lines.iter().map(|(line, ..)| *line)).collect();
        self.files.push(file(name, &rows.join("\n")));
        for (line, (_, column, fault)) in (2..).zip(lines) {
            let problem = |fault| LineProblem { file: name.into(), line, column: (*column).into(), fault };
            self.wrong.extend(fault.map(problem));
        }
    }

    /// What the vendor has.
    fn of_vendor(&mut self) {
        self.table(
            "regions.csv",
            "name;phone;postal_prefixes",
            &[
                ("Praha;222 333 444;1", "", None),
                ("Brno;12;6", "phone", Some(NotAPhone)),
                ("Brno;222 333 444;6a", "postal_prefixes", Some(NotAPostalCode)),
                ("Brno;222 333 444;3", "postal_prefixes", Some(AlreadyUsed)),
            ],
        );
        self.table(
            "tiers.csv",
            "key;name;urgent_target;normal_lead;active",
            &[
                ("gold;Zlatá;30;60;", "", None),
                ("Zlatá;Zlatá;30;60;", "key", Some(UnknownWord)),
                ("lead;Olověná;0;60;", "urgent_target", Some(OutOfRange)),
                ("copy;Standard;30;60;", "name", Some(AlreadyUsed)),
                ("basic;Základní;480;1530;ne", "active", Some(CannotChange)),
            ],
        );
        self.table(
            "plans.csv",
            "technician;from;until;monday;sunday",
            &[
                ("t1;1. 12. 2026;31. 12. 2026;7–11, 12–15;", "", None),
                ("t1;2027-01-01;;7–11;", "", None),
                ("t1;2026-12-31;2026-12-31;7–11;", "from", Some(OverlapsALine)),
                ("t1;2026-12-01;2026-12-31;7–11;", "technician", Some(TwiceInTheFile)),
                ("t1;2026-11-30;2026-11-29;7–11;", "until", Some(EndsBeforeItBegins)),
                ("t1;2026-11-30;2026-11-30;ráno;", "monday", Some(NotHours)),
                ("nikdo;;;7–11;", "technician", Some(UnknownKey)),
            ],
        );
    }

    /// What is kept of customers.
    fn of_customers(&mut self) {
        self.table(
            "computers.csv",
            "customer;teamviewer_id;name",
            &[
                ("z1;123 456 789;Sklad", "", None),
                ("z1;12345;Sklad", "teamviewer_id", Some(NotATeamviewerId)),
                ("nikdo;123456789;Sklad", "customer", Some(UnknownKey)),
            ],
        );
        self.table(
            "computer_programs.csv",
            "customer;teamviewer_id;program",
            &[
                ("z1;123456789;p1", "", None),
                ("z2;123456789;p1", "teamviewer_id", Some(UnknownKey)),
                ("z1;123456789;p9", "program", Some(UnknownKey)),
            ],
        );
        let damaged = format!("s1;a.pdf;2026-01-01;{}", "0".repeat(64));
        self.table(
            "contract_files.csv",
            "contract;file;added;sha256",
            &[
                ("s1;a.pdf;2026-01-01;", "", None),
                ("s1;b.pdf;2026-01-01;", "file", Some(NoSuchFile)),
                ("s1;../a.pdf;2026-01-01;", "file", Some(NoSuchFile)),
                ("s1;no.pdf;2026-01-01;", "file", Some(NotAPdf)),
                ("s1;large.pdf;2026-01-01;", "file", Some(NotAPdf)),
                (&damaged, "sha256", Some(Damaged)),
                ("s9;a.pdf;2026-01-01;", "contract", Some(UnknownKey)),
                ("s2;a.pdf;dnes;", "added", Some(NotADay)),
            ],
        );
        self.files.extend([
            pdf("a.pdf", "a"),
            file("no.pdf", "no PDF"),
            pdf("large.pdf", &"x".repeat(4 * 1024 * 1024)),
        ]);
    }

    /// What is taken after what is agreed.
    fn of_later(&mut self) {
        let long = "x".repeat(201);
        let long_note = format!("t1;off;2026-12-03 0:00;2026-12-04 0:00;{long}");
        self.table(
            "absences.csv",
            "technician;kind;start;end;note",
            &[
                ("t1;off;2026-11-25 0:00;2026-11-26 0:00;Lékař", "", None),
                ("t1;extra;2026-12-05 8:00;2026-12-05 12:00;", "", None),
                ("t1;nemoc;2026-12-02 0:00;2026-12-03 0:00;", "kind", Some(UnknownWord)),
                ("t1;off;2026-12-03 0:00;2026-12-03 0:00;", "end", Some(EndsBeforeItBegins)),
                (&long_note, "note", Some(ImportFault::TooLong)),
            ],
        );
        self.table(
            "closures.csv",
            "day;reason",
            &[("2026-12-28;Inventura", "", None), ("28. 13. 2026;x", "day", Some(NotADay))],
        );
        self.table(
            "standings.csv",
            "customer;active;blocked_since;reason",
            &[
                ("z1;;2026-11-20 9:00;Dluh", "", None),
                ("z2;ne;;", "", None),
                ("z3;;2026-11-20 9:00;", "reason", Some(NeedsAnother)),
                ("z3;;;Dluh", "blocked_since", Some(NeedsAnother)),
            ],
        );
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_good_line_is_taken_once_and_every_wrong_one_is_told(pool: PgPool) {
    let world = some_customers(pool, 3).await;
    let mut written = Written::default();
    written.of_vendor();
    written.of_customers();
    written.of_later();
    let Written { files, wrong } = written;
    let tried = run(&world, &files, true).await;
    assert_eq!(world.id("select count(*) from contract_file").await, 0, "it was only tried");
    let first = run(&world, &files, false).await;
    assert_same_problems(&first, &wrong);
    assert_eq!(first, tried, "what was said is what came");
    let good = first.total().new + first.total().changed;
    assert_eq!(good, 12);
    let second = run(&world, &files, false).await;
    assert_same_problems(&second, &wrong);
    assert_eq!(second.total(), Counts { same: good, wrong: first.total().wrong, ..Counts::default() });

    assert_eq!(world.id("select count(*) from contract_file where name = 'a.pdf' and content = '%PDF-1.7 a'").await, 1);
    assert_eq!(world.id("select count(*) from computer_program").await, 1);
    // What was agreed on the day of the absence, and with who is blocked now, stays.
    assert_eq!(world.id("select count(*) from appointment where state = 'confirmed'").await, 1);
    assert_eq!(world.id("select count(*) from customer where blocked_at is not null or not active").await, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_signed_is_found_in_an_archive_in_whatever_directory(pool: PgPool) {
    let world = some_customers(pool, 1).await;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let table = "contract;file;added\ns1;signed/a.pdf;2026-01-01\ns1;two.pdf;2026-01-01\n";
    for (name, text) in [
        ("export/contract_files.csv", table),
        ("export/signed/a.pdf", "%PDF-1.7 a"),
        ("export/a.pdf", "%PDF-1.7 another"),
        ("export/1/two.pdf", "%PDF-1.7 1"),
        ("export/2/two.pdf", "%PDF-1.7 2"),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).expect("a file");
        archive.write_all(text.as_bytes()).expect("its bytes");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    let report = run(&world, &[SourceFile { name: "all.zip".into(), bytes }], false).await;
    let problem = LineProblem { file: "contract_files.csv".into(), line: 3, column: "file".into(), fault: NoSuchFile };
    assert_eq!(report.problems, [problem], "of two that it could be it is none");
    assert_eq!(world.id("select count(*) from contract_file where content = '%PDF-1.7 a'").await, 1);

    let alone = run(&world, &[pdf("a.pdf", "a")], false).await;
    let problem = LineProblem { file: "a.pdf".into(), line: 0, column: String::new(), fault: UnknownFile };
    assert_eq!(alone.problems, [problem], "it is no table");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_week_takes_the_place_of_what_was_planned_for_its_days_and_no_more(pool: PgPool) {
    let world = some_customers(pool, 1).await;
    let usual = "select count(*) from working_plan where starts = '7:00' and ends = '15:30'";
    assert_eq!(world.id(usual).await, 5, "the hours of the line, as somebody new has them");
    let december = file("plans.csv", "technician;from;until;wednesday\nt1;2026-12-01;2026-12-31;8–12\n");
    let report = run(&world, std::slice::from_ref(&december), false).await;
    assert_eq!((report.problems, of(&run(&world, &[december], false).await, ImportKind::Plans).same), (vec![], 1));
    assert_eq!(world.id(usual).await, 5 + 4 + 5, "before it, after it, and on the days of which it says nothing");
    let planned = "select count(*) from working_plan where valid = '[2026-12-01, 2027-01-01)'";
    assert_eq!(world.id(planned).await, 5);
    // Nothing is planned, and no work added, when the technician does not work here any more.
    world.sql("select let_go(id, '2027-01-01', '2026-11-23') from staff").await;
    let beyond = [
        file("plans.csv", "technician;from;until;monday\nt1;2026-12-15;2027-01-05;8–12\nt1;2027-02-01;;\n"),
        file("absences.csv", "technician;kind;start;end\nt1;extra;2027-01-02 8:00;2027-01-02 9:00\n"),
    ];
    let told = run(&world, &beyond, false).await;
    let problem =
        |file: &str, column: &str| LineProblem { file: file.into(), line: 2, column: column.into(), fault: GoneByThen };
    assert_same_problems(&told, &[problem("plans.csv", "until"), problem("absences.csv", "end")]);
    assert_eq!(world.id(planned).await, 5, "what is refused changes nothing");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_is_agreed_in_an_absence_or_on_a_closed_day_that_was_taken_over_and_no_program_is_told(pool: PgPool) {
    let world = some_customers(pool, 1).await;
    world
        .sql(
            "insert into webhook_endpoint (id, url, kinds, secret, made_at)
             values (gen_random_uuid(), 'https://hook.example.com/', '{request.created,request.scheduled}', sha256('x'), now())",
        )
        .await;
    let files = [
        file("absences.csv", "technician;kind;start;end\nt1;off;2026-12-01 0:00;2026-12-02 0:00\n"),
        file("closures.csv", "day;reason\n2026-12-02;Inventura\n"),
    ];
    assert_eq!(run(&world, &files, false).await.problems, []);
    let agreed = file(
        "appointments.csv",
        "key;person;program;work_type;technician;start;minutes\n\
         x1;o1;p1;w1;t1;2026-12-01 8:00;60\nx2;o1;p1;w1;t1;2026-12-02 8:00;60\nx3;o1;p1;w1;t1;2026-12-03 8:00;60\n",
    );
    let report = run(&world, &[agreed], false).await;
    let taken = |line| LineProblem { file: "appointments.csv".into(), line, column: "technician".into(), fault: Taken };
    assert_same_problems(&report, &[taken(2), taken(3)]);
    assert_eq!(of(&report, ImportKind::Appointments).new, 1);
    assert_eq!(world.id("select count(*) from webhook_message").await, 0, "it happened elsewhere");
    world.sql("insert into request_event (customer_id, request_id, at, kind) select customer_id, id, now(), 'ordered' from service_request where external_key = 'x3'").await;
    assert_eq!(world.id("select count(*) from webhook_message").await, 1, "of what happens from then on they are");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_contract_and_its_amendments_are_taken_at_once_or_told(pool: PgPool) {
    let world = some_customers(pool, 1).await;
    let header =
        "key;customer;number;tier;from;until;minutes_per_period;period;rollover;rate;urgent_rate;minimum;since";
    let row = |key: &str, number: &str, tier: &str, days: &str, since: &str| {
        format!("{key};zx;{number};{tier};{days};300;quarter;none;25;30;20;{since}\n")
    };
    // The lot of 500 would end between a contract and what it says later.
    let mut text = format!("{header}\n");
    for year in 0..499 {
        let day = format!("{}-{:02}-01;{0}-{1:02}-27", 2030 + year / 12, year % 12 + 1);
        text += &row(&format!("k{year}"), &format!("K{year}"), "standard", &day, "");
    }
    text += &row("k", "K", "standard", "2100-01-01;", "");
    text += &row("k", "K", "fast", "2100-01-01;", "2101-01-01");
    text += &row("k", "K", "gold", "2100-01-01;", "2102-01-01");
    text += &row("k", "K", "fast", "2100-01-01;", "2099-01-01");
    text += &row("none", "N", "fast", "2100-01-01;", "2101-01-01");
    let report =
        run(&world, &[file("customers.csv", "key;name\nzx;Úřad\n"), file("contracts.csv", &text)], false).await;
    let problem =
        |line, column: &str, fault| LineProblem { file: "contracts.csv".into(), line, column: column.into(), fault };
    assert_same_problems(
        &report,
        &[problem(503, "tier", UnknownWord), problem(504, "since", OutOfRange), problem(505, "key", UnknownKey)],
    );
    assert_eq!(report.total(), Counts { new: 1 + 501, wrong: 3, ..Counts::default() });
    let together = "select count(*) from contract k join contract_amendment a on a.contract_id = k.id
                    where k.external_key = 'k' and k.tier = 'standard' and a.tier = 'fast'";
    assert_eq!(world.id(together).await, 1);

    // What was agreed on in the portal is not told otherwise by a table.
    world
        .sql(
            "insert into contract_version (contract_id, version, customer_id, at, staff_id, reason, terms, key)
             select id, 1, customer_id, '2026-11-01', (select min(id) from staff), '', '{}', gen_random_uuid()
             from contract where external_key = 'k'",
        )
        .await;
    let later = format!("{header}\n{}", row("k", "K", "express", "2100-01-01;", "2103-01-01"));
    let report = run(&world, &[file("contracts.csv", &later)], false).await;
    assert_same_problems(&report, &[problem(2, "since", CannotChange)]);
}
