//! Passkeys: what a browser or a device proves instead of a password (design, Passkeys).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::base::{
    fields::{FieldCode, FieldProblem, keep_line},
    ids::PasskeyId,
};

/// The most characters of what somebody calls a key.
pub const KEY_NAME_MAX: usize = 60;

/// A key of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Which it is.
    pub id: PasskeyId,
    /// What its person calls it.
    pub name: String,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// When it last signed in.
    pub used_at: Option<DateTime<Utc>>,
}

/// With what a browser begins to make or to use a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceremony {
    /// Which: to be sent with what comes of it.
    pub id: Uuid,
    /// The options as JSON, as the browser reads them.
    pub options: String,
}

/// What somebody calls a key.
///
/// # Errors
/// What is wrong with the field `key_name`.
pub fn keep_name(typed: &str) -> Result<String, Vec<FieldProblem>> {
    keep_line(typed, 1..=KEY_NAME_MAX).map_err(|code: FieldCode| vec![FieldProblem::new("key_name", code)])
}
