//! What is told of documents, and what credit notes leave of them.

use proptest::prelude::*;

use super::{announcing::mail, credits::tax_row_of_credit, issuing::purchase_line};
use crate::model::{
    base::{
        ids::{BundleId, DocumentId, PurchaseId},
        money::Money,
    },
    fixtures::{date, local, vat},
    mails::MailContent,
    money::{
        purchases::{Dispute, PaymentMethod, Purchase, PurchaseState},
        refunds::refund_amount,
        tax_documents::{DocumentContent, DocumentKind, DocumentLine, Party, Supplier, TaxDocument, TaxRow, tax_rows},
    },
};

fn purchase(haler: i64) -> Purchase {
    let price = Money::from_haler(haler);
    Purchase {
        id: PurchaseId(uuid::Uuid::nil()),
        number: "B2026-000123".parse().unwrap(),
        bundle: BundleId(1),
        quantity: 2,
        minutes: 240,
        price,
        vat: vat(21),
        total: price.with_vat(vat(21)),
        validity_months: 12,
        reference: String::new(),
        method: PaymentMethod::Card,
        at_once: false,
        created_at: local("2026-11-23 08:00"),
        paid_at: None,
        refunded: Money::ZERO,
        dispute: Dispute::None,
        state: PurchaseState::Paid,
    }
}

fn document(kind: DocumentKind, lines: Vec<DocumentLine>, taxes: Vec<TaxRow>) -> TaxDocument {
    let party = || Party {
        name: "Škola".into(),
        street: String::new(),
        city: String::new(),
        postal_code: String::new(),
        ico: "00000001".into(),
        dic: String::new(),
    };
    let supplier = Supplier {
        party: party(),
        register: String::new(),
        email: String::new(),
        bank: String::new(),
        account: "19-2000145399/0800".into(),
        iban: "CZ6508000000192000145399".into(),
        bic: "GIBACZPX".into(),
    };
    let content = DocumentContent {
        kind,
        supplier,
        customer: party(),
        issued_at: local("2026-11-23 08:00"),
        supplied_on: Some(date("2026-11-23")),
        due_on: None,
        purchase: None,
        corrects: None,
        follows: None,
        variable_symbol: None,
        lines,
        taxes,
        paid: false,
    };
    TaxDocument { id: DocumentId(7), number: "2026200001".into(), content }
}

#[test]
fn whoever_paid_is_told_which_minutes_are_credited_and_until_when() {
    let lines = vec![purchase_line(&purchase(528_000))];
    let taxes = tax_rows(&lines);
    let now = local("2026-11-23 08:00");
    let of = |kind| mail(&document(kind, lines.clone(), taxes.clone()), now).unwrap();
    let last = date("2027-11-23");
    assert!(matches!(
        of(DocumentKind::Payment),
        MailContent::MinutesCredited { minutes: 240, last_day, .. } if last_day == last
    ));
    assert!(matches!(
        of(DocumentKind::Invoice),
        MailContent::PaymentAsked { minutes: 240, credited_until: Some(last_day), .. } if last_day == last
    ));
    assert!(matches!(of(DocumentKind::Proforma), MailContent::PaymentAsked { minutes: 240, credited_until: None, .. }));
}

proptest! {
    #[test]
    fn refunds_part_by_part_leave_nothing_of_what_was_taxed(
        haler in 1..5_000_000_i64,
        parts in prop::collection::vec(1..120_u32, 1..6),
    ) {
        let purchase = purchase(haler);
        let lines = vec![purchase_line(&purchase)];
        let taxes = tax_rows(&lines);
        let mut documents = vec![document(DocumentKind::Payment, lines, taxes)];
        let (mut minutes, mut money) = (0, Money::ZERO);
        for part in parts.into_iter().chain([purchase.minutes]) {
            let part = part.min(purchase.minutes - minutes);
            let amount = refund_amount(purchase.minutes, purchase.total, (minutes, money), part);
            let row = tax_row_of_credit(documents.iter(), amount, vat(21));
            prop_assert_eq!(row.total, -amount);
            prop_assert_eq!(row.base + row.tax, row.total);
            documents.push(document(DocumentKind::CreditNote, Vec::new(), vec![row]));
            minutes += part;
            money = money + amount;
        }
        prop_assert_eq!(documents.iter().map(|document| document.content.base()).sum::<Money>(), Money::ZERO);
        prop_assert_eq!(documents.iter().map(|document| document.content.tax()).sum::<Money>(), Money::ZERO);
    }
}
