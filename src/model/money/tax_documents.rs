//! Tax documents: proforma, tax document on a payment received, invoice, credit note (VAT Act 235/2004 Coll., §§ 26–29, 42, 45).
//!
//! A document is frozen when it is issued: who sold and who bought as they were called then, lines, taxes per rate, and the
//! number that the issuing transaction took. What is printed and mailed follows from it.

mod list;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use self::list::{DocumentFilter, DocumentList, DocumentRow, Payments, Settlement, settlement};
use super::{purchases::PurchaseNumber, spayd::PaymentRequest, variable_symbol::VariableSymbol};
use crate::model::base::{
    codes::coded_enum,
    ids::DocumentId,
    money::{Money, VatRate},
};

coded_enum! {
    /// What a document is. Each kind has a series of numbers of its own per year.
    pub enum DocumentKind {
        /// A request for payment; no tax document.
        Proforma = "proforma",
        /// The tax document on a payment that was received in advance.
        Payment = "payment",
        /// An invoice: a tax document that is yet to be paid.
        Invoice = "invoice",
        /// A corrective tax document.
        CreditNote = "credit_note",
    }
}

impl DocumentKind {
    /// Whether it is a tax document.
    #[must_use]
    pub const fn is_tax_document(self) -> bool {
        !matches!(self, Self::Proforma)
    }

    /// Whether it asks for a payment.
    #[must_use]
    pub const fn asks_for_payment(self) -> bool {
        matches!(self, Self::Proforma | Self::Invoice)
    }

    /// The kind that a number belongs to: the digit behind the year says so, which has four digits, or two on the long serials
    /// of a year with more than 99,999 documents of the kind (`document_number()` in the database).
    #[must_use]
    pub fn of_number(number: &str) -> Option<Self> {
        let digits_of_year = if number.starts_with("20") || number.starts_with("21") { 4 } else { 2 };
        match number.as_bytes().get(digits_of_year)? {
            b'1' => Some(Self::Proforma),
            b'2' => Some(Self::Payment),
            b'3' => Some(Self::Invoice),
            b'4' => Some(Self::CreditNote),
            _ => None,
        }
    }
}

/// Who sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplier {
    /// Name and address, and the numbers that identify it.
    pub party: Party,
    /// Where it is registered (Civil Code, § 435).
    pub register: String,
    /// Where questions about documents go.
    pub email: String,
    /// The bank's name.
    pub bank: String,
    /// The account as Czechs write it: `19-2000145399/0800`.
    pub account: String,
    /// The account as an IBAN, without spaces.
    pub iban: String,
    /// The bank's BIC.
    pub bic: String,
}

/// A side of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// Street and number.
    pub street: String,
    /// The town.
    pub city: String,
    /// The postal code, `301 00`.
    pub postal_code: String,
    /// The organisation's number.
    pub ico: String,
    /// The VAT number; empty for one who pays no VAT.
    pub dic: String,
}

/// A line of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLine {
    /// What it is, in words of the document's language.
    pub what: LineSubject,
    /// How many: pieces of a bundle, minutes of an intervention.
    pub quantity: u32,
    /// The price of all of them, without VAT; negative on a credit note.
    pub price: Money,
    /// The rate of VAT.
    pub vat: VatRate,
}

/// What a line of a document is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "subject", rename_all = "snake_case")]
pub enum LineSubject {
    /// Bundles of minutes.
    Bundle {
        /// Minutes of one of them.
        minutes: u32,
        /// How long they can be drawn, in months.
        validity_months: u32,
    },
    /// A part of the price of bundles, as it came.
    Part {
        /// The minutes of all of them.
        minutes: u32,
        /// How long they can be drawn, in months.
        validity_months: u32,
        /// What is left to pay of the price after it, including VAT.
        left: Money,
    },
    /// Minutes of an intervention beyond the grants.
    Intervention {
        /// The request's number and the intervention's ordinal, `2026-000123/1`.
        number: String,
        /// The local day on which it began.
        day: NaiveDate,
        /// The kind of work.
        work_type: String,
        /// The price of a minute, without VAT.
        rate: Money,
    },
    /// The fee of a contract for one of its periods.
    ContractFee {
        /// The contract's number.
        contract: String,
        /// The first day that it pays for.
        from: NaiveDate,
        /// The last one.
        until: NaiveDate,
    },
    /// Money of a payment that the customer's bank took, and that came again.
    WonBack,
    /// Minutes of a bundle that were used, and whose payment turned out to be another's.
    UsedMinutes {
        /// The purchase.
        purchase: PurchaseNumber,
    },
    /// Minutes of a bundle that are given back.
    ReturnedMinutes {
        /// The purchase. Documents that were issued before it was called so are kept with its old name.
        #[serde(alias = "order")]
        purchase: PurchaseNumber,
    },
}

/// The taxes of one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRow {
    /// The rate.
    pub vat: VatRate,
    /// The base: what is taxed.
    pub base: Money,
    /// The tax.
    pub tax: Money,
    /// Base and tax together.
    pub total: Money,
}

/// The taxes of `lines`, per rate from the highest: the tax of each rate's total, rounded half up once (design, Money).
#[must_use]
pub fn tax_rows(lines: &[DocumentLine]) -> Vec<TaxRow> {
    let mut rates: Vec<VatRate> = lines.iter().map(|line| line.vat).collect();
    rates.sort_unstable_by(|one, other| other.cmp(one));
    rates.dedup();
    rates
        .into_iter()
        .map(|vat| {
            let base: Money = lines.iter().filter(|line| line.vat == vat).map(|line| line.price).sum();
            let total = base.with_vat(vat);
            TaxRow { vat, base, tax: total - base, total }
        })
        .collect()
}

/// The base of an amount that includes VAT: what is left when the tax is taken out of it (VAT Act, § 37), rounded half up once.
/// For credit notes, whose total is a share of what was paid.
#[must_use]
pub fn tax_row_of_total(total: Money, vat: VatRate) -> TaxRow {
    use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
    let exact = Decimal::from(total.haler()) * Decimal::ONE_HUNDRED / (Decimal::ONE_HUNDRED + vat.percent());
    let haler = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().unwrap_or(0);
    let base = Money::from_haler(haler);
    TaxRow { vat, base, tax: total - base, total }
}

/// The taxes of a credit note whose negative `lines` correct a document: what the tax of what is left differs by, so that the
/// document and all its credit notes together are taxed as if only the rest had ever been sold.
///
/// * `before` – the taxes of the document and of the credit notes that corrected it so far
#[must_use]
pub fn tax_rows_of_correction(before: &[TaxRow], lines: &[DocumentLine]) -> Vec<TaxRow> {
    tax_rows(lines)
        .into_iter()
        .map(|row| {
            let former = before.iter().filter(|former| former.vat == row.vat);
            let (base, total) = former
                .fold((Money::ZERO, Money::ZERO), |(base, total), former| (base + former.base, total + former.total));
            let total = (base + row.base).with_vat(row.vat) - total;
            TaxRow { tax: total - row.base, total, ..row }
        })
        .collect()
}

/// A document as it is issued, but for its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentContent {
    /// What it is.
    pub kind: DocumentKind,
    /// Who sold.
    pub supplier: Supplier,
    /// Who bought.
    pub customer: Party,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// The day of the taxable supply or of the payment received (DUZP); a proforma has none.
    pub supplied_on: Option<NaiveDate>,
    /// Until when it is to be paid, if it asks for a payment.
    pub due_on: Option<NaiveDate>,
    /// The purchase that it is about, and the customer's own reference of it.
    /// Documents that were issued before it was called so are kept with its old name.
    #[serde(alias = "order")]
    pub purchase: Option<(PurchaseNumber, String)>,
    /// The document that it corrects, and why.
    pub corrects: Option<(String, String)>,
    /// Which document it follows: what asked for the payment, or what it corrects. Documents of before do not say so: their numbers
    /// did.
    #[serde(default)]
    pub follows: Option<(DocumentKind, String)>,
    /// The variable symbol under which it is or was to be paid; none to use the document's own number.
    pub variable_symbol: Option<VariableSymbol>,
    /// What it lists.
    pub lines: Vec<DocumentLine>,
    /// The taxes per rate.
    pub taxes: Vec<TaxRow>,
    /// Whether it is paid already: there is nothing to pay on it.
    pub paid: bool,
}

impl DocumentContent {
    /// The sum without VAT.
    #[must_use]
    pub fn base(&self) -> Money {
        self.taxes.iter().map(|row| row.base).sum()
    }

    /// The tax.
    #[must_use]
    pub fn tax(&self) -> Money {
        self.taxes.iter().map(|row| row.tax).sum()
    }

    /// The sum including VAT.
    #[must_use]
    pub fn total(&self) -> Money {
        self.taxes.iter().map(|row| row.total).sum()
    }
}

/// A document that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxDocument {
    /// The row under which it is kept.
    pub id: DocumentId,
    /// Its number, by the pattern of its day (design, "Tax documents").
    pub number: String,
    /// What it says.
    pub content: DocumentContent,
}

impl TaxDocument {
    /// The variable symbol under which it is or was to be paid.
    #[must_use]
    pub fn variable_symbol(&self) -> Option<VariableSymbol> {
        self.content.variable_symbol.or_else(|| VariableSymbol::of_number(&self.number))
    }

    /// How it asks for its payment; none when there is nothing to pay.
    ///
    /// * `message` – what the payer's statement shall say
    #[must_use]
    pub fn payment_request<'a>(&'a self, message: &'a str) -> Option<PaymentRequest<'a>> {
        let content = &self.content;
        if !content.kind.asks_for_payment() || content.paid || content.total() <= Money::ZERO {
            return None;
        }
        Some(PaymentRequest {
            iban: &content.supplier.iban,
            bic: &content.supplier.bic,
            amount: content.total(),
            variable_symbol: self.variable_symbol()?,
            due_on: content.due_on,
            message,
            recipient: &content.supplier.party.name,
        })
    }

    /// The kind of the document that it corrects.
    #[must_use]
    pub fn corrected_kind(&self) -> Option<DocumentKind> {
        let (number, _) = self.content.corrects.as_ref()?;
        self.content.follows.as_ref().map(|(kind, _)| *kind).or_else(|| DocumentKind::of_number(number))
    }

    /// What it is for, in short.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        let lines = &self.content.lines;
        match lines.first().map(|line| &line.what) {
            Some(LineSubject::Bundle { minutes, .. }) => match lines.as_slice() {
                [line] => Purpose::Bundle { quantity: line.quantity, minutes: *minutes },
                several => Purpose::Bundle { quantity: 1, minutes: bundle_minutes(several) },
            },
            Some(LineSubject::Part { minutes, .. }) => Purpose::Part { minutes: *minutes },
            Some(LineSubject::ReturnedMinutes { purchase }) => {
                Purpose::ReturnedMinutes { minutes: lines.iter().map(|line| line.quantity).sum(), purchase: *purchase }
            }
            Some(LineSubject::Intervention { day, .. }) => Purpose::Interventions {
                month: self.content.supplied_on.unwrap_or(*day),
                count: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            },
            Some(LineSubject::ContractFee { contract, from, until }) => {
                Purpose::ContractFee { contract: contract.clone(), from: *from, until: *until }
            }
            Some(LineSubject::UsedMinutes { purchase }) => {
                Purpose::UsedMinutes { minutes: lines.iter().map(|line| line.quantity).sum(), purchase: *purchase }
            }
            Some(LineSubject::WonBack) => Purpose::WonBack,
            None => Purpose::Bundle { quantity: 1, minutes: 0 },
        }
    }
}

/// The minutes of the bundles among `lines`.
#[must_use]
pub fn bundle_minutes(lines: &[DocumentLine]) -> u32 {
    lines
        .iter()
        .map(|line| match line.what {
            LineSubject::Bundle { minutes, .. } => minutes.saturating_mul(line.quantity),
            LineSubject::Part { .. }
            | LineSubject::Intervention { .. }
            | LineSubject::ContractFee { .. }
            | LineSubject::WonBack
            | LineSubject::UsedMinutes { .. }
            | LineSubject::ReturnedMinutes { .. } => 0,
        })
        .sum()
}

/// What a document is for, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "snake_case")]
pub enum Purpose {
    /// Bundles of minutes.
    Bundle {
        /// How many of them.
        quantity: u32,
        /// The minutes of one of them.
        minutes: u32,
    },
    /// A part of the price of bundles.
    Part {
        /// The minutes of all of them.
        minutes: u32,
    },
    /// Interventions beyond the grants.
    Interventions {
        /// A day of the month in which they were.
        month: NaiveDate,
        /// How many.
        count: u32,
    },
    /// The fee of a contract.
    ContractFee {
        /// The contract's number.
        contract: String,
        /// The first day that it pays for.
        from: NaiveDate,
        /// The last one.
        until: NaiveDate,
    },
    /// Money that the customer's bank took, and that came again.
    WonBack,
    /// Minutes that were used, and whose payment turned out to be another's.
    UsedMinutes {
        /// How many.
        minutes: u32,
        /// Of which purchase.
        purchase: PurchaseNumber,
    },
    /// Minutes that were given back.
    ReturnedMinutes {
        /// How many.
        minutes: u32,
        /// Of which purchase.
        purchase: PurchaseNumber,
    },
}

coded_enum! {
    /// What a document's file is.
    pub enum FileFormat {
        /// For people, with the other one inside.
        Pdf = "pdf",
        /// For programs of accountants: ISDOC 6.0.2.
        Isdoc = "isdoc",
    }
}
