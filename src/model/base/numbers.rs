//! Numbers that people say: a year and a serial that starts again each year.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::text::spelled_in_json;

/// A year and the serial within it, as numbers of requests and purchases are made of: "2026-000123".
///
/// Every number has exactly one spelling, so that it can be looked up as text: four digits of the year, a dash, and the
/// serial with at least six digits and no more zeros in front than that needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearSerial {
    /// The calendar year, 0–9999.
    year: u16,
    /// The serial within the year.
    serial: u32,
}

impl YearSerial {
    /// The given year and serial; `None` if the year has more than four digits.
    #[must_use]
    pub fn new(year: u16, serial: u32) -> Option<Self> {
        (year <= 9_999).then_some(Self { year, serial })
    }

    /// The calendar year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The serial within the year.
    #[must_use]
    pub const fn serial(self) -> u32 {
        self.serial
    }
}

impl fmt::Display for YearSerial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:06}", self.year, self.serial)
    }
}

impl FromStr for YearSerial {
    type Err = InvalidYearSerial;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, serial) = text.split_once('-').ok_or(InvalidYearSerial)?;
        // Rust's own parser would also take "+1".
        let all_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        let surplus_zero = serial.len() > 6 && serial.starts_with('0');
        if year.len() != 4 || serial.len() < 6 || surplus_zero || !all_digits(year) || !all_digits(serial) {
            return Err(InvalidYearSerial);
        }
        let year = year.parse().map_err(|_| InvalidYearSerial)?;
        let serial = serial.parse().map_err(|_| InvalidYearSerial)?;
        Self::new(year, serial).ok_or(InvalidYearSerial)
    }
}

/// Not a year and a serial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("a year and a serial look like 2026-000123")]
pub struct InvalidYearSerial;

/// The number by which people call a request: "2026-000123".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestNumber(YearSerial);

impl RequestNumber {
    /// The number of the given year and serial; `None` if the year has more than four digits.
    #[must_use]
    pub fn new(year: u16, serial: u32) -> Option<Self> {
        YearSerial::new(year, serial).map(Self)
    }

    /// The calendar year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.0.year()
    }

    /// The serial within the year.
    #[must_use]
    pub const fn serial(self) -> u32 {
        self.0.serial()
    }
}

impl fmt::Display for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for RequestNumber {
    type Err = InvalidRequestNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| InvalidRequestNumber)
    }
}

spelled_in_json!(RequestNumber);

/// Not the number of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("a request's number looks like 2026-000123")]
pub struct InvalidRequestNumber;

/// How people name an intervention: the request's number and, where a request took several, which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InterventionRef {
    /// The request.
    pub number: RequestNumber,
    /// 1 for the first intervention of the request.
    pub ordinal: u32,
}

impl fmt::Display for InterventionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.ordinal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        for (year, serial, text) in [
            (2026, 123, "2026-000123"),
            (2026, 999_999, "2026-999999"),
            (2026, 1_000_000, "2026-1000000"),
            (987, 0, "0987-000000"),
        ] {
            let number = RequestNumber::new(year, serial).unwrap();
            assert_eq!(number.to_string(), text);
            assert_eq!(text.parse(), Ok(number));
            assert_eq!((number.year(), number.serial()), (year, serial));
            assert_eq!(serde_json::to_string(&number).unwrap(), format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<RequestNumber>(&format!("\"{text}\"")).unwrap(), number);
        }
        for no_number in [
            "",
            "-",
            "2026",
            "2026-",
            "2026-123",
            "2026-0000123",
            "2026-00012a",
            "+026-000123",
            "2026-+00123",
            " 2026-000123",
            "2026-000123 ",
            "2026-000-123",
            "02026-000123",
            "2026-4294967296",
            "２０２６-000123",
        ] {
            assert_eq!(no_number.parse::<RequestNumber>(), Err(InvalidRequestNumber), "{no_number}");
        }
        assert_eq!(RequestNumber::new(10_000, 1), None);
    }
}
