//! The receipt of an intervention on paper: the same facts as on its page.

use chrono::NaiveDate;
use serde::Serialize;
use std::iter;

use super::{
    NotMade,
    printing::{self, Document, Frame},
};
use crate::{
    model::{
        base::terms::Urgency,
        work::{
            ceiling::Consent,
            contests::Contest,
            receipts::{Receipt, ReceiptDraw, ReceiptSegment, Remainder},
        },
    },
    ui::{
        evidence_words, format, receipt_words,
        texts::{Locale, t},
    },
};

/// Which receipt is printed, and what has become of it since.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Printed<'a> {
    /// The version to print.
    pub receipt: &'a Receipt,
    /// Versions before it, the latest first.
    pub former: &'a [Receipt],
    /// Objections to it, the oldest first.
    pub contests: &'a [Contest],
    /// Questions for consent to go on above the ceiling with their answers, the oldest first.
    pub consents: &'a [Consent],
    /// The latest version, if it is another one.
    pub replaced_by: Option<u32>,
}

/// The receipt as a PDF.
///
/// # Errors
/// [`NotMade`].
pub async fn receipt_pdf(locale: Locale, printed: Printed<'_>) -> Result<Vec<u8>, NotMade> {
    printing::print(Paper::new(locale, printed)).await
}

/// Everything that its template shows, in words.
#[derive(Debug, Serialize)]
struct Paper {
    frame: Frame,
    notices: Vec<Notice>,
    figure: String,
    sentence: String,
    facts: [Facts; 2],
    report: Prose,
    time: Time,
    payment: Payment,
    connections: Asides,
    consents: Asides,
    contests: Asides,
}

#[derive(Debug, Serialize)]
struct Notice {
    title: String,
    paragraphs: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Facts {
    title: String,
    facts: Vec<Fact>,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct Prose {
    title: String,
    paragraphs: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Time {
    title: String,
    columns: [String; 5],
    days: Vec<Day>,
    sums: Vec<Amount>,
}

#[derive(Debug, Serialize)]
struct Day {
    date: String,
    segments: Vec<Segment>,
}

#[derive(Debug, Serialize)]
struct Segment {
    span: String,
    kind: String,
    correction: Option<String>,
    technician: String,
    duration: String,
    billed: String,
}

#[derive(Debug, Serialize)]
struct Amount {
    label: String,
    value: String,
    /// Whether it is a result.
    strong: bool,
}

#[derive(Debug, Serialize)]
struct Payment {
    title: String,
    rows: Vec<Amount>,
}

/// What belongs to the receipt and not to its sums.
#[derive(Debug, Serialize)]
struct Asides {
    title: String,
    items: Vec<Notice>,
}

impl Document for Paper {
    const TEMPLATE: &'static str = printing::RECEIPT;

    fn frame(&self) -> &Frame {
        &self.frame
    }
}

impl Paper {
    fn new(locale: Locale, printed: Printed<'_>) -> Self {
        let receipt = printed.receipt;
        Self {
            frame: frame(locale, receipt),
            notices: notices(locale, printed),
            figure: figure(locale, receipt),
            sentence: receipt_words::sentence(locale, receipt),
            facts: [customer(locale, receipt), intervention(locale, receipt)],
            report: Prose {
                title: t!(locale => "paper-report"),
                paragraphs: paragraphs(&receipt_words::note(locale, &receipt.report)),
            },
            time: time(locale, printed),
            payment: Payment { title: t!(locale => "paper-payment"), rows: payment(locale, receipt) },
            connections: connections(locale, receipt),
            consents: consents(locale, printed.consents),
            contests: contests(locale, printed),
        }
    }
}

fn frame(locale: Locale, receipt: &Receipt) -> Frame {
    let title = t!(locale => "paper-title", number = receipt.intervention.to_string());
    let issued = t!(locale => "paper-issued", at = format::moment(locale, receipt.issued_at));
    let foot = t!(
        locale => "paper-foot",
        title = title.as_str(),
        version = receipt.version,
        rules = receipt.rule_version.to_string(),
    );
    Frame::new(locale, title, issued, foot, receipt.issued_at)
}

fn notices(locale: Locale, printed: Printed<'_>) -> Vec<Notice> {
    let receipt = printed.receipt;
    let replaced = printed
        .replaced_by
        .map(|latest| Notice { title: t!(locale => "paper-replaced", version = latest), paragraphs: Vec::new() });
    let issued_again = (receipt.version > 1).then(|| Notice {
        title: match receipt.reason.is_empty() {
            true => t!(locale => "paper-resumed", version = receipt.version),
            false => t!(locale => "paper-corrected", version = receipt.version),
        },
        paragraphs: paragraphs(&receipt_words::reason(locale, receipt, printed.contests)),
    });
    replaced.into_iter().chain(issued_again).collect()
}

/// "20 min", and the price where something is paid in money: "30 min · 907,50 Kč s DPH".
fn figure(locale: Locale, receipt: &Receipt) -> String {
    let minutes = format::minutes(locale, receipt.bill.billed);
    match &receipt.remainder {
        None => minutes,
        Some(over) => {
            t!(locale => "paper-figure", minutes = minutes, price = format::money(locale, over.price_with_vat))
        }
    }
}

fn customer(locale: Locale, receipt: &Receipt) -> Facts {
    let fact = |label, value: &str| Fact { label, value: value.to_owned() };
    Facts {
        title: t!(locale => "paper-customer"),
        facts: [
            Some(fact(t!(locale => "paper-name"), &receipt.customer)),
            (!receipt.ico.is_empty()).then(|| fact(t!(locale => "paper-ico"), &receipt.ico)),
            Some(fact(t!(locale => "paper-ordered-by"), &format::person(locale, &receipt.ordered_by))),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn intervention(locale: Locale, receipt: &Receipt) -> Facts {
    let fact = |label, value: &str| Fact { label, value: value.to_owned() };
    Facts {
        title: t!(locale => "paper-intervention"),
        facts: vec![
            fact(t!(locale => "paper-request"), &receipt.intervention.number.to_string()),
            fact(t!(locale => "paper-program"), locale.of(&receipt.program)),
            fact(t!(locale => "paper-work-type"), locale.of(&receipt.work_type)),
            fact(t!(locale => "paper-urgency"), &urgency(locale, receipt.urgency)),
        ],
    }
}

fn urgency(locale: Locale, urgency: Urgency) -> String {
    match urgency {
        Urgency::Urgent => t!(locale => "urgency-urgent"),
        Urgency::Normal => t!(locale => "urgency-normal"),
    }
}

fn time(locale: Locale, printed: Printed<'_>) -> Time {
    let receipt = printed.receipt;
    let day = |segments: &[ReceiptSegment]| Day {
        date: segments.first().map(|first| format::date_long(locale, day_of(first))).unwrap_or_default(),
        segments: segments.iter().map(|segment| line(locale, segment, printed)).collect(),
    };
    Time {
        title: t!(locale => "paper-time"),
        columns: [
            t!(locale => "paper-span"),
            t!(locale => "paper-kind"),
            t!(locale => "paper-technician"),
            t!(locale => "paper-duration"),
            t!(locale => "paper-billed"),
        ],
        days: receipt.segments.chunk_by(|one, next| day_of(one) == day_of(next)).map(day).collect(),
        sums: sums(locale, receipt),
    }
}

fn line(locale: Locale, segment: &ReceiptSegment, printed: Printed<'_>) -> Segment {
    let seconds = printed.receipt.tells_seconds();
    let duration = receipt_words::segment_duration(locale, segment, seconds);
    Segment {
        span: receipt_words::segment_span(locale, segment, seconds),
        kind: receipt_words::segment_kind(locale, segment.kind),
        correction: receipt_words::segment_correction(locale, segment, printed.contests),
        technician: segment.technician.clone(),
        billed: if segment.kind.is_billable() { duration.clone() } else { t!(locale => "paper-free") },
        duration,
    }
}

/// From the seconds of the last column to billed minutes, one rule a line.
fn sums(locale: Locale, receipt: &Receipt) -> Vec<Amount> {
    let bill = &receipt.bill;
    let amount = |label, value| Amount { label, value, strong: false };
    let mut sums = vec![amount(
        t!(locale => "paper-sum"),
        receipt_words::duration(locale, bill.effective_seconds, receipt.tells_seconds()),
    )];
    if bill.effective_minutes > 0 {
        sums.push(amount(t!(locale => "paper-rounded"), format::minutes(locale, bill.effective_minutes)));
    }
    if bill.top_up() > 0 {
        let minimum = format::minutes(locale, bill.minimum);
        let top_up = t!(locale => "paper-added", minutes = format::minutes(locale, bill.top_up()));
        sums.push(amount(t!(locale => "paper-minimum", minimum = minimum), top_up));
    }
    if let Some(lifted) = &receipt.lifted {
        let minimum = format::minutes(locale, lifted.minutes);
        let label = t!(locale => "paper-lifted", minimum = minimum, outage = locale.of(&lifted.outage));
        sums.push(amount(label, t!(locale => "paper-lifted-value")));
    }
    sums.push(Amount {
        label: t!(locale => "paper-total-minutes"),
        value: format::minutes(locale, bill.billed),
        strong: true,
    });
    sums
}

fn payment(locale: Locale, receipt: &Receipt) -> Vec<Amount> {
    let mut rows: Vec<_> = receipt.draws.iter().map(|draw| drawn(locale, draw)).collect();
    if let Some(over) = &receipt.remainder {
        rows.extend(paid(locale, over, receipt.draws.is_empty()));
    }
    rows
}

/// "Ze smlouvy do 31. 12. 2026": on paper a date has its year.
fn drawn(locale: Locale, draw: &ReceiptDraw) -> Amount {
    let last_day = draw.expires_at.map(crate::model::base::calendar::last_day);
    Amount {
        label: capitalised(&receipt_words::from_pool(locale, draw.kind, last_day, None)),
        value: format::minutes(locale, draw.minutes),
        strong: false,
    }
}

fn paid(locale: Locale, over: &Remainder, pays_all: bool) -> [Amount; 3] {
    let minutes = format::minutes(locale, over.minutes);
    let rate = format::money(locale, over.rate);
    let label = if pays_all {
        t!(locale => "paper-minutes-at", minutes = minutes, rate = rate)
    } else {
        t!(locale => "paper-over-at", minutes = minutes, rate = rate)
    };
    let amount = |label, value, strong| Amount { label, value: format::money(locale, value), strong };
    [
        amount(label, over.price, false),
        amount(
            t!(locale => "paper-vat", percent = format::percent(locale, over.vat)),
            over.price_with_vat - over.price,
            false,
        ),
        amount(t!(locale => "paper-total-price"), over.price_with_vat, true),
    ]
}

/// Who agreed to go on above the ceiling, where and when.
/// What TeamViewer has said beside the clock.
fn connections(locale: Locale, receipt: &Receipt) -> Asides {
    let differs = || {
        let said = evidence_words::findings(locale, &receipt.evidence().findings());
        said.into_iter().chain([t!(locale => "receipt-connections-note")]).collect()
    };
    let lines = receipt.connections.iter().map(|one| evidence_words::connection(locale, one));
    let mut items: Vec<_> = lines.map(|title| Notice { title, paragraphs: Vec::new() }).collect();
    if let Some(last) = items.last_mut() {
        last.paragraphs = differs();
    }
    Asides { title: t!(locale => "receipt-connections"), items }
}

fn consents(locale: Locale, consents: &[Consent]) -> Asides {
    let asked = |consent: &Consent| {
        let (title, answer) = receipt_words::consent(locale, consent);
        Notice { title, paragraphs: paragraphs(&answer) }
    };
    Asides { title: t!(locale => "receipt-consents"), items: consents.iter().map(asked).collect() }
}

fn contests(locale: Locale, printed: Printed<'_>) -> Asides {
    Asides {
        title: t!(locale => "paper-contests"),
        items: printed.contests.iter().map(|contest| contested(locale, printed, contest)).collect(),
    }
}

fn contested(locale: Locale, printed: Printed<'_>, contest: &Contest) -> Notice {
    let what = contest.about(iter::once(printed.receipt).chain(printed.former)).map(|segment| {
        let kind = receipt_words::segment_kind(locale, segment.kind);
        let day = format::date_numeric(locale, day_of(segment), None);
        format!("{kind} {day}, {}", receipt_words::segment_span(locale, segment, segment.tells_seconds()))
    });
    let at = format::moment(locale, contest.at);
    let said = t!(locale => "paper-contest-said", by = contest.by.as_str(), at = at, reason = contest.reason.as_str());
    let answered =
        (!contest.answer.is_empty()).then(|| t!(locale => "paper-contest-answered", answer = contest.answer.as_str()));
    Notice {
        title: t!(
            locale => "paper-contest",
            segment = what.unwrap_or_default(),
            state = t!(locale => "paper-contest-state", state = contest.state.code()),
        ),
        paragraphs: paragraphs(&said)
            .into_iter()
            .chain(answered.as_deref().map(paragraphs).unwrap_or_default())
            .collect(),
    }
}

fn day_of(segment: &ReceiptSegment) -> NaiveDate {
    format::local_date(segment.started_at)
}

/// What somebody wrote, divided at blank lines.
fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n")).collect()
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
