//! What happens on a day, by the seed alone: when somebody has a turn, and who.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use crate::{model::base::calendar::from_local, server::dice::Dice};

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Actor {
    /// A member of a customer, at requests.
    Customer,
    /// A member who buys.
    Buyer,
    Technician,
    Dispatcher,
    Manager,
    /// Customers pay by transfer, and the bank's statement comes.
    Bank,
    /// Customers pay on the payment site, which tells of it.
    Cards,
    /// Somebody writes a mail.
    Letter,
    /// Something outside breaks, or is mended; the clock jumps.
    Trouble,
    /// A form of long ago is sent once more.
    Late,
}

/// Of so many turns of a working day each has its share.
const SHARES: &[(Actor, i64)] = &[
    (Actor::Customer, 28),
    (Actor::Buyer, 6),
    (Actor::Technician, 38),
    (Actor::Dispatcher, 11),
    (Actor::Manager, 5),
    (Actor::Bank, 3),
    (Actor::Cards, 4),
    (Actor::Letter, 2),
    (Actor::Trouble, 4),
    (Actor::Late, 3),
];

/// How many turns a working day has from its morning on, and how many any day has in its evening.
const BY_DAY: i64 = 34;
const IN_THE_EVENING: i64 = 3;

/// Something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// Of which day, and its place there: what it is known by.
    pub id: (u32, u32),
    pub at: DateTime<Utc>,
    pub actor: Actor,
}

impl Turn {
    /// The chance of this turn, whatever else happens. A purpose has its own.
    pub fn dice(&self, seed: u64, purpose: u64) -> Dice {
        let (day, nth) = self.id;
        mixed(seed, &[u64::from(day), u64::from(nth), purpose])
    }
}

fn mixed(seed: u64, parts: &[u64]) -> Dice {
    parts.iter().fold(Dice(seed), |mut dice, part| Dice(dice.next() ^ part.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
}

/// The date of a day of the season.
pub(super) fn date(begins: NaiveDate, day: u32) -> NaiveDate {
    begins + Days::new(day.into())
}

/// The turns of a day in their order.
pub(super) fn turns(seed: u64, begins: NaiveDate, day: u32) -> Vec<Turn> {
    let date = date(begins, day);
    let mut dice = mixed(seed, &[day.into()]);
    let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let mut times = Vec::new();
    for _ in 0..if is_weekend { 0 } else { BY_DAY } {
        times.push((6 * 60 + dice.below(11 * 60), drawn(&mut dice)));
    }
    for _ in 0..IN_THE_EVENING {
        times.push((17 * 60 + dice.below(6 * 60), if dice.one_in(4) { Actor::Buyer } else { Actor::Customer }));
    }
    times.sort_by_key(|(minutes, _)| *minutes);
    (0..).zip(times).map(|(nth, (minutes, actor))| Turn { id: (day, nth), at: at(date, minutes), actor }).collect()
}

/// The last minute of a day on which anything is looked at.
pub(super) fn evening(begins: NaiveDate, day: u32) -> DateTime<Utc> {
    at(date(begins, day), 23 * 60 + 30)
}

fn at(date: NaiveDate, minutes: i64) -> DateTime<Utc> {
    from_local(date, NaiveTime::MIN + TimeDelta::minutes(minutes))
}

fn drawn(dice: &mut Dice) -> Actor {
    let mut place = dice.below(SHARES.iter().map(|(_, share)| share).sum());
    for (actor, share) in SHARES {
        place -= share;
        if place < 0 {
            return *actor;
        }
    }
    Actor::Customer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_same_each_time_and_another_one_with_another_seed() {
        let begins = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();
        let day = turns(7, begins, 1);
        assert_eq!(day, turns(7, begins, 1));
        assert_ne!(day, turns(8, begins, 1));
        assert!(day.is_sorted_by_key(|turn| turn.at) && day.last().is_some_and(|last| last.at < evening(begins, 1)));
        assert_eq!(turns(7, begins, 5).len(), 3, "on a Saturday only customers are awake");
        assert_ne!(day[0].dice(7, 0).next(), day[0].dice(7, 1).next());
        assert_ne!(day[0].dice(7, 0).next(), day[1].dice(7, 0).next());
    }
}
