//! Earlier times (design, Earlier times): who waits for one, in which order they are asked, and for which times.

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::offers::{Offer, Slot};
use crate::model::base::{
    calendar::{midnight, to_local},
    codes::coded_enum,
    fields::{FieldCode, FieldProblem},
    ids::EarlierOfferId,
    terms::Urgency,
};

/// How long a time is held for whoever is asked, in minutes.
pub const EARLIER_ANSWER_MINUTES: i64 = 10;
/// How much earlier a time begins at the least, in minutes: for less nobody is asked.
pub const EARLIER_GAIN_MINUTES: i64 = 60;
/// How long before it begins a time is still worth asking for after the answer, in minutes.
const AHEAD_MINUTES: i64 = 30;
/// Between which hours of the day people are asked, whatever their quiet hours.
const ASKED_HOURS: std::ops::Range<u32> = 7..20;

coded_enum! {
    /// What became of a time that was held for somebody.
    pub enum EarlierOfferState {
        /// It is held.
        Open = "open",
        /// It is the agreed one now.
        Taken = "taken",
        /// It was left to others.
        Declined = "declined",
        /// Nobody has answered.
        Expired = "expired",
        /// What was held went with another time that was picked, or with the customer's merging.
        Overtaken = "overtaken",
    }
}

/// That a request waits for an earlier time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Until when it does.
    pub until: DateTime<Utc>,
    /// The time that is held for it, while one is.
    pub offered: Option<EarlierOffer>,
}

/// A time that is held for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierOffer {
    /// By what it is answered.
    pub id: EarlierOfferId,
    /// The time.
    pub slot: Slot,
    /// Until when it is held.
    pub until: DateTime<Utc>,
}

/// What decides when somebody who waits is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// How urgent it is.
    pub urgency: Urgency,
    /// What the customer's tier promises for it, in working minutes.
    pub promised_minutes: u32,
    /// Since when it waits.
    pub asked_at: DateTime<Utc>,
}

/// Puts those who wait into the order in which they are asked: what is urgent first, then whoever was promised more, then whoever waits
/// longer.
pub fn in_turn<T>(waiting: &mut [T], turn: impl Fn(&T) -> Turn) {
    waiting.sort_by_key(|one| {
        let Turn { urgency, promised_minutes, asked_at } = turn(one);
        (urgency != Urgency::Urgent, promised_minutes, asked_at)
    });
}

/// Whether people are asked now.
#[must_use]
pub fn is_asked_now(now: DateTime<Utc>) -> bool {
    ASKED_HOURS.contains(&to_local(now).time().hour())
}

/// The first of the times on offer for which it is worth asking somebody who has an agreed time: earlier by enough, not touching that,
/// and far enough ahead; and for which they were not asked before, nor for one that it overlaps: what is free for long would else be asked
/// for again and again, a quarter of an hour later each time.
#[must_use]
pub fn earlier_slot(offers: &[Offer], agreed: Slot, now: DateTime<Utc>, asked: &[Slot]) -> Option<Slot> {
    let ahead = now + TimeDelta::minutes(EARLIER_ANSWER_MINUTES + AHEAD_MINUTES);
    let latest = agreed.start - TimeDelta::minutes(EARLIER_GAIN_MINUTES);
    let is_news = |slot: &Slot| !asked.iter().any(|before| before.overlaps(*slot));
    let is_worth_it =
        |slot: &Slot| slot.start >= ahead && slot.start <= latest && slot.end <= agreed.start && is_news(slot);
    offers.iter().map(|offer| offer.slot).find(is_worth_it)
}

/// Until when somebody is asked who typed a day: its end, at the latest until the agreed time begins.
///
/// # Errors
/// What is no day, or none from today to that of the agreed time.
pub fn asked_until(typed: &str, agreed: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, FieldProblem> {
    let wrong = |code| FieldProblem::new("asked_until", code);
    let day: NaiveDate = match typed.trim() {
        "" => return Err(wrong(FieldCode::Missing)),
        typed => typed.parse().map_err(|_| wrong(FieldCode::Unknown))?,
    };
    if !(to_local(now).date()..=to_local(agreed).date()).contains(&day) {
        return Err(wrong(FieldCode::OutOfRange));
    }
    Ok(day.succ_opt().map_or(agreed, midnight).min(agreed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{fixtures::local, ordering::offers::OfferReason};

    fn slot(start: &str) -> Slot {
        Slot { start: local(start), end: local(start) + TimeDelta::minutes(45) }
    }

    fn found(starts: &[&str], asked: &[Slot]) -> Option<Slot> {
        let offers: Vec<_> =
            starts.iter().map(|start| Offer { slot: slot(start), reason: OfferReason::MissedByUs }).collect();
        earlier_slot(&offers, slot("2026-11-25 10:00"), local("2026-11-23 08:00"), asked)
    }

    #[test]
    fn urgent_work_and_whoever_was_promised_more_are_asked_first_and_then_who_waits_longer() {
        let at = |minute: i64| local("2026-11-23 08:00") + TimeDelta::minutes(minute);
        let one = |urgency, promised_minutes, asked| Turn { urgency, promised_minutes, asked_at: at(asked) };
        let expected = [
            one(Urgency::Urgent, 480, 9),
            one(Urgency::Normal, 120, 8),
            one(Urgency::Normal, 1_530, 1),
            one(Urgency::Normal, 1_530, 2),
        ];
        let mut waiting = [expected[3], expected[2], expected[1], expected[0]];
        in_turn(&mut waiting, |turn| *turn);
        assert_eq!(waiting, expected);
    }

    #[test]
    fn nobody_is_asked_for_what_is_hardly_earlier_or_about_to_begin_or_for_the_same_twice() {
        assert_eq!(found(&["2026-11-23 08:30", "2026-11-23 08:45"], &[]), Some(slot("2026-11-23 08:45")));
        assert_eq!(found(&["2026-11-23 08:30"], &[]), None, "it begins before anybody has read of it");
        assert_eq!(found(&["2026-11-23 08:40"], &[]), Some(slot("2026-11-23 08:40")));
        assert_eq!(found(&["2026-11-25 09:00"], &[]), Some(slot("2026-11-25 09:00")));
        assert_eq!(found(&["2026-11-25 09:15", "2026-11-25 10:00", "2026-11-26 08:00"], &[]), None);
        let asked = [slot("2026-11-24 08:00")];
        assert_eq!(found(&["2026-11-24 08:00", "2026-11-24 09:00"], &asked), Some(slot("2026-11-24 09:00")));
        assert_eq!(found(&["2026-11-24 07:30", "2026-11-24 08:30"], &asked), None, "nor for nearly the same");
        assert_eq!(found(&["2026-11-24 08:45"], &asked), Some(slot("2026-11-24 08:45")));
    }

    #[test]
    fn a_time_that_touches_the_agreed_one_is_none_to_ask_for() {
        let long = Slot { start: local("2026-11-25 08:30"), end: local("2026-11-25 10:15") };
        let offer = Offer { slot: long, reason: OfferReason::MissedByUs };
        let agreed = Slot { start: local("2026-11-25 10:00"), end: local("2026-11-25 11:45") };
        assert_eq!(earlier_slot(&[offer], agreed, local("2026-11-23 08:00"), &[]), None);
    }

    #[test]
    fn nobody_is_asked_at_night() {
        for (time, is_asked) in [("06:59", false), ("07:00", true), ("19:59", true), ("20:00", false)] {
            assert_eq!(is_asked_now(local(&format!("2026-11-23 {time}"))), is_asked, "{time}");
        }
    }

    #[test]
    fn one_waits_until_the_end_of_a_day_and_no_longer_than_until_the_agreed_time() {
        let until = |typed: &str| asked_until(typed, local("2026-11-25 10:00"), local("2026-11-23 08:00"));
        assert_eq!(until("2026-11-23"), Ok(local("2026-11-24 00:00")));
        assert_eq!(until(" 2026-11-25 "), Ok(local("2026-11-25 10:00")));
        for (typed, code) in [
            ("", FieldCode::Missing),
            ("zítra", FieldCode::Unknown),
            ("2026-11-22", FieldCode::OutOfRange),
            ("2026-11-26", FieldCode::OutOfRange),
        ] {
            assert_eq!(until(typed), Err(FieldProblem::new("asked_until", code)), "{typed}");
        }
    }
}
