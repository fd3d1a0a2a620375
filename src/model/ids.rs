//! Identities: one type per kind of thing, so that no function can be handed a program's number where a
//! customer's is meant.

use std::{fmt, num::ParseIntError, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares a newtype over the `i64` key of a table. Transparent to serde: on the wire it is the number.
macro_rules! row_id {
    ($( $(#[$meta:meta])* $name:ident )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+ };
}

row_id! {
    /// An organisation that is a customer.
    CustomerId
    /// A person of a customer.
    MemberId
    /// A person of the vendor: dispatcher, technician, manager.
    StaffId
    /// A program that a customer runs.
    ProgramId
    /// A row of the catalogue of work.
    WorkTypeId
    /// An agreed time, from the hold on.
    AppointmentId
    /// An account that signs in; it belongs to a member or to a person of the vendor.
    LoginId
}

/// A service request. It is a UUID because it is made before the database has seen it (a form that is sent
/// twice carries the same one) and because it is the UID of the calendar event for life (the design, §2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub Uuid);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for RequestId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}
