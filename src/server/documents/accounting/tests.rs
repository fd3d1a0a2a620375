//! What accountants' programs are given, against what their makers publish of its structure: the names and the order of elements,
//! lengths, and sums. Their schemas are not here, and neither are the programs (design, The accountant's month).

use quick_xml::{Reader, events::Event};

use super::{money_s3, pohoda};
use crate::{
    model::{
        base::money::Money,
        money::tax_documents::{DocumentKind, TaxDocument},
    },
    server::documents::tax_document::tests::{all, values},
};

/// The children of each element in the order that is published, as far as we write them.
const ORDERS: &[(&str, &[&str])] = &[
    ("dat:dataPackItem", &["inv:invoice"]),
    ("inv:invoice", &["inv:invoiceHeader", "inv:invoiceDetail", "inv:invoiceSummary"]),
    (
        "inv:invoiceHeader",
        &[
            "inv:invoiceType",
            "inv:number",
            "inv:symVar",
            "inv:originalDocument",
            "inv:originalDocumentNumber",
            "inv:symPar",
            "inv:date",
            "inv:dateTax",
            "inv:dateAccounting",
            "inv:dateKHDPH",
            "inv:dateDue",
            "inv:accounting",
            "inv:classificationVAT",
            "inv:text",
            "inv:partnerIdentity",
            "inv:myIdentity",
            "inv:order",
            "inv:numberOrder",
        ],
    ),
    (
        "inv:invoiceItem",
        &[
            "inv:text",
            "inv:quantity",
            "inv:unit",
            "inv:coefficient",
            "inv:payVAT",
            "inv:rateVAT",
            "inv:percentVAT",
            "inv:discountPercentage",
            "inv:homeCurrency",
        ],
    ),
    (
        "FaktVyd",
        &[
            "Doklad",
            "Popis",
            "Vystaveno",
            "DatUcPr",
            "PlnenoDPH",
            "Splatno",
            "Uhrazeno",
            "Doruceno",
            "KodDPH",
            "ZjednD",
            "VarSymbol",
            "SpecSymbol",
            "ParSymbol",
            "CObjednavk",
            "Druh",
            "Dobropis",
            "Uhrada",
            "SouhrnDPH",
            "Celkem",
            "DodOdb",
            "SeznamPolozek",
        ],
    ),
    ("SouhrnDPH", &["Zaklad0", "Zaklad5", "Zaklad22", "DPH5", "DPH22"]),
    ("Polozka", &["Popis", "Poznamka", "PocetMJ", "SazbaDPH", "Cena", "CenaTyp", "Sleva", "Cinnost", "Poradi"]),
];

/// Every element with the names of its children, in the order in which they end.
fn children(xml: &[u8]) -> Vec<(String, Vec<String>)> {
    let mut reader = Reader::from_reader(xml);
    let (mut open, mut found): (Vec<(String, Vec<String>)>, Vec<_>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => {
                let name = start.name();
                let name: &str = name.as_ref();
                if let Some((_, children)) = open.last_mut() {
                    children.push(name.to_owned());
                }
                open.push((name.to_owned(), Vec::new()));
            }
            Event::End(_) => found.extend(open.pop()),
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn assert_in_order(xml: &[u8]) {
    let mut asked = 0;
    for (parent, found) in children(xml) {
        let Some((_, order)) = ORDERS.iter().find(|(name, _)| *name == parent) else { continue };
        asked += 1;
        let places: Vec<_> =
            found.iter().map(|child| order.iter().position(|known| known == child).expect(child)).collect();
        assert!(places.is_sorted_by(|one, next| one < next), "{parent}: {found:?}");
    }
    assert!(asked > 6, "{asked}");
}

fn crowns(amount: Money) -> String {
    amount.to_crowns().to_string()
}

fn taxed() -> Vec<TaxDocument> {
    all().into_iter().filter(|document| document.content.kind != DocumentKind::Proforma).collect()
}

#[tokio::test]
async fn pohoda_gets_each_tax_document_with_its_sums_in_the_published_order() {
    let xml = pohoda(all().into()).await.expect("a pack");
    assert_in_order(&xml);
    let taxed = taxed();
    let numbers: Vec<_> = taxed.iter().map(|document| document.number.clone()).collect();
    assert_eq!(values(&xml, "typ:numberRequested"), numbers, "and no proforma");
    assert_eq!(values(&xml, "inv:invoiceType"), ["issuedInvoice", "issuedInvoice", "issuedCreditNotice"]);
    let sums =
        |part: fn(&TaxDocument) -> Money| taxed.iter().map(|document| crowns(part(document))).collect::<Vec<_>>();
    assert_eq!(values(&xml, "typ:priceHigh"), sums(|document| document.content.base()));
    assert_eq!(values(&xml, "typ:priceHighVAT"), sums(|document| document.content.tax()));
    assert_eq!(values(&xml, "typ:priceHighSum"), sums(|document| document.content.total()));
    let text = String::from_utf8(xml).expect("UTF-8");
    assert!(text.contains(r#"ico="12345679""#) && text.contains(r#"version="2.0""#), "{text}");
    assert!(text.contains("Základní škola &amp; jídelna Lipová") && text.contains("33901"), "{text}");
}

#[tokio::test]
async fn lines_of_a_document_add_up_to_its_taxes_for_pohoda() {
    for document in taxed() {
        let xml = pohoda(vec![document.clone()]).await.expect("a pack");
        let sum = |name: &str| {
            let amounts =
                values(&xml, name).into_iter().map(|text| text.parse::<rust_decimal::Decimal>().expect("a number"));
            amounts.sum::<rust_decimal::Decimal>()
        };
        assert_eq!(sum("typ:price"), document.content.base().to_crowns(), "{}", document.number);
        assert_eq!(sum("typ:priceVAT"), document.content.tax().to_crowns(), "{}", document.number);
    }
}

#[tokio::test]
async fn money_s3_gets_positive_credits_and_short_texts_in_the_order_of_its_schema() {
    let mut documents = all();
    documents[2].content.customer.ico = "00254801".into();
    let xml = money_s3(documents.into()).await.expect("a list");
    assert_in_order(&xml);
    assert_eq!(values(&xml, "Dobropis"), ["0", "0", "1"]);
    let totals: Vec<_> = taxed()
        .iter()
        .map(|document| {
            let total = document.content.total();
            crowns(if total < Money::ZERO { -total } else { total })
        })
        .collect();
    assert_eq!(values(&xml, "Celkem"), totals);
    assert!(values(&xml, "Doklad").iter().all(|number| number.len() <= 10));
    assert!(values(&xml, "Popis").iter().all(|text| text.chars().count() <= 50));
    assert_eq!(values(&xml, "ICO"), ["70874121", "00254801", "70874121"], "with its zeros");
}
