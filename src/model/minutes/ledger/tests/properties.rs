//! What holds for any grants and any intervention.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use std::{cmp::Ordering, collections::BTreeMap};

use crate::model::{
    base::ids::GrantId,
    fixtures::local,
    minutes::{
        ledger::{Allocation, Draw, GrantBalance, Posting, allocated, in_drawing_order, settle},
        pools::PoolKind,
    },
};

fn start() -> DateTime<Utc> {
    local("2026-05-05 09:00")
}

prop_compose! {
    /// Any kind, more or less used up; most are effective at [`start`], many share their days.
    fn any_grant()(
        kind in prop::sample::select(PoolKind::ALL),
        granted in 1..120_u32,
        used in 0..120_u32,
        effective_in in -3..=1_i64,
        expires_in in prop::option::weighted(0.7, 0..4_i64),
    ) -> GrantBalance {
        GrantBalance {
            id: GrantId(0),
            kind,
            granted,
            left: granted.saturating_sub(used),
            effective_at: start() + TimeDelta::days(effective_in),
            expires_at: expires_in.map(|days| start() + TimeDelta::days(days)),
        }
    }
}

fn any_grants() -> impl Strategy<Value = Vec<GrantBalance>> {
    prop::collection::vec(any_grant(), 0..7).prop_map(|mut grants| {
        (1..).zip(&mut grants).for_each(|(id, grant)| grant.id = GrantId(id));
        grants
    })
}

/// Grants that pay for an intervention, in drawing order.
fn any_payers() -> impl Strategy<Value = Vec<GrantBalance>> {
    any_grants().prop_map(|grants| in_drawing_order(&grants, start()))
}

/// The words of the rule (design, Drawing order), one after the other.
fn ranks(a: &GrantBalance, b: &GrantBalance) -> Ordering {
    match (a.kind, b.kind) {
        (PoolKind::Contract, PoolKind::Contract) => {}
        (PoolKind::Contract, _) => return Ordering::Less,
        (_, PoolKind::Contract) => return Ordering::Greater,
        _ => {}
    }
    let by_expiry = match (a.expires_at, b.expires_at) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    by_expiry.then(a.effective_at.cmp(&b.effective_at)).then(a.id.cmp(&b.id))
}

/// The grants after `postings`.
fn balances(grants: &[GrantBalance], postings: &[Posting]) -> Vec<GrantBalance> {
    let mut after = grants.to_vec();
    for grant in &mut after {
        for posting in postings {
            match *posting {
                Posting::Draw(draw) if draw.grant == grant.id => grant.left -= draw.minutes,
                Posting::Return(draw) if draw.grant == grant.id => grant.left += draw.minutes,
                _ => {}
            }
        }
    }
    after
}

/// An intervention, alone with its grants, that is settled to each of the totals in turn.
fn settled(grants: &[GrantBalance], totals: &[u32]) -> (Allocation, Vec<GrantBalance>) {
    totals.iter().fold((Allocation::default(), grants.to_vec()), |(so_far, grants), &billed| {
        let postings = settle(&so_far, billed, &grants);
        (allocated(&so_far, &postings), balances(&grants, &postings))
    })
}

/// The same a minute at a time: each is paid by the first grant that has one left, else in money.
fn minute_by_minute(grants: &[GrantBalance], billed: u32) -> (BTreeMap<GrantId, u32>, u32) {
    let (mut grants, mut drawn, mut remainder) = (grants.to_vec(), BTreeMap::new(), 0);
    for _ in 0..billed {
        match grants.iter_mut().filter(|grant| grant.left > 0).min_by(|a, b| ranks(a, b)) {
            Some(grant) => {
                grant.left -= 1;
                *drawn.entry(grant.id).or_insert(0) += 1;
            }
            None => remainder += 1,
        }
    }
    (drawn, remainder)
}

proptest! {
    #[test]
    fn the_drawing_order_is_that_of_the_design(grants in any_grants().prop_flat_map(|grants| Just(grants).prop_shuffle())) {
        let ordered = in_drawing_order(&grants, start());
        prop_assert!(ordered.is_sorted_by(|a, b| ranks(a, b) == Ordering::Less), "whatever order they were in");
        for grant in &grants {
            let effective = grant.effective_at <= start() && grant.expires_at.is_none_or(|expires| expires > start());
            prop_assert_eq!(ordered.contains(grant), effective);
        }
    }

    #[test]
    fn minutes_are_paid_as_if_one_after_the_other(grants in any_payers(), billed in 0..400_u32) {
        let (allocation, _) = settled(&grants, &[billed]);
        let drawn = allocation.draws.iter().map(|draw| (draw.grant, draw.minutes)).collect();
        prop_assert_eq!((drawn, allocation.remainder), minute_by_minute(&grants, billed));
    }

    /// However often it was settled, up and down, an intervention alone with its grants pays as if settled once.
    #[test]
    fn the_last_settlement_decides(grants in any_payers(), totals in prop::collection::vec(0..400_u32, 1..6)) {
        let last = *totals.last().unwrap();
        prop_assert_eq!(settled(&grants, &totals), settled(&grants, &[last]));
    }

    #[test]
    fn draws_and_remainder_are_what_is_billed(grants in any_payers(), totals in prop::collection::vec(0..400_u32, 1..6)) {
        let (allocation, after) = settled(&grants, &totals);
        prop_assert_eq!(allocation.total(), *totals.last().unwrap());
        prop_assert!(allocation.draws.iter().all(|draw| draw.minutes > 0));
        for (before, after) in grants.iter().zip(&after) {
            let drawn = allocation.draws.iter().find(|draw| draw.grant == before.id).map_or(0, |draw| draw.minutes);
            prop_assert_eq!(before.left, after.left + drawn);
        }
    }

    #[test]
    fn settling_again_posts_nothing(
        grants in any_payers(),
        totals in prop::collection::vec(0..400_u32, 1..6),
        others in any_payers(),
    ) {
        let (allocation, after) = settled(&grants, &totals);
        prop_assert_eq!(settle(&allocation, *totals.last().unwrap(), &after), []);
        prop_assert_eq!(settle(&allocation, *totals.last().unwrap(), &others), [], "whatever became of the grants");
    }

    /// What is owed in money is the first to go, even when grants have been filled up in the meantime.
    #[test]
    fn minutes_come_back_from_the_end(
        minutes in prop::collection::vec(1..60_u32, 0..5),
        remainder in 0..60_u32,
        fewer in 0..300_u32,
        grants in any_payers(),
    ) {
        let draws: Vec<_> = (1..).zip(minutes).map(|(id, minutes)| Draw { grant: GrantId(id), minutes }).collect();
        let so_far = Allocation { draws, remainder };
        let billed = so_far.total().saturating_sub(fewer);
        let after = allocated(&so_far, &settle(&so_far, billed, &grants));
        prop_assert_eq!(after.total(), billed);
        prop_assert!(after.remainder == 0 || after.draws == so_far.draws);
        // What stays is a beginning of what was: only its last draw may have become smaller.
        for (at, (before, after_it)) in so_far.draws.iter().zip(&after.draws).enumerate() {
            prop_assert_eq!(before.grant, after_it.grant);
            prop_assert!(before.minutes == after_it.minutes || (at + 1 == after.draws.len() && after_it.minutes < before.minutes));
        }
    }
}
