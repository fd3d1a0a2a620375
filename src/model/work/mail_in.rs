//! Mails that come to the line (design, Mail in): what each of them is, and what becomes of it.
//!
//! A mail is kept as it came before anything else is done with it, and ends in exactly one [`InboundState`].

mod nature;
mod quoting;
mod subject;
mod tags;
mod voice;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    nature::{Nature, nature},
    quoting::{said_in, shortened},
    subject::{described, named_in},
    tags::{MailTag, SEAL_DIGITS, address_of, tags_among},
    voice::{AudioKind, VOICE_PATTERNS_MAX, VoicePatterns},
};
use super::cases::{CallerPerson, FoundCustomer, OpenRequest};
use crate::model::{
    base::{
        codes::coded_enum,
        fields::{FieldCode, FieldProblem, keep_lines},
        ids::{CustomerId, InboundMailId, MemberId, ProgramId, WorkTypeId},
        numbers::RequestNumber,
        paging::CountedPage,
        seen::Fields,
    },
    line::catalogue::{Program, WorkType},
};

/// The most bytes of a mail that is kept whole; of what is larger the head is, and its sender is told.
pub const MAIL_BYTES_MAX: usize = 35 * 1024 * 1024;
/// The most mails of one address within an hour of which something is made by itself; what comes beyond waits for the desk.
pub const MAILS_PER_HOUR: u32 = 20;
/// The most characters of a subject that are kept.
pub const SUBJECT_MAX: usize = 300;
/// The most characters of a sender's name that are kept.
pub const SENDER_MAX: usize = 200;
/// The most characters of a mail's text that are kept beside its bytes.
pub const TEXT_MAX: usize = 50_000;
/// The most characters of the reason for which a mail is put aside.
pub const DISMISSAL_MAX: usize = 500;

coded_enum! {
    /// What became of a mail that came. The lanes of the desk's list, in the order in which it shows them.
    pub enum InboundState {
        /// It waits for somebody of the desk, for a [`WaitReason`].
        Waiting = "waiting",
        /// It is kept, and nobody has looked into it yet.
        Received = "received",
        /// A request was made of it.
        Request = "request",
        /// It stands in the conversation about a request.
        Reply = "reply",
        /// It says that a mail of ours was not delivered.
        Bounce = "bounce",
        /// A machine has written it; nothing is done, and nobody is answered.
        AutoReply = "auto_reply",
        /// It is our own, or goes round.
        Loop = "loop",
        /// It came before, by another way.
        Duplicate = "duplicate",
        /// There is nothing in it that could be read as a mail.
        Unreadable = "unreadable",
        /// Somebody of the desk has put it aside, and said why.
        Dismissed = "dismissed",
    }
}

impl InboundState {
    /// Whether the desk may say whose it is and what becomes of it: what waits, and what was taken for a machine's though somebody may have
    /// written it.
    #[must_use]
    pub const fn may_be_assigned(self) -> bool {
        matches!(self, Self::Waiting | Self::AutoReply)
    }
}

coded_enum! {
    /// Why a mail waits for the desk.
    pub enum WaitReason {
        /// Nobody is known by its sender's address.
        UnknownSender = "unknown_sender",
        /// The address is that of several people.
        SeveralPeople = "several_people",
        /// It answers about a request that is not its sender's, or by an address that we have not made.
        ForeignRequest = "foreign_request",
        /// It answers by an address that is no longer taken.
        RevokedAddress = "revoked_address",
        /// Its sender may not order, or we do not know which program it is about or where to call.
        CannotOrder = "cannot_order",
        /// It says that a mail was not delivered which we do not know.
        UnknownBounce = "unknown_bounce",
        /// Somebody has spoken to the answering machine.
        Voice = "voice",
        /// More came from its sender within an hour than is taken by itself.
        TooMany = "too_many",
        /// It was too large to be kept whole.
        TooLarge = "too_large",
        /// It says nothing.
        Empty = "empty",
        /// Something of ours failed again and again.
        Trouble = "trouble",
    }
}

coded_enum! {
    /// Why the mailbox from which mails are fetched cannot be read.
    pub enum MailboxFailure {
        /// Its mail server cannot be reached, or does not answer.
        Unreachable = "unreachable",
        /// It lets us in no more.
        Refused = "refused",
        /// There is no such folder, or nothing can be put away in it.
        Folder = "folder",
        /// What it answers makes no sense.
        Broken = "broken",
    }
}

/// Since when the mailbox cannot be read, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxTrouble {
    /// Since when.
    pub since: DateTime<Utc>,
    /// What keeps it from being read.
    pub failure: MailboxFailure,
}

/// A file of a mail, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// What it is called.
    pub name: String,
    /// Whether it belongs to how the mail looks, such as a logo.
    pub is_inline: bool,
    /// What is in it.
    pub content: Vec<u8>,
}

/// What a mail server says of mails that it did not deliver (RFC 3464).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveryReport {
    /// Whether it has given up; else it tries on.
    pub is_final: bool,
    /// The identities of the mails that it is about, as far as it says them.
    pub message_ids: Vec<String>,
    /// What it says of why.
    pub why: String,
}

/// A mail, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadMail {
    /// Its headers in their order: the name in small letters, and the value with its words decoded.
    pub headers: Vec<(String, String)>,
    /// Its sender's address in small letters; empty where there is none.
    pub from_address: String,
    /// What its sender is called.
    pub from_name: String,
    /// All addresses that it says it is for.
    pub recipients: Vec<String>,
    /// The subject.
    pub subject: String,
    /// Its identity, without brackets.
    pub message_id: String,
    /// What it says, as plain text.
    pub text: String,
    /// The files that came with it.
    pub files: Vec<SentFile>,
    /// What it reports, if it is a report.
    pub report: Option<DeliveryReport>,
}

impl ReadMail {
    /// The value of a header, where it has one.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// What somebody spoke, if any of its files is that.
    #[must_use]
    pub fn audio(&self) -> Option<(AudioKind, &[u8])> {
        self.files.iter().find_map(|file| Some((AudioKind::of(&file.content)?, file.content.as_slice())))
    }
}

/// A mail that came, as a line of the desk's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundRow {
    /// By what it is known.
    pub id: InboundMailId,
    /// When it came.
    pub came_at: DateTime<Utc>,
    /// Its sender's address.
    pub from_address: String,
    /// What its sender is called.
    pub from_name: String,
    /// The subject.
    pub subject: String,
    /// What became of it.
    pub state: InboundState,
    /// Why it waits, if it does.
    pub reason: Option<WaitReason>,
    /// The request that was made of it, or in whose conversation it stands.
    pub request: Option<RequestNumber>,
    /// The customer, as far as that is known.
    pub customer_name: String,
    /// From which number somebody spoke.
    pub phone: String,
    /// Whether there is something to listen to.
    pub has_audio: bool,
    /// How often it came in the very same bytes.
    pub copies: u32,
}

/// What `/desk/mail-in` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailInPage {
    /// What is shown.
    pub state: InboundState,
    /// How many there are of each that there are any of.
    pub counts: Vec<(InboundState, u32)>,
    /// Those of that state, the newest first.
    pub mails: CountedPage<InboundRow, InboundMailId>,
    /// At which address mails are taken, if any are.
    pub address: Option<String>,
    /// What keeps mails from being fetched from the mailbox, if anything does.
    pub trouble: Option<MailboxTrouble>,
    /// Whether the viewer may say how voice messages are known.
    pub may_set: bool,
}

/// What the desk has chosen a customer for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignCard {
    /// Which customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// Its people.
    pub people: Vec<CallerPerson>,
    /// What it runs.
    pub programs: Vec<Program>,
    /// What can be done for it.
    pub work_types: Vec<WorkType>,
    /// What is open.
    pub open: Vec<OpenRequest>,
    /// The person, the program and the kind of work that the mail seems to be about.
    pub probable: (Option<MemberId>, Option<ProgramId>, Option<WorkTypeId>),
    /// Whether it says too little for a request: then the desk writes down what its writer wants.
    pub says_little: bool,
}

/// A mail that came, with what can be done with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundMailPage {
    /// Its line.
    pub row: InboundRow,
    /// What it says, with what it quotes.
    pub text: String,
    /// The files that could not be taken over; they are in the mail as it came.
    pub left_out: Vec<String>,
    /// Whether it can still be had as it came.
    pub is_kept: bool,
    /// The mail of ours that was not delivered: to which address it went, and what it was about.
    pub bounced: Option<(String, Option<RequestNumber>)>,
    /// Who has put it aside, and why.
    pub dismissed: Option<(String, String)>,
    /// What was looked for, and who was found.
    pub search: String,
    /// Customers who may be meant.
    pub found: Vec<FoundCustomer>,
    /// The customer that was chosen.
    pub card: Option<AssignCard>,
    /// Whether further answers by its address can be stopped.
    pub may_revoke: bool,
}

/// What a mail that waits becomes, as the desk has typed it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedAssignment {
    /// Whose person has written it.
    pub member: Option<MemberId>,
    /// In which conversation it belongs; none for a new request.
    pub request: String,
    /// Which program a new request is about.
    pub program: Option<ProgramId>,
    /// What kind of work it is.
    pub work_type: Option<WorkTypeId>,
    /// Where to call about a new one.
    pub phone: String,
    /// What its writer wants, of what says nothing itself.
    pub wanted: String,
}

/// What `/settings/voice` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoicePage {
    /// The patterns in force.
    pub patterns: String,
    /// A header that was typed to see what they find.
    pub tried: String,
    /// What they find in it.
    pub found: VoiceTrial,
}

/// What the patterns find in a header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VoiceTrial {
    /// None was typed.
    Nothing,
    /// It is none of the exchange.
    NoMatch,
    /// It is one, and says no number that can be called.
    WithoutNumber,
    /// It is one, of who calls from there.
    Number(String),
}

/// What the form of the patterns shows, under the names of its fields.
#[must_use]
pub fn voice_fields(patterns: &str) -> Fields {
    Fields::default().with("patterns", patterns)
}

/// Why a mail is put aside, as it is kept.
///
/// # Errors
/// That it says nothing, or too much.
pub fn check_dismissal(typed: &str) -> Result<String, Vec<FieldProblem>> {
    keep_lines(typed, 2..=DISMISSAL_MAX).map_err(|code: FieldCode| vec![FieldProblem::new("dismissal", code)])
}

#[cfg(test)]
mod tests {
    use super::{check_dismissal, voice::AudioKind};
    use crate::model::work::mail_in::{ReadMail, SentFile};

    #[test]
    fn a_mail_is_put_aside_with_a_reason() {
        assert_eq!(check_dismissal(" Reklama. "), Ok("Reklama.".to_owned()));
        assert!(check_dismissal(" ").is_err() && check_dismissal(&"x".repeat(501)).is_err());
    }

    #[test]
    fn what_was_spoken_is_found_by_its_content() {
        let file = |name: &str, content: &[u8]| SentFile {
            name: name.to_owned(),
            is_inline: false,
            content: content.to_vec(),
        };
        let mail = ReadMail {
            files: vec![file("hlas.wav", b"%PDF-1.7"), file("zprava", b"OggS\0\x02")],
            headers: vec![("x-caller".to_owned(), " 601 ".to_owned())],
            ..ReadMail::default()
        };
        assert_eq!(mail.audio().map(|(kind, _)| kind), Some(AudioKind::Ogg));
        assert_eq!((mail.header("x-caller"), mail.header("subject")), (Some("601"), None));
    }
}
