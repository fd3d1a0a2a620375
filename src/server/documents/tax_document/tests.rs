//! What is printed is read again by programs that know nothing of how it was made: poppler's, a reader of codes, xmllint.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use chrono::TimeDelta;
use proptest::{prelude::*, test_runner::TestRunner};
use quick_xml::{Reader, events::Event};

use super::*;
use crate::{
    model::{
        base::ids::DocumentId,
        fixtures::{date, local, vat},
        money::tax_documents::{tax_row_of_total, tax_rows},
    },
    server::documents::isdoc,
};

const SCHEMA: &str = "shared/data/isdoc/isdoc-invoice-6.0.2.xsd";

fn customer() -> Party {
    Party {
        name: "Základní škola & jídelna Lipová".into(),
        street: "Lipová 184/7".into(),
        city: "Dolany".into(),
        postal_code: "339 01".into(),
        ico: "70874121".into(),
        dic: "CZ70874121".into(),
    }
}

fn linka() -> Supplier {
    Supplier {
        party: Party {
            name: "Linka software s.r.o.".into(),
            street: "Klatovská třída 12".into(),
            city: "Plzeň".into(),
            postal_code: "301 00".into(),
            ico: "12345679".into(),
            dic: "CZ12345679".into(),
        },
        register: "Krajský soud v Plzni, oddíl C, vložka 1234".into(),
        email: "fakturace@linka.example".into(),
        bank: "Česká spořitelna".into(),
        account: "19-2000145399/0800".into(),
        iban: "CZ6508000000192000145399".into(),
        bic: "GIBACZPX".into(),
    }
}

fn bundles(quantity: u32, haler: i64, percent: u32) -> DocumentLine {
    DocumentLine {
        what: LineSubject::Bundle { minutes: 120, validity_months: 12 },
        quantity,
        price: Money::from_haler(haler),
        vat: vat(percent),
    }
}

fn intervention(number: &str, minutes: u32) -> DocumentLine {
    let rate = Money::from_haler(2_500);
    DocumentLine {
        what: LineSubject::Intervention {
            number: number.into(),
            day: date("2026-10-12"),
            work_type: "Oprava".into(),
            rate,
        },
        quantity: minutes,
        price: rate.times_minutes(minutes),
        vat: vat(21),
    }
}

fn document(kind: DocumentKind, number: &str, lines: Vec<DocumentLine>) -> TaxDocument {
    let content = DocumentContent {
        kind,
        supplier: linka(),
        customer: customer(),
        issued_at: local("2026-11-23 08:00"),
        supplied_on: kind.is_tax_document().then(|| date("2026-11-22")),
        due_on: kind.asks_for_payment().then(|| date("2026-12-07")),
        purchase: None,
        corrects: None,
        follows: None,
        variable_symbol: None,
        taxes: tax_rows(&lines),
        lines,
        paid: false,
    };
    TaxDocument { id: DocumentId(1), number: number.into(), content }
}

fn proforma() -> TaxDocument {
    let mut document = document(DocumentKind::Proforma, "2026100001", vec![bundles(2, 528_000, 21)]);
    document.content.purchase = Some(("B2026-000123".parse().unwrap(), "OBJ 77/2026".into()));
    document
}

fn on_payment() -> TaxDocument {
    let mut document = document(DocumentKind::Payment, "2026200001", vec![bundles(2, 528_000, 21)]);
    document.content.purchase = Some(("B2026-000123".parse().unwrap(), String::new()));
    document.content.variable_symbol = "2026100001".parse().ok();
    document.content.paid = true;
    document
}

fn invoice() -> TaxDocument {
    let lines = vec![intervention("2026-000123/1", 13), intervention("2026-000131/2", 30)];
    document(DocumentKind::Invoice, "2026300001", lines)
}

fn credit_note() -> TaxDocument {
    let row = tax_row_of_total(Money::from_haler(-159_720), vat(21));
    let purchase = "B2026-000123".parse().unwrap();
    let line =
        DocumentLine { what: LineSubject::ReturnedMinutes { purchase }, quantity: 60, price: row.base, vat: row.vat };
    let mut document = document(DocumentKind::CreditNote, "2026400001", vec![line]);
    document.content.taxes = vec![row];
    document.content.purchase = Some((purchase, String::new()));
    document.content.corrects = Some(("2026200001".into(), "Zákazník program už nepoužívá <konec>.".into()));
    document
}

/// One document of each kind.
pub(in crate::server::documents) fn all() -> [TaxDocument; 4] {
    [proforma(), on_payment(), invoice(), credit_note()]
}

async fn pdf(document: &TaxDocument) -> Vec<u8> {
    tax_document_pdf(document, isdoc(document).expect("an ISDOC")).await.expect("a PDF")
}

/// What a program says about what it is given.
fn ask(command: &[&str], input: &[u8]) -> Vec<u8> {
    let mut program = Command::new(command[0])
        .args(&command[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", command[0]));
    program.stdin.take().expect("its input").write_all(input).expect("it reads");
    let output = program.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{command:?}");
    output.stdout
}

fn text(pdf: &[u8]) -> String {
    let text = String::from_utf8(ask(&["pdftotext", "-layout", "-", "-"], pdf)).expect("UTF-8");
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("\u{ad} ", "")
}

#[track_caller]
fn assert_says(text: &str, said: &[&str]) {
    for said in said {
        assert!(text.contains(said), "{said:?} is not in: {text}");
    }
}

#[tokio::test]
async fn a_proforma_says_that_it_is_no_tax_document_and_how_it_is_paid() {
    let text = text(&pdf(&proforma()).await);
    assert_says(
        &text,
        &[
            "Zálohová faktura 2026100001",
            "Výzva k platbě, není daňový doklad",
            "Linka software s.r.o.",
            "Klatovská třída 12",
            "301 00 Plzeň",
            "12345679",
            "CZ12345679",
            "Krajský soud v Plzni, oddíl C, vložka 1234",
            "Základní škola & jídelna Lipová",
            "Lipová 184/7",
            "339 01 Dolany",
            "70874121",
            "CZ70874121",
            "B2026-000123",
            "OBJ 77/2026",
            "2 ks 2 640,00 21 % 5 280,00",
            "21 % 5 280,00 1 108,80 6 388,80",
            "K úhradě 6 388,80 Kč",
            "19-2000145399/0800",
            "CZ65 0800 0000 1920 0014 5399",
            "2026100001",
            "7. 12. 2026",
            "QR Platba",
        ],
    );
    assert!(!text.contains("DUZP"), "{text}");
}

#[tokio::test]
async fn a_tax_document_on_a_payment_says_when_it_came_and_asks_for_nothing() {
    let text = text(&pdf(&on_payment()).await);
    assert_says(
        &text,
        &[
            "Daňový doklad k přijaté platbě 2026200001",
            "Den přijetí platby",
            "22. 11. 2026",
            "Zaplaceno, nic neplaťte",
            "Celkem zaplaceno 6 388,80 Kč",
        ],
    );
    assert!(!text.contains("QR Platba") && !text.contains("K úhradě"), "{text}");
}

#[tokio::test]
async fn an_invoice_lists_every_intervention() {
    let text = text(&pdf(&invoice()).await);
    assert_says(
        &text,
        &[
            "Faktura 2026300001",
            "Datum plnění (DUZP)",
            "13 min 25,00 21 % 325,00",
            "30 min 25,00 21 % 750,00",
            "21 % 1 075,00 225,75 1 300,75",
            "K úhradě 1 300,75 Kč",
        ],
    );
    for number in ["2026-000123/1", "2026-000131/2"] {
        assert_says(&text, &[number]);
    }
}

#[tokio::test]
async fn a_credit_note_says_what_it_corrects_and_why() {
    let text = text(&pdf(&credit_note()).await);
    assert_says(
        &text,
        &[
            "Opravný daňový doklad 2026400001",
            "Opravuje doklad 2026200001",
            "Důvod opravy: Zákazník program už nepoužívá <konec>.",
            "Den opravy",
            "60 min",
            "−1 320,00 −277,20 −1 597,20",
            "Celkem s DPH −1 597,20 Kč",
        ],
    );
}

#[test]
fn a_fee_is_said_with_the_days_that_it_pays_for_and_keeps_its_number_by_pattern() {
    let what = LineSubject::ContractFee {
        contract: "SLS-2026-0001".into(),
        from: date("2026-10-01"),
        until: date("2026-12-31"),
    };
    let line = DocumentLine { what, quantity: 1, price: Money::from_haler(500_000), vat: vat(21) };
    let invoice = document(DocumentKind::Invoice, "FV-26-12", vec![line]);
    assert_eq!(invoice.payment_request("").expect("a request").variable_symbol.to_string(), "2612");
    let for_programs = isdoc(&invoice).expect("an ISDOC");
    let said = value(&for_programs, "Description").unwrap_or_default().replace('\u{a0}', " ");
    assert_eq!(said, "Poplatek podle smlouvy SLS-2026-0001, 1. 10. 2026 – 31. 12. 2026");
    assert_eq!(value(&for_programs, "ID").as_deref(), Some("FV-26-12"));
    let credit = TaxDocument {
        content: DocumentContent {
            corrects: Some(("FV-26-12".into(), "Smlouva neplatila.".into())),
            follows: Some((DocumentKind::Invoice, "FV-26-12".into())),
            ..credit_note().content
        },
        ..credit_note()
    };
    assert_eq!(credit.corrected_kind(), Some(DocumentKind::Invoice), "whatever its number looks like");
}

#[tokio::test]
async fn several_rates_are_summed() {
    let mixed = document(DocumentKind::Invoice, "2026300002", vec![bundles(1, 10_050, 21), bundles(1, 10_050, 12)]);
    let text = text(&pdf(&mixed).await);
    assert_says(&text, &["21 % 100,50 21,11 121,61", "12 % 100,50 12,06 112,56", "Součet 201,00 33,17 234,17"]);
}

/// The picture of a document's first page.
struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

impl Picture {
    fn of(pdf: &[u8]) -> Self {
        // A PGM: "P5", width, height and the highest grey, each followed by one white space, then the pixels.
        let pgm = ask(&["pdftoppm", "-gray", "-r", "150", "-f", "1", "-l", "1", "-"], pdf);
        let mut fields = pgm.splitn(4, u8::is_ascii_whitespace);
        let mut number = || std::str::from_utf8(fields.next().expect("a field")).expect("ASCII").parse();
        assert!(number().is_err(), "P5");
        let (width, height): (usize, usize) = (number().expect("a width"), number().expect("a height"));
        Self { width, height, grey: pgm[pgm.len() - width * height..].to_vec() }
    }

    fn codes(&self) -> Vec<String> {
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, |x, y| self.grey[y * self.width + x]);
        image.detect_grids().iter().map(|grid| grid.decode().expect("a readable code").1).collect()
    }
}

#[tokio::test]
async fn the_printed_code_is_the_payment_that_is_asked_for() {
    for document in [proforma(), invoice()] {
        let message = message(&document);
        let expected = document.payment_request(&message).expect("something to pay").spayd();
        assert!(expected.contains("*MSG:DOKLAD 2026"), "{expected}");
        assert_eq!(Picture::of(&pdf(&document).await).codes(), [expected]);
    }
    for document in [on_payment(), credit_note()] {
        assert_eq!(Picture::of(&pdf(&document).await).codes(), [""; 0]);
    }
}

#[tokio::test]
async fn the_same_document_for_programs_is_inside() {
    for document in all() {
        let pdf = pdf(&document).await;
        let folder = tempfile::tempdir().expect("a directory");
        let (file, saved) = (folder.path().join("document.pdf"), folder.path().join("saved"));
        std::fs::write(&file, &pdf).expect("a file");
        let status = Command::new("pdfdetach").args(["-save", "1", "-o"]).arg(&saved).arg(&file).status();
        assert!(status.expect("poppler-utils are installed").success());
        assert_eq!(std::fs::read(&saved).expect("the attachment"), isdoc(&document).expect("an ISDOC"));
        let list = Command::new("pdfdetach").arg("-list").arg(&file).output().expect("a list");
        let list = String::from_utf8(list.stdout).expect("UTF-8");
        assert!(list.contains("1 embedded file") && list.contains(&format!("{}.isdoc", document.number)), "{list}");
    }
}

#[tokio::test]
async fn it_is_an_archive_that_screen_readers_can_read_with_its_fonts_inside() {
    let pdf = pdf(&invoice()).await;
    let metadata = String::from_utf8_lossy(&ask(&["pdfinfo", "-meta", "-"], &pdf)).into_owned();
    for said in
        ["<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>"]
    {
        assert!(metadata.contains(said), "{said} is not in: {metadata}");
    }
    let fonts = String::from_utf8(ask(&["pdffonts", "-"], &pdf)).expect("UTF-8");
    for font in fonts.lines().skip(2) {
        let columns: Vec<_> = font.split_whitespace().rev().collect();
        assert_eq!(columns[4], "yes", "embedded: {font}");
    }
    let info = String::from_utf8(ask(&["pdfinfo", "-isodates", "-"], &pdf)).expect("UTF-8");
    assert!(info.contains("Faktura 2026300001") && info.contains("CreationDate:    2026-11-23T"), "{info}");
}

#[tokio::test]
async fn the_same_document_gives_the_same_bytes() {
    for document in all() {
        assert!(pdf(&document).await == pdf(&document).await, "{:?}", document.content.kind);
    }
    let mut later = invoice();
    later.content.issued_at += TimeDelta::days(1);
    assert!(pdf(&later).await != pdf(&invoice()).await);
}

/// The value of the first element with this name, wherever it stands.
fn value(isdoc: &[u8], name: &str) -> Option<String> {
    values(isdoc, name).into_iter().next()
}

/// The values of all elements with this name.
pub(in crate::server::documents) fn values(isdoc: &[u8], name: &str) -> Vec<String> {
    let mut reader = Reader::from_reader(isdoc);
    let mut found = Vec::new();
    let mut within = false;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) if start.name().as_ref() == name => {
                within = true;
                found.push(String::new());
            }
            Event::Text(text) if within => {
                found.last_mut().expect("an element").push_str(&text);
            }
            Event::End(end) if end.name().as_ref() == name => within = false,
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn each_kind_has_the_type_of_the_standards_list() {
    let mut of_invoice = credit_note();
    of_invoice.content.corrects = Some(("2026300001".into(), "Uznaná námitka".into()));
    let [proforma, payment, invoice, of_payment] = all();
    for (document, expected) in [(proforma, "4"), (payment, "5"), (invoice, "1"), (of_payment, "6"), (of_invoice, "2")]
    {
        let isdoc = isdoc(&document).expect("an ISDOC");
        assert_eq!(value(&isdoc, "DocumentType").as_deref(), Some(expected));
        let is_taxed = document.content.kind.is_tax_document().to_string();
        assert!(values(&isdoc, "VATApplicable").iter().all(|value| *value == is_taxed));
    }
}

#[test]
fn a_credit_note_has_positive_amounts_and_names_what_it_corrects() {
    let credit = isdoc(&credit_note()).expect("an ISDOC");
    assert_eq!(value(&credit, "TaxInclusiveAmount").as_deref(), Some("1597.20"));
    let original = String::from_utf8_lossy(&credit).into_owned();
    assert!(!original.contains(">-"), "{original}");
    let of_payment = value(&isdoc(&on_payment()).expect("an ISDOC"), "UUID").expect("an identity");
    assert!(original.contains("<ID>2026200001</ID>") && original.contains(&of_payment), "{original}");
}

#[test]
fn what_was_paid_in_advance_is_not_to_be_paid_again() {
    let payment = isdoc(&on_payment()).expect("an ISDOC");
    assert_eq!(value(&payment, "PaidDepositsAmount").as_deref(), Some("6388.80"));
    assert_eq!(value(&payment, "PayableAmount").as_deref(), Some("0.00"));
    assert_eq!(value(&payment, "DepositAmount").as_deref(), Some("6388.80"));
    assert_eq!(value(&payment, "PaymentMeansCode"), None);
    let invoice = isdoc(&invoice()).expect("an ISDOC");
    assert_eq!(value(&invoice, "PayableAmount").as_deref(), Some("1300.75"));
    assert_eq!(value(&invoice, "PaymentDueDate").as_deref(), Some("2026-12-07"));
    assert_eq!(value(&invoice, "VariableSymbol").as_deref(), Some("2026300001"));
}

#[test]
fn a_deposit_is_the_proforma_that_asked_for_it_and_what_a_card_paid_is_none() {
    let payment = isdoc(&on_payment()).expect("an ISDOC");
    let text = String::from_utf8_lossy(&payment).into_owned();
    let deposit = text.split("<NonTaxedDeposit>").nth(1).expect("a deposit");
    assert!(deposit.contains("<ID>2026100001</ID>") && deposit.contains(">2026100001</VariableSymbol>"), "{deposit}");
    let mut by_pattern = on_payment();
    by_pattern.content.variable_symbol = "2617".parse().ok();
    by_pattern.content.follows = Some((DocumentKind::Proforma, "ZF-26-17".into()));
    let by_pattern = String::from_utf8_lossy(&isdoc(&by_pattern).expect("an ISDOC")).into_owned();
    assert!(by_pattern.contains("<ID>ZF-26-17</ID>") && by_pattern.contains(">2617</VariableSymbol>"), "{by_pattern}");
    let mut by_card = on_payment();
    by_card.content.variable_symbol = None;
    let by_card = isdoc(&by_card).expect("an ISDOC");
    assert_eq!(value(&by_card, "DepositAmount"), None, "it would point at the document itself");
    assert_eq!(value(&by_card, "PaidDepositsAmount").as_deref(), Some("6388.80"));
    assert_eq!(value(&by_card, "PayableAmount").as_deref(), Some("0.00"));
}

#[test]
fn the_day_of_the_tax_of_a_credit_note_is_not_told_as_it_is_that_of_its_delivery() {
    let day = |document: &TaxDocument| value(&isdoc(document).expect("an ISDOC"), "TaxPointDate");
    let [proforma, payment, invoice, credit_note] = all();
    assert_eq!([day(&proforma), day(&credit_note)], [None, None]);
    assert_eq!([day(&payment), day(&invoice)], [Some("2026-11-22".to_owned()), Some("2026-11-22".to_owned())]);
}

#[test]
fn every_document_conforms_to_the_standards_schema() {
    let Some(schema) = schema() else {
        eprintln!("SKIPPED: {SCHEMA} or xmllint is not at hand, ISDOC was not validated");
        return;
    };
    let mut poor = invoice();
    poor.content.customer =
        Party { name: "\u{1}\u{fffe}]]>".into(), dic: String::new(), street: "č. p. 7".into(), ..customer() };
    let mut nowhere = proforma();
    nowhere.content.customer =
        Party { street: String::new(), city: String::new(), postal_code: String::new(), ..customer() };
    let mut by_card = on_payment();
    by_card.content.variable_symbol = None;
    by_card.number = "2026200002".into();
    for document in all().into_iter().chain([poor, nowhere, by_card]) {
        let isdoc = isdoc(&document).expect("an ISDOC");
        ask(&["xmllint", "--nonet", "--noout", "--schema", schema.to_str().expect("UTF-8"), "-"], &isdoc);
    }
}

/// The schema, beside the project or above it, if xmllint is there to read it.
fn schema() -> Option<PathBuf> {
    Command::new("xmllint").arg("--version").stderr(Stdio::null()).status().ok()?;
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    project.ancestors().map(|folder| folder.join(SCHEMA)).find(|schema| schema.exists())
}

/// Haléře of "1300.75".
fn haler(amount: &str) -> i64 {
    let (crowns, rest) = amount.split_once('.').expect("two decimals");
    assert_eq!(rest.len(), 2, "{amount}");
    format!("{crowns}{rest}").parse().expect("a number")
}

#[test]
fn figures_of_random_documents_agree_with_integers_alone() {
    let lines = prop::collection::vec((1..40_u32, 1..3_000_000_i64, prop::sample::select(vec![0_u32, 12, 21])), 1..9);
    TestRunner::default()
        .run(&lines, |lines| {
            let sold = lines.iter().map(|&(quantity, haler, percent)| bundles(quantity, haler, percent)).collect();
            let xml = isdoc(&document(DocumentKind::Invoice, "2026300003", sold)).expect("an ISDOC");
            // Per rate from the highest: tax of the whole base, half a haléř up.
            let rates: Vec<_> = [21_i64, 12, 0]
                .into_iter()
                .filter(|&rate| lines.iter().any(|line| i64::from(line.2) == rate))
                .map(|rate| {
                    let base: i64 = lines.iter().filter(|line| i64::from(line.2) == rate).map(|line| line.1).sum();
                    (base, (base * rate + 50) / 100)
                })
                .collect();
            let figures = |name| values(&xml, name).iter().map(|amount| haler(amount)).collect::<Vec<_>>();
            let (base, tax): (Vec<_>, Vec<_>) = rates.iter().copied().unzip();
            let total: i64 = base.iter().chain(&tax).sum();
            prop_assert_eq!(figures("TaxableAmount"), base.clone());
            let mut taxes = tax.clone();
            taxes.push(tax.iter().sum());
            prop_assert_eq!(figures("TaxAmount"), taxes);
            prop_assert_eq!(figures("TaxExclusiveAmount"), [base.iter().sum::<i64>()]);
            prop_assert_eq!(figures("PayableAmount"), [total]);
            // And the lines come to the same.
            prop_assert_eq!(figures("LineExtensionAmount").iter().sum::<i64>(), base.iter().sum::<i64>());
            prop_assert_eq!(figures("LineExtensionTaxAmount").iter().sum::<i64>(), tax.iter().sum::<i64>());
            prop_assert_eq!(figures("LineExtensionAmountTaxInclusive").iter().sum::<i64>(), total);
            Ok(())
        })
        .expect("the same figures");
}

#[tokio::test]
async fn what_people_wrote_is_printed_and_passed_on_as_they_wrote_it() {
    let mut document = credit_note();
    document.content.customer.name = "#let x = 1 *<&>* \"Škola\"".into();
    document.content.corrects = Some(("2026200001".into(), "$ #pagebreak() ]] <b>".into()));
    assert_says(&text(&pdf(&document).await), &["#let x = 1 *<&>* \"Škola\"", "$ #pagebreak() ]] <b>"]);
    let xml = String::from_utf8(isdoc(&document).expect("an ISDOC")).expect("UTF-8");
    assert!(xml.contains("#let x = 1 *&lt;&amp;&gt;*") && xml.contains("]] &lt;b&gt;"), "{xml}");
}
