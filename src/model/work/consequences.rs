//! What an act of the desk means, said before it is confirmed (design, Consequences): who is told what, what becomes of the calendar's
//! event and of the promise, and whom it pushes.
//!
//! The act is done once for looking, and taken back: what it would write is read, not guessed. From that, and from what else is on
//! the technicians' day, all of this follows by pure functions.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    board::{Board, CellKind, Taken, Trouble, trouble},
    cases::{CasePage, OpenRequest},
    chosen::ChosenAct,
    lanes::Colleague,
};
use crate::model::{
    base::{calendar::BusinessCalendar, ids::StaffId, numbers::RequestNumber, preview::MailPreview, seen::Seen},
    minutes::estimate::Estimate,
    ordering::{
        appointments::AppointmentState,
        offers::{Slot, SlotRefused},
        urgency::UrgencyRefused,
    },
};

/// The name under which a form carries what it showed of an act's consequences.
pub const MEANS: &str = "means";

/// What stands where a reason will that nobody has typed yet.
pub const REASON_TO_COME: &str = "[…]";

/// A time with somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// From when until when.
    pub slot: Slot,
    /// With whom.
    pub technician: Colleague,
}

/// What becomes of the event in the customer's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventChange {
    /// There is one from now on.
    New {
        /// Its SEQUENCE.
        sequence: u32,
    },
    /// It says something else.
    Changed {
        /// The SEQUENCE that it has.
        from: u32,
        /// The SEQUENCE that it gets.
        to: u32,
    },
    /// It is called off.
    CalledOff {
        /// The SEQUENCE with which it is.
        sequence: u32,
    },
    /// It stays as it is.
    Same,
}

/// Whether the time keeps what an urgent request was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// It begins in time.
    Kept {
        /// Until when a beginning was promised.
        until: DateTime<Utc>,
        /// How many working minutes before that it begins.
        spare: u32,
    },
    /// It begins too late.
    Broken {
        /// Until when a beginning was promised.
        until: DateTime<Utc>,
        /// How many working minutes after that it begins.
        by: u32,
    },
}

impl Target {
    /// Of a time that begins at `start`.
    #[must_use]
    pub fn of(calendar: &BusinessCalendar, until: DateTime<Utc>, start: DateTime<Utc>) -> Self {
        if start <= until {
            Self::Kept { until, spare: calendar.working_minutes_between(start, until) }
        } else {
            Self::Broken { until, by: calendar.working_minutes_between(until, start) }
        }
    }
}

/// An appointment that will begin later than agreed, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delay {
    /// Its request.
    pub number: RequestNumber,
    /// The customer's name.
    pub customer: String,
    /// When it is agreed.
    pub slot: Slot,
    /// With whom.
    pub technician: String,
    /// By how many minutes it is late as things stand.
    pub before: u32,
    /// By how many minutes it will be late.
    pub after: u32,
}

/// A technician's day without the request that is acted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOf {
    /// Whose day it is.
    pub technician: Colleague,
    /// What takes the time.
    pub others: Vec<Taken>,
    /// When the request is on that day as things stand.
    pub own_before: Option<Slot>,
    /// When it will be.
    pub own_after: Option<Slot>,
}

/// Another open request of the same customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The request.
    pub request: OpenRequest,
    /// Whether its time begins within the time that is being agreed.
    pub is_at_once: bool,
}

/// What was read before an act, and after it.
#[derive(Debug, Clone, Copy)]
pub struct ActFacts<'a> {
    /// The business calendar.
    pub calendar: &'a BusinessCalendar,
    /// Which request.
    pub number: RequestNumber,
    /// Its customer's name.
    pub customer: &'a str,
    /// The time that is agreed.
    pub before: Option<&'a Agreed>,
    /// The time that will be.
    pub after: Option<&'a Agreed>,
    /// SEQUENCE of the calendar's event before and after.
    pub sequence: (u32, u32),
    /// Until when an urgent request was promised a beginning; none for others.
    pub promised: Option<DateTime<Utc>>,
    /// What it was estimated to take, and is.
    pub estimate: (Option<&'a Estimate>, Option<&'a Estimate>),
    /// The days that it leaves and comes to.
    pub days: &'a [DayOf],
    /// The customer's other open requests.
    pub open: &'a [OpenRequest],
    /// Whether its customer is to be told.
    pub tells_customer: bool,
    /// What would be written.
    pub mails: &'a [MailPreview],
}

/// What an act means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequences {
    /// The time that is agreed.
    pub before: Option<Agreed>,
    /// The time that will be.
    pub after: Option<Agreed>,
    /// What becomes of the calendar's event; none where there is and will be none.
    pub event: Option<EventChange>,
    /// Whether an urgent request is kept its promise; none for others, and where no time will be agreed.
    pub target: Option<Target>,
    /// What will begin late, or does.
    pub delays: Vec<Delay>,
    /// The customer's other open requests.
    pub beside: Vec<Beside>,
    /// What it will probably take, if that is something else than it was.
    pub estimate: Option<Estimate>,
    /// Above how many minutes its customer is asked first.
    pub ceiling: Option<u32>,
    /// What is written to whom.
    pub mails: Vec<MailPreview>,
    /// Whether its customer has to be called, as no mail reaches anybody there.
    pub is_to_be_called: bool,
}

impl Consequences {
    /// What follows from the facts at `now`.
    #[must_use]
    pub fn of(facts: &ActFacts<'_>, now: DateTime<Utc>) -> Self {
        let (was, is) = facts.estimate;
        let as_shown = |estimate: Option<&Estimate>| estimate.map(Estimate::as_shown);
        let after = facts.after;
        let beside = facts.open.iter().filter(|other| other.number != facts.number).map(|other| Beside {
            is_at_once: other
                .start
                .zip(after)
                .is_some_and(|(start, after)| after.slot.start <= start && start < after.slot.end),
            request: other.clone(),
        });
        Self {
            before: facts.before.cloned(),
            after: after.cloned(),
            event: event(facts),
            target: facts.promised.zip(after).map(|(until, after)| Target::of(facts.calendar, until, after.slot.start)),
            delays: facts.days.iter().flat_map(|day| delays(day, (facts.number, facts.customer), now)).collect(),
            beside: beside.collect(),
            estimate: is.filter(|_| as_shown(is) != as_shown(was)).cloned(),
            ceiling: is.and_then(|estimate| estimate.ceiling),
            mails: facts.mails.to_vec(),
            is_to_be_called: facts.tells_customer && !facts.mails.iter().any(|mail| mail.is_customers),
        }
    }

    /// Of all that what a form has shown, so that nobody confirms something else: the minutes of a delay grow while one reads, and
    /// are not part of it.
    #[must_use]
    pub fn shown(&self) -> String {
        let time = |agreed: &Agreed| format!("{}@{}", agreed.technician.id, agreed.slot.start.timestamp());
        let times = [&self.before, &self.after].map(|agreed| agreed.as_ref().map(time).unwrap_or_default());
        let mut shown = Vec::from(times);
        shown.push(format!("{:?}", self.event));
        if let Some(Target::Kept { until, .. } | Target::Broken { until, .. }) = self.target {
            shown.push(until.timestamp().to_string());
        }
        let late = self.delays.iter();
        shown.extend(late.map(|delay| format!("{}:{}:{}", delay.number, delay.before > 0, delay.after > 0)));
        shown.extend(self.beside.iter().map(|beside| format!("{}:{}", beside.request.number, beside.is_at_once)));
        shown.push(self.estimate.as_ref().map(Estimate::as_shown).unwrap_or_default());
        shown.push(self.ceiling.map(|minutes| minutes.to_string()).unwrap_or_default());
        shown.extend(self.mails.iter().map(|mail| mail.to.clone()));
        shown.join(";")
    }
}

/// Whether a form has shown what its act means.
#[must_use]
pub fn has_shown(seen: &Seen) -> bool {
    seen.is_said() && !seen.has_shown(MEANS, "")
}

fn event(facts: &ActFacts<'_>) -> Option<EventChange> {
    let (from, to) = facts.sequence;
    match (facts.before, facts.after) {
        (None, None) => None,
        (None, Some(_)) => Some(EventChange::New { sequence: to }),
        (Some(_), None) => Some(EventChange::CalledOff { sequence: to }),
        (Some(_), Some(_)) if from == to => Some(EventChange::Same),
        (Some(_), Some(_)) => Some(EventChange::Changed { from, to }),
    }
}

/// What of a day begins late, as things stand or afterwards, in the order of the day.
fn delays(day: &DayOf, (number, customer): (RequestNumber, &str), now: DateTime<Utc>) -> Vec<Delay> {
    let chain = |own: Option<Slot>| {
        let agreed = |taken: &&Taken| matches!(taken.state, AppointmentState::Confirmed | AppointmentState::Running);
        let others = day.others.iter().filter(agreed);
        let others = others.filter_map(|taken| Some((taken.number?, taken.customer.as_str(), taken.slot, taken.state)));
        let own = own.map(|slot| (number, customer, slot, AppointmentState::Confirmed));
        let mut visits: Vec<_> = others.chain(own).collect();
        visits.sort_by_key(|(number, _, slot, _)| (slot.start, *number));
        visits
    };
    let (before, after) = (chain(day.own_before), chain(day.own_after));
    let (late_before, late_after) = (lateness(&before, now), lateness(&after, now));
    let was_late = |number: RequestNumber| {
        let place = before.iter().position(|(other, ..)| *other == number);
        place.map_or(0, |place| late_before[place])
    };
    let delays = after.iter().zip(late_after).map(|((number, customer, slot, _), after)| Delay {
        number: *number,
        customer: (*customer).to_owned(),
        slot: *slot,
        technician: day.technician.name.clone(),
        before: was_late(*number),
        after,
    });
    delays.filter(|delay| delay.before > 0 || delay.after > 0).collect()
}

/// By how many minutes each of a technician's visits begins late, in order of time: what runs takes until it is over, at least until
/// `now`, and what should have begun begins now at the earliest; each pushes the next.
fn lateness(visits: &[(RequestNumber, &str, Slot, AppointmentState)], now: DateTime<Utc>) -> Vec<u32> {
    let mut free_from = DateTime::<Utc>::MIN_UTC;
    let late = |(_, _, slot, state): &(RequestNumber, &str, Slot, AppointmentState)| {
        if *state == AppointmentState::Running {
            free_from = free_from.max(slot.end.max(now));
            return 0;
        }
        let has_to_begin = trouble(*state, *slot, now) == Some(Trouble::NotBegun);
        let earliest = if has_to_begin { now } else { slot.start };
        let begins = slot.start.max(earliest).max(free_from);
        free_from = begins + (slot.end - slot.start);
        whole_minutes(begins - slot.start)
    };
    visits.iter().map(late).collect()
}

/// Minutes, of which one that has begun counts.
fn whole_minutes(span: TimeDelta) -> u32 {
    u32::try_from((span.num_seconds() + 59) / 60).unwrap_or(0)
}

/// What stands in the way of a time with somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InTheWay {
    /// Something takes the time.
    Taken(Box<Taken>),
    /// The technician is absent.
    Absent,
    /// The technician does not work then, or the line is closed.
    NotPlanned,
    /// The technician does not know this work.
    Unskilled,
}

/// What on a technician's row of the board stands in the way of a time, in the order of the day; the request itself never does.
#[must_use]
pub fn in_the_way(board: &Board, technician: StaffId, slot: Slot, own: RequestNumber) -> Vec<InTheWay> {
    let mut found: Vec<InTheWay> = Vec::new();
    let row = board.rows.iter().find(|row| row.technician.id == technician);
    for cell in row.iter().flat_map(|row| &row.cells).filter(|cell| cell.slot.overlaps(slot)) {
        let in_the_way = match &cell.kind {
            CellKind::Free => continue,
            // What is over gives its time back.
            CellKind::Taken(taken) if taken.number == Some(own) || !taken.state.blocking() => continue,
            CellKind::Taken(taken) => InTheWay::Taken(taken.clone()),
            CellKind::Absent => InTheWay::Absent,
            CellKind::NotPlanned => InTheWay::NotPlanned,
        };
        if !found.contains(&in_the_way) {
            found.push(in_the_way);
        }
    }
    let is_beyond = slot.start < board.shown.start || board.shown.end < slot.end || row.is_none();
    if is_beyond && !found.contains(&InTheWay::NotPlanned) {
        found.push(InTheWay::NotPlanned);
    }
    found
}

/// Why an act cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The time cannot be had.
    Slot(SlotRefused),
    /// The guard refuses.
    Urgency(UrgencyRefused),
    /// It is so already.
    ChangesNothing,
}

/// What an act comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It can be done, and this is what it means.
    Possible(Box<Consequences>),
    /// It cannot.
    Refused {
        /// Why it cannot.
        why: Refusal,
        /// What is in the way.
        in_the_way: Vec<InTheWay>,
    },
}

/// The page on which an act is confirmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreviewPage {
    /// The request.
    pub case: CasePage,
    /// What was chosen.
    pub chosen: ChosenAct,
    /// What comes of it.
    pub outcome: Outcome,
    /// What the page shows, so that nobody confirms something else.
    pub seen: Seen,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        base::{bilingual::Bilingual, seen::Fields, terms::Urgency},
        fixtures::{calendar, local},
        ordering::requests::RequestState,
    };

    fn at(wall: &str) -> DateTime<Utc> {
        local(&format!("2026-11-24 {wall}"))
    }

    fn slot(from: &str, until: &str) -> Slot {
        Slot { start: at(from), end: at(until) }
    }

    fn number(serial: u32) -> RequestNumber {
        format!("2026-{serial:06}").parse().unwrap()
    }

    fn radek() -> Colleague {
        Colleague { id: StaffId(1), name: "Radek".into() }
    }

    fn taken(serial: u32, from: &str, until: &str, state: AppointmentState) -> Taken {
        let name = Bilingual::from("Sklad".to_owned());
        Taken {
            number: Some(number(serial)),
            slot: slot(from, until),
            state,
            urgency: Urgency::Normal,
            customer: format!("Škola {serial}"),
            program: name.clone(),
            work_type: name,
        }
    }

    fn agreed(from: &str, until: &str) -> Agreed {
        Agreed { slot: slot(from, until), technician: radek() }
    }

    fn day(others: Vec<Taken>, before: Option<Slot>, after: Option<Slot>) -> DayOf {
        DayOf { technician: radek(), others, own_before: before, own_after: after }
    }

    /// What begins late, as things stand and afterwards.
    fn late(day: &DayOf, now: &str) -> Vec<(u32, u32, u32)> {
        let delays = delays(day, (number(9), "Škola 9"), at(now));
        let serial = |delay: &Delay| (1..=9).find(|serial| number(*serial) == delay.number).unwrap();
        delays.iter().map(|delay| (serial(delay), delay.before, delay.after)).collect()
    }

    #[test]
    fn what_runs_late_pushes_what_follows_without_a_gap_and_nothing_behind_one() {
        let others = vec![
            taken(1, "08:00", "09:00", AppointmentState::Running),
            taken(2, "09:00", "10:00", AppointmentState::Confirmed),
            taken(3, "10:15", "11:00", AppointmentState::Confirmed),
            taken(4, "13:00", "14:00", AppointmentState::Confirmed),
        ];
        let as_it_is = day(others, None, None);
        assert_eq!(late(&as_it_is, "08:50"), []);
        assert_eq!(late(&as_it_is, "09:20"), [(2, 20, 20), (3, 5, 5)]);
    }

    #[test]
    fn a_time_put_behind_what_is_late_is_late_itself_and_pushes_the_next() {
        let others = || {
            vec![
                taken(1, "08:00", "09:00", AppointmentState::Running),
                taken(2, "10:00", "11:00", AppointmentState::Confirmed),
            ]
        };
        let into_the_gap = day(others(), None, Some(slot("09:00", "10:00")));
        assert_eq!(late(&into_the_gap, "09:20"), [(9, 0, 20), (2, 0, 20)]);
        let out_of_it = day(others(), Some(slot("09:00", "10:00")), None);
        assert_eq!(late(&out_of_it, "09:20"), [(2, 20, 0)], "whoever takes it away relieves the next");
    }

    #[test]
    fn what_nobody_began_begins_now_at_the_earliest() {
        let others = vec![
            taken(1, "08:00", "09:00", AppointmentState::Confirmed),
            taken(2, "09:00", "10:00", AppointmentState::Confirmed),
            taken(3, "10:00", "11:00", AppointmentState::MissedByUs),
        ];
        assert_eq!(late(&day(others, None, None), "08:07"), [(1, 7, 7), (2, 7, 7)]);
    }

    #[test]
    fn a_promise_is_kept_or_broken_in_working_minutes() {
        let (calendar, until) = (calendar(), at("15:00"));
        let kept = Target::of(&calendar, until, at("14:15"));
        assert_eq!(kept, Target::Kept { until, spare: 45 });
        assert_eq!(Target::of(&calendar, until, until), Target::Kept { until, spare: 0 });
        // Half an hour is left of that day; the night does not count.
        let broken = Target::of(&calendar, until, local("2026-11-25 07:15"));
        assert_eq!(broken, Target::Broken { until, by: 45 });
    }

    fn facts<'a>(
        calendar: &'a BusinessCalendar,
        before: Option<&'a Agreed>,
        after: Option<&'a Agreed>,
    ) -> ActFacts<'a> {
        ActFacts {
            calendar,
            number: number(9),
            customer: "Škola 9",
            before,
            after,
            sequence: (1, 2),
            promised: None,
            estimate: (None, None),
            days: &[],
            open: &[],
            tells_customer: true,
            mails: &[],
        }
    }

    #[test]
    fn the_event_in_the_calendar_is_new_changed_called_off_or_left_alone() {
        let (calendar, one, other) = (calendar(), agreed("08:00", "09:00"), agreed("10:00", "11:00"));
        let event = |facts: ActFacts<'_>| Consequences::of(&facts, at("07:00")).event;
        assert_eq!(event(facts(&calendar, None, Some(&one))), Some(EventChange::New { sequence: 2 }));
        let moved = facts(&calendar, Some(&one), Some(&other));
        assert_eq!(event(moved), Some(EventChange::Changed { from: 1, to: 2 }));
        assert_eq!(event(ActFacts { sequence: (1, 1), ..moved }), Some(EventChange::Same));
        assert_eq!(event(facts(&calendar, Some(&one), None)), Some(EventChange::CalledOff { sequence: 2 }));
        assert_eq!(event(facts(&calendar, None, None)), None);
    }

    #[test]
    fn whom_no_mail_reaches_is_to_be_called_unless_there_is_nothing_to_tell() {
        let (calendar, one) = (calendar(), agreed("08:00", "09:00"));
        let to_radek = [MailPreview {
            to: "Radek".into(),
            is_customers: false,
            language: "cs".into(),
            subject: "Máte termín".into(),
            paragraphs: Vec::new(),
        }];
        let to_boss = [MailPreview { to: "Jana".into(), is_customers: true, ..to_radek[0].clone() }];
        let facts = ActFacts { mails: &to_radek, ..facts(&calendar, None, Some(&one)) };
        let called = |facts: ActFacts<'_>| Consequences::of(&facts, at("07:00")).is_to_be_called;
        assert!(called(facts));
        assert!(!called(ActFacts { mails: &to_boss, ..facts }));
        assert!(!called(ActFacts { tells_customer: false, ..facts }));
    }

    #[test]
    fn another_time_of_the_same_customer_is_told_and_whether_it_is_at_once() {
        let (calendar, one) = (calendar(), agreed("08:00", "09:00"));
        let open = |serial: u32, start: Option<&str>| OpenRequest {
            number: number(serial),
            state: RequestState::Scheduled,
            program: Bilingual::from("Sklad".to_owned()),
            work_type: Bilingual::from("Oprava".to_owned()),
            urgency: Urgency::Normal,
            start: start.map(at),
        };
        let open = [open(9, Some("08:00")), open(1, Some("08:30")), open(2, Some("09:00")), open(3, None)];
        let facts = ActFacts { open: &open, ..facts(&calendar, None, Some(&one)) };
        let beside = Consequences::of(&facts, at("07:00")).beside;
        let told: Vec<_> = beside.iter().map(|other| (other.request.number, other.is_at_once)).collect();
        assert_eq!(told, [(number(1), true), (number(2), false), (number(3), false)]);
    }

    #[test]
    fn what_was_shown_is_the_same_while_a_delay_grows_and_another_when_something_else_is_pushed() {
        let calendar = calendar();
        let (before, after) = (agreed("08:00", "08:30"), agreed("09:00", "10:00"));
        let others = vec![
            taken(1, "08:00", "09:00", AppointmentState::Running),
            taken(2, "10:30", "11:00", AppointmentState::Confirmed),
        ];
        let days = [day(others, None, Some(after.slot))];
        let facts = ActFacts { days: &days, ..facts(&calendar, Some(&before), Some(&after)) };
        let shown = |now: &str| Consequences::of(&facts, at(now)).shown();
        assert_eq!(shown("09:10"), shown("09:20"));
        assert_ne!(shown("09:20"), shown("09:40"), "now the one at half past ten is pushed");
        let fields = |now| Fields::default().with(MEANS, shown(now));
        let seen = Seen::of(&fields("09:10"));
        assert!(has_shown(&seen) && !has_shown(&Seen::default()));
        assert!(!has_shown(&Seen::of(&Fields::default().with("starts", "none"))));
        assert!(seen.admit(&fields("09:20"), &Fields::default()).is_ok());
        assert!(seen.admit(&fields("09:40"), &Fields::default()).is_err());
    }
}
