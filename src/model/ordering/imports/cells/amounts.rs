//! Amounts of money.

use serde::{Deserialize, Serialize};

use super::Cell;
use crate::model::{base::money::Money, ordering::imports::ImportFault};

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
