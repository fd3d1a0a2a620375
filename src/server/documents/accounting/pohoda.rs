//! POHODA: a data pack of issued invoices and corrective documents, version 2.0 (stormware.cz/pohoda/xml).

use std::io;

use super::{Rate, cut, sum, supplier, taxed, text};
use crate::{
    model::{
        base::calendar::to_local,
        money::tax_documents::{DocumentKind, Party, TaxDocument},
    },
    server::documents::{NotMade, isdoc::taxes_of_lines, make, tax_document::reason_in_words, xml::Xml},
};

const SCHEMA: [(&str, &str); 3] = [
    ("xmlns:dat", "http://www.stormware.cz/schema/version_2/data.xsd"),
    ("xmlns:inv", "http://www.stormware.cz/schema/version_2/invoice.xsd"),
    ("xmlns:typ", "http://www.stormware.cz/schema/version_2/type.xsd"),
];
const VERSION: (&str, &str) = ("version", "2.0");
/// The longest text of a document, and of a line.
const TEXT_MAX: usize = 240;
const LINE_MAX: usize = 90;
/// The longest names of a company and of its street and town.
const COMPANY_MAX: usize = 255;
const STREET_MAX: usize = 64;
const CITY_MAX: usize = 45;

/// The tax documents of a period for POHODA.
///
/// # Errors
/// [`NotMade`].
pub async fn pohoda(documents: Vec<TaxDocument>) -> Result<Vec<u8>, NotMade> {
    make(move || pack(&documents).map_err(NotMade::because)).await
}

fn pack(documents: &[TaxDocument]) -> io::Result<Vec<u8>> {
    let facts = [("id", "linka"), ("ico", supplier(documents)), ("application", "Linka"), VERSION, ("note", "Linka")];
    let attributes: Vec<_> = SCHEMA.into_iter().chain(facts).collect();
    Xml::document(|xml| {
        xml.within_with("dat:dataPack", &attributes, |xml| {
            for document in taxed(documents) {
                xml.within_with("dat:dataPackItem", &[("id", &document.number), VERSION], |xml| {
                    xml.within_with("inv:invoice", &[VERSION], |xml| invoice(xml, document))
                })?;
            }
            Ok(())
        })
    })
}

fn invoice(xml: &mut Xml, document: &TaxDocument) -> io::Result<()> {
    xml.within("inv:invoiceHeader", |xml| header(xml, document))?;
    xml.within("inv:invoiceDetail", |xml| items(xml, document))?;
    xml.within("inv:invoiceSummary", |xml| {
        xml.text("inv:roundingDocument", "none")?;
        xml.within("inv:homeCurrency", |xml| {
            let taxes = &document.content.taxes;
            let ((none, _), (low, low_tax), (high, high_tax)) =
                (sum(taxes, Rate::None), sum(taxes, Rate::Reduced), sum(taxes, Rate::Standard));
            xml.text("typ:priceNone", none.to_crowns())?;
            xml.text("typ:priceLow", low.to_crowns())?;
            xml.text("typ:priceLowVAT", low_tax.to_crowns())?;
            xml.text("typ:priceLowSum", (low + low_tax).to_crowns())?;
            xml.text("typ:priceHigh", high.to_crowns())?;
            xml.text("typ:priceHighVAT", high_tax.to_crowns())?;
            xml.text("typ:priceHighSum", (high + high_tax).to_crowns())
        })
    })
}

fn header(xml: &mut Xml, document: &TaxDocument) -> io::Result<()> {
    let content = &document.content;
    let is_credit = content.kind == DocumentKind::CreditNote;
    xml.text("inv:invoiceType", if is_credit { "issuedCreditNotice" } else { "issuedInvoice" })?;
    xml.within("inv:number", |xml| xml.text("typ:numberRequested", &document.number))?;
    if let Some(symbol) = document.variable_symbol() {
        xml.text("inv:symVar", symbol)?;
    }
    if let Some((number, _)) = &content.corrects {
        xml.text("inv:originalDocumentNumber", number)?;
    }
    let issued_on = to_local(content.issued_at).date();
    xml.text("inv:date", issued_on)?;
    if let Some(day) = content.supplied_on {
        xml.text("inv:dateTax", day)?;
        xml.text("inv:dateAccounting", day)?;
    }
    if let Some(day) = content.due_on {
        xml.text("inv:dateDue", day)?;
    }
    xml.within("inv:classificationVAT", |xml| xml.text("typ:classificationVATType", "inland"))?;
    xml.text("inv:text", cut(&subject(document), TEXT_MAX))?;
    xml.within("inv:partnerIdentity", |xml| xml.within("typ:address", |xml| address(xml, &content.customer)))?;
    if let Some((purchase, _)) = &content.purchase {
        xml.text("inv:numberOrder", purchase)?;
    }
    Ok(())
}

/// What a document is about: why it corrects, or its first line.
fn subject(document: &TaxDocument) -> String {
    match &document.content.corrects {
        Some((_, reason)) => reason_in_words(reason),
        None => document.content.lines.first().map(text).unwrap_or_default(),
    }
}

fn address(xml: &mut Xml, party: &Party) -> io::Result<()> {
    xml.text("typ:company", cut(&party.name, COMPANY_MAX))?;
    xml.text("typ:city", cut(&party.city, CITY_MAX))?;
    xml.text("typ:street", cut(&party.street, STREET_MAX))?;
    xml.text("typ:zip", party.postal_code.replace(' ', ""))?;
    if !party.ico.is_empty() {
        xml.text("typ:ico", &party.ico)?;
    }
    if party.dic.is_empty() { Ok(()) } else { xml.text("typ:dic", &party.dic) }
}

fn items(xml: &mut Xml, document: &TaxDocument) -> io::Result<()> {
    let content = &document.content;
    for (line, tax) in content.lines.iter().zip(taxes_of_lines(&content.lines, &content.taxes)) {
        xml.within("inv:invoiceItem", |xml| {
            xml.text("inv:text", cut(&text(line), LINE_MAX))?;
            xml.text("inv:quantity", 1)?;
            xml.text("inv:payVAT", false)?;
            xml.text(
                "inv:rateVAT",
                match Rate::of(line.vat) {
                    Rate::None => "none",
                    Rate::Reduced => "low",
                    Rate::Standard => "high",
                },
            )?;
            xml.text("inv:percentVAT", line.vat)?;
            xml.within("inv:homeCurrency", |xml| {
                xml.text("typ:unitPrice", line.price.to_crowns())?;
                xml.text("typ:price", line.price.to_crowns())?;
                xml.text("typ:priceVAT", tax.to_crowns())?;
                xml.text("typ:priceSum", (line.price + tax).to_crowns())
            })
        })?;
    }
    Ok(())
}
