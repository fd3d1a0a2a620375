//! What it costs to compute offers (design, Budgets: under 100 µs for 50 technicians × 60 days with their appointments).
//!
//! `build` reads all appointments into sets of quarter hours, `walk` makes the offers out of these, `whole call` is what a
//! page waits for: both, and the calendar, from nothing. The days run over a change of the clocks and two public holidays;
//! each technician has six appointments on each working day. Once the days are those of the calendar, as in the budget,
//! and once they are 60 working days, that is twelve weeks.

use std::{hint::black_box, time::Duration};

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use criterion::{Criterion, criterion_group, criterion_main};
use linka::model::{
    base::{
        calendar::{BusinessCalendar, Interval, from_local},
        ids::StaffId,
        money::{Money, VatRate, VatRates},
        terms::Urgency,
    },
    line::{plans::PlannedWeek, settings::LineSettings, tiers::ResponseTier},
    ordering::offers::{Availability, Busy, OfferQuery, TechnicianPlan, WorkNeed, find_offer, offers},
};

const TECHNICIANS: i64 = 50;
const APPOINTMENTS_A_DAY: u32 = 6;

fn wall(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of the day")
}

fn settings(working_days: u32) -> LineSettings {
    LineSettings {
        opens: wall(7, 0),
        closes: wall(15, 30),
        urgent_reserve_percent: 25,
        reserve_released_at: wall(8, 0),
        hold_minutes: 10,
        urgent_first_minutes: 15,
        normal_horizon_days: working_days,
        urgent_horizon_days: working_days,
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
        vat: VatRates::new([(NaiveDate::default(), VatRate::from_percent(21.into()).expect("a rate"))]),
    }
}

/// Six appointments of half an hour to an hour and a quarter with gaps between them, different for each technician and
/// day; every fifth is urgent.
fn appointments(calendar: &BusinessCalendar, technician: i64, first: NaiveDate, working_days: u32) -> Vec<Busy> {
    let mut dice = u32::try_from(technician).expect("few technicians") + 1;
    let mut throw = |faces: u32| {
        // Numerical Recipes' linear congruential generator: the same appointments in every run.
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 16) % faces
    };
    let mut busy = Vec::new();
    let mut date = calendar.add_working_days(first, 0);
    for _ in 0..=working_days {
        let mut quarter = throw(2);
        for _ in 0..APPOINTMENTS_A_DAY {
            let length = 2 + throw(4);
            let start = from_local(date, calendar.wall_hours(date).0) + TimeDelta::minutes(i64::from(quarter * 15));
            let end = start + TimeDelta::minutes(i64::from(length * 15));
            let during = Interval::new(start, end).expect("some length");
            busy.push(Busy { during, urgent: throw(5) == 0 });
            quarter += length + throw(2);
        }
        date = calendar.add_working_days(date, 1);
    }
    busy
}

fn offers_of_60_days(criterion: &mut Criterion) {
    // 23 February to 24 April 2026.
    measure(criterion, "60 days", 42);
}

fn offers_of_60_working_days(criterion: &mut Criterion) {
    measure(criterion, "60 working days", 60);
}

fn measure(criterion: &mut Criterion, name: &str, working_days: u32) {
    let settings = settings(working_days);
    let calendar = settings.calendar([]);
    let tier = ResponseTier {
        code: "standard".into(),
        name: "Standard".into(),
        urgent_target_minutes: 240,
        normal_lead_minutes: 1_020,
    };
    let today = NaiveDate::from_ymd_opt(2026, 2, 23).expect("a date");
    let with_lunch_break = vec![(wall(7, 0), wall(11, 30)), (wall(12, 0), wall(15, 30))];
    let week = std::array::from_fn(|weekday| if weekday < 5 { with_lunch_break.clone() } else { Vec::new() });
    let technicians: Vec<_> = (0..TECHNICIANS)
        .map(|id| TechnicianPlan {
            technician: StaffId(id),
            skills: vec!["payroll".into(), "canteen".into()],
            is_near: true,
            weeks: vec![PlannedWeek { first: None, last: None, week: week.clone() }],
            exceptions: Vec::new(),
            busy: appointments(&calendar, id, today, working_days),
        })
        .collect();
    let query = |urgency| OfferQuery {
        now: from_local(today, wall(8, 10)),
        urgency,
        missed_by_us: false,
        work: WorkNeed { slot_minutes: 30, skill: "canteen" },
        tier: &tier,
        calendar: &calendar,
        settings: &settings,
        released: &[],
        technicians: &technicians,
    };
    let (normal, urgent) = (query(Urgency::Normal), query(Urgency::Urgent));
    let availability = Availability::build(&normal);
    let first = offers(&normal).first().expect("an offer").slot.start;
    println!(
        "{TECHNICIANS} technicians × {name} until {}: {} appointments, {} normal offers, {} urgent ones",
        calendar.add_working_days(today, working_days),
        technicians.iter().map(|technician| technician.busy.len()).sum::<usize>(),
        offers(&normal).len(),
        offers(&urgent).len(),
    );

    let mut group = criterion.benchmark_group(name);
    group.bench_function("build", |bench| bench.iter(|| Availability::build(black_box(&normal))));
    group.bench_function("walk", |bench| bench.iter(|| black_box(&availability).offers()));
    group.bench_function("whole call, normal", |bench| bench.iter(|| offers(black_box(&normal))));
    group.bench_function("whole call, urgent", |bench| bench.iter(|| offers(black_box(&urgent))));
    group.bench_function("find one", |bench| bench.iter(|| find_offer(black_box(&normal), black_box(first))));
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    targets = offers_of_60_days, offers_of_60_working_days
}
criterion_main!(benches);
