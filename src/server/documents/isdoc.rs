//! Tax documents for the programs of accountants: ISDOC 6.0.2 (isdoc.cz), the Czech standard of electronic invoices.
//!
//! The order of elements is the schema's. What the schema cannot say stands in the standard's rules: a credit note has
//! positive amounts, its type says that they are taken off, and no day of the tax, which is the one on which it is delivered; a
//! document that corrects names the one that it corrects; the tax document on the payment of a proforma lists that as an untaxed
//! deposit.

use std::io;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    NotMade,
    tax_document::{description, reason_in_words},
    xml::Xml,
};
use crate::{
    model::{
        base::money::{Money, VatRate},
        money::tax_documents::{DocumentKind, DocumentLine, LineSubject, Party, Supplier, TaxDocument, TaxRow},
    },
    ui::format,
};

const NAMESPACE: &str = "http://isdoc.cz/namespace/2013";
const VERSION: &str = "6.0.2";
/// A transfer to an account (UN/EDIFACT 4461).
const BY_TRANSFER: u8 = 42;
/// Digits of a unit price, which nothing is computed from.
const UNIT_PRICE_DIGITS: u32 = 6;

/// The document as ISDOC.
///
/// # Errors
/// [`NotMade`].
pub fn isdoc(document: &TaxDocument) -> Result<Vec<u8>, NotMade> {
    Xml::document(|xml| write(xml, document)).map_err(NotMade::because)
}

/// The type of the standard's list.
fn document_type(document: &TaxDocument) -> u8 {
    match (document.content.kind, document.corrected_kind()) {
        (DocumentKind::Invoice, _) => 1,
        (DocumentKind::CreditNote, Some(DocumentKind::Payment)) => 6,
        (DocumentKind::CreditNote, _) => 2,
        (DocumentKind::Proforma, _) => 4,
        (DocumentKind::Payment, _) => 5,
    }
}

/// What makes a document this one in the whole world: the same for every print of it (RFC 9562, version 8).
fn uuid_of(supplier: &Supplier, number: &str) -> Uuid {
    let hash = Sha256::digest(format!("isdoc:{}:{number}", supplier.party.ico));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn write(xml: &mut Xml, document: &TaxDocument) -> io::Result<()> {
    let content = &document.content;
    let supplier = &content.supplier;
    let issued_on = format::local_date(content.issued_at).to_string();
    let is_taxed = content.kind.is_tax_document();
    xml.within_with("Invoice", &[("xmlns", NAMESPACE), ("version", VERSION)], |xml| {
        xml.text("DocumentType", document_type(document))?;
        xml.text("ID", &document.number)?;
        xml.text("UUID", uuid_of(supplier, &document.number))?;
        xml.text("IssuingSystem", "Linka")?;
        xml.text("IssueDate", &issued_on)?;
        if let Some(supplied_on) = content.supplied_on.filter(|_| content.kind != DocumentKind::CreditNote) {
            xml.text("TaxPointDate", supplied_on)?;
        }
        xml.text("VATApplicable", is_taxed)?;
        xml.text("ElectronicPossibilityAgreementReference", "")?;
        if let Some((_, reason)) = &content.corrects {
            xml.text("Note", reason_in_words(reason))?;
        }
        xml.text("LocalCurrencyCode", "CZK")?;
        xml.text("CurrRate", 1)?;
        xml.text("RefCurrRate", 1)?;
        xml.within("AccountingSupplierParty", |xml| party(xml, &supplier.party, Some(supplier)))?;
        xml.within("AccountingCustomerParty", |xml| party(xml, &content.customer, None))?;
        if let Some((purchase, reference)) = &content.purchase {
            xml.within("OrderReferences", |xml| {
                xml.within_with("OrderReference", &[("id", "order")], |xml| {
                    xml.text("SalesOrderID", purchase)?;
                    if reference.is_empty() { Ok(()) } else { xml.text("ExternalOrderID", reference) }
                })
            })?;
        }
        if let Some((number, _)) = &content.corrects {
            xml.within("OriginalDocumentReferences", |xml| {
                xml.within_with("OriginalDocumentReference", &[("id", "original")], |xml| {
                    xml.text("ID", number)?;
                    xml.text("UUID", uuid_of(supplier, number))
                })
            })?;
        }
        xml.within("InvoiceLines", |xml| lines(xml, document))?;
        if let Some((proforma, symbol)) = proforma_paid(document).zip(content.variable_symbol) {
            xml.within("NonTaxedDeposits", |xml| {
                xml.within("NonTaxedDeposit", |xml| {
                    xml.text("ID", &proforma)?;
                    xml.text("VariableSymbol", symbol)?;
                    xml.text("DepositAmount", crowns(content.total()))
                })
            })?;
        }
        xml.within("TaxTotal", |xml| {
            for row in &content.taxes {
                xml.within("TaxSubTotal", |xml| tax(xml, document, row))?;
            }
            xml.text("TaxAmount", crowns(positive(document, content.tax())))
        })?;
        xml.within("LegalMonetaryTotal", |xml| totals(xml, document))?;
        payment_means(xml, document)
    })
}

/// The proforma that asked for what was paid. What was paid by card was asked for by none.
fn proforma_paid(document: &TaxDocument) -> Option<String> {
    let content = &document.content;
    if let Some((DocumentKind::Proforma, number)) = &content.follows {
        return Some(number.clone());
    }
    let symbol = content.variable_symbol.filter(|_| content.kind == DocumentKind::Payment)?.to_string();
    (DocumentKind::of_number(&symbol) == Some(DocumentKind::Proforma)).then_some(symbol)
}

fn party(xml: &mut Xml, party: &Party, supplier: Option<&Supplier>) -> io::Result<()> {
    xml.within("Party", |xml| {
        xml.within("PartyIdentification", |xml| xml.text("ID", &party.ico))?;
        xml.within("PartyName", |xml| xml.text("Name", &party.name))?;
        xml.within("PostalAddress", |xml| {
            let (street, number) = street_and_number(&party.street);
            xml.text("StreetName", street)?;
            xml.text("BuildingNumber", number)?;
            xml.text("CityName", &party.city)?;
            xml.text("PostalZone", party.postal_code.replace(' ', ""))?;
            xml.within("Country", |xml| {
                xml.text("IdentificationCode", "CZ")?;
                xml.text("Name", "Česká republika")
            })
        })?;
        if !party.dic.is_empty() {
            xml.within("PartyTaxScheme", |xml| {
                xml.text("CompanyID", &party.dic)?;
                xml.text("TaxScheme", "VAT")
            })?;
        }
        let Some(supplier) = supplier else {
            return Ok(());
        };
        xml.within("RegisterIdentification", |xml| xml.text("Preformatted", &supplier.register))?;
        xml.within("Contact", |xml| xml.text("ElectronicMail", &supplier.email))
    })
}

/// "Klatovská třída 12" as its two parts; a village's "č. p. 7" has a number all the same.
fn street_and_number(street: &str) -> (&str, &str) {
    match street.rsplit_once(' ') {
        Some((name, number)) if number.starts_with(|first: char| first.is_ascii_digit()) => (name, number),
        _ => (street, ""),
    }
}

fn lines(xml: &mut Xml, document: &TaxDocument) -> io::Result<()> {
    let content = &document.content;
    for (index, (line, tax)) in content.lines.iter().zip(taxes_of_lines(&content.lines, &content.taxes)).enumerate() {
        let (price, tax) = (positive(document, line.price), positive(document, tax));
        xml.within("InvoiceLine", |xml| {
            xml.text("ID", index + 1)?;
            xml.text_with("InvoicedQuantity", &[("unitCode", unit(line))], line.quantity)?;
            xml.text("LineExtensionAmount", crowns(price))?;
            xml.text("LineExtensionAmountTaxInclusive", crowns(price + tax))?;
            xml.text("LineExtensionTaxAmount", crowns(tax))?;
            xml.text("UnitPrice", of_one(price, line.quantity))?;
            xml.text("UnitPriceTaxInclusive", of_one(price + tax, line.quantity))?;
            xml.within("ClassifiedTaxCategory", |xml| {
                xml.text("Percent", line.vat)?;
                // What is returned, or came in parts, is a share of the whole, tax included; all else is computed from the price
                // without.
                let of_total = matches!(
                    line.what,
                    LineSubject::Part { .. }
                        | LineSubject::WonBack
                        | LineSubject::UsedMinutes { .. }
                        | LineSubject::ReturnedMinutes { .. }
                );
                xml.text("VATCalculationMethod", u8::from(of_total))?;
                xml.text("VATApplicable", content.kind.is_tax_document())
            })?;
            xml.within("Item", |xml| xml.text("Description", description(line)))
        })?;
    }
    Ok(())
}

/// What the quantity of a line counts.
pub(super) fn unit(line: &DocumentLine) -> &'static str {
    match line.what {
        LineSubject::Bundle { .. }
        | LineSubject::Part { .. }
        | LineSubject::ContractFee { .. }
        | LineSubject::WonBack => "ks",
        LineSubject::Intervention { .. } | LineSubject::UsedMinutes { .. } | LineSubject::ReturnedMinutes { .. } => {
            "min"
        }
    }
}

/// The tax of each line, such that the lines of a rate have exactly the tax of that rate: each gets what the sum up to it
/// has more than the sum before it.
pub(super) fn taxes_of_lines(lines: &[DocumentLine], taxes: &[TaxRow]) -> Vec<Money> {
    let mut told: Vec<(VatRate, Money, Money)> = taxes.iter().map(|row| (row.vat, Money::ZERO, Money::ZERO)).collect();
    lines
        .iter()
        .map(|line| {
            let row = taxes.iter().find(|row| row.vat == line.vat);
            let Some((row, (_, base, tax))) = row.zip(told.iter_mut().find(|(vat, ..)| *vat == line.vat)) else {
                return Money::ZERO;
            };
            *base = *base + line.price;
            let up_to_here = share(row.tax, *base, row.base);
            let of_line = up_to_here - *tax;
            *tax = up_to_here;
            of_line
        })
        .collect()
}

/// `whole` × `part` / `of`, rounded to a haléř; all of it when there is nothing to divide by.
fn share(whole: Money, part: Money, of: Money) -> Money {
    if of == Money::ZERO {
        return whole;
    }
    let product = i128::from(whole.haler()) * i128::from(part.haler());
    let of = i128::from(of.haler());
    let rounded = (product * 2 + of.abs() * product.signum()) / (of * 2);
    Money::from_haler(i64::try_from(rounded).unwrap_or(whole.haler()))
}

fn tax(xml: &mut Xml, document: &TaxDocument, row: &TaxRow) -> io::Result<()> {
    let [base, tax, total] = [row.base, row.tax, row.total].map(|amount| crowns(positive(document, amount)));
    xml.text("TaxableAmount", base)?;
    xml.text("TaxAmount", tax)?;
    xml.text("TaxInclusiveAmount", total)?;
    for claimed in ["AlreadyClaimedTaxableAmount", "AlreadyClaimedTaxAmount", "AlreadyClaimedTaxInclusiveAmount"] {
        xml.text(claimed, crowns(Money::ZERO))?;
    }
    xml.text("DifferenceTaxableAmount", base)?;
    xml.text("DifferenceTaxAmount", tax)?;
    xml.text("DifferenceTaxInclusiveAmount", total)?;
    xml.within("TaxCategory", |xml| {
        xml.text("Percent", row.vat)?;
        xml.text("VATApplicable", document.content.kind.is_tax_document())
    })
}

fn totals(xml: &mut Xml, document: &TaxDocument) -> io::Result<()> {
    let content = &document.content;
    let total = positive(document, content.total());
    let paid = if content.paid { total } else { Money::ZERO };
    let [base, with_tax, none] = [positive(document, content.base()), total, Money::ZERO].map(crowns);
    xml.text("TaxExclusiveAmount", base)?;
    xml.text("TaxInclusiveAmount", with_tax)?;
    xml.text("AlreadyClaimedTaxExclusiveAmount", none)?;
    xml.text("AlreadyClaimedTaxInclusiveAmount", none)?;
    xml.text("DifferenceTaxExclusiveAmount", base)?;
    xml.text("DifferenceTaxInclusiveAmount", with_tax)?;
    xml.text("PayableRoundingAmount", none)?;
    xml.text("PaidDepositsAmount", crowns(paid))?;
    xml.text("PayableAmount", crowns(total - paid))
}

fn payment_means(xml: &mut Xml, document: &TaxDocument) -> io::Result<()> {
    let Some(request) = document.payment_request("") else {
        return Ok(());
    };
    let Some(due_on) = request.due_on else {
        return Ok(());
    };
    let supplier = &document.content.supplier;
    let (account, bank) = supplier.account.split_once('/').unwrap_or((&supplier.account, ""));
    xml.within("PaymentMeans", |xml| {
        xml.within("Payment", |xml| {
            xml.text("PaidAmount", crowns(request.amount))?;
            xml.text("PaymentMeansCode", BY_TRANSFER)?;
            xml.within("Details", |xml| {
                xml.text("PaymentDueDate", due_on)?;
                xml.text("ID", account)?;
                xml.text("BankCode", bank)?;
                xml.text("Name", &supplier.bank)?;
                xml.text("IBAN", &supplier.iban)?;
                xml.text("BIC", &supplier.bic)?;
                xml.text("VariableSymbol", request.variable_symbol)
            })
        })
    })
}

/// An amount as the standard wants it: what a credit note takes off is positive.
pub(super) fn positive(document: &TaxDocument, amount: Money) -> Money {
    if document.content.kind == DocumentKind::CreditNote { -amount } else { amount }
}

fn crowns(amount: Money) -> Decimal {
    amount.to_crowns()
}

fn of_one(price: Money, quantity: u32) -> Decimal {
    (price.to_crowns() / Decimal::from(quantity.max(1))).round_dp(UNIT_PRICE_DIGITS).normalize()
}
