use proptest::{prelude::*, sample::Index};

use super::*;

const TOTAL: Money = Money::from_haler(319_440);

fn crowns(crowns: i64) -> Money {
    Money::from_haler(crowns * 100)
}

fn refund(state: RefundState) -> OrderFact {
    OrderFact::Refund { id: "re_1".into(), amount: crowns(1_000), state }
}

/// What Stripe tells of a purchase in its life: completed, settled, partly refunded in two steps, disputed and won.
fn life() -> Vec<OrderFact> {
    vec![
        OrderFact::PaymentStarted,
        OrderFact::Paid,
        refund(RefundState::Pending),
        refund(RefundState::Succeeded),
        OrderFact::Dispute(Dispute::Open),
        OrderFact::Dispute(Dispute::Won),
    ]
}

fn after<'a>(facts: impl IntoIterator<Item = &'a OrderFact>) -> OrderFacts {
    let mut known = OrderFacts::default();
    for fact in facts {
        known.learn(fact.clone());
    }
    known
}

/// Every order of the places 0..n, by Heap's algorithm.
fn permutations(n: usize) -> Vec<Vec<usize>> {
    fn heap(k: usize, places: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
        if k <= 1 {
            all.push(places.clone());
            return;
        }
        for i in 0..k {
            heap(k - 1, places, all);
            places.swap(if k.is_multiple_of(2) { i } else { 0 }, k - 1);
        }
    }
    let mut all = Vec::new();
    heap(n, &mut (0..n).collect(), &mut all);
    all
}

#[test]
fn all_720_orders_of_a_purchases_six_events_end_in_one_state() {
    let life = life();
    let orders = permutations(life.len());
    assert_eq!(orders.len(), 720);
    let told_in_order = after(&life);
    assert_eq!(told_in_order.state(TOTAL), OrderState::PartlyRefunded);
    for order in orders {
        assert_eq!(after(order.iter().map(|&place| &life[place])), told_in_order, "{order:?}");
    }
}

#[test]
fn all_2520_orders_with_one_event_told_twice_end_in_the_same_state() {
    let life = life();
    let told_once = after(&life);
    for twice in 0..life.len() {
        let mut events = life.clone();
        events.push(life[twice].clone());
        let mut orders: Vec<Vec<&OrderFact>> = permutations(events.len())
            .iter()
            .map(|order| order.iter().map(|&place| &events[place]).collect())
            .collect();
        // The two are alike: each order of the seven stands there twice.
        orders.sort_by_cached_key(|order| format!("{order:?}"));
        orders.dedup();
        assert_eq!(orders.len(), 2_520);
        for order in orders {
            assert_eq!(after(order.iter().copied()), told_once, "{order:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn with_every_event_told_twice_any_order_ends_in_the_same_state(places in prop::collection::vec(any::<Index>(), 12)) {
        let mut left: Vec<_> = life().into_iter().chain(life()).collect();
        let mut known = OrderFacts::default();
        for place in places {
            known.learn(left.remove(place.index(left.len())));
        }
        prop_assert_eq!(known, after(&life()));
    }
}

fn any_fact() -> impl Strategy<Value = OrderFact> {
    prop_oneof![
        Just(OrderFact::PaymentStarted),
        Just(OrderFact::Paid),
        prop::sample::select(Closing::ALL).prop_map(OrderFact::Closed),
        ("re_[12]", 1..200_000_i64, prop::sample::select(RefundState::ALL))
            .prop_map(|(id, haler, state)| OrderFact::Refund { id, amount: Money::from_haler(haler), state }),
        prop::sample::select(Dispute::ALL).prop_map(OrderFact::Dispute),
    ]
}

proptest! {
    #[test]
    fn news_may_come_in_any_order_and_twice(
        facts in prop::collection::vec(any_fact(), 0..12).prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle())),
    ) {
        let (told, shuffled) = facts;
        let known = after(&told);
        prop_assert_eq!(&after(&shuffled), &known);
        prop_assert_eq!(after(told.iter().chain(&shuffled)), known);
    }

    #[test]
    fn money_that_came_is_never_ignored(facts in prop::collection::vec(any_fact(), 0..12)) {
        let known = after(&facts);
        let unpaid = [OrderState::Created, OrderState::AwaitingPayment, OrderState::Cancelled, OrderState::Expired];
        prop_assert_eq!(known.paid, !unpaid.contains(&known.state(TOTAL)));
    }

    #[test]
    fn giving_minutes_back_piece_by_piece_gives_all_the_money_back(
        total in 1..10_000_000_i64,
        pieces in prop::collection::vec(1..500_u32, 1..8),
    ) {
        let total = Money::from_haler(total);
        let minutes = pieces.iter().sum();
        let (mut given, mut paid) = (0, Money::ZERO);
        for piece in pieces {
            let amount = refund_amount(minutes, total, (given, paid), piece);
            given += piece;
            paid = paid + amount;
            prop_assert!(paid <= total);
        }
        prop_assert_eq!(paid, total);
        prop_assert_eq!(refund_amount(minutes, total, (given, paid), 10), Money::ZERO, "there is no more");
    }
}

#[test]
fn a_state_follows_from_what_is_known() {
    use OrderFact::{Closed, Dispute as Disputed, Paid, PaymentStarted};
    let state = |facts: &[OrderFact]| after(facts).state(crowns(1_000));
    assert_eq!(state(&[]), OrderState::Created);
    assert_eq!(state(&[PaymentStarted]), OrderState::AwaitingPayment);
    assert_eq!(state(&[PaymentStarted, Closed(Closing::Expired)]), OrderState::Expired);
    assert_eq!(state(&[Closed(Closing::Expired), Closed(Closing::Cancelled)]), OrderState::Cancelled);
    assert_eq!(state(&[Closed(Closing::Expired), Paid]), OrderState::Paid, "paid at the last moment");
    assert_eq!(state(&[Paid, refund(RefundState::Pending)]), OrderState::Paid, "not before the money is there");
    assert_eq!(state(&[Paid, refund(RefundState::Succeeded)]), OrderState::Refunded);
    assert_eq!(state(&[Paid, refund(RefundState::Succeeded), refund(RefundState::Failed)]), OrderState::Paid);
    assert_eq!(state(&[Paid, refund(RefundState::Failed), refund(RefundState::PaidOtherwise)]), OrderState::Refunded);
    assert_eq!(state(&[Paid, Disputed(Dispute::Open)]), OrderState::Disputed);
    assert_eq!(state(&[Paid, Disputed(Dispute::Won)]), OrderState::Paid);
    assert_eq!(state(&[Paid, Disputed(Dispute::Lost), Disputed(Dispute::Open)]), OrderState::Disputed);
}

#[test]
fn an_orders_number_looks_like_one() {
    let number: OrderNumber = "B2026-000123".parse().expect("a number");
    assert_eq!(number.to_string(), "B2026-000123");
    assert_eq!(number.year(), 2026);
    for none in ["2026-000123", "B2026-123", "B26-000123", "b2026-000123", "B2026-+00123", ""] {
        assert!(none.parse::<OrderNumber>().is_err(), "{none}");
    }
}

fn typed(quantity: &str, reference: &str, method: Option<PaymentMethod>) -> TypedOrder {
    TypedOrder { quantity: quantity.into(), reference: reference.into(), method, shown: TOTAL }
}

#[test]
fn an_order_is_kept_as_it_was_meant() {
    let checked = typed(" 3 ", "  OBJ 17/2026\t", Some(PaymentMethod::Transfer)).check(false);
    let expected =
        CheckedOrder { quantity: 3, reference: "OBJ 17/2026".into(), method: PaymentMethod::Transfer, shown: TOTAL };
    assert_eq!(checked, Ok(expected));
}

#[test]
fn every_field_of_an_order_that_is_not_right_is_told() {
    use FieldCode::{Missing, NotANumber, OutOfRange, TooLong, Unknown};
    let wrong = |order: TypedOrder, card| {
        let fields = order.check(card).expect_err("something is wrong");
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
