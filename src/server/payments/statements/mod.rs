//! Bank statements: payments read from the files that Czech banks let one download.
//!
//! Two kinds of file: [GPC](gpc), the fixed columns that every bank has had since the nineties, and [CSV](csv), in which
//! every bank has columns of its own. Both are pure functions of the file's bytes: nothing is asked of anybody, and nothing
//! panics whatever the bytes are.

mod csv;
mod encoding;
mod gpc;
mod values;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::model::{
    base::money::Money,
    money::{
        bank::{StatementFault, StatementFormat, StatementRefused},
        variable_symbol::VariableSymbol,
    },
};

/// The most lines that a statement may have; the busiest account of a company of this size has a tenth of it in a month.
const MOST_LINES: usize = 20_000;

/// A statement as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The kind of file.
    pub format: StatementFormat,
    /// What was booked, in the order of the file.
    pub bookings: Vec<Booking>,
}

/// One thing that was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The day on which the bank booked it.
    pub booked_on: NaiveDate,
    /// How much came in; negative for what went out.
    pub amount: Money,
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

/// Reads a statement of whatever kind.
///
/// # Errors
/// What cannot be understood, and on which line.
pub fn read(bytes: &[u8]) -> Result<Statement, StatementRefused> {
    let text = encoding::decode(bytes);
    if text.trim().is_empty() {
        return Err(StatementRefused::new(1, StatementFault::Empty));
    }
    if text.lines().count() > MOST_LINES {
        return Err(StatementRefused::new(MOST_LINES + 1, StatementFault::TooLong));
    }
    let (format, bookings) = if gpc::is_gpc(&text) {
        (StatementFormat::Gpc, gpc::read(&text)?)
    } else {
        (StatementFormat::Csv, csv::read(&text)?)
    };
    Ok(Statement { format, bookings })
}

/// What makes each booking this one and no other, so that statements which overlap bring nothing twice: the bank's own
/// reference with day and amount, or all that the file says – and, for what looks the same, its place among its equals.
/// A file covers whole days, so that place is the same in every file.
#[must_use]
pub fn references(bookings: &[Booking]) -> Vec<String> {
    let mut seen: HashMap<Vec<u8>, u32> = HashMap::new();
    bookings
        .iter()
        .map(|booking| {
            let said = said(booking);
            let place = seen.entry(said.clone()).or_insert(0);
            *place += 1;
            let mut hasher = Sha256::new();
            hasher.update(said);
            hasher.update(place.to_be_bytes());
            hex::encode(hasher.finalize())
        })
        .collect()
}

/// What a booking says, each part with its length in front so that no two ways of cutting look the same.
fn said(booking: &Booking) -> Vec<u8> {
    let symbol = booking.variable_symbol.map(|symbol| symbol.to_string()).unwrap_or_default();
    let common = [booking.booked_on.to_string(), booking.amount.haler().to_string(), booking.currency.clone()];
    let rest = match &booking.bank_reference {
        Some(reference) => vec!["reference".to_owned(), reference.clone()],
        None => {
            let Booking { counter_account, counter_name, message, .. } = booking.clone();
            vec!["all".to_owned(), symbol, counter_account, counter_name, message]
        }
    };
    let mut said = Vec::new();
    for part in common.iter().chain(&rest) {
        said.extend_from_slice(&part.len().to_be_bytes());
        said.extend_from_slice(part.as_bytes());
    }
    said
}
