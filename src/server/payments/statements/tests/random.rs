//! Ten thousand random statements, written as each format has it and read back; and damage that is never passed over in silence.

use std::fmt::Write as _;

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::read;
use crate::model::{
    base::money::Money,
    fixtures::date,
    money::bank::{Controls, StatementRefused},
};

/// Accounts whose digits fit, so that the order of their digits in ABO is no question.
const ACCOUNTS: [(&str, &str); 3] = [("19-2000145399", "0800"), ("2000145399", "0100"), ("19-2000145399", "5500")];

#[derive(Debug, Clone)]
struct Planned {
    day: NaiveDate,
    haler: i64,
    symbol: u64,
    account: (&'static str, &'static str),
    name: String,
}

fn planned() -> impl Strategy<Value = Planned> {
    let haler = prop_oneof![1..100_000_000_i64, -100_000_000..0_i64];
    let symbol = prop_oneof![Just(0), 1..9_999_999_999_u64];
    (0..400_i64, haler, symbol, prop::sample::select(ACCOUNTS.to_vec()), "[A-ZŠŘŽ][a-zěšů]{2,9}( [a-z]{1,7})?")
        .prop_map(|(days, haler, symbol, account, name)| Planned {
            day: date("2026-01-01") + TimeDelta::days(days),
            haler,
            symbol,
            account,
            name,
        })
}

impl Planned {
    fn crowns(&self, point: char) -> String {
        let sign = if self.haler < 0 { "-" } else { "" };
        format!("{sign}{}{point}{:02}", self.haler.abs() / 100, self.haler.abs() % 100)
    }

    fn symbol(&self) -> String {
        if self.symbol == 0 { String::new() } else { self.symbol.to_string() }
    }

    fn told(&self) -> (NaiveDate, i64, String, String, String) {
        let (number, bank) = self.account;
        (self.day, self.haler, self.symbol(), format!("{number}/{bank}"), self.name.clone())
    }
}

fn net(rows: &[Planned]) -> i64 {
    rows.iter().map(|row| row.haler).sum()
}

fn abo(rows: &[Planned]) -> String {
    let (opening, closing) = (1_000_000, 1_000_000 + net(rows));
    let sign = if closing < 0 { '-' } else { '+' };
    let mut text = format!(
        "074{:016}{:<20}010126{opening:014}+{:014}{sign}{:014}+{:014}+001310127\r\n",
        2_000_145_399_u64,
        "PROGRAMY",
        closing.abs(),
        0,
        0
    );
    for row in rows {
        let (number, bank) = row.account;
        let (prefix, number) = number.split_once('-').unwrap_or(("0", number));
        let (code, day) = (if row.haler < 0 { 1 } else { 2 }, row.day.format("%d%m%y"));
        let (haler, symbol, name) = (row.haler.abs(), row.symbol, &row.name);
        let _ = write!(
            text,
            "075{:016}{prefix:0>6}{number:0>10}{:013}{haler:012}{code}{symbol:010}00{bank}0308{:010}{day}{name:<20}00203{day}\r\n",
            2_000_145_399_u64, 5, 0
        );
    }
    text
}

fn table(names: &str, rows: &[Planned], row: impl Fn(&Planned) -> String) -> String {
    let lines: Vec<String> = rows.iter().map(row).collect();
    format!("{names}\r\n{}\r\n", lines.join("\r\n"))
}

fn fio(rows: &[Planned]) -> String {
    let before = format!("\"openingBalance\";\"0,00\"\r\n\"closingBalance\";\"{}\"\r\n\r\n", in_crowns(net(rows)));
    let names = "\"ID operace\";\"Datum\";\"Objem\";\"Měna\";\"Protiúčet\";\"Název protiúčtu\";\"Kód banky\";\"VS\"";
    before
        + &table(names, rows, |row| {
            let (day, crowns, (number, bank)) = (row.day.format("%d.%m.%Y"), row.crowns(','), row.account);
            format!(
                "\"1\";\"{day}\";\"{crowns}\";\"CZK\";\"{number}\";\"{}\";\"{bank}\";\"{}\"",
                row.name,
                row.symbol()
            )
        })
}

fn in_crowns(haler: i64) -> String {
    format!("{}{},{:02}", if haler < 0 { "-" } else { "" }, haler.abs() / 100, haler.abs() % 100)
}

fn george(rows: &[Planned]) -> String {
    let names = "Datum zaúčtování,Název protiúčtu,IBAN,Protiúčet,Bankovní kód protiúčtu,Částka,Měna,Variabilní symbol";
    table(names, rows, |row| {
        let (day, crowns, (number, bank)) = (row.day, row.crowns('.'), row.account);
        format!("{day},{},,{number},{bank},{crowns},CZK,{}", row.name, row.symbol())
    })
}

fn business24(rows: &[Planned]) -> String {
    let names = "Předčíslí účtu plátce/příjemce;Číslo účtu plátce/příjemce;Kód banky plátce/příjemce;Částka (transakce);Název protiúčtu;Datum zpracování;Variabilní symbol 1";
    table(names, rows, |row| {
        let (day, crowns, (number, bank)) = (row.day.format("%Y/%m/%d"), row.crowns(','), row.account);
        let (prefix, number) = number.split_once('-').unwrap_or(("", number));
        format!("{prefix};{number};{};{crowns};{};{day};{}", bank.trim_start_matches('0'), row.name, row.symbol())
    })
}

fn ceb(rows: &[Planned]) -> String {
    let names =
        "datum zaúčtování;částka;měna;variabilní symbol/reference;název protistrany/protistrana;účet protistrany";
    table(names, rows, |row| {
        let (day, crowns, (number, bank)) = (row.day.format("%d.%m.%Y"), row.crowns(','), row.account);
        format!("{day};{crowns};CZK;{};\"{}\";{number}/{bank}", row.symbol(), row.name)
    })
}

fn servis24(rows: &[Planned]) -> String {
    let names = "\"Item\";\"Posting date\";\"Amount CZK\";\"Bank account details\";\"Variable symbol 1\";\"Counteraccount name\"";
    table(names, rows, |row| {
        let (day, crowns, (number, bank)) = (row.day.format("%Y/%m/%d"), row.crowns(','), row.account);
        format!("\"x\";\"{day}\";\"{crowns}\";\"{number}/{bank}\";\"{}\";\"{}\"", row.symbol(), row.name)
    })
}

fn camt(rows: &[Planned]) -> String {
    let balance = |code: &str, haler: i64| {
        let side = if haler < 0 { "DBIT" } else { "CRDT" };
        format!(
            "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"CZK\">{}.{:02}</Amt><CdtDbtInd>{side}</CdtDbtInd></Bal>",
            haler.abs() / 100,
            haler.abs() % 100
        )
    };
    let entry = |row: &Planned| {
        let ((number, bank), amount) = (row.account, row.crowns('.'));
        let (side, party) = if row.haler < 0 { ("DBIT", "Cdtr") } else { ("CRDT", "Dbtr") };
        format!(
            "<Ntry><Amt Ccy=\"CZK\">{}</Amt><CdtDbtInd>{side}</CdtDbtInd><BookgDt><Dt>{}</Dt></BookgDt><NtryDtls><TxDtls>\
             <Refs><EndToEndId>/VS{}/SS/KS</EndToEndId></Refs><RltdPties><{party}><Nm>{}</Nm></{party}>\
             <{party}Acct><Id><Othr><Id>{number}/{bank}</Id></Othr></Id></{party}Acct></RltdPties></TxDtls></NtryDtls></Ntry>\n",
            amount.trim_start_matches('-'),
            row.day,
            row.symbol(),
            row.name
        )
    };
    let entries: String = rows.iter().map(entry).collect();
    let balances = balance("OPBD", 0) + &balance("CLBD", net(rows));
    format!("<Document>\n<BkToCstmrStmt><Stmt>{balances}{entries}</Stmt></BkToCstmrStmt></Document>")
}

fn mt940(rows: &[Planned]) -> String {
    let balance = |haler: i64| {
        let side = if haler < 0 { 'D' } else { 'C' };
        format!("{side}260101CZK{},{:02}", haler.abs() / 100, haler.abs() % 100)
    };
    let mut text = format!(":20:A\r\n:25:0100/2000145399\r\n:60F:{}\r\n", balance(0));
    for row in rows {
        let ((number, bank), amount, side) = (row.account, row.crowns(','), if row.haler < 0 { 'D' } else { 'C' });
        let (value, entry) = (row.day.format("%y%m%d"), row.day.format("%m%d"));
        let (amount, symbol) = (amount.trim_start_matches('-'), row.symbol());
        let symbol = if symbol.is_empty() { "NONREF".to_owned() } else { symbol };
        let _ = write!(
            text,
            ":61:{value}{entry}{side}{amount}NTRF{symbol}\r\n:86:020?30{bank}?31{number}?32{}\r\n",
            row.name
        );
    }
    text + &format!(":62F:{}\r\n-\r\n", balance(net(rows)))
}

/// A format: its name, how it writes a statement, and whether it tells its sums.
type Writer = (&'static str, fn(&[Planned]) -> String, bool);

const WRITERS: [Writer; 8] = [
    ("ABO", abo, true),
    ("Fio", fio, true),
    ("George", george, false),
    ("Business24", business24, false),
    ("CEB", ceb, false),
    ("Servis24", servis24, false),
    ("CAMT.053", camt, true),
    ("MT940", mt940, true),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_250))]

    /// With eight formats, ten thousand statements.
    #[test]
    fn what_each_format_writes_is_read_back(rows in prop::collection::vec(planned(), 1..4)) {
        for (format, write, has_sums) in WRITERS {
            let text = write(&rows);
            let statement = read(text.as_bytes(), None).unwrap_or_else(|refused| panic!("{format}: {refused:?} in {text}"));
            let told: Vec<_> = statement.rows.iter().map(|row| {
                let symbol = row.variable_symbol.map(|symbol| symbol.to_string()).unwrap_or_default();
                (row.booked_on, row.amount.haler(), symbol, row.counter_account.clone(), row.counter_name.clone())
            }).collect();
            let expected: Vec<_> = rows.iter().map(Planned::told).collect();
            prop_assert_eq!(told, expected, "{}", format);
            prop_assert!(statement.rows.iter().all(|row| row.currency == "CZK"), "{}", format);
            let controls = has_sums.then(|| Controls { told: Money::from_haler(net(&rows)), found: Money::from_haler(net(&rows)) });
            // Sums of nothing are not told where zeros stand for what is not known.
            if net(&rows) != 0 {
                prop_assert_eq!(statement.controls, controls, "{}", format);
            }
        }
    }
}

proptest! {
    /// Any of the rows is spoilt: those that are read and those that are told are all rows of the file.
    #[test]
    fn what_is_read_and_what_is_told_are_all_rows(rows in prop::collection::vec(planned(), 2..6), at in any::<prop::sample::Index>()) {
        let spoilt = at.index(rows.len());
        for (format, write, _) in WRITERS {
            // A day that is none, in the digits that each format has for the one that nobody else has.
            let mut rows = rows.clone();
            rows[spoilt].day = date("2038-10-30");
            let text = write(&rows);
            let text = ["30.10.2038", "301038", "2038/10/30", "2038-10-30", "3810301030"].iter().zip(["32.10.2038", "321038", "2038/13/30", "2038-13-30", "3813301330"]).fold(text, |text, (day, none)| text.replace(day, none));
            let statement = read(text.as_bytes(), None).unwrap_or_else(|refused| panic!("{format}: {refused:?} in {text}"));
            prop_assert_eq!((statement.rows.len(), statement.unread.len()), (rows.len() - 1, 1), "{}: {}", format, text);
        }
    }

    /// One byte is wrong, or the file ends early: whoever reads it is told by a line, by the sums, or by as many rows as there were.
    #[test]
    fn damage_never_loses_a_row_in_silence(
        rows in prop::collection::vec(planned(), 1..5),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        is_cut in any::<bool>(),
    ) {
        for (format, write, has_sums) in WRITERS {
            let mut bytes = write(&rows).into_bytes();
            let place = at.index(bytes.len());
            if is_cut { bytes.truncate(place) } else { bytes[place] = byte }
            // A cut that falls between two rows of a table without sums is a shorter table.
            let is_told = match read(&bytes, None) {
                Err(StatementRefused { line, .. }) => line > 0,
                Ok(read) => read.rows.len() + read.unread.len() >= rows.len() || read.controls.is_some_and(|controls| !controls.agree()),
            };
            prop_assert!(is_told || !has_sums, "{}: {}", format, String::from_utf8_lossy(&bytes));
        }
    }
}
