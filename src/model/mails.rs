//! Mails that Linka sends: what they say, frozen when the thing happens, and what became of them.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    base::{
        bilingual::Bilingual,
        codes::coded_enum,
        ids::{DocumentId, MailId, MemberId, MessageId},
        money::Money,
        numbers::RequestNumber,
        paging::CountedPage,
        terms::Urgency,
        text::spelled_in_json,
    },
    line::catalogue::SlotChoice,
    minutes::{alerts::Alert, estimate::Estimate},
    money::{purchases::PurchaseNumber, tax_documents::DocumentKind, variable_symbol::VariableSymbol},
    ordering::{offers::Slot, outages::OutageStep, timeline::TimeChange},
    work::{lanes::Lane, pushes::Push, receipts::Receipt},
};

/// What a mail says. Stored as JSON when the thing happens, in its transaction; laid out when the mail is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mail", rename_all = "snake_case")]
pub enum MailContent {
    /// A time was agreed; with a calendar part (`REQUEST`).
    Confirmed(AppointmentMail),
    /// Another time was agreed instead (`REQUEST`, same UID, higher SEQUENCE).
    Moved(AppointmentMail),
    /// The time was called off (`CANCEL`).
    Cancelled(AppointmentMail),
    /// The order was taken back within its first minutes (`CANCEL`).
    Withdrawn(AppointmentMail),
    /// The working day before.
    Reminder(AppointmentMail),
    /// The ceiling was reached.
    ConsentAsked {
        /// The request.
        number: RequestNumber,
        /// The program.
        program: Bilingual,
        /// The kind of work.
        work_type: Bilingual,
        /// The ceiling, in minutes.
        ceiling_minutes: u32,
        /// When it was reached.
        at: DateTime<Utc>,
    },
    /// The technician's work was closed and settled. A later version of the receipt means that the work was resumed:
    /// receipts that are corrected are told of by [`ContestDecided`](Self::ContestDecided).
    Closed {
        /// The receipt's latest version.
        receipt: Box<Receipt>,
        /// Whether all is done; else the request waits for another time.
        finished: bool,
        /// The agreed time that was still ahead and is not needed any more (`CANCEL`).
        #[serde(default)]
        called_off: Option<Box<AppointmentMail>>,
        /// Where its reader says what it was like, and agrees to what is billed, if all is done.
        #[serde(default)]
        rating: Option<MailedLink>,
    },
    /// We moved the agreed time (`REQUEST`, same UID, higher SEQUENCE).
    MovedByUs {
        /// The time that is agreed now.
        #[serde(flatten)]
        appointment: AppointmentMail,
        /// The time that was agreed before.
        former: Slot,
        /// Whether the line is closed then; else the technician is not there.
        is_closed: bool,
    },
    /// We called the agreed time off before it came (`CANCEL`), and another one is picked.
    CalledOffByUs {
        /// The time that was agreed.
        #[serde(flatten)]
        appointment: AppointmentMail,
        /// Who names the next one.
        choice: SlotChoice,
        /// Whether the line is closed then; else the technician is not there.
        is_closed: bool,
    },
    /// The customer was not there.
    NoShow(AppointmentMail),
    /// We did not come: the time is called off (`CANCEL`), and another one is picked.
    MissedByUs {
        /// The time that was missed.
        appointment: AppointmentMail,
        /// Who names the next one.
        choice: SlotChoice,
    },
    /// To somebody of the desk: what waits since they were last told.
    DeskWaits {
        /// What waits, what breaks first before the rest; the first [`MOST_LISTED`] of it.
        items: Vec<WaitingItem>,
        /// How many wait beside those.
        #[serde(default)]
        more: u32,
    },
    /// To somebody of the desk: what became of agreed times since they were last told.
    CustomersChanged {
        /// What was done, the oldest first; the first [`MOST_LISTED`] of it.
        changes: Vec<ChangedTime>,
        /// How many there are beside those.
        more: u32,
    },
    /// To a technician: an agreed time passed without them.
    VisitMissed {
        /// The request.
        number: RequestNumber,
        /// SEQUENCE of the calendar event, as the miss raised it.
        sequence: u32,
        /// The customer's name.
        customer: String,
        /// The time that was missed.
        slot: Slot,
        /// Who sits at the computer.
        contact_name: String,
        /// Where to reach that person.
        contact_phone: String,
    },
    /// Dispatch offers times of which the customer picks one.
    TimesOffered {
        /// The request.
        number: RequestNumber,
        /// The program.
        program: Bilingual,
        /// The kind of work.
        work_type: Bilingual,
        /// The times.
        slots: Vec<Slot>,
        /// Until when they are on offer.
        until: DateTime<Utc>,
    },
    /// The vendor declines a request that had no agreed time.
    Declined {
        /// The request.
        number: RequestNumber,
        /// The program.
        program: Bilingual,
        /// The kind of work.
        work_type: Bilingual,
        /// Why it is declined.
        reason: String,
    },
    /// The request said the same as another one, and ended in its favour.
    Merged {
        /// The request that ended.
        number: RequestNumber,
        /// The one that goes on.
        into: RequestNumber,
        /// The program.
        program: Bilingual,
        /// The kind of work.
        work_type: Bilingual,
    },
    /// Something about an outage to which a request belongs.
    Outage(OutageMail),
    /// Staff corrected what a request is about, or how urgent it is.
    Reclassified {
        /// The request.
        number: RequestNumber,
        /// The program.
        program: Bilingual,
        /// The kind of work, as it is now.
        work_type: Bilingual,
        /// How urgent it is now.
        urgency: Urgency,
        /// What it will probably take and cost now.
        estimate: Estimate,
        /// Why it was changed.
        reason: String,
    },
    /// To a technician: the desk agreed a time with them, or took it from them.
    VisitPlanned {
        /// The request.
        number: RequestNumber,
        /// The customer's name.
        customer: String,
        /// The time.
        slot: Slot,
        /// Whether it is theirs from now on, or no longer.
        is_theirs: bool,
    },
    /// Minutes run low or expire.
    Alert(Alert),
    /// To those who manage a customer's people: the contract ends, and nothing follows it.
    ContractEnds {
        /// The contract's number.
        contract: String,
        /// Its last day.
        last_day: NaiveDate,
    },
    /// To those who buy: the next period of their subscription is asked for soon.
    SubscriptionRenews {
        /// Its first day.
        on: NaiveDate,
        /// Its minutes.
        minutes: u32,
        /// What it costs, including VAT.
        total: Money,
        /// How many of the minutes of the period now were used.
        used: u32,
        /// How many there were.
        of: u32,
        /// What is used in such a period on the average of the last months.
        average: u32,
    },
    /// To those who buy: their subscription waits, as its payment did not come or nothing is sold to them.
    SubscriptionPaused,
    /// To somebody who may order: a colleague who may not asks for it.
    OrderAsked {
        /// Who asks.
        by: String,
    },
    /// A contest was decided.
    ContestDecided {
        /// The receipt's path on this site.
        path: String,
        /// The request.
        number: RequestNumber,
        /// Whether it was accepted, at least in part.
        accepted: bool,
        /// How many minutes of the segment, where it was some of them only.
        #[serde(default)]
        accepted_minutes: Option<u32>,
        /// The answer.
        answer: String,
    },
    /// To somebody of the customer: the vendor wrote about a request.
    VendorWrote {
        /// The request.
        number: RequestNumber,
        /// The program.
        program: Bilingual,
        /// The kind of work.
        work_type: Bilingual,
        /// What was written.
        text: String,
        /// Which message it is: who has read it needs no mail.
        message: MessageId,
        /// Who reads it.
        reader: MemberId,
    },
    /// To the technician with whom a time is agreed: the customer wrote about the request.
    CustomerWrote {
        /// The request.
        number: RequestNumber,
        /// The customer's name.
        customer: String,
        /// Which message it is: who has answered it needs no mail.
        message: MessageId,
    },
    /// To a technician: somebody objects to a segment of theirs.
    Contested {
        /// The request.
        number: RequestNumber,
        /// Why, in the customer's words.
        reason: String,
    },
    /// To a technician: somebody else has opened work of theirs again.
    Reopened {
        /// The request.
        number: RequestNumber,
        /// The customer's name.
        customer: String,
        /// What is to be put right.
        reason: String,
    },
    /// To a technician whose clock stands: the customer answered whether to go on above the ceiling.
    ConsentAnswered {
        /// The request.
        number: RequestNumber,
        /// The customer's name.
        customer: String,
        /// Who answered.
        by: String,
        /// Whether the work may go on.
        agreed: bool,
        /// Up to how many minutes; none with `agreed` for no limit.
        new_ceiling: Option<u32>,
    },
    /// To a person of the vendor: the address to sign in with was changed by a manager. Sent to the new one and to the former.
    AddressChanged {
        /// The new address; none in the mail to the former one, at which anybody may read.
        address: Option<String>,
    },
    /// To whoever asked for it: where a new password is chosen.
    PasswordLink {
        /// Where that is done.
        link: MailedLink,
    },
    /// To whoever asked for it: where one signs in without a password.
    SignInLink {
        /// Where that is done.
        link: MailedLink,
    },
    /// Somebody wants to sign in with another address: asked at both.
    AddressAsked {
        /// The new address; none in the mail to the former one, at which anybody may read.
        address: Option<String>,
        /// Where that is agreed to.
        link: MailedLink,
    },
    /// The password is another one since.
    PasswordChanged {
        /// When it was changed.
        at: DateTime<Utc>,
    },
    /// To a person whom a colleague lets in: the link by which a password is chosen.
    Invited {
        /// The organisation's name.
        customer: String,
        /// Where that is done.
        link: MailedLink,
    },
    /// To whoever has registered an organisation: the link that opens it.
    Registration {
        /// What the organisation is called.
        organisation: String,
        /// Where that is done.
        link: MailedLink,
    },
    /// To whoever has registered with an address with which somebody signs in already.
    AccessThere {
        /// What the organisation is called, as it was typed.
        organisation: String,
    },
    /// To those who manage: somebody asks for access to their organisation.
    AccessAsked {
        /// The name, as it was typed.
        name: String,
    },
    /// To the desk: somebody asks for access to a customer, whose people decide.
    StrangerAsks {
        /// The name, as it was typed.
        name: String,
        /// What the customer is called.
        organisation: String,
    },
    /// To the desk: an organisation has come in by itself.
    Newcomer {
        /// What it is called.
        organisation: String,
    },
    /// To a person who takes over what is open of a colleague who left.
    HandedOver {
        /// How many requests.
        requests: u32,
    },
    /// To a technician: a clock looks forgotten.
    ClockForgotten {
        /// The request.
        number: RequestNumber,
        /// The customer's name.
        customer: String,
        /// Since when the clock runs.
        since: DateTime<Utc>,
    },
    /// Bundles were bought by transfer: a proforma, or an invoice when their minutes are credited at once.
    PaymentAsked {
        /// The document.
        document: DocumentMail,
        /// How it is to be paid.
        payment: PaymentDetails,
        /// The minutes.
        minutes: u32,
        /// The last day on which the minutes can be drawn; none when they wait for the payment.
        credited_until: Option<NaiveDate>,
    },
    /// A part of the price of bundles came: here is its tax document.
    PartReceived {
        /// The tax document on the part.
        document: DocumentMail,
        /// The minutes of all of them.
        minutes: u32,
        /// What is left to pay, including VAT.
        left: Money,
    },
    /// Bundles were paid: their minutes are credited, and here is the tax document.
    MinutesCredited {
        /// The tax document on the payment.
        document: DocumentMail,
        /// The minutes.
        minutes: u32,
        /// The last day on which they can be drawn.
        last_day: NaiveDate,
    },
    /// A month's interventions beyond the grants are invoiced, or the fee of a contract.
    MonthInvoiced {
        /// The invoice.
        document: DocumentMail,
        /// How it is to be paid.
        payment: PaymentDetails,
        /// A day of the month, or the first day that the fee pays for.
        month: NaiveDate,
        /// What fee it is, if it is one.
        #[serde(default)]
        fee: Option<FeeOf>,
    },
    /// Something is credited.
    Credited {
        /// The credit note.
        document: DocumentMail,
        /// The number of the document that it corrects.
        corrects: String,
        /// What was said as the reason, as it was typed.
        reason: String,
    },
    /// To a customer's person who wishes it so: what was told of a day, each as it would have been told by itself.
    Digest {
        /// What is told, the oldest first; the first [`MOST_LISTED`] of it.
        mails: Vec<MailContent>,
        /// How many there are beside those.
        more: u32,
    },
    /// What was written to a person who is erased since: only that it was.
    Erased {
        /// Which request or purchase it was about, if it was about one.
        #[serde(default)]
        number: Option<String>,
    },
}

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

impl MailContent {
    /// The document that goes with the mail.
    #[must_use]
    pub const fn document(&self) -> Option<&DocumentMail> {
        match self {
            Self::PaymentAsked { document, .. }
            | Self::PartReceived { document, .. }
            | Self::MinutesCredited { document, .. }
            | Self::MonthInvoiced { document, .. }
            | Self::Credited { document, .. } => Some(document),
            _ => None,
        }
    }

    /// The link that it carries.
    #[must_use]
    pub const fn link(&self) -> Option<&MailedLink> {
        match self {
            Self::Invited { link, .. }
            | Self::Registration { link, .. }
            | Self::PasswordLink { link }
            | Self::SignInLink { link }
            | Self::AddressAsked { link, .. } => Some(link),
            _ => None,
        }
    }

    /// The same, to be given its secret.
    pub const fn link_mut(&mut self) -> Option<&mut MailedLink> {
        match self {
            Self::Closed { rating: Some(link), .. }
            | Self::Invited { link, .. }
            | Self::Registration { link, .. }
            | Self::PasswordLink { link }
            | Self::SignInLink { link }
            | Self::AddressAsked { link, .. } => Some(link),
            _ => None,
        }
    }

    /// What the same says on the devices of a person of the vendor; none for what goes by mail only, or has a notification for each
    /// thing that it lists.
    #[must_use]
    pub const fn push(&self) -> Option<Push> {
        match self {
            Self::VisitPlanned { number, slot, is_theirs, .. } => {
                Some(Push::Planned { number: *number, slot: *slot, is_theirs: *is_theirs })
            }
            Self::VisitMissed { number, slot, .. } => Some(Push::Missed { number: *number, slot: *slot }),
            Self::ConsentAnswered { number, agreed, .. } => {
                Some(Push::ConsentAnswered { number: *number, agreed: *agreed })
            }
            Self::CustomerWrote { number, .. } => Some(Push::Wrote { number: *number }),
            Self::Contested { number, .. } => Some(Push::Contested { number: *number }),
            Self::Reopened { number, .. } => Some(Push::Reopened { number: *number }),
            Self::ClockForgotten { number, .. } => Some(Push::ClockForgotten { number: *number }),
            _ => None,
        }
    }

    /// Its stable code, the same as in JSON.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Confirmed(_) => "confirmed",
            Self::Moved(_) => "moved",
            Self::Cancelled(_) => "cancelled",
            Self::Withdrawn(_) => "withdrawn",
            Self::Reminder(_) => "reminder",
            Self::ConsentAsked { .. } => "consent_asked",
            Self::Closed { .. } => "closed",
            Self::MovedByUs { .. } => "moved_by_us",
            Self::CalledOffByUs { .. } => "called_off_by_us",
            Self::NoShow(_) => "no_show",
            Self::MissedByUs { .. } => "missed_by_us",
            Self::DeskWaits { .. } => "desk_waits",
            Self::CustomersChanged { .. } => "customers_changed",
            Self::VisitMissed { .. } => "visit_missed",
            Self::TimesOffered { .. } => "times_offered",
            Self::Declined { .. } => "declined",
            Self::Merged { .. } => "merged",
            Self::Outage(_) => "outage",
            Self::Reclassified { .. } => "reclassified",
            Self::VisitPlanned { .. } => "visit_planned",
            Self::Alert(_) => "alert",
            Self::ContractEnds { .. } => "contract_ends",
            Self::SubscriptionRenews { .. } => "subscription_renews",
            Self::SubscriptionPaused => "subscription_paused",
            Self::OrderAsked { .. } => "order_asked",
            Self::ContestDecided { .. } => "contest_decided",
            Self::VendorWrote { .. } => "vendor_wrote",
            Self::CustomerWrote { .. } => "customer_wrote",
            Self::Contested { .. } => "contested",
            Self::Reopened { .. } => "reopened",
            Self::ConsentAnswered { .. } => "consent_answered",
            Self::AddressChanged { .. } => "address_changed",
            Self::PasswordLink { .. } => "password_link",
            Self::SignInLink { .. } => "sign_in_link",
            Self::AddressAsked { .. } => "address_asked",
            Self::PasswordChanged { .. } => "password_changed",
            Self::Invited { .. } => "invited",
            Self::Registration { .. } => "registration",
            Self::AccessThere { .. } => "access_there",
            Self::AccessAsked { .. } => "access_asked",
            Self::StrangerAsks { .. } => "stranger_asks",
            Self::Newcomer { .. } => "newcomer",
            Self::HandedOver { .. } => "handed_over",
            Self::ClockForgotten { .. } => "clock_forgotten",
            Self::PaymentAsked { .. } => "payment_asked",
            Self::PartReceived { .. } => "part_received",
            Self::MinutesCredited { .. } => "minutes_credited",
            Self::MonthInvoiced { .. } => "month_invoiced",
            Self::Credited { .. } => "credited",
            Self::Digest { .. } => "digest",
            Self::Erased { .. } => "erased",
        }
    }
}

/// The most things that one mail lists; of more it says how many there are.
pub const MOST_LISTED: usize = 20;

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

coded_enum! {
    /// What became of a mail.
    pub enum MailState {
        /// It waits for its turn, the first or another one.
        Queued = "queued",
        /// The mail server took it.
        Sent = "sent",
        /// It was tried as often as it may be. Staff see it and can send it again.
        Failed = "failed",
        /// What it tells is no longer so: it was not sent, and nobody need care.
        Withdrawn = "withdrawn",
        /// Its reader wishes to be told with all else of a day.
        Gathered = "gathered",
        /// It was told so.
        Digested = "digested",
        /// Its reader does not wish to be told by mail: nobody was.
        Unwished = "unwished",
    }
}

/// A place in the staff's list of mails, after which it goes on: those that failed come first, then those that wait, each the
/// newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailPlace {
    /// What became of the mail there.
    pub state: MailState,
    /// Which it is.
    pub id: MailId,
}

impl fmt::Display for MailPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.state.code(), self.id)
    }
}

impl FromStr for MailPlace {
    type Err = InvalidMailPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (state, id) = text.split_once('.').ok_or(InvalidMailPlace)?;
        let state = MailState::from_code(state).ok_or(InvalidMailPlace)?;
        Ok(Self { state, id: id.parse().map_err(|_| InvalidMailPlace)? })
    }
}

spelled_in_json!(MailPlace);

/// A text that names no place in the list of mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no place in the list of mails")]
pub struct InvalidMailPlace;

/// The staff's list of mails that were not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailList {
    /// Those that failed for good, then those that wait, each the newest first.
    pub mails: CountedPage<MailRow, MailPlace>,
    /// How many failed for good.
    pub failed: u32,
}

/// A line of the staff's list of mails, and of the demo's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRow {
    /// The row, by which the demo shows it.
    pub id: MailId,
    /// To whom.
    pub to: String,
    /// The subject, laid out.
    pub subject: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// What became of it.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: u32,
    /// What the mail server said last; for staff only.
    pub last_error: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_list_is_spelled_in_the_address() {
        let place = MailPlace { state: MailState::Failed, id: MailId(7) };
        assert_eq!(place.to_string(), "failed.7");
        assert_eq!("failed.7".parse(), Ok(place));
        for nonsense in ["", "7", "lost.7", "failed.x"] {
            assert_eq!(nonsense.parse::<MailPlace>(), Err(InvalidMailPlace), "{nonsense}");
        }
    }

    #[test]
    fn mails_of_former_days_are_read_under_the_old_name_of_a_purchase() {
        let stored = r#"{"id":1,"kind":"payment","number":"2026200001","total":166980,"order":"B2026-000123"}"#;
        let document: DocumentMail = serde_json::from_str(stored).unwrap();
        assert_eq!(document.purchase, "B2026-000123".parse().ok());
        let none: DocumentMail = serde_json::from_str(&stored.replace("\"B2026-000123\"", "null")).unwrap();
        assert_eq!(none.purchase, None);
    }
}
