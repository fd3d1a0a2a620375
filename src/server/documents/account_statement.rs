//! The statement of account on paper: the same as on its page.

use serde::Serialize;

use super::{
    NotMade,
    printing::{self, Document, Frame},
};
use crate::{
    model::{
        base::money::Money,
        money::account_statements::{AccountEntry, AccountStatement},
    },
    ui::{
        account_words, format,
        texts::{Locale, t},
    },
};

/// The statement as a PDF.
///
/// # Errors
/// [`NotMade`].
pub async fn account_statement_pdf(locale: Locale, statement: &AccountStatement) -> Result<Vec<u8>, NotMade> {
    printing::print(Paper::new(locale, statement)).await
}

/// Everything that its template shows, in words.
#[derive(Debug, Serialize)]
struct Paper {
    frame: Frame,
    period: String,
    figure: String,
    sentence: String,
    balances: Part,
    money: Table,
    minutes: Part,
}

#[derive(Debug, Serialize)]
struct Part {
    title: String,
    rows: Vec<Amount>,
}

#[derive(Debug, Serialize)]
struct Amount {
    label: String,
    value: String,
    strong: bool,
}

#[derive(Debug, Serialize)]
struct Table {
    title: String,
    empty: String,
    columns: [String; 4],
    rows: Vec<[String; 4]>,
}

impl Document for Paper {
    const TEMPLATE: &'static str = printing::ACCOUNT_STATEMENT;

    fn frame(&self) -> &Frame {
        &self.frame
    }
}

impl Paper {
    fn new(locale: Locale, statement: &AccountStatement) -> Self {
        let foot = t!(locale => "account-foot", customer = statement.customer.as_str());
        let issued = format!(
            "{} · {}",
            t!(locale => "account-paper-nature"),
            account_words::made_at(locale, statement.made_at),
        );
        Self {
            frame: Frame::new(locale, t!(locale => "account-title"), issued, foot, statement.made_at),
            period: account_words::period(locale, statement.from, statement.until),
            figure: account_words::balance(locale, statement.closing()),
            sentence: [statement.customer.as_str(), statement.ico.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            balances: balances(locale, statement),
            money: Table {
                title: t!(locale => "account-money"),
                empty: t!(locale => "account-empty"),
                columns: [
                    t!(locale => "statement-column-date"),
                    t!(locale => "statement-column-what"),
                    t!(locale => "statement-column-change"),
                    t!(locale => "account-column-owed"),
                ],
                rows: statement.running().map(|(entry, owed)| row(locale, entry, owed)).collect(),
            },
            minutes: minutes(locale, statement),
        }
    }
}

fn balances(locale: Locale, statement: &AccountStatement) -> Part {
    let row = |label, value, strong| Amount { label, value, strong };
    let money = |amount: Money| format::money(locale, amount);
    Part {
        title: String::new(),
        rows: vec![
            row(t!(locale => "account-opening"), account_words::balance(locale, statement.opening), true),
            row(t!(locale => "account-charged"), money(statement.charged()), false),
            row(t!(locale => "account-paid"), money(statement.paid()), false),
            row(t!(locale => "account-closing"), account_words::balance(locale, statement.closing()), true),
        ],
    }
}

fn row(locale: Locale, entry: &AccountEntry, owed: Money) -> [String; 4] {
    let what = account_words::entry(locale, entry);
    let what = account_words::note(locale, entry).map_or_else(|| what.clone(), |note| format!("{what} ({note})"));
    let change = if entry.change == Money::ZERO { "–".to_owned() } else { format::money(locale, entry.change) };
    [format::date_numeric(locale, entry.day, None), what, change, format::money(locale, owed)]
}

fn minutes(locale: Locale, statement: &AccountStatement) -> Part {
    let end = |label, minutes| Amount { label, value: format::minutes(locale, minutes), strong: true };
    let sums = statement.minutes.iter().map(|sum| Amount {
        label: account_words::minutes_kind(locale, sum.kind),
        value: account_words::minutes(locale, sum.minutes),
        strong: false,
    });
    let first = end(t!(locale => "statement-opening"), statement.minutes_opening);
    let last = end(t!(locale => "statement-closing"), statement.minutes_closing);
    Part { title: t!(locale => "account-minutes"), rows: std::iter::once(first).chain(sums).chain([last]).collect() }
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write,
        process::{Command, Stdio},
    };

    use super::*;
    use crate::model::{
        fixtures::{date, local},
        minutes::ledger::EntryKind,
        money::account_statements::{AccountEntryKind, MinutesSum},
    };

    fn statement() -> AccountStatement {
        let entry = |day: &str, kind, number: &str, haler: i64| AccountEntry {
            day: date(day),
            kind,
            number: number.into(),
            about: String::new(),
            total: Money::from_haler(haler.abs()),
            change: Money::from_haler(haler),
        };
        AccountStatement {
            customer: "#Škola & *jídelna*".into(),
            ico: "70874121".into(),
            from: date("2026-01-01"),
            until: date("2026-11-23"),
            made_at: local("2026-11-23 08:00"),
            opening: Money::from_haler(50_000),
            entries: vec![
                entry("2026-02-01", AccountEntryKind::Invoice, "2026300001", 121_000),
                entry("2026-02-10", AccountEntryKind::Transfer, "2026300001", -181_000),
            ],
            minutes_opening: 20,
            minutes: vec![MinutesSum { kind: EntryKind::Grant, minutes: 120 }],
            minutes_closing: 140,
        }
    }

    #[tokio::test]
    async fn paper_says_what_the_page_says_in_the_language_of_its_reader() {
        for (locale, said) in [
            (
                Locale::Cs,
                [
                    "Výpis z účtu",
                    "není daňový doklad",
                    "máte u nás 100 Kč",
                    "Faktura 2026300001",
                    "−1 810 Kč",
                    "140 min",
                ],
            ),
            (
                Locale::En,
                [
                    "Statement of account",
                    "not a tax document",
                    "in your favour",
                    "Invoice 2026300001",
                    "#Škola & *jídelna*",
                    "140 min",
                ],
            ),
        ] {
            let pdf = account_statement_pdf(locale, &statement()).await.expect("a PDF");
            let mut reader = Command::new("pdftotext")
                .args(["-layout", "-", "-"])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .expect("poppler-utils are installed");
            reader.stdin.take().expect("its input").write_all(&pdf).expect("it reads");
            let output = reader.wait_with_output().expect("it ends");
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for said in said {
                assert!(text.contains(said), "{said:?} is not in: {text}");
            }
        }
    }
}
