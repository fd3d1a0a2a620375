//! Another address to sign in with, to which both mailboxes agree.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// `/account/address`: with which address one signs in, and which one wants to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAddressPage {
    /// The address of now.
    pub email: String,
    /// The one that was asked for.
    pub wanted: Option<WantedAddress>,
}

/// An address that was asked for and is not agreed to by both mailboxes yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedAddress {
    /// The address to be.
    pub email: String,
    /// Whether the mailbox of now has agreed.
    pub former_agreed: bool,
    /// Whether the mailbox to be has agreed.
    pub new_agreed: bool,
    /// Until when both may agree.
    pub until: DateTime<Utc>,
}

/// `/address`: where one of the two mailboxes agrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressPage {
    /// What is asked; none when the link is no longer good.
    pub asked: Option<AskedAddress>,
}

/// What one of the two mailboxes is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedAddress {
    /// The address to be; none for the mailbox of now, at which anybody may read.
    pub email: Option<String>,
    /// Whether this mailbox has agreed, and the other one has yet to.
    pub has_agreed: bool,
}
