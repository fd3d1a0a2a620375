//! What several kinds of mail say: an agreed time, a document and how it is paid, a link that opens something once.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{
    base::{bilingual::Bilingual, ids::DocumentId, money::Money, numbers::RequestNumber, terms::Urgency},
    minutes::estimate::Estimate,
    money::{purchases::PurchaseNumber, tax_documents::DocumentKind, variable_symbol::VariableSymbol},
    ordering::{offers::Slot, outages::OutageStep, timeline::TimeChange},
    work::lanes::Lane,
};

/// A link that a mail carries, which opens something once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailedLink {
    /// Which it is: its secret follows from this and the key of the installation, and is kept nowhere.
    pub id: Uuid,
    /// Until when it is good.
    pub until: DateTime<Utc>,
    /// Its secret, which is known only while the mail is laid out.
    #[serde(skip)]
    pub secret: String,
}

/// A document that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentMail {
    /// The document that goes with the mail.
    pub id: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// Its number.
    pub number: String,
    /// What it comes to, including VAT.
    pub total: Money,
    /// The purchase that it is about. Mails that were written before it was called so are kept with its old name.
    #[serde(alias = "order")]
    pub purchase: Option<PurchaseNumber>,
}

/// How a document is to be paid by transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentDetails {
    /// The account as Czechs write it.
    pub account: String,
    /// The same as an IBAN.
    pub iban: String,
    /// The bank. Mails of former days say nothing of it, nor of who gets the money.
    #[serde(default)]
    pub bic: String,
    /// Who gets it.
    #[serde(default)]
    pub recipient: String,
    /// The variable symbol.
    pub variable_symbol: Option<VariableSymbol>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
}

/// The fee of a contract for one of its periods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeOf {
    /// The contract's number.
    pub contract: String,
    /// The first day that it pays for.
    pub from: NaiveDate,
    /// The last one.
    pub until: NaiveDate,
}

/// The most things that one mail lists; of more it says how many there are.
pub const MOST_LISTED: usize = 20;

/// The most things that one mail to a person of the vendor lists: it says what comes first, and the queue the rest.
pub const MOST_TOLD: usize = 10;

/// A time that came into a technician's plan, or left it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedVisit {
    /// The request.
    pub number: RequestNumber,
    /// The customer's name.
    pub customer: String,
    /// The time.
    pub slot: Slot,
    /// Whether it is theirs from now on, or no longer.
    pub is_theirs: bool,
}

/// An agreed time of which something became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedTime {
    /// The request.
    pub number: RequestNumber,
    /// What was done.
    pub change: TimeChange,
    /// How urgent the request is.
    pub urgency: Urgency,
    /// The customer's name.
    pub customer: String,
    /// The time that is agreed, or was.
    pub slot: Slot,
}

/// A thing that waits at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingItem {
    /// The request.
    pub number: RequestNumber,
    /// What it waits for.
    pub lane: Lane,
    /// How urgent it is.
    pub urgency: Urgency,
    /// The customer's name.
    pub customer: String,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// When what we promise is broken.
    pub due: DateTime<Utc>,
}

/// A mail about an outage to which a request belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageMail {
    /// What happened.
    pub step: OutageStep,
    /// The request.
    pub number: RequestNumber,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// What the outage is called.
    pub name: Bilingual,
    /// What there is to know, or what all were told; why the minimum is not charged.
    pub text: Bilingual,
    /// Whether the request goes on though the outage is over.
    pub goes_on: bool,
    /// The agreed time that nobody needs any more (`CANCEL`).
    #[serde(default)]
    pub called_off: Option<Box<AppointmentMail>>,
}

/// A mail about an agreed time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentMail {
    /// The request.
    pub number: RequestNumber,
    /// UID of the calendar event, the same for the request's life.
    pub uid: String,
    /// SEQUENCE of the calendar event: rises with each change.
    pub sequence: u32,
    /// The agreed time; of a cancelled one the last it had.
    pub slot: Slot,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// Who sits at the computer.
    pub contact_name: String,
    /// Where the technician calls.
    pub contact_phone: String,
    /// Until when the customer may move or cancel; none once it is over or called off.
    #[serde(alias = "change_deadline")]
    pub cut_off: Option<DateTime<Utc>>,
    /// What it will probably take and cost, as frozen with the order. Mails of former days say nothing of it.
    #[serde(default)]
    pub estimate: Option<Estimate>,
    /// The reason that was given, if any.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_of_former_days_are_read_under_the_old_name_of_a_purchase() {
        let stored = r#"{"id":1,"kind":"payment","number":"2026200001","total":166980,"order":"B2026-000123"}"#;
        let document: DocumentMail = serde_json::from_str(stored).unwrap();
        assert_eq!(document.purchase, "B2026-000123".parse().ok());
        let none: DocumentMail = serde_json::from_str(&stored.replace("\"B2026-000123\"", "null")).unwrap();
        assert_eq!(none.purchase, None);
    }
}
