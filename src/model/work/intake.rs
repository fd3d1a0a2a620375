//! Intake: who calls, what they have, and what each of the times means that are there for them (design, Consequences).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    cases::{CallerPerson, FoundCustomer, OpenRequest},
    consequences::{Consequences, Target},
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        ids::{CustomerId, MemberId, WorkTypeId},
        numbers::RequestNumber,
        seen::{Fields, Seen},
    },
    line::catalogue::{Program, WorkType},
    ordering::{offers::Slot, outages::KnownOutage, slot_offers::box_of},
    people::customers::Standing,
};

/// What a form sends instead of a time for a request that goes to the queue.
pub const QUEUE: &str = "queue";

/// How many of those found a search shows; one that finds more is made narrower, and says so.
pub const FOUND_MAX: usize = 20;

/// A time that can be agreed while somebody is on the telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeToAgree {
    /// From when until when.
    pub slot: Slot,
    /// What agreeing it means.
    pub means: Consequences,
    /// Whether it keeps what an urgent request is promised.
    pub urgent: Target,
}

/// What the desk has before it when somebody calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallerCard {
    /// Which customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// Its IČO.
    pub ico: String,
    /// Whether anything can be written down for it.
    pub standing: Standing,
    /// The name of its tier.
    pub tier: Bilingual,
    /// Minutes that are free at the moment.
    pub free_minutes: u32,
    /// Its people.
    pub people: Vec<CallerPerson>,
    /// What it runs.
    pub programs: Vec<Program>,
    /// What we know of that hits one of these programs.
    pub outages: Vec<KnownOutage>,
    /// What is open.
    pub open: Vec<OpenRequest>,
    /// What can be done for it.
    pub work_types: Vec<WorkType>,
    /// For which of them the times below are.
    pub work_type: Option<WorkTypeId>,
    /// For whom the mails below are: who calls, or the first of its people.
    pub person: Option<MemberId>,
    /// The first three times at which somebody is free for that; none where nobody can order.
    pub times: Vec<TimeToAgree>,
}

/// Whether two numbers, however they are written, end in the same nine digits.
#[must_use]
pub fn same_end(one: &str, other: &str) -> bool {
    let end = |text: &str| text.chars().rev().filter(char::is_ascii_digit).take(9).collect::<String>();
    end(one) == end(other) && end(one).len() == 9
}

impl CallerCard {
    /// Whether anything can be ordered for it.
    #[must_use]
    pub const fn may_order(&self) -> bool {
        self.standing.active && self.standing.block.is_none()
    }

    /// What the form shows of what its times mean.
    #[must_use]
    pub fn seen(&self) -> Seen {
        let fields = self.people.iter().fold(Fields::default(), |fields, person| {
            fields.with(reached_field(person.id), reached(person.is_reached))
        });
        Seen::of(&self.times.iter().fold(fields, |fields, time| {
            let fields = fields.with(means_field(time.slot.start), time.means.shown_of_time());
            fields.with(urgent_field(time.slot.start), kept(&time.urgent))
        }))
    }
}

/// What becomes of a time that was just agreed, under the names by which the form has shown it: a later beginning is no news to whoever
/// was told that it is too late.
#[must_use]
pub fn shown_of(start: DateTime<Utc>, means: &Consequences, (person, is_reached): (MemberId, bool)) -> Fields {
    let urgent = means.target.as_ref().map(kept).unwrap_or_default();
    Fields::default()
        .with(means_field(start), means.shown_of_time())
        .with(urgent_field(start), urgent)
        .with(reached_field(person), reached(is_reached))
}

/// Under which name a form says what it showed of a time; there it says so, too.
#[must_use]
pub fn means_field(start: DateTime<Utc>) -> String {
    format!("means[{}]", box_of(start))
}

fn urgent_field(start: DateTime<Utc>) -> String {
    format!("urgent[{}]", box_of(start))
}

fn reached_field(person: MemberId) -> String {
    format!("reached[{person}]")
}

const fn kept(target: &Target) -> &'static str {
    match target {
        Target::Kept { .. } => "",
        Target::Broken { .. } => "broken",
    }
}

const fn reached(is_reached: bool) -> &'static str {
    if is_reached { "mail" } else { "call" }
}

/// What `/desk/new` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakePage {
    /// What was searched for, as it was typed.
    pub search: String,
    /// What was found.
    pub found: Vec<FoundCustomer>,
    /// The request whose number was typed.
    pub request: Option<RequestNumber>,
    /// Who calls, once that is clear.
    pub caller: Option<CallerCard>,
    /// The number from which they call, as it is dialled.
    pub phone: String,
    /// What a new organisation may run; nothing while somebody is found.
    pub programs: Vec<Program>,
}
