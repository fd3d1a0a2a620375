//! What customers and the vendor write to one another about a request (design, Conversation).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::timeline::TimelineEntry;
use crate::model::base::{
    fields::{FieldCode, keep_lines},
    ids::MessageId,
};

/// The most characters of a message.
pub const MESSAGE_MAX: usize = 4_000;

/// A message as it is kept.
///
/// # Errors
/// That it says nothing, or too much.
pub fn check_message(typed: &str) -> Result<String, FieldCode> {
    keep_lines(typed, 1..=MESSAGE_MAX)
}

/// How the conversation about a request stands, for people of the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VendorConversation {
    /// The last message: an answer is to it and all before.
    pub last: Option<MessageId>,
    /// Since when the customer waits for an answer.
    pub waits_since: Option<DateTime<Utc>>,
    /// When somebody of the customer read what the vendor wrote last; none while nobody has, or nothing was written.
    pub read_at: Option<DateTime<Utc>>,
    /// Whether anybody who takes part in it gets mail: whoever does not is better called.
    pub is_told: bool,
    /// Whether the viewer may write.
    pub may_write: bool,
}

/// The conversation as the workbench shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BenchConversation {
    /// The messages, the oldest first.
    pub messages: Vec<TimelineEntry>,
    /// How it stands.
    pub standing: VendorConversation,
}

#[cfg(test)]
mod tests {
    use super::{MESSAGE_MAX, check_message};
    use crate::model::base::fields::FieldCode;

    #[test]
    fn a_message_says_something_and_not_too_much() {
        assert_eq!(check_message("  Nejde tisk.\r\nAni náhled. "), Ok("Nejde tisk.\nAni náhled.".to_owned()));
        assert_eq!(check_message(" \r\n\t"), Err(FieldCode::Missing));
        assert_eq!(check_message(&"ž".repeat(MESSAGE_MAX)), Ok("ž".repeat(MESSAGE_MAX)));
        assert_eq!(check_message(&"ž".repeat(MESSAGE_MAX + 1)), Err(FieldCode::TooLong));
    }
}
