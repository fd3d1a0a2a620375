//! Patterns of numbers: what the vendor's documents are called.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{
    base::{
        fields::{FieldCode, FieldProblem},
        text::spelled_in_json,
    },
    money::{price_list::day as coming_day, tax_documents::DocumentKind, variable_symbol},
};

/// The most N of a serial, and the most digits that one ever has.
const SERIAL_MAX: usize = 7;
/// The digits to which every serial may grow, and the symbols stay different.
const SERIAL_ROOM: usize = 6;
/// The longest number that is written, while its serial fits.
const WRITTEN_MAX: usize = 16;

/// What the numbers of a kind look like: letters, digits and hyphens as they are, the year as `{YYYY}` or `{YY}`, and the serial
/// as `{N}`, with as many N as it has digits at least. One that outgrows them is not cut.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NumberPattern(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Part {
    Text(String),
    /// The year, with so many of its digits.
    Year(usize),
    /// The serial, with so many digits at least.
    Serial(usize),
}

/// Not a pattern of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("a pattern has one year, one serial, letters, digits and hyphens, and ten digits at most")]
pub struct InvalidNumberPattern;

impl FromStr for NumberPattern {
    type Err = InvalidNumberPattern;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (plain, tail) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
            if !plain.is_empty() {
                if !plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                    return Err(InvalidNumberPattern);
                }
                parts.push(Part::Text(plain.to_owned()));
            }
            rest = tail;
            if let Some(tail) = tail.strip_prefix('{') {
                let (name, after) = tail.split_once('}').ok_or(InvalidNumberPattern)?;
                parts.push(Part::named(name)?);
                rest = after;
            }
        }
        let pattern = Self(parts);
        let count = |wanted: fn(&Part) -> bool| pattern.0.iter().filter(|part| wanted(part)).count();
        let is_one_of_each =
            count(|part| matches!(part, Part::Year(_))) == 1 && count(|part| matches!(part, Part::Serial(_))) == 1;
        let written = pattern.number(2_000, 1);
        let digits = written.bytes().filter(u8::is_ascii_digit).count();
        let fits = written.len() <= WRITTEN_MAX && digits <= variable_symbol::DIGITS;
        if is_one_of_each && fits && pattern.leaves_room() { Ok(pattern) } else { Err(InvalidNumberPattern) }
    }
}

impl fmt::Display for NumberPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Year(digits) => write!(f, "{{{}}}", "Y".repeat(*digits)),
            Part::Serial(digits) => write!(f, "{{{}}}", "N".repeat(*digits)),
        })
    }
}

spelled_in_json!(NumberPattern);

impl Part {
    fn named(name: &str) -> Result<Self, InvalidNumberPattern> {
        match name {
            "YYYY" | "YY" => Ok(Self::Year(name.len())),
            _ if (1..=SERIAL_MAX).contains(&name.len()) && name.bytes().all(|byte| byte == b'N') => {
                Ok(Self::Serial(name.len()))
            }
            _ => Err(InvalidNumberPattern),
        }
    }

    fn digits(&self) -> usize {
        match self {
            Self::Text(text) => text.bytes().filter(u8::is_ascii_digit).count(),
            Self::Year(digits) | Self::Serial(digits) => *digits,
        }
    }
}

/// A place of a number: a character that stands there, a digit, or perhaps a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Exactly(char),
    Digit,
    PerhapsDigit,
}

impl NumberPattern {
    /// Whether the serial has room among the digits of a symbol, which are the last ones of a number: what stands behind it takes
    /// that away, and a serial that is cut repeats.
    fn leaves_room(&self) -> bool {
        let is_serial = |part: &&Part| matches!(part, Part::Serial(_));
        let behind: usize = self.0.iter().rev().take_while(|part| !is_serial(part)).map(Part::digits).sum();
        let serial = self.0.iter().find(is_serial).map_or(0, Part::digits);
        behind + serial.max(SERIAL_ROOM) <= variable_symbol::DIGITS
    }

    /// The pattern of a kind for which none is set (`document_number()` in the database).
    #[must_use]
    pub fn of_ours(kind: DocumentKind) -> Self {
        let digit = match kind {
            DocumentKind::Proforma => "1",
            DocumentKind::Payment => "2",
            DocumentKind::Invoice => "3",
            DocumentKind::CreditNote => "4",
        };
        Self(vec![Part::Year(4), Part::Text(digit.to_owned()), Part::Serial(5)])
    }

    /// The number of a serial.
    #[must_use]
    pub fn number(&self, year: i32, serial: u32) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Year(4) => year.to_string(),
            Part::Year(_) => format!("{:02}", year.rem_euclid(100)),
            Part::Serial(digits) => format!("{serial:0digits$}", digits = *digits),
        };
        self.0.iter().map(part).collect()
    }

    /// Whether a number of this one may be one of the other's, or where both ask for a payment may be paid under the same symbol; as
    /// long as no serial outgrows its pattern: what does goes on beyond what is taken.
    #[must_use]
    pub fn meets(&self, other: &Self, both_ask: bool) -> bool {
        let digits = |places: Vec<Place>| -> Vec<Place> {
            let is_digit = |place: &Place| !matches!(place, Place::Exactly(letter) if !letter.is_ascii_digit());
            places.into_iter().filter(is_digit).collect()
        };
        let (one, two) = (self.places(), other.places());
        meet(&one, &two) || both_ask && meet(&digits(one), &digits(two))
    }

    /// Whether a number of this one may look like that of a request or a purchase, as long as no serial outgrows its pattern.
    fn looks_like_an_order(&self) -> bool {
        let places = self.places();
        let of_a_purchase = [&[Place::Exactly('B')], &YEAR_AND_SERIAL[..]].concat();
        meet(&places, &YEAR_AND_SERIAL) || meet(&places, &of_a_purchase)
    }

    fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => places.extend(text.chars().map(Place::Exactly)),
                // Of this millennium, whichever year.
                Part::Year(4) => places.extend([Place::Exactly('2'), Place::Exactly('0'), Place::Digit, Place::Digit]),
                Part::Year(_) => places.extend([Place::Digit; 2]),
                Part::Serial(1) => {
                    places.push(Place::Digit);
                    places.extend([Place::PerhapsDigit; SERIAL_MAX - 1]);
                }
                Part::Serial(digits) => places.extend(std::iter::repeat_n(Place::Digit, *digits)),
            }
        }
        places
    }
}

/// What numbers of requests look like, and those of purchases behind their letter (`YearSerial`).
const YEAR_AND_SERIAL: [Place; 15] = {
    let mut places = [Place::PerhapsDigit; 15];
    let mut place = 0;
    while place < 11 {
        places[place] = if place == 4 { Place::Exactly('-') } else { Place::Digit };
        place += 1;
    }
    places
};

/// Whether some text fits both.
fn meet(one: &[Place], other: &[Place]) -> bool {
    match (one, other) {
        ([], []) => true,
        ([Place::PerhapsDigit, rest @ ..], _) => meet(rest, other) || meet_digit(rest, other),
        (_, [Place::PerhapsDigit, rest @ ..]) => meet(one, rest) || meet_digit(rest, one),
        ([Place::Digit, rest @ ..], _) => meet_digit(rest, other),
        (_, [Place::Digit, rest @ ..]) => meet_digit(rest, one),
        ([Place::Exactly(letter), rest @ ..], [Place::Exactly(same), others @ ..]) => {
            letter == same && meet(rest, others)
        }
        ([], _) | (_, []) => false,
    }
}

/// The same with a digit before what is left of the one.
fn meet_digit(rest: &[Place], other: &[Place]) -> bool {
    match other {
        [Place::Digit | Place::PerhapsDigit, others @ ..] => meet(rest, others),
        [Place::Exactly(letter), others @ ..] => letter.is_ascii_digit() && meet(rest, others),
        [] => false,
    }
}

/// A pattern that holds from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPattern {
    /// Of what.
    pub kind: DocumentKind,
    /// From which day on.
    pub from: NaiveDate,
    /// What numbers look like.
    pub pattern: NumberPattern,
}

/// A pattern as typed into the form of `/settings/series`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedPattern {
    /// Of what: the code of a kind.
    pub series_kind: String,
    /// What numbers look like.
    pub pattern: String,
    /// From which day on, as a browser's date field sends it.
    pub pattern_from: String,
}

impl TypedPattern {
    /// What is to hold, or every field that is not right.
    ///
    /// * `known` – all patterns that hold, held or will hold
    ///
    /// # Errors
    /// What is wrong, in the order of the form: a pattern must not give two kinds the same numbers or symbols
    /// ([`FieldCode::AlreadyUsed`]), nor numbers by which people call requests and purchases ([`FieldCode::OutOfRange`]).
    pub fn check(&self, known: &[SetPattern], today: NaiveDate) -> Result<SetPattern, Vec<FieldProblem>> {
        let kind = DocumentKind::from_code(self.series_kind.trim()).ok_or(FieldCode::Missing);
        let pattern = match self.pattern.trim() {
            "" => Err(FieldCode::Missing),
            typed => typed.parse::<NumberPattern>().map_err(|_| FieldCode::Unknown),
        };
        match (kind, pattern, coming_day(&self.pattern_from, today)) {
            (Ok(kind), Ok(pattern), Ok(from)) => {
                let met = DocumentKind::ALL.iter().filter(|other| **other != kind).any(|other| {
                    let both_ask = kind.asks_for_payment() && other.asks_for_payment();
                    let theirs = known.iter().filter(|set| set.kind == *other).map(|set| set.pattern.clone());
                    theirs.chain([NumberPattern::of_ours(*other)]).any(|theirs| pattern.meets(&theirs, both_ask))
                });
                if pattern.looks_like_an_order() {
                    return Err(vec![FieldProblem::new("pattern", FieldCode::OutOfRange)]);
                }
                if met {
                    return Err(vec![FieldProblem::new("pattern", FieldCode::AlreadyUsed)]);
                }
                Ok(SetPattern { kind, from, pattern })
            }
            (kind, pattern, from) => {
                Err([("series_kind", kind.err()), ("pattern", pattern.err()), ("pattern_from", from.err())]
                    .into_iter()
                    .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
                    .collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{base::numbers::RequestNumber, fixtures::date, money::variable_symbol::VariableSymbol};

    fn pattern(text: &str) -> NumberPattern {
        text.parse().unwrap()
    }

    #[test]
    fn a_number_has_its_year_and_its_serial_which_is_never_cut() {
        for (text, year, serial, number, symbol) in [
            ("{YYYY}{NNNNN}", 2026, 1, "202600001", "202600001"),
            ("{YYYY}{NNNNN}", 2027, 1, "202700001", "202700001"),
            ("{YYYY}{NNNNN}", 2026, 99_999, "202699999", "202699999"),
            ("{YYYY}{NNNNN}", 2026, 100_000, "2026100000", "2026100000"),
            ("FV-{YY}-{N}", 2026, 7, "FV-26-7", "267"),
            ("FV-{YY}-{N}", 2026, 1_234_567, "FV-26-1234567", "261234567"),
            ("{NNNN}-{YYYY}", 2026, 12, "0012-2026", "122026"),
            ("{YYYY}3{NNNNN}", 2026, 100_000, "20263100000", "263100000"),
        ] {
            let made = pattern(text).number(year, serial);
            assert_eq!(made, number, "{text}");
            assert_eq!(VariableSymbol::of_number(&made).unwrap().to_string(), symbol, "{text}");
            assert_eq!(pattern(text).to_string(), text);
        }
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::of_number(&NumberPattern::of_ours(*kind).number(2026, 1)), Some(*kind));
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in [
            "",
            "{YYYY}",
            "{NNN}",
            "{YYYY}{NNN}{NN}",
            "{YY}{YYYY}{N}",
            "{YYYY}/{NNN}",
            "{YYYY}{NNN",
            "{YYYY}{NNNNNNNN}",
            "{YYYY}{M}",
            "{YYYY}12{NNNNN}",
            "{N}{YYYY}12345",
            "{NNN}{YYYY}123",
            "FAKTURA-VYDANA-{YYYY}-{N}",
            "č{YYYY}{N}",
        ] {
            assert_eq!(text.parse::<NumberPattern>(), Err(InvalidNumberPattern), "{text}");
        }
    }

    #[test]
    fn no_two_kinds_get_the_same_number_or_symbol() {
        let today = date("2026-11-23");
        let set = |kind, text: &str| SetPattern { kind, from: date("2026-01-01"), pattern: pattern(text) };
        let check = |kind: &str, text: &str, known: &[SetPattern]| {
            let typed =
                TypedPattern { series_kind: kind.into(), pattern: text.into(), pattern_from: "2027-01-01".into() };
            typed.check(known, today).map(|set| set.pattern.to_string()).map_err(|problems| problems[0].code)
        };
        let met = Err(FieldCode::AlreadyUsed);
        assert_eq!(check("invoice", "{YYYY}{NNNNN}", &[]), Ok("{YYYY}{NNNNN}".into()));
        assert_eq!(check("invoice", "{YYYY}1{NNNNN}", &[]), met, "those are the proformas'");
        assert_eq!(check("invoice", "{YYYY}{NNNNNN}", &[]), met, "one of them would be");
        assert_eq!(check("invoice", "FV-{YY}-{N}", &[]), Ok("FV-{YY}-{N}".into()));
        let proformas = [set(DocumentKind::Proforma, "ZF-{YY}-{N}")];
        assert_eq!(check("invoice", "FV-{YY}-{N}", &proformas), met, "under one symbol both could be paid");
        assert_eq!(check("credit_note", "OD-{YY}-{N}", &proformas), Ok("OD-{YY}-{N}".into()), "nobody pays it");
        assert_eq!(check("credit_note", "ZF-{YY}-{NNN}", &proformas), met);
        assert_eq!(check("receipt", "{YYYY}{NNNNN}", &[]), Err(FieldCode::Missing));
        for alike in ["{YYYY}-{NNNNNN}", "{YYYY}-{N}", "20{YY}-{NNNNNN}", "B{YYYY}-{NNNNNN}", "{YY}12-{NNNNNN}"] {
            assert_eq!(check("invoice", alike, &[]), Err(FieldCode::OutOfRange), "{alike}");
        }
        for other in ["{YYYY}-{NNNN}", "D{YYYY}-{NNNNNN}", "{YY}-{NNNNNN}"] {
            assert_eq!(check("credit_note", other, &[]), Ok(other.into()), "{other}");
        }
        let request = RequestNumber::new(2026, 1).unwrap().to_string();
        assert_eq!(pattern("{YYYY}-{NNNNNN}").number(2026, 1), request, "what would be mistaken for it");
        assert_eq!(check("invoice", "{YYYY}", &[]), Err(FieldCode::Unknown));
    }
}
