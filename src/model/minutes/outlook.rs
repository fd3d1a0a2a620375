//! The outlook of an account: what it will hold at a moment that may lie ahead, and what of that is not promised to agreed
//! appointments (design, Free minutes). Estimate, usage, shop, workbench and mails all ask it.

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::Deserialize;

use super::{
    contracts::{
        ContractTerms,
        allowances::{coming_allowances, terms_on},
    },
    pools::{PayerPool, Pool, PoolKind, drawing_rank},
};
use crate::model::base::{calendar::last_day, ids::GrantId};

#[cfg(test)]
mod tests;

/// How far ahead coming allowances are looked at, in months: the longest that a bundle may last.
const HORIZON_MONTHS: u32 = 36;

/// Minutes that an agreed appointment will probably draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Reservation {
    /// When it starts: which grants pay is decided then.
    pub start: DateTime<Utc>,
    /// How many: the upper end of its frozen estimate.
    pub minutes: u32,
}

/// A contract, and until when what it has credited covers its time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CoveredContract {
    /// What it says, by the day from which it says it.
    pub terms: Vec<ContractTerms>,
    /// The first instant that no grant of it covers; none before the first grant.
    pub covered_until: Option<DateTime<Utc>>,
}

/// Minutes that are credited, or will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// Which grant; none yet for what is still to come.
    pub grant: Option<GrantId>,
    /// Where they come from.
    pub kind: PoolKind,
    /// How many can be drawn.
    pub left: u32,
    /// From when.
    pub effective_at: DateTime<Utc>,
    /// The first instant at which they no longer can; none if they never expire.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Credit {
    fn is_effective(&self, at: DateTime<Utc>) -> bool {
        self.effective_at <= at && self.expires_at.is_none_or(|expires_at| at < expires_at)
    }
}

/// An account ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// In drawing order.
    credits: Vec<Credit>,
    contracts: Vec<CoveredContract>,
    /// In order of time.
    reservations: Vec<Reservation>,
    now: DateTime<Utc>,
}

/// What an intervention that starts at one moment can draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeMinutes {
    /// What the account will hold at that moment, agreed appointments left out of account.
    pub balance: u32,
    /// What of it is not reserved, by the pools that will pay, in drawing order; none of them is empty.
    pub pools: Vec<PayerPool>,
    /// What of it agreed appointments will probably draw: never more than they were estimated to. Where minutes that expire before
    /// an appointment are drawn after those that it needs, some are neither free nor reserved.
    pub reserved: u32,
    /// Whether minutes of a bundle will be left then, free or not: they lower the minimum.
    pub has_bundle: bool,
}

impl FreeMinutes {
    /// Minutes that nothing agreed needs.
    #[must_use]
    pub fn free(&self) -> u32 {
        self.pools.iter().map(|pool| pool.minutes_left).sum()
    }
}

impl Outlook {
    /// The outlook as it is known at `now`.
    ///
    /// * `pools` – what is credited, with what is left of each
    /// * `contracts` – those that are valid now or later
    /// * `reservations` – what is agreed and not yet settled, in any order
    #[must_use]
    pub fn new(
        pools: &[Pool],
        contracts: Vec<CoveredContract>,
        mut reservations: Vec<Reservation>,
        now: DateTime<Utc>,
    ) -> Self {
        // What should have begun already draws from what there is now.
        reservations.iter_mut().for_each(|reservation| reservation.start = reservation.start.max(now));
        reservations.sort_by_key(|reservation| reservation.start);
        let credited = pools.iter().map(|pool| Credit {
            grant: Some(pool.grant),
            kind: pool.kind,
            left: pool.left,
            effective_at: pool.effective_at,
            expires_at: pool.expires_at,
        });
        let horizon = now.checked_add_months(Months::new(HORIZON_MONTHS)).unwrap_or(now);
        let to_come = contracts
            .iter()
            .flat_map(|contract| coming_allowances(&contract.terms, contract.covered_until, now, horizon))
            .map(|due| Credit {
                grant: None,
                kind: PoolKind::Contract,
                left: due.minutes,
                effective_at: due.effective_at,
                expires_at: Some(due.expires_at),
            });
        let mut credits: Vec<Credit> = credited.chain(to_come).filter(|credit| credit.left > 0).collect();
        sort_for_drawing(&mut credits);
        Self { credits, contracts, reservations, now }
    }

    /// When it was made.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// What there is and will be, in drawing order.
    #[must_use]
    pub fn credits(&self) -> &[Credit] {
        &self.credits
    }

    /// What is agreed, in order of time.
    #[must_use]
    pub fn reservations(&self) -> &[Reservation] {
        &self.reservations
    }

    /// What the contract says that is valid on a local date, if any is.
    #[must_use]
    pub fn contract_on(&self, date: NaiveDate) -> Option<&ContractTerms> {
        self.contracts.iter().find_map(|contract| terms_on(&contract.terms, date))
    }

    /// The next minutes that a contract will credit after now.
    #[must_use]
    pub fn next_allowance(&self) -> Option<&Credit> {
        let to_come = self.credits.iter().filter(|credit| credit.grant.is_none() && credit.effective_at > self.now);
        to_come.min_by_key(|credit| credit.effective_at)
    }

    /// What an intervention that starts at `at` can draw. Its free minutes are the most that it can take so that no agreed
    /// appointment, earlier or later, is left with fewer than without it; where all of them draw from the same grants, that
    /// is the balance less what they will draw.
    #[must_use]
    pub fn free_at(&self, at: DateTime<Utc>) -> FreeMinutes {
        let (before, after) =
            self.reservations.split_at(self.reservations.partition_point(|agreed| agreed.start <= at));
        let left_of = |credits: &[Credit]| -> u32 {
            credits.iter().filter(|credit| credit.is_effective(at)).map(|credit| credit.left).sum()
        };
        let balance = left_of(&self.credits);
        let mut without_it = self.credits.clone();
        draw_all(&mut without_it, &self.reservations);
        let drawn = balance - left_of(&without_it);
        let mut then = self.credits.clone();
        draw_all(&mut then, before);
        let can_draw: Vec<Credit> =
            then.iter().copied().filter(|credit| credit.left > 0 && credit.is_effective(at)).collect();
        let unmet_after = |minutes| {
            let mut credits = then.clone();
            draw(&mut credits, at, minutes);
            draw_all(&mut credits, after)
        };
        let unmet = unmet_after(0);
        // A minute more never leaves less unmet, so the answer is where the first one is missed.
        let (mut free, mut most) = (0, can_draw.iter().map(|credit| credit.left).sum::<u32>());
        while free < most {
            let middle = most - (most - free) / 2;
            if unmet_after(middle) == unmet { free = middle } else { most = middle - 1 }
        }
        FreeMinutes {
            balance,
            reserved: drawn.min(balance - free),
            has_bundle: can_draw.iter().any(|credit| credit.kind == PoolKind::Bundle),
            pools: first_minutes(&can_draw, free),
        }
    }

    /// What agreed appointments will probably take beyond all grants.
    #[must_use]
    pub fn reserved_over(&self) -> u32 {
        draw_all(&mut self.credits.clone(), &self.reservations)
    }

    /// How many minutes no grant will cover, of so many drawn at one instant after the other, with `bought` among the grants.
    /// Reservations are left out of account: `demand` includes them.
    #[must_use]
    pub fn uncovered(&self, demand: &[(DateTime<Utc>, u32)], bought: Option<Credit>) -> Vec<u32> {
        let mut credits: Vec<Credit> = self.credits.iter().copied().chain(bought).collect();
        sort_for_drawing(&mut credits);
        demand.iter().map(|&(at, minutes)| draw(&mut credits, at, minutes)).collect()
    }
}

/// What is equal by rank is drawn oldest first, as [`in_drawing_order`](super::ledger::in_drawing_order) has it.
fn sort_for_drawing(credits: &mut [Credit]) {
    credits.sort_by_key(|credit| {
        (drawing_rank(credit.kind, credit.expires_at), credit.effective_at, credit.grant.is_none(), credit.grant)
    });
}

/// The first so many minutes of what can be drawn, by pool.
fn first_minutes(credits: &[Credit], mut minutes: u32) -> Vec<PayerPool> {
    let mut pools = Vec::new();
    for credit in credits {
        let minutes_left = minutes.min(credit.left);
        minutes -= minutes_left;
        if minutes_left > 0 {
            pools.push(PayerPool { kind: credit.kind, minutes_left, expires_on: credit.expires_at.map(last_day) });
        }
    }
    pools
}

/// Draws what starts at `at` from credits in drawing order, and tells how many minutes none of them covers.
pub(super) fn draw(credits: &mut [Credit], at: DateTime<Utc>, mut minutes: u32) -> u32 {
    for credit in credits.iter_mut().filter(|credit| credit.is_effective(at)) {
        let taken = minutes.min(credit.left);
        credit.left -= taken;
        minutes -= taken;
    }
    minutes
}

fn draw_all(credits: &mut [Credit], reservations: &[Reservation]) -> u32 {
    reservations.iter().map(|agreed| draw(credits, agreed.start, agreed.minutes)).sum()
}
