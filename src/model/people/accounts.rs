//! Who is looking at a page, and what a person sees of the own account.

use serde::{Deserialize, Serialize};

use super::members::{Capabilities, Capability, StaffRoles};

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
        roles: StaffRoles,
    },
}

impl Viewer {
    /// Whether this is a member with the capability; staff and visitors never are.
    #[must_use]
    pub fn may(&self, capability: Capability) -> bool {
        matches!(self, Viewer::Member { capabilities, .. } if capabilities.may(capability))
    }
}
