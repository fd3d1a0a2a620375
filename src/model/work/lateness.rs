//! How late a technician is (design, Day; design, Consequences): the one rule by which the day, the workbench, the board and what an act
//! means say it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    base::numbers::RequestNumber,
    ordering::{appointments::AppointmentState, offers::Slot},
};

/// An agreed time, as far as those around it need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreed {
    /// For which request.
    pub number: RequestNumber,
    /// From when until when.
    pub slot: Slot,
    /// Where it stands.
    pub state: AppointmentState,
}

impl Agreed {
    /// The time that it takes as far as is known at `now`.
    #[must_use]
    pub fn takes(&self, now: DateTime<Utc>) -> Slot {
        takes(self.state, self.slot, now)
    }
}

/// The time that an appointment in that state takes of its technician as far as is known at `now`: work that goes on beyond its end
/// takes time until it is over.
#[must_use]
pub fn takes(state: AppointmentState, slot: Slot, now: DateTime<Utc>) -> Slot {
    let goes_on = state == AppointmentState::Running;
    Slot { start: slot.start, end: if goes_on { slot.end.max(now) } else { slot.end } }
}

/// How late something begins or ends, as it looks now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delay {
    /// Which request.
    pub number: RequestNumber,
    /// By how many whole minutes, at least one.
    pub minutes: u32,
}

/// What of a technician's times runs late at `now`, and what will at the earliest begin late for that: by how much a running time goes
/// on beyond its end, and how long after its start one that has not begun can begin. In the order of time, what runs first.
///
/// Nobody does two things at once. So whoever works is free when the agreed time is over, or now where that has passed, or, having
/// begun ahead of it, after as long as was agreed; from then on the times that are agreed follow one another, each as long as it was
/// agreed, and gaps between them catch up.
#[must_use]
pub fn delays(agreed: &[Agreed], now: DateTime<Utc>) -> Vec<Delay> {
    let length = |one: &Agreed| one.slot.end - one.slot.start;
    let mut free_from = now;
    let mut late = Vec::new();
    for one in agreed.iter().filter(|one| one.state == AppointmentState::Running) {
        free_from = free_from.max(one.slot.end.min(now + length(one)));
        late.push((one.number, now - one.slot.end));
    }
    let mut ahead: Vec<_> = agreed.iter().filter(|one| one.state == AppointmentState::Confirmed).collect();
    ahead.sort_by_key(|one| (one.slot.start, one.number));
    for one in ahead {
        let begins = one.slot.start.max(free_from);
        free_from = begins + length(one);
        late.push((one.number, begins - one.slot.start));
    }
    let in_minutes = |(number, by): (RequestNumber, TimeDelta)| {
        let minutes = u32::try_from(by.num_minutes()).ok().filter(|minutes| *minutes > 0)?;
        Some(Delay { number, minutes })
    };
    late.into_iter().filter_map(in_minutes).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::local;

    fn at(wall: &str) -> DateTime<Utc> {
        local(&format!("2026-11-24 {wall}"))
    }

    fn number(serial: u32) -> RequestNumber {
        RequestNumber::new(2026, serial).unwrap()
    }

    fn agreed(serial: u32, from: &str, until: &str, state: AppointmentState) -> Agreed {
        Agreed { number: number(serial), slot: Slot { start: at(from), end: at(until) }, state }
    }

    #[test]
    fn who_runs_late_pushes_those_who_come_after_until_a_gap_catches_up() {
        let day = [
            agreed(1, "08:00", "09:00", AppointmentState::Running),
            agreed(2, "09:00", "10:00", AppointmentState::Confirmed),
            agreed(3, "10:05", "11:00", AppointmentState::Confirmed),
            agreed(4, "13:00", "14:00", AppointmentState::Confirmed),
        ];
        let told = |now| delays(&day, at(now)).iter().map(|late| (late.number, late.minutes)).collect::<Vec<_>>();
        assert_eq!(told("08:30"), []);
        assert_eq!(told("09:03"), [(number(1), 3), (number(2), 3)], "five minutes between the two catch up");
        assert_eq!(told("09:20"), [(number(1), 20), (number(2), 20), (number(3), 15)]);
    }

    #[test]
    fn what_has_not_begun_in_time_pushes_too_and_what_is_over_pushes_nobody() {
        let late = agreed(1, "08:00", "09:00", AppointmentState::Confirmed);
        let next = agreed(2, "09:00", "10:00", AppointmentState::Confirmed);
        let told = |day: &[Agreed]| delays(day, at("08:07")).iter().map(|late| late.minutes).collect::<Vec<_>>();
        assert_eq!(told(&[late, next]), [7, 7]);
        for state in [AppointmentState::Done, AppointmentState::MissedByUs, AppointmentState::NoShow] {
            assert_eq!(told(&[Agreed { state, ..late }, next]), [] as [u32; 0], "{state:?}");
        }
    }

    #[test]
    fn whoever_began_ahead_of_the_time_is_free_after_as_long_as_was_agreed() {
        let day = [
            agreed(1, "13:00", "14:00", AppointmentState::Running),
            agreed(2, "09:30", "10:00", AppointmentState::Confirmed),
            agreed(3, "10:15", "11:00", AppointmentState::Confirmed),
        ];
        let told: Vec<_> = delays(&day, at("09:00")).iter().map(|late| (late.number, late.minutes)).collect();
        assert_eq!(told, [(number(2), 30), (number(3), 15)]);
    }

    #[test]
    fn only_work_that_goes_on_takes_more_than_was_agreed() {
        let agreed = |state| agreed(1, "08:00", "09:00", state).takes(at("09:20")).end;
        for &state in AppointmentState::ALL {
            let until = if state == AppointmentState::Running { at("09:20") } else { at("09:00") };
            assert_eq!(agreed(state), until, "{state}");
        }
    }

    proptest! {
        /// Whatever is agreed, nobody is promised two things at once, nothing begins before its time, and time heals nothing.
        #[test]
        fn delays_follow_from_one_technician_doing_one_thing_at_a_time(
            lengths in prop::collection::vec((0..90_i64, 5..120_i64), 1..8),
            now in 0..900_i64,
        ) {
            let mut from = at("06:00");
            let mut day = Vec::new();
            for (serial, (gap, length)) in (1..).zip(&lengths) {
                let start = from + TimeDelta::minutes(*gap);
                from = start + TimeDelta::minutes(*length);
                let state = if serial == 1 { AppointmentState::Running } else { AppointmentState::Confirmed };
                day.push(Agreed { number: number(serial), slot: Slot { start, end: from }, state });
            }
            let now = at("06:00") + TimeDelta::minutes(now);
            let late = delays(&day, now);
            let by = |one: &Agreed| {
                let minutes = late.iter().find(|late| late.number == one.number).map_or(0, |late| late.minutes);
                TimeDelta::minutes(minutes.into())
            };
            for two in day.windows(2).skip(1) {
                let (end, start) = (two[0].slot.end + by(&two[0]), two[1].slot.start + by(&two[1]));
                prop_assert!(end <= start, "{:?} ends at {} and {:?} begins at {}", two[0], end, two[1], start);
                prop_assert!(by(&two[1]) <= by(&two[0]).max(now - two[1].slot.start), "nobody is pushed without a cause");
            }
            for one in day.iter().skip(1) {
                prop_assert!(one.slot.start + by(one) >= now, "what has not begun begins now at the earliest");
            }
            let later: u32 = delays(&day, now + TimeDelta::minutes(1)).iter().map(|late| late.minutes).sum();
            prop_assert!(later >= late.iter().map(|late| late.minutes).sum());
        }
    }
}
