//! What it costs to compute offers (the design, §7: under 100 µs for 50 technicians × 60 days with their appointments).
//!
//! The 60 days are working days, twelve calendar weeks across both a daylight-saving Sunday and a public holiday; each
//! technician has six appointments on each of them. `build` reads all 18,000 appointments into day sets, `walk` makes the
//! offers out of these, `whole call` is what a page waits for.

use std::{hint::black_box, time::Duration};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use linka::model::{
    calendar::{BusinessCalendar, Interval, from_local},
    ids::StaffId,
    line::LineSettings,
    money::{Money, VatRate},
    offers::{self, Availability, Busy, OfferQuery, TechnicianPlan, WorkNeed},
    tiers::ResponseTier,
    urgency::Urgency,
};

const TECHNICIANS: i64 = 50;
const WORKING_DAYS: u32 = 60;
const APPOINTMENTS_A_DAY: u32 = 6;

fn wall(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of the day")
}

fn settings() -> LineSettings {
    LineSettings {
        opens: wall(7, 0),
        closes: wall(15, 30),
        urgent_reserve_percent: 25,
        reserve_released_at: wall(8, 0),
        hold_minutes: 10,
        urgent_first_minutes: 15,
        normal_horizon_days: WORKING_DAYS,
        urgent_horizon_days: WORKING_DAYS,
        cutoff_normal_minutes: 120,
        cutoff_urgent_minutes: 30,
        max_moves: 3,
        minimum_with_contract: 20,
        minimum_one_off: 30,
        list_rate_per_minute: Money::from_haler(2_500),
        vat: VatRate::from_percent(21.into()).expect("a rate"),
    }
}

/// Six appointments of half an hour to an hour and a quarter with gaps between them, different for each technician and
/// day; every fifth is urgent.
fn appointments(calendar: &BusinessCalendar, technician: i64, first: NaiveDate) -> Vec<Busy> {
    let mut dice = u32::try_from(technician).expect("few technicians") + 1;
    let mut throw = |faces: u32| {
        // Numerical Recipes' linear congruential generator: the same appointments in every run.
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 16) % faces
    };
    let mut busy = Vec::new();
    let mut date = calendar.add_working_days(first, 0);
    for _ in 0..=WORKING_DAYS {
        let mut quarter = throw(2);
        for _ in 0..APPOINTMENTS_A_DAY {
            let length = 2 + throw(4);
            let start =
                from_local(date, calendar.opens()) + TimeDelta::minutes(i64::from(quarter * 15));
            let end = start + TimeDelta::minutes(i64::from(length * 15));
            let during = Interval::new(start, end).expect("some length");
            busy.push(Busy {
                during,
                urgent: throw(5) == 0,
            });
            quarter += length + throw(2);
        }
        date = calendar.add_working_days(date, 1);
    }
    busy
}

fn offers(criterion: &mut Criterion) {
    let settings = settings();
    let calendar = settings.calendar([]);
    let tier = ResponseTier {
        code: "standard".into(),
        name: "Standard".into(),
        urgent_target_minutes: 240,
        normal_lead_minutes: 1020,
    };
    let today = NaiveDate::from_ymd_opt(2026, 2, 23).expect("a date");
    let now: DateTime<Utc> = from_local(today, wall(8, 10));
    let lunch_break = vec![(wall(7, 0), wall(11, 30)), (wall(12, 0), wall(15, 30))];
    let week = std::array::from_fn(|weekday| {
        if weekday < 5 {
            lunch_break.clone()
        } else {
            Vec::new()
        }
    });
    let technicians: Vec<_> = (0..TECHNICIANS)
        .map(|id| TechnicianPlan {
            technician: StaffId(id),
            skills: vec!["payroll".into(), "canteen".into()],
            week: week.clone(),
            exceptions: Vec::new(),
            busy: appointments(&calendar, id, today),
        })
        .collect();
    let query = |urgency| OfferQuery {
        now,
        urgency,
        work: WorkNeed {
            slot_minutes: 30,
            skill: "canteen",
        },
        tier: &tier,
        calendar: &calendar,
        settings: &settings,
        technicians: &technicians,
    };
    let last = today + Days::new(1);
    let _ = last;
    println!(
        "{} technicians × {WORKING_DAYS} working days, {} appointments, {} offers (normal), {} (urgent)",
        technicians.len(),
        technicians
            .iter()
            .map(|technician| technician.busy.len())
            .sum::<usize>(),
        offers::offers(&query(Urgency::Normal)).len(),
        offers::offers(&query(Urgency::Urgent)).len(),
    );

    let normal = query(Urgency::Normal);
    criterion.bench_function("offers/build", |bench| {
        bench.iter(|| Availability::build(black_box(&normal)))
    });
    let availability = Availability::build(&normal);
    criterion.bench_function("offers/walk", |bench| {
        bench.iter(|| black_box(&availability).offers())
    });
    criterion.bench_function("offers/whole call, normal", |bench| {
        bench.iter(|| offers::offers(black_box(&normal)))
    });
    let urgent = query(Urgency::Urgent);
    criterion.bench_function("offers/whole call, urgent", |bench| {
        bench.iter(|| offers::offers(black_box(&urgent)))
    });
    let start = offers::offers(&normal)
        .first()
        .expect("an offer")
        .slot
        .start;
    criterion.bench_function("offers/find one", |bench| {
        bench.iter(|| offers::find_offer(black_box(&normal), black_box(start)));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    targets = offers
}
criterion_main!(benches);
