use super::*;

const TOTAL: Money = Money::from_haler(319_440);

#[test]
fn a_purchases_number_looks_like_one() {
    let number: PurchaseNumber = "B2026-000123".parse().expect("a number");
    assert_eq!(number.to_string(), "B2026-000123");
    assert_eq!(number.year(), 2026);
    for none in ["2026-000123", "B2026-123", "B26-000123", "b2026-000123", "B2026-+00123", ""] {
        assert!(none.parse::<PurchaseNumber>().is_err(), "{none}");
    }
}

fn typed(quantity: &str, reference: &str, method: Option<PaymentMethod>) -> TypedPurchase {
    TypedPurchase { quantity: quantity.into(), reference: reference.into(), method, shown: TOTAL }
}

#[test]
fn a_purchase_is_kept_as_it_was_meant() {
    let checked = typed(" 3 ", "  OBJ 17/2026\t", Some(PaymentMethod::Transfer)).check(false);
    let expected =
        CheckedPurchase { quantity: 3, reference: "OBJ 17/2026".into(), method: PaymentMethod::Transfer, shown: TOTAL };
    assert_eq!(checked, Ok(expected));
}

#[test]
fn every_field_of_a_purchase_that_is_not_right_is_told() {
    use FieldCode::{Missing, NotANumber, OutOfRange, TooLong, Unknown};
    let wrong = |purchase: TypedPurchase, card| {
        let fields = purchase.check(card).expect_err("something is wrong");
        fields.into_iter().map(|field| (field.field, field.code)).collect::<Vec<_>>()
    };
    let named = |field: &str, code| (field.to_owned(), code);
    assert_eq!(
        wrong(typed("", &"ž".repeat(REFERENCE_MAX + 1), None), true),
        [named("quantity", Missing), named("reference", TooLong), named("method", Missing)]
    );
    for (quantity, code) in [("0", OutOfRange), ("101", OutOfRange), ("-1", NotANumber), ("1,5", NotANumber)] {
        assert_eq!(
            wrong(typed(quantity, "", Some(PaymentMethod::Card)), true),
            [named("quantity", code)],
            "{quantity}"
        );
    }
    assert_eq!(wrong(typed("1", "", Some(PaymentMethod::Card)), false), [named("method", Unknown)]);
    assert!(typed("100", &"ž".repeat(REFERENCE_MAX), Some(PaymentMethod::Card)).check(true).is_ok());
}
