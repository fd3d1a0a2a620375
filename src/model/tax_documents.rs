//! Tax documents: proforma, tax document on a payment received, invoice, credit note (VAT Act 235/2004 Coll., §§ 26–29, 42, 45).
//!
//! A document is frozen when it is issued: who sold and who bought as they were called then, lines, taxes per rate, and the
//! number that the issuing transaction took. What is printed and mailed follows from it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    bank::VariableSymbol,
    bundle_orders::OrderNumber,
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
    /// Minutes of a bundle that are given back.
    ReturnedMinutes {
        /// The order.
        order: OrderNumber,
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
    /// Both.
    pub total: Money,
}

/// The taxes of `lines`, per rate from the highest: the tax of each rate's total, rounded half up once (the design, §2.12).
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
    /// The order that it is about, and the customer's own reference of it.
    pub order: Option<(OrderNumber, String)>,
    /// The document that it corrects, and why.
    pub corrects: Option<(String, String)>,
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
    /// Which.
    pub id: DocumentId,
    /// Its number: ten digits – the year, the kind's digit, the serial.
    pub number: String,
    /// What it says.
    pub content: DocumentContent,
}

impl TaxDocument {
    /// The variable symbol under which it is or was to be paid.
    #[must_use]
    pub fn variable_symbol(&self) -> Option<VariableSymbol> {
        self.content.variable_symbol.or_else(|| self.number.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::model::fixtures::vat;

    fn line(haler: i64, percent: u32) -> DocumentLine {
        let what = LineSubject::Bundle { minutes: 60, validity_months: 12 };
        DocumentLine { what, quantity: 1, price: Money::from_haler(haler), vat: vat(percent) }
    }

    #[test]
    fn taxes_are_summed_per_rate_from_the_total() {
        let rows = tax_rows(&[line(50, 21), line(100, 12), line(50, 21), line(50, 21)]);
        let figures: Vec<_> = rows.iter().map(|row| (row.base.haler(), row.tax.haler(), row.total.haler())).collect();
        assert_eq!(figures, [(150, 32, 182), (100, 12, 112)]);
        assert_eq!(tax_rows(&[]), []);
    }

    proptest! {
        /// The same sums in another way: with integers alone, one rate after the other.
        #[test]
        fn taxes_agree_with_an_independent_computation(
            lines in prop::collection::vec((0..50_000_000_i64, prop::sample::select(vec![0_u32, 12, 21])), 0..12),
        ) {
            let rows = tax_rows(&lines.iter().map(|&(haler, percent)| line(haler, percent)).collect::<Vec<_>>());
            for percent in [0_u32, 12, 21] {
                let base: i64 = lines.iter().filter(|(_, rate)| *rate == percent).map(|(haler, _)| haler).sum();
                let tax = (base * i64::from(percent) + 50) / 100;
                match rows.iter().find(|row| row.vat == vat(percent)) {
                    Some(row) => prop_assert_eq!((row.base.haler(), row.tax.haler(), row.total.haler()), (base, tax, base + tax)),
                    None => prop_assert!(lines.iter().all(|(_, rate)| *rate != percent)),
                }
            }
        }

        #[test]
        fn tax_taken_out_of_a_total_is_what_was_put_in(haler in 0..1_000_000_000_i64, percent in prop::sample::select(vec![0_u32, 12, 21])) {
            let total = Money::from_haler(haler).with_vat(vat(percent));
            let row = tax_row_of_total(total, vat(percent));
            prop_assert_eq!(row.base + row.tax, total);
            // Adding a tax and taking it out again each round once: they differ by less than a haléř.
            prop_assert!((row.base.haler() - haler).abs() <= 1);
            prop_assert_eq!(tax_row_of_total(-total, vat(percent)).base, -row.base, "a credit note mirrors its debit");
            let exact = Decimal::from(total.haler()) * Decimal::from(percent) / Decimal::from(100 + percent);
            prop_assert!((Decimal::from(row.tax.haler()) - exact).abs() <= Decimal::new(5, 1));
        }
    }
}
