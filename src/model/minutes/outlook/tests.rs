//! Tests of what is free.

use proptest::prelude::*;

use super::*;
use crate::model::{
    fixtures::{contract_terms, local, pool},
    minutes::{
        contracts::Rollover,
        pools::PoolKind::{Bundle, Contract},
    },
};

const NOW: &str = "2026-11-23 08:00";

fn agreed(start: &str, minutes: u32) -> Reservation {
    Reservation { start: local(start), minutes }
}

/// A contract that has credited the last quarter of 2026.
fn quarterly() -> CoveredContract {
    CoveredContract { terms: vec![contract_terms()], covered_until: Some(local("2027-01-01 00:00")) }
}

fn outlook(pools: &[Pool], reservations: &[Reservation]) -> Outlook {
    Outlook::new(pools, vec![quarterly()], reservations.to_vec(), local(NOW))
}

/// The allowance of the last quarter.
fn allowance(left: u32) -> Pool {
    pool(Contract, 300, left, Some("2027-01-01 00:00"))
}

/// Free and reserved.
fn at(outlook: &Outlook, at: &str) -> (u32, u32) {
    let minutes = outlook.free_at(local(at));
    (minutes.free(), minutes.reserved)
}

#[test]
fn what_is_agreed_is_not_free_whatever_its_time() {
    let outlook = outlook(&[allowance(156)], &[agreed("2026-11-26 09:00", 85), agreed("2026-11-25 09:00", 45)]);
    for start in ["2026-11-24 07:00", "2026-11-25 10:00", "2026-11-27 07:00"] {
        assert_eq!(at(&outlook, start), (26, 130), "{start}");
    }
    assert_eq!(outlook.reserved_over(), 0);
}

#[test]
fn what_comes_by_then_is_free_by_then() {
    let december = agreed("2026-12-09 09:00", 45);
    let outlook = outlook(&[allowance(60), pool(Bundle, 120, 100, Some("2026-12-11 00:00"))], &[december]);
    assert_eq!(at(&outlook, "2026-12-10 09:00"), (115, 45));
    assert_eq!(at(&outlook, "2026-12-11 09:00"), (15, 45), "the bundle has expired");
    assert_eq!(at(&outlook, "2027-01-04 09:00"), (300, 0), "the next quarter has begun");
}

#[test]
fn an_appointment_after_the_next_credit_leaves_what_expires_before() {
    let outlook = outlook(&[allowance(60)], &[agreed("2027-01-05 09:00", 200)]);
    assert_eq!(at(&outlook, "2026-12-10 09:00"), (60, 0));
    assert_eq!(at(&outlook, "2027-01-04 09:00"), (100, 200), "less what is agreed for the day after");
}

#[test]
fn a_pool_that_is_drawn_first_is_not_free_when_an_appointment_needs_it_later() {
    // The contract is drawn before the bundle, which will have expired when the appointment takes place.
    let pools = [allowance(60), pool(Bundle, 60, 60, Some("2026-12-11 00:00"))];
    let agreed = [agreed("2026-12-21 09:00", 60)];
    assert_eq!(at(&outlook(&pools, &agreed), "2026-12-04 09:00"), (0, 60), "no more is reserved than was estimated");
}

#[test]
fn what_rolls_over_counts_for_the_moment_at_which_it_can_be_drawn() {
    let mut contract = quarterly();
    contract.terms[0].rollover = Rollover::OnePeriod;
    let left = pool(Contract, 300, 60, Some("2027-04-01 00:00"));
    let outlook = Outlook::new(&[left], vec![contract], Vec::new(), local(NOW));
    assert_eq!(at(&outlook, "2026-12-10 09:00"), (60, 0));
    assert_eq!(at(&outlook, "2027-03-31 09:00"), (360, 0));
    assert_eq!(at(&outlook, "2027-04-01 09:00"), (600, 0), "of the second and the first quarter");
}

#[test]
fn the_pools_that_will_pay_are_named_in_drawing_order() {
    let pools = [pool(Bundle, 120, 100, Some("2027-07-01 00:00")), allowance(60)];
    let named = |reservations: &[Reservation], start| {
        let pools = outlook(&pools, reservations).free_at(local(start)).pools;
        pools.iter().map(|pool| (pool.kind, pool.minutes_left)).collect::<Vec<_>>()
    };
    let agreed = [agreed("2026-11-25 09:00", 45)];
    assert_eq!(named(&[], "2026-11-24 09:00"), [(Contract, 60), (Bundle, 100)]);
    assert_eq!(named(&agreed, "2026-11-26 09:00"), [(Contract, 15), (Bundle, 100)], "drawn before");
    assert_eq!(named(&agreed, "2026-11-24 09:00"), [(Contract, 60), (Bundle, 55)], "drawn after");
}

#[test]
fn beyond_the_grants_nothing_is_reserved_and_somebody_pays() {
    let outlook = outlook(&[allowance(60)], &[agreed("2026-11-25 09:00", 45), agreed("2026-11-26 09:00", 45)]);
    assert_eq!(at(&outlook, NOW), (0, 60));
    assert_eq!(outlook.reserved_over(), 30);
}

#[test]
fn an_appointment_that_should_have_begun_still_reserves() {
    let outlook = outlook(&[allowance(60)], &[agreed("2026-11-20 09:00", 45)]);
    assert_eq!(at(&outlook, NOW), (15, 45));
}

#[test]
fn the_next_allowance_is_told() {
    let next = |outlook: Outlook| outlook.next_allowance().map(|credit| (credit.effective_at, credit.left));
    assert_eq!(next(outlook(&[allowance(0)], &[])), Some((local("2027-01-01 00:00"), 300)));
    assert_eq!(next(Outlook::new(&[], Vec::new(), Vec::new(), local(NOW))), None);
}

prop_compose! {
    fn any_pool()(
        id in 1..1_000_i64,
        is_contract in any::<bool>(),
        left in 0..120_u32,
        begins in -30..60_i64,
        lasts in prop::option::of(1..120_i64),
    ) -> Pool {
        let effective_at = local(NOW) + chrono::TimeDelta::days(begins);
        Pool {
            grant: GrantId(id),
            effective_at,
            expires_at: lasts.map(|days| effective_at + chrono::TimeDelta::days(days)),
            ..pool(if is_contract { Contract } else { Bundle }, 120, left, None)
        }
    }
}

fn any_reservations() -> impl Strategy<Value = Vec<Reservation>> {
    let start = |hours| local(NOW) + chrono::TimeDelta::hours(hours);
    let any =
        (-24..1_500_i64, 0..90_u32).prop_map(move |(hours, minutes)| Reservation { start: start(hours), minutes });
    prop::collection::vec(any, 0..6)
}

/// How many minutes of each agreed appointment no grant covers when `new` takes place too, by a walk minute by minute.
fn walk(outlook: &Outlook, new: Option<Reservation>) -> (u32, u32) {
    let mut all: Vec<(Reservation, bool)> = outlook.reservations().iter().map(|agreed| (*agreed, false)).collect();
    all.extend(new.map(|new| (new, true)));
    // The new one comes after those that begin at the same time.
    all.sort_by_key(|&(piece, is_new)| (piece.start, is_new));
    let mut credits = outlook.credits.clone();
    let (mut unmet, mut unmet_of_new) = (0, 0);
    for (piece, is_new) in all {
        for _ in 0..piece.minutes {
            match credits.iter_mut().find(|credit| credit.left > 0 && credit.is_effective(piece.start)) {
                Some(credit) => credit.left -= 1,
                None if is_new => unmet_of_new += 1,
                None => unmet += 1,
            }
        }
    }
    (unmet, unmet_of_new)
}

proptest! {
    /// No promise breaks an earlier one, and none is smaller than it could be.
    #[test]
    fn free_is_the_most_that_takes_nothing_from_what_is_agreed(
        pools in prop::collection::vec(any_pool(), 0..5),
        reservations in any_reservations(),
        has_contract in any::<bool>(),
        hours in 0..1_500_i64,
    ) {
        let contracts = has_contract.then(quarterly).into_iter().collect();
        let outlook = Outlook::new(&pools, contracts, reservations, local(NOW));
        let start = local(NOW) + chrono::TimeDelta::hours(hours);
        let minutes = outlook.free_at(start);
        let with = |minutes| walk(&outlook, Some(Reservation { start, minutes }));
        let before = walk(&outlook, None).0;
        prop_assert_eq!(with(minutes.free()), (before, 0), "it is covered, and so is all that was");
        let (unmet, unmet_of_new) = with(minutes.free() + 1);
        prop_assert!(unmet > before || unmet_of_new > 0, "a minute more is not");
        prop_assert_eq!(outlook.reserved_over(), before);
        prop_assert!(minutes.pools.iter().all(|pool| pool.minutes_left > 0));
    }

    /// What is free and what is reserved are no more than the balance, and no more is reserved than was estimated; where everybody
    /// draws from the same grants they are the balance, and reserved is what the agreed appointments will draw.
    #[test]
    fn free_and_reserved_are_of_the_balance_and_no_more_is_reserved_than_was_estimated(
        pools in prop::collection::vec(any_pool(), 0..5),
        reservations in any_reservations(),
        hours in 0..1_500_i64,
    ) {
        let start = local(NOW) + chrono::TimeDelta::hours(hours);
        let outlook = Outlook::new(&pools, Vec::new(), reservations.clone(), local(NOW));
        let minutes = outlook.free_at(start);
        let effective = pools.iter().filter(|pool| {
            pool.effective_at <= start && pool.expires_at.is_none_or(|expires_at| start < expires_at)
        });
        prop_assert_eq!(minutes.balance, effective.map(|pool| pool.left).sum::<u32>());
        prop_assert!(minutes.free() + minutes.reserved <= minutes.balance);
        prop_assert!(minutes.reserved <= reservations.iter().map(|agreed| agreed.minutes).sum::<u32>());

        let same: Vec<Pool> =
            pools.iter().map(|pool| Pool { effective_at: local("2026-01-01 00:00"), expires_at: None, ..*pool }).collect();
        let outlook = Outlook::new(&same, Vec::new(), reservations.clone(), local(NOW));
        let expected: u32 = reservations.iter().map(|agreed| agreed.minutes).sum();
        let minutes = outlook.free_at(start);
        prop_assert_eq!(minutes.reserved, expected.min(minutes.balance));
        prop_assert_eq!(minutes.free() + minutes.reserved, minutes.balance);
    }
}
