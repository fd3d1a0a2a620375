//! Appointments: the life of an agreed time, the hold before it, and until when a customer may change their mind.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::terms::Urgency;
use crate::model::{
    base::{calendar::BusinessCalendar, codes::coded_enum, transitions::IllegalTransition},
    line::settings::LineSettings,
};

coded_enum! {
    /// Where an appointment is in its life (design, Words).
    pub enum AppointmentState {
        /// Claimed for a few minutes while the draft is finished (design, Hold).
        Held = "held",
        /// Agreed with the customer, and still to come.
        Confirmed = "confirmed",
        /// The technician is connected.
        Running = "running",
        /// It took place. Final, unless the work is opened again to put its receipt right (design, Reopened work).
        Done = "done",
        /// It will not take place. Final; a move cancels one appointment and makes another (design, No double booking).
        Cancelled = "cancelled",
        /// Nobody was there to let the technician in. Final.
        NoShow = "no_show",
        /// No technician came. The request waits for another time; until one is agreed, a technician may still begin late
        /// (design, Missed by us).
        MissedByUs = "missed_by_us",
    }
}

coded_enum! {
    /// What may happen to an agreed appointment by somebody's deed. How a hold becomes one, and how one is called off, is a
    /// matter of single statements in the database, which look at the state themselves.
    pub enum AppointmentEvent {
        /// The technician connects.
        Start = "start",
        /// The technician disconnects.
        Finish = "finish",
        /// Nobody was there.
        MissedByCustomer = "missed_by_customer",
        /// The time passed without a technician; what was only prepared is nobody's coming.
        MissedByUs = "missed_by_us",
        /// What was done at it is to be put right.
        Reopen = "reopen",
    }
}

impl AppointmentState {
    /// Whether the technician is taken for its time: nothing else may be booked over it (design, No double booking).
    ///
    /// What is over no longer blocks: an appointment that ends early gives the rest of its slot back.
    #[must_use]
    pub const fn blocking(self) -> bool {
        matches!(self, Self::Held | Self::Confirmed | Self::Running)
    }

    /// The state after `event`.
    ///
    /// # Errors
    ///
    /// [`IllegalTransition`] when this state does not allow the event.
    pub const fn after(self, event: AppointmentEvent) -> Result<Self, IllegalTransition<Self, AppointmentEvent>> {
        use AppointmentEvent as Event;
        Ok(match (self, event) {
            (Self::Confirmed | Self::MissedByUs, Event::Start) | (Self::Done, Event::Reopen) => Self::Running,
            (Self::Running, Event::Finish) => Self::Done,
            (Self::Confirmed | Self::Running, Event::MissedByCustomer) => Self::NoShow,
            (Self::Confirmed | Self::Running, Event::MissedByUs) => Self::MissedByUs,
            (state, event) => return Err(IllegalTransition { state, event }),
        })
    }

    /// The state of an agreed time at `now`: a time that passed unmet is [missed](missed_by_us_from) as soon as it did, whether
    /// or not anybody has written it down yet.
    ///
    /// * `last_attempt` – when a technician last tried to reach the customer at it
    #[must_use]
    pub fn at(self, start: DateTime<Utc>, last_attempt: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        if self == Self::Confirmed && missed_by_us_from(start, last_attempt) <= now { Self::MissedByUs } else { self }
    }
}

/// How long after the agreed start nobody may have come before the time counts as missed by us, in minutes.
pub const UNMET_MINUTES: i64 = 10;

/// From when on an agreed time counts as missed by us while no technician has begun: [some minutes](UNMET_MINUTES) after it
/// began, or after a technician last tried to reach the customer. Who tries in vain has come, and says so in time
/// (design, Missed by us).
#[must_use]
pub fn missed_by_us_from(start: DateTime<Utc>, last_attempt: Option<DateTime<Utc>>) -> DateTime<Utc> {
    last_attempt.map_or(start, |attempt| attempt.max(start)) + TimeDelta::minutes(UNMET_MINUTES)
}

/// What began at this instant or earlier, and at which nobody was tried to be reached since, is missed at `now`.
#[must_use]
pub fn unmet_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - TimeDelta::minutes(UNMET_MINUTES)
}

/// What decides whether an agreed time has passed unmet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    /// The appointment's state.
    pub state: AppointmentState,
    /// When it starts.
    pub start: DateTime<Utc>,
    /// When a technician last tried to reach the customer at it.
    pub last_attempt: Option<DateTime<Utc>>,
    /// Whether preparation was done at it, and nothing else.
    pub only_prepared: bool,
    /// Whether the work that was closed is open again, to put its receipt right.
    pub is_put_right: bool,
    /// Whether it was written down as missed before: that happens once.
    pub was_missed: bool,
}

impl Watched {
    /// Whether nobody has come in time, and nobody has written that down (design, Missed by us). Preparation is nobody's coming; of
    /// what is put right nobody asks whether somebody came. `passed_unmet` of the database finds them by the same rule.
    #[must_use]
    pub fn has_passed_unmet(&self, now: DateTime<Utc>) -> bool {
        let nobody_came = match self.state {
            AppointmentState::Confirmed => true,
            AppointmentState::Running => self.only_prepared,
            _ => false,
        };
        let is_open = !self.was_missed && !self.is_put_right;
        nobody_came && is_open && missed_by_us_from(self.start, self.last_attempt) <= now
    }
}

coded_enum! {
    /// How a customer may change their mind.
    pub enum Change {
        /// Take another time.
        Move = "move",
        /// Do without.
        Cancel = "cancel",
    }
}

/// What decides whether an agreed time may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AgreedTime {
    /// The appointment's state.
    pub state: AppointmentState,
    /// When it starts.
    pub start: DateTime<Utc>,
    /// The request's urgency: it decides the cut-off.
    pub urgency: Urgency,
    /// How often the request has been moved already.
    pub moves: u32,
    /// When this time was agreed.
    pub agreed_at: DateTime<Utc>,
}

/// How long after confirming a customer may still change their mind, however near the time is, in minutes.
pub const CHANGE_GRACE_MINUTES: i64 = 10;

/// Why a customer can no longer change an agreed time. Staff are never bound by it (design, Changing one's mind).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ChangeRefused {
    /// The cut-off has passed.
    #[error("too_late")]
    TooLate {
        /// The last instant at which it was possible.
        cut_off: DateTime<Utc>,
    },
    /// It has been moved as often as it may be; it can still be cancelled.
    #[error("no_moves_left")]
    NoMovesLeft,
    /// It is not an agreed time: only held, already running, or over.
    #[error("not_confirmed")]
    NotConfirmed,
}

/// The last instant at which a customer may move or cancel an appointment that starts at `start` and is agreed at
/// `agreed_at`: the cut-off of its urgency, in working minutes before it, but never sooner than
/// [some minutes](CHANGE_GRACE_MINUTES) after it is agreed, as far as it has not begun (design, Changing one's mind).
#[must_use]
pub fn cut_off(
    calendar: &BusinessCalendar,
    settings: &LineSettings,
    start: DateTime<Utc>,
    urgency: Urgency,
    agreed_at: DateTime<Utc>,
) -> DateTime<Utc> {
    let grace_ends = (agreed_at + TimeDelta::minutes(CHANGE_GRACE_MINUTES)).min(start);
    calendar.subtract_working_minutes(start, settings.cutoff_minutes(urgency)).max(grace_ends)
}

/// Whether a customer may change an agreed time now (design, Changing one's mind).
///
/// # Errors
///
/// [`ChangeRefused`], the most final reason first: it is no agreed time, it is too late, it has been moved too often.
pub fn may_change(
    calendar: &BusinessCalendar,
    settings: &LineSettings,
    now: DateTime<Utc>,
    agreed: &AgreedTime,
    change: Change,
) -> Result<(), ChangeRefused> {
    if agreed.state != AppointmentState::Confirmed {
        return Err(ChangeRefused::NotConfirmed);
    }
    let cut_off = cut_off(calendar, settings, agreed.start, agreed.urgency, agreed.agreed_at);
    if now > cut_off {
        return Err(ChangeRefused::TooLate { cut_off });
    }
    if change == Change::Move && agreed.moves >= settings.max_moves {
        return Err(ChangeRefused::NoMovesLeft);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::{calendar, local, settings};

    #[test]
    fn only_these_steps_are_legal() {
        use {AppointmentEvent as Event, AppointmentState as State};
        let legal = [
            (State::Confirmed, Event::Start, State::Running),
            (State::Confirmed, Event::MissedByCustomer, State::NoShow),
            (State::Running, Event::Finish, State::Done),
            (State::Running, Event::MissedByCustomer, State::NoShow),
            (State::Confirmed, Event::MissedByUs, State::MissedByUs),
            (State::Running, Event::MissedByUs, State::MissedByUs),
            (State::MissedByUs, Event::Start, State::Running),
            (State::Done, Event::Reopen, State::Running),
        ];
        for &state in State::ALL {
            for &event in Event::ALL {
                let to = legal.iter().find(|step| (step.0, step.1) == (state, event)).map(|step| step.2);
                assert_eq!(state.after(event), to.ok_or(IllegalTransition { state, event }), "{state} {event}");
            }
        }
    }

    #[test]
    fn what_is_ahead_or_under_way_blocks() {
        use AppointmentState as State;
        let blocking = State::ALL.iter().copied().filter(|state| state.blocking());
        assert!(blocking.eq([State::Held, State::Confirmed, State::Running]));
    }

    #[test]
    fn an_agreed_time_is_missed_ten_minutes_after_nobody_came_or_tried_in_vain() {
        let start = local("2026-11-23 08:00");
        let at = |state: AppointmentState, attempt: Option<&str>, now| state.at(start, attempt.map(local), local(now));
        let agreed = |attempt, now| at(AppointmentState::Confirmed, attempt, now);
        assert_eq!(agreed(None, "2026-11-23 08:09:59"), AppointmentState::Confirmed);
        assert_eq!(agreed(None, "2026-11-23 08:10"), AppointmentState::MissedByUs);
        assert_eq!(
            agreed(Some("2026-11-23 07:50"), "2026-11-23 08:10"),
            AppointmentState::MissedByUs,
            "before it began"
        );
        assert_eq!(agreed(Some("2026-11-23 08:05"), "2026-11-23 08:14"), AppointmentState::Confirmed);
        assert_eq!(agreed(Some("2026-11-23 08:05"), "2026-11-23 08:15"), AppointmentState::MissedByUs);
        for &state in AppointmentState::ALL.iter().filter(|state| **state != AppointmentState::Confirmed) {
            assert_eq!(at(state, None, "2026-11-24 08:00"), state);
        }
    }

    #[test]
    fn nobody_has_come_to_what_was_only_prepared_unless_it_is_put_right() {
        let start = local("2026-11-23 08:00");
        let unmet = |state, only_prepared, is_put_right, was_missed, now| {
            Watched { state, start, last_attempt: None, only_prepared, is_put_right, was_missed }
                .has_passed_unmet(local(now))
        };
        for &state in AppointmentState::ALL {
            let (agreed, runs) = (state == AppointmentState::Confirmed, state == AppointmentState::Running);
            assert_eq!(unmet(state, false, false, false, "2026-11-23 08:10"), agreed, "{state}");
            assert_eq!(unmet(state, true, false, false, "2026-11-23 08:10"), agreed || runs, "{state} and prepared");
            assert!(!unmet(state, true, false, false, "2026-11-23 08:09:59"), "{state}, and somebody may still come");
            assert!(!unmet(state, true, true, false, "2026-11-24 08:00"), "{state}, and put right");
            assert!(!unmet(state, true, false, true, "2026-11-24 08:00"), "{state}, and missed before");
        }
    }

    #[test]
    fn the_cut_off_is_counted_in_working_minutes() {
        let cut_off = |start, urgency| cut_off(&calendar(), &settings(), local(start), urgency, local(LONG_AGO));
        assert_eq!(cut_off("2026-11-23 12:00", Urgency::Normal), local("2026-11-23 10:00"));
        assert_eq!(cut_off("2026-11-23 12:00", Urgency::Urgent), local("2026-11-23 11:30"));
        // Monday's first appointment can be changed until Friday.
        assert_eq!(cut_off("2026-11-23 07:00", Urgency::Normal), local("2026-11-20 13:30"));
        assert_eq!(cut_off("2026-12-28 07:30", Urgency::Normal), local("2026-12-23 14:00"));
    }

    /// When what is agreed was agreed, where that is long ago.
    const LONG_AGO: &str = "2026-11-16 08:00";

    #[test]
    fn an_urgent_order_of_four_past_eight_can_be_changed_until_fourteen_past() {
        let cut_off = |start, agreed| cut_off(&calendar(), &settings(), local(start), Urgency::Urgent, local(agreed));
        assert_eq!(cut_off("2026-11-23 08:30", "2026-11-23 08:04"), local("2026-11-23 08:14"));
        assert_eq!(cut_off("2026-11-23 09:00", "2026-11-23 08:04"), local("2026-11-23 08:30"));
        assert_eq!(cut_off("2026-11-23 08:45", "2026-11-23 08:04"), local("2026-11-23 08:15"));
    }

    proptest! {
        /// Whatever is agreed can be changed for ten minutes, and the cut-off that is shown meanwhile lies ahead.
        #[test]
        fn whatever_is_agreed_can_be_changed_for_ten_minutes(
            minutes_of_week in 0..10_080_i64,
            ahead in 1..30_000_i64,
            seconds in 0..=600_i64,
            urgency in prop::sample::select(Urgency::ALL),
        ) {
            let agreed_at = local("2026-11-23 00:00") + TimeDelta::minutes(minutes_of_week);
            let start = agreed_at + TimeDelta::minutes(ahead);
            let time = AgreedTime { start, urgency, agreed_at, ..agreed() };
            let now = (agreed_at + TimeDelta::seconds(seconds)).min(start);
            for &change in Change::ALL {
                prop_assert_eq!(may_change(&calendar(), &settings(), now, &time, change), Ok(()));
            }
            let cut_off = cut_off(&calendar(), &settings(), start, urgency, agreed_at);
            prop_assert!(now <= cut_off && cut_off <= start);
        }
    }

    fn agreed() -> AgreedTime {
        AgreedTime {
            state: AppointmentState::Confirmed,
            start: local("2026-11-23 12:00"),
            urgency: Urgency::Normal,
            moves: 0,
            agreed_at: local(LONG_AGO),
        }
    }

    fn may(now: &str, agreed: AgreedTime, change: Change) -> Result<(), ChangeRefused> {
        may_change(&calendar(), &settings(), local(now), &agreed, change)
    }

    #[test]
    fn a_change_is_possible_up_to_and_at_the_cut_off() {
        let cut_off = local("2026-11-23 10:00");
        for &change in Change::ALL {
            assert_eq!(may("2026-11-20 10:00", agreed(), change), Ok(()));
            assert_eq!(may("2026-11-23 10:00", agreed(), change), Ok(()));
            assert_eq!(may("2026-11-23 10:00:01", agreed(), change), Err(ChangeRefused::TooLate { cut_off }));
        }
        let urgent = AgreedTime { urgency: Urgency::Urgent, ..agreed() };
        assert_eq!(may("2026-11-23 11:30", urgent, Change::Cancel), Ok(()));
    }

    #[test]
    fn a_request_moves_three_times_and_can_still_be_cancelled() {
        let moved = |moves| AgreedTime { moves, ..agreed() };
        assert_eq!(may("2026-11-23 09:00", moved(2), Change::Move), Ok(()));
        assert_eq!(may("2026-11-23 09:00", moved(3), Change::Move), Err(ChangeRefused::NoMovesLeft));
        assert_eq!(may("2026-11-23 09:00", moved(3), Change::Cancel), Ok(()));
    }

    #[test]
    fn only_an_agreed_time_can_be_changed() {
        for &state in AppointmentState::ALL {
            let expected = if state == AppointmentState::Confirmed { Ok(()) } else { Err(ChangeRefused::NotConfirmed) };
            assert_eq!(may("2026-11-23 09:00", AgreedTime { state, ..agreed() }, Change::Cancel), expected, "{state}");
        }
    }
}
