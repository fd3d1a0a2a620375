//! What follows from what is known of a purchase: a reference that says in Rust what the table `purchase` says in SQL, with its
//! own tests. Joining facts is commutative, associative and idempotent, hence every order of the same news ends in the same
//! state.

use std::collections::BTreeMap;

use linka::model::{
    base::money::Money,
    money::{
        purchases::{Closing, Dispute, PurchaseState},
        refunds::RefundState,
    },
};
use proptest::{prelude::*, sample::Index};

use crate::support::short_or_long;

const TOTAL: Money = Money::from_haler(319_440);

/// One thing learnt about a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PurchaseFact {
    /// The customer can pay: a checkout page or a proforma exists.
    PaymentStarted,
    /// The money is there.
    Paid,
    /// The purchase ended without a payment.
    Closed(Closing),
    /// Where a refund is.
    Refund {
        /// Which.
        id: String,
        /// How much, including VAT.
        amount: Money,
        /// Where it is.
        state: RefundState,
    },
    /// Where a dispute is: which, and its state.
    Dispute(&'static str, Dispute),
}

/// What is known of a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PurchaseFacts {
    /// Whether the customer could pay.
    pub payment_started: bool,
    /// Whether the money came.
    pub paid: bool,
    /// How it ended without a payment, as far as anybody said. A payment overrides it: money that came is never ignored.
    pub closed: Option<Closing>,
    /// Refunds by their identity.
    pub refunds: BTreeMap<String, (RefundState, Money)>,
    /// Disputes by their identity: each goes forward only.
    pub disputes: BTreeMap<&'static str, Dispute>,
}

impl PurchaseFacts {
    /// Joins a fact to what is known.
    pub fn learn(&mut self, fact: PurchaseFact) {
        match fact {
            PurchaseFact::PaymentStarted => self.payment_started = true,
            PurchaseFact::Paid => self.paid = true,
            PurchaseFact::Closed(closing) => self.closed = self.closed.max(Some(closing)),
            PurchaseFact::Refund { id, amount, state } => {
                let known = self.refunds.entry(id).or_insert((state, amount));
                *known = (*known).max((state, amount));
            }
            PurchaseFact::Dispute(id, dispute) => {
                let known = self.disputes.entry(id).or_insert(dispute);
                *known = (*known).max(dispute);
            }
        }
    }

    /// The money that went back, including VAT: that of refunds of which the customer has the money.
    #[must_use]
    pub fn refunded(&self) -> Money {
        let settled = |state| matches!(state, RefundState::Succeeded | RefundState::PaidOtherwise);
        self.refunds.values().filter(|(state, _)| settled(*state)).map(|(_, amount)| *amount).sum()
    }

    /// The state that follows for a purchase of `total`, including VAT.
    #[must_use]
    pub fn state(&self, total: Money) -> PurchaseState {
        let refunded = self.refunded();
        match (self.paid, self.closed) {
            (false, Some(Closing::Cancelled)) => PurchaseState::Cancelled,
            (false, Some(Closing::Expired)) => PurchaseState::Expired,
            (false, None) if self.payment_started => PurchaseState::AwaitingPayment,
            (false, None) => PurchaseState::Created,
            (true, _) if self.disputes.values().any(|dispute| matches!(dispute, Dispute::Open | Dispute::Lost)) => {
                PurchaseState::Disputed
            }
            (true, _) if refunded >= total => PurchaseState::Refunded,
            (true, _) if refunded > Money::ZERO => PurchaseState::PartlyRefunded,
            (true, _) => PurchaseState::Paid,
        }
    }
}

fn crowns(crowns: i64) -> Money {
    Money::from_haler(crowns * 100)
}

fn refund(state: RefundState) -> PurchaseFact {
    PurchaseFact::Refund { id: "re_1".into(), amount: crowns(1_000), state }
}

/// What Stripe tells of a purchase in its life: completed, settled, partly refunded in two steps, disputed and won.
fn life() -> Vec<PurchaseFact> {
    vec![
        PurchaseFact::PaymentStarted,
        PurchaseFact::Paid,
        refund(RefundState::Pending),
        refund(RefundState::Succeeded),
        PurchaseFact::Dispute("du_1", Dispute::Open),
        PurchaseFact::Dispute("du_1", Dispute::Won),
    ]
}

fn after<'a>(facts: impl IntoIterator<Item = &'a PurchaseFact>) -> PurchaseFacts {
    let mut known = PurchaseFacts::default();
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
    assert_eq!(told_in_order.state(TOTAL), PurchaseState::PartlyRefunded);
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
        let mut orders: Vec<Vec<&PurchaseFact>> = permutations(events.len())
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
    #![proptest_config(ProptestConfig::with_cases(short_or_long(2_000, 20_000)))]

    #[test]
    fn with_every_event_told_twice_any_order_ends_in_the_same_state(places in prop::collection::vec(any::<Index>(), 12)) {
        let mut left: Vec<_> = life().into_iter().chain(life()).collect();
        let mut known = PurchaseFacts::default();
        for place in places {
            known.learn(left.remove(place.index(left.len())));
        }
        prop_assert_eq!(known, after(&life()));
    }
}

fn any_fact() -> impl Strategy<Value = PurchaseFact> {
    prop_oneof![
        Just(PurchaseFact::PaymentStarted),
        Just(PurchaseFact::Paid),
        prop::sample::select(Closing::ALL).prop_map(PurchaseFact::Closed),
        ("re_[12]", 1..200_000_i64, prop::sample::select(RefundState::ALL))
            .prop_map(|(id, haler, state)| PurchaseFact::Refund { id, amount: Money::from_haler(haler), state }),
        (prop::sample::select(&["du_1", "du_2"][..]), prop::sample::select(Dispute::ALL))
            .prop_map(|(id, dispute)| PurchaseFact::Dispute(id, dispute)),
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
        let unpaid = [PurchaseState::Created, PurchaseState::AwaitingPayment, PurchaseState::Cancelled, PurchaseState::Expired];
        prop_assert_eq!(known.paid, !unpaid.contains(&known.state(TOTAL)));
    }
}

#[test]
fn a_state_follows_from_what_is_known() {
    use PurchaseFact::{Closed, Dispute as Disputed, Paid, PaymentStarted};
    let state = |facts: &[PurchaseFact]| after(facts).state(crowns(1_000));
    assert_eq!(state(&[]), PurchaseState::Created);
    assert_eq!(state(&[PaymentStarted]), PurchaseState::AwaitingPayment);
    assert_eq!(state(&[PaymentStarted, Closed(Closing::Expired)]), PurchaseState::Expired);
    assert_eq!(state(&[Closed(Closing::Expired), Closed(Closing::Cancelled)]), PurchaseState::Cancelled);
    assert_eq!(state(&[Closed(Closing::Expired), Paid]), PurchaseState::Paid, "paid at the last moment");
    assert_eq!(state(&[Paid, refund(RefundState::Pending)]), PurchaseState::Paid, "not before the money is there");
    assert_eq!(state(&[Paid, refund(RefundState::Succeeded)]), PurchaseState::Refunded);
    assert_eq!(state(&[Paid, refund(RefundState::Succeeded), refund(RefundState::Failed)]), PurchaseState::Paid);
    assert_eq!(
        state(&[Paid, refund(RefundState::Failed), refund(RefundState::PaidOtherwise)]),
        PurchaseState::Refunded
    );
    let (first, second) = (|state| Disputed("du_1", state), |state| Disputed("du_2", state));
    assert_eq!(state(&[Paid, first(Dispute::Open)]), PurchaseState::Disputed);
    assert_eq!(state(&[Paid, first(Dispute::Won)]), PurchaseState::Paid);
    assert_eq!(state(&[Paid, first(Dispute::Lost), first(Dispute::Open)]), PurchaseState::Disputed);
    assert_eq!(state(&[Paid, first(Dispute::Lost), first(Dispute::Won)]), PurchaseState::Paid, "won after all");
    assert_eq!(state(&[Paid, first(Dispute::Won), second(Dispute::Open)]), PurchaseState::Disputed, "another one");
    assert_eq!(state(&[Paid, first(Dispute::Lost), second(Dispute::Won)]), PurchaseState::Disputed);
}
