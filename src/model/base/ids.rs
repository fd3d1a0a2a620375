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
    /// A customer's computer, to which technicians connect.
    ComputerId
    /// A row of the catalogue of work.
    WorkTypeId
    /// An agreed time, from the hold on.
    AppointmentId
    /// A deviation from a technician's week: an absence, or work on top of it.
    PlanExceptionId
    /// A contract (Servisně licenční smlouva).
    ContractId
    /// A contract, or an amendment, as it was signed.
    ContractFileId
    /// Minutes credited once.
    GrantId
    /// The work done for one request: the unit to which the minimum applies.
    InterventionId
    /// A stretch of a technician's time.
    SegmentId
    /// A block of text of a technician's reports.
    ReportBlockId
    /// A member's objection to a segment.
    ContestId
    /// A message about a request: an event of it.
    MessageId
    /// A mail that Linka sends.
    MailId
    /// A mail that came to the line.
    InboundMailId
    /// A browser in which a person of the vendor is notified.
    PushDeviceId
    /// A passkey of somebody who signs in.
    PasskeyId
    /// A notification for one device.
    PushMessageId
    /// A short message to a telephone.
    SmsMessageId
    /// A time that is held for a request in the place of its agreed one.
    EarlierOfferId
    /// A connection of TeamViewer's.
    RemoteConnectionId
    /// Something that a program is told.
    WebhookMessageId
    /// A bundle in the catalogue.
    BundleId
    /// A region of the line.
    RegionId
    /// A tax document.
    DocumentId
    /// A bank statement that was imported.
    BankStatementId
    /// A payment that came to the bank account.
    BankPaymentId
    /// An invoice from before Linka.
    EarlierInvoiceId
    /// Something about a payment that a manager has to look at.
    PaymentAlertId
    /// An entry of the audit.
    AuditId
    /// An account that signs in; it belongs to a member or to a person of the vendor.
    LoginId
}

/// Declares a newtype over a UUID that is made before the database has seen the thing: a form that is sent twice carries
/// the same one, so that it has one effect.
macro_rules! made_id {
    ($( $(#[$meta:meta])* $name:ident )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+ };
}

made_id! {
    /// A service request; also the UID of the calendar event for life (design, Changing one's mind).
    RequestId
    /// The purchase of a bundle; also the key under which Stripe is asked to take its payment.
    PurchaseId
    /// Money that is given back; also the key under which Stripe is asked to return it.
    RefundId
    /// What hits many customers of a program at once.
    OutageId
    /// A token by which a program of a customer orders by itself.
    ApiTokenId
    /// A file that goes with a message.
    AttachmentId
    /// Minutes that come each period by themselves.
    SubscriptionId
    /// A try to take a payment by card; also the key under which Stripe is asked for it.
    CardTryId
    /// A difference that is written off, or an entry of a customer's balance.
    SettlingId
    /// An address at which a program is told what happens.
    WebhookId
}

impl RequestId {
    /// UID of the request's calendar event (RFC 5545).
    #[must_use]
    pub fn calendar_uid(self) -> String {
        format!("{self}@linka")
    }
}

#[cfg(test)]
mod tests {
    use super::{CustomerId, RequestId};

    #[test]
    fn a_row_id_is_its_number_everywhere() {
        assert_eq!(CustomerId(42).to_string(), "42");
        assert_eq!("42".parse(), Ok(CustomerId(42)));
        assert!("4x".parse::<CustomerId>().is_err());
        assert_eq!(serde_json::to_string(&CustomerId(42)).unwrap(), "42");
        assert_eq!(serde_json::from_str::<CustomerId>("42").unwrap(), CustomerId(42));
    }

    #[test]
    fn a_request_id_is_its_uuid_everywhere() {
        let text = "018f8f6e-7b1c-7c3a-9d2e-5b6a7c8d9e0f";
        let id: RequestId = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{text}\""));
        assert!("nobody".parse::<RequestId>().is_err());
    }
}
