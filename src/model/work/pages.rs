//! What pages show of work: the technician's day and workbench, and a request with what was done for it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    attempts::{ContactAttempt, NoShow},
    background::Background,
    billing::Bill,
    ceiling::{CeilingView, Consent},
    contests::{Contest, ContestRemark, ContestState},
    corrections::CorrectionSource,
    day::{DayGlance, DayTotals, Stretch},
    evidence::BenchEvidence,
    forgotten::ForgottenClock,
    lateness::{Agreed, Delay},
    pushes::PushDevice,
    readiness::ReadyAnswer,
    receipts::Receipt,
    remote_sessions::SessionLink,
    reopening::Reopening,
    report_blocks::ReportBlock,
    segments::{Segment, SegmentKind},
    unusual::Unusual,
    wishes::{Reader, Wishes},
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        calendar::DayKind,
        codes::coded_enum,
        ids::{ContestId, SegmentId},
        numbers::{InterventionRef, RequestNumber},
        terms::Urgency,
    },
    line::{catalogue::SlotChoice, settings::LineSettings},
    minutes::{estimate::Estimate, pools::PayerPool},
    ordering::{
        appointments::AppointmentState,
        conversations::BenchConversation,
        earlier::Earlier,
        offers::{Offer, Slot},
        outages::OutageWords,
        pages::{ChangeOptions, OtherTime, RequestSummary},
        timeline::TimelineEntry,
        urgency::UrgencyClaim,
    },
};

/// The page of one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestPage {
    /// As in the list.
    pub summary: RequestSummary,
    /// Which version of the program the customer ran when it was ordered; empty where nobody knew.
    pub version: String,
    /// In the customer's words.
    pub what_happened: String,
    /// What stopped and since when, of an urgent one.
    pub claim: Option<UrgencyClaim>,
    /// Who will sit at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// "Ask me above so many minutes."
    pub ceiling_minutes: Option<u32>,
    /// What it would probably cost, as shown before it was confirmed.
    pub estimate: Option<Estimate>,
    /// What the customer may still do; none when nothing is agreed.
    pub change: Option<ChangeOptions>,
    /// Until when this viewer may undo the order; none when they may not.
    pub undo_until: Option<DateTime<Utc>>,
    /// Of one that waits for its customer to pick a time: the last day on which work that was billed can be resumed without
    /// another minimum. None when no time is on offer so soon.
    pub joins_until: Option<NaiveDate>,
    /// The times that dispatch offers and that can still be picked, while it offers any.
    pub offered: Vec<Slot>,
    /// The outage to which it belongs, while that is not over.
    pub outage: Option<OutageWords>,
    /// That it waits for an earlier time, if it does.
    pub earlier: Option<Earlier>,
    /// Where the customer lets the technician in, while its time is ahead or under way.
    pub session: Option<SessionLink>,
    /// What its customer said shortly before the time that is agreed.
    pub said: Option<ReadyAnswer>,
    /// What happened and what was written, the oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// How many of the vendor's messages the viewer has not read; none for staff.
    pub unread_messages: u32,
    /// Minutes that a technician has prepared for the agreed time, rounded up.
    pub prepared_minutes: u32,
    /// Its interventions whose receipts can be read, in order.
    pub receipts: Vec<ReceiptSummary>,
    /// The clock that runs, or the question that waits for an answer, while a technician is at work.
    pub progress: Option<WorkProgress>,
    /// Whether this viewer may change it.
    pub may_order: bool,
    /// Whether this viewer may answer a question for consent: a member with `buy`.
    pub may_buy: bool,
}

/// A closed intervention on the page of its request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSummary {
    /// The intervention, as people name it.
    pub intervention: InterventionRef,
    /// When it was closed.
    pub closed_at: DateTime<Utc>,
    /// Billed minutes.
    pub billed: u32,
    /// What was done, in the customer's words.
    pub report: String,
}

/// Work that is under way, as the customer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkProgress {
    /// When the technician began.
    pub started_at: DateTime<Utc>,
    /// What the clock counts right now; none while it is paused.
    pub running: Option<SegmentKind>,
    /// Effective minutes so far, rounded up.
    pub minutes: u32,
    /// The ceiling, and whether it was reached.
    pub ceiling: CeilingView,
    /// Why it was opened again, where what was billed is being put right.
    pub put_right: Option<String>,
}

/// The times to which an appointment can be moved, or from which that of a waiting request is picked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MoveChoice {
    /// The request.
    pub page: RequestPage,
    /// Every offered slot with its reason.
    pub offers: Vec<Offer>,
    /// The rules in force.
    pub settings: LineSettings,
    /// Other agreed times of the customer: one that overlaps is warned of.
    pub others: Vec<OtherTime>,
}

/// A technician's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkDay {
    /// The local date that is shown.
    pub date: NaiveDate,
    /// What kind of day it is.
    pub kind: DayKind,
    /// Appointments of that day, in order of time, whatever became of them.
    pub appointments: Vec<WorkAppointment>,
    /// What the day is made of beside them, in order of time.
    pub stretches: Vec<Stretch>,
    /// What of the day runs late, and what will begin late for that.
    pub delays: Vec<Delay>,
    /// What the day comes to.
    pub totals: DayTotals,
    /// Appointments of earlier days that nobody closed.
    pub left_open: Vec<WorkAppointment>,
    /// Appointments of any day that the technician missed, as long as no other time is agreed: one may begin late.
    pub missed: Vec<WorkAppointment>,
    /// The technician's clock, if it runs.
    pub running: Option<RunningClock>,
    /// The date of the next day with an appointment, if any.
    pub next_day: Option<NaiveDate>,
    /// The days of its week from Monday on: working days, those on which something is agreed or planned, and itself.
    pub week: Vec<DayGlance>,
    /// The next of the seven days after it on which something is agreed or planned.
    pub following: Option<DayGlance>,
}

/// A line of the technician's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkAppointment {
    /// The request.
    pub number: RequestNumber,
    /// The agreed time.
    pub slot: Slot,
    /// Where it stands.
    pub state: AppointmentState,
    /// The customer's name.
    pub customer: String,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Who sits at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// Whether they promised that the program and TeamViewer will be running.
    pub ready: bool,
    /// What they said shortly before it.
    pub said: Option<ReadyAnswer>,
}

impl WorkAppointment {
    /// What the day around it needs of it.
    #[must_use]
    pub const fn agreed(&self) -> Agreed {
        Agreed { number: self.number, slot: self.slot, state: self.state }
    }
}

/// A request whose agreed time we missed, until it has another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedCase {
    /// The time that was missed, and whom to call about it.
    pub appointment: WorkAppointment,
    /// Who should have come.
    pub technician: String,
    /// In the customer's words.
    pub what_happened: String,
    /// Who names its next time.
    pub choice: SlotChoice,
    /// Whether we called it off ahead of its time.
    pub is_called_off: bool,
}

/// A clock that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningClock {
    /// Its segment.
    pub segment: SegmentId,
    /// For which request.
    pub number: RequestNumber,
    /// The customer's name.
    pub customer: String,
    /// What the technician does.
    pub kind: SegmentKind,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Since when it counts as forgotten: nothing later is billed until its true end is given.
    pub forgotten_since: Option<DateTime<Utc>>,
}

/// A correction of a segment: what it said before, and why it no longer does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentCorrection {
    /// The segment.
    pub segment: SegmentId,
    /// When it was corrected.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Why it was corrected, as it was typed.
    pub reason: String,
    /// Whose word that is; none of what was written down before it was asked.
    pub source: Option<CorrectionSource>,
    /// What it was before; none for a segment added by hand.
    pub before: Option<Segment>,
}

/// The workbench: one request, on its appointment's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkPage {
    /// As in the day's list.
    pub appointment: WorkAppointment,
    /// In the customer's words.
    pub what_happened: String,
    /// Which version of the program the customer ran when it was ordered; empty where nobody knew.
    pub version: String,
    /// What is worth knowing before one connects.
    pub background: Background,
    /// What its customer and the vendor wrote to one another.
    pub conversation: BenchConversation,
    /// What stopped and since when, of an urgent one.
    pub claim: Option<UrgencyClaim>,
    /// The intervention whose receipt says what was billed, once it is closed.
    pub receipt: Option<InterventionRef>,
    /// Whether it was closed ahead of the agreed time, which that called off.
    pub is_closed_ahead: bool,
    /// Whether the work joins an earlier intervention, so that the minimum is not charged twice.
    pub resumed: bool,
    /// Its segments so far, in order of time; one may be running.
    pub segments: Vec<Segment>,
    /// Those of this visit: they may be corrected. What stands on a receipt is changed by an objection only.
    pub of_this_visit: Vec<SegmentId>,
    /// What was corrected, the latest first.
    pub corrections: Vec<SegmentCorrection>,
    /// The technician's clock where it runs for another request.
    pub running_elsewhere: Option<RunningClock>,
    /// The clock of this request, if it was forgotten: its true end is to be given.
    pub forgotten: Option<ForgottenClock>,
    /// What somebody should look at before the work is closed.
    pub unusual: Vec<Unusual>,
    /// What TeamViewer says of this visit beside the clock.
    pub evidence: BenchEvidence,
    /// Where the customer lets the technician in, while the time is ahead or under way.
    pub session: Option<SessionLink>,
    /// Whether there is one of a former time only, in which the customer waits alone.
    pub is_former_session: bool,
    /// The bill as it would be now; of a forgotten clock only what is believed.
    pub bill: Bill,
    /// The customer's free minutes as they would pay for it, in drawing order.
    pub pools: Vec<PayerPool>,
    /// Minutes beside them that the customer's other agreed appointments will probably draw.
    pub reserved: u32,
    /// The ceiling and whether it was reached.
    pub ceiling: CeilingView,
    /// Attempts to reach the customer, the oldest first.
    pub attempts: Vec<ContactAttempt>,
    /// What has to come before the appointment counts as missed.
    pub no_show: NoShow,
    /// Who wrote the latest answer for consent down, where it came by telephone.
    pub heard_by: Option<String>,
    /// Whether we called the agreed time off before it came.
    pub is_called_off: bool,
    /// Whether the viewer may write down what the customer answers on the telephone.
    pub may_record: bool,
    /// The viewer's own blocks of text for the report, where it is theirs to write.
    pub blocks: Vec<ReportBlock>,
    /// By whom and why closed work is open again, while it is.
    pub reopened: Option<Reopening>,
    /// Whether the viewer may ask to open it again, as it is closed.
    pub may_reopen: bool,
    /// Whether the viewer may work the clock; dispatchers and managers look on.
    pub may_work: bool,
    /// Whether the viewer may correct what the clock measured: who works it, and managers.
    pub may_correct: bool,
    /// When the page was made: what runs is counted up to here.
    pub now: DateTime<Utc>,
}

coded_enum! {
    /// Where a receipt leads back to: what its reader may see.
    pub enum ReceiptBack {
        /// The request.
        Request = "request",
        /// The account of minutes: requests of others are not theirs to see.
        Usage = "usage",
        /// The workbench.
        Work = "work",
    }
}

/// The page of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptPage {
    /// The latest version.
    pub receipt: Receipt,
    /// Former versions, the latest first.
    pub former: Vec<Receipt>,
    /// Objections, the oldest first.
    pub contests: Vec<Contest>,
    /// Questions for consent to go on above the ceiling with their answers, the oldest first.
    pub consents: Vec<Consent>,
    /// Where it leads back to.
    pub back: ReceiptBack,
    /// Whether this viewer may object, and until when it is possible.
    pub contest_until: Option<DateTime<Utc>>,
}

/// A contest in the desk's queue, with all that is needed to decide it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestCase {
    /// The contest.
    pub contest: Contest,
    /// The receipt as it stands.
    pub receipt: Receipt,
    /// What the technician says of it.
    pub remark: Option<ContestRemark>,
}

/// A line of the list of objections that were decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedContest {
    /// The row.
    pub id: ContestId,
    /// The customer's name.
    pub customer: String,
    /// The intervention, whose receipt tells the rest.
    pub intervention: InterventionRef,
    /// What became of it.
    pub state: ContestState,
    /// How many minutes were accepted, where it was some of them only.
    pub accepted_minutes: Option<u32>,
    /// What the customer objected to.
    pub reason: String,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// By whom.
    pub decided_by: String,
    /// What the customer was answered.
    pub answer: String,
}

/// What `/account/mails` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishesPage {
    /// Who it is, which decides what can be wished for.
    pub reader: Reader,
    /// What is wished for now.
    pub wishes: Wishes,
    /// Where somebody is notified, the latest first.
    pub devices: Vec<PushDevice>,
    /// In how many browsers at most: one that is added beside those takes the place of the last.
    pub most_devices: u32,
    /// The public key to which a browser subscribes, in base64url.
    pub push_key: String,
    /// The telephone to which short messages go; none where there are none: of the vendor's people, of who has no telephone, and where no
    /// gateway is set up.
    pub phone: Option<String>,
}
