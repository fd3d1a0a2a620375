//! What the staff's pages show in the gallery: numbers made by the model's own functions.

use chrono::{NaiveDate, TimeDelta};

use crate::{
    model::{
        base::{
            calendar::DayKind,
            ids::{ComputerId, ContestId, ContractId, CustomerId, GrantId, MailId, ReportBlockId, SegmentId},
            money::{Money, VatRate},
            numbers::{InterventionRef, RequestNumber},
            paging::{CountedPage, Page, Queue},
            terms::Urgency,
        },
        line::{catalogue::MinuteRange, licences::Computer, tiers::ResponseTier},
        mails::{MailList, MailRow, MailState},
        minutes::{
            contracts::{Contract, ContractTerms, Period, Rollover, versions::ContractVersion},
            pages::{CustomerPage, CustomerRow},
            pools::{PayerPool, Pool, PoolKind},
        },
        ordering::{
            appointments::AppointmentState, conversations::BenchConversation, offers::Slot, urgency::UrgencyClaim,
        },
        people::customers::{Address, Billing, CustomerFacts, Standing},
        work::{
            attempts::{AttemptChannel, ContactAttempt, NoShow},
            background::{Background, EarlierWork, NextJob},
            billing::bill,
            ceiling::{CeilingView, Consent},
            contests::{Contest, ContestState},
            corrections::CorrectionSource,
            day::{DayGlance, DayTotals, Stretch, StretchKind},
            evidence::{BenchEvidence, Connection, Evidence, Finding, TakeOver},
            forgotten::{ForgottenClock, LikelyEnd, SuggestedEnd},
            lateness::delays,
            pages::{ContestCase, RunningClock, SegmentCorrection, WorkAppointment, WorkDay, WorkPage},
            pushes::FailedPush,
            receipts::{Receipt, ReceiptDraw, ReceiptSegment, Remainder},
            remote_sessions::SessionLink,
            report_blocks::ReportBlock,
            segments::{Segment, SegmentKind},
            unusual::{Doubt, Unusual},
        },
    },
    ui::{
        pages::gallery::samples::{at, slot},
        texts::t,
    },
};

pub const SCHOOL: &str = "Základní škola Lipová";
pub const OFFICE: &str = "Obecní úřad Dolany";

#[expect(clippy::expect_used, reason = "the year has four digits")]
pub fn number(serial: u32) -> RequestNumber {
    RequestNumber::new(2026, serial).expect("a number")
}

fn appointment(serial: u32, hour: u32, minute: u32, state: AppointmentState) -> WorkAppointment {
    let is_even = serial.is_multiple_of(2);
    WorkAppointment {
        number: number(serial),
        slot: slot(25, hour, minute),
        state,
        customer: if is_even { SCHOOL } else { OFFICE }.to_owned(),
        program: if is_even { "Sklad" } else { "Evidence obyvatel" }.into(),
        work_type: t!("gallery-option").into(),
        urgency: if serial == 124 { Urgency::Urgent } else { Urgency::Normal },
        contact_name: t!("gallery-filled"),
        contact_phone: "+420377457977".to_owned(),
        ready: is_even,
        said: None,
    }
}

/// A full day: one thing left from before, one done, one running late into the next, one more ahead.
pub fn day() -> WorkDay {
    let left_open = WorkAppointment { slot: slot(24, 13, 0), ..appointment(118, 13, 0, AppointmentState::Running) };
    let next = WorkAppointment { slot: slot(25, 9, 0), ..appointment(123, 9, 0, AppointmentState::Confirmed) };
    let appointments = vec![
        appointment(121, 7, 0, AppointmentState::Done),
        appointment(122, 8, 0, AppointmentState::Running),
        next,
        appointment(124, 13, 0, AppointmentState::Confirmed),
        appointment(125, 14, 0, AppointmentState::Cancelled),
    ];
    let agreed: Vec<_> = appointments.iter().map(WorkAppointment::agreed).collect();
    let stretch = |from: (u32, u32), until: (u32, u32), kind| Stretch {
        slot: Slot { start: at(25, from.0, from.1), end: at(25, until.0, until.1) },
        kind,
    };
    WorkDay {
        date: date(25),
        kind: DayKind::Working,
        delays: delays(&agreed, at(25, 9, 4)),
        appointments,
        stretches: vec![
            stretch((9, 45), (11, 30), StretchKind::Free),
            stretch((11, 30), (12, 0), StretchKind::Break),
            stretch((12, 0), (13, 0), StretchKind::Held),
            stretch((14, 45), (15, 30), StretchKind::Absent),
        ],
        totals: DayTotals { planned: 435, agreed: 225, done: 94, billed: 45 },
        left_open: vec![left_open],
        missed: Vec::new(),
        running: Some(RunningClock {
            segment: SegmentId(9),
            number: number(122),
            customer: SCHOOL.to_owned(),
            kind: SegmentKind::Work,
            since: at(25, 8, 5),
            forgotten_since: None,
        }),
        next_day: Some(date(26)),
        week: vec![glance(23, 6, 0), glance(24, 5, 0), glance(25, 4, 105), glance(26, 3, 210), glance(27, 0, 480)],
        following: Some(glance(26, 3, 210)),
    }
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default()
}

fn glance(day: u32, appointments: u32, free_minutes: u32) -> DayGlance {
    DayGlance {
        date: date(day),
        appointments,
        first: (free_minutes > 0 && appointments > 0).then(|| at(day, 7, 15)),
        planned_minutes: 480,
        free_minutes,
        is_absent: day == 25,
    }
}

/// A day without an appointment.
pub fn empty_day() -> WorkDay {
    WorkDay {
        appointments: Vec::new(),
        stretches: Vec::new(),
        delays: Vec::new(),
        totals: DayTotals { planned: 480, ..DayTotals::default() },
        left_open: Vec::new(),
        running: None,
        ..day()
    }
}

/// What is known of the school.
fn background() -> Background {
    let computer = |id, name: &str, teamviewer_id: &str, programs: &[&str]| Computer {
        id: ComputerId(id),
        name: name.to_owned(),
        teamviewer_id: teamviewer_id.to_owned(),
        programs: programs.iter().map(|program| (*program).to_owned()).collect(),
    };
    let earlier = |serial, day, billed| EarlierWork {
        intervention: InterventionRef { number: number(serial), ordinal: 1 },
        closed_at: at(day, 10, 20),
        program: "Sklad".into(),
        work_type: t!("gallery-option").into(),
        technician: t!("sample-technician"),
        billed,
        report: t!("sample-report"),
    };
    Background {
        tier: ResponseTier {
            code: "fast".to_owned(),
            name: t!("gallery-tier").into(),
            urgent_target_minutes: 120,
            normal_lead_minutes: 510,
        },
        estimate: Some(MinuteRange::new(20, 45)),
        computers: vec![computer(1, "Kancelář", "123456789", &["Sklad"]), computer(2, "Jídelna", "1234567890", &[])],
        pinned_note: String::new(),
        earlier: vec![earlier(98, 18, 20), earlier(77, 4, 35)],
        next: Some(NextJob { number: number(123), slot: slot(25, 10, 30), customer: OFFICE.to_owned(), late_by: 12 }),
    }
}

/// Before the first start, with one attempt to reach the customer.
pub fn ahead() -> WorkPage {
    WorkPage {
        appointment: WorkAppointment { ready: false, ..appointment(124, 8, 15, AppointmentState::Confirmed) },
        version: "2026.3".to_owned(),
        background: background(),
        conversation: BenchConversation::default(),
        what_happened: t!("gallery-long"),
        claim: Some(UrgencyClaim { what_stopped: t!("gallery-option"), since: t!("gallery-typed") }),
        receipt: None,
        is_closed_ahead: false,
        resumed: false,
        segments: Vec::new(),
        of_this_visit: Vec::new(),
        corrections: Vec::new(),
        running_elsewhere: None,
        forgotten: None,
        unusual: Vec::new(),
        evidence: BenchEvidence::default(),
        is_former_session: false,
        session: SessionLink::parse("https://get.teamviewer.com/s12345678"),
        bill: bill(&[], 20, at(25, 8, 20)),
        pools: pools(140, 120),
        reserved: 45,
        ceiling: CeilingView { minutes: Some(60), consent: None },
        attempts: vec![ContactAttempt {
            at: at(25, 8, 16),
            channel: AttemptChannel::Phone,
            note: t!("work-attempt-note-hint"),
        }],
        no_show: NoShow { from: at(25, 8, 25), missing: 1, next_attempt: at(25, 8, 21) },
        heard_by: None,
        may_record: true,
        blocks: vec![ReportBlock { id: ReportBlockId(1), title: "Tisk".to_owned(), body: "Tisk funguje.".to_owned() }],
        reopened: None,
        may_reopen: false,
        may_work: true,
        is_called_off: false,
        may_correct: true,
        now: at(25, 8, 20),
    }
}

fn pools(contract: u32, bundle: u32) -> Vec<PayerPool> {
    let pool = |kind, minutes_left, year, month, day| PayerPool {
        kind,
        minutes_left,
        expires_on: NaiveDate::from_ymd_opt(year, month, day),
    };
    vec![pool(PoolKind::Contract, contract, 2026, 12, 31), pool(PoolKind::Bundle, bundle, 2027, 6, 30)]
}

fn segment(id: i64, kind: SegmentKind, from: (u32, u32), seconds: i64) -> Segment {
    let started_at = at(25, from.0, from.1) + TimeDelta::seconds(7 * id);
    Segment { id: SegmentId(id), kind, started_at, ended_at: Some(started_at + TimeDelta::seconds(seconds)) }
}

fn with(segments: Vec<Segment>) -> WorkPage {
    let page = ahead();
    WorkPage {
        appointment: WorkAppointment { ready: true, ..appointment(122, 8, 0, AppointmentState::Running) },
        claim: None,
        receipt: None,
        is_closed_ahead: false,
        bill: bill(&segments, 20, page.now),
        of_this_visit: segments.iter().map(|segment| segment.id).collect(),
        segments,
        attempts: Vec::new(),
        ..page
    }
}

/// The clock runs; one segment was corrected.
pub fn running() -> WorkPage {
    let working = Segment { ended_at: None, ..segment(3, SegmentKind::Work, (8, 11), 0) };
    let before = segment(1, SegmentKind::Communication, (8, 0), 420);
    WorkPage {
        corrections: vec![SegmentCorrection {
            segment: SegmentId(1),
            at: at(25, 8, 9),
            by: t!("gallery-person"),
            reason: t!("gallery-option"),
            source: Some(CorrectionSource::Typed),
            before: Some(before),
        }],
        ..with(vec![
            segment(1, SegmentKind::Communication, (8, 0), 260),
            segment(2, SegmentKind::Waiting, (8, 5), 300),
            working,
        ])
    }
}

/// Five minutes before the ceiling, beyond what the pools hold.
pub fn near_ceiling() -> WorkPage {
    let working = Segment { ended_at: None, ..segment(2, SegmentKind::Work, (7, 30), 0) };
    WorkPage { pools: pools(30, 12), ..with(vec![segment(1, SegmentKind::Preparation, (7, 20), 355), working]) }
}

/// The ceiling was reached; nobody has answered yet.
pub fn consent() -> WorkPage {
    let waiting = Segment { ended_at: None, ..segment(2, SegmentKind::Waiting, (8, 12), 0) };
    let asked = Consent { asked_at: at(25, 8, 12), ceiling_minutes: 60, answer: None };
    WorkPage {
        ceiling: CeilingView { minutes: Some(60), consent: Some(asked) },
        ..with(vec![segment(1, SegmentKind::Work, (7, 11), 3_600), waiting])
    }
}

/// Running since long ago.
pub fn forgotten() -> WorkPage {
    let working = Segment { ended_at: None, ..segment(1, SegmentKind::Work, (6, 50), 0) };
    let end = |why, at| SuggestedEnd { why, at };
    let forgotten = ForgottenClock {
        segment: working.id,
        kind: working.kind,
        started_at: working.started_at,
        since: at(25, 7, 45),
        suggestions: vec![end(LikelyEnd::LastActivity, at(25, 7, 12)), end(LikelyEnd::AgreedEnd, at(25, 7, 30))],
    };
    WorkPage { forgotten: Some(forgotten), bill: bill(&[working], 20, at(25, 7, 45)), ..with(vec![working]) }
}

/// The clock stands: it can be closed. TeamViewer says of it what the clock does not.
pub fn paused() -> WorkPage {
    let page =
        with(vec![segment(1, SegmentKind::Communication, (8, 0), 260), segment(2, SegmentKind::Work, (8, 6), 500)]);
    let connection = Connection { device: t!("gallery-option"), started_at: at(25, 8, 2), ended_at: at(25, 8, 18) };
    let findings = Evidence::of(&page.segments, std::slice::from_ref(&connection), page.now).findings();
    // Whoever looks at the last one has added much already.
    let ways = findings.iter().filter_map(Finding::unclocked).zip([
        TakeOver::AsItStands,
        TakeOver::WithReason,
        TakeOver::ByManager,
    ]);
    let ways = ways.collect();
    WorkPage {
        evidence: BenchEvidence { connections: vec![connection], undecided: 1, findings, ways, stop: None },
        ..page
    }
}

/// The clock stands, and what it measured is unusual.
pub fn unusual() -> WorkPage {
    let segments =
        vec![segment(1, SegmentKind::Work, (6, 40), 2_100), segment(2, SegmentKind::Waiting, (7, 30), 7_900)];
    let found = vec![
        Unusual::Doubtful { segment: SegmentId(1), why: Doubt::OutsideHours },
        Unusual::Long { segment: SegmentId(2), minutes: 131 },
        Unusual::AboveEstimate { effective: 35, estimated: 20 },
    ];
    WorkPage { unusual: found, ..with(segments) }
}

/// Prepared on the eve; the appointment has not begun.
pub fn prepared() -> WorkPage {
    let page = with(vec![segment(1, SegmentKind::Preparation, (8, 0), 700)]);
    WorkPage {
        appointment: WorkAppointment { slot: slot(26, 10, 30), ..appointment(122, 8, 0, AppointmentState::Confirmed) },
        ..page
    }
}

/// It is over.
pub fn done() -> WorkPage {
    let page = paused();
    let appointment = WorkAppointment { state: AppointmentState::Done, ..page.appointment.clone() };
    WorkPage { appointment, receipt: Some(InterventionRef { number: number(122), ordinal: 1 }), ..page }
}

/// As a dispatcher sees it.
pub fn looking_on() -> WorkPage {
    WorkPage { may_work: false, may_correct: false, may_record: false, ..running() }
}

fn receipt() -> Receipt {
    let segments =
        vec![segment(1, SegmentKind::Communication, (7, 30), 260), segment(2, SegmentKind::Work, (7, 36), 2_400)];
    let bill = bill(&segments, 20, at(25, 8, 40));
    let vat = VatRate::from_percent(21.into()).unwrap_or(VatRate::ZERO);
    let segments = segments
        .into_iter()
        .map(|segment| ReceiptSegment {
            id: segment.id,
            kind: segment.kind,
            technician: t!("gallery-person"),
            started_at: segment.started_at,
            ended_at: segment.ended_at.unwrap_or(segment.started_at),
            correction: None,
            source: None,
            added: false,
        })
        .collect();
    Receipt {
        rule_version: 1,
        version: 1,
        intervention: InterventionRef { number: number(122), ordinal: 1 },
        customer: SCHOOL.to_owned(),
        ico: "12345678".to_owned(),
        program: "Sklad".into(),
        work_type: t!("gallery-option").into(),
        urgency: Urgency::Normal,
        ordered_by: t!("gallery-filled"),
        issued_at: at(25, 8, 40),
        reason: String::new(),
        report: t!("gallery-long"),
        segments,
        bill,
        connections: Vec::new(),
        lifted: None,
        draws: vec![ReceiptDraw {
            grant: GrantId(1),
            kind: PoolKind::Contract,
            expires_at: Some(at(30, 0, 0)),
            minutes: 12,
        }],
        remainder: Some(Remainder::new(bill.billed - 12, Money::from_haler(2_500), vat)),
    }
}

/// Two objections.
pub fn contests() -> Queue<ContestCase> {
    let case = |id, segment, reason: String| ContestCase {
        contest: Contest {
            id: ContestId(id),
            segment: SegmentId(segment),
            by: t!("gallery-filled"),
            at: at(26, 9, 12),
            reason,
            state: ContestState::Open,
            accepted_minutes: None,
            decided_at: None,
            answer: String::new(),
        },
        receipt: receipt(),
        remark: None,
    };
    let mut other = case(2, 1, t!("gallery-hint"));
    other.receipt.customer = OFFICE.to_owned();
    Queue { rows: vec![case(1, 2, t!("gallery-long")), other], total: 102 }
}

/// Customers with a contract and without, of a list that goes on.
pub fn customers() -> CountedPage<CustomerRow, CustomerId> {
    let row = |id, name: &str, contract: Option<&str>, tier: &str, free| CustomerRow {
        id: CustomerId(id),
        name: name.to_owned(),
        contract: contract.map(str::to_owned),
        tier: tier.into(),
        free,
    };
    let rows = vec![
        row(1, OFFICE, None, "Základní", 0),
        row(2, SCHOOL, Some("SLS-2024/017"), "Rychlá", 260),
        row(3, &t!("gallery-long-label"), Some("SLS-2019/003"), "Standard", 1_240),
    ];
    CountedPage { page: Page { rows, next: Some(CustomerId(3)) }, total: 250 }
}

fn terms() -> ContractTerms {
    ContractTerms {
        number: "SLS-2024/017".to_owned(),
        valid_from: NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default(),
        valid_until: None,
        tier: "fast".to_owned(),
        minutes_per_period: 300,
        period: Period::Quarter,
        rollover: Rollover::None,
        rate_per_minute: Money::from_haler(2_250),
        urgent_rate_per_minute: Money::from_haler(3_000),
        minimum_minutes: 20,
        ceiling_minutes: Some(60),
        since: None,
        fee: None,
    }
}

/// One customer, with a contract that was edited.
pub fn customer() -> CustomerPage {
    let tier = |code: &str, name: &str, target, lead| ResponseTier {
        code: code.to_owned(),
        name: name.into(),
        urgent_target_minutes: target,
        normal_lead_minutes: lead,
    };
    let tiers = vec![
        tier("standard", "Standard", 240, 1_020),
        tier("fast", "Rychlá", 120, 510),
        tier("express", "Expresní", 60, 120),
    ];
    let contract = Contract {
        id: ContractId(7),
        customer: CustomerId(2),
        terms: terms(),
        tier: tiers[1].clone(),
        to_come: Vec::new(),
        version: 2,
        files: Vec::new(),
    };
    let version = |version, day, by: Option<String>, reason: String, terms| ContractVersion {
        version,
        at: at(day, 9, 30),
        by,
        reason,
        terms,
        withdrawn: None,
    };
    let former = ContractTerms {
        minutes_per_period: 200,
        tier: "standard".to_owned(),
        rate_per_minute: Money::from_haler(2_200),
        ..terms()
    };
    let history = vec![
        version(2, 20, Some(t!("gallery-person")), t!("contract-reason-hint"), terms()),
        version(1, 2, None, t!("contract-reason-hint-new"), former),
    ];
    let pool = |id, kind, granted, left, reserved| Pool {
        grant: GrantId(id),
        kind,
        granted,
        left,
        reserved,
        effective_at: at(1, 0, 0),
        expires_at: Some(at(30, 0, 0)),
    };
    let address = Address {
        street: "Lipová 5".to_owned(),
        city: "Plzeň".to_owned(),
        postal_code: "301 00".to_owned(),
        dic: String::new(),
    };
    CustomerPage {
        id: CustomerId(2),
        facts: CustomerFacts {
            name: SCHOOL.to_owned(),
            ico: Some("12345678".to_owned()),
            country: "CZ".to_owned(),
            address: address.clone(),
            region: None,
            contacts: Vec::new(),
            note: String::new(),
        },
        standing: Standing { active: true, block: None },
        people: Vec::new(),
        licences: Vec::new(),
        computers: Vec::new(),
        contracts: vec![(contract, history)],
        billing: Billing { address, trusted: true },
        exposure: Money::from_haler(1_240_000),
        credit_limit: Some(Money::from_haler(2_000_000)),
        pools: vec![pool(1, PoolKind::Contract, 300, 140, 40), pool(2, PoolKind::Bundle, 120, 120, 0)],
        free: 220,
        tiers_on_offer: tiers.iter().map(|tier| tier.code.clone()).collect(),
        tiers,
        may_edit: true,
    }
}

/// Mails that failed and wait.
pub fn mail_list() -> MailList {
    let rows: Vec<_> = mails().into_iter().filter(|mail| mail.state != MailState::Sent).collect();
    MailList { mails: CountedPage::whole(rows), failed: 1 }
}

/// A notification that did not arrive.
pub fn failed_pushes() -> Vec<FailedPush> {
    vec![FailedPush {
        to: t!("gallery-person"),
        said: t!("push-several", count = 4),
        written_at: at(25, 7, 10),
        attempts: 12,
        last_error: "503 Service Unavailable".to_owned(),
    }]
}

/// Mails in each state.
pub fn mails() -> Vec<MailRow> {
    let mail = |id, state, attempts, last_error: &str| MailRow {
        id: MailId(id),
        to: "vedouci@skola-lipova.example".to_owned(),
        subject: t!("calendar-summary", work = t!("gallery-option"), program = "Sklad"),
        created_at: at(25, 8, 40),
        state,
        is_returned: state == MailState::Sent,
        attempts,
        last_error: last_error.to_owned(),
    };
    vec![
        mail(3, MailState::Failed, 8, "550 5.1.1 Recipient address rejected: User unknown"),
        mail(2, MailState::Queued, 2, "451 4.7.1 Greylisting in action, please come back later"),
        mail(1, MailState::Sent, 1, ""),
    ]
}
