//! What the tests of the model have in common: short ways to say dates, and the line as the seed migration sets it up.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{
    billing::{RULE_VERSION, bill},
    calendar::{BusinessCalendar, Closure, from_local},
    estimate::PoolKind,
    ids::{GrantId, SegmentId},
    line::LineSettings,
    money::{Money, VatRate},
    receipts::{InterventionRef, Receipt, ReceiptDraw, ReceiptSegment, Remainder},
    requests::RequestNumber,
    segments::{Segment, SegmentKind},
    tiers::ResponseTier,
    urgency::Urgency,
};

/// "2026-03-29"
pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// "13:40"
pub(super) fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

/// "2026-03-27 13:40" on the wall in Prague; with seconds, if wanted.
pub(super) fn local(text: &str) -> DateTime<Utc> {
    let (day, wall) = text.split_once(' ').unwrap();
    from_local(date(day), time(wall))
}

/// "2026-03-27T12:40:00Z"
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
        max_holds: 3,
        urgent_first_minutes: 15,
        normal_horizon_days: 15,
        urgent_horizon_days: 3,
        cutoff_normal_minutes: 120,
        cutoff_urgent_minutes: 30,
        max_moves: 3,
        minimum_with_contract: 20,
        minimum_one_off: 30,
        list_rate_per_minute: Money::from_haler(2_500),
        vat: vat(21),
    }
}

pub(super) fn vat(percent: u32) -> VatRate {
    VatRate::from_percent(percent.into()).unwrap()
}

/// 7:00–15:30 without closures.
pub(super) fn calendar() -> BusinessCalendar {
    settings().calendar([])
}

/// 7:00–15:30 but for some dates.
pub(super) fn calendar_closed_on(dates: &[&str]) -> BusinessCalendar {
    settings().calendar(dates.iter().map(|day| Closure { date: date(day), reason: "inventura".into() }))
}

/// Standard: urgent 240, normal 1020.
pub(super) fn standard() -> ResponseTier {
    ResponseTier {
        code: "standard".into(),
        name: "Standard".into(),
        urgent_target_minutes: 240,
        normal_lead_minutes: 1_020,
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
        draws,
        remainder: (over > 0).then(|| Remainder::new(over, Money::from_haler(2_500), vat(21))),
    }
}
