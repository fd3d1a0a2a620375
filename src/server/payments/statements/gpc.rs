//! GPC (also ABO): records of 128 columns, one a line. `074` begins a statement, `075` is a booking, `076` its bank's
//! reference, `078` and `079` its message; the others say nothing about payments.

use crate::model::{
    base::money::Money,
    money::bank::{StatementFault, StatementRefused},
};

use super::{Booking, values};

/// The columns that a booking needs at least: up to its value date. Some banks cut the blanks off behind the name.
const SHORTEST_BOOKING: usize = 97;

/// Whether a text is such a statement: its first line that says anything begins one or is a booking.
pub fn is_gpc(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let follows = first.chars().skip(3).take(16);
    (first.starts_with("074") || first.starts_with("075"))
        && follows.clone().count() == 16
        && follows.into_iter().all(|c| c.is_ascii_digit())
}

/// The bookings of a statement.
pub fn read(text: &str) -> Result<Vec<Booking>, StatementRefused> {
    let mut bookings: Vec<Booking> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let record = Record(line.chars().collect());
        match record.columns(1, 3).as_str() {
            "075" => bookings.push(booking(&record).map_err(|fault| StatementRefused::new(index + 1, fault))?),
            "076" => {
                if let Some(booking) = bookings.last_mut() {
                    let reference = values::words(&record.columns(4, 29));
                    let says_something = reference.chars().any(|c| c != '0' && c != ' ');
                    booking.bank_reference = says_something.then_some(reference);
                }
            }
            "078" | "079" => {
                if let Some(booking) = bookings.last_mut() {
                    booking.message = values::words(&format!("{} {}", booking.message, record.columns(4, 128)));
                    booking.variable_symbol = booking.variable_symbol.or_else(|| values::symbol_in(&booking.message));
                }
            }
            _ => {}
        }
    }
    Ok(bookings)
}

/// A line by its columns.
struct Record(Vec<char>);

impl Record {
    /// From one column to another, both counted from one as the banks' descriptions do.
    fn columns(&self, from: usize, to: usize) -> String {
        self.0.iter().skip(from - 1).take(to + 1 - from).collect()
    }
}

fn booking(record: &Record) -> Result<Booking, StatementFault> {
    if record.0.len() < SHORTEST_BOOKING {
        return Err(StatementFault::ShortLine);
    }
    let haler = record.columns(49, 60);
    let haler = haler.trim();
    if haler.is_empty() || !haler.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(StatementFault::BadAmount);
    }
    let haler: i64 = haler.parse().map_err(|_| StatementFault::BadAmount)?;
    // A booking that is undone takes the other direction: 4 undoes a debit, 5 a credit.
    let sign = match record.columns(61, 61).as_str() {
        "1" | "5" => -1,
        "2" | "4" => 1,
        _ => return Err(StatementFault::BadCode),
    };
    // The day of booking stands at the end; where it is missing, that of the value is the nearest.
    let booked_on = values::short_date(&record.columns(123, 128))
        .or_else(|| values::short_date(&record.columns(92, 97)))
        .ok_or(StatementFault::BadDate)?;
    Ok(Booking {
        booked_on,
        amount: Money::from_haler(sign * haler),
        currency: currency(&record.columns(119, 122)).to_owned(),
        variable_symbol: values::symbol(&record.columns(62, 71)),
        counter_account: account(&record.columns(20, 35), &record.columns(74, 77)),
        counter_name: values::words(&record.columns(98, 117)),
        message: String::new(),
        // The number of the document (columns 36 to 48) is no bank's promise to be unique.
        bank_reference: None,
    })
}

/// The currency by its number (ISO 4217). Some banks write the kind of data there instead, and mean the account's own: crowns.
fn currency(number: &str) -> &'static str {
    match number.trim().trim_start_matches('0') {
        "978" => "EUR",
        "840" => "USD",
        "826" => "GBP",
        "756" => "CHF",
        "985" => "PLN",
        "348" => "HUF",
        _ => "CZK",
    }
}

/// An account of sixteen digits with its bank. Most banks write prefix and number one after the other; Komerční banka and
/// those that follow it write the digits in the order of the old clearing centre. Which of the two it is shows by the check
/// digits of both parts (Decree 169/2011 Coll.): they are right in one order only, but for one account in a hundred.
fn account(digits: &str, bank: &str) -> String {
    let Some(digits) = digits.chars().map(|digit| digit.to_digit(10)).collect::<Option<Vec<u32>>>() else {
        return String::new();
    };
    let Ok(plain) = <[u32; 16]>::try_from(digits) else { return String::new() };
    let unscrambled = SCRAMBLED.map(|place| plain[place]);
    let digits = if !is_account(&plain) && is_account(&unscrambled) { unscrambled } else { plain };
    let text =
        |digits: &[u32]| digits.iter().map(u32::to_string).collect::<String>().trim_start_matches('0').to_owned();
    let (prefix, number) = (text(&digits[..6]), text(&digits[6..]));
    let bank = bank.trim();
    if number.is_empty() {
        return String::new();
    }
    let prefix = if prefix.is_empty() { prefix } else { format!("{prefix}-") };
    let bank = if bank.len() == 4 && bank != "0000" { format!("/{bank}") } else { String::new() };
    format!("{prefix}{number}{bank}")
}

/// Where each digit of prefix and number stands in the order of the clearing centre.
const SCRAMBLED: [usize; 16] = [10, 11, 12, 13, 14, 15, 4, 5, 6, 7, 8, 3, 9, 1, 2, 0];

/// Whether the weighted sums of prefix and number are multiples of eleven.
fn is_account(digits: &[u32; 16]) -> bool {
    const PREFIX: [u32; 6] = [10, 5, 8, 4, 2, 1];
    const NUMBER: [u32; 10] = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
    let fits = |digits: &[u32], weights: &[u32]| {
        digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11 == 0
    };
    fits(&digits[..6], &PREFIX) && fits(&digits[6..], &NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_reads_in_both_orders() {
        let plain = "0000192000145399";
        assert_eq!(account(plain, "0800"), "19-2000145399/0800");
        let mut scrambled = ['0'; 16];
        for (digit, place) in plain.chars().zip(SCRAMBLED) {
            scrambled[place] = digit;
        }
        let scrambled: String = scrambled.into_iter().collect();
        assert_ne!(scrambled, plain);
        assert_eq!(account(&scrambled, "0800"), "19-2000145399/0800");
        assert_eq!(account("0000000000000000", "0000"), "", "cash comes from no account");
        assert_eq!(
            account("1234567890123456", "0100"),
            "123456-7890123456/0100",
            "neither order fits: as it is written"
        );
        assert_eq!(account("x", ""), "");
    }

    #[test]
    fn a_currency_is_a_number() {
        assert_eq!(currency("0203"), "CZK");
        assert_eq!(currency("0978"), "EUR");
        assert_eq!(currency("1101"), "CZK");
    }
}
