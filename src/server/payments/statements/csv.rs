//! CSV of Czech banks: Fio, ČSOB, Komerční banka, Česká spořitelna, Raiffeisenbank, Moneta, Air Bank, mBank.
//!
//! Each has names of its own for the same columns, and some have lines in front of them. Columns are found by their names, so
//! a bank that adds or moves one is read as before, and one that is not in the list but calls its columns like another is
//! read too.

use csv::{ReaderBuilder, StringRecord};

use super::{Booking, values};
use crate::model::{
    base::{money::Money, text::without_accents},
    money::bank::{StatementFault, StatementRefused},
};

/// How far down the names of the columns may stand.
const MOST_LINES_BEFORE: usize = 60;

/// What a column holds, by the names that it has, the best first: without accents, in small letters.
const BOOKED_ON: &[&str] = &[
    "datum zauctovani",
    "datum zauctovani transakce",
    "zauctovano",
    "datum splatnosti",
    "datum provedeni",
    "datum uskutecneni transakce",
    "datum zpracovani",
    "datum odepsani",
    "splatnost",
    "datum",
];
const AMOUNT: &[&str] = &[
    "zauctovana castka",
    "castka v mene uctu",
    "castka transakce",
    "castka",
    "objem",
    "zauctovana castka v mene uctu",
];
const CURRENCY: &[&str] = &["mena uctu", "mena"];
const SYMBOL: &[&str] = &["variabilni symbol", "vs", "var. symbol"];
const ACCOUNT: &[&str] = &[
    "protiucet",
    "protiucet/kod banky",
    "protiucet a kod banky",
    "cislo protiuctu",
    "cislo uctu protiuctu",
    "cislo uctu protistrany",
    "cislo uctu platce/prijemce",
    "ucet protistrany",
];
const BANK: &[&str] = &["kod banky", "kod banky protiuctu", "banka protiuctu"];
const NAME: &[&str] = &[
    "nazev protiuctu",
    "nazev uctu protiuctu",
    "nazev protistrany",
    "nazev uctu protistrany",
    "platce/prijemce",
    "jmeno protistrany",
    "protistrana",
];
const MESSAGE: &[&str] = &["zprava pro prijemce", "popis pro prijemce", "zprava", "av pole 1", "poznamka"];
const REFERENCE: &[&str] = &[
    "id pohybu",
    "id transakce",
    "identifikace transakce",
    "referencni cislo",
    "reference transakce",
    "cislo transakce",
];
const DIRECTION: &[&str] = &["smer uhrady", "smer platby"];

/// The bookings of a statement.
pub fn read(text: &str) -> Result<Vec<Booking>, StatementRefused> {
    let (records, header, columns) = [b';', b',', b'\t']
        .into_iter()
        .find_map(|delimiter| {
            let records = records(text, delimiter);
            let at = records.iter().take(MOST_LINES_BEFORE).position(|record| Columns::of(record).is_some())?;
            let columns = Columns::of(&records[at])?;
            Some((records, at, columns))
        })
        .ok_or(StatementRefused::new(1, StatementFault::UnknownFormat))?;
    let currency = account_currency(&records[..header]);
    let mut bookings = Vec::new();
    for record in &records[header + 1..] {
        // Sums at the end and empty lines have no day.
        if cell(record, Some(columns.booked_on)).is_empty() {
            continue;
        }
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
        bookings.push(columns.booking(record, &currency).map_err(|fault| StatementRefused::new(line, fault))?);
    }
    Ok(bookings)
}

fn records(text: &str, delimiter: u8) -> Vec<StringRecord> {
    // The reader counts lines by their feeds: with returns in front of them it would be one behind.
    let text = text.replace("\r\n", "\n");
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
        let column = record.iter().position(|cell| plain(cell).trim_end_matches(':').starts_with("mena"))?;
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
    currency: Option<usize>,
    account: Option<usize>,
    bank: Option<usize>,
    name: Option<usize>,
    message: Option<usize>,
    reference: Option<usize>,
    direction: Option<usize>,
}

impl Columns {
    /// The columns that a record names, if it names those without which there is no payment.
    fn of(record: &StringRecord) -> Option<Self> {
        let names: Vec<String> = record.iter().map(plain).collect();
        let find = |wanted: &[&str]| wanted.iter().find_map(|name| names.iter().position(|other| other == name));
        Some(Self {
            booked_on: find(BOOKED_ON)?,
            amount: find(AMOUNT)?,
            symbol: find(SYMBOL)?,
            currency: find(CURRENCY),
            account: find(ACCOUNT),
            bank: find(BANK),
            name: find(NAME),
            message: find(MESSAGE),
            reference: find(REFERENCE),
            direction: find(DIRECTION),
        })
    }

    fn booking(&self, record: &StringRecord, account_currency: &str) -> Result<Booking, StatementFault> {
        let text = |column| values::words(cell(record, column));
        let booked_on = values::date(cell(record, Some(self.booked_on))).ok_or(StatementFault::BadDate)?;
        let amount = values::amount(cell(record, Some(self.amount))).ok_or(StatementFault::BadAmount)?;
        // Air Bank says the direction in words too; should it ever stop to say it by the sign, nothing is taken for income.
        let goes_out = plain(cell(record, self.direction)).starts_with("odchozi") && amount > Money::ZERO;
        // mBank puts accounts in quotes, lest a spreadsheet take them for numbers.
        let account = text(self.account).trim_matches('\'').to_owned();
        let bank = text(self.bank);
        let has_bank = account.contains('/') || bank.is_empty() || account.is_empty();
        let currency = text(self.currency).to_uppercase();
        let is_currency = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        let message = text(self.message);
        let symbol = values::symbol(cell(record, Some(self.symbol)));
        Ok(Booking {
            booked_on,
            amount: if goes_out { -amount } else { amount },
            currency: if is_currency { currency } else { account_currency.to_owned() },
            variable_symbol: symbol.or_else(|| values::symbol_in(&message)),
            counter_account: if has_bank { account } else { format!("{account}/{bank}") },
            counter_name: text(self.name),
            message,
            bank_reference: Some(text(self.reference)).filter(|reference| !reference.is_empty()),
        })
    }
}

fn cell(record: &StringRecord, column: Option<usize>) -> &str {
    column.and_then(|column| record.get(column)).unwrap_or_default().trim()
}

/// The name of a column as names are compared: small letters without accents, without the mark that mBank puts in front.
fn plain(name: &str) -> String {
    let small = values::words(name.trim().trim_start_matches(['#', '\u{feff}'])).to_lowercase();
    without_accents(&small)
}
