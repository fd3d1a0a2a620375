//! Tax documents on paper, with the same document for programs attached (PDF/A-3 with ISDOC inside).
//!
//! They are in Czech, whoever reads them: they are issued under Czech law to whoever keeps Czech books.

use chrono::NaiveDate;
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Serialize;
use typst_pdf::PdfStandard;

use super::{
    NotMade,
    printing::{self, Document, Frame},
};
use crate::{
    model::{
        base::money::Money,
        money::{
            purchases::Purchase,
            spayd::PaymentRequest,
            tax_documents::{
                DocumentContent, DocumentKind, DocumentLine, FileFormat, LineSubject, Party, Supplier, TaxDocument,
                TaxRow,
            },
        },
    },
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// The language of the law.
const CZECH: Locale = Locale::Cs;

/// The document as a PDF.
///
/// * `isdoc` – the same document for programs, which is attached
///
/// # Errors
/// [`NotMade`].
pub async fn tax_document_pdf(document: &TaxDocument, isdoc: Vec<u8>) -> Result<Vec<u8>, NotMade> {
    printing::print(Paper::new(document, isdoc)?).await
}

/// What a file of a document is called: by its number, as accountants sort them.
#[must_use]
pub fn file_name(locale: Locale, kind: DocumentKind, number: &str, format: FileFormat) -> String {
    format!("{}.{format}", t!(locale => "file-tax-document", kind = kind.code(), number = number))
}

/// What a customer reads on the checkout page, which speaks Czech.
#[must_use]
pub fn checkout_name(purchase: &Purchase) -> String {
    t!(CZECH => "tax-checkout-name", minutes = purchase.minutes.to_string(), number = purchase.number.to_string())
}

/// What the payer's statement says.
fn message(document: &TaxDocument) -> String {
    t!(CZECH => "tax-payment-message", number = document.number.as_str())
}

/// Everything that its template shows, in words.
#[derive(Debug, Serialize)]
struct Paper {
    frame: Frame,
    supplier: Side,
    customer: Side,
    facts: Vec<Fact>,
    notices: Vec<Notice>,
    lines: Table,
    taxes: Table,
    total: Fact,
    payment: Option<Payment>,
    attachment: Attachment,
    #[serde(skip)]
    isdoc: Vec<u8>,
    #[serde(skip)]
    code: Option<String>,
}

#[derive(Debug, Serialize)]
struct Side {
    title: String,
    name: String,
    address: Vec<String>,
    numbers: Vec<Fact>,
    register: String,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct Notice {
    title: String,
    paragraphs: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Table {
    title: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    /// How many of the last rows are sums.
    sums: usize,
}

#[derive(Debug, Serialize)]
struct Payment {
    title: String,
    facts: Vec<Fact>,
    /// What the code says, for whoever cannot see it.
    alt: String,
    caption: String,
}

#[derive(Debug, Serialize)]
struct Attachment {
    name: String,
    description: String,
}

impl Document for Paper {
    const TEMPLATE: &'static str = printing::TAX_DOCUMENT;
    const STANDARDS: &'static [PdfStandard] = &[PdfStandard::A_3a, PdfStandard::Ua_1];

    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn files(&self) -> Vec<(&'static str, Vec<u8>)> {
        let code = self.code.iter().map(|svg| ("code", svg.clone().into_bytes()));
        code.chain([("isdoc", self.isdoc.clone())]).collect()
    }
}

impl Paper {
    fn new(document: &TaxDocument, isdoc: Vec<u8>) -> Result<Self, NotMade> {
        let content = &document.content;
        let message = message(document);
        let request = document.payment_request(&message);
        let code = request.as_ref().map(|request| code(&request.spayd())).transpose()?;
        Ok(Self {
            frame: frame(document),
            supplier: supplier(&content.supplier),
            customer: side(t!(CZECH => "tax-customer"), &content.customer),
            facts: facts(content),
            notices: notices(content),
            lines: lines(&content.lines),
            taxes: taxes(content),
            total: total(content),
            payment: request.map(|request| payment(&content.supplier, &request)),
            attachment: Attachment {
                name: file_name(Locale::En, content.kind, &document.number, FileFormat::Isdoc),
                description: t!(CZECH => "tax-attachment"),
            },
            isdoc,
            code,
        })
    }
}

fn frame(document: &TaxDocument) -> Frame {
    let content = &document.content;
    let title = t!(CZECH => "tax-title", kind = content.kind.code(), number = document.number.as_str());
    let kind = t!(CZECH => "tax-nature", kind = content.kind.code());
    let supplier = &content.supplier;
    let foot = t!(
        CZECH => "tax-foot",
        name = supplier.party.name.as_str(),
        ico = supplier.party.ico.as_str(),
        email = supplier.email.as_str(),
    );
    Frame::new(CZECH, title, kind, foot, content.issued_at)
}

fn supplier(supplier: &Supplier) -> Side {
    Side { register: supplier.register.clone(), ..side(t!(CZECH => "tax-supplier"), &supplier.party) }
}

fn side(title: String, party: &Party) -> Side {
    let number = |label, value: &str| (!value.is_empty()).then(|| Fact { label, value: value.to_owned() });
    let place = format!("{} {}", party.postal_code, party.city);
    Side {
        title,
        name: party.name.clone(),
        address: [party.street.trim(), place.trim()]
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(Into::into)
            .collect(),
        numbers: [number(t!(CZECH => "tax-ico"), &party.ico), number(t!(CZECH => "tax-dic"), &party.dic)]
            .into_iter()
            .flatten()
            .collect(),
        register: String::new(),
    }
}

fn facts(content: &DocumentContent) -> Vec<Fact> {
    let day = |label, day: NaiveDate| Fact { label, value: date(day) };
    let supplied = content
        .supplied_on
        .map(|supplied_on| day(t!(CZECH => "tax-supplied", kind = content.kind.code()), supplied_on));
    let purchase = content.purchase.as_ref();
    let reference = purchase.filter(|(_, reference)| !reference.is_empty());
    [
        Some(day(t!(CZECH => "tax-issued"), format::local_date(content.issued_at))),
        supplied,
        content.due_on.map(|due_on| day(t!(CZECH => "tax-due"), due_on)),
        purchase.map(|(number, _)| Fact { label: t!(CZECH => "tax-purchase"), value: number.to_string() }),
        reference.map(|(_, reference)| Fact { label: t!(CZECH => "tax-reference"), value: reference.clone() }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn notices(content: &DocumentContent) -> Vec<Notice> {
    let notice = |title, paragraph: String| Notice { title, paragraphs: vec![paragraph] };
    let corrects = content
        .corrects
        .as_ref()
        .map(|(number, reason)| notice(t!(CZECH => "tax-corrects", number = number.as_str()), reason_in_words(reason)));
    let nature = match content.kind {
        DocumentKind::Proforma => Some(notice(t!(CZECH => "tax-proforma"), t!(CZECH => "tax-proforma-help"))),
        DocumentKind::Payment => Some(notice(t!(CZECH => "tax-paid"), t!(CZECH => "tax-paid-help"))),
        DocumentKind::Invoice | DocumentKind::CreditNote => None,
    };
    corrects.into_iter().chain(nature).collect()
}

/// Why a document is corrected; what nobody gave a reason for was counted again.
pub(super) fn reason_in_words(reason: &str) -> String {
    match reason {
        "" => t!(CZECH => "tax-reason-recount"),
        reason => t!(CZECH => "tax-reason", reason = reason),
    }
}

fn lines(lines: &[DocumentLine]) -> Table {
    Table {
        title: t!(CZECH => "tax-lines"),
        columns: vec![
            t!(CZECH => "tax-what"),
            t!(CZECH => "tax-quantity"),
            t!(CZECH => "tax-unit-price"),
            t!(CZECH => "tax-rate"),
            t!(CZECH => "tax-line-base"),
        ],
        rows: lines.iter().map(line).collect(),
        sums: 0,
    }
}

fn line(line: &DocumentLine) -> Vec<String> {
    vec![
        description(line),
        quantity(line),
        unit_price(line).map(amount).unwrap_or_default(),
        format::percent(CZECH, line.vat),
        amount(line.price),
    ]
}

/// What a line is about, in words.
pub(super) fn description(line: &DocumentLine) -> String {
    match &line.what {
        LineSubject::Bundle { minutes, validity_months } => t!(
            CZECH => "tax-line-bundle",
            minutes = format::minutes(CZECH, *minutes),
            months = *validity_months,
        ),
        LineSubject::Part { minutes, validity_months, left } => t!(
            CZECH => "tax-line-part",
            minutes = format::minutes(CZECH, *minutes),
            months = *validity_months,
            is_last = (*left == Money::ZERO).to_string(),
            left = crowns(*left),
        ),
        LineSubject::Intervention { number, day, work_type, .. } => t!(
            CZECH => "tax-line-intervention",
            number = number.as_str(),
            date = date(*day),
            work = work_type.as_str(),
        ),
        LineSubject::ContractFee { contract, from, until } => t!(
            CZECH => "tax-line-fee",
            contract = contract.as_str(),
            from = date(*from),
            until = date(*until),
        ),
        LineSubject::WonBack => t!(CZECH => "tax-line-won-back"),
        LineSubject::UsedMinutes { purchase } => t!(CZECH => "tax-line-used", purchase = purchase.to_string()),
        LineSubject::ReturnedMinutes { purchase } => {
            t!(CZECH => "tax-line-returned", minutes = line.quantity, purchase = purchase.to_string())
        }
    }
}

fn quantity(line: &DocumentLine) -> String {
    match line.what {
        LineSubject::Bundle { .. }
        | LineSubject::Part { .. }
        | LineSubject::ContractFee { .. }
        | LineSubject::WonBack => t!(CZECH => "tax-pieces", count = line.quantity),
        LineSubject::Intervention { .. } | LineSubject::UsedMinutes { .. } | LineSubject::ReturnedMinutes { .. } => {
            format::minutes(CZECH, line.quantity)
        }
    }
}

/// The price of one, where that is a whole number of haléře; what is returned is a share of what was paid.
fn unit_price(line: &DocumentLine) -> Option<Money> {
    let (price, quantity) = (line.price.haler(), i64::from(line.quantity));
    (quantity > 0 && price % quantity == 0).then(|| Money::from_haler(price / quantity))
}

fn taxes(content: &DocumentContent) -> Table {
    let row = |label, base, tax, total| vec![label, amount(base), amount(tax), amount(total)];
    let of_rate = |taxes: &TaxRow| row(format::percent(CZECH, taxes.vat), taxes.base, taxes.tax, taxes.total);
    let mut rows: Vec<_> = content.taxes.iter().map(of_rate).collect();
    // The sum of one rate would only repeat it.
    let sums = usize::from(rows.len() > 1);
    if sums > 0 {
        rows.push(row(t!(CZECH => "tax-sum"), content.base(), content.tax(), content.total()));
    }
    Table {
        title: t!(CZECH => "tax-taxes"),
        columns: vec![
            t!(CZECH => "tax-rate"),
            t!(CZECH => "tax-base"),
            t!(CZECH => "tax-tax"),
            t!(CZECH => "tax-total"),
        ],
        rows,
        sums,
    }
}

fn total(content: &DocumentContent) -> Fact {
    let what = if content.paid { "paid" } else { content.kind.code() };
    Fact { label: t!(CZECH => "tax-total-of", what = what), value: crowns(content.total()) }
}

fn payment(supplier: &Supplier, request: &PaymentRequest<'_>) -> Payment {
    let fact = |label, value: String| Fact { label, value };
    let due = request.due_on.map(|due_on| fact(t!(CZECH => "tax-due"), date(due_on)));
    let facts = [
        Some(fact(t!(CZECH => "tax-account"), supplier.account.clone())),
        Some(fact(t!(CZECH => "tax-symbol"), request.variable_symbol.to_string())),
        Some(fact(t!(CZECH => "tax-amount"), crowns(request.amount))),
        due,
        Some(fact(t!(CZECH => "tax-iban"), in_fours(&supplier.iban))),
        Some(fact(t!(CZECH => "tax-bic"), format!("{} ({})", supplier.bic, supplier.bank))),
    ];
    Payment {
        title: t!(CZECH => "tax-payment"),
        facts: facts.into_iter().flatten().collect(),
        alt: t!(CZECH => "tax-code-alt", amount = crowns(request.amount), account = supplier.account.as_str()),
        caption: t!(CZECH => "tax-code"),
    }
}

/// The code that banks' applications read.
fn code(spayd: &str) -> Result<String, NotMade> {
    let code = QrCode::with_error_correction_level(spayd, EcLevel::M).map_err(NotMade::because)?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}

fn date(date: NaiveDate) -> String {
    format::date_numeric(CZECH, date, None)
}

/// With haléře even where there are none: amounts stand under one another.
fn amount(amount: Money) -> String {
    let bare = format::money_bare(CZECH, amount);
    if amount.haler() % 100 == 0 { format!("{bare},00") } else { bare }
}

fn crowns(money: Money) -> String {
    t!(CZECH => "money", amount = amount(money))
}

/// "CZ65 0800 0000 1920 0014 5399"
fn in_fours(iban: &str) -> String {
    let characters: Vec<char> = iban.chars().collect();
    characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("\u{a0}")
}

#[cfg(test)]
pub(super) mod tests;
