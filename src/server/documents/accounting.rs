//! A period for the programs of accountants: POHODA of Stormware and Money S3 of Seyfor.
//!
//! Both get tax documents and no proformas, each line as one piece of its price, so that no sum is divided and multiplied again.

mod money_s3;
mod pohoda;
#[cfg(test)]
mod tests;

pub use self::{money_s3::money_s3, pohoda::pohoda};
use super::{isdoc::unit, tax_document::description};
use crate::model::{
    base::money::{Money, VatRate},
    money::tax_documents::{DocumentLine, TaxDocument, TaxRow},
};

/// From which rate on, in per cent, a rate is the standard one: the reduced ones are far below.
const STANDARD_FROM: u32 = 18;

/// The rates as both programs know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rate {
    None,
    Reduced,
    Standard,
}

impl Rate {
    fn of(vat: VatRate) -> Self {
        if vat == VatRate::ZERO {
            Self::None
        } else if vat.percent() < STANDARD_FROM.into() {
            Self::Reduced
        } else {
            Self::Standard
        }
    }
}

/// Base and tax of the rows of a rate.
fn sum(taxes: &[TaxRow], rate: Rate) -> (Money, Money) {
    let rows = || taxes.iter().filter(|row| Rate::of(row.vat) == rate);
    (rows().map(|row| row.base).sum(), rows().map(|row| row.tax).sum())
}

/// Whose books they are: those of who sold, as the latest document calls it.
fn supplier(documents: &[TaxDocument]) -> &str {
    documents.last().map_or("", |document| document.content.supplier.party.ico.as_str())
}

fn taxed(documents: &[TaxDocument]) -> impl Iterator<Item = &TaxDocument> {
    documents.iter().filter(|document| document.content.kind.is_tax_document())
}

/// What a line is, with how many of it.
fn text(line: &DocumentLine) -> String {
    format!("{} ({} {})", description(line), line.quantity, unit(line))
}

/// A text that is not longer than its place.
fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
