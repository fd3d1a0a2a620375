//! What the pages of sales show in the gallery.

use chrono::NaiveDate;
use uuid::Uuid;

use super::samples::{OFFICE, SCHOOL};
use crate::{
    model::{
        base::{
            ids::{BankPaymentId, BankStatementId, BundleId, CustomerId, PaymentAlertId, PurchaseId, RefundId},
            money::{Money, VatRate},
            paging::{CountedPage, Queue},
        },
        money::{
            bank::{
                BankPayment, Candidate, ImportedStatement, Likeness, Payable, StatementFault, StatementFormat,
                StatementRefused, StatementSource, Unmatched,
            },
            card::{PaymentAlert, PaymentAlertKind},
            earlier_invoices::EarlierInvoice,
            pages::{BankPage, PurchaseCase, Reversal, SalesPage, SoldPurchases},
            purchases::{
                Dispute, PaymentMethod, Purchase, PurchaseEvent, PurchaseEventKind, PurchaseNumber, PurchaseState,
            },
            refunds::{Refund, RefundState, Refundable},
            sales::{GivenUp, IssuedDocument, Liability, SalesMonth, SoldPurchase, Transfer, WaitingRefund},
            tax_documents::DocumentKind,
            unmatching::{Consequences, CreditToBe, Undone, UnmatchRefusal, Unmatching},
        },
    },
    ui::pages::gallery::samples::at,
};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

#[expect(clippy::expect_used, reason = "the text is a purchase's number")]
fn number(serial: u32) -> PurchaseNumber {
    format!("B2026-{serial:06}").parse().expect("a number")
}

fn crowns(crowns: i64) -> Money {
    Money::from_haler(crowns * 100)
}

fn month(month: u32, documents: u32) -> SalesMonth {
    let net = crowns(i64::from(documents) * 6_300);
    SalesMonth {
        month: day(month, 1),
        documents,
        net,
        vat: net.with_vat(vat()) - net,
        credited: if documents > 4 { crowns(1_524) } else { Money::ZERO },
    }
}

#[expect(clippy::expect_used, reason = "the rate is one")]
fn vat() -> VatRate {
    "21".parse().expect("a rate")
}

fn payable(serial: u32, paid: i64) -> Payable {
    Payable {
        number: format!("20261{serial:05}"),
        kind: Some(DocumentKind::Proforma),
        customer: if serial.is_multiple_of(2) { SCHOOL } else { OFFICE }.to_owned(),
        purchase: Some(number(serial)),
        due_on: Some(day(11, 20 + serial % 10)),
        total: crowns(7_623),
        paid: crowns(paid),
    }
}

fn alert(id: i64, kind: PaymentAlertKind) -> PaymentAlert {
    PaymentAlert {
        id: PaymentAlertId(id),
        kind,
        amount: Some(Money::from_haler(319_440)),
        unread: None,
        trouble: None,
        references: vec![format!("evt_{id:06}")],
        purchase: Some(number(3)),
        at: at(24, 9, 15),
    }
}

fn waiting_refund(serial: u32, state: RefundState, method: PaymentMethod) -> WaitingRefund {
    WaitingRefund {
        purchase: number(serial),
        customer: OFFICE.to_owned(),
        amount: Money::from_haler(152_460),
        requested_at: at(20, 10, 30),
        state,
        method,
    }
}

/// A month in which something went wrong.
pub fn overview() -> SalesPage {
    SalesPage {
        months: (1..=11).rev().map(|number| month(number, number % 7)).collect(),
        liability: Liability { sold: 12_000, drawn: 7_420, expired: 180, refunded: 240, frozen: 120, left: 4_040 },
        unpaid: CountedPage::whole(vec![payable(1, 0), payable(4, 3_000)]),
        unmatched: 2,
        alerts: Queue {
            rows: vec![alert(1, PaymentAlertKind::Dispute), alert(2, PaymentAlertKind::RefundFailed)],
            total: 2,
        },
        nameless: Queue { rows: vec![(CustomerId(1), SCHOOL.to_owned())], total: 1 },
        owed_back: (2, crowns(178)),
        refunds: Queue {
            rows: vec![
                waiting_refund(4, RefundState::Requested, PaymentMethod::Transfer),
                waiting_refund(3, RefundState::Failed, PaymentMethod::Card),
                waiting_refund(5, RefundState::Pending, PaymentMethod::Card),
            ],
            total: 3,
        },
        given_up: GivenUp { events: 1, mails: 2, jobs: 5 },
    }
}

/// Before the first sale.
pub fn fresh() -> SalesPage {
    SalesPage {
        months: vec![month(11, 0)],
        liability: Liability::default(),
        unpaid: CountedPage::default(),
        unmatched: 0,
        alerts: Queue { rows: Vec::new(), total: 0 },
        nameless: Queue { rows: Vec::new(), total: 0 },
        owed_back: (0, Money::ZERO),
        refunds: Queue { rows: Vec::new(), total: 0 },
        given_up: GivenUp::default(),
    }
}

fn candidate() -> Candidate {
    Candidate { document: payable(1, 0), because: vec![Likeness::Amount, Likeness::Account] }
}

fn payment(id: i64, haler: i64, reason: Unmatched, document: Option<Payable>) -> BankPayment {
    BankPayment {
        id: BankPaymentId(id),
        booked_on: day(11, 23),
        amount: Money::from_haler(haler),
        currency: if reason == Unmatched::ForeignCurrency { "EUR" } else { "CZK" }.to_owned(),
        variable_symbol: document.as_ref().map(|document| document.number.clone()).unwrap_or_default(),
        counter_account: "19-2000145399/0800".to_owned(),
        counter_name: OFFICE.to_owned(),
        message: "Linka".to_owned(),
        reason,
        document,
        candidates: if reason == Unmatched::UnknownSymbol { vec![candidate()] } else { Vec::new() },
    }
}

fn statement(id: i64, unmatched: u32) -> ImportedStatement {
    ImportedStatement {
        id: BankStatementId(id),
        file_name: format!("2000145399_2026-11-{id:02}.gpc"),
        format: StatementFormat::Gpc,
        imported_at: at(24, 8, 5),
        source: StatementSource::Upload,
        by: Some("Eva Marková".to_owned()),
        lines: 14,
        incoming: 6,
        matched: 6 - unmatched,
        unmatched,
        unread: if unmatched == 0 { Vec::new() } else { vec![StatementRefused::new(7, StatementFault::BadDate)] },
        unread_count: u32::from(unmatched > 0),
        told: Some(Money::from_haler(1_319_440)),
        found: Some(Money::from_haler(if unmatched == 0 { 1_319_440 } else { 1_000_000 })),
    }
}

/// Payments of every kind that waits.
pub fn bank() -> BankPage {
    BankPage {
        statements: CountedPage::whole(vec![statement(23, 4), statement(16, 0)]),
        unmatched: Queue {
            rows: vec![
                payment(1, 500_000, Unmatched::Underpaid, Some(payable(1, 0))),
                payment(2, 800_000, Unmatched::Overpaid, Some(payable(4, 0))),
                payment(3, 10_000, Unmatched::ForeignCurrency, None),
                payment(4, 319_440, Unmatched::UnknownSymbol, None),
            ],
            total: 4,
        },
        earlier: Queue {
            rows: vec![EarlierInvoice {
                number: "FV2026-0131".to_owned(),
                customer: OFFICE.to_owned(),
                variable_symbol: "260131".to_owned(),
                issued_on: day(10, 2),
                due_on: day(10, 16),
                is_overdue: true,
                total: crowns(3_630),
                left: crowns(3_130),
            }],
            total: 1,
        },
    }
}

/// Nothing waits and nothing was ever imported.
pub fn bank_done() -> BankPage {
    BankPage {
        statements: CountedPage::default(),
        unmatched: Queue { rows: Vec::new(), total: 0 },
        earlier: Queue { rows: Vec::new(), total: 0 },
    }
}

fn purchase(serial: u32, method: PaymentMethod, state: PurchaseState) -> Purchase {
    Purchase {
        id: PurchaseId(Uuid::nil()),
        number: number(serial),
        bundle: BundleId(1),
        quantity: 1,
        minutes: 300,
        price: crowns(6_300),
        vat: vat(),
        total: crowns(7_623),
        validity_months: 12,
        reference: "OBJ-77/2026".to_owned(),
        method,
        at_once: false,
        created_at: at(20, 10, 0),
        paid_at: Some(at(20, 10, 2)),
        refunded: Money::ZERO,
        dispute: Dispute::None,
        state,
    }
}

/// Purchases in every state.
pub fn purchases() -> SoldPurchases {
    let purchases = PurchaseState::ALL.iter().zip(1..).map(|(state, serial)| SoldPurchase {
        number: number(20 - serial),
        customer: if serial.is_multiple_of(2) { SCHOOL } else { OFFICE }.to_owned(),
        ico: "00261220".to_owned(),
        created_at: at(20, 10, 0),
        paid_at: None,
        taxed_on: None,
        minutes: 300 * serial,
        price: crowns(6_300),
        total: crowns(7_623),
        refunded: Money::ZERO,
        method: if serial.is_multiple_of(2) { PaymentMethod::Card } else { PaymentMethod::Transfer },
        state: *state,
    });
    SoldPurchases { purchases: purchases.collect(), next_before: Some(number(12)) }
}

fn event(minute: u32, kind: PurchaseEventKind, by: Option<&str>) -> PurchaseEvent {
    PurchaseEvent { at: at(20, 10, minute), kind, by: by.map(str::to_owned), note: String::new() }
}

fn document(kind: DocumentKind, number: &str, total: i64) -> IssuedDocument {
    IssuedDocument { number: number.to_owned(), kind, issued_at: at(20, 10, 2), total: crowns(total) }
}

/// Paid by card, partly given back.
pub fn by_card() -> PurchaseCase {
    PurchaseCase {
        purchase: purchase(3, PaymentMethod::Card, PurchaseState::PartlyRefunded),
        customer: CustomerId(1),
        customer_name: SCHOOL.to_owned(),
        bought_by: "Jana Nováková".to_owned(),
        payment_intent: Some("pi_3Q0000000000000000000001".to_owned()),
        transfers: Vec::new(),
        documents: vec![
            document(DocumentKind::Payment, "2026200003", 7_623),
            document(DocumentKind::CreditNote, "2026400001", -1_524),
        ],
        refunds: vec![refund(RefundState::Succeeded), refund(RefundState::Failed)],
        refundable: Some(Refundable { minutes: 140, minutes_before: 60, amount_before: crowns(1_524) }),
        returned_past_us: crowns(500),
        won_back: crowns(200),
        reversal: None,
        history: vec![
            event(0, PurchaseEventKind::Created, Some("Jana Nováková")),
            event(0, PurchaseEventKind::PaymentStarted, None),
            event(2, PurchaseEventKind::Paid, None),
            event(2, PurchaseEventKind::Credited, None),
            event(30, PurchaseEventKind::RefundRequested, Some("Eva Marková")),
            event(31, PurchaseEventKind::Refunded, None),
        ],
    }
}

fn refund(state: RefundState) -> Refund {
    Refund {
        id: RefundId(Uuid::nil()),
        minutes: 60,
        amount: Money::from_haler(152_460),
        waived: Money::ZERO,
        reason: "Program už nepoužívají.".to_owned(),
        by: Some("Eva Marková".to_owned()),
        requested_at: at(20, 10, 30),
        state,
        document: Some("2026400001".to_owned()),
    }
}

/// Paid by transfer in two parts; the refund waits for a person.
pub fn by_transfer() -> PurchaseCase {
    let transfer = |crowns_in: i64, note: &str| Transfer {
        payment: BankPaymentId(7),
        booked_on: day(11, 23),
        amount: crowns(crowns_in),
        counter_name: OFFICE.to_owned(),
        note: note.to_owned(),
    };
    PurchaseCase {
        purchase: purchase(4, PaymentMethod::Transfer, PurchaseState::Paid),
        payment_intent: None,
        transfers: vec![transfer(5_000, ""), transfer(2_700, "77 Kč vráceno 24. 11.")],
        documents: vec![
            document(DocumentKind::Proforma, "2026100004", 7_623),
            document(DocumentKind::Payment, "2026200004", 7_623),
        ],
        refunds: vec![refund(RefundState::Requested)],
        refundable: None,
        returned_past_us: Money::ZERO,
        won_back: Money::ZERO,
        reversal: Some(Reversal { amount: crowns(5_000), state: Dispute::None }),
        ..by_card()
    }
}

/// A payment that turns out to be another's, with all that can follow.
pub fn unmatching() -> Unmatching {
    let credit = CreditToBe { corrects: "2026200004".to_owned(), amount: crowns(7_623), day: day(11, 24) };
    Unmatching {
        payment: BankPaymentId(7),
        booked_on: day(11, 23),
        amount: crowns(7_700),
        counter_name: OFFICE.to_owned(),
        variable_symbol: "2026100004".to_owned(),
        number: "2026100004".to_owned(),
        kind: Some(DocumentKind::Proforma),
        customer: CustomerId(2),
        customer_name: OFFICE.to_owned(),
        purchase: Some(number(4)),
        at_once: false,
        outcome: Ok(Consequences {
            credit: Some(credit),
            undone: Undone { lost: crowns(7_623), minutes: 260, claimed: 40 },
            claim: Money::from_haler(101_640),
            balance: crowns(77),
            ..Consequences::default()
        }),
    }
}

/// One that cannot be taken back.
pub fn unmatching_refused() -> Unmatching {
    Unmatching { outcome: Err(UnmatchRefusal::Refunded), ..unmatching() }
}
