//! What is printed is read again by poppler's programs, which know nothing of typst.

use chrono::TimeDelta;
use std::{
    collections::BTreeSet,
    io::Write,
    process::{Command, Stdio},
};

use super::*;
use crate::{
    model::{
        base::ids::{ContestId, SegmentId},
        fixtures,
        minutes::pools::PoolKind::{Bundle, Contract},
        work::{
            ceiling::{ConsentAnswer, SpokenAnswer},
            contests::ContestState,
            segments::SegmentKind::{self, OurFault, Preparation, Waiting, Work},
        },
    },
    server::documents::legible::FONTS,
};

const MORNING: [(SegmentKind, &str, &str); 4] = [
    (Preparation, "08:00:00", "08:04:10"),
    (Waiting, "08:04:10", "08:09:00"),
    (Work, "08:09:00", "08:17:21"),
    (OurFault, "08:17:21", "08:30:00"),
];

fn two_pools() -> Receipt {
    fixtures::receipt(&MORNING, 20, &[(Contract, Some("2026-12-31"), 12), (Bundle, Some("2027-06-30"), 8)])
}

fn one_off() -> Receipt {
    fixtures::receipt(&MORNING, 30, &[])
}

/// Forty segments and the longest report that a technician can write.
fn long() -> Receipt {
    let minutes: Vec<_> = (0..40).map(|minute| (format!("09:{minute:02}:00"), format!("09:{minute:02}:50"))).collect();
    let segments: Vec<_> = minutes
        .iter()
        .enumerate()
        .map(|(index, (from, to))| (if index % 5 == 4 { Waiting } else { Work }, from.as_str(), to.as_str()))
        .collect();
    let sentence = "Přeložili jsme číselník zboží, opravili zaokrouhlení a žádné příjemky nezůstaly otevřené. ";
    let mut receipt = fixtures::receipt(&segments, 20, &[(Contract, Some("2026-12-31"), 20)]);
    receipt.report = sentence.repeat(50).chars().take(4_000).collect();
    receipt
}

async fn pdf(locale: Locale, receipt: &Receipt) -> Vec<u8> {
    printed(locale, Printed { receipt, former: &[], contests: &[], consents: &[], replaced_by: None }).await
}

async fn printed(locale: Locale, printed: Printed<'_>) -> Vec<u8> {
    receipt_pdf(locale, printed).await.expect("a PDF")
}

/// What one of poppler's programs says about a document.
fn ask(command: &[&str], pdf: &[u8]) -> String {
    let mut program = Command::new(command[0])
        .args(&command[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("poppler-utils are installed");
    program.stdin.take().expect("its input").write_all(pdf).expect("it reads");
    let output = program.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The document's text with single ordinary spaces, words divided at the end of a line joined.
fn text(pdf: &[u8]) -> String {
    let text = ask(&["pdftotext", "-layout", "-", "-"], pdf);
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("\u{ad} ", "")
}

#[track_caller]
fn assert_says(text: &str, said: &[&str]) {
    for said in said {
        assert!(text.contains(said), "{said} is not in: {text}");
    }
}

#[tokio::test]
async fn the_paper_says_what_the_receipt_says() {
    let receipt = two_pools();
    let text = text(&pdf(Locale::Cs, &receipt).await);
    assert_says(
        &text,
        &[
            "Vyúčtování zásahu 2026-000123/1",
            "Vydáno st 25. 11. 2026, 10:30",
            "Školní jídelna Příbram",
            "00000019",
            "Sklad",
            "Oprava chyby",
            "Běžná",
            "Jana Nováková",
            "Opravili jsme tisk výdejek.",
            "středa 25. listopadu 2026",
            "8:00:00–8:04:10 Příprava Ondřej Žďárský 0:04:10 0:04:10",
            "8:04:10–8:09:00 Čekání Ondřej Žďárský 0:04:50 zdarma",
            "8:09:00–8:17:21 Práce Ondřej Žďárský 0:08:21 0:08:21",
            "8:17:21–8:30:00 Naše chyba Ondřej Žďárský 0:12:39 zdarma",
            "Účtovaný čas dohromady 0:12:31",
            "Zaokrouhleno nahoru na celé minuty 13 min",
            "Doplněno do minima 20 min + 7 min",
            "Účtováno 20 min",
            "Ze smlouvy do 31. 12. 2026 12 min",
            "Z balíčku do 30. 6. 2027 8 min",
            "verze 1, pravidla 2. Není daňový doklad.",
            "strana 1 z 1",
        ],
    );
    let sentence = receipt_words::sentence(Locale::Cs, &receipt).replace(['\u{a0}', '\u{202f}'], " ");
    assert_says(&text, &[&sentence]);
}

#[tokio::test]
async fn what_is_paid_in_money_can_be_calculated_again() {
    let receipt = one_off();
    let czech = text(&pdf(Locale::Cs, &receipt).await);
    assert_says(
        &czech,
        &["30 min · 907,50 Kč s DPH", "30 min × 25 Kč bez DPH 750 Kč", "DPH 21 % 157,50 Kč", "Celkem s DPH 907,50 Kč"],
    );
    let english = text(&pdf(Locale::En, &receipt).await);
    assert_says(
        &english,
        &[
            "Receipt of intervention 2026-000123/1",
            "Issued Wed 25 Nov 2026, 10:30",
            "8:04:10–8:09:00 Waiting Ondřej Žďárský 0:04:50 free",
            "30 min × CZK 25 excl. VAT CZK 750",
            "VAT 21% CZK 157.50",
            "Total incl. VAT CZK 907.50",
            "page 1 of 1",
        ],
    );
}

#[tokio::test]
async fn nothing_is_owed_for_waiting_and_our_faults() {
    let receipt = fixtures::receipt(&MORNING[3..], 20, &[]);
    let text = text(&pdf(Locale::Cs, &receipt).await);
    assert_says(&text, &["Nic se neúčtuje", "Účtovaný čas dohromady 0:00:00 Účtováno 0 min"]);
    assert!(!text.contains("Doplněno do minima") && !text.contains("Z čeho se platí"), "{text}");
}

#[tokio::test]
async fn a_correction_says_why_and_objections_are_answered() {
    let mut first = two_pools();
    first.segments[3].kind = Work;
    let mut receipt = two_pools();
    receipt.version = 2;
    receipt.issued_at += TimeDelta::hours(2);
    receipt.reason = "Čekání na licenční klíč byla naše chyba.".into();
    receipt.segments[3].correction = Some("Původně účtováno jako práce".into());
    receipt.segments[1].correction = Some("Hodiny neběžely".into());
    receipt.segments[1].added = true;
    let contests = [Contest {
        id: ContestId(1),
        segment: SegmentId(4),
        by: "Jana Nováková".into(),
        at: first.issued_at + TimeDelta::hours(1),
        reason: "Klíč jste měli poslat předem.".into(),
        state: ContestState::Accepted,
        accepted_minutes: None,
        decided_at: Some(receipt.issued_at),
        answer: "Máte pravdu.".into(),
    }];
    let document =
        Printed { receipt: &receipt, former: &[first], contests: &contests, consents: &[], replaced_by: Some(3) };
    let printed = printed(Locale::Cs, document).await;
    assert_says(
        &text(&printed),
        &[
            "Tuto verzi nahradila verze 3.",
            "Opravené vyúčtování, verze 2",
            "Čekání na licenční klíč byla naše chyba.",
            "Opraveno: Původně účtováno jako práce",
            "Doplněno: Hodiny neběžely",
            "Práce 25. 11. 2026, 8:17:21–8:30:00: uznáno, minuty jsme vrátili",
            "Jana Nováková, st 25. 11. 2026, 11:30: Klíč jste měli poslat předem.",
            "Odpověď: Máte pravdu.",
        ],
    );
}

#[tokio::test]
async fn consent_is_printed_with_its_source() {
    let receipt = two_pools();
    let at = receipt.segments[0].started_at;
    let answer = ConsentAnswer {
        at: at + TimeDelta::minutes(20),
        by: "Jana Nováková".into(),
        spoken: None,
        agreed: true,
        new_ceiling: Some(45),
    };
    let spoken = SpokenAnswer { at: at + TimeDelta::minutes(50), words: "Ano, dodělejte to.".into() };
    let consents = [
        Consent { asked_at: at, ceiling_minutes: 30, answer: Some(answer.clone()) },
        Consent {
            asked_at: at + TimeDelta::minutes(40),
            ceiling_minutes: 45,
            answer: Some(ConsentAnswer { spoken: Some(spoken), new_ceiling: None, ..answer }),
        },
    ];
    let document = Printed { receipt: &receipt, former: &[], contests: &[], consents: &consents, replaced_by: None };
    assert_says(
        &text(&printed(Locale::Cs, document).await),
        &[
            "Souhlas s pokračováním",
            "Po 30 min jsme se zeptali, jestli pokračovat (st 25. 11. 2026, 8:00)",
            "Jana Nováková na portálu, st 25. 11. 2026, 8:20: ano, do 45 min.",
            "Jana Nováková telefonicky, st 25. 11. 2026, 8:50: ano, bez omezení. Řečeno: „Ano, dodělejte to.“",
        ],
    );
}

#[tokio::test]
async fn work_that_was_resumed_is_no_correction() {
    let receipt = Receipt { version: 2, ..two_pools() };
    let text = text(&pdf(Locale::Cs, &receipt).await);
    assert_says(&text, &["Vyúčtování doplněné o další práci, verze 2"]);
    assert!(!text.contains("Opravené"), "{text}");
}

#[tokio::test]
async fn what_people_wrote_is_printed_as_they_wrote_it() {
    let hostile =
        r##"#panic("x") $a_1$ *tučně* _kurzíva_ `kód` \ " ] [ { } @odkaz <štítek> // /* = - + #let "##.trim_end();
    let mut receipt = two_pools();
    receipt.report = format!("{hostile}\r\ndruhý řádek\r\n\r\nDruhý odstavec.");
    receipt.customer = "#sys.inputs ]".into();
    receipt.ordered_by = "*Jana* $x$".into();
    receipt.segments[0].correction = Some(r#"`"\]#eval("1")"#.into());
    let pdf = pdf(Locale::Cs, &receipt).await;
    assert_says(
        &text(&pdf),
        &[hostile, "#sys.inputs ]", "*Jana* $x$", r#"`"\]#eval("1")"#, "druhý řádek Druhý odstavec."],
    );
}

#[tokio::test]
async fn no_line_of_what_was_typed_ends_where_a_czech_one_should_not() {
    let mut receipt = two_pools();
    receipt.report = "v domě ".repeat(200).trim_end().to_owned();
    for (locale, breaks) in [(Locale::Cs, false), (Locale::En, true)] {
        let text = ask(&["pdftotext", "-layout", "-", "-"], &pdf(locale, &receipt).await);
        let lines: Vec<_> = text.lines().filter(|line| line.contains("domě")).collect();
        assert!(lines.len() > 5, "{text}");
        assert_eq!(lines.iter().any(|line| line.trim_end().ends_with(" v")), breaks, "{text}");
    }
}

#[tokio::test]
async fn signs_that_no_font_has_do_not_keep_a_receipt_from_being_printed() {
    let mut receipt = two_pools();
    receipt.customer = "料金 Jídelna 😀 s. r. o.".into();
    receipt.ordered_by = "Ольга \u{202e}Петрова".into();
    receipt.report = "Hotovo ✅, zákazník byl 😡\u{fe0f}. Ελληνικά, עברית, العربية, हिन्दी, ไทย, 한국어.\n\n\
                      Rodina 👩\u{200d}👩\u{200d}👧, znak \u{e000}\u{10fffd}, mezera\u{3000}a\u{2028}řádek, e\u{1abf}\u{301}. Konec."
        .into();
    receipt.segments[0].correction = Some("Oprava 👍🏿 hotova".into());
    let printed = pdf(Locale::Cs, &receipt).await;
    assert_says(
        &text(&printed),
        &[
            "Jídelna □ s. r. o.",
            "Ольга Петрова",
            "zákazník byl □.",
            "Ελληνικά,",
            "Rodina □, znak",
            "Konec.",
            "Opraveno: Oprava □ hotova",
        ],
    );
    assert_eq!(pdf(Locale::Cs, &receipt).await, printed);
}

#[tokio::test]
async fn every_character_that_a_font_has_is_printed() {
    let characters: BTreeSet<_> = FONTS.iter().flat_map(|font| font.info().coverage.iter()).collect();
    let mut receipt = two_pools();
    receipt.report = characters.into_iter().filter_map(char::from_u32).flat_map(|c| [c, ' ']).collect();
    assert!(receipt.report.chars().count() > 10_000, "the fonts have thousands");
    pdf(Locale::Cs, &receipt).await;
}

#[tokio::test]
async fn a_word_that_is_too_long_stays_on_the_paper() {
    let mut receipt = two_pools();
    receipt.report = format!(r"Cesta C:\{} je špatně.", r"Účetnictví\Sklad".repeat(30));
    let pdf = pdf(Locale::Cs, &receipt).await;
    let characters = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect::<String>();
    let cropped = ask(&["pdftotext", "-layout", "-x", "0", "-y", "0", "-W", "540", "-H", "842", "-", "-"], &pdf);
    assert!(characters(&cropped).contains(&characters(&receipt.report)), "{cropped}");
}

#[tokio::test]
async fn a_long_receipt_goes_on_on_the_next_page() {
    let receipt = long();
    let pdf = pdf(Locale::Cs, &receipt).await;
    let text = text(&pdf);
    let pages = ask(&["pdfinfo", "-"], &pdf);
    assert!(pages.lines().any(|line| line.starts_with("Pages:") && line.ends_with(" 3")), "{pages}");
    assert_says(&text, &["strana 1 z 3", "strana 2 z 3", "strana 3 z 3"]);
    // Of one syllable, so that no line or page divides it; once in a heading.
    let written = |text: &str| text.matches("jsme").count();
    assert_eq!(written(&text), written(&receipt.report) + 1);
    for segment in &receipt.segments {
        assert_says(&text, &[&receipt_words::segment_span(Locale::Cs, segment, receipt.tells_seconds())]);
    }
    assert_eq!(
        text.matches("Od–do Co Technik Trvání Účtuje se").count(),
        2,
        "the head of the table stands on both of its pages"
    );
}

#[tokio::test]
async fn fonts_are_embedded_and_the_document_says_what_it_is() {
    let pdf = pdf(Locale::Cs, &two_pools()).await;
    let fonts = ask(&["pdffonts", "-"], &pdf);
    let faces: Vec<_> = fonts.lines().skip(2).collect();
    assert!(!faces.is_empty());
    for face in faces {
        assert!(face.contains("Libertinus"), "{face}");
        // The columns: embedded, subset, with a table to read the text again by.
        assert!(face.contains("yes yes yes"), "{face}");
    }
    let info = ask(&["pdfinfo", "-isodates", "-"], &pdf);
    for line in [
        "Title:           Vyúčtování zásahu 2026-000123/1",
        "Author:          Linka",
        "CreationDate:    2026-11-25T09:30:00Z",
        "Tagged:          yes",
        "Page size:       595.276 x 841.89 pts (A4)",
    ] {
        assert!(info.contains(line), "{line} is not in:\n{info}");
    }
}

#[tokio::test]
async fn the_same_receipt_gives_the_same_bytes() {
    let receipt = two_pools();
    let first = pdf(Locale::Cs, &receipt).await;
    let others = futures::future::join_all((0..4).map(|_| pdf(Locale::Cs, &receipt))).await;
    assert!(others.iter().all(|other| *other == first));
    assert_ne!(pdf(Locale::En, &receipt).await, first);
}
