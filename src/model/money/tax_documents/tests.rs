//! Taxes to the haléř, how a document stands, and what was frozen long ago.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::model::{
    fixtures::{date, vat},
    money::purchases::PurchaseState,
};

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

#[test]
fn a_number_says_what_its_document_is() {
    let kinds = ["2026100001", "2026200001", "2026300001", "2026400001"].map(DocumentKind::of_number);
    assert_eq!(kinds.map(Option::unwrap), <[DocumentKind; 4]>::try_from(DocumentKind::ALL).unwrap());
    let long = ["2610100000", "2620100000", "2630100000", "2649999999"].map(DocumentKind::of_number);
    assert_eq!(long, kinds, "of a year with a hundred thousand of them");
    assert_eq!(["", "2026", "2026900001", "26"].map(DocumentKind::of_number), [None; 4]);
}

#[test]
fn a_document_is_due_until_it_is_paid_credited_or_void() {
    let today = date("2026-11-23");
    let open = Payments { received: Money::ZERO, credited: Money::ZERO, purchase: None };
    let hundred = Money::from_haler(10_000);
    let of = |kind, due, payments| settlement(kind, hundred, Some(date(due)), payments, today);
    let invoice = |due, payments| of(DocumentKind::Invoice, due, payments);
    assert_eq!(invoice("2026-11-23", open), Settlement::Due, "on the last day, too");
    assert_eq!(invoice("2026-11-22", open), Settlement::Overdue);
    assert_eq!(invoice("2026-11-22", Payments { received: Money::from_haler(9_999), ..open }), Settlement::Overdue);
    assert_eq!(invoice("2026-11-22", Payments { received: hundred, ..open }), Settlement::Paid);
    let halves = Payments { received: Money::from_haler(5_000), credited: Money::from_haler(-5_000), purchase: None };
    assert_eq!(invoice("2026-11-22", halves), Settlement::Paid);
    let credited = Payments { credited: Money::from_haler(-10_000), ..open };
    assert_eq!(invoice("2026-11-22", credited), Settlement::Void, "nothing was paid, and nothing is owed");
    let purchase = |state| Payments { purchase: Some(state), ..open };
    assert_eq!(of(DocumentKind::Proforma, "2026-11-22", purchase(PurchaseState::Paid)), Settlement::Paid);
    assert_eq!(of(DocumentKind::Proforma, "2026-11-22", purchase(PurchaseState::Expired)), Settlement::Void);
    assert_eq!(of(DocumentKind::Proforma, "2026-12-01", purchase(PurchaseState::AwaitingPayment)), Settlement::Due);
    assert_eq!(of(DocumentKind::Payment, "2026-11-22", open), Settlement::Paid, "it is of money that came");
    assert_eq!(of(DocumentKind::CreditNote, "2026-11-22", open), Settlement::None);
}

#[test]
fn documents_of_former_days_are_read_under_the_old_name_of_a_purchase() {
    let number: PurchaseNumber = "B2026-000123".parse().unwrap();
    let subject: LineSubject =
        serde_json::from_str(r#"{"subject":"returned_minutes","order":"B2026-000123"}"#).unwrap();
    assert_eq!(subject, LineSubject::ReturnedMinutes { purchase: number });
    let party = r#"{"name":"","street":"","city":"","postal_code":"","ico":"","dic":""}"#;
    let supplier = format!(r#"{{"party":{party},"register":"","email":"","bank":"","account":"","iban":"","bic":""}}"#);
    let frozen = format!(
        r#"{{"kind":"proforma","supplier":{supplier},"customer":{party},"issued_at":"2026-11-23T08:00:00Z",
             "supplied_on":null,"due_on":null,"order":["B2026-000123","OBJ 7"],"corrects":null,
             "variable_symbol":null,"lines":[],"taxes":[],"paid":false}}"#
    );
    let content: DocumentContent = serde_json::from_str(&frozen).unwrap();
    assert_eq!(content.purchase, Some((number, "OBJ 7".to_owned())));
    let again = serde_json::to_string(&content).unwrap();
    assert_eq!(serde_json::from_str::<DocumentContent>(&again).unwrap(), content);
}

proptest! {
    #[test]
    fn a_document_and_its_credit_notes_are_taxed_as_what_is_left(
        lines in prop::collection::vec((1..5_000_i64, prop::sample::select(vec![0_u32, 12, 21])), 1..8),
        shares in prop::collection::vec(0..=100_i64, 8),
    ) {
        let sold: Vec<_> = lines.iter().map(|&(haler, percent)| line(haler, percent)).collect();
        let mut taxes = tax_rows(&sold);
        let mut left = Vec::new();
        // Line after line is credited in part, each on a credit note of its own.
        for (&(haler, percent), share) in lines.iter().zip(&shares) {
            let back = haler * share / 100;
            left.push(line(haler - back, percent));
            taxes.extend(tax_rows_of_correction(&taxes.clone(), &[line(-back, percent)]));
        }
        for row in tax_rows(&left) {
            let of_rate = || taxes.iter().filter(|known| known.vat == row.vat);
            prop_assert_eq!(of_rate().map(|row| row.base).sum::<Money>(), row.base);
            prop_assert_eq!(of_rate().map(|row| row.tax).sum::<Money>(), row.tax);
            prop_assert!(of_rate().all(|row| row.base + row.tax == row.total));
        }
    }

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
