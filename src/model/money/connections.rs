//! Connections to the outside: how mails leave, how cards are charged, where the portal is reached; and what came of trying them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{card::PaymentsMode, statements::SourceStanding};
use crate::model::{base::codes::coded_enum, line::setup::SiteAddress};

coded_enum! {
    /// What can be tried.
    pub enum Connection {
        /// The mail server.
        Mail = "mail",
        /// Payments by card, at Stripe.
        Cards = "cards",
    }
}

/// What came of trying a connection the last time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionCheck {
    /// Which connection.
    pub connection: Connection,
    /// When it was tried.
    pub checked_at: DateTime<Utc>,
    /// Whether it works.
    pub succeeded: bool,
    /// What the other side said.
    pub answer: String,
}

/// What `/settings/connections` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionsPage {
    /// Whether there is a mail server.
    pub sends_mail: bool,
    /// As whom mails are sent.
    pub sender: String,
    /// Where a mail for trying goes: the manager's own address.
    pub own_address: String,
    /// Through which gateway short messages leave; none without one.
    pub sms: Option<String>,
    /// How cards are charged.
    pub payments: PaymentsMode,
    /// Whether the key moves real money.
    pub is_live: bool,
    /// Where people reach the portal.
    pub site: String,
    /// How that address serves.
    pub address: SiteAddress,
    /// From where statements come by themselves.
    pub statements: Vec<SourceStanding>,
    /// What came of trying the last time.
    pub checks: Vec<ConnectionCheck>,
    /// What time it is.
    pub now: DateTime<Utc>,
}
