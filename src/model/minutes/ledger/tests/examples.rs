//! The rules by example.

use super::{allocation, draw};
use crate::model::{
    fixtures::{grant, local, segment, utc},
    minutes::{
        ledger::{
            Allocation, GrantBalance,
            Posting::{Charge, Draw, Return, Waive},
            allocated, in_drawing_order, rescued, rescued_until, settle,
        },
        pools::PoolKind::{Bundle, Contract, Correction},
    },
    work::{billing::bill, segments::SegmentKind},
};

/// A contract's quarter with 12 minutes left and a bundle of 100.
fn twelve_and_a_bundle() -> [GrantBalance; 2] {
    [grant(1, Contract, 300, Some("2026-07-01 00:00")).with_left(12), grant(2, Bundle, 100, Some("2026-07-01 00:00"))]
}

fn order(grants: &[GrantBalance], start: &str) -> Vec<i64> {
    in_drawing_order(grants, local(start)).iter().map(|grant| grant.id.0).collect()
}

#[test]
fn thirteen_minutes_of_work_are_twelve_of_the_contract_and_eight_of_the_bundle() {
    let work = [segment(SegmentKind::Work, "2026-05-05 09:00", "2026-05-05 09:13")];
    let bill = bill(&work, 20, local("2026-05-05 10:00"));
    assert_eq!((bill.effective_minutes, bill.top_up(), bill.billed), (13, 7, 20));

    let postings = settle(&Allocation::default(), bill.billed, &twelve_and_a_bundle());
    assert_eq!(postings, [Draw(draw(1, 12)), Draw(draw(2, 8))], "the minimum's top-up draws minutes too");
    assert_eq!(allocated(&Allocation::default(), &postings), allocation(&[draw(1, 12), draw(2, 8)], 0));
}

#[test]
fn the_contract_is_drawn_first_then_what_expires_first_then_the_oldest() {
    let later =
        GrantBalance { effective_at: local("2026-02-01 00:00"), ..grant(5, Bundle, 60, Some("2026-08-01 00:00")) };
    let grants = [
        grant(1, Bundle, 60, None),
        later,
        grant(4, Bundle, 60, Some("2026-08-01 00:00")),
        grant(3, Bundle, 60, Some("2026-08-01 00:00")),
        grant(6, Correction, 60, Some("2026-07-01 00:00")),
        grant(7, Contract, 60, Some("2026-10-01 00:00")),
        grant(8, Contract, 60, Some("2026-07-01 00:00")),
    ];
    assert_eq!(order(&grants, "2026-03-01 09:00"), [8, 7, 6, 3, 4, 5, 1]);
}

#[test]
fn only_grants_that_are_effective_when_the_intervention_begins_pay_for_it() {
    let grants = [grant(1, Contract, 60, Some("2026-07-01 00:00"))];
    assert_eq!(order(&grants, "2025-12-31 23:59:59"), [] as [i64; 0]);
    assert_eq!(order(&grants, "2026-01-01 00:00"), [1]);
    assert_eq!(order(&grants, "2026-06-30 23:59:59"), [1]);
    assert_eq!(order(&grants, "2026-07-01 00:00"), [] as [i64; 0]);
}

#[test]
fn what_no_grant_covers_is_charged() {
    let postings = settle(&Allocation::default(), 150, &twelve_and_a_bundle());
    assert_eq!(postings, [Draw(draw(1, 12)), Draw(draw(2, 100)), Charge(38)]);
    assert_eq!(settle(&Allocation::default(), 30, &[]), [Charge(30)], "a one-off payer pays everything");
}

#[test]
fn empty_grants_are_passed_over() {
    let [contract, bundle] = twelve_and_a_bundle();
    assert_eq!(settle(&Allocation::default(), 20, &[contract.with_left(0), bundle]), [Draw(draw(2, 20))]);
}

#[test]
fn resumed_work_draws_the_difference_only() {
    let [contract, bundle] = twelve_and_a_bundle();
    let so_far = allocation(&[draw(1, 12), draw(2, 8)], 0);
    let postings = settle(&so_far, 33, &[contract.with_left(0), bundle.with_left(92)]);
    assert_eq!(postings, [Draw(draw(2, 13))]);
    assert_eq!(allocated(&so_far, &postings), allocation(&[draw(1, 12), draw(2, 21)], 0));
}

#[test]
fn what_comes_back_is_money_first_then_the_last_draw() {
    let so_far = allocation(&[draw(1, 12), draw(2, 100)], 38);
    assert_eq!(settle(&so_far, 130, &[]), [Waive(20)]);
    assert_eq!(settle(&so_far, 100, &[]), [Waive(38), Return(draw(2, 12))]);
    let all_but_nothing = settle(&so_far, 5, &[]);
    assert_eq!(all_but_nothing, [Waive(38), Return(draw(2, 100)), Return(draw(1, 7))]);
    assert_eq!(allocated(&so_far, &all_but_nothing), allocation(&[draw(1, 5)], 0));
}

#[test]
fn what_is_settled_already_posts_nothing() {
    let so_far = allocation(&[draw(1, 12), draw(2, 8)], 5);
    assert_eq!(settle(&so_far, 25, &twelve_and_a_bundle()), []);
    assert_eq!(settle(&Allocation::default(), 0, &twelve_and_a_bundle()), []);
}

#[test]
fn minutes_that_return_to_an_expired_grant_are_rescued() {
    let grants = twelve_and_a_bundle();
    let postings = [Waive(5), Return(draw(2, 8)), Return(draw(1, 3)), Draw(draw(1, 1)), Charge(1)];
    let rescued_at = |now| rescued(&postings, &grants, local(now));
    assert_eq!(rescued_at("2026-06-30 23:59:59"), []);
    assert_eq!(rescued_at("2026-07-01 00:00"), [draw(2, 8), draw(1, 3)]);

    let lasting = [GrantBalance { expires_at: None, ..grants[1] }, grants[0]];
    assert_eq!(rescued(&postings, &lasting, local("2026-07-01 00:00")), [draw(1, 3)]);
}

#[test]
fn rescued_minutes_last_to_the_end_of_the_last_day() {
    assert_eq!(rescued_until(local("2026-07-01 10:37"), 90), local("2026-09-30 00:00"));
    assert_eq!(rescued_until(utc("2026-07-01T22:30:00Z"), 90), local("2026-10-01 00:00"), "it is the 2nd in Prague");
    assert_eq!(
        rescued_until(local("2026-10-01 09:00"), 60),
        local("2026-12-01 00:00"),
        "over the change of the clocks"
    );
    assert!(rescued_until(local("2026-10-01 09:00"), u32::MAX) > local("9999-01-01 00:00"));
}
