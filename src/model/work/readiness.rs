//! What the customer says shortly before the agreed time (design, Readiness): that everything is ready, that they need a quarter of
//! an hour more, or that they want to be called.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::remote_sessions::SessionLink;
use crate::model::{
    base::{bilingual::Bilingual, codes::coded_enum, numbers::RequestNumber},
    line::settings::LineSettings,
    ordering::{
        appointments::{AgreedTime, AppointmentState, ChangeRefused},
        offers::{QUARTER, Slot},
    },
};

/// How long before the agreed time it is asked.
pub const ASKED_AHEAD: TimeDelta = TimeDelta::minutes(30);
/// What was agreed this long before its time, or later, is not asked of: who has just agreed to it knows.
pub const JUST_AGREED: TimeDelta = TimeDelta::minutes(45);

coded_enum! {
    /// What was said.
    pub enum ReadyAnswer {
        /// The program and TeamViewer are running, and somebody sits there.
        Ready = "ready",
        /// The technician shall call first.
        CallMe = "call_me",
    }
}

/// What the page of a mailed link shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadinessPage {
    /// The link.
    pub link: Uuid,
    /// Its secret.
    pub secret: String,
    /// The request.
    pub number: RequestNumber,
    /// The program that has to run.
    pub program: Bilingual,
    /// Who sits at the computer.
    pub contact_name: String,
    /// Where that person is reached.
    pub contact_phone: String,
    /// The computers that run the program, by name and TeamViewer number.
    pub computers: Vec<String>,
    /// Where the customer lets the technician in, if that is known already.
    pub session: Option<SessionLink>,
    /// The time that is agreed now; none when none is any more.
    pub slot: Option<Slot>,
    /// What was said of it.
    pub answer: Option<ReadyAnswer>,
    /// How it stands with that time.
    pub stands: Stands,
    /// Whether it can be a quarter of an hour later.
    pub may_be_later: bool,
    /// Whether another time can be picked in its place.
    pub may_move: bool,
    /// The number of the line.
    pub line_phone: String,
}

/// Whether there is something to say about a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stands {
    /// It is ahead.
    Ahead,
    /// The technician is at work.
    Running,
    /// It is over, or another one is agreed that is not the link's.
    Over,
}

/// How it stands with the time that a request has, for a link that is good until an instant.
#[must_use]
pub fn stands(time: Option<(AppointmentState, Slot)>, good_until: DateTime<Utc>, now: DateTime<Utc>) -> Stands {
    match time {
        // A time that was agreed for another day has a link of its own.
        Some((_, slot)) if now >= good_until || now >= slot.end || slot.start >= good_until => Stands::Over,
        Some((AppointmentState::Confirmed, _)) => Stands::Ahead,
        Some((AppointmentState::Running, _)) => Stands::Running,
        _ => Stands::Over,
    }
}

/// Whether the agreed time may become a quarter of an hour later now: until it begins, as long as the request may be moved at all.
/// The cut-off does not count, as the same technician stays with it.
///
/// # Errors
/// [`ChangeRefused`], the most final reason first.
pub fn may_be_later(settings: &LineSettings, now: DateTime<Utc>, agreed: &AgreedTime) -> Result<(), ChangeRefused> {
    if agreed.state != AppointmentState::Confirmed {
        return Err(ChangeRefused::NotConfirmed);
    }
    if now >= agreed.start {
        return Err(ChangeRefused::TooLate { cut_off: agreed.start });
    }
    if agreed.moves >= settings.max_moves {
        return Err(ChangeRefused::NoMovesLeft);
    }
    Ok(())
}

/// The same time a quarter of an hour later, for work of this length.
#[must_use]
pub fn later(start: DateTime<Utc>, slot_minutes: u32) -> Slot {
    let start = start + QUARTER;
    Slot { start, end: start + TimeDelta::minutes(i64::from(slot_minutes)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{base::terms::Urgency, fixtures::settings};

    fn minutes(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_420_800, 0).unwrap() + TimeDelta::minutes(minutes)
    }

    #[test]
    fn a_link_says_something_of_its_own_time_until_that_is_over() {
        let slot = Slot { start: minutes(30), end: minutes(90) };
        let at = |state, slot, now| stands(Some((state, slot)), minutes(90), now);
        assert_eq!(at(AppointmentState::Confirmed, slot, minutes(0)), Stands::Ahead);
        assert_eq!(at(AppointmentState::Running, slot, minutes(40)), Stands::Running);
        assert_eq!(at(AppointmentState::Confirmed, slot, minutes(90)), Stands::Over);
        assert_eq!(at(AppointmentState::Done, slot, minutes(40)), Stands::Over);
        let tomorrow = Slot { start: minutes(1_470), end: minutes(1_530) };
        assert_eq!(at(AppointmentState::Confirmed, tomorrow, minutes(0)), Stands::Over, "another time");
        assert_eq!(stands(None, minutes(90), minutes(0)), Stands::Over);
    }

    #[test]
    fn it_becomes_later_until_it_begins_and_as_often_as_a_time_is_moved() {
        let settings = settings();
        let agreed = AgreedTime {
            state: AppointmentState::Confirmed,
            start: minutes(30),
            urgency: Urgency::Normal,
            moves: 0,
            agreed_at: minutes(-600),
        };
        assert_eq!(may_be_later(&settings, minutes(29), &agreed), Ok(()), "whatever the cut-off says");
        let too_late = ChangeRefused::TooLate { cut_off: minutes(30) };
        assert_eq!(may_be_later(&settings, minutes(30), &agreed), Err(too_late));
        let moved = AgreedTime { moves: settings.max_moves, ..agreed };
        assert_eq!(may_be_later(&settings, minutes(0), &moved), Err(ChangeRefused::NoMovesLeft));
        let running = AgreedTime { state: AppointmentState::Running, ..agreed };
        assert_eq!(may_be_later(&settings, minutes(0), &running), Err(ChangeRefused::NotConfirmed));
        assert_eq!(later(minutes(30), 45), Slot { start: minutes(45), end: minutes(90) });
    }
}
