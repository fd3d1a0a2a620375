//! What the tests of the model have in common: short ways to say dates, and the line as the seed migration sets it up.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{
    calendar::{BusinessCalendar, Closure, from_local},
    line::LineSettings,
    money::{Money, VatRate},
    tiers::ResponseTier,
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
        contest_days: 30,
        returned_minutes_days: 90,
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
