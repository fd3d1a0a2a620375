//! By what people, companies, places and things are known: numbers, addresses, keys.

use serde::{Deserialize, Serialize};

use super::{Cell, kept};
use crate::model::{
    base::{
        fields::{keep_email, keep_line},
        numbers::RequestNumber,
        phones::normalize_phone,
    },
    line::{licences::keep_teamviewer_id, regions::prefixes},
    ordering::imports::ImportFault,
    people::customers::HOME_COUNTRY,
};

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
