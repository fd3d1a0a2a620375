//! Tests of the advice.

use proptest::prelude::*;

use super::*;
use crate::model::{
    base::ids::BundleId,
    fixtures::{contract_terms, date, local, pool},
    minutes::{
        contracts::ContractTerms,
        outlook::{CoveredContract, Reservation},
        pools::Pool,
    },
};

const NOW: &str = "2026-11-23 08:00";
const LIST: Money = Money::from_haler(2_500);

fn bundle(minutes: u32, crowns: i64, validity_months: u32) -> Bundle {
    Bundle { id: BundleId(i64::from(minutes)), minutes, price: Money::from_haler(crowns * 100), validity_months }
}

/// As the shop has them: 23, 22, 21 and 20 Kč a minute.
fn on_sale() -> [Bundle; 4] {
    [bundle(60, 1_380, 12), bundle(120, 2_640, 12), bundle(300, 6_300, 12), bundle(600, 12_000, 18)]
}

/// 300 minutes a quarter, 22 Kč beyond; the quarter until the end of 2026 is credited.
fn contract(minutes_per_period: u32) -> CoveredContract {
    let rate_per_minute = Money::from_haler(2_200);
    CoveredContract {
        terms: vec![ContractTerms { minutes_per_period, rate_per_minute, ..contract_terms() }],
        covered_until: Some(local("2027-01-01 00:00")),
    }
}

fn outlook(pools: &[Pool], contracts: Vec<CoveredContract>, reservations: Vec<Reservation>) -> Outlook {
    Outlook::new(pools, contracts, reservations, local(NOW))
}

fn pace(minutes: u32, days: i64) -> Option<OwnPace> {
    let today = date("2026-11-23");
    Some(OwnPace::of(minutes, today - TimeDelta::days(days - 1), today))
}

fn bought(outlook: &Outlook, pace: Option<OwnPace>) -> Option<(u32, u32)> {
    match advice(outlook, pace, LIST, &on_sale()) {
        Some(Advice::Buy { bundle, useful, .. }) => Some((bundle.minutes, useful)),
        _ => None,
    }
}

#[test]
fn a_contract_that_will_credit_enough_soon_is_waited_for() {
    let allowance = pool(PoolKind::Contract, 300, 0, Some("2027-01-01 00:00"));
    let outlook = outlook(&[allowance], vec![contract(300)], Vec::new());
    let advised = advice(&outlook, pace(300, 365), LIST, &on_sale());
    let on = date("2027-01-01");
    let Some(Advice::Wait { on: then, minutes, over, rate }) = advised else { panic!("{advised:?}") };
    assert_eq!((then, minutes, rate), (on, 300, Money::from_haler(2_200)));
    assert!((30..=32).contains(&over), "39 days at 300 a year: {over}");
}

#[test]
fn no_bundle_is_advised_that_is_dearer_than_the_own_rate() {
    // 22 Kč beyond the contract: 23 Kč a minute in the smallest bundle is no bargain.
    let pair = [bundle(60, 1_380, 12), bundle(120, 2_640, 12)];
    let account = outlook(&[], vec![contract(0)], Vec::new());
    assert_eq!(
        advice(&account, pace(860, 365), LIST, &pair),
        Some(Advice::Dearer { rate: Money::from_haler(2_200) }),
        "the same price is no saving either"
    );
    let one_off = outlook(&[], Vec::new(), Vec::new());
    assert_eq!(advice(&one_off, pace(860, 365), LIST, &pair).and_then(|advice| advice.bundle()), Some(pair[1]));
}

#[test]
fn ninety_nine_minutes_in_six_weeks_are_no_sixty_in_a_year() {
    let account = outlook(&[], Vec::new(), Vec::new());
    assert_eq!(bought(&account, pace(99, 42)), Some((600, 600)));
    assert_eq!(bought(&account, pace(99, 365)), Some((60, 60)), "in a year they are");
    assert_eq!(bought(&account, pace(30, 365)), None, "30 minutes at 25 Kč cost less than 60 at 23 Kč");
}

#[test]
fn two_days_of_much_work_are_no_pace_of_a_year() {
    assert_eq!(pace(100, 2), pace(100, 28));
    assert_ne!(pace(100, 29), pace(100, 28));
}

#[test]
fn agreed_appointments_are_reckoned_with() {
    let agreed = Reservation { start: local("2026-11-25 09:00"), minutes: 60 };
    let account = |agreed| outlook(&[], Vec::new(), agreed);
    assert_eq!(bought(&account(vec![agreed]), None), Some((60, 60)));
    assert_eq!(advice(&account(Vec::new()), None, LIST, &on_sale()), None, "nothing is known");
    let full = outlook(&[pool(PoolKind::Bundle, 600, 500, None)], Vec::new(), Vec::new());
    assert_eq!(advice(&full, None, LIST, &on_sale()), None, "nor of whom nothing was ever used");
}

#[test]
fn what_lasts_is_enough() {
    let account = outlook(&[pool(PoolKind::Bundle, 600, 500, None)], Vec::new(), Vec::new());
    assert_eq!(advice(&account, pace(100, 365), LIST, &on_sale()), Some(Advice::Enough));
}

/// What has to be paid one by one of a demand.
fn paid(left: u32, extra: u32, demand: u32) -> u32 {
    demand.saturating_sub(left + extra)
}

proptest! {
    /// Whatever is advised costs less per minute than the own rate for the minutes that it will spare, and nothing that
    /// would save more is passed over; when nothing saves, nothing is advised.
    #[test]
    fn what_is_advised_is_cheaper_than_the_own_rate_and_the_cheapest(
        minutes in 0..4_000_u32,
        left in 0..600_u32,
        rate in 1_500..3_000_i64,
        offers in prop::collection::vec((1..800_u32, 1..16_000_i64, 1..24_u32), 0..5),
    ) {
        let account = outlook(&[pool(PoolKind::Bundle, 600, left, None)], Vec::new(), Vec::new());
        let offers: Vec<_> = offers.into_iter().map(|(minutes, crowns, months)| bundle(minutes, crowns, months)).collect();
        let rate = Money::from_haler(rate);
        let pace = pace(minutes, 365);
        // Without a contract the account is one pool, so days do not matter: only how much is used in a bundle's life.
        let saving = |offer: &Bundle| {
            let used = pace.map_or(0, |pace| pace.minutes_in(life(offer, local(NOW)).unsigned_abs()));
            let useful = paid(left, 0, used) - paid(left, offer.minutes, used);
            (useful, rate.times_minutes(useful) - offer.price)
        };
        match advice(&account, pace, rate, &offers) {
            Some(Advice::Buy { bundle, useful, rate: own, saved }) => {
                prop_assert_eq!(own, rate);
                prop_assert_eq!((useful, saved), saving(&bundle));
                prop_assert!(useful <= bundle.minutes);
                prop_assert!(bundle.price < rate.times_minutes(useful), "dearer than the own rate");
                prop_assert!(offers.iter().all(|offer| saving(offer).1 <= saved));
            }
            advised => {
                prop_assert!(offers.iter().all(|offer| saving(offer).1 <= Money::ZERO), "{advised:?}");
                prop_assert!(!matches!(advised, Some(Advice::Wait { .. })), "nothing comes");
            }
        }
    }

    /// With a contract, whose minutes come and go: never dearer than its own rate, and nothing is advised that its allowances
    /// make superfluous.
    #[test]
    fn a_contract_is_never_advised_what_costs_more_than_it(
        minutes in 0..4_000_u32,
        per_quarter in 0..900_u32,
        left in 0..300_u32,
        agreed in prop::collection::vec((0..60_i64, 0..90_u32), 0..4),
    ) {
        let allowance = pool(PoolKind::Contract, 300, left, Some("2027-01-01 00:00"));
        let agreed = agreed.into_iter().map(|(days, minutes)| Reservation {
            start: local(NOW) + TimeDelta::days(days),
            minutes,
        });
        let account = outlook(&[allowance], vec![contract(per_quarter)], agreed.collect());
        if let Some(Advice::Buy { bundle, useful, saved, .. }) = advice(&account, pace(minutes, 365), LIST, &on_sale()) {
            let own = Money::from_haler(2_200).times_minutes(useful);
            prop_assert_eq!(own - bundle.price, saved);
            prop_assert!(saved > Money::ZERO && useful <= bundle.minutes);
        }
    }
}
