//! What the tests of the model have in common: short ways to say dates, and the line as the seed migration sets it up.

#[path = "../tests/support/storms.rs"]
mod storms;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::{
    base::{
        calendar::{BusinessCalendar, Closure, from_local},
        ids::{GrantId, SegmentId},
        money::{Money, VatRate, VatRates},
        numbers::{InterventionRef, RequestNumber},
        terms::Urgency,
    },
    line::{limits::Limits, settings::LineSettings, tiers::ResponseTier},
    minutes::{
        contracts::{ContractTerms, Period, Rollover},
        ledger::GrantBalance,
        pools::{Pool, PoolKind},
    },
    work::{
        billing::{RULE_VERSION, bill},
        receipts::{Receipt, ReceiptDraw, ReceiptSegment, Remainder},
        segments::{Segment, SegmentKind},
    },
};

pub(crate) use storms::short_or_long;

/// A day as "2026-03-29".
pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A time of day as "13:40".
pub(super) fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

/// "2026-03-27 13:40" on the wall in Prague; with seconds, if wanted.
pub(crate) fn local(text: &str) -> DateTime<Utc> {
    let (day, wall) = text.split_once(' ').unwrap();
    from_local(date(day), time(wall))
}

/// An instant as "2026-03-27T12:40:00Z".
pub(super) fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn settings() -> LineSettings {
    LineSettings {
        opens: time("07:00"),
        closes: time("15:30"),
        urgent_reserve_percent: 25,
        reserve_released_at: time("08:00"),
        hold_minutes: 10,
        urgent_first_minutes: 15,
        normal_horizon_days: 15,
        urgent_horizon_days: 3,
        cutoff_normal_minutes: 120,
        cutoff_urgent_minutes: 30,
        max_moves: 3,
        minimum_with_contract: 20,
        minimum_one_off: 30,
        contest_days: 30,
        returned_minutes_days: 90,
        missed_credit_minutes: 0,
        proforma_days: 14,
        invoice_days: 14,
        write_off_limit: Money::from_haler(1_000),
        list_rate_per_minute: Money::from_haler(2_500),
        vat: VatRates::new([(date("2013-01-01"), vat(21))]),
    }
}

/// As the migrations seed them.
pub(super) fn limits() -> Limits {
    Limits {
        future_appointments: 20,
        waiting_requests: 10,
        unpaid_purchases: 10,
        purchases_per_day: 20,
        downloads: 3,
        drafts: 20,
        devices: 10,
        sms_per_day: 20,
        holds: 3,
        holds_per_hour: 30,
        messages_per_hour: 20,
        attachment_megabytes: 500,
        writes_per_minute: 120,
        open_outages: 3,
        outage_messages: 20,
    }
}

pub(crate) fn vat(percent: u32) -> VatRate {
    VatRate::from_percent(percent.into()).unwrap()
}

/// 7:00–15:30 without closures.
pub(crate) fn calendar() -> BusinessCalendar {
    settings().calendar([])
}

/// 7:00–15:30 but for some dates.
pub(super) fn calendar_closed_on(dates: &[&str]) -> BusinessCalendar {
    settings().calendar(dates.iter().map(|day| Closure { date: date(day), reason: "inventura".into() }))
}

/// Standard: urgent 240, normal 1020.
pub(crate) fn standard() -> ResponseTier {
    ResponseTier {
        code: "standard".into(),
        name: "Standard".into(),
        urgent_target_minutes: 240,
        normal_lead_minutes: 1_020,
    }
}

/// What the clock counted from one instant to another.
pub(super) fn clock(kind: SegmentKind, started_at: DateTime<Utc>, ended_at: Option<DateTime<Utc>>) -> Segment {
    Segment { id: SegmentId(1), kind, started_at, ended_at }
}

/// From one wall time to another.
pub(super) fn segment(kind: SegmentKind, start: &str, end: &str) -> Segment {
    clock(kind, local(start), Some(local(end)))
}

/// Since a wall time.
pub(super) fn running(kind: SegmentKind, start: &str) -> Segment {
    clock(kind, local(start), None)
}

prop_compose! {
    /// An intervention's segments in order of time, the last of which may run, and a time that is not before any of it.
    /// Instants have microseconds, as the database keeps them.
    pub(super) fn any_clock()(
        pieces in prop::collection::vec(
            (prop::sample::select(SegmentKind::ALL), 0..1_200_000_000_i64, 0..2_000_000_i64),
            1..8,
        ),
        runs in any::<bool>(),
    ) -> (Vec<Segment>, DateTime<Utc>) {
        let mut now = local("2026-11-23 09:00");
        let mut segments = Vec::new();
        for (kind, length, pause) in pieces {
            let start = now + TimeDelta::microseconds(pause);
            now = start + TimeDelta::microseconds(length);
            segments.push(clock(kind, start, Some(now)));
        }
        if runs && let Some(last) = segments.last_mut() {
            last.ended_at = None;
        }
        (segments, now)
    }
}

/// A grant of 2026 that was never drawn from.
pub(super) fn grant(id: i64, kind: PoolKind, minutes: u32, expires_at: Option<&str>) -> GrantBalance {
    GrantBalance {
        id: GrantId(id),
        kind,
        granted: minutes,
        left: minutes,
        effective_at: local("2026-01-01 00:00"),
        expires_at: expires_at.map(local),
    }
}

/// What the meter shows of a grant of 2026.
pub(super) fn pool(kind: PoolKind, granted: u32, left: u32, expires_at: Option<&str>) -> Pool {
    let grant = grant(1, kind, granted, expires_at);
    Pool {
        grant: grant.id,
        kind,
        granted,
        left,
        reserved: 0,
        effective_at: grant.effective_at,
        expires_at: grant.expires_at,
    }
}

/// Standard, 300 minutes a quarter, since 2024 for an indefinite time.
pub(super) fn contract_terms() -> ContractTerms {
    ContractTerms {
        number: "SLS-2024-017".into(),
        valid_from: date("2024-01-01"),
        valid_until: None,
        tier: standard().code,
        minutes_per_period: 300,
        period: Period::Quarter,
        rollover: Rollover::None,
        rate_per_minute: Money::from_haler(2_000),
        urgent_rate_per_minute: Money::from_haler(3_000),
        minimum_minutes: 20,
        ceiling_minutes: Some(60),
        since: None,
        fee: None,
    }
}

/// The receipt of segments on Wednesday 25 November 2026, from and to a time on the wall: billed, drawn as given, and the
/// rest at 25 Kč a minute.
///
/// * `draws` – the kind of pool, the last day on which it can be drawn, minutes
pub(crate) fn receipt(
    segments: &[(SegmentKind, &str, &str)],
    minimum: u32,
    draws: &[(PoolKind, Option<&str>, u32)],
) -> Receipt {
    let segments: Vec<_> = (1..)
        .zip(segments)
        .map(|(id, &(kind, from, to))| ReceiptSegment {
            id: SegmentId(id),
            kind,
            technician: "Ondřej Žďárský".into(),
            started_at: local(&format!("2026-11-25 {from}")),
            ended_at: local(&format!("2026-11-25 {to}")),
            correction: None,
            source: None,
            added: false,
        })
        .collect();
    let clock: Vec<_> = segments
        .iter()
        .map(|&ReceiptSegment { id, kind, started_at, ended_at, .. }| Segment {
            id,
            kind,
            started_at,
            ended_at: Some(ended_at),
        })
        .collect();
    let issued_at = local("2026-11-25 10:30");
    let bill = bill(&clock, minimum, issued_at);
    let draws: Vec<_> = (1..)
        .zip(draws)
        .map(|(id, &(kind, last_day, minutes))| ReceiptDraw {
            grant: GrantId(id),
            kind,
            expires_at: last_day.map(|day| from_local(date(day).succ_opt().unwrap(), NaiveTime::MIN)),
            minutes,
        })
        .collect();
    let over = bill.billed - draws.iter().map(|draw| draw.minutes).sum::<u32>();
    Receipt {
        rule_version: RULE_VERSION,
        version: 1,
        intervention: InterventionRef { number: RequestNumber::new(2026, 123).unwrap(), ordinal: 1 },
        customer: "Školní jídelna Příbram".into(),
        ico: "00000019".into(),
        program: "Sklad".into(),
        work_type: "Oprava chyby".into(),
        urgency: Urgency::Normal,
        ordered_by: "Jana Nováková".into(),
        issued_at,
        reason: String::new(),
        report: "Opravili jsme tisk výdejek.".into(),
        segments,
        bill,
        connections: Vec::new(),
        lifted: None,
        draws,
        remainder: (over > 0).then(|| Remainder::new(over, Money::from_haler(2_500), vat(21))),
    }
}
