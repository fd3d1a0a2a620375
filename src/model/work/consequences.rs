//! What an act of the desk means, said before it is confirmed (design, Consequences): who is told what, what becomes of the calendar's
//! event and of the promise, and whom it pushes.
//!
//! The act is done once for looking, and taken back: what it would write is read, not guessed. From that, and from what else is on
//! the technicians' day, all of this follows by pure functions.

#[cfg(test)]
mod tests;
mod way;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::way::{InTheWay, in_the_way};
use super::{
    board::Taken,
    cases::{CasePage, OpenRequest},
    chosen::ChosenAct,
    lanes::Colleague,
    lateness,
};
use crate::model::{
    base::{calendar::BusinessCalendar, numbers::RequestNumber, preview::MailPreview, seen::Seen},
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
        let mut shown = vec![self.shown_of_time()];
        if let Some(Target::Kept { until, .. } | Target::Broken { until, .. }) = self.target {
            shown.push(until.timestamp().to_string());
        }
        shown.push(self.estimate.as_ref().map(Estimate::as_shown).unwrap_or_default());
        shown.push(self.ceiling.map(|minutes| minutes.to_string()).unwrap_or_default());
        shown.extend(self.mails.iter().map(|mail| mail.to.clone()));
        shown.join(";")
    }
}

impl Consequences {
    /// Of that what belongs to the time, whatever it is agreed for and whoever is told.
    #[must_use]
    pub fn shown_of_time(&self) -> String {
        let time = |agreed: &Agreed| format!("{}@{}", agreed.technician.id, agreed.slot.start.timestamp());
        let times = [&self.before, &self.after].map(|agreed| agreed.as_ref().map(time).unwrap_or_default());
        let mut shown = Vec::from(times);
        shown.push(format!("{:?}", self.event));
        // A request that is being written down gets its number only then.
        let is_own = |delay: &Delay| self.after.as_ref().is_some_and(|after| after.slot == delay.slot);
        shown.extend(self.delays.iter().map(|delay| {
            let whose = if is_own(delay) { "own".to_owned() } else { delay.number.to_string() };
            format!("{whose}:{}:{}", delay.before > 0, delay.after > 0)
        }));
        shown.extend(self.beside.iter().map(|beside| format!("{}:{}", beside.request.number, beside.is_at_once)));
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

/// What of a day begins late, as things stand or afterwards, in the order of the day: by the rule that the day itself tells
/// ([`lateness`]).
fn delays(day: &DayOf, (number, customer): (RequestNumber, &str), now: DateTime<Utc>) -> Vec<Delay> {
    let others: Vec<_> =
        day.others.iter().filter_map(|taken| Some((taken.agreed()?, taken.customer.as_str()))).collect();
    let with = |own: Option<Slot>| {
        let own = own.map(|slot| lateness::Agreed { number, slot, state: AppointmentState::Confirmed });
        let mut times: Vec<_> = others.iter().copied().chain(own.map(|own| (own, customer))).collect();
        times.sort_by_key(|(agreed, _)| (agreed.slot.start, agreed.number));
        times
    };
    let late = |times: &[(lateness::Agreed, &str)]| {
        lateness::delays(&times.iter().map(|(agreed, _)| *agreed).collect::<Vec<_>>(), now)
    };
    let by = |late: &[lateness::Delay], number: RequestNumber| {
        late.iter().find(|delay| delay.number == number).map_or(0, |delay| delay.minutes)
    };
    let times = with(day.own_after);
    let (before, after) = (late(&with(day.own_before)), late(&times));
    // What has begun already ends late, and begins no more.
    let ahead = times.iter().filter(|(agreed, _)| agreed.state == AppointmentState::Confirmed);
    let delays = ahead.map(|(agreed, customer)| Delay {
        number: agreed.number,
        customer: (*customer).to_owned(),
        slot: agreed.slot,
        technician: day.technician.name.clone(),
        before: by(&before, agreed.number),
        after: by(&after, agreed.number),
    });
    delays.filter(|delay| delay.before > 0 || delay.after > 0).collect()
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
    /// Nobody would get the mail that it is.
    NobodyIsReached,
    /// The other request cannot go on for it.
    CannotGoOn {
        /// Because this one is urgent, and the other one is not.
        is_urgent: bool,
    },
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
