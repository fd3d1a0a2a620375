//! ABO (also GPC): records of 128 columns, one a line; extended ones are longer. `074` begins a statement, `075` is a booking,
//! `076` its bank's reference, `078` and `079` its message; the others say nothing about payments.
//!
//! Česká spořitelna numbers what is undone as 3 (a debit) and 4 (a credit), the other banks as 4 and 5. Where only fours
//! stand, the sums of the statement tell which it is; where they do not, a person is asked.

use super::{Direction, Statement, StatementRow, accounts, currencies, net, values};
use crate::model::{
    base::money::Money,
    money::bank::{Controls, ReversalCodes, StatementFault, StatementFormat, StatementRefused},
};

/// The columns that a booking needs at least: up to its value date. Some banks cut the blanks off behind the name.
const SHORTEST_BOOKING: usize = 97;
/// The columns that the beginning of a statement needs at least: up to its turnovers.
const SHORTEST_HEAD: usize = 105;
/// What begins a line that is no record: the end of a file as DOS marked it.
const END_OF_FILE: char = '\u{1a}';

/// Whether a text is such a statement: its first line that says anything begins one or is a booking.
pub fn is_abo(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let follows = first.chars().skip(3).take(16);
    (first.starts_with("074") || first.starts_with("075"))
        && follows.clone().count() == 16
        && follows.into_iter().all(|c| c.is_ascii_digit())
}

/// A statement, or several one after the other.
pub fn read(text: &str, codes: Option<ReversalCodes>) -> Result<Statement, StatementRefused> {
    let mut statements = vec![Part::default()];
    let mut unread = Vec::new();
    // Whether what follows belongs to a booking that cannot be understood.
    let mut follows_unread = false;
    for (index, line) in text.lines().enumerate() {
        let record = Record(line.chars().collect());
        let at_line = |fault| StatementRefused::new(index + 1, fault);
        let kind = record.columns(1, 3);
        if kind == "074" {
            if record.0.len() < SHORTEST_HEAD {
                return Err(at_line(StatementFault::ShortLine));
            }
            statements.push(Part::beginning(&record));
            continue;
        }
        let Some(part) = statements.last_mut() else { continue };
        match kind.as_str() {
            "075" => {
                let booking = booking(&record);
                follows_unread = booking.is_err();
                match booking {
                    Ok((row, code)) => part.rows.push(Coded { row, code, line: index + 1 }),
                    Err(fault) => unread.push(at_line(fault)),
                }
            }
            "076" | "078" | "079" if follows_unread => {}
            "076" => {
                if let Some(booking) = part.rows.last_mut() {
                    let reference = values::words(&record.columns(4, 29));
                    let says_something = reference.chars().any(|c| c != '0' && c != ' ');
                    booking.row.bank_reference = says_something.then_some(reference);
                }
            }
            "078" | "079" => {
                if let Some(Coded { row, .. }) = part.rows.last_mut() {
                    row.message = values::words(&format!("{} {}", row.message, record.columns(4, 128)));
                    row.variable_symbol = row.variable_symbol.or_else(|| values::symbol_in(&row.message));
                }
            }
            "077" => {}
            _ if line.trim_matches(|c: char| c.is_whitespace() || c == END_OF_FILE).is_empty() => {}
            _ => {
                follows_unread = true;
                unread.push(at_line(StatementFault::UnknownRecord));
            }
        }
    }
    whole(statements, unread, codes)
}

/// The statement of all parts, once it is known how its bank numbers reversals.
fn whole(
    mut parts: Vec<Part>,
    mut unread: Vec<StatementRefused>,
    codes: Option<ReversalCodes>,
) -> Result<Statement, StatementRefused> {
    let codes = numbering(&parts, codes)?;
    for part in &mut parts {
        part.rows.retain_mut(|Coded { row, code, line }| {
            let Some(direction) = code.direction(codes) else {
                unread.push(StatementRefused::new(*line, StatementFault::BadCode));
                return false;
            };
            row.direction = direction;
            row.amount = signed(row.amount, direction);
            true
        });
    }
    unread.sort_by_key(|refused| refused.line);
    let told: Option<Vec<Controls>> =
        parts.iter().filter(|part| part.is_told_or_has_rows()).map(Part::controls).collect();
    let controls = told.filter(|told| !told.is_empty()).map(|told| {
        told.iter().fold(Controls { told: Money::ZERO, found: Money::ZERO }, |sum, part| Controls {
            told: sum.told + part.told,
            found: sum.found + part.found,
        })
    });
    Ok(Statement {
        format: StatementFormat::Gpc,
        accounts: accounts(parts.iter().map(|part| part.account.as_str())),
        controls,
        rows: parts.into_iter().flat_map(|part| part.rows).map(|coded| coded.row).collect(),
        unread,
    })
}

/// How the bank numbers reversals; it does not matter where there are none.
fn numbering(parts: &[Part], said: Option<ReversalCodes>) -> Result<ReversalCodes, StatementRefused> {
    let coded = || parts.iter().flat_map(|part| &part.rows);
    let has = |code: Code| coded().any(|row| row.code == code);
    if let Some(said) = said {
        return Ok(said);
    }
    if has(Code::Three) {
        return Ok(ReversalCodes::ThreeFour);
    }
    if has(Code::Five) {
        return Ok(ReversalCodes::FourFive);
    }
    let Some(first) = coded().find(|row| row.code == Code::Four) else { return Ok(ReversalCodes::FourFive) };
    let fits = |codes: ReversalCodes| {
        parts.iter().any(|part| part.told.is_some()) && parts.iter().all(|part| part.fits(codes))
    };
    match (fits(ReversalCodes::ThreeFour), fits(ReversalCodes::FourFive)) {
        (true, false) => Ok(ReversalCodes::ThreeFour),
        (false, true) => Ok(ReversalCodes::FourFive),
        (true, true) | (false, false) => Err(StatementRefused::new(first.line, StatementFault::UnclearReversal)),
    }
}

/// What stands behind one `074`.
#[derive(Default)]
struct Part {
    account: String,
    /// What the statement says of its own change; none where it says nothing but zeros.
    told: Option<Money>,
    rows: Vec<Coded>,
}

/// A booking whose amount has no sign yet.
struct Coded {
    row: StatementRow,
    code: Code,
    line: usize,
}

/// What says which way the money went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Debit,
    Credit,
    Three,
    Four,
    Five,
}

impl Code {
    fn direction(self, codes: ReversalCodes) -> Option<Direction> {
        match (self, codes) {
            (Self::Debit, _) => Some(Direction::Out),
            (Self::Credit, _) => Some(Direction::In),
            (Self::Three, ReversalCodes::ThreeFour) | (Self::Four, ReversalCodes::FourFive) => {
                Some(Direction::DebitUndone)
            }
            (Self::Four, ReversalCodes::ThreeFour) | (Self::Five, ReversalCodes::FourFive) => {
                Some(Direction::CreditUndone)
            }
            (Self::Three, ReversalCodes::FourFive) | (Self::Five, ReversalCodes::ThreeFour) => None,
        }
    }
}

fn signed(amount: Money, direction: Direction) -> Money {
    match direction {
        Direction::In | Direction::DebitUndone => amount,
        Direction::Out | Direction::CreditUndone => -amount,
    }
}

impl Part {
    fn beginning(record: &Record) -> Self {
        let change = record.signed(61, 75).zip(record.signed(46, 60)).map(|(closing, opening)| closing - opening);
        // Turnovers below nothing are written in two ways; balances in one only.
        let turnover = record.signed(91, 105).zip(record.signed(76, 90));
        let turnover = turnover.filter(|(came, went)| *came >= Money::ZERO && *went >= Money::ZERO);
        let turnover = turnover.map(|(came, went)| came - went);
        let told = [change, turnover].into_iter().flatten().find(|told| *told != Money::ZERO);
        // A change of nothing is told only by sums that are there: zeros alone say nothing.
        let any_sum =
            (46..=104).any(|column| record.columns(column, column).starts_with(|c: char| matches!(c, '1'..='9')));
        Self {
            account: account(&record.columns(4, 19), ""),
            told: told.or_else(|| change.filter(|_| any_sum)),
            rows: Vec::new(),
        }
    }

    fn is_told_or_has_rows(&self) -> bool {
        self.told.is_some() || !self.rows.is_empty()
    }

    fn controls(&self) -> Option<Controls> {
        Some(Controls { told: self.told?, found: net(self.rows.iter().map(|coded| &coded.row)) })
    }

    /// Whether the sums are right when reversals are numbered like that.
    fn fits(&self, codes: ReversalCodes) -> bool {
        let Some(told) = self.told else { return true };
        let sum = self.rows.iter().try_fold(Money::ZERO, |sum, coded| {
            coded.code.direction(codes).map(|direction| sum + signed(coded.row.amount, direction))
        });
        sum == Some(told)
    }
}

/// A line by its columns.
struct Record(Vec<char>);

impl Record {
    /// From one column to another, both counted from one as the banks' descriptions do.
    fn columns(&self, from: usize, to: usize) -> String {
        self.0.iter().skip(from - 1).take(to + 1 - from).collect()
    }

    /// A sum with its sign in the last column.
    fn signed(&self, from: usize, to: usize) -> Option<Money> {
        let haler = number(&self.columns(from, to - 1))?;
        let sign = if self.columns(to, to) == "-" { -1 } else { 1 };
        Some(Money::from_haler(sign * haler))
    }
}

/// Digits, and nothing else.
fn number(digits: &str) -> Option<i64> {
    let digits = digits.trim();
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn booking(record: &Record) -> Result<(StatementRow, Code), StatementFault> {
    if record.0.len() < SHORTEST_BOOKING {
        return Err(StatementFault::ShortLine);
    }
    let haler = number(&record.columns(49, 60)).ok_or(StatementFault::BadAmount)?;
    let code = match record.columns(61, 61).as_str() {
        "1" => Code::Debit,
        "2" => Code::Credit,
        "3" => Code::Three,
        "4" => Code::Four,
        "5" => Code::Five,
        _ => return Err(StatementFault::BadCode),
    };
    // The day of booking stands at the end; where it is missing, that of the value is the nearest.
    let booked_on = values::short_date(&record.columns(123, 128))
        .or_else(|| values::short_date(&record.columns(92, 97)))
        .ok_or(StatementFault::BadDate)?;
    let row = StatementRow {
        booked_on,
        amount: Money::from_haler(haler),
        direction: Direction::In,
        currency: currencies::of_number(&record.columns(119, 122)).to_owned(),
        variable_symbol: values::symbol(&record.columns(62, 71)),
        counter_account: account(&record.columns(20, 35), &record.columns(74, 77)),
        counter_name: values::words(&record.columns(98, 117)),
        message: String::new(),
        // The number of the document (columns 36 to 48) is no bank's promise to be unique.
        bank_reference: None,
    };
    Ok((row, code))
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
}
