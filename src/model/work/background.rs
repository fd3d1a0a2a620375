//! What is worth knowing of a request before one connects: what was promised, where to connect, what was done there before,
//! and who comes next.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::lateness::{Agreed, delays};
use crate::model::{
    base::{
        bilingual::Bilingual,
        calendar::to_local,
        numbers::{InterventionRef, RequestNumber},
    },
    line::{catalogue::MinuteRange, licences::Computer, tiers::ResponseTier},
    ordering::{appointments::AppointmentState, offers::Slot},
};

/// How many of the interventions before are told.
pub const EARLIER_SHOWN: u32 = 3;

/// What is worth knowing of a request before one connects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Background {
    /// The customer's tier as it was when the request was sent: what was promised.
    pub tier: ResponseTier,
    /// How many minutes were estimated, as the customer was shown before ordering.
    pub estimate: Option<MinuteRange>,
    /// The customer's computers, those with the program first.
    pub computers: Vec<Computer>,
    /// What the vendor's people pinned to the customer; may be empty.
    pub pinned_note: String,
    /// What was done for the customer last, the same program first, then the latest first.
    pub earlier: Vec<EarlierWork>,
    /// The technician's next appointment of the day.
    pub next: Option<NextJob>,
}

/// An intervention for the same customer that was closed before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierWork {
    /// The intervention, whose receipt tells the rest.
    pub intervention: InterventionRef,
    /// When it was closed.
    pub closed_at: DateTime<Utc>,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// Who did it last.
    pub technician: String,
    /// Billed minutes.
    pub billed: u32,
    /// What was done, in the customer's words.
    pub report: String,
}

/// What the technician does next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextJob {
    /// For which request.
    pub number: RequestNumber,
    /// From when until when it is agreed.
    pub slot: Slot,
    /// The customer's name.
    pub customer: String,
    /// By how many minutes it would begin late as it looks now.
    pub late_by: u32,
}

/// Which of a technician's appointments of a day comes after `this` one, and by how many minutes it would begin late; none
/// of one that is over, unless that is today.
///
/// * `day` – what is agreed on the day on which `this` one is, or today once that has begun
#[must_use]
pub fn comes_next(this: Agreed, day: &[Agreed], now: DateTime<Utc>) -> Option<(RequestNumber, u32)> {
    let has_begun = this.state != AppointmentState::Confirmed;
    let is_over = !this.state.blocking() && to_local(this.slot.start).date() != to_local(now).date();
    if is_over {
        return None;
    }
    let others = day.iter().filter(|one| one.state == AppointmentState::Confirmed && one.number != this.number);
    let next = others.filter(|one| has_begun || this.slot.start < one.slot.start).min_by_key(|one| one.slot.start)?;
    let late = delays(day, now).into_iter().find(|late| late.number == next.number);
    Some((next.number, late.map_or(0, |late| late.minutes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    fn number(serial: u32) -> RequestNumber {
        RequestNumber::new(2026, serial).unwrap()
    }

    fn agreed(serial: u32, from: &str, until: &str, state: AppointmentState) -> Agreed {
        let at = |wall: &str| local(&format!("2026-11-24 {wall}"));
        Agreed { number: number(serial), slot: Slot { start: at(from), end: at(until) }, state }
    }

    #[test]
    fn the_next_job_is_the_first_that_has_not_begun_and_says_how_late_it_would_be() {
        let now = local("2026-11-24 09:12");
        let this = agreed(1, "08:00", "09:00", AppointmentState::Running);
        let day = [
            agreed(5, "07:00", "08:00", AppointmentState::Done),
            this,
            agreed(3, "13:00", "14:00", AppointmentState::Confirmed),
            agreed(2, "09:00", "10:00", AppointmentState::Confirmed),
        ];
        assert_eq!(comes_next(this, &day, now), Some((number(2), 12)));
        // Of one that is still ahead it is the one after it.
        assert_eq!(comes_next(day[3], &day, now), Some((number(3), 0)));
        assert_eq!(comes_next(day[2], &day, now), None);
        // What is done leads on as well, while it is today.
        assert_eq!(comes_next(day[0], &day, now), Some((number(2), 12)));
        assert_eq!(comes_next(day[0], &day, local("2026-11-25 08:00")), None);
    }
}
