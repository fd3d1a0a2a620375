//! What holds for any line, any plans and any time: near both changes of the clocks, Easter and the end of the year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use proptest::{prelude::*, sample::Index, strategy::ValueTree, test_runner::TestRunner};

use super::{Case, SKILL};
use crate::model::{
    base::{
        calendar::{BusinessCalendar, Closure, DayKind, Interval, from_local, to_local},
        ids::StaffId,
        terms::Urgency,
    },
    fixtures::{date, settings, standard, time},
    line::plans::{ExceptionKind, PlannedWeek, Week},
    ordering::offers::{
        Busy, OfferReason, PlanException, SlotRefused, TechnicianPlan, find_offer, free_technicians, offers,
    },
};

/// Days around which something happens. Today's changes of the clocks come on Sundays; in 1944 they came on Mondays, so
/// that hours at night run over them.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    prop::sample::select(vec![
        "2026-03-29",
        "2026-10-25",
        "1944-04-03",
        "1944-10-02",
        "2026-04-05",
        "2026-12-24",
        "2027-01-01",
        "2026-11-23",
    ])
    .prop_map(date)
}

/// A wall time: mostly on the grid, sometimes not at all.
fn any_time() -> impl Strategy<Value = NaiveTime> {
    let second = prop_oneof![
        8 => (0..96_u32).prop_map(|quarter| quarter * 900),
        1 => (0..1_440_u32).prop_map(|minute| minute * 60),
        1 => 0..86_400_u32,
    ];
    second.prop_map(|second| NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap())
}

fn any_hours() -> impl Strategy<Value = (NaiveTime, NaiveTime)> {
    prop_oneof![
        6 => Just((time("07:00"), time("15:30"))),
        3 => Just((time("01:00"), time("04:00"))),
        1 => Just((time("00:00"), time("23:59:59"))),
        1 => (any_time(), any_time()),
    ]
}

/// A stretch of time that begins within some days of `day`: mostly an appointment on the grid, sometimes anything.
fn any_interval(day: NaiveDate) -> impl Strategy<Value = Interval> {
    let begin = (-2..5_i64, any_time()).prop_map(move |(days, wall)| from_local(day + TimeDelta::days(days), wall));
    let length = prop_oneof![
        8 => (1..8_i64).prop_map(|quarters| quarters * 900),
        1 => 1..7_200_i64,
        1 => 1..200_000_i64,
    ];
    (begin, length).prop_map(|(begin, length)| Interval::new(begin, begin + TimeDelta::seconds(length)).unwrap())
}

fn any_technician(id: i64, day: NaiveDate) -> BoxedStrategy<TechnicianPlan> {
    let spans = prop_oneof![
        3 => Just(vec![(time("00:00"), time("15:30"))]),
        3 => Just(vec![(time("01:30"), time("11:30")), (time("12:00"), time("15:30"))]),
        1 => prop::collection::vec((any_time(), any_time()), 0..3),
    ];
    let exception = (any_interval(day), prop::sample::select(ExceptionKind::ALL))
        .prop_map(|(during, kind)| PlanException { during, kind });
    let busy = (any_interval(day), any::<bool>()).prop_map(|(during, urgent)| Busy { during, urgent });
    (
        prop::bool::weighted(0.8),
        any_weeks(prop::array::uniform7(spans), day),
        prop::collection::vec(exception, 0..3),
        prop::collection::vec(busy, 0..10),
        any::<bool>(),
    )
        .prop_map(move |(is_able, weeks, exceptions, busy, is_near)| TechnicianPlan {
            technician: StaffId(id),
            skills: if is_able { vec!["canteen".into(), SKILL.into()] } else { vec!["canteen".into()] },
            is_near,
            weeks,
            exceptions,
            busy,
        })
        .boxed()
}

/// One week for ever, or one week up to some day near by and another from then on, perhaps with days between that nobody planned.
fn any_weeks(
    week: impl Strategy<Value = Week> + Clone + 'static,
    day: NaiveDate,
) -> impl Strategy<Value = Vec<PlannedWeek>> {
    let changes = (week.clone(), week.clone(), -3..8_i64, prop_oneof![3 => Just(0), 1 => 0..4_i64]).prop_map(
        move |(before, after, days, gap)| {
            let last = day + TimeDelta::days(days);
            let first = last + TimeDelta::days(1 + gap);
            vec![
                PlannedWeek { first: None, last: Some(last), week: before },
                PlannedWeek { first: Some(first), last: None, week: after },
            ]
        },
    );
    prop_oneof![3 => week.prop_map(|week| vec![PlannedWeek { first: None, last: None, week }]), 1 => changes]
}

fn any_case() -> impl Strategy<Value = Case> {
    any_day().prop_flat_map(|day| {
        let technicians = (
            any_technician(3, day),
            any_technician(1, day),
            any_technician(2, day),
            prop_oneof![1 => Just(0), 9 => 1..=3_usize],
        )
            .prop_map(|(a, b, c, count)| [a, b, c].into_iter().take(count).collect::<Vec<_>>());
        let closures = prop::collection::vec(-2..6_i64, 0..3);
        let calendar = (any_hours(), closures).prop_map(move |((opens, closes), closures)| {
            let closure = |days| Closure { date: day + TimeDelta::days(days), reason: String::new() };
            BusinessCalendar::new(opens, closes, closures.into_iter().map(closure))
        });
        let request = (
            -90_000_000..90_000_000_i64,
            (prop::sample::select(Urgency::ALL), prop::bool::weighted(0.2)),
            prop_oneof![4 => (1..9_u32).prop_map(|quarters| quarters * 15), 1 => 0..200_u32],
            prop_oneof![1 => Just(0), 2 => 0..700_u32],
            0..1_100_u32,
        );
        let line = (prop::sample::select(vec![0, 25, 25, 60, 100]), any_time(), 0..40_u32, 0..4_u32, 0..4_u32);
        (technicians, calendar, request, line).prop_map(move |(technicians, calendar, request, line)| {
            let (millisecond, (urgency, missed_by_us), slot_minutes, lead, target) = request;
            let mut tier = standard();
            (tier.normal_lead_minutes, tier.urgent_target_minutes) = (lead, target);
            let mut settings = settings();
            (
                settings.urgent_reserve_percent,
                settings.reserve_released_at,
                settings.urgent_first_minutes,
                settings.normal_horizon_days,
                settings.urgent_horizon_days,
            ) = line;
            let now = from_local(day, time("12:00")) + TimeDelta::milliseconds(millisecond);
            Case {
                now,
                urgency,
                missed_by_us,
                slot_minutes,
                tier,
                calendar,
                settings,
                released: Vec::new(),
                technicians,
            }
        })
    })
}

/// Which of many to look at: looking at all of them takes too long.
fn picks() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 16)
}

fn pick<T: Clone>(picks: &[Index], all: &[T]) -> Vec<T> {
    let of_many = if all.is_empty() { &[] } else { picks };
    of_many.iter().map(|pick| pick.get(all).clone()).collect()
}

proptest! {
    #[test]
    fn offers_are_those_of_the_reference(case in any_case()) {
        let expected: Vec<_> = case.reference_grid().into_iter().filter(|&start| case.reference(start).is_ok()).collect();
        prop_assert_eq!(case.starts(), expected);
    }

    #[test]
    fn finding_one_agrees_with_all_of_them_and_refuses_as_the_reference_does(case in any_case(), picks in picks()) {
        let query = case.query();
        let all = offers(&query);
        for start in pick(&picks, &case.reference_grid()).into_iter().chain(pick(&picks, &case.starts())) {
            let found = find_offer(&query, start);
            prop_assert_eq!(found.clone().map(|_| ()), case.reference(start), "{}", start);
            prop_assert_eq!(found.ok(), all.iter().find(|offer| offer.slot.start == start).cloned(), "{}", start);
        }
    }

    #[test]
    fn off_the_grid_nothing_is_found(case in any_case(), picks in picks(), millisecond in 1..900_000_i64) {
        for start in pick(&picks, &case.reference_grid()) {
            let start = start + TimeDelta::milliseconds(millisecond);
            let found = find_offer(&case.query(), start);
            prop_assert!(found.is_err());
            prop_assert_eq!(found.map(|_| ()), case.reference(start));
            prop_assert_eq!(free_technicians(&case.query(), start), []);
        }
    }

    /// Said once more without the reference, in the words of the promise to the customer.
    #[test]
    fn an_offer_keeps_every_promise(case in any_case(), picks in picks()) {
        let all = offers(&case.query());
        let distinct: BTreeSet<_> = all.iter().map(|offer| offer.slot.start).collect();
        prop_assert!(all.iter().map(|offer| offer.slot.start).eq(distinct), "in order, each start once");
        for offer in pick(&picks, &all) {
            let slot = Interval::new(offer.slot.start, offer.slot.end).unwrap();
            let date = to_local(slot.start()).date();
            prop_assert_eq!(slot.minutes(), i64::from(case.slot_minutes.div_ceil(15).max(1) * 15));
            prop_assert_eq!(case.calendar.day_kind(date), DayKind::Working);
            let hours = case.calendar.hours(date).unwrap();
            prop_assert!(hours.start() <= slot.start() && slot.end() <= hours.end());
            match &offer.reason {
                OfferReason::NormalLead { earliest, lead_minutes, .. } => {
                    prop_assert_eq!(case.urgency, Urgency::Normal);
                    prop_assert!(slot.start() >= *earliest);
                    prop_assert!(case.calendar.working_minutes_between(case.now, slot.start()) >= *lead_minutes);
                }
                OfferReason::UrgentTarget { deadline, .. } => prop_assert!(slot.start() <= *deadline),
                OfferReason::UrgentAfterTarget { deadline, .. } => prop_assert!(slot.start() > *deadline),
                OfferReason::MissedByUs => prop_assert!(case.missed_by_us),
                OfferReason::Dispatch => prop_assert!(false, "nobody offered it"),
            }
            if case.missed_by_us || case.urgency == Urgency::Urgent {
                let first = TimeDelta::minutes(case.settings.urgent_first_minutes.into());
                prop_assert!(slot.start() - case.now >= first);
            }
            let free = free_technicians(&case.query(), slot.start());
            prop_assert!(!free.is_empty());
            for technician in case.technicians.iter().filter(|technician| free.contains(&technician.technician)) {
                prop_assert!(technician.knows(SKILL));
                prop_assert!(!technician.busy.iter().any(|busy| busy.during.overlaps(&slot)), "double booking");
                prop_assert!(!technician.exceptions_of(ExceptionKind::Off).any(|off| off.during.overlaps(&slot)));
            }
        }
    }

    /// Whatever is booked one after the other, each with fresh offers: never two at once for one technician, and normal
    /// requests never reach into the reserve.
    #[test]
    fn booking_offer_after_offer_keeps_the_reserve_and_never_books_twice(mut case in any_case(), picks in picks()) {
        for technician in &mut case.technicians {
            technician.busy.clear();
        }
        case.missed_by_us = false;
        case.settings.reserve_released_at = NaiveTime::MIN; // from the next day on it is in force
        for pick in picks {
            let all = offers(&case.query());
            if all.is_empty() {
                break;
            }
            let slot = pick.get(&all).slot;
            let id = free_technicians(&case.query(), slot.start)[0];
            let technician = case.technicians.iter_mut().find(|technician| technician.technician == id).unwrap();
            let during = Interval::new(slot.start, slot.end).unwrap();
            prop_assert!(!technician.busy.iter().any(|busy| busy.during.overlaps(&during)));
            technician.busy.push(Busy { during, urgent: case.urgency == Urgency::Urgent });
        }
        if case.urgency == Urgency::Normal {
            let today = to_local(case.now).date();
            let mut promised = BTreeMap::<_, i64>::new();
            for busy in case.technicians.iter().flat_map(|technician| &technician.busy) {
                *promised.entry(to_local(busy.during.start()).date()).or_default() += busy.during.minutes();
            }
            for (date, promised) in promised.into_iter().filter(|&(date, _)| date > today) {
                let normal_share = 100 - i64::from(case.settings.urgent_reserve_percent);
                prop_assert!(promised * 100 <= case.reference_planned_minutes(date) * normal_share, "{}", date);
            }
        }
    }

    #[test]
    fn the_technicians_are_those_of_the_reference_the_near_and_least_loaded_first(case in any_case(), picks in picks()) {
        for start in pick(&picks, &case.reference_grid()) {
            let free = free_technicians(&case.query(), start);
            let mut by_id = free.clone();
            by_id.sort();
            prop_assert_eq!(by_id, case.reference_technicians(start));
            let is_near = |id| case.technicians.iter().any(|one| one.technician == id && one.is_near);
            let keys: Vec<_> = free.iter().map(|&id| (!is_near(id), case.reference_load(id, start), id)).collect();
            prop_assert!(keys.is_sorted(), "{:?}", keys);
        }
    }

    #[test]
    fn a_region_keeps_nothing_from_anybody(case in any_case()) {
        let mut elsewhere = case.clone();
        for technician in &mut elsewhere.technicians {
            technician.is_near = !technician.is_near;
        }
        prop_assert_eq!(offers(&case.query()), offers(&elsewhere.query()));
    }

    #[test]
    fn only_the_reserve_and_the_window_keep_normal_requests_from_what_urgent_ones_get(case in any_case(), picks in picks()) {
        let urgent = Case { urgency: Urgency::Urgent, missed_by_us: false, ..case.clone() };
        let normal = Case { urgency: Urgency::Normal, missed_by_us: false, ..case };
        for start in pick(&picks, &normal.starts()) {
            let as_urgent = find_offer(&urgent.query(), start);
            let outside_window = matches!(as_urgent, Err(SlotRefused::TooSoon { .. } | SlotRefused::BeyondHorizon));
            prop_assert!(as_urgent.is_ok() || outside_window);
        }
    }
}

proptest! {
    /// Whoever was let down gets every time that anybody could get from now on, and loses none.
    #[test]
    fn after_a_time_that_we_missed_every_free_time_is_on_offer(case in any_case()) {
        let missed: BTreeSet<_> = Case { missed_by_us: true, ..case.clone() }.starts().into_iter().collect();
        for urgency in Urgency::ALL {
            let ordinary = Case { urgency: *urgency, missed_by_us: false, ..case.clone() };
            let first = case.now + TimeDelta::minutes(case.settings.urgent_first_minutes.into());
            prop_assert!(ordinary.starts().into_iter().filter(|start| *start >= first).all(|start| missed.contains(&start)));
        }
    }
}

/// A guard against properties that hold because nothing is ever offered.
#[test]
fn most_cases_offer_something() {
    let mut runner = TestRunner::deterministic();
    let cases = (0..200).map(|_| any_case().new_tree(&mut runner).unwrap().current());
    let with_offers = cases.filter(|case| !offers(&case.query()).is_empty()).count();
    assert!(with_offers > 60, "{with_offers} of 200");
}
