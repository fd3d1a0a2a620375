//! What can stand in a cell: how it is read, and how it is written so that it is read again as the same.

mod amounts;
mod codes;
mod days;
mod names;

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use self::{
    amounts::{Crowns, Paid, Total},
    days::{Moment, Spans, is_near},
    names::{
        Country, Dic, EmailAddress, Ico, Key, PhoneNumber, PostalCode, PostalPrefixes, SeriesName, Sha256, Symbol,
        TeamviewerId,
    },
};
use super::ImportFault;
use crate::model::base::{
    fields::{FieldCode, keep_line, keep_lines},
    text::without_accents,
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

fn kept(kept: Result<String, FieldCode>) -> Result<String, ImportFault> {
    kept.map_err(|code| if code == FieldCode::TooLong { ImportFault::TooLong } else { ImportFault::Missing })
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

#[cfg(test)]
mod tests;
