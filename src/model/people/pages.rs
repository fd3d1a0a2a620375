//! What pages show of people.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::accounts::Viewer;

/// One's own account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    /// Who it is.
    pub viewer: Viewer,
    /// With which address the person signs in.
    pub email: String,
    /// Where this person is signed in, the current session first.
    pub sessions: Vec<SessionView>,
}

/// A session of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// What to name when ending it.
    pub id: Uuid,
    /// Whether it is the one that is asking.
    pub current: bool,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to five minutes.
    pub last_seen_at: DateTime<Utc>,
    /// What the browser calls itself.
    pub user_agent: String,
}
