//! The account of minutes: what is credited, in which order it is drawn, and how it is corrected
//! (design, Drawing order; design, Ledger).
//!
//! The ledger is append-only and a balance is the sum of its entries. The rules here say *which* entries are to be posted;
//! the database numbers them, keeps their running balances and refuses any that would take a grant below zero.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Days, Utc};
use serde::{Deserialize, Serialize};

use super::pools::{PoolKind, drawing_rank};
use crate::model::base::{
    bilingual::Bilingual,
    calendar::{midnight, to_local},
    codes::coded_enum,
    ids::GrantId,
    money::Money,
    numbers::InterventionRef,
};

/// Minutes credited once, with what is left of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GrantBalance {
    /// Which grant.
    pub id: GrantId,
    /// Where its minutes come from.
    pub kind: PoolKind,
    /// How many minutes were credited.
    pub granted: u32,
    /// How many are left.
    pub left: u32,
    /// From when they can be drawn.
    pub effective_at: DateTime<Utc>,
    /// The first instant at which they can no longer be drawn; none if they never expire.
    pub expires_at: Option<DateTime<Utc>>,
}

impl GrantBalance {
    /// Whether an intervention that starts at `start` may draw from it.
    #[must_use]
    pub fn is_effective(&self, start: DateTime<Utc>) -> bool {
        self.effective_at <= start && !self.has_expired(start)
    }

    /// Whether its minutes can no longer be drawn by interventions that start at `now` or later.
    #[must_use]
    pub fn has_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_some_and(|expires| expires <= now)
    }
}

/// The grants that pay for an intervention which starts at `start`, in drawing order (design, Drawing order): the contract's
/// allowance, then the others by earliest expiry, those that never expire last, then the oldest.
#[must_use]
pub fn in_drawing_order(grants: &[GrantBalance], start: DateTime<Utc>) -> Vec<GrantBalance> {
    let mut effective: Vec<_> = grants.iter().copied().filter(|grant| grant.is_effective(start)).collect();
    effective.sort_by_key(|grant| (drawing_rank(grant.kind, grant.expires_at), grant.effective_at, grant.id));
    effective
}

/// How many minutes of an intervention one grant pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Draw {
    /// The grant.
    pub grant: GrantId,
    /// Minutes; never zero.
    pub minutes: u32,
}

/// What pays for one intervention: its allocation rows and the remainder.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Allocation {
    /// What the grants pay, in the order in which they were drawn.
    pub draws: Vec<Draw>,
    /// Minutes that no grant covers.
    pub remainder: u32,
}

impl Allocation {
    /// All minutes that are paid for: the billed ones.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.from_grants() + self.remainder
    }

    /// The minutes that grants pay.
    #[must_use]
    pub fn from_grants(&self) -> u32 {
        self.draws.iter().map(|draw| draw.minutes).sum()
    }
}

/// One entry to be posted for an intervention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Posting {
    /// The grant pays so many minutes more.
    Draw(Draw),
    /// So many minutes return to the grant.
    Return(Draw),
    /// So many minutes more are beyond the grants, to be paid in money.
    Charge(u32),
    /// So many minutes are no longer to be paid in money.
    Waive(u32),
}

/// What has to be posted so that an intervention which is allocated as `so_far` becomes one of `billed` minutes.
///
/// More minutes are drawn from `grants` as they stand, in drawing order; the rest is charged. Fewer minutes come back from
/// the end: first what was charged, then the last draw. So closing, closing again after work was resumed, and accepting a
/// contest are one and the same rule, and nothing is ever rewritten.
///
/// * `grants` – [in drawing order](in_drawing_order), with what is left in each now
#[must_use]
pub fn settle(so_far: &Allocation, billed: u32, grants: &[GrantBalance]) -> Vec<Posting> {
    let total = so_far.total();
    if billed >= total { draw_more(billed - total, grants) } else { give_back(total - billed, so_far) }
}

fn draw_more(mut minutes: u32, grants: &[GrantBalance]) -> Vec<Posting> {
    let mut postings = Vec::new();
    for grant in grants {
        let taken = minutes.min(grant.left);
        if taken > 0 {
            postings.push(Posting::Draw(Draw { grant: grant.id, minutes: taken }));
            minutes -= taken;
        }
    }
    if minutes > 0 {
        postings.push(Posting::Charge(minutes));
    }
    postings
}

fn give_back(mut minutes: u32, so_far: &Allocation) -> Vec<Posting> {
    let mut postings = Vec::new();
    let waived = minutes.min(so_far.remainder);
    if waived > 0 {
        postings.push(Posting::Waive(waived));
        minutes -= waived;
    }
    for draw in so_far.draws.iter().rev() {
        let returned = minutes.min(draw.minutes);
        if returned > 0 {
            postings.push(Posting::Return(Draw { grant: draw.grant, minutes: returned }));
            minutes -= returned;
        }
    }
    postings
}

/// The allocation after `postings`.
#[must_use]
pub fn allocated(so_far: &Allocation, postings: &[Posting]) -> Allocation {
    let mut after = so_far.clone();
    for posting in postings {
        match *posting {
            Posting::Draw(draw) => match after.draws.iter_mut().find(|known| known.grant == draw.grant) {
                Some(known) => known.minutes += draw.minutes,
                None => after.draws.push(draw),
            },
            Posting::Return(draw) => {
                if let Some(known) = after.draws.iter_mut().find(|known| known.grant == draw.grant) {
                    known.minutes = known.minutes.saturating_sub(draw.minutes);
                }
            }
            Posting::Charge(minutes) => after.remainder += minutes,
            Posting::Waive(minutes) => after.remainder = after.remainder.saturating_sub(minutes),
        }
    }
    after.draws.retain(|draw| draw.minutes > 0);
    after
}

/// The minutes among `postings` that return to a grant which has expired by `now`, where nobody could draw them any more.
///
/// Each of them is moved: an [expiry](EntryKind::Expiry) takes them from the grant to which they have just returned, and
/// a new grant of kind [correction](PoolKind::Correction) credits as many, to be drawn [from now on](rescued_until).
///
/// * `grants` – all grants from which the intervention has drawn
#[must_use]
pub fn rescued(postings: &[Posting], grants: &[GrantBalance], now: DateTime<Utc>) -> Vec<Draw> {
    let has_expired = |id| grants.iter().any(|grant| grant.id == id && grant.has_expired(now));
    postings
        .iter()
        .filter_map(|posting| match *posting {
            Posting::Return(draw) if has_expired(draw.grant) => Some(draw),
            _ => None,
        })
        .collect()
}

/// When minutes that were [rescued] at `now` expire: at the end of the `days`-th day after it.
#[must_use]
pub fn rescued_until(now: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    let expires_on = to_local(now).date().checked_add_days(Days::new(u64::from(days) + 1));
    expires_on.map_or(DateTime::<Utc>::MAX_UTC, midnight)
}

coded_enum! {
    /// What an entry of the ledger is.
    pub enum EntryKind {
        /// Minutes were credited.
        Grant = "grant",
        /// An intervention drew minutes.
        Draw = "draw",
        /// Minutes of an intervention came back.
        Return = "return",
        /// What was left of a grant when it expired, or returned to it later.
        Expiry = "expiry",
        /// Minutes beyond the grants, to be paid in money.
        Charge = "charge",
        /// Minutes beyond the grants that are no longer to be paid.
        Waive = "waive",
        /// Minutes of a bundle over whose payment there is a dispute.
        Freeze = "freeze",
        /// The dispute is over, the minutes are back.
        Thaw = "thaw",
        /// Minutes were given back for money.
        Refund = "refund",
        /// Minutes were used in another system before the balance was taken over.
        Correction = "correction",
        /// What was left went on to the customer into which this one was merged.
        Handover = "handover",
    }
}

/// An entry of the ledger as the statement shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementEntry {
    /// Its number in the account; without gaps.
    pub seq: i64,
    /// When it was posted.
    pub at: DateTime<Utc>,
    /// What it is.
    pub kind: EntryKind,
    /// How the balance changed, in minutes; zero for what is paid in money.
    pub minutes: i32,
    /// How the minutes beyond the grants changed.
    pub over_minutes: i32,
    /// What those cost, excluding VAT.
    pub amount: Money,
    /// The balance of the account after it, in minutes.
    pub balance_after: u32,
    /// The grant, for entries of one.
    pub grant: Option<GrantId>,
    /// Where its minutes come from.
    pub pool: Option<PoolKind>,
    /// From when they can be drawn.
    pub effective_at: Option<DateTime<Utc>>,
    /// When they expire.
    pub expires_at: Option<DateTime<Utc>>,
    /// The request and the ordinal of the intervention that caused it.
    pub intervention: Option<InterventionRef>,
    /// The program of that intervention.
    pub program: Option<Bilingual>,
    /// The reason that was given, for corrections.
    pub reason: String,
}
