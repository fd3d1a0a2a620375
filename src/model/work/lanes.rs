//! The desk's queue (design, Desk): in which lane a request waits, and what comes first.
//!
//! Everything that is open is somewhere: in a lane of the desk, with a technician, or with its customer's draft; what is over is
//! closed, unless somebody objects to it. [`place`] says where, for every state that there can be, and the order within
//! the queue is total, so that two people see the same thing on top.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, btree_map::Entry},
};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    base::{
        bilingual::Bilingual,
        calendar::{BusinessCalendar, from_local, to_local},
        codes::coded_enum,
        fields::FieldCode,
        ids::{OutageId, StaffId},
        numbers::RequestNumber,
        terms::Urgency,
    },
    line::{catalogue::SlotChoice, tiers::ResponseTier},
    ordering::{
        appointments::{AppointmentState, UNMET_MINUTES, missed_by_us_from},
        offers::Slot,
        outages::OutageLink,
        requests::RequestState,
    },
};

coded_enum! {
    /// What a request waits for. In the order in which the desk shows the lanes.
    pub enum Lane {
        /// It came in and nobody has agreed a time yet: the customer may pick one, or be called.
        New = "new",
        /// Dispatch names the times of such work, and has offered none yet.
        TimeToChoose = "time_to_choose",
        /// Nobody has answered what was offered, and it is on offer no more.
        OfferLapsed = "offer_lapsed",
        /// The customer wrote, and nobody has answered.
        AnswerCame = "answer_came",
        /// The work stopped unfinished and needs another time.
        FollowUp = "follow_up",
        /// The customer could not be reached at the agreed time.
        NoShow = "no_show",
        /// The agreed time has begun some minutes ago, and nobody has.
        Overdue = "overdue",
        /// The work goes on into the technician's next appointment.
        RunsOver = "runs_over",
        /// No technician came, or we called the time off before.
        MissedByUs = "missed_by_us",
        /// The ceiling is reached: a technician stands until the customer answers.
        ConsentAsked = "consent_asked",
        /// The customer objects to what was billed.
        Objection = "objection",
        /// We moved the agreed time of somebody who cannot be written to: they are called.
        CallBack = "call_back",
        /// It belongs to an outage, whose requests are one thing until it is over.
        Outage = "outage",
        /// Times are offered, and the customer has not picked one yet: it waits for them, not for us.
        Offered = "offered",
    }
}

impl Lane {
    /// Whether it is the desk's turn; what is offered waits for its customer.
    #[must_use]
    pub const fn is_ours(self) -> bool {
        !matches!(self, Self::Offered)
    }
}

/// Where a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Its customer is still writing it.
    WithCustomer,
    /// In a lane of the desk.
    Lane(Lane),
    /// A technician has agreed to it or works on it, and all is as it should be.
    WithTechnician,
    /// Nobody has anything to do with it any more.
    Closed,
}

/// How long after the agreed start nobody may have begun before the desk looks after it, in minutes.
pub const OVERDUE_MINUTES: i64 = 5;

/// The latest time that was agreed for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LatestTime {
    /// Where it stands; what has passed unmet is [missed](AppointmentState::at), written down or not.
    pub state: AppointmentState,
    /// The time.
    pub slot: Slot,
    /// When a technician last tried to reach the customer at it.
    pub attempted_at: Option<DateTime<Utc>>,
    /// When the technician's next appointment begins.
    pub next_start: Option<DateTime<Utc>>,
}

/// What decides where a request is. Several of the combinations never occur; they are somewhere all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CaseFacts {
    /// Where it stands, as it is written down.
    pub state: RequestState,
    /// Who names its time.
    pub choice: SlotChoice,
    /// The latest time that was agreed.
    pub time: Option<LatestTime>,
    /// When the offer of its times ends, or ended unanswered.
    pub offered_until: Option<DateTime<Utc>>,
    /// Whether somebody has worked on it.
    pub was_worked: bool,
    /// Whether a technician's clock runs for it.
    pub clock_runs: bool,
    /// Since when a question for consent is open.
    pub asked_at: Option<DateTime<Utc>>,
    /// Since when an objection waits for a decision.
    pub contested_at: Option<DateTime<Utc>>,
    /// Whether it belongs to an outage that is not over.
    pub in_outage: bool,
    /// Since when somebody is to be called whose time was moved and who has no address.
    pub call_back_at: Option<DateTime<Utc>>,
    /// Since when a message of the customer waits for an answer.
    pub wrote_at: Option<DateTime<Utc>>,
    /// When what it waits for now began otherwise: it was sent, its work stopped, its time fell through.
    pub changed_at: DateTime<Utc>,
}

/// Where a request is at `now`.
#[must_use]
pub fn place(facts: &CaseFacts, now: DateTime<Utc>) -> Place {
    let missed = facts
        .time
        .is_some_and(|time| time.state.at(time.slot.start, time.attempted_at, now) == AppointmentState::MissedByUs);
    match facts.state {
        RequestState::Draft => Place::WithCustomer,
        RequestState::Scheduled if missed => Place::Lane(without_a_time(facts, now)),
        RequestState::Waiting => Place::Lane(without_a_time(facts, now)),
        RequestState::Scheduled | RequestState::InProgress => with_a_technician(facts, now),
        RequestState::Closed | RequestState::Cancelled if facts.contested_at.is_some() => Place::Lane(Lane::Objection),
        RequestState::Closed | RequestState::Cancelled if facts.wrote_at.is_some() => Place::Lane(Lane::AnswerCame),
        RequestState::Closed | RequestState::Cancelled => Place::Closed,
    }
}

/// The lane of a request that has no agreed time (any more). Whoever answers a message agrees a time with it, too; but what we missed
/// is made good before anything is written.
fn without_a_time(facts: &CaseFacts, now: DateTime<Utc>) -> Lane {
    if facts.in_outage {
        // What one of many writes is seen by itself: the line of the outage says nothing of it.
        return if facts.wrote_at.is_some() { Lane::AnswerCame } else { Lane::Outage };
    }
    match (facts.offered_until, facts.time.map(|time| time.state.at(time.slot.start, time.attempted_at, now))) {
        (None, Some(AppointmentState::MissedByUs)) => Lane::MissedByUs,
        _ if facts.wrote_at.is_some() => Lane::AnswerCame,
        (Some(until), _) if now < until => Lane::Offered,
        (Some(_), _) => Lane::OfferLapsed,
        (None, Some(AppointmentState::NoShow)) => Lane::NoShow,
        (None, _) if facts.was_worked => Lane::FollowUp,
        (None, _) if facts.choice == SlotChoice::Dispatch => Lane::TimeToChoose,
        (None, _) => Lane::New,
    }
}

/// What is agreed or under way is its technician's, unless something goes wrong. Whoever tried to reach the customer has come.
fn with_a_technician(facts: &CaseFacts, now: DateTime<Utc>) -> Place {
    if facts.asked_at.is_some() {
        return Place::Lane(Lane::ConsentAsked);
    }
    if facts.contested_at.is_some() && !facts.clock_runs {
        return Place::Lane(Lane::Objection);
    }
    let Some(time) = facts.time else {
        // Nobody has agreed to it: it must not be lost.
        return Place::Lane(if facts.clock_runs { Lane::RunsOver } else { Lane::TimeToChoose });
    };
    let is_met = time.state != AppointmentState::Confirmed
        || facts.clock_runs
        || time.attempted_at.is_some_and(|attempt| attempt >= time.slot.start);
    if !is_met && now >= time.slot.start + TimeDelta::minutes(OVERDUE_MINUTES) {
        return Place::Lane(Lane::Overdue);
    }
    let runs_over = facts.clock_runs && now >= time.slot.end && time.next_start.is_some_and(|next| next <= now);
    let is_ahead = time.state == AppointmentState::Confirmed && !facts.clock_runs;
    match facts.call_back_at.filter(|_| is_ahead) {
        _ if runs_over => Place::Lane(Lane::RunsOver),
        Some(_) => Place::Lane(Lane::CallBack),
        None if facts.wrote_at.is_some() => Place::Lane(Lane::AnswerCame),
        None => Place::WithTechnician,
    }
}

/// Whether what stands in a lane has no time, and can get one by itself: from the queue it is put onto the board.
#[must_use]
pub fn waits_for_a_time(lane: Lane, state: RequestState) -> bool {
    match lane {
        // Its time is passed, whether or not that was written down.
        Lane::MissedByUs => true,
        Lane::Outage => false,
        _ => state == RequestState::Waiting,
    }
}

/// Since when a request waits in its lane.
#[must_use]
pub fn waits_since(lane: Lane, facts: &CaseFacts) -> DateTime<Utc> {
    let since = match lane {
        Lane::Overdue => facts.time.map(|time| time.slot.start),
        Lane::RunsOver => facts.time.map(|time| time.next_start.unwrap_or(time.slot.end)),
        Lane::MissedByUs => facts.time.map(|time| {
            let from = missed_by_us_from(time.slot.start, time.attempted_at);
            // What we called off ahead of its time waits since then.
            if time.state == AppointmentState::MissedByUs { from.min(facts.changed_at) } else { from }
        }),
        Lane::ConsentAsked => facts.asked_at,
        Lane::Objection => facts.contested_at,
        Lane::OfferLapsed => facts.offered_until,
        Lane::CallBack => facts.call_back_at,
        // Whoever writes falls no further back by it than they were.
        Lane::AnswerCame => facts.wrote_at.map(|wrote| {
            let waits = (facts.state == RequestState::Waiting).then_some(facts.changed_at);
            facts.offered_until.or(waits).map_or(wrote, |waits| wrote.min(waits))
        }),
        Lane::New | Lane::TimeToChoose | Lane::FollowUp | Lane::NoShow | Lane::Outage | Lane::Offered => None,
    };
    since.unwrap_or(facts.changed_at)
}

/// What decides what comes first in the queue: compares as the queue is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// When we break what we promise: see [`due`].
    pub due: DateTime<Utc>,
    /// Urgent before normal, of what breaks at the same instant.
    pub urgency: Urgency,
    /// Since when it waits: the longer, the sooner it is its turn.
    pub since: DateTime<Utc>,
    /// Tells apart what nothing else does.
    pub number: RequestNumber,
}

impl Ord for Standing {
    fn cmp(&self, other: &Self) -> Ordering {
        let key =
            |standing: &Self| (standing.due, standing.urgency != Urgency::Urgent, standing.since, standing.number);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Standing {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// When what we promise breaks: of a time that is agreed, when it counts as missed or stands in the next one's way; of all else,
/// the working minutes of the customer's tier after it began to wait.
#[must_use]
pub fn due(
    lane: Lane,
    time: Option<&LatestTime>,
    urgency: Urgency,
    since: DateTime<Utc>,
    tier: &ResponseTier,
    calendar: &BusinessCalendar,
) -> DateTime<Utc> {
    match (lane, time) {
        (Lane::Overdue, Some(time)) => time.slot.start + TimeDelta::minutes(UNMET_MINUTES),
        (Lane::RunsOver, Some(time)) => time.next_start.unwrap_or(time.slot.end),
        // Somebody has been let down, or stands idle: it is broken already.
        (Lane::MissedByUs | Lane::ConsentAsked, _) => since,
        _ => {
            let minutes = match urgency {
                Urgency::Urgent => tier.urgent_target_minutes,
                Urgency::Normal => tier.normal_lead_minutes,
            };
            let promised = calendar.add_working_minutes(since, minutes);
            // Whoever is to hear of a time hears of it before.
            time.filter(|_| lane == Lane::CallBack).map_or(promised, |time| promised.min(time.slot.start))
        }
    }
}

/// Somebody of the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Which person.
    pub id: StaffId,
    /// The name.
    pub name: String,
}

/// A line of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueItem {
    /// Where it stands in the queue, and which request it is.
    pub standing: Standing,
    /// What it waits for.
    pub lane: Lane,
    /// The customer's name.
    pub customer: String,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// The beginning of what the customer wrote.
    pub what_happened: String,
    /// Whom to call.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// How many minutes its time will take, where it [waits for one](waits_for_a_time).
    pub takes: Option<u32>,
    /// Who has it.
    pub claimed_by: Option<Colleague>,
    /// Who of us brought it there; nobody of us, or it came by itself.
    pub brought_by: Option<StaffId>,
    /// Until when it rests.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// Whether it has rested, and is back.
    pub is_back: bool,
    /// The outage for which it stands, with how many requests.
    pub outage: Option<(OutageLink, u32)>,
}

/// What belongs to one outage is one thing: the request of which what we promise breaks first stands for all of them, so that the
/// order stays total. Nothing else is changed, and nothing is left out.
#[must_use]
pub fn together(items: Vec<QueueItem>) -> Vec<QueueItem> {
    let mut alone = Vec::new();
    let mut outages: BTreeMap<OutageId, QueueItem> = BTreeMap::new();
    for item in items {
        let Some((link, count)) = item.outage.clone() else {
            alone.push(item);
            continue;
        };
        match outages.entry(link.id) {
            Entry::Vacant(place) => {
                place.insert(item);
            }
            Entry::Occupied(mut place) => {
                let count = count + place.get().outage.as_ref().map_or(0, |(_, count)| *count);
                if item.standing < place.get().standing {
                    place.insert(item);
                }
                place.get_mut().outage = Some((link, count));
            }
        }
    }
    alone.into_iter().chain(outages.into_values()).collect()
}

coded_enum! {
    /// How long a request is put off.
    pub enum Rest {
        /// An hour of the clock.
        Hour = "hour",
        /// Until the line opens on the next working day.
        NextDay = "next_day",
        /// Until the line opens five working days later.
        Week = "week",
        /// Not at all: it is back.
        Over = "over",
    }
}

impl Rest {
    /// Whether what waits in a lane can be put off so long: what is urgent rests an hour at most, as nobody may lose sight of it. An
    /// objection to urgent work that is done waits as any other. An outage never rests: too many wait for it.
    #[must_use]
    pub fn is_possible(self, lane: Lane, urgency: Urgency) -> bool {
        if lane == Lane::Outage {
            return matches!(self, Self::Over);
        }
        matches!(self, Self::Hour | Self::Over) || urgency == Urgency::Normal || lane == Lane::Objection
    }

    /// Until when a request rests that is put off at `now`; none when it rests no more.
    #[must_use]
    pub fn until(self, calendar: &BusinessCalendar, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let opening = |days| {
            let date = calendar.add_working_days(to_local(now).date(), days);
            // A line that never opens is looked after tomorrow.
            Some(calendar.hours(date).map_or(now + TimeDelta::days(1), |hours| hours.start()))
        };
        match self {
            Self::Hour => Some(now + TimeDelta::hours(1)),
            Self::NextDay => opening(1),
            Self::Week => opening(5),
            Self::Over => None,
        }
    }
}

/// The most days for which a request is put off: what is later is a request of its own.
pub const REST_MOST_DAYS: i64 = 90;

/// Until when a request rests whose dispatcher has named a day and a time, within the same bounds as the usual lengths.
///
/// # Errors
/// What is wrong with what was typed, as a browser's field sends a local time: [`FieldCode::OutOfRange`] for a time that has come, that
/// is too far, or until which what waits there [may not rest](Rest::is_possible).
pub fn rest_until(typed: &str, lane: Lane, urgency: Urgency, now: DateTime<Utc>) -> Result<DateTime<Utc>, FieldCode> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(FieldCode::Missing);
    }
    let wall = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M").map_err(|_| FieldCode::Unknown)?;
    let until = from_local(wall.date(), wall.time());
    let longest = match Rest::ALL.iter().filter(|rest| **rest != Rest::Over && rest.is_possible(lane, urgency)).count()
    {
        0 => return Err(FieldCode::OutOfRange),
        1 => TimeDelta::hours(1),
        _ => TimeDelta::days(REST_MOST_DAYS),
    };
    if now < until && until <= now + longest { Ok(until) } else { Err(FieldCode::OutOfRange) }
}

/// How much waits at the desk, as the navigation says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DeskCounts {
    /// What waits in the queue for the desk.
    pub waiting: u32,
    /// Objections among it.
    pub objections: u32,
}

/// What decides what comes first for somebody who looks after some regions first: what is broken already, wherever it is; then what
/// is theirs; each as the queue is ordered.
#[must_use]
pub fn near_first(standing: &Standing, is_near: bool, now: DateTime<Utc>) -> (bool, Standing) {
    (standing.due > now && !is_near, *standing)
}

/// Which part of the queue is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueueView {
    /// All that waits for the desk.
    All,
    /// What the viewer has.
    Mine,
    /// What rests.
    Resting,
    /// One lane.
    Lane(Lane),
}

impl QueueView {
    /// As it stands in the address; anything else is all of it.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "mine" => Self::Mine,
            "resting" => Self::Resting,
            lane => Lane::from_code(lane).map_or(Self::All, Self::Lane),
        }
    }
}

/// What `/desk/queue` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuePage {
    /// Which part is shown.
    pub view: QueueView,
    /// The first of that part, in order.
    pub items: Vec<QueueItem>,
    /// How many it has.
    pub total: u32,
    /// Whether the viewer's regions come first; none for who looks after all.
    pub is_near_first: Option<bool>,
    /// How many there are in each lane that has any, without what rests.
    pub lanes: Vec<(Lane, u32)>,
    /// How many wait for the desk in all.
    pub waiting: u32,
    /// How many working minutes the one has waited that waits longest.
    pub longest_minutes: u32,
    /// How many the viewer has.
    pub mine: u32,
    /// How many rest.
    pub resting: u32,
    /// How many customers came in by themselves and wait for the nod.
    pub newcomers: u32,
    /// How many mails that came wait for the desk.
    pub mails: u32,
}

#[cfg(test)]
mod tests;
