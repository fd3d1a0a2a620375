//! Tables are read again by Python's csv and by openpyxl, which know nothing of the crates that wrote them.

use serde_json::{Value, json};
use std::{
    env,
    io::Write,
    process::{Command, Stdio},
};

use super::*;
use crate::model::{
    base::{
        ids::{GrantId, ProgramId, StaffId, WorkTypeId},
        terms::Urgency,
    },
    fixtures::{calendar, local, receipt, standard},
    minutes::{
        ledger::{EntryKind, StatementEntry},
        pages::UsageRow,
        pools::PoolKind::{Bundle, Contract},
        usage::StatementSpan,
    },
    work::figures::{BilledCell, CorrectedCell, FiguresFacts, FiguresFilter, LoadCell, RequestFacts, Step, figures},
};
use crate::server::documents::tax_document::tests::all;

const READER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/python/read_tables.py");

/// One intervention paid from everything, with hostile names; and two entries.
fn export() -> UsageExport {
    let intervention = receipt(&[], 20, &[]).intervention;
    let row = UsageRow {
        intervention,
        started_at: local("2026-11-02 08:00:59"),
        program: "=cmd|' /C calc'!A0".into(),
        work_type: "Přecenění; \"rychlé\"".into(),
        member: "Žaneta Říhová\nNováková".into(),
        minutes: 1_060,
        from_pools: vec![(Contract, 12), (Bundle, 8)],
        over_minutes: 1_040,
        amount: Money::from_haler(123_456_750),
    };
    let granted = StatementEntry {
        seq: 1,
        at: local("2026-01-01 00:00"),
        kind: EntryKind::Grant,
        minutes: 300,
        over_minutes: 0,
        amount: Money::ZERO,
        balance_after: 300,
        grant: Some(GrantId(1)),
        pool: Some(Contract),
        effective_at: Some(local("2026-10-01 00:00")),
        expires_at: Some(local("2027-01-01 00:00")),
        intervention: None,
        program: None,
        reason: String::new(),
    };
    let waived = StatementEntry {
        seq: 2,
        at: local("2026-11-02 09:30"),
        kind: EntryKind::Waive,
        minutes: 0,
        over_minutes: -20,
        amount: Money::from_haler(-50_050),
        balance_after: 300,
        grant: None,
        pool: None,
        effective_at: None,
        expires_at: None,
        intervention: Some(intervention),
        program: Some("Sklad".into()),
        reason: "@uznaná námitka".into(),
    };
    UsageExport {
        customer: "Školní jídelna Příbram".into(),
        from: local("2026-01-01 12:00").date_naive(),
        until: local("2026-12-31 12:00").date_naive(),
        rows: vec![row],
        statement: vec![granted, waived],
    }
}

fn statement_of_export() -> Statement {
    let UsageExport { from, until, statement: entries, .. } = export();
    Statement { span: StatementSpan::Year, from, until, earlier: None, later: None, opening: 0, entries, closing: 300 }
}

/// What the reader says about a table.
fn read(arguments: &[&str], table: &[u8]) -> Value {
    let python = env::var("LINKA_TEST_PYTHON").unwrap_or_else(|_| "python3".into());
    let mut reader = Command::new(python)
        .arg(READER)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a Python with openpyxl, as ./test sets it up");
    reader.stdin.take().expect("its input").write_all(table).expect("it reads");
    let output = reader.wait_with_output().expect("it ends");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn values(row: &Value) -> Vec<&Value> {
    row.as_array().expect("a row").iter().map(|cell| &cell["value"]).collect()
}

#[tokio::test]
async fn a_czech_spreadsheet_opens_the_csv() {
    let csv = usage_csv(Locale::Cs, export()).await.expect("a table");
    assert!(csv.starts_with(b"\xef\xbb\xbfZ\xc3\xa1sah;Datum;"), "a byte order mark and semicolons");
    assert!(csv.ends_with(b"\r\n") && csv.windows(2).filter(|pair| pair == b"\r\n").count() == 2);
    let rows = read(&["csv", ";"], &csv);
    assert_eq!(
        rows[0],
        json!([
            "Zásah",
            "Datum",
            "Čas",
            "Program",
            "Druh práce",
            "Kdo objednal",
            "Účtováno (min)",
            "Ze smlouvy (min)",
            "Z balíčků (min)",
            "Z vrácených minut (min)",
            "Z omluv (min)",
            "Nad rámec (min)",
            "Cena bez DPH (Kč)"
        ])
    );
    assert_eq!(
        rows[1],
        json!([
            "2026-000123/1",
            "2026-11-02",
            "08:00",
            "'=cmd|' /C calc'!A0",
            "Přecenění; \"rychlé\"",
            "Žaneta Říhová\nNováková",
            "1060",
            "12",
            "8",
            "0",
            "0",
            "1040",
            "1234567,50"
        ])
    );
    assert_eq!(rows.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn an_english_spreadsheet_opens_the_csv() {
    let csv = usage_csv(Locale::En, export()).await.expect("a table");
    let rows = read(&["csv", ","], &csv);
    assert_eq!(rows[0][0], "Intervention");
    assert_eq!(rows[1][12], "1234567.50");
}

#[tokio::test]
async fn the_statement_has_the_running_balance() {
    let csv = statement_csv(Locale::Cs, statement_of_export()).await.expect("a table");
    let rows = read(&["csv", ";"], &csv);
    assert_eq!(
        rows[1],
        json!(["1", "2026-01-01", "00:00", "Připsáno", "smlouva", "2026-12-31", "", "", "300", "300", "0", "0,00", ""])
    );
    assert_eq!(
        rows[2],
        json!([
            "2",
            "2026-11-02",
            "09:30",
            "Nad rámec zrušeno",
            "",
            "",
            "2026-000123/1",
            "Sklad",
            "0",
            "300",
            "-20",
            "-500,50",
            "'@uznaná námitka"
        ])
    );
}

#[tokio::test]
async fn no_text_of_a_csv_is_a_formula() {
    for sign in ['=', '+', '-', '@', '\t', '\r', '\n', '＝'] {
        let mut export = export();
        export.rows[0].program = format!("{sign}1+1").into();
        let csv = usage_csv(Locale::Cs, export).await.expect("a table");
        assert_eq!(read(&["csv", ";"], &csv)[1][3], format!("'{sign}1+1"));
    }
}

#[tokio::test]
async fn the_workbook_has_real_dates_and_numbers() {
    let xlsx = usage_xlsx(Locale::Cs, export(), local("2026-11-25 10:30")).await.expect("a workbook");
    let book = read(&["xlsx"], &xlsx);
    assert_eq!(book["title"], "Školní jídelna Příbram: minuty 2026");
    assert_eq!(book["author"], "Linka");
    assert_eq!(book["created"], "2026-11-25T09:30:00");
    let [interventions, statement] = book["sheets"].as_array().expect("sheets").as_slice() else {
        panic!("two sheets: {book}");
    };
    assert_eq!((&interventions["name"], &statement["name"]), (&json!("Zásahy"), &json!("Výpis")));
    assert_eq!((&interventions["frozen"], &interventions["filter"]), (&json!("A2"), &json!("A1:M2")));
    assert_eq!((&statement["frozen"], &statement["filter"]), (&json!("A2"), &json!("A1:M3")));

    let row = &interventions["rows"][1];
    assert_eq!(row[1], json!({"value": "2026-11-02T00:00:00", "type": "d", "format": r"d\.\ m\.\ yyyy"}));
    assert_eq!(row[2], json!({"value": "08:00:00", "type": "d", "format": "h:mm"}));
    // Text, not "f" for a formula.
    assert_eq!((&row[3]["value"], &row[3]["type"]), (&json!("=cmd|' /C calc'!A0"), &json!("s")));
    assert_eq!(row[6], json!({"value": 1_060, "type": "n", "format": "#,##0"}));
    assert_eq!(row[12], json!({"value": 1_234_567.5, "type": "n", "format": "#,##0.00"}));
    assert_eq!(
        values(&statement["rows"][2])[3..],
        [
            &json!("Nad rámec zrušeno"),
            &Value::Null,
            &Value::Null,
            &json!("2026-000123/1"),
            &json!("Sklad"),
            &json!(0),
            &json!(300),
            &json!(-20),
            &json!(-500.5),
            &json!("@uznaná námitka")
        ]
    );
    let widths = interventions["widths"].as_array().expect("widths");
    assert!(widths.iter().all(|width| (5.0..60.0).contains(&width.as_f64().unwrap_or_default())), "{widths:?}");
}

#[tokio::test]
async fn an_empty_export_is_its_heads_only() {
    let export = UsageExport { rows: Vec::new(), statement: Vec::new(), ..export() };
    let rows = read(&["csv", ";"], &usage_csv(Locale::Cs, export.clone()).await.expect("a table"));
    assert_eq!(rows.as_array().map(Vec::len), Some(1));
    let book = read(&["xlsx"], &usage_xlsx(Locale::Cs, export, local("2026-11-25 10:30")).await.expect("a workbook"));
    assert_eq!(book["sheets"][0]["rows"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_same_export_gives_the_same_bytes() {
    let made = || usage_xlsx(Locale::Cs, export(), local("2026-11-25 10:30"));
    assert_eq!(made().await.expect("a workbook"), made().await.expect("a workbook"));
}

#[tokio::test]
async fn the_workbook_of_figures_says_what_the_page_says() {
    let page = figures_page();
    let book = read(&["xlsx"], &figures_xlsx(Locale::Cs, page.clone(), local("2026-11-25 10:30")).await.expect("made"));
    let csv = read(&["csv", ";"], &figures_csv(Locale::Cs, page.clone()).await.expect("made"));
    assert!(book["title"].as_str().is_some_and(|title| title.starts_with("Čísla linky")));
    let sheets = book["sheets"].as_array().expect("sheets");
    assert_eq!(sheets.len(), page.tables.len());
    let (mut in_book, mut on_page) = (Vec::new(), Vec::new());
    for (sheet, table) in sheets.iter().zip(&page.tables) {
        let figures = table.kind.figures();
        for row in &sheet["rows"].as_array().expect("rows")[1..] {
            let row = values(row);
            in_book.extend(row[row.len() - figures.len()..].iter().map(|value| value.as_f64()));
        }
        let lines = table.lines.iter().map(|line| &line.figures).chain([&table.total]);
        on_page.extend(lines.flat_map(|values| figures.iter().map(move |figure| values.of(*figure))));
    }
    let as_numbers: Vec<_> =
        on_page.iter().map(|value| value.map(|value| f64::from(i32::try_from(value).unwrap()))).collect();
    assert_eq!(in_book, as_numbers);
    let in_csv = csv.as_array().expect("rows")[1..].iter().map(|row| row[5].as_str().unwrap_or_default().to_owned());
    let as_texts: Vec<_> =
        on_page.iter().map(|value| value.map_or_else(String::new, |value| value.to_string())).collect();
    assert_eq!(in_csv.collect::<Vec<_>>(), as_texts);
}

/// Two months with something in each table.
fn figures_page() -> FiguresPage {
    let sent_at = local("2026-11-23 09:00");
    let facts = FiguresFacts {
        requests: vec![RequestFacts {
            sent_at,
            urgency: Urgency::Urgent,
            slot_minutes: 45,
            tier: standard(),
            offered: Some(sent_at),
            chosen: None,
            agreed_at: Some(sent_at),
            came_at: Some(local("2026-11-23 09:40")),
            over_at: None,
        }],
        billed: vec![BilledCell {
            period: 0,
            work_type: (WorkTypeId(1), "Oprava".into()),
            program: (ProgramId(1), "=Sklad".into()),
            interventions: 2,
            billed: 1_060,
            top_up: 13,
            rated: 2,
            pleased: 1,
        }],
        load: vec![LoadCell {
            period: 1,
            technician: StaffId(1),
            agreed: 60,
            worked: 45,
            our_fault: 5,
            no_shows: 1,
            missed: 2,
        }],
        corrected: vec![CorrectedCell { period: 1, corrections: 1, added: 0, taken: 7 }],
        planned: Vec::new(),
        names: vec![(StaffId(1), "Dana".into())],
    };
    let days = [local("2026-10-01 12:00"), local("2026-11-25 12:00")].map(|at| Some(at.date_naive()));
    let asked = FiguresFilter::of(days[0], days[1], Some(Step::Month), local("2026-11-25 12:00").date_naive());
    figures(asked, &facts, &calendar(), true, local("2026-11-25 12:00"))
}

#[tokio::test]
async fn the_accountants_workbook_keeps_the_zeros_of_identifying_numbers() {
    let mut documents = all();
    documents[0].content.customer.ico = "00254801".into();
    let expected: Vec<_> = documents.iter().map(|document| json!(document.content.customer.ico)).collect();
    let period = AccountedPeriod { documents: documents.into(), days: Vec::new(), payments: Vec::new() };
    let book =
        read(&["xlsx"], &accounting_xlsx(Locale::Cs, period, local("2026-11-25 10:30")).await.expect("a workbook"));
    let sheets = book["sheets"].as_array().expect("sheets");
    let names: Vec<_> = sheets.iter().map(|sheet| sheet["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["Doklady", "DPH", "Platby"]);
    let rows = &sheets[0]["rows"].as_array().expect("rows")[1..];
    let told: Vec<_> = rows.iter().map(|row| row[3]["value"].clone()).collect();
    assert_eq!(told, expected);
    assert!(rows.iter().all(|row| row[3]["type"] == "s" && row[10]["type"] == "n"), "text, and money");
}
