//! CSV of Czech banks: Fio, ČSOB (also CEB), Komerční banka (also KB+), Česká spořitelna (George, Business24, Servis24),
//! Raiffeisenbank, Moneta, Air Bank, mBank.
//!
//! Each has names of its own for the same columns, and some have lines in front of them. Columns are found by their names, so
//! a bank that adds or moves one is read as before, and one that is not in the list but calls its columns like another is
//! read too.

use csv::{ReaderBuilder, StringRecord};

use super::{Direction, Statement, StatementRow, accounts, net, values};
use crate::model::{
    base::{money::Money, text::without_accents},
    money::bank::{Controls, StatementFault, StatementFormat, StatementRefused},
};

/// How far down the names of the columns may stand.
const MOST_LINES_BEFORE: usize = 60;

/// What a column holds, by the names that it has, the best first: without accents, in small letters.
/// The day of booking comes before that of the value or of the due date, which say when interest begins.
const BOOKED_ON: &[&str] = &[
    "datum zauctovani",
    "datum zuctovani",
    "datum zauctovani transakce",
    "zauctovano",
    "posting date",
    "datum zpracovani",
    "datum provedeni",
    "datum uskutecneni transakce",
    "datum odepsani",
    "datum splatnosti",
    "splatnost",
    "datum",
];
const AMOUNT: &[&str] = &[
    "zauctovana castka",
    "castka v mene uctu",
    "castka transakce",
    "castka (transakce)",
    "castka",
    "objem",
    "zauctovana castka v mene uctu",
    "amount",
];
/// What stands before the currency in the name of a column of amounts: `Částka CZK`.
const AMOUNT_IN: [&str; 2] = ["castka ", "amount "];
const CURRENCY: &[&str] = &["mena uctu", "mena", "currency"];
const SYMBOL: &[&str] = &[
    "variabilni symbol",
    "vs",
    "var. symbol",
    "variabilni symbol 1",
    "variabilni symbol/reference",
    "variable symbol 1",
    "variable symbol",
];
const OWN_ACCOUNT: &[&str] = &["cislo uctu", "accountid", "account number"];
const ACCOUNT: &[&str] = &[
    "protiucet",
    "protiucet/kod banky",
    "protiucet a kod banky",
    "cislo protiuctu",
    "cislo uctu protiuctu",
    "cislo uctu protistrany",
    "cislo uctu platce/prijemce",
    "ucet protistrany",
    "bankovni spojeni",
    "bank account details",
    "protistrana",
];
const ACCOUNT_PREFIX: &[&str] = &["predcisli uctu platce/prijemce", "predcisli protiuctu"];
const IBAN: &[&str] = &["iban"];
const BANK: &[&str] = &[
    "kod banky",
    "kod banky protiuctu",
    "bankovni kod protiuctu",
    "kod banky platce/prijemce",
    "kod banky protistrany",
    "banka protiuctu",
];
const NAME: &[&str] = &[
    "nazev protiuctu",
    "nazev uctu protiuctu",
    "nazev protistrany",
    "nazev protistrany/protistrana",
    "nazev uctu protistrany",
    "counteraccount name",
    "platce/prijemce",
    "jmeno protistrany",
    "protistrana",
];
const MESSAGE: &[&str] = &[
    "zprava pro prijemce",
    "zprava prijemci i platci",
    "message for payee",
    "popis pro prijemce",
    "zprava",
    "av pole 1",
    "poznamka",
];
const REFERENCE: &[&str] = &[
    "id pohybu",
    "id operace",
    "id transakce",
    "identifikace transakce",
    "bankovni reference",
    "referencni cislo",
    "referencni cislo transakce",
    "transaction reference number",
    "reference transakce",
    "cislo transakce",
];
const DIRECTION: &[&str] = &["smer uhrady", "smer platby", "prichozi/odchozi(kreditni-debetni polozka)"];
const REVERSAL: &[&str] = &["storno", "cancellation"];
const BOOKED_YET: &[&str] = &["ucetni/neucetni polozka"];
/// What begins a line of sums behind the payments.
const SUMS: [&str; 6] = ["suma", "celkem", "soucet", "konecny", "pocatecni", "zustatek"];

/// A statement.
pub fn read(text: &str) -> Result<Statement, StatementRefused> {
    // The reader counts lines by their feeds: with returns in front of them it would be one behind.
    let text = &text.replace("\r\n", "\n");
    let (delimiter, records, header, columns) = [b';', b',', b'\t']
        .into_iter()
        .find_map(|delimiter| {
            let records = records(text, delimiter);
            let at = records.iter().take(MOST_LINES_BEFORE).position(|record| Columns::of(record).is_some())?;
            let columns = Columns::of(&records[at])?;
            Some((delimiter, records, at, columns))
        })
        .ok_or(StatementRefused::new(1, StatementFault::UnknownFormat))?;
    quotes_are_closed(text, char::from(delimiter))
        .map_err(|line| StatementRefused::new(line, StatementFault::OpenQuote))?;
    let before = &records[..header];
    let currency = account_currency(before);
    let (mut rows, mut unread) = (Vec::new(), Vec::new());
    for record in &records[header + 1..] {
        if says_no_payment(record, columns.booked_on) {
            continue;
        }
        match columns.row(record, &currency) {
            Ok(row) => rows.push(row),
            Err(fault) => unread.push(StatementRefused::new(line_of(record), fault)),
        }
    }
    let payments = records[header + 1..].iter().filter(|record| !says_no_payment(record, columns.booked_on));
    let own = accounts(payments.map(|record| cell(record, columns.own_account)));
    Ok(Statement {
        format: StatementFormat::Csv,
        accounts: if own.is_empty() { accounts([account_before(before)]) } else { own },
        controls: controls(before, &rows),
        rows,
        unread,
    })
}

fn line_of(record: &StringRecord) -> usize {
    record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX))
}

/// Whether a record behind the names of the columns is none of a payment: it is empty, it is a remark in words, or it has no day
/// and says that it is a sum. Anything else without a day is a payment that cannot be read.
fn says_no_payment(record: &StringRecord, booked_on: usize) -> bool {
    let mut said = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let Some(first) = said.next() else { return true };
    let is_remark = said.next().is_none() && first.starts_with(char::is_alphabetic);
    let is_sum = SUMS.iter().any(|sum| plain(first).starts_with(sum)) || first.starts_with('#');
    is_remark || is_sum && values::date(cell(record, Some(booked_on))).is_none()
}

/// Fails with the line on which a quote begins that does not end where a cell does: from there on nothing is what it seems.
fn quotes_are_closed(text: &str, delimiter: char) -> Result<(), usize> {
    let mut letters = text.chars().peekable();
    let (mut line, mut at_start) = (1, true);
    while let Some(letter) = letters.next() {
        let begins_quote = at_start && letter == '"';
        at_start = letter == delimiter || is_end(letter);
        line += usize::from(letter == '\n');
        if !begins_quote {
            continue;
        }
        let opened = line;
        loop {
            match letters.next() {
                None => return Err(opened),
                Some('"') if letters.peek() == Some(&'"') => {
                    letters.next();
                }
                Some('"') => break,
                Some(letter) => line += usize::from(letter == '\n'),
            }
        }
        let ends = letters.peek().is_none_or(|next| *next == delimiter || is_end(*next));
        if !ends {
            return Err(opened);
        }
    }
    Ok(())
}

fn is_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r')
}

/// What stands beside a label in the lines before the columns.
fn beside<'a>(before: &'a [StringRecord], labels: &[&str]) -> Vec<&'a str> {
    let is_label = |cell: &str| labels.iter().any(|label| plain(cell).trim_end_matches(':') == *label);
    let found = before.iter().find(|record| record.get(0).is_some_and(is_label));
    found.map(|record| record.iter().skip(1).map(str::trim).collect()).unwrap_or_default()
}

/// The account as the lines before the columns name it.
fn account_before(before: &[StringRecord]) -> String {
    let account = beside(before, OWN_ACCOUNT).first().copied().unwrap_or_default();
    let account = account.split_whitespace().next().unwrap_or_default();
    match beside(before, &["bankid"]).first() {
        Some(bank) if !account.is_empty() && !account.contains('/') => format!("{account}/{bank}"),
        _ => account.to_owned(),
    }
}

/// What the balances before the columns say, where both stand there.
fn controls(before: &[StringRecord], rows: &[StatementRow]) -> Option<Controls> {
    let balance = |labels: &[&str]| values::amount(beside(before, labels).first()?);
    let opening = balance(&["pocatecni zustatek", "openingbalance"])?;
    let closing = balance(&["konecny zustatek", "closingbalance"])?;
    Some(Controls { told: closing - opening, found: net(rows) })
}

fn records(text: &str, delimiter: u8) -> Vec<StringRecord> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records()
        // Text that was decoded is UTF-8, and nothing else can be wrong with a record of any length.
        .map_while(Result::ok)
        .collect()
}

/// The account's currency as the lines before the columns name it; crowns where none does.
fn account_currency(before: &[StringRecord]) -> String {
    let is_code = |text: &&str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let named = before.iter().enumerate().find_map(|(row, record)| {
        let column = record.iter().position(|cell| {
            let name = plain(cell);
            name.starts_with("mena") || name == "currency"
        })?;
        let beside = record.get(column + 1).map(str::trim);
        let below = before.get(row + 1).and_then(|next| next.get(column)).map(str::trim);
        [beside, below].into_iter().flatten().find(is_code)
    });
    named.unwrap_or("CZK").to_owned()
}

/// Where what stands.
struct Columns {
    booked_on: usize,
    amount: usize,
    symbol: usize,
    /// The currency that the name of the column of amounts bears.
    amount_in: Option<String>,
    currency: Option<usize>,
    own_account: Option<usize>,
    account: Option<usize>,
    prefix: Option<usize>,
    iban: Option<usize>,
    bank: Option<usize>,
    name: Option<usize>,
    message: Option<usize>,
    reference: Option<usize>,
    direction: Option<usize>,
    reversal: Option<usize>,
    booked_yet: Option<usize>,
}

impl Columns {
    /// The columns that a record names, if it names those without which there is no payment.
    fn of(record: &StringRecord) -> Option<Self> {
        let names: Vec<String> = record.iter().map(plain).collect();
        let find = |wanted: &[&str]| wanted.iter().find_map(|name| names.iter().position(|other| other == name));
        let in_currency = || names.iter().enumerate().find_map(|(at, name)| Some((at, currency_of_column(name)?)));
        let (amount, amount_in) = match find(AMOUNT) {
            Some(at) => (at, None),
            None => in_currency().map(|(at, currency)| (at, Some(currency)))?,
        };
        Some(Self {
            booked_on: find(BOOKED_ON)?,
            amount,
            symbol: find(SYMBOL)?,
            amount_in,
            currency: find(CURRENCY),
            own_account: find(OWN_ACCOUNT),
            account: find(ACCOUNT),
            prefix: find(ACCOUNT_PREFIX),
            iban: find(IBAN),
            bank: find(BANK),
            name: find(NAME),
            message: find(MESSAGE),
            reference: find(REFERENCE),
            direction: find(DIRECTION),
            reversal: find(REVERSAL),
            booked_yet: find(BOOKED_YET),
        })
    }

    fn row(&self, record: &StringRecord, account_currency: &str) -> Result<StatementRow, StatementFault> {
        let text = |column| values::words(cell(record, column));
        let says = |column, word: &str| plain(cell(record, column)).starts_with(word);
        if says(self.booked_yet, "neucetni") {
            return Err(StatementFault::NotBooked);
        }
        let booked_on = values::date(cell(record, Some(self.booked_on))).ok_or(StatementFault::BadDate)?;
        let amount = values::amount(cell(record, Some(self.amount))).ok_or(StatementFault::BadAmount)?;
        // Air Bank says the direction in words too; should it ever stop to say it by the sign, nothing is taken for income.
        let goes_out = says(self.direction, "odchozi") && amount > Money::ZERO;
        let amount = if goes_out { -amount } else { amount };
        let reversal = plain(cell(record, self.reversal));
        let is_reversal = !matches!(reversal.as_str(), "" | "ne" | "no" | "n" | "0");
        let currency = text(self.currency).to_uppercase();
        let is_currency = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        let message = text(self.message);
        let symbol = values::symbol(cell(record, Some(self.symbol)));
        let named = self.amount_in.as_deref().unwrap_or(account_currency);
        let (counter_account, counter_name) = self.counter(record);
        Ok(StatementRow {
            booked_on,
            amount,
            direction: Direction::of(amount, is_reversal),
            currency: if is_currency { currency } else { named.to_owned() },
            variable_symbol: symbol.or_else(|| values::symbol_in(&message)),
            counter_account,
            counter_name,
            message,
            bank_reference: Some(text(self.reference)).filter(|reference| !reference.is_empty()),
        })
    }

    /// The other side's account and name. Komerční banka's new column "Protistrana" holds an account, others' a name.
    fn counter(&self, record: &StringRecord) -> (String, String) {
        let text = |column| values::words(cell(record, column));
        // mBank puts accounts in quotes, lest a spreadsheet take them for numbers.
        let number = text(self.account).trim_matches('\'').to_owned();
        let is_account = self.account != self.name || number.starts_with(|c: char| c.is_ascii_digit());
        let number = if is_account { number } else { String::new() };
        let name = if self.account == self.name && is_account { String::new() } else { text(self.name) };
        let prefix = text(self.prefix);
        let has_prefix = prefix.bytes().any(|digit| digit != b'0') && !number.contains('-');
        let number = if has_prefix && !number.is_empty() { format!("{prefix}-{number}") } else { number };
        let bank = text(self.bank);
        let bank = if bank.bytes().all(|byte| byte.is_ascii_digit()) && !bank.is_empty() {
            format!("{bank:0>4}")
        } else {
            bank
        };
        let account = if number.is_empty() {
            text(self.iban)
        } else if number.contains('/') || bank.is_empty() {
            number
        } else {
            format!("{number}/{bank}")
        };
        (account, name)
    }
}

/// The currency in the name of a column of amounts, as `castka czk` has it.
fn currency_of_column(name: &str) -> Option<String> {
    let code = AMOUNT_IN.iter().find_map(|before| name.strip_prefix(before))?;
    (code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| code.to_uppercase())
}

fn cell(record: &StringRecord, column: Option<usize>) -> &str {
    column.and_then(|column| record.get(column)).unwrap_or_default().trim()
}

/// The name of a column as names are compared: small letters without accents, without the mark that mBank puts in front.
fn plain(name: &str) -> String {
    let small = values::words(name.trim().trim_start_matches(['#', '\u{feff}']).trim_end_matches(',')).to_lowercase();
    without_accents(&small)
}
