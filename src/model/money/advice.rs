//! Advice on buying minutes (design, Free minutes): from the customer's own rate, pace, agreed appointments and coming
//! allowances. It says what to buy, or that nothing is to be bought, and why.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::bundles::{Bundle, expires_at};
use crate::model::{
    base::{
        calendar::{midnight, to_local},
        money::Money,
    },
    minutes::{
        outlook::{Credit, Outlook},
        pools::PoolKind,
    },
};

#[cfg(test)]
mod tests;

/// Fewer days than these are taken for as many: a week of much work is no year of it.
const FEWEST_DAYS: i64 = 28;

/// How far ahead is looked where there is no bundle whose life would say it, in days.
const YEAR: i64 = 365;

/// How much a customer uses: so many billed minutes in so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnPace {
    minutes: u64,
    days: u64,
}

impl OwnPace {
    /// The pace of what was billed since `first`, when the first of it was done, until `today`.
    #[must_use]
    pub fn of(minutes: u32, first: NaiveDate, today: NaiveDate) -> Self {
        let days = (today - first).num_days().saturating_add(1).max(FEWEST_DAYS);
        Self { minutes: minutes.into(), days: days.unsigned_abs() }
    }

    fn minutes_in(self, days: u64) -> u32 {
        u32::try_from(self.minutes * days / self.days).unwrap_or(u32::MAX)
    }
}

/// What is best for a customer now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Advice {
    /// Buy this bundle.
    Buy {
        /// As it is on sale.
        bundle: Bundle,
        /// How many minutes it will probably save from being paid one by one before it expires.
        useful: u32,
        /// What such a minute costs now, excluding VAT.
        rate: Money,
        /// What they cost more than the bundle, excluding VAT.
        saved: Money,
    },
    /// Buy nothing: the contract credits minutes soon.
    Wait {
        /// On this day.
        on: NaiveDate,
        /// So many.
        minutes: u32,
        /// How many will probably be paid one by one before; no bundle would cost less.
        over: u32,
        /// What such a minute costs now, excluding VAT.
        rate: Money,
    },
    /// Buy nothing: what there is will last.
    Enough,
    /// Buy nothing: no bundle costs less than what will probably be used at the own rate.
    Dearer {
        /// What a minute costs now, excluding VAT.
        rate: Money,
    },
}

impl Advice {
    /// The bundle to buy, if one is.
    #[must_use]
    pub const fn bundle(&self) -> Option<Bundle> {
        match self {
            Self::Buy { bundle, .. } => Some(*bundle),
            Self::Wait { .. } | Self::Enough | Self::Dearer { .. } => None,
        }
    }
}

/// What is best for a customer now: the bundle that saves most before it expires, if any saves; of two that save the same the
/// smaller one. Nothing is said to who has no minutes and needs none.
///
/// * `outlook` – the account, what is agreed, and what contracts will credit
/// * `list_rate` – the price of a minute without a contract, excluding VAT
/// * `bundles` – what is on sale
#[must_use]
pub fn advice(outlook: &Outlook, pace: Option<OwnPace>, list_rate: Money, bundles: &[Bundle]) -> Option<Advice> {
    let today = to_local(outlook.now()).date();
    let rate_on = |date| outlook.contract_on(date).map_or(list_rate, |terms| terms.rate_per_minute);
    let rate = rate_on(today);
    let savings = bundles.iter().filter_map(|bundle| {
        let (useful, spared) = spared(outlook, &demand(outlook, pace, life(bundle, outlook.now())), bundle, rate_on);
        (spared > bundle.price).then(|| Advice::Buy { bundle: *bundle, useful, rate, saved: spared - bundle.price })
    });
    let best = savings.max_by_key(|advice| match advice {
        Advice::Buy { bundle, saved, .. } => (*saved, std::cmp::Reverse(bundle.minutes)),
        _ => (Money::ZERO, std::cmp::Reverse(0)),
    });
    best.or_else(|| without_buying(outlook, pace, rate))
}

/// Why nothing is to be bought.
fn without_buying(outlook: &Outlook, pace: Option<OwnPace>, rate: Money) -> Option<Advice> {
    let demand = demand(outlook, pace, YEAR);
    let is_used = demand.iter().any(|&(_, minutes)| minutes > 0);
    // Of whom nothing is known and nothing is agreed, nobody can say that they need nothing.
    if pace.is_none() && !is_used {
        return None;
    }
    let uncovered = outlook.uncovered(&demand, None);
    if let Some(next) = outlook.next_allowance() {
        let over = demand.iter().zip(&uncovered).filter(|((at, _), _)| *at < next.effective_at);
        let over = over.map(|(_, minutes)| minutes).sum();
        let on = to_local(next.effective_at).date();
        return Some(Advice::Wait { on, minutes: next.left, over, rate });
    }
    if uncovered.iter().any(|&minutes| minutes > 0) {
        Some(Advice::Dearer { rate })
    } else if is_used || outlook.free_at(outlook.now()).balance > 0 {
        Some(Advice::Enough)
    } else {
        None
    }
}

/// How many days the minutes of a bundle can be drawn that is paid at `now`.
fn life(bundle: &Bundle, now: DateTime<Utc>) -> i64 {
    (expires_at(now, bundle.validity_months) - now).num_days()
}

/// How many minutes will probably be drawn at which time: what is agreed, and what the pace leads to where that is more.
fn demand(outlook: &Outlook, pace: Option<OwnPace>, days: i64) -> Vec<(DateTime<Utc>, u32)> {
    let today = to_local(outlook.now()).date();
    let mut agreed = outlook.reservations().iter().peekable();
    let (mut reserved, mut drawn) = (0_u32, 0_u32);
    let mut demand = Vec::new();
    for day in 0..=days.max(0) {
        let Some(date) = today.checked_add_signed(TimeDelta::days(day)) else { break };
        let at = midnight(date).max(outlook.now());
        while let Some(next) = agreed.next_if(|next| to_local(next.start).date() <= date) {
            reserved = reserved.saturating_add(next.minutes);
        }
        let by_pace = pace.map_or(0, |pace| pace.minutes_in(day.unsigned_abs()));
        let until_now = reserved.max(by_pace).max(drawn);
        demand.push((at, until_now - drawn));
        drawn = until_now;
    }
    demand
}

/// How many minutes of the demand a bundle spares from being paid one by one, and what those would cost, excluding VAT.
fn spared(
    outlook: &Outlook,
    demand: &[(DateTime<Utc>, u32)],
    bundle: &Bundle,
    rate_on: impl Fn(NaiveDate) -> Money,
) -> (u32, Money) {
    let bought = Credit {
        grant: None,
        kind: PoolKind::Bundle,
        left: bundle.minutes,
        effective_at: outlook.now(),
        expires_at: Some(expires_at(outlook.now(), bundle.validity_months)),
    };
    let cost = |uncovered: &[u32]| -> Money {
        let priced = demand.iter().zip(uncovered).filter(|(_, minutes)| **minutes > 0);
        priced.map(|((at, _), &minutes)| rate_on(to_local(*at).date()).times_minutes(minutes)).sum()
    };
    let (without, with) = (outlook.uncovered(demand, None), outlook.uncovered(demand, Some(bought)));
    let minutes: u32 = without.iter().sum();
    (minutes.saturating_sub(with.iter().sum()), cost(&without) - cost(&with))
}
