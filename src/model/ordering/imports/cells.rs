//! What can stand in a cell: how it is read, and how it is written so that it is read again as the same.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::ImportFault;
use crate::model::{
    base::{
        fields::{FieldCode, keep_email, keep_line, keep_lines},
        money::Money,
        numbers::RequestNumber,
        phones::normalize_phone,
        text::without_accents,
    },
    line::{
        catalogue::SlotChoice,
        licences::keep_teamviewer_id,
        plans::{ExceptionKind, spans_as_typed, spans_of},
        regions::prefixes,
    },
    minutes::{
        contracts::{FeeDay, Period, Rollover},
        recurrence::Recurrence,
    },
    people::customers::HOME_COUNTRY,
    people::members::{Capability, ContactRole},
};

/// What a column holds.
pub trait Cell: fmt::Debug + Clone + PartialEq + Serialize + DeserializeOwned {
    /// What it is, for the documentation.
    const ABOUT: &'static str;
    /// What can stand there.
    const EXAMPLE: &'static str;
    /// Whether something must stand there.
    const IS_NEEDED: bool = true;

    /// Reads what stands there, which is not empty unless nothing need stand there.
    ///
    /// # Errors
    /// What is wrong with it.
    fn read(text: &str) -> Result<Self, ImportFault>;

    /// Writes it so that it reads as the same.
    fn write(&self) -> String;
}

macro_rules! cell_of_text {
    ($(#[$meta:meta])* $name:ident, $about:literal, $example:literal, $read:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl Cell for $name {
            const ABOUT: &'static str = $about;
            const EXAMPLE: &'static str = $example;

            fn read(text: &str) -> Result<Self, ImportFault> {
                let read: fn(&str) -> Result<String, ImportFault> = $read;
                read(text).map(Self)
            }

            fn write(&self) -> String {
                self.0.clone()
            }
        }
    };
}

/// The most characters of a key.
const KEY_MAX: usize = 100;

fn kept(kept: Result<String, FieldCode>) -> Result<String, ImportFault> {
    kept.map_err(|code| if code == FieldCode::TooLong { ImportFault::TooLong } else { ImportFault::Missing })
}

cell_of_text! {
    /// By what something is known in the system that it comes from.
    Key, "key, up to 100 characters", "Z001", |text| kept(keep_line(text, 1..=KEY_MAX))
}

cell_of_text! {
    /// A company's number: eight digits. Whether the last fits the others is asked of those only that do not stand already.
    Ico, "IČO, eight digits (zeros in front may be missing)", "00254801", |text| {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let digits = format!("{digits:0>8}");
        let is_number = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { Ok(digits) } else { Err(ImportFault::NotAnIco) }
    }
}

cell_of_text! {
    /// A variable symbol. Banks tell it as a number: zeros in front say nothing.
    Symbol, "up to ten digits", "260131", |text| {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let is_symbol = digits.len() <= 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
        match digits.trim_start_matches('0') {
            symbol if is_symbol && !symbol.is_empty() => Ok(symbol.to_owned()),
            _ => Err(ImportFault::NotANumber),
        }
    }
}

/// The series of numbers.
const SERIES: [&str; 6] = ["requests", "purchases", "proforma", "payment", "invoice", "credit_note"];

cell_of_text! {
    /// A series of numbers.
    SeriesName, "`requests`, `purchases`, `proforma`, `payment` (tax documents on payments), `invoice` or `credit_note`", "invoice", |text| {
        let word = text.trim().to_lowercase();
        if SERIES.contains(&word.as_str()) { Ok(word) } else { Err(ImportFault::UnknownWord) }
    }
}

cell_of_text! {
    /// A number for VAT.
    Dic, "DIČ, `CZ` and 8 to 10 digits; of another country as it is there", "CZ00254801", |text| {
        let dic: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
        let is_dic = match dic.strip_prefix("CZ") {
            Some(digits) => (8..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()),
            None => dic.len() <= 20 && dic.starts_with(|c: char| c.is_ascii_uppercase())
                && dic.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
        };
        if is_dic { Ok(dic) } else { Err(ImportFault::NotADic) }
    }
}

cell_of_text! {
    /// A postal code as it is printed.
    PostalCode, "postal code, five digits; of another country as it is there", "339 01", |text| {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        match digits.split_at_checked(3) {
            Some((district, post)) if digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Ok(format!("{district} {post}"))
            }
            _ => keep_line(text, 1..=20).map_err(|_| ImportFault::NotAPostalCode),
        }
    }
}

cell_of_text! {
    /// A telephone number as it is stored.
    PhoneNumber, "telephone number; nine digits are Czech", "601 234 567", |text| normalize_phone(text).ok_or(ImportFault::NotAPhone)
}

cell_of_text! {
    /// An address to write to.
    EmailAddress, "e-mail address", "jana@skola.cz", |text| keep_email(text).map_err(|_| ImportFault::NotAnEmail)
}

cell_of_text! {
    /// A computer, by the number under which TeamViewer knows it.
    TeamviewerId, "TeamViewer ID, nine or ten digits", "123 456 789", |text| {
        keep_teamviewer_id(text).map_err(|_| ImportFault::NotATeamviewerId)
    }
}

cell_of_text! {
    /// By what a file is known, whatever it is called.
    Sha256, "64 hexadecimal digits", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", |text| {
        let digits = text.trim().to_lowercase();
        let is_sha256 = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_sha256 { Ok(digits) } else { Err(ImportFault::UnknownWord) }
    }
}

/// How postal codes of a region begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PostalPrefixes(pub Vec<String>);

impl Cell for PostalPrefixes {
    const ABOUT: &'static str = "beginnings of postal codes, as `3, 46`";
    const EXAMPLE: &'static str = "3, 46";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        prefixes(text).map(Self).ok_or(ImportFault::NotAPostalCode)
    }

    fn write(&self) -> String {
        self.0.join(", ")
    }
}

impl Cell for RequestNumber {
    const ABOUT: &'static str = "number of a request, as `2026-000123`";
    const EXAMPLE: &'static str = "2026-000123";

    fn read(text: &str) -> Result<Self, ImportFault> {
        text.trim().parse().map_err(|_| ImportFault::NotANumber)
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

/// The hours of a day, in order; none for a day off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Spans(pub Vec<(NaiveTime, NaiveTime)>);

impl Cell for Spans {
    const ABOUT: &'static str = "hours, as `7:00–11:30, 12:00–15:30`; empty for none";
    const EXAMPLE: &'static str = "7:00–11:30, 12:00–15:30";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        spans_of(text).map(Self).ok_or(ImportFault::NotHours)
    }

    fn write(&self) -> String {
        spans_as_typed(&self.0)
    }
}

/// What stands for the last day of a month.
const LAST_DAY: &str = "last";

impl Cell for FeeDay {
    const ABOUT: &'static str = "day of a month, `1` to `28` or `last`; empty is `1`";
    const EXAMPLE: &'static str = "15";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        match text.trim().to_lowercase().as_str() {
            "" => Ok(Self::default()),
            LAST_DAY => Self::all().find(|day| day.is_last()).ok_or(ImportFault::UnknownWord),
            typed => typed.parse().ok().and_then(Self::new).ok_or(ImportFault::OutOfRange),
        }
    }

    fn write(&self) -> String {
        if self.is_last() { LAST_DAY.to_owned() } else { self.number().to_string() }
    }
}

/// A country by its two letters; nothing is Czechia.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Country(pub String);

impl Cell for Country {
    const ABOUT: &'static str = "two letters of a country; empty is `CZ`";
    const EXAMPLE: &'static str = "CZ";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        match text.trim().to_uppercase() {
            code if code.is_empty() => Ok(Self(HOME_COUNTRY.to_owned())),
            code if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => Ok(Self(code)),
            _ => Err(ImportFault::UnknownWord),
        }
    }

    fn write(&self) -> String {
        self.0.clone()
    }
}

/// A text of one line with at most so many characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Line<const MAX: usize>(pub String);

impl<const MAX: usize> Cell for Line<MAX> {
    const ABOUT: &'static str = "text of one line";
    const EXAMPLE: &'static str = "Základní škola Dlouhá";

    fn read(text: &str) -> Result<Self, ImportFault> {
        kept(keep_line(text, 1..=MAX)).map(Self)
    }

    fn write(&self) -> String {
        self.0.clone()
    }
}

/// A text of several lines with at most so many characters; it may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(pub String);

impl<const MAX: usize> Cell for Text<MAX> {
    const ABOUT: &'static str = "text";
    const EXAMPLE: &'static str = "Volat dopoledne.";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        kept(keep_lines(text, 0..=MAX)).map(Self)
    }

    fn write(&self) -> String {
        self.0.clone()
    }
}

/// A whole number between two, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Whole<const MIN: u32, const MAX: u32>(pub u32);

impl<const MIN: u32, const MAX: u32> Cell for Whole<MIN, MAX> {
    const ABOUT: &'static str = "whole number";
    const EXAMPLE: &'static str = "60";

    fn read(text: &str) -> Result<Self, ImportFault> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let number: u64 = digits.parse().map_err(|_| ImportFault::NotANumber)?;
        match u32::try_from(number) {
            Ok(number) if (MIN..=MAX).contains(&number) => Ok(Self(number)),
            _ => Err(ImportFault::OutOfRange),
        }
    }

    fn write(&self) -> String {
        self.0.to_string()
    }
}

/// Yes or no; nothing is the usual of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Flag<const USUAL: bool>(pub bool);

impl<const USUAL: bool> Cell for Flag<USUAL> {
    const ABOUT: &'static str = if USUAL { "`yes` or `no`; empty is `yes`" } else { "`yes` or `no`; empty is `no`" };
    const EXAMPLE: &'static str = "ano";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        match without_accents(&text.trim().to_lowercase()).as_str() {
            "" => Ok(Self(USUAL)),
            "yes" | "ano" | "true" | "1" | "a" | "y" => Ok(Self(true)),
            "no" | "ne" | "false" | "0" | "n" => Ok(Self(false)),
            _ => Err(ImportFault::NotYesOrNo),
        }
    }

    fn write(&self) -> String {
        if self.0 { "yes" } else { "no" }.to_owned()
    }
}

impl Cell for Recurrence {
    const ABOUT: &'static str = "`month`, `month_rolls`, `quarter` or `quarter_rolls`; empty is `once`";
    const EXAMPLE: &'static str = "once";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        match text.trim().to_lowercase().as_str() {
            "" => Ok(Self::Once),
            code => Self::from_code(code).ok_or(ImportFault::UnknownWord),
        }
    }

    fn write(&self) -> String {
        self.code().to_owned()
    }
}

/// An amount of crowns without VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Crowns(pub Money);

impl Cell for Crowns {
    const ABOUT: &'static str = "amount in crowns without VAT, as `25` or `25,50`";
    const EXAMPLE: &'static str = "25,50";

    fn read(text: &str) -> Result<Self, ImportFault> {
        let text = text.trim();
        let amount = Money::parse_crowns(text.strip_suffix("Kč").unwrap_or(text)).ok_or(ImportFault::NotAnAmount)?;
        if (0..=100_000_000).contains(&amount.haler()) { Ok(Self(amount)) } else { Err(ImportFault::OutOfRange) }
    }

    fn write(&self) -> String {
        self.0.to_crowns().normalize().to_string()
    }
}

/// An amount of crowns including VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Total(pub Money);

impl Cell for Total {
    const ABOUT: &'static str = "amount in crowns including VAT, as `1210` or `1 210,50`";
    const EXAMPLE: &'static str = "1 210,50";

    fn read(text: &str) -> Result<Self, ImportFault> {
        Crowns::read(text).map(|crowns| Self(crowns.0))
    }

    fn write(&self) -> String {
        Crowns(self.0).write()
    }
}

/// An amount of crowns including VAT that may be nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Paid(pub Money);

impl Cell for Paid {
    const ABOUT: &'static str = "amount in crowns including VAT, as `1210` or `1 210,50`; empty for nothing";
    const EXAMPLE: &'static str = "500";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        if text.trim().is_empty() { Ok(Self(Money::ZERO)) } else { Crowns::read(text).map(|crowns| Self(crowns.0)) }
    }

    fn write(&self) -> String {
        Crowns(self.0).write()
    }
}

/// Formats of days that spreadsheets and people write.
const DAYS: [&str; 3] = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"];
/// Times of day, behind a day.
const TIMES: [&str; 4] = ["%H:%M", "%H:%M:%S", "T%H:%M", "T%H:%M:%S"];

impl Cell for NaiveDate {
    const ABOUT: &'static str = "day, as `2026-11-23` or `23. 11. 2026`";
    const EXAMPLE: &'static str = "23. 11. 2026";

    fn read(text: &str) -> Result<Self, ImportFault> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let day = DAYS.iter().find_map(|format| NaiveDate::parse_from_str(&text, format).ok());
        day.filter(|day| is_near(*day)).ok_or(ImportFault::NotADay)
    }

    fn write(&self) -> String {
        self.format("%Y-%m-%d").to_string()
    }
}

/// Whether a day is one that a vendor can mean.
fn is_near(day: NaiveDate) -> bool {
    use chrono::Datelike;
    (1990..=2200).contains(&day.year())
}

/// A day and a time of day in Prague.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub NaiveDateTime);

impl Cell for Moment {
    const ABOUT: &'static str = "day and time in Prague, as `2026-11-25 8:00`";
    const EXAMPLE: &'static str = "25. 11. 2026 8:00";

    fn read(text: &str) -> Result<Self, ImportFault> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let moments = DAYS.iter().flat_map(|day| TIMES.iter().map(move |time| format!("{day}{time}")));
        let moment = moments.filter_map(|format| NaiveDateTime::parse_from_str(&text, &format).ok()).next();
        moment.filter(|moment| is_near(moment.date())).map(Self).ok_or(ImportFault::NotAMoment)
    }

    fn write(&self) -> String {
        self.0.format("%Y-%m-%d %H:%M").to_string()
    }
}

/// Several words with commas or blanks between them, each once, in the order of the alphabet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ListOf<T>(pub Vec<T>);

impl<T: Cell + Ord> Cell for ListOf<T> {
    const ABOUT: &'static str = T::ABOUT;
    const EXAMPLE: &'static str = T::EXAMPLE;
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        let words = text.split([',', ';', ' ']).map(str::trim).filter(|word| !word.is_empty());
        let mut list = words.map(T::read).collect::<Result<Vec<_>, _>>()?;
        list.sort();
        list.dedup();
        Ok(Self(list))
    }

    fn write(&self) -> String {
        self.0.iter().map(T::write).collect::<Vec<_>>().join(", ")
    }
}

impl<T: Cell> Cell for Option<T> {
    const ABOUT: &'static str = T::ABOUT;
    const EXAMPLE: &'static str = T::EXAMPLE;
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        if text.trim().is_empty() { Ok(None) } else { T::read(text).map(Some) }
    }

    fn write(&self) -> String {
        self.as_ref().map(T::write).unwrap_or_default()
    }
}

macro_rules! cells_of_codes {
    ($($name:ty, $about:literal, $example:literal;)+) => { $(
        impl Cell for $name {
            const ABOUT: &'static str = $about;
            const EXAMPLE: &'static str = $example;

            fn read(text: &str) -> Result<Self, ImportFault> {
                Self::from_code(text.trim().to_lowercase().as_str()).ok_or(ImportFault::UnknownWord)
            }

            fn write(&self) -> String {
                self.code().to_owned()
            }
        }
    )+ };
}

cells_of_codes! {
    Period, "`month`, `quarter` or `year`", "quarter";
    Rollover, "`none`, or `one_period`: what is left can be drawn for one more period", "none";
    ExceptionKind, "`off`: absent, or `extra`: at work on top of the week", "off";
    SlotChoice, "`customer` picks the time, or `dispatch`", "customer";
    ContactRole, "`orders`, `consents`, `documents`, with commas between them", "orders";
    Capability, "`order`, `see_all`, `buy`, `see_billing`, `manage`, with commas between them", "order, buy";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ordering::imports::ImportKind;

    fn reads<T: Cell>(text: &str, written: &str) {
        let read = T::read(text).unwrap_or_else(|fault| panic!("{text:?}: {fault:?}"));
        assert_eq!(read.write(), written, "{text:?}");
        assert_eq!(T::read(written).as_ref(), Ok(&read), "what is written reads as the same");
        let json = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<T>(&json).unwrap(), read, "{json}");
    }

    fn refuses<T: Cell>(text: &str, fault: ImportFault) {
        assert_eq!(T::read(text), Err(fault), "{text:?}");
    }

    #[test]
    fn what_people_and_spreadsheets_write_is_read() {
        reads::<Ico>("254 801", "00254801");
        reads::<Dic>("cz 70874121", "CZ70874121");
        reads::<PostalCode>("33901", "339 01");
        reads::<PhoneNumber>("601 234 567", "+420601234567");
        reads::<EmailAddress>(" Jana@Skola.CZ ", "jana@skola.cz");
        reads::<Whole<0, 2_000>>("1\u{a0}200", "1200");
        reads::<Flag<false>>("ANO", "yes");
        reads::<Flag<true>>("", "yes");
        reads::<Crowns>("1 210,50 Kč", "1210.5");
        reads::<Crowns>("25", "25");
        reads::<NaiveDate>("23. 11. 2026", "2026-11-23");
        reads::<Moment>("2026-11-25 8:00", "2026-11-25 08:00");
        reads::<Moment>("25. 11. 2026 08:00:00", "2026-11-25 08:00");
        reads::<ListOf<Capability>>("see_all order, order", "order, see_all");
        reads::<TeamviewerId>("1 234 567 890", "1234567890");
        reads::<PostalPrefixes>("3; 46", "3, 46");
        reads::<Spans>("7-11.30; 12:00–15:30", "7:00–11:30, 12:00–15:30");
        reads::<Spans>("", "");
        reads::<RequestNumber>(" 2026-000123", "2026-000123");
        reads::<Option<Ico>>(" ", "");
        reads::<Period>("Quarter", "quarter");
    }

    #[test]
    fn the_example_of_each_column_reads() {
        for kind in ImportKind::ALL {
            for column in kind.columns() {
                assert!(!column.example.is_empty(), "{kind}: {}", column.name);
            }
        }
        reads::<Country>(Country::EXAMPLE, "CZ");
        reads::<NaiveDate>(NaiveDate::EXAMPLE, "2026-11-23");
        reads::<Moment>(Moment::EXAMPLE, "2026-11-25 08:00");
        reads::<Total>(Total::EXAMPLE, "1210.5");
        reads::<Paid>("", "0");
        reads::<Symbol>("0260131", Symbol::EXAMPLE);
        reads::<SeriesName>("Invoice", SeriesName::EXAMPLE);
        reads::<ListOf<Capability>>(Capability::EXAMPLE, "order, buy");
        refuses::<Symbol>("0", ImportFault::NotANumber);
        refuses::<Symbol>("12345678901", ImportFault::NotANumber);
    }

    #[test]
    fn what_cannot_be_meant_is_told_by_its_reason() {
        refuses::<Key>(" ", ImportFault::Missing);
        refuses::<Key>(&"x".repeat(101), ImportFault::TooLong);
        refuses::<Ico>("123456789", ImportFault::NotAnIco);
        refuses::<Dic>("70874121", ImportFault::NotADic);
        refuses::<Dic>("CZ1", ImportFault::NotADic);
        refuses::<PostalCode>(&"3".repeat(21), ImportFault::NotAPostalCode);
        refuses::<Country>("Česko", ImportFault::UnknownWord);
        refuses::<PhoneNumber>("158", ImportFault::NotAPhone);
        refuses::<EmailAddress>("jana", ImportFault::NotAnEmail);
        refuses::<Whole<1, 9>>("two", ImportFault::NotANumber);
        refuses::<Whole<1, 9>>("10", ImportFault::OutOfRange);
        refuses::<Flag<true>>("maybe", ImportFault::NotYesOrNo);
        refuses::<Crowns>("25.005", ImportFault::NotAnAmount);
        refuses::<Crowns>("-1", ImportFault::OutOfRange);
        refuses::<TeamviewerId>("12 345", ImportFault::NotATeamviewerId);
        refuses::<PostalPrefixes>("3a", ImportFault::NotAPostalCode);
        refuses::<Spans>("ráno", ImportFault::NotHours);
        refuses::<RequestNumber>("2026-123", ImportFault::NotANumber);
        refuses::<Sha256>("abc", ImportFault::UnknownWord);
        refuses::<NaiveDate>("31. 2. 2026", ImportFault::NotADay);
        refuses::<NaiveDate>("1. 1. 0026", ImportFault::NotADay);
        refuses::<Moment>("2026-11-25", ImportFault::NotAMoment);
        refuses::<ListOf<Capability>>("order fly", ImportFault::UnknownWord);
    }
}
