//! Bank statements: payments read from the files that Czech banks let one download.
//!
//! One file per format: [ABO](abo), the fixed columns that every bank has had since the nineties (also called GPC), [CSV](csv),
//! in which every bank has columns of its own, [CAMT.053](camt), the banks' common XML, and [MT940](mt940), SWIFT's tags. All
//! are pure functions of the file's bytes: nothing is asked of anybody, nothing panics whatever the bytes are, and what cannot
//! be read is told with its line, never left out: a row among others beside what was read, anything else instead of it.

mod abo;
mod camt;
mod csv;
mod currencies;
mod encoding;
mod mt940;
mod values;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::model::{
    base::money::Money,
    money::{
        bank::{Controls, ReversalCodes, StatementFault, StatementFormat, StatementRefused},
        variable_symbol::VariableSymbol,
    },
};

/// The most lines that a statement may have, and the most bookings of one without lines; the busiest account of a company of
/// this size has a tenth of it in a month.
const MOST_LINES: usize = 20_000;

/// A statement as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The kind of file.
    pub format: StatementFormat,
    /// The accounts that it is of, `19-2000145399/0800`, some without the bank: one as a rule, none where the file does not say.
    pub accounts: Vec<String>,
    /// What it says of its own sums, where it does.
    pub controls: Option<Controls>,
    /// What was booked, in the order of the file.
    pub rows: Vec<StatementRow>,
    /// The rows beside them that cannot be understood, in the same order.
    pub unread: Vec<StatementRefused>,
}

/// One thing that was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// The day on which the bank booked it.
    pub booked_on: NaiveDate,
    /// How much came in; negative for what went out.
    pub amount: Money,
    /// Whether it came, went, or undoes what did.
    pub direction: Direction,
    /// The currency, `CZK`.
    pub currency: String,
    /// The variable symbol, as far as it is one.
    pub variable_symbol: Option<VariableSymbol>,
    /// The other side's account, `19-2000145399/0800`.
    pub counter_account: String,
    /// The other side's name.
    pub counter_name: String,
    /// What the payer wrote.
    pub message: String,
    /// What the bank itself calls it, where the file says so.
    pub bank_reference: Option<String>,
}

/// Which way money went. Only [`Direction::In`] is ever income.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It came in.
    In,
    /// It went out.
    Out,
    /// It is back: what went out was undone.
    DebitUndone,
    /// It is gone again: what came in was undone.
    CreditUndone,
}

impl Direction {
    /// Of an amount with its sign.
    fn of(amount: Money, is_reversal: bool) -> Self {
        match (amount < Money::ZERO, is_reversal) {
            (false, false) => Self::In,
            (true, false) => Self::Out,
            (false, true) => Self::DebitUndone,
            (true, true) => Self::CreditUndone,
        }
    }
}

impl StatementRow {
    /// Whether it may pay a document.
    #[must_use]
    pub fn is_income(&self) -> bool {
        self.direction == Direction::In && self.amount > Money::ZERO
    }
}

/// Reads a statement of whatever kind.
///
/// * `codes` – how a person says that its bank numbers reversals; else the statement's own sums decide
///
/// # Errors
/// Why the file as a whole cannot be understood, or none of its rows, and on which line.
pub fn read(bytes: &[u8], codes: Option<ReversalCodes>) -> Result<Statement, StatementRefused> {
    let text = encoding::decode(bytes);
    if text.trim().is_empty() {
        return Err(StatementRefused::new(1, StatementFault::Empty));
    }
    let is_camt = camt::is_camt(&text);
    if !is_camt && text.lines().count() > MOST_LINES {
        return Err(StatementRefused::new(MOST_LINES + 1, StatementFault::TooLong));
    }
    let statement = if is_camt {
        camt::read(&text)?
    } else if abo::is_abo(&text) {
        abo::read(&text, codes)?
    } else if mt940::is_mt940(&text) {
        mt940::read(&text)?
    } else {
        csv::read(&text)?
    };
    if let ([], [first, ..]) = (statement.rows.as_slice(), statement.unread.as_slice()) {
        return Err(*first);
    }
    if statement.rows.len() > MOST_LINES {
        return Err(StatementRefused::new(1, StatementFault::TooLong));
    }
    Ok(statement)
}

/// What makes each row this one and no other, so that statements which overlap bring nothing twice: day, amount, symbol and the
/// bank's own reference, or all that the file says – and, for what looks the same, its place among its equals. The symbol
/// belongs to it because some banks give parts of one order the same reference. A file covers whole days, so that place is
/// the same in every file.
#[must_use]
pub fn references(rows: &[StatementRow]) -> Vec<String> {
    let mut seen: HashMap<Vec<u8>, u32> = HashMap::new();
    rows.iter()
        .map(|row| {
            let said = said(row);
            let place = seen.entry(said.clone()).or_insert(0);
            *place += 1;
            let mut hasher = Sha256::new();
            hasher.update(said);
            hasher.update(place.to_be_bytes());
            hex::encode(hasher.finalize())
        })
        .collect()
}

/// What makes each row that cannot be read this one and no other: all that stands on its line, the same in every file that has it.
#[must_use]
pub fn marks(bytes: &[u8], unread: &[StatementRefused]) -> Vec<String> {
    let text = encoding::decode(bytes);
    let lines: Vec<&str> = if unread.is_empty() { Vec::new() } else { text.lines().collect() };
    let line = |number: u32| usize::try_from(number).ok().and_then(|number| lines.get(number.checked_sub(1)?));
    unread.iter().map(|row| hex::encode(Sha256::digest(line(row.line).map_or("", |line| line.trim())))).collect()
}

/// What a row says, each part with its length in front so that no two ways of cutting look the same.
fn said(row: &StatementRow) -> Vec<u8> {
    let symbol = row.variable_symbol.map(|symbol| symbol.to_string()).unwrap_or_default();
    let common = [row.booked_on.to_string(), row.amount.haler().to_string(), row.currency.clone(), symbol];
    let rest = match &row.bank_reference {
        Some(reference) => vec!["reference".to_owned(), reference.clone()],
        None => {
            let StatementRow { counter_account, counter_name, message, .. } = row.clone();
            vec!["all".to_owned(), counter_account, counter_name, message]
        }
    };
    let mut said = Vec::new();
    for part in common.iter().chain(&rest) {
        said.extend_from_slice(&part.len().to_be_bytes());
        said.extend_from_slice(part.as_bytes());
    }
    said
}

/// The accounts that a file names, each once.
fn accounts<A: Into<String>>(named: impl IntoIterator<Item = A>) -> Vec<String> {
    let mut accounts: Vec<String> = Vec::new();
    for account in named.into_iter().map(Into::into) {
        if !account.is_empty() && !accounts.contains(&account) {
            accounts.push(account);
        }
    }
    accounts
}

/// What all rows together changed.
fn net<'a>(rows: impl IntoIterator<Item = &'a StatementRow>) -> Money {
    rows.into_iter().fold(Money::ZERO, |sum, row| sum + row.amount)
}
