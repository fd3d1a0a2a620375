//! Notifications in people's browsers (Web Push), and short messages to their telephones: what they say, to which devices, and for
//! how long (design, Notifications).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{lanes::Lane, wishes::WishKind};
use crate::model::{
    base::{
        ids::{MailId, PushDeviceId},
        numbers::RequestNumber,
        terms::Urgency,
    },
    ordering::{offers::Slot, timeline::TimeChange},
};

/// The most things that are told each by itself at once; more are told as their number, so that no screen is flooded.
pub const MOST_AT_ONCE: usize = 3;
/// How long a notification is worth being shown: a night of quiet, and no more.
const WORTH_TELLING: TimeDelta = TimeDelta::hours(24);

/// What a notification says. Locked screens are seen by everybody: there is a number, a kind and a time in it, and nothing that a
/// customer has said or is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "push", rename_all = "snake_case")]
pub enum Push {
    /// Something waits at the desk.
    Waits {
        /// The request.
        number: RequestNumber,
        /// What it waits for.
        lane: Lane,
        /// How urgent it is.
        urgency: Urgency,
    },
    /// Many things wait at the desk or were changed by customers.
    Several {
        /// How many.
        count: u32,
    },
    /// To the desk: what became of an agreed time.
    Changed {
        /// The request.
        number: RequestNumber,
        /// What was done with it.
        change: TimeChange,
        /// How urgent it is.
        urgency: Urgency,
        /// The time.
        slot: Slot,
    },
    /// To a technician: an agreed time is theirs from now on, or no longer.
    Planned {
        /// The request.
        number: RequestNumber,
        /// The time.
        slot: Slot,
        /// Whether it is theirs.
        is_theirs: bool,
    },
    /// To a technician whose clock stands: the customer answered.
    ConsentAnswered {
        /// The request.
        number: RequestNumber,
        /// Whether the work may go on.
        agreed: bool,
    },
    /// To a technician: an agreed time passed without them.
    Missed {
        /// The request.
        number: RequestNumber,
        /// The time.
        slot: Slot,
    },
    /// To a technician: a clock looks forgotten.
    ClockForgotten {
        /// The request.
        number: RequestNumber,
    },
    /// To a technician: the customer wrote about a request whose time is theirs.
    Wrote {
        /// The request.
        number: RequestNumber,
    },
    /// To a technician: somebody objects to a segment of theirs.
    Contested {
        /// The request.
        number: RequestNumber,
    },
    /// To a technician: somebody else has opened work of theirs again.
    Reopened {
        /// The request.
        number: RequestNumber,
    },
    /// To a customer's person: what a mail tells, whether or not it is mailed.
    Mailed {
        /// Which mail.
        mail: MailId,
        /// The kind of thing.
        kind: WishKind,
        /// The request, if it is about one.
        number: Option<RequestNumber>,
    },
    /// That notifications arrive.
    Test,
}

impl Push {
    /// What it is about: the next one of the same topic takes its place, on the way and on the screen.
    #[must_use]
    pub fn topic(&self) -> String {
        match self {
            Self::Waits { number, .. }
            | Self::Changed { number, .. }
            | Self::Planned { number, .. }
            | Self::ConsentAnswered { number, .. }
            | Self::Missed { number, .. }
            | Self::ClockForgotten { number }
            | Self::Wrote { number }
            | Self::Contested { number }
            | Self::Reopened { number } => number.to_string(),
            Self::Mailed { kind, number, .. } => number.map_or_else(|| kind.to_string(), |number| number.to_string()),
            Self::Several { .. } => "several".to_owned(),
            Self::Test => "test".to_owned(),
        }
    }

    /// Until when it is worth being shown: a plan until its time begins, all else for a day.
    #[must_use]
    pub fn good_until(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Planned { slot, .. } | Self::Changed { slot, .. } if slot.start > now => slot.start,
            // Whoever asked for it looks at the screen.
            Self::Test => now + TimeDelta::minutes(5),
            _ => now + WORTH_TELLING,
        }
    }
}

/// A device in which somebody is notified, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushDevice {
    /// Which device.
    pub id: PushDeviceId,
    /// What it is called: the browser's own words for itself.
    pub name: String,
    /// When it was added.
    pub added_at: DateTime<Utc>,
}

/// A notification that will never arrive, as the desk sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedPush {
    /// To whom.
    pub to: String,
    /// What it says, in that person's language.
    pub said: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: u32,
    /// What the push service said last.
    pub last_error: String,
}

/// What a browser says of its subscription, as the form sends it: the last two in base64url.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedSubscription {
    /// Where to send.
    pub endpoint: String,
    /// The browser's public key.
    pub p256dh: String,
    /// The secret that it shares with whoever may write to it.
    pub auth: String,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::fixtures::local;

    fn number() -> RequestNumber {
        RequestNumber::new(2026, 123_456).expect("a number")
    }

    #[test]
    fn a_topic_is_one_that_push_services_take() {
        let slot = Slot { start: local("2026-11-24 09:00"), end: local("2026-11-24 10:00") };
        let all = [
            Push::Waits { number: number(), lane: Lane::New, urgency: Urgency::Normal },
            Push::Planned { number: number(), slot, is_theirs: true },
            Push::Several { count: 4 },
            Push::Test,
        ];
        for push in all {
            let topic = push.topic();
            let is_taken = topic.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
            assert!(is_taken && (1..=32).contains(&topic.len()), "{topic}");
        }
    }

    #[test]
    fn a_plan_is_worth_telling_until_its_time_begins() {
        let slot = Slot { start: local("2026-11-24 09:00"), end: local("2026-11-24 10:00") };
        let planned = Push::Planned { number: number(), slot, is_theirs: true };
        assert_eq!(planned.good_until(local("2026-11-24 08:00")), slot.start);
        assert_eq!(
            planned.good_until(local("2026-11-24 09:30")),
            local("2026-11-25 09:30"),
            "what has begun is news, too"
        );
        let missed = Push::Missed { number: number(), slot };
        assert_eq!(missed.good_until(local("2026-11-24 09:30")), local("2026-11-25 09:30"));
    }

    #[test]
    fn nothing_of_a_customer_is_said() {
        let waits = Push::Waits { number: number(), lane: Lane::New, urgency: Urgency::Urgent };
        let said = serde_json::to_value(&waits).expect("JSON");
        let fields: BTreeSet<_> = said.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(fields, BTreeSet::from(["lane", "number", "push", "urgency"]));
    }
}
