//! MT940, SWIFT's statement of a customer: tags between colons. `:25:` is the account, `:60F:` and `:62F:` are the balances,
//! `:61:` is a booking, and `:86:` behind it says what the bank knows of it, as each bank likes.

use chrono::{Datelike, NaiveDate};

use super::{Direction, Statement, StatementRow, accounts, net, values};
use crate::model::{
    base::money::Money,
    money::{
        bank::{Controls, StatementFault, StatementFormat, StatementRefused},
        variable_symbol::VariableSymbol,
    },
};

/// Tags without which a text is no such statement.
const NEEDED: [&str; 2] = [":20:", ":25:"];

/// Whether a text is such a statement.
pub fn is_mt940(text: &str) -> bool {
    NEEDED.iter().all(|tag| text.lines().any(|line| line.trim_start_matches(['\u{feff}', '\u{1}']).starts_with(tag)))
}

/// A statement, or several one after the other.
pub fn read(text: &str) -> Result<Statement, StatementRefused> {
    let mut statement = Reading::default();
    for field in fields(text) {
        statement.take(&field).map_err(|fault| StatementRefused::new(field.line, fault))?;
    }
    let Reading { named, rows, unread, opening, closing, .. } = statement;
    // Every statement ends with its balance (SWIFT): where that is missing, so may be what stood before it.
    if closing.is_none() {
        return Err(StatementRefused::new(text.lines().count(), StatementFault::ShortLine));
    }
    let told = opening.zip(closing).map(|(opening, closing)| closing - opening);
    Ok(Statement {
        format: StatementFormat::Mt940,
        accounts: accounts(named),
        controls: told.map(|told| Controls { told, found: net(&rows) }),
        rows,
        unread,
    })
}

/// A tag with all that stands behind it up to the next.
struct Field<'a> {
    tag: &'a str,
    text: String,
    line: usize,
}

fn fields(text: &str) -> Vec<Field<'_>> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_end();
        match tag_of(line) {
            Some((tag, rest)) => fields.push(Field { tag, text: rest.to_owned(), line: index + 1 }),
            // The dash ends a message; braces are the envelope around it.
            None if line.starts_with(['{', '}']) || matches!(line, "-" | "-}" | "") => {}
            None => {
                if let Some(field) = fields.last_mut() {
                    field.text.push('\n');
                    field.text.push_str(line);
                }
            }
        }
    }
    fields
}

/// `:61:` and what stands behind it.
fn tag_of(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.strip_prefix(':')?.split_once(':')?;
    let is_tag = matches!(tag.len(), 2 | 3) && tag.bytes().take(2).all(|byte| byte.is_ascii_digit());
    is_tag.then_some((tag, rest))
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    named: Vec<String>,
    currency: String,
    opening: Option<Money>,
    closing: Option<Money>,
    /// Whether what comes next belongs to the booking before.
    is_of_booking: bool,
    rows: Vec<StatementRow>,
    unread: Vec<StatementRefused>,
}

impl Reading {
    fn take(&mut self, field: &Field<'_>) -> Result<(), StatementFault> {
        let continues = field.tag == "86" && self.is_of_booking;
        self.is_of_booking = field.tag == "61";
        match field.tag {
            "25" => self.named.push(account(&field.text)),
            "60F" | "60M" => {
                // So does each but the last of several, before the next one begins.
                if self.closing.take().is_none() && self.opening.is_some() {
                    return Err(StatementFault::ShortLine);
                }
                let (currency, balance) = balance(&field.text)?;
                self.currency = currency;
                self.opening = self.opening.or(Some(balance));
            }
            "62F" | "62M" => self.closing = Some(balance(&field.text)?.1),
            "61" => match booking(&field.text, &self.currency) {
                Ok(row) => self.rows.push(row),
                Err(fault) => {
                    self.is_of_booking = false;
                    self.unread.push(StatementRefused::new(field.line, fault));
                }
            },
            "86" if continues => {
                if let Some(row) = self.rows.last_mut() {
                    tell(row, &field.text);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// `0100/19-2000145399`, `19-2000145399/0800` or an IBAN, as accounts are written everywhere else.
fn account(text: &str) -> String {
    let text = text.lines().next().unwrap_or_default().trim();
    let text = text.split_whitespace().next().unwrap_or_default();
    match text.split_once('/') {
        Some((bank, number)) if bank.len() == 4 && number.len() != 4 => {
            format!("{}/{bank}", number.trim_start_matches('0'))
        }
        _ => text.to_owned(),
    }
}

/// `C261122CZK1234,50`.
fn balance(text: &str) -> Result<(String, Money), StatementFault> {
    let sign = match text.get(..1) {
        Some("C") => 1,
        Some("D") => -1,
        _ => return Err(StatementFault::BadCode),
    };
    let currency = text.get(7..10).filter(|code| code.bytes().all(|byte| byte.is_ascii_uppercase()));
    let currency = currency.ok_or(StatementFault::BadAmount)?;
    let amount = text.get(10..).and_then(|amount| money(amount.trim())).ok_or(StatementFault::BadAmount)?;
    Ok((currency.to_owned(), Money::from_haler(sign * amount.haler())))
}

/// `1234,5`: digits with a comma, that may stand last.
fn money(text: &str) -> Option<Money> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',') && text.contains(',');
    let text = text.strip_suffix(',').unwrap_or(text);
    if is_plain { values::amount(text) } else { None }
}

/// `2611231123CR1234,50NTRFreference//of the bank`: the day of the value, that of the booking, the direction (`R` undoes), the
/// third letter of the currency perhaps, the amount, the kind, and the references.
fn booking(text: &str, currency: &str) -> Result<StatementRow, StatementFault> {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let value = first.get(..6).and_then(day).ok_or(StatementFault::BadDate)?;
    let rest = first.get(6..).unwrap_or_default();
    let (booked_on, rest) = match rest.get(..4).filter(|entry| entry.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(entry) => (beside(value, entry).ok_or(StatementFault::BadDate)?, rest.get(4..).unwrap_or_default()),
        None => (value, rest),
    };
    let (sign, is_reversal, rest) = direction(rest).ok_or(StatementFault::BadCode)?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b',').count();
    let amount = money(&rest[..digits]).ok_or(StatementFault::BadAmount)?;
    let references = rest.get(digits + 4..).unwrap_or_default();
    let (payers, banks) = references.split_once("//").unwrap_or((references, ""));
    let amount = Money::from_haler(sign * amount.haler());
    let bank_reference = Some(values::words(banks)).filter(|reference| !reference.is_empty() && reference != "NONREF");
    Ok(StatementRow {
        booked_on,
        amount,
        direction: Direction::of(amount, is_reversal),
        currency: if currency.is_empty() { super::currencies::UNKNOWN.to_owned() } else { currency.to_owned() },
        variable_symbol: symbol(payers),
        counter_account: String::new(),
        counter_name: String::new(),
        message: values::words(&lines.collect::<Vec<_>>().join(" ")),
        bank_reference,
    })
}

fn direction(text: &str) -> Option<(i64, bool, &str)> {
    [("RC", -1, true), ("RD", 1, true), ("C", 1, false), ("D", -1, false)]
        .into_iter()
        .find_map(|(code, sign, is_reversal)| Some((sign, is_reversal, text.strip_prefix(code)?)))
}

/// `261123`.
fn day(digits: &str) -> Option<NaiveDate> {
    let turned = [digits.get(4..6)?, digits.get(2..4)?, digits.get(..2)?].concat();
    values::short_date(&turned)
}

/// The month and day `1231` that is nearest to another day: the year is not said, and may be the one before or after.
fn beside(value: NaiveDate, entry: &str) -> Option<NaiveDate> {
    let (month, day) = (entry.get(..2)?.parse().ok()?, entry.get(2..)?.parse().ok()?);
    [-1, 0, 1]
        .into_iter()
        .filter_map(|years| NaiveDate::from_ymd_opt(value.year() + years, month, day))
        .min_by_key(|entry| (*entry - value).num_days().abs())
}

/// The payer's reference is the variable symbol where it is digits and nothing else, or says that it is one.
fn symbol(reference: &str) -> Option<VariableSymbol> {
    values::symbol(reference).or_else(|| values::symbol_in(reference))
}

/// What `:86:` says: in numbered parts (`?20` to `?29` and `?60` to `?63` the message, `?30` the bank, `?31` the account, `?32`
/// and `?33` the name), or in plain words.
fn tell(row: &mut StatementRow, text: &str) {
    let text = text.replace('\n', "");
    let mut parts = text.split('?');
    let before = parts.next().unwrap_or_default();
    let parts: Vec<(&str, &str)> = parts.filter_map(|part| part.split_at_checked(2)).collect();
    let of = |numbers: &[&str]| {
        let chosen = parts.iter().filter(|(number, _)| numbers.contains(number)).map(|(_, text)| *text);
        values::words(&chosen.collect::<String>())
    };
    const MESSAGE: [&str; 14] = ["20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "60", "61", "62", "63"];
    let told = if parts.is_empty() { values::words(before) } else { of(&MESSAGE) };
    row.message = values::words(&format!("{} {told}", row.message));
    row.counter_name = of(&["32", "33"]);
    let (bank, number) = (of(&["30"]), of(&["31"]));
    row.counter_account =
        if bank.is_empty() || number.is_empty() || number.contains('/') { number } else { format!("{number}/{bank}") };
    row.variable_symbol = row.variable_symbol.or_else(|| values::symbol_in(&row.message));
}
