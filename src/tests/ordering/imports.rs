//! Tables of another system: what is taken, what is told, and that nothing is lost or taken twice, whoever kills it when.

mod balances;
mod opening;
mod whole;

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::pin,
    task::Poll,
};

use linka::{
    model::{
        ordering::imports::{
            Counts,
            ImportFault::{
                self, AlreadyUsed, CannotChange, EndsBeforeItBegins, InThePast, Missing, MissingColumn, NeedsAnother,
                NotADay, NotADic, NotAMoment, NotANumber, NotAPhone, NotAPostalCode, NotAnAmount, NotAnEmail, NotAnIco,
                NotYesOrNo, OutOfRange, OverlapsAnother, Taken, TooLong, TwiceInTheFile, UnknownColumn, UnknownFile,
                UnknownKey, UnknownWord,
            },
            ImportKind, ImportReport, LineProblem,
        },
        problem::Problem,
    },
    server::{
        db::{
            MIGRATIONS,
            locks::{self, Lock},
        },
        service::ordering::imports,
        sheets::SourceFile,
    },
};
use sqlx::PgPool;

use crate::support::{World, short_or_long};

/// Tables under way: their lines, and what is expected to be wrong with them.
#[derive(Default)]
pub(super) struct Tables {
    files: BTreeMap<&'static str, Vec<String>>,
    wrong: Vec<LineProblem>,
}

/// The number of an organisation that checks itself.
pub(super) fn ico(n: usize) -> String {
    let digits = format!("{n:07}");
    let sum: usize = digits.bytes().zip((2..=8).rev()).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{digits}{}", (11 - sum % 11) % 10)
}

impl Tables {
    fn begin(&mut self, file: &'static str, header: &str) {
        self.files.insert(file, vec![header.to_owned()]);
    }

    fn line(&mut self, file: &'static str, line: String) {
        self.files.get_mut(file).expect("begun").push(line);
    }

    fn wrong(&mut self, file: &'static str, line: String, column: &str, fault: ImportFault) {
        self.line(file, line);
        let line = self.files[file].len();
        self.wrong.push(LineProblem { file: file.to_owned(), line, column: column.to_owned(), fault });
    }

    pub(super) fn files(&self) -> Vec<SourceFile> {
        let file = |(name, lines): (&&str, &Vec<String>)| SourceFile {
            name: (*name).to_owned(),
            bytes: (lines.join("\r\n") + "\r\n").into_bytes(),
        };
        self.files.iter().map(file).collect()
    }

    /// So many customers, each with a person, a licence, a contract and a balance; every one of `faulty` lines wrong in another way
    /// than the one before it, as long as there are ways.
    pub(super) fn of(customers: usize, faulty: usize) -> Self {
        let mut tables = Self::default();
        tables.begin("skills.csv", "key;name");
        tables.line("skills.csv", "programs;Programy".into());
        tables.begin("programs.csv", "klíč;název");
        tables.line("programs.csv", "p1;Sklad".into());
        tables.begin("work_types.csv", "key;name;minutes_from;minutes_to;slot_minutes;plannable;skill;choice");
        tables.line("work_types.csv", "w1;Oprava;20;45;60;ne;programs;customer".into());
        tables.begin("technicians.csv", "key;name;email;skills");
        tables.line("technicians.csv", "t1;Pavel Černý;pavel@vendor.cz;programs".into());
        tables.begin("customers.csv", "key;name;ico;dic;street;city;postal_code;trusted");
        tables.begin("people.csv", "key;customer;name;phone;email;capabilities");
        tables.begin("licences.csv", "customer;program");
        tables.begin(
            "contracts.csv",
            "key;customer;number;tier;from;until;minutes_per_period;period;rollover;rate;urgent_rate;minimum;ceiling",
        );
        tables.begin("balances.csv", "key;customer;contract;minutes;from;until;reason");
        tables.begin("appointments.csv", "key;person;program;work_type;technician;start;minutes;what");
        for n in 1..=customers {
            tables.customer(n);
        }
        tables.line("appointments.csv", "a1;o1;p1;w1;t1;2026-11-25 8:00;60;Přijde účetní".into());
        for n in 0..faulty {
            tables.fault(n);
        }
        tables
    }

    fn customer(&mut self, n: usize) {
        self.line("customers.csv", format!("z{n};Škola {n};{};;Lipová {n};Plzeň;30100;ne", ico(n)));
        self.line("people.csv", format!("o{n};z{n};Jana Nováková {n};601 {n:06};jana{n}@skola.cz;order, buy"));
        self.line("licences.csv", format!("z{n};p1"));
        self.line("contracts.csv", format!("s{n};z{n};SLS-{n};standard;1. 1. 2026;;300;quarter;none;25;37,50;20;"));
        self.line("balances.csv", format!("b{n};z{n};s{n};{};1. 10. 2026;31. 12. 2026;Zůstatek", n % 300 + 1));
    }

    fn fault(&mut self, n: usize) {
        let ico = ico(9_000_000 + n);
        let good = format!("Úřad;{ico}");
        let person = format!("xo{n};z1;Petr");
        let contract =
            |customer: &str, from: &str, rest: &str| format!("xs{n};{customer};X-{n};standard;{from};{rest}");
        let terms = "300;quarter;none;25;30;20;";
        match n % 25 {
            0 => self.wrong("customers.csv", format!("x{n};;{ico};;;;;"), "name", Missing),
            1 => self.wrong("customers.csv", format!("x{n};{};{ico};;;;;", "x".repeat(201)), "name", TooLong),
            2 => self.wrong("customers.csv", format!("x{n};Úřad;1234567x;;;;;"), "ico", NotAnIco),
            3 => self.wrong("customers.csv", format!("x{n};{good};12345678;;;;"), "dic", NotADic),
            4 => self.wrong("customers.csv", format!("x{n};{good};;;;3010;"), "postal_code", NotAPostalCode),
            5 => self.wrong("customers.csv", format!("x{n};{good};;;;;možná"), "trusted", NotYesOrNo),
            6 => self.wrong("customers.csv", format!("z1;{good};;;;;"), "key", TwiceInTheFile),
            7 => self.wrong("customers.csv", format!("x{n};Jiná škola;00000019;;;;;"), "ico", AlreadyUsed),
            8 => self.wrong("people.csv", format!("xo{n};nikdo;Petr;;;"), "customer", UnknownKey),
            9 => self.wrong("people.csv", format!("{person};12;;"), "phone", NotAPhone),
            10 => self.wrong("people.csv", format!("{person};;petr;"), "email", NotAnEmail),
            11 => self.wrong("people.csv", format!("{person};;;létat"), "capabilities", UnknownWord),
            12 => self.wrong(
                "contracts.csv",
                format!("xs{n};z1;SLS-1;standard;1. 1. 2020;1. 2. 2020;{terms}"),
                "number",
                AlreadyUsed,
            ),
            13 => self.wrong(
                "contracts.csv",
                contract("z1", "1. 1. 2027", ";tři sta;quarter;none;25;30;20;"),
                "minutes_per_period",
                NotANumber,
            ),
            14 => self.wrong(
                "contracts.csv",
                contract("z1", "1. 1. 2027", ";300;quarter;none;25;30;241;"),
                "minimum",
                OutOfRange,
            ),
            15 => self.wrong(
                "contracts.csv",
                contract("z1", "1. 1. 2027", ";300;quarter;none;moc;30;20;"),
                "rate",
                NotAnAmount,
            ),
            16 => self.wrong("contracts.csv", contract("z1", "31. 2. 2027", &format!(";{terms}")), "from", NotADay),
            17 => self.wrong(
                "contracts.csv",
                contract("z1", "1. 1. 2027", &format!("1. 1. 2026;{terms}")),
                "until",
                EndsBeforeItBegins,
            ),
            18 => {
                self.wrong(
                    "contracts.csv",
                    contract("z1", "1. 1. 2027", &format!(";{terms}")),
                    "from",
                    OverlapsAnother,
                );
            }
            19 => self.wrong("balances.csv", format!("xb{n};z1;s1;10;1. 10. 2026;;Zůstatek"), "until", NeedsAnother),
            20 => {
                self.wrong(
                    "balances.csv",
                    format!("xb{n};z1;sx;10;1. 10. 2026;31. 12. 2026;x"),
                    "contract",
                    UnknownKey,
                );
            }
            21 => self.wrong("appointments.csv", format!("xa{n};o1;p1;w1;t1;dnes;60;x"), "start", NotAMoment),
            22 => self.wrong("appointments.csv", format!("xa{n};o1;p1;w1;t1;2026-11-20 8:00;60;x"), "start", InThePast),
            23 => self.wrong("customers.csv", format!("x{n};Úřad;12345678;;;;;"), "ico", NotAnIco),
            _ => self.wrong("appointments.csv", format!("xa{n};o1;p1;w1;t1;2026-11-25 8:30;60;x"), "start", Taken),
        }
    }
}

fn sorted(mut problems: Vec<LineProblem>) -> Vec<LineProblem> {
    problems.sort_by(|one, other| (&one.file, one.line, &one.column).cmp(&(&other.file, other.line, &other.column)));
    problems
}

fn assert_same_problems(report: &ImportReport, expected: &[LineProblem]) {
    let (told, expected) = (sorted(report.problems.clone()), sorted(expected.to_vec()));
    for (told, expected) in told.iter().zip(&expected) {
        assert_eq!(told, expected);
    }
    assert_eq!(told.len(), expected.len());
}

fn of(report: &ImportReport, kind: ImportKind) -> Counts {
    report.tables.iter().find(|(of, _)| *of == kind).expect("a table").1
}

pub(super) async fn run(world: &World, files: &[SourceFile], dry_run: bool) -> ImportReport {
    imports::import(&world.app, None, files, dry_run).await.expect("imported")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_good_line_is_taken_once_and_every_wrong_one_is_told_with_its_place_and_reason(pool: PgPool) {
    let world = World::empty(pool).await;
    let (customers, faulty) = short_or_long((1_000, 120), (10_000, 500));
    let tables = Tables::of(customers, faulty);
    let kinds: BTreeSet<_> =
        tables.wrong.iter().map(|problem| (&problem.file, &problem.column, problem.fault)).collect();
    assert!(kinds.len() >= 20, "{kinds:?}");
    let good = u32::try_from(5 * customers + 5).expect("few");
    let wrong = u32::try_from(faulty).expect("few");

    let tried = run(&world, &tables.files(), true).await;
    assert_eq!(tried.total(), Counts { new: good, wrong, ..Counts::default() });
    assert_eq!(world.id("select count(*) from customer").await, 0, "it was only tried");

    let first = run(&world, &tables.files(), false).await;
    assert_same_problems(&first, &tables.wrong);
    assert_eq!(first, tried, "what was said is what came");
    let second = run(&world, &tables.files(), false).await;
    assert_eq!(second.total(), Counts { same: good, wrong, ..Counts::default() });
    assert_same_problems(&second, &tables.wrong);

    let count = i64::try_from(customers).expect("few");
    for table in ["customer", "member", "licence", "contract", "minute_grant"] {
        assert_eq!(world.id(&format!("select count(*) from {table}")).await, count, "{table}");
    }
    assert_eq!(world.id("select count(*) from login").await, 1, "only the technician is let in, when invited");
    assert_eq!(world.id("select count(*) from appointment where state = 'confirmed'").await, 1);
    assert_eq!(
        world.id("select sum(balance_after)::bigint from ledger_entry").await,
        world.id("select sum(minutes)::bigint from minute_grant").await
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_differs_is_written_and_what_has_a_history_stays(pool: PgPool) {
    let world = World::empty(pool).await;
    let tables = Tables::of(3, 0);
    run(&world, &tables.files(), false).await;
    let file = |name: &str, text: &str| SourceFile { name: name.into(), bytes: text.as_bytes().to_vec() };
    let changed = [
        file("customers.csv", "key,name,ico,city\nz1,Nová škola,19,Brno\nz2,Škola 2,00000027,Plzeň\n"),
        file(
            "people.csv",
            "key;customer;name;email\no1;z1;Jana Malá;jana@skola.cz\no2;z3;Jana;jana2@skola.cz\no3;z3;Jana;\n",
        ),
        file(
            "contracts.csv",
            "key;customer;number;tier;from;until;minutes_per_period;period;rollover;rate;urgent_rate;minimum\n\
              s1;z1;SLS-1A;standard;1.1.2026;;300;quarter;none;25;37.5;20\n\
              s2;z2;SLS-2;fast;1.1.2026;;300;quarter;none;25;37.5;20\n\
              s9;z2;SLS-9;gold;1.1.2020;31.12.2020;300;quarter;none;25;37.5;20\n",
        ),
        file("contacts.csv", "customer;phone;email;label\nz1;377 123 456;;účtárna\nz1;;jidelna@skola.cz;\nz2;;;nic\n"),
        file(
            "balances.csv",
            "key;customer;contract;minutes;from;until;reason\nb1;z1;s1;9;1.10.2026;31.12.2026;Zůstatek\n",
        ),
        file("colours.csv", "key;name\n1;red\n"),
        file("programs.csv", "key;title\np1;Sklad\n"),
    ];
    let report = run(&world, &changed, false).await;
    let problem =
        |file: &str, line, column: &str, fault| LineProblem { file: file.into(), line, column: column.into(), fault };
    assert_same_problems(
        &report,
        &[
            problem("colours.csv", 0, "", UnknownFile),
            problem("programs.csv", 1, "title", UnknownColumn),
            problem("programs.csv", 1, "name", MissingColumn),
            problem("people.csv", 3, "customer", CannotChange),
            problem("people.csv", 4, "email", CannotChange),
            problem("contracts.csv", 3, "tier", CannotChange),
            problem("contracts.csv", 4, "tier", UnknownWord),
            problem("balances.csv", 2, "key", CannotChange),
            problem("contacts.csv", 4, "phone", NeedsAnother),
        ],
    );
    assert_eq!(
        of(&report, ImportKind::Customers),
        Counts { changed: 1, same: 1, ..Counts::default() },
        "what the table has no column for is left as it is"
    );
    assert_eq!(of(&report, ImportKind::People), Counts { changed: 1, wrong: 2, ..Counts::default() });
    assert_eq!(of(&report, ImportKind::Contracts), Counts { changed: 1, wrong: 2, ..Counts::default() });
    assert_eq!(
        world
            .id("select count(*) from customer where name = 'Nová škola' and ico = '00000019' and street = 'Lipová 1'")
            .await,
        1
    );
    let person =
        "select count(*) from member where email = 'jana@skola.cz' and phone <> '' and cardinality(capabilities) = 2";
    assert_eq!(world.id(person).await, 1);
    assert_eq!(world.id("select count(*) from customer_contact where position = 0").await, 2);
    assert_eq!(world.id("select count(*) from contract where tier = 'fast'").await, 0, "it has begun");
    assert_eq!(world.id("select count(*) from contract where number = 'SLS-1A'").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_table_has_no_column_for_stays_and_new_rows_have_the_usual(pool: PgPool) {
    let world = World::empty(pool).await;
    run(&world, &Tables::of(1, 0).files(), false).await;
    world.sql("update customer set trusted = true, note = 'Volat dopoledne'").await;
    world.sql("update member set active = false, contact_roles = array['orders']").await;
    let file = |name: &str, text: &str| SourceFile { name: name.into(), bytes: text.as_bytes().to_vec() };
    let files =
        [file("customers.csv", "key;name\nz1;Jiná\nz9;Nová\n"), file("people.csv", "key;customer;name\no1;z1;Jiná\n")];
    let report = run(&world, &files, false).await;
    assert_eq!(report.problems, []);
    assert_eq!(report.total(), Counts { new: 1, changed: 2, ..Counts::default() });
    let kept = "select count(*) from customer where name = 'Jiná' and trusted and note <> '' and ico = '00000019'";
    assert_eq!(world.id(kept).await, 1);
    assert_eq!(world.id("select count(*) from customer where name = 'Nová' and not trusted and note = ''").await, 1);
    let kept = "select count(*) from member where name = 'Jiná' and not active and contact_roles = array['orders']
                and email = 'jana1@skola.cz'";
    assert_eq!(world.id(kept).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn names_that_the_database_takes_for_no_text_are_told_without_it(pool: PgPool) {
    let world = World::empty(pool).await;
    let file = |name: &str, bytes: &[u8]| SourceFile { name: name.into(), bytes: bytes.to_vec() };
    let long = format!("{}.csv", "x".repeat(200));
    let report =
        run(&world, &[file("a\0b.csv", b"key\n1\n"), file("c.csv", b"a\0b"), file(&long, b"k\n")], false).await;
    let told: Vec<_> = report.problems.iter().map(|problem| (problem.file.clone(), problem.fault)).collect();
    assert_eq!(
        told,
        [
            ("c.csv".to_owned(), ImportFault::Unreadable),
            ("a b.csv".to_owned(), UnknownFile),
            ("x".repeat(100), UnknownFile)
        ]
    );
    assert_eq!(world.id("select count(*) from import_run").await, 1, "it is noted");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn of_very_many_problems_the_first_are_told_and_the_others_counted(pool: PgPool) {
    let world = World::empty(pool).await;
    let text = format!("key;name\n{}", "bad key!;\n".repeat(1_200));
    let file = SourceFile { name: "programs.csv".into(), bytes: text.into_bytes() };
    let report = run(&world, &[file], false).await;
    assert_eq!((report.problems.len(), report.more), (ImportReport::MOST_PROBLEMS, 200));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_there_before_is_known_by_its_number_its_name_or_its_address(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola 1").await;
    world.sql(&format!("update customer set ico = '{}'", ico(1))).await;
    let tables = Tables::of(2, 0);
    let report = run(&world, &tables.files(), false).await;
    assert_eq!(report.problems, []);
    assert_eq!(of(&report, ImportKind::Customers), Counts { new: 1, changed: 1, ..Counts::default() });
    assert_eq!(of(&report, ImportKind::Programs), Counts { same: 1, ..Counts::default() });
    assert_eq!(of(&report, ImportKind::Licences), Counts { new: 1, same: 1, ..Counts::default() });
    assert_eq!(world.id("select id from customer where external_key = 'z1'").await, place.customer.0);
}

/// The import's future is dropped at one of its waits, as a kill of the process does: what was under way is rolled back.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_import_that_is_killed_anywhere_is_run_again_and_comes_to_the_same(pool: PgPool) {
    let world = World::empty(pool).await;
    let tables = Tables::of(700, 24);
    let files = tables.files();
    let mut kills = 0;
    for number in 0_u64.. {
        // Not evenly, so that every step of a lot is met.
        let most = 3 + number * 2 + (number * number * 7919) % 13;
        let mut waits = 0;
        let mut import = pin!(imports::import(&world.app, None, &files, false));
        let ended = std::future::poll_fn(|context| {
            waits += 1;
            match import.as_mut().poll(context) {
                Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
                Poll::Pending if waits >= most => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            }
        });
        match ended.await {
            Some(Ok(_)) => break,
            // The connection of the one that was killed is still being closed, and has the lock until then.
            Some(Err(Problem::Busy { .. })) => tokio::task::yield_now().await,
            Some(Err(problem)) => panic!("{problem}"),
            None => kills += 1,
        }
    }
    assert!(kills > 10, "{kills}");
    let again = run(&world, &files, false).await;
    assert_eq!(again.total(), Counts { same: 5 * 700 + 5, wrong: 24, ..Counts::default() });
    assert_same_problems(&again, &tables.wrong);
    for table in ["customer", "member", "licence", "contract", "minute_grant"] {
        assert_eq!(world.id(&format!("select count(*) from {table}")).await, 700, "{table}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn one_import_runs_at_a_time(pool: PgPool) {
    let world = World::empty(pool).await;
    let mut other = world.app.db.staff().await.expect("a transaction");
    assert!(locks::try_take(&mut other, Lock::Imports).await.expect("asked"));
    let files = Tables::of(1, 0).files();
    let refused = imports::import(&world.app, None, &files, false).await;
    assert!(matches!(refused, Err(Problem::Busy { .. })), "{refused:?}");
    drop(other);
    run(&world, &files, false).await;
}

/// How many rows each table has, and where each sequence stands whose numbers people see: one that belongs to no column. That
/// somebody tried an import is written down, and told by the audit.
async fn what_stands(world: &World) -> Vec<(String, Option<i64>)> {
    let tables = "select c.relname::text, (xpath('/row/n/text()',
                      query_to_xml(format('select count(*) as n from %I', c.relname), false, true, '')))[1]::text::bigint
                  from pg_class c
                  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('import_run', 'audit_entry')
                  order by 1";
    let sequences = "select s.sequencename::text, s.last_value from pg_sequences s
                     where not exists (select from pg_depend d
                         where d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass and d.deptype in ('a', 'i'))
                     order by 1";
    let mut stand = sqlx::query_as(tables).fetch_all(world.app.db.pool()).await.expect("the tables");
    stand.extend(sqlx::query_as(sequences).fetch_all(world.app.db.pool()).await.expect("the sequences"));
    stand
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_examples_are_taken_as_they_are(pool: PgPool) {
    let world = World::bare(pool).await;
    let mut files = Vec::new();
    for examples in ["import", "import-more"] {
        let directory = format!("{}/examples/{examples}", env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(directory).expect("examples") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            files.push(SourceFile { name, bytes: std::fs::read(&path).expect("a file") });
        }
    }
    let before = what_stands(&world).await;
    let tried = run(&world, &files, true).await;
    assert_eq!(what_stands(&world).await, before, "a trial leaves nothing, no taken number either");
    let report = run(&world, &files, false).await;
    assert_eq!(report, tried, "what was tried is what is done");
    assert_eq!(report.problems, []);
    assert_eq!(report.tables.len(), ImportKind::ALL.len(), "there is one of each");
    assert!(report.tables.iter().all(|(_, counts)| counts.new + counts.changed > 0), "{report:?}");
    // Of the numbers of requests, which go on from where they were, what is agreed has taken some.
    files.retain(|file| file.name != "series.csv");
    let again = run(&world, &files, false).await;
    let (all, numbers) = (report.total(), of(&report, ImportKind::Series));
    assert_eq!(again.total(), Counts { same: all.new + all.changed + all.same - numbers.new, ..Counts::default() });
}
