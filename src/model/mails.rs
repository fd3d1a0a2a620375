//! Mails that Linka sends: what they say, frozen when the thing happens, and what became of them.

mod asked_payments;
mod kinds;
mod list;
mod parts;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    asked_payments::AskedPayment,
    list::{InvalidMailPlace, MailList, MailPlace, MailRow, MailState},
    parts::{
        AppointmentMail, ChangedTime, DocumentMail, FeeOf, MOST_LISTED, MOST_TOLD, MailedLink, OutageMail,
        PaymentDetails, PlannedVisit, WaitingItem,
    },
};
use super::{
    base::{
        bilingual::Bilingual,
        ids::{EarlierOfferId, MemberId, MessageId, WebhookId},
        money::Money,
        numbers::RequestNumber,
        terms::Urgency,
    },
    line::catalogue::SlotChoice,
    minutes::{alerts::Alert, estimate::Estimate},
    money::{
        payment_reminders::ReminderMail, purchases::PurchaseNumber, statements::SourceTrouble,
        tax_documents::DocumentKind,
    },
    ordering::offers::Slot,
    work::{receipts::Receipt, remote_sessions::SessionLink},
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
    /// Half an hour before: is everything ready?
    Soon {
        /// The time.
        #[serde(flatten)]
        appointment: AppointmentMail,
        /// The computers that run the program, by name and TeamViewer number.
        computers: Vec<String>,
        /// Where the customer lets the technician in, if that was known.
        #[serde(default)]
        session: Option<SessionLink>,
        /// Where its reader says so.
        link: MailedLink,
    },
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
        /// How many minutes are credited for it.
        #[serde(default)]
        credited: u32,
    },
    /// To somebody of the desk: what waits since they were last told.
    DeskWaits {
        /// What waits, what breaks first before the rest; the first [`MOST_TOLD`] of it.
        items: Vec<WaitingItem>,
        /// How many wait beside those.
        #[serde(default)]
        more: u32,
    },
    /// To somebody of the desk: what became of agreed times since they were last told.
    CustomersChanged {
        /// What was done, the oldest first; the first [`MOST_TOLD`] of it.
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
    /// A time that became free is held for a request that waits for an earlier one.
    EarlierOffered {
        /// The request.
        number: RequestNumber,
        /// The program.
        program: Bilingual,
        /// The kind of work.
        work_type: Bilingual,
        /// Which offer: who has answered needs no mail.
        offer: EarlierOfferId,
        /// The time that is held.
        slot: Slot,
        /// The time that is agreed.
        agreed: Slot,
        /// Until when it is held.
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
    /// A request was made of a mail that its reader has written.
    CameByMail {
        /// The request.
        number: RequestNumber,
        /// The program.
        program: Bilingual,
        /// The kind of work.
        work_type: Bilingual,
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
    /// To a technician: several times that came into their plan or left it within minutes, instead of a mail for each.
    PlanChanged {
        /// The times in the order in which that happened; the first [`MOST_TOLD`] of them.
        visits: Vec<PlannedVisit>,
        /// How many there are beside those.
        more: u32,
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
        /// Whether it is taken from the saved card.
        #[serde(default)]
        by_card: bool,
    },
    /// To those who buy: what is due could not be taken from the saved card.
    CardFailed {
        /// The purchase that is to be paid.
        purchase: PurchaseNumber,
        /// Its minutes.
        minutes: u32,
        /// How much, including VAT.
        total: Money,
        /// Whether the bank only wants the holder of the card to confirm it.
        asks_holder: bool,
        /// When it is tried again, if it is.
        again_on: Option<NaiveDate>,
    },
    /// To those who buy: the saved card was removed, and what follows.
    CardRemoved {
        /// Its last four digits.
        last4: String,
        /// Whether a subscription is paid by transfer from now on.
        subscription: bool,
        /// Whether no more minutes are bought by themselves.
        top_up: bool,
    },
    /// To those who buy: a card was entered by somebody who may not buy any more, and is not kept.
    CardNotKept {
        /// Its last four digits.
        last4: String,
    },
    /// To those who buy: no more minutes are bought by themselves, as the card failed or they cost more than was agreed.
    TopUpOff {
        /// Whether they cost more.
        dearer: bool,
    },
    /// To those who buy: their subscription waits, as its period was not paid.
    SubscriptionPaused,
    /// To those who buy: their subscription waits, as nothing is sold to them.
    SubscriptionBlocked,
    /// To somebody who may order: a colleague who may not asks for it.
    OrderAsked {
        /// Who asks.
        by: String,
    },
    /// To who manages: an address at which a program was told what happens is told nothing any more.
    WebhookOff {
        /// Which address it is.
        webhook: WebhookId,
        /// Where it is.
        url: String,
        /// Whether it has said itself that it is gone; else it has taken nothing for days.
        is_gone: bool,
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
    /// To those who manage: the desk has confirmed their organisation, which may order urgent help from now on.
    CustomerConfirmed {
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
    /// Minutes that were used are invoiced: their payment turned out to be another's.
    UsedInvoiced {
        /// The invoice.
        document: DocumentMail,
        /// How it is to be paid.
        payment: PaymentDetails,
        /// How many minutes.
        minutes: u32,
    },
    /// To managers: statements do not come by themselves any more.
    StatementsFail(SourceTrouble),
    /// A part of the price of bundles came: here is its tax document.
    PartReceived {
        /// The tax document on the part.
        document: DocumentMail,
        /// The minutes of all of them.
        minutes: u32,
        /// What is left to pay, including VAT.
        left: Money,
        /// How the rest is paid. Mails of former days say nothing of it.
        #[serde(default)]
        payment: Option<PaymentDetails>,
    },
    /// A part of what a document asks for came, and the rest is asked for.
    RestAsked {
        /// The document's number.
        number: String,
        /// What it is.
        kind: DocumentKind,
        /// What is left to pay, including VAT.
        left: Money,
        /// How it is to be paid.
        payment: PaymentDetails,
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
    /// To those who see documents: what is overdue.
    PaymentReminder(ReminderMail),
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
