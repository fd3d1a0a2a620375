//! Who is looking at a page, and what a person sees of the own account.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::members::{Capabilities, Capability, StaffRole};

/// The person for whom a page is rendered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Viewer {
    /// Nobody is signed in.
    Visitor,
    /// A member of a customer.
    Member {
        /// The person's name.
        name: String,
        /// The organisation's name.
        customer: String,
        /// What the person may do there.
        capabilities: Capabilities,
    },
    /// A person of the vendor.
    Staff {
        /// The person's name.
        name: String,
        /// What the person does.
        role: StaffRole,
    },
}

impl Viewer {
    /// Whether this is a member with the capability; staff and visitors never are.
    #[must_use]
    pub fn may(&self, capability: Capability) -> bool {
        matches!(self, Viewer::Member { capabilities, .. } if capabilities.may(capability))
    }
}

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
