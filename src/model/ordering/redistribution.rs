//! Redistribution: where appointments go whose technician is not there after all (design, Redistribution).
//!
//! ```text
//! displaced ──► same time, a colleague     as many as can be; nobody but the technicians notices
//!           └─► the nearest later time     urgent ones first, then by time; beside no other one of the customer
//!           └─► none                       the customer picks again
//! ```
//!
//! Nothing else moves: only what is free is taken, by somebody who has the skill and is planned to work then.

use std::{collections::BTreeMap, fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::offers::{FreeTime, GRID_MINUTES, Slot, TechnicianPlan};
use crate::model::{
    base::{
        bilingual::Bilingual,
        calendar::{BusinessCalendar, to_local},
        ids::{AppointmentId, CustomerId, StaffId},
        numbers::RequestNumber,
        preview::MailPreview,
        terms::Urgency,
        text::spelled_in_json,
    },
    line::catalogue::SlotChoice,
    people::staff::StaffPerson,
};

/// Why an appointment cannot stay as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The technician is absent.
    Absence,
    /// The line is closed.
    Closure,
    /// The technician does not work then any more.
    Plan,
    /// The technician does not work here any more by then.
    Leaving,
}

/// An appointment that needs another place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Displaced<'a> {
    /// Which appointment.
    pub id: AppointmentId,
    /// Whose it is.
    pub technician: StaffId,
    /// With whom it is agreed.
    pub customer: CustomerId,
    /// When it is.
    pub slot: Slot,
    /// What it takes to do the work.
    pub skill: &'a str,
    /// How soon somebody is needed.
    pub urgency: Urgency,
}

/// A place for an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Whose time it takes.
    pub technician: StaffId,
    /// When it is agreed.
    pub slot: Slot,
}

/// How many ways of sharing out the appointments of one time are looked at at once. With fewer the number that keep their time
/// is the greatest that there is; beyond it is what the best of so many ways reach. It takes more than three technicians who
/// are absent at once to get there.
const MOST_WAYS: usize = 4_000;

/// A place for each of `displaced`, in their order; none where there is no time up to `last`: its customer picks again.
///
/// As many as possible keep their time, with a colleague who has the skill and is free; of two colleagues the one with less to do
/// that day. The others get the nearest later time, those first that are urgent, then those that are sooner. What is taken for
/// one is free for none after it, and nobody gets a time beside another one of the same customer: who sits at the computer can be
/// there once.
///
/// * `agreed` – the times of these customers that stay as they are
/// * `now` – nothing is placed before it
#[must_use]
pub fn redistribute(
    calendar: &BusinessCalendar,
    technicians: &[TechnicianPlan],
    displaced: &[Displaced<'_>],
    agreed: &[(CustomerId, Slot)],
    now: DateTime<Utc>,
    last: NaiveDate,
) -> Vec<Option<Place>> {
    let first = displaced.iter().map(|one| one.slot.start).min().unwrap_or(now).max(now);
    let latest = displaced.iter().map(|one| to_local(one.slot.start).date()).max().unwrap_or(last);
    let mut free = FreeTime::new(calendar, technicians, to_local(first).date(), last.max(latest));
    let mut places: Vec<Option<(usize, Slot)>> = vec![None; displaced.len()];
    let mut agreed = agreed.to_vec();

    let mut by_time: Vec<usize> = (0..displaced.len()).collect();
    by_time.sort_by_key(|&one| (displaced[one].slot.start, displaced[one].id));
    let same_time = share_out(&free, technicians, displaced, &by_time, now);
    for (&one, technician) in by_time.iter().zip(same_time) {
        if let Some(technician) = technician {
            free.take(technician, displaced[one].slot);
            agreed.push((displaced[one].customer, displaced[one].slot));
            places[one] = Some((technician, displaced[one].slot));
        }
    }

    by_time
        .sort_by_key(|&one| (displaced[one].urgency != Urgency::Urgent, displaced[one].slot.start, displaced[one].id));
    for one in by_time {
        if places[one].is_none() {
            let own = agreed.iter().filter(|(customer, _)| *customer == displaced[one].customer);
            let own = united(own.map(|(_, slot)| *slot).collect());
            places[one] = nearest(&free, technicians, &displaced[one], &own, now);
            if let Some((technician, slot)) = places[one] {
                free.take(technician, slot);
                agreed.push((displaced[one].customer, slot));
            }
        }
    }
    let named = |(technician, slot): (usize, Slot)| Place { technician: technicians[technician].technician, slot };
    places.into_iter().map(|place| place.map(named)).collect()
}

/// Who of the technicians takes over each appointment at its own time, in the order of `by_time`: as many as can be.
///
/// The appointments are gone through in order of time. All that later ones have to know of a way of sharing out the earlier
/// ones is who is taken and until when; of several ways that leave the same behind, the one that keeps most times is kept.
fn share_out(
    free: &FreeTime,
    technicians: &[TechnicianPlan],
    displaced: &[Displaced<'_>],
    by_time: &[usize],
    now: DateTime<Utc>,
) -> Vec<Option<usize>> {
    type Taken = Vec<(usize, DateTime<Utc>)>;
    struct Way {
        kept: usize,
        takers: Vec<Option<usize>>,
    }
    let mut ways: BTreeMap<Taken, Way> = BTreeMap::from([(Vec::new(), Way { kept: 0, takers: Vec::new() })]);
    for one in by_time.iter().map(|&one| &displaced[one]) {
        let mut able: Vec<usize> = (0..technicians.len())
            .filter(|&other| technicians[other].technician != one.technician && technicians[other].knows(one.skill))
            .filter(|&other| one.slot.start >= now && free.is_free(other, one.slot))
            .collect();
        able.sort_by_key(|&other| (free.load(other, one.slot), technicians[other].technician));
        let mut next: BTreeMap<Taken, Way> = BTreeMap::new();
        for (taken, way) in ways {
            let taken: Taken = taken.into_iter().filter(|(_, until)| *until > one.slot.start).collect();
            let open = able.iter().filter(|other| !taken.iter().any(|(who, _)| who == *other));
            for taker in open.copied().map(Some).chain([None]) {
                let mut taken = taken.clone();
                taken.extend(taker.map(|taker| (taker, end_of_quarter(one.slot.end))));
                taken.sort_unstable();
                let kept = way.kept + usize::from(taker.is_some());
                // Of equals the first: whose colleagues have less to do.
                if next.get(&taken).is_none_or(|known| known.kept < kept) {
                    let takers = way.takers.iter().copied().chain([taker]).collect();
                    next.insert(taken, Way { kept, takers });
                }
            }
        }
        if next.len() > MOST_WAYS {
            let mut kept: Vec<_> = next.into_iter().collect();
            kept.sort_by_key(|(_, way)| std::cmp::Reverse(way.kept));
            kept.truncate(MOST_WAYS);
            next = kept.into_iter().collect();
        }
        ways = next;
    }
    // Of equals the first in the order of what they leave behind.
    let best = ways.into_values().reduce(|best, way| if way.kept > best.kept { way } else { best });
    best.map(|way| way.takers).unwrap_or_default()
}

/// The quarter of an hour in which somebody is done is taken whole. Prague is whole quarters ahead of UTC.
fn end_of_quarter(end: DateTime<Utc>) -> DateTime<Utc> {
    let grid = i64::from(GRID_MINUTES) * 60;
    let over = end.timestamp().rem_euclid(grid);
    if over == 0 { end } else { end + TimeDelta::seconds(grid - over) }
}

/// As few times as say the same, in order: what overlaps or touches is one. A customer may have hundreds at once, and each technician's
/// every free time is held against them.
fn united(mut slots: Vec<Slot>) -> Vec<Slot> {
    slots.sort_unstable_by_key(|slot| slot.start);
    slots.dedup_by(|later, kept| {
        let is_one = later.start <= kept.end;
        if is_one {
            kept.end = kept.end.max(later.end);
        }
        is_one
    });
    slots
}

/// The nearest time that anybody who has the skill is free for it, not before its own and beside none of the customer's others.
fn nearest(
    free: &FreeTime,
    technicians: &[TechnicianPlan],
    one: &Displaced<'_>,
    own: &[Slot],
    now: DateTime<Utc>,
) -> Option<(usize, Slot)> {
    let minutes = one.slot.minutes();
    let from = one.slot.start.max(now);
    (0..technicians.len())
        .filter(|&other| technicians[other].knows(one.skill))
        .filter_map(|other| Some((other, first_apart(free, other, from, minutes, own)?)))
        .min_by_key(|&(other, slot)| (slot.start, free.load(other, slot), technicians[other].technician))
}

/// The first slot of a technician from an instant on that is beside none of `own`.
fn first_apart(
    free: &FreeTime,
    technician: usize,
    mut from: DateTime<Utc>,
    minutes: u32,
    own: &[Slot],
) -> Option<Slot> {
    loop {
        let slot = free.first_from(technician, from, minutes)?;
        // Whatever begins before the end of what it overlaps overlaps it as well.
        match own.iter().filter(|other| other.overlaps(slot)).map(|other| other.end).max() {
            Some(end) => from = end_of_quarter(end),
            None => return Some(slot),
        }
    }
}

/// What is to become of a displaced appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It goes there.
    Move(Place),
    /// Its customer picks another time.
    PickAgain,
    /// It stays, and nobody is asked again.
    Leave,
    /// That is decided later.
    NotNow,
}

/// As a form sends it: `12@1795420800-1795424400`, the technician and the seconds of both ends.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Move(Place { technician, slot }) => {
                write!(f, "{technician}@{}-{}", slot.start.timestamp(), slot.end.timestamp())
            }
            Self::PickAgain => f.write_str("pick"),
            Self::Leave => f.write_str("leave"),
            Self::NotNow => f.write_str("later"),
        }
    }
}

impl FromStr for Choice {
    type Err = InvalidChoice;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let seconds = |text: &str| DateTime::from_timestamp(text.parse().ok()?, 0);
        let place = |text: &str| {
            let (technician, times) = text.split_once('@')?;
            let (start, end) = times.split_once('-')?;
            let slot = Slot { start: seconds(start)?, end: seconds(end)? };
            (slot.start < slot.end).then_some(Place { technician: technician.parse().ok()?, slot })
        };
        match text {
            "pick" => Ok(Self::PickAgain),
            "leave" => Ok(Self::Leave),
            "later" => Ok(Self::NotNow),
            text => place(text).map(Self::Move).ok_or(InvalidChoice),
        }
    }
}

spelled_in_json!(Choice);

/// A text that says of no appointment what is to become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no choice for a displaced appointment")]
pub struct InvalidChoice;

/// A displaced appointment with what is proposed for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Which appointment.
    pub id: AppointmentId,
    /// Its request.
    pub number: RequestNumber,
    /// The customer's name.
    pub customer: String,
    /// Who sits at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// Whether whoever ordered it gets mails.
    pub gets_mails: bool,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// How soon somebody is needed.
    pub urgency: Urgency,
    /// When it is agreed.
    pub slot: Slot,
    /// With whom.
    pub technician: String,
    /// Why it cannot stay.
    pub cause: Cause,
    /// Who names the times of such work.
    pub choice: SlotChoice,
    /// Where it can go, and the technician's name there; none when there is no place.
    pub place: Option<(Place, String)>,
    /// What its customer's people would read if it were carried out.
    pub mails: Vec<MailPreview>,
}

impl Proposal {
    /// Whether its customer keeps the time, so that there is nothing to tell.
    #[must_use]
    pub fn keeps_time(&self) -> bool {
        self.place.as_ref().is_some_and(|(place, _)| place.slot == self.slot)
    }

    /// What is done if nobody chooses otherwise.
    #[must_use]
    pub fn choice(&self) -> Choice {
        self.place.as_ref().map_or(Choice::PickAgain, |(place, _)| Choice::Move(*place))
    }
}

/// How many displaced appointments are placed at a time, the soonest first.
pub const PROPOSED: usize = 100;

/// Of how many of them the mails are shown, the soonest first: each is carried out for that, and taken back. The others come up as these
/// are done.
pub const PREVIEWED: usize = 10;

/// What `/desk/displaced` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisplacedPage {
    /// The soonest of them.
    pub proposals: Vec<Proposal>,
    /// How many there are.
    pub total: u32,
}

/// Somebody who works as a technician, as the desk's list of who is absent today shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresentTechnician {
    /// Who it is.
    pub id: StaffId,
    /// The name.
    pub name: String,
    /// How many agreed appointments are still ahead today.
    pub ahead: u32,
    /// Whether an absence is entered that takes what is left of the day.
    pub is_absent: bool,
}

/// What `/settings/staff/{person}/leave` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingPage {
    /// Who leaves.
    pub person: StaffPerson,
    /// From which day on.
    pub from: NaiveDate,
    /// The appointments from that day on, all of them.
    pub proposals: Vec<Proposal>,
}

#[cfg(test)]
mod tests;
