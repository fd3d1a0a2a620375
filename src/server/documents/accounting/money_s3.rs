//! Money S3: a list of issued invoices (structure `FaktVyd` of its exchange of data in XML). Elements stand in the order of its
//! schema. What a credit note takes off is positive there, its mark says that it is taken off.

use std::io;

use super::{Rate, cut, sum, supplier, taxed, text};
use crate::{
    model::{
        base::calendar::to_local,
        money::tax_documents::{DocumentKind, Party, TaxDocument},
    },
    server::documents::{NotMade, isdoc::positive, make, xml::Xml},
};

/// The longest description of a document or line, and the longest name.
const TEXT_MAX: usize = 50;

/// The tax documents of a period for Money S3.
///
/// # Errors
/// [`NotMade`].
pub async fn money_s3(documents: Vec<TaxDocument>) -> Result<Vec<u8>, NotMade> {
    make(move || list(&documents).map_err(NotMade::because)).await
}

fn list(documents: &[TaxDocument]) -> io::Result<Vec<u8>> {
    Xml::document(|xml| {
        xml.within_with("MoneyData", &[("ICAgendy", supplier(documents)), ("JazykVerze", "CZ")], |xml| {
            xml.within("SeznamFaktVyd", |xml| {
                for document in taxed(documents) {
                    xml.within("FaktVyd", |xml| invoice(xml, document))?;
                }
                Ok(())
            })
        })
    })
}

fn invoice(xml: &mut Xml, document: &TaxDocument) -> io::Result<()> {
    let content = &document.content;
    let is_credit = content.kind == DocumentKind::CreditNote;
    let issued_on = to_local(content.issued_at).date();
    let taxed_on = content.supplied_on.unwrap_or(issued_on);
    xml.text("Doklad", &document.number)?;
    xml.text("Popis", cut(&content.lines.first().map(text).unwrap_or_default(), TEXT_MAX))?;
    xml.text("Vystaveno", issued_on)?;
    xml.text("DatUcPr", taxed_on)?;
    xml.text("PlnenoDPH", taxed_on)?;
    xml.text("Splatno", content.due_on.unwrap_or(issued_on))?;
    if is_credit {
        xml.text("Doruceno", taxed_on)?;
    }
    xml.text("ZjednD", 0)?;
    if let Some(symbol) = document.variable_symbol() {
        xml.text("VarSymbol", symbol)?;
    }
    if let Some((number, _)) = &content.corrects {
        xml.text("ParSymbol", number)?;
    }
    if let Some((purchase, _)) = &content.purchase {
        xml.text("CObjednavk", purchase)?;
    }
    xml.text("Druh", "N")?;
    xml.text("Dobropis", u8::from(is_credit))?;
    xml.within("SouhrnDPH", |xml| {
        let amounts = |rate| {
            let (base, tax) = sum(&content.taxes, rate);
            (positive(document, base).to_crowns(), positive(document, tax).to_crowns())
        };
        let ((none, _), (reduced, reduced_tax), (standard, standard_tax)) =
            (amounts(Rate::None), amounts(Rate::Reduced), amounts(Rate::Standard));
        xml.text("Zaklad0", none)?;
        xml.text("Zaklad5", reduced)?;
        xml.text("Zaklad22", standard)?;
        xml.text("DPH5", reduced_tax)?;
        xml.text("DPH22", standard_tax)
    })?;
    xml.text("Celkem", positive(document, content.total()).to_crowns())?;
    xml.within("DodOdb", |xml| party(xml, &content.customer))?;
    xml.within("SeznamPolozek", |xml| lines(xml, document))
}

fn party(xml: &mut Xml, party: &Party) -> io::Result<()> {
    xml.text("ObchNazev", cut(&party.name, TEXT_MAX))?;
    xml.within("ObchAdresa", |xml| {
        xml.text("Ulice", cut(&party.street, TEXT_MAX))?;
        xml.text("Misto", cut(&party.city, TEXT_MAX))?;
        xml.text("PSC", &party.postal_code)?;
        xml.text("Stat", "Česká republika")
    })?;
    if !party.ico.is_empty() {
        xml.text("ICO", &party.ico)?;
    }
    if party.dic.is_empty() { Ok(()) } else { xml.text("DIC", &party.dic) }
}

fn lines(xml: &mut Xml, document: &TaxDocument) -> io::Result<()> {
    for (line, place) in document.content.lines.iter().zip(1..) {
        xml.within("Polozka", |xml| {
            xml.text("Popis", cut(&text(line), TEXT_MAX))?;
            xml.text("PocetMJ", 1)?;
            xml.text("SazbaDPH", line.vat)?;
            xml.text("Cena", positive(document, line.price).to_crowns())?;
            // Without VAT.
            xml.text("CenaTyp", 0)?;
            xml.text("Poradi", i32::to_string(&place))
        })?;
    }
    Ok(())
}
