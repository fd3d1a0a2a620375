//! Calendar feeds (design, Calendar feeds): agreed times that somebody's own calendar reads by itself, from an address that is a
//! secret.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    base::{bilingual::Bilingual, numbers::RequestNumber},
    ordering::{appointments::AppointmentState, offers::Slot},
};

/// How long what is over stays in the calendar.
pub const FEED_PAST: TimeDelta = TimeDelta::days(92);
/// How long before the agreed time the calendar reminds of it, in minutes.
pub const ALARM_MINUTES: i64 = 30;
/// How often one feed may be read within an hour. Calendars come once in some hours; this is room for several of them.
pub const FEED_READS_PER_HOUR: u32 = 120;

/// What `/account/calendar` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedPage {
    /// The feed of whoever asks, if they have one.
    pub feed: Option<OwnFeed>,
    /// Its address, where it was made just now: it is kept nowhere.
    pub address: Option<String>,
}

/// Somebody's feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFeed {
    /// Whether it tells that somebody is busy, and nothing else.
    pub busy_only: bool,
    /// Since when its address is good.
    pub made_at: DateTime<Utc>,
}

/// An agreed time as a calendar tells it: of each request the latest one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// By what calendars know it: the same as in the mailed invitations.
    pub uid: String,
    /// Rises with each change.
    pub sequence: u32,
    /// When it was last said otherwise.
    pub said_at: DateTime<Utc>,
    /// The time.
    pub slot: Slot,
    /// Where it is in its life.
    pub state: AppointmentState,
    /// The request.
    pub number: RequestNumber,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// Who sits at the computer.
    pub contact_name: String,
    /// What its reader needs beside that.
    pub reader: FeedReader,
}

/// What whoever reads a calendar needs to know of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedReader {
    /// The customer's person: the number of the line.
    Member {
        /// Where they call.
        line_phone: String,
    },
    /// The technician: whose computer it is and how it is reached.
    Technician {
        /// The customer's name.
        customer: String,
        /// The telephone of who sits at the computer.
        contact_phone: String,
        /// The computers that run the program, by name and TeamViewer number.
        computers: Vec<String>,
    },
}

impl FeedEntry {
    /// Whether the time will not take place, or did not.
    #[must_use]
    pub const fn is_called_off(&self) -> bool {
        matches!(self.state, AppointmentState::Cancelled | AppointmentState::MissedByUs)
    }
}
