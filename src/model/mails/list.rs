//! What became of mails, and the staff's list of those that were not sent.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::{codes::coded_enum, ids::MailId, paging::CountedPage, text::spelled_in_json};

coded_enum! {
    /// What became of a mail.
    pub enum MailState {
        /// It waits for its turn, the first or another one.
        Queued = "queued",
        /// The mail server took it.
        Sent = "sent",
        /// It was tried as often as it may be. Staff see it and can send it again.
        Failed = "failed",
        /// What it tells is no longer so: it was not sent, and nobody need care.
        Withdrawn = "withdrawn",
        /// Its reader wishes to be told with all else of a day.
        Gathered = "gathered",
        /// It was told so.
        Digested = "digested",
        /// Its reader does not wish to be told by mail: nobody was.
        Unwished = "unwished",
    }
}

/// A place in the staff's list of mails, after which it goes on: those that failed come first, then those that wait, each the
/// newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailPlace {
    /// What became of the mail there.
    pub state: MailState,
    /// Which it is.
    pub id: MailId,
}

impl fmt::Display for MailPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.state.code(), self.id)
    }
}

impl FromStr for MailPlace {
    type Err = InvalidMailPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (state, id) = text.split_once('.').ok_or(InvalidMailPlace)?;
        let state = MailState::from_code(state).ok_or(InvalidMailPlace)?;
        Ok(Self { state, id: id.parse().map_err(|_| InvalidMailPlace)? })
    }
}

spelled_in_json!(MailPlace);

/// A text that names no place in the list of mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no place in the list of mails")]
pub struct InvalidMailPlace;

/// The staff's list of mails that were not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailList {
    /// Those that failed for good, then those that wait, each the newest first.
    pub mails: CountedPage<MailRow, MailPlace>,
    /// How many failed for good.
    pub failed: u32,
}

/// A line of the staff's list of mails, and of the demo's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRow {
    /// The row, by which the demo shows it.
    pub id: MailId,
    /// To whom.
    pub to: String,
    /// The subject, laid out.
    pub subject: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// What became of it.
    pub state: MailState,
    /// Whether a mail server has said later that it could not be delivered.
    pub is_returned: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// What the mail server said last; for staff only.
    pub last_error: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_list_is_spelled_in_the_address() {
        let place = MailPlace { state: MailState::Failed, id: MailId(7) };
        assert_eq!(place.to_string(), "failed.7");
        assert_eq!("failed.7".parse(), Ok(place));
        for nonsense in ["", "7", "lost.7", "failed.x"] {
            assert_eq!(nonsense.parse::<MailPlace>(), Err(InvalidMailPlace), "{nonsense}");
        }
    }
}
