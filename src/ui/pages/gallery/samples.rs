//! What the gallery shows: made by the model's own functions wherever there is one.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::{
    model::{
        base::{
            calendar::from_local,
            money::{Money, VatRate, VatRates},
        },
        line::{catalogue::MinuteRange, settings::LineSettings},
        minutes::{
            estimate::{Estimate, estimate},
            pools::{PayerPool, PoolKind},
        },
        ordering::{
            offers::{Offer, OfferReason, Slot},
            pages::{DayOffers, by_day},
            timeline::{TimelineEntry, TimelineKind},
        },
    },
    ui::texts::t,
};

/// An instant of November 2026, in local time.
pub fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    let date = NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default();
    from_local(date, NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default())
}

/// A slot of 45 minutes.
pub fn slot(day: u32, hour: u32, minute: u32) -> Slot {
    let start = at(day, hour, minute);
    Slot { start, end: start + TimeDelta::minutes(45) }
}

/// Days full and nearly empty, all offered for one reason.
pub fn normal_days() -> Vec<DayOffers> {
    let times = [
        (25, 8, 0),
        (25, 8, 45),
        (25, 10, 30),
        (25, 12, 15),
        (25, 13, 0),
        (26, 9, 15),
        (27, 7, 0),
        (27, 14, 30),
        (30, 7, 0),
        (30, 7, 15),
        (30, 7, 30),
        (30, 13, 0),
    ];
    let reason = OfferReason::NormalLead { tier: t!("gallery-tier").into(), lead_minutes: 510, earliest: at(25, 8, 0) };
    offers(&times, |_| reason.clone())
}

/// A day on which the target passes.
pub fn urgent_days() -> Vec<DayOffers> {
    let deadline = at(25, 13, 40);
    let times = [(25, 12, 15), (25, 13, 30), (25, 13, 45), (26, 7, 0)];
    offers(&times, |start| OfferReason::urgent(t!("gallery-tier").into(), 120, deadline, start))
}

fn offers(times: &[(u32, u32, u32)], reason: impl Fn(DateTime<Utc>) -> OfferReason) -> Vec<DayOffers> {
    let offers: Vec<Offer> = times
        .iter()
        .map(|&(day, hour, minute)| {
            let slot = slot(day, hour, minute);
            Offer { slot, reason: reason(slot.start) }
        })
        .collect();
    by_day(&offers)
}

/// Covered by the contract; split over everything there is; paid in full.
pub fn estimates() -> [Estimate; 3] {
    let typical = MinuteRange::new(20, 45);
    let rate = Money::from_haler(2_500);
    let vat = VatRate::from_percent(21.into()).unwrap_or(VatRate::ZERO);
    let pool = |kind, minutes_left, year, month, day| PayerPool {
        kind,
        minutes_left,
        expires_on: NaiveDate::from_ymd_opt(year, month, day),
    };
    let contract = |minutes| pool(PoolKind::Contract, minutes, 2026, 12, 31);
    let bundle = pool(PoolKind::Bundle, 20, 2027, 6, 30);
    [
        estimate(typical, 20, &[contract(140)], rate, vat, None),
        estimate(typical, 20, &[contract(12), bundle], rate, vat, Some(60)),
        estimate(typical, 30, &[], rate, vat, None),
    ]
}

/// The line as it works.
pub fn line_settings() -> LineSettings {
    let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    LineSettings {
        opens: time(7, 0),
        closes: time(15, 30),
        urgent_reserve_percent: 25,
        reserve_released_at: time(8, 0),
        hold_minutes: 10,
        urgent_first_minutes: 15,
        normal_horizon_days: 15,
        urgent_horizon_days: 3,
        cutoff_normal_minutes: 120,
        cutoff_urgent_minutes: 30,
        max_moves: 3,
        contest_days: 30,
        returned_minutes_days: 90,
        missed_credit_minutes: 0,
        proforma_days: 14,
        invoice_days: 14,
        minimum_with_contract: 20,
        minimum_one_off: 30,
        write_off_limit: Money::from_haler(1_000),
        list_rate_per_minute: Money::from_haler(2_500),
        vat: VatRates::new(VatRate::from_percent(21.into()).map(|rate| (NaiveDate::default(), rate))),
    }
}

/// Everything that can happen to a request.
pub fn timeline() -> Vec<TimelineEntry> {
    let entry = |day, kind, slot, note: String| TimelineEntry {
        program: None,
        at: at(day, 7, 58),
        kind,
        by: Some(t!("gallery-person")),
        slot,
        note,
        told: None,
        said_at: None,
        attachments: Vec::new(),
    };
    vec![
        entry(20, TimelineKind::Ordered, None, String::new()),
        entry(20, TimelineKind::Waiting, None, String::new()),
        entry(23, TimelineKind::Confirmed, Some(slot(25, 10, 30)), String::new()),
        entry(24, TimelineKind::Moved, Some(slot(25, 8, 0)), t!("gallery-long")),
        entry(24, TimelineKind::Reclassified, None, t!("gallery-long-label")),
        entry(25, TimelineKind::Cancelled, None, t!("gallery-filled")),
    ]
}
