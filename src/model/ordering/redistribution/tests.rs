//! What is proposed, against a search that tries everything.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::{Choice, Displaced, Place, redistribute, united};
use crate::model::{
    base::{
        calendar::Interval,
        ids::{AppointmentId, CustomerId, StaffId},
        terms::Urgency,
    },
    fixtures::{calendar, date, local, time},
    line::plans::{ExceptionKind, PlannedWeek},
    ordering::offers::{Busy, PlanException, Slot, TechnicianPlan},
};

const MONDAY: &str = "2026-11-23";
const DAYS: i64 = 2;

fn at(minutes: i64) -> DateTime<Utc> {
    local("2026-11-23 07:00") + TimeDelta::minutes(minutes)
}

fn slot(start: i64, minutes: i64) -> Slot {
    Slot { start: at(start), end: at(start + minutes) }
}

fn technician(id: i64, skills: &[&str], spans: &[(&str, &str)]) -> TechnicianPlan {
    let spans: Vec<(NaiveTime, NaiveTime)> = spans.iter().map(|&(from, to)| (time(from), time(to))).collect();
    TechnicianPlan {
        technician: StaffId(id),
        skills: skills.iter().map(|&skill| skill.to_owned()).collect(),
        is_near: true,
        weeks: vec![PlannedWeek { first: None, last: None, week: std::array::from_fn(|_| spans.clone()) }],
        exceptions: Vec::new(),
        busy: Vec::new(),
    }
}

fn displaced(id: i64, slot: Slot) -> Displaced<'static> {
    let customer = CustomerId(id);
    Displaced { id: AppointmentId(id), technician: StaffId(9), customer, slot, skill: "a", urgency: Urgency::Normal }
}

fn proposed(technicians: &[TechnicianPlan], displaced: &[Displaced<'_>]) -> Vec<Option<(i64, Slot)>> {
    proposed_beside(technicians, displaced, &[])
}

fn proposed_beside(
    technicians: &[TechnicianPlan],
    displaced: &[Displaced<'_>],
    agreed: &[(CustomerId, Slot)],
) -> Vec<Option<(i64, Slot)>> {
    let last = date(MONDAY) + TimeDelta::days(DAYS - 1);
    let places = redistribute(&calendar(), technicians, displaced, agreed, at(0), last);
    places.into_iter().map(|place| place.map(|place| (place.technician.0, place.slot))).collect()
}

#[test]
fn a_colleague_who_is_free_takes_over_and_nobody_else_moves() {
    let mut busy = technician(1, &["a"], &[("07:00", "15:30")]);
    busy.busy.push(Busy { during: Interval::new(at(0), at(60)).unwrap(), urgent: false });
    let unable = technician(2, &["b"], &[("07:00", "15:30")]);
    let places = proposed(&[busy, unable], &[displaced(1, slot(0, 60)), displaced(2, slot(60, 60))]);
    // The first would like what the second keeps.
    assert_eq!(places, [Some((1, slot(120, 60))), Some((1, slot(60, 60)))]);
}

#[test]
fn whom_the_first_could_do_without_is_left_to_the_second() {
    let early = technician(1, &["a"], &[("07:00", "08:00")]);
    let all_day = technician(2, &["a"], &[("07:00", "15:30")]);
    // They overlap: who takes the first by the fewest promises alone would lose the second.
    let mut loaded = early;
    loaded.busy.push(Busy { during: Interval::new(at(0), at(0) + TimeDelta::seconds(1)).unwrap(), urgent: false });
    let places = proposed(&[loaded, all_day], &[displaced(1, slot(15, 45)), displaced(2, slot(30, 60))]);
    assert_eq!(places, [Some((1, slot(15, 45))), Some((2, slot(30, 60)))]);
}

#[test]
fn of_those_who_cannot_keep_their_time_the_urgent_go_first() {
    let only = technician(1, &["a"], &[("08:00", "10:00")]);
    let urgent = Displaced { urgency: Urgency::Urgent, ..displaced(2, slot(15, 60)) };
    let places = proposed(std::slice::from_ref(&only), &[displaced(1, slot(0, 60)), urgent]);
    assert_eq!(places, [Some((1, slot(120, 60))), Some((1, slot(60, 60)))]);
    let none = proposed(&[], &[displaced(1, slot(0, 60))]);
    assert_eq!(none, [None], "the customer picks again");
}

#[test]
fn nobody_gets_two_times_beside_one_another() {
    let free = [technician(1, &["a"], &[("08:00", "15:30")]), technician(2, &["a"], &[("08:00", "15:30")])];
    let of_one = |id, start| Displaced { customer: CustomerId(7), ..displaced(id, slot(start, 60)) };
    // Both technicians are free at eight; the customer is there once.
    let places = proposed(&free, &[of_one(1, 0), of_one(2, 15)]);
    assert_eq!(places, [Some((1, slot(60, 60))), Some((2, slot(120, 60)))]);
    // A time that stays as it is counts as well, to the quarter.
    let stays = [(CustomerId(7), slot(60, 100)), (CustomerId(8), slot(165, 60))];
    assert_eq!(proposed_beside(&free, &[of_one(1, 0)], &stays), [Some((1, slot(165, 60)))]);
    let all_days: Vec<_> = (0..DAYS).map(|day| (CustomerId(7), slot(day * 24 * 60, 12 * 60))).collect();
    assert_eq!(proposed_beside(&free, &[of_one(1, 0)], &all_days), [None], "the customer picks again");
}

#[test]
fn a_choice_is_spelled_in_a_form() {
    let place = Place { technician: StaffId(12), slot: slot(0, 40) };
    for choice in [Choice::Move(place), Choice::PickAgain, Choice::Leave, Choice::NotNow] {
        assert_eq!(choice.to_string().parse(), Ok(choice));
    }
    for nonsense in ["", "12", "12@", "12@5-4", "x@1-2", "12@1"] {
        assert!(nonsense.parse::<Choice>().is_err(), "{nonsense}");
    }
}

/// The rules word by word: a technician who has the skill, at work in one of the spans, free for every quarter.
fn could_take(technician: &TechnicianPlan, skill: &str, wanted: Slot, taken: &[(usize, Slot)], place: usize) -> bool {
    let minutes = (wanted.end - wanted.start).num_minutes();
    let whole = Interval::new(wanted.start, wanted.start + TimeDelta::minutes((minutes + 14) / 15 * 15)).unwrap();
    let day = crate::model::base::calendar::to_local(wanted.start).date();
    let is_at_work = technician.weeks[0].week[0].iter().any(|&(from, to)| {
        let wall = crate::model::base::calendar::from_local;
        wall(day, from) <= whole.start() && whole.end() <= wall(day, to)
    });
    is_at_work
        && technician.skills.iter().any(|known| known == skill)
        && !technician.exceptions.iter().any(|off| off.during.overlaps(&whole))
        && !technician.busy.iter().any(|busy| busy.during.overlaps(&whole))
        && !taken.iter().any(|&(who, slot)| {
            let quarters = ((slot.end - slot.start).num_minutes() + 14) / 15;
            let other = Interval::new(slot.start, slot.start + TimeDelta::minutes(quarters * 15)).unwrap();
            who == place && other.overlaps(&whole)
        })
}

/// The most that can keep their time, found by trying everything.
fn most_kept(technicians: &[TechnicianPlan], displaced: &[Displaced<'_>], taken: &mut Vec<(usize, Slot)>) -> usize {
    let Some((one, others)) = displaced.split_first() else { return 0 };
    let mut most = most_kept(technicians, others, taken);
    for (place, technician) in technicians.iter().enumerate() {
        if could_take(technician, one.skill, one.slot, taken, place) {
            taken.push((place, one.slot));
            most = most.max(1 + most_kept(technicians, others, taken));
            taken.pop();
        }
    }
    most
}

fn any_technician(id: i64) -> impl Strategy<Value = TechnicianPlan> {
    let skills = prop_oneof![3 => Just(vec!["a", "b"]), 2 => Just(vec!["a"]), 1 => Just(vec!["b"])];
    let spans = prop_oneof![
        2 => Just(vec![("07:00", "15:30")]),
        2 => Just(vec![("07:00", "09:00"), ("09:30", "12:00")]),
        1 => Just(vec![("08:15", "10:00")]),
        1 => Just(vec![]),
    ];
    let stretch = (0..16_i64, 1..6_i64)
        .prop_map(|(start, quarters)| Interval::new(at(start * 15), at((start + quarters) * 15)).unwrap());
    let off = prop::collection::vec(stretch.clone(), 0..2);
    let busy = prop::collection::vec(stretch, 0..4);
    (skills, spans, off, busy).prop_map(move |(skills, spans, off, busy)| {
        let mut one = technician(id, &skills, &spans);
        one.exceptions = off.into_iter().map(|during| PlanException { during, kind: ExceptionKind::Off }).collect();
        one.busy = busy.into_iter().map(|during| Busy { during, urgent: false }).collect();
        one
    })
}

fn any_displaced() -> impl Strategy<Value = Vec<Displaced<'static>>> {
    let length = prop::sample::select(vec![15, 30, 40, 60, 90]);
    let one = (0..16_i64, length, any::<bool>(), prop::bool::weighted(0.2), 1..4_i64);
    prop::collection::vec(one, 1..6).prop_map(|all| {
        let numbered = (1..).zip(all);
        numbered
            .map(|(id, (start, minutes, is_b, is_urgent, customer))| Displaced {
                customer: CustomerId(customer),
                skill: if is_b { "b" } else { "a" },
                urgency: if is_urgent { Urgency::Urgent } else { Urgency::Normal },
                ..displaced(id, slot(start * 15, minutes))
            })
            .collect()
    })
}

proptest! {
    /// Nothing overlaps, nobody does what they have not learned or when they are not there; as many as can be keep their time,
    /// and who cannot gets the nearest later one that is left.
    #[test]
    fn as_few_as_can_be_move_and_none_where_it_cannot_be(
        technicians in (any_technician(1), any_technician(2), any_technician(3), 0..=3_usize)
            .prop_map(|(a, b, c, count)| [a, b, c].into_iter().take(count).collect::<Vec<_>>()),
        displaced in any_displaced(),
        agreed in prop::collection::vec((1..4_i64, 0..16_i64), 0..3),
    ) {
        let agreed: Vec<_> = agreed.into_iter().map(|(id, start)| (CustomerId(id), slot(start * 15, 40))).collect();
        let places = proposed_beside(&technicians, &displaced, &agreed);
        prop_assert_eq!(&places, &proposed_beside(&technicians, &displaced, &agreed), "the same again");
        let at_place = |id: i64| technicians.iter().position(|one| one.technician == StaffId(id)).unwrap();
        let placed = |one: usize| places[one].map(|(id, slot)| (at_place(id), slot));
        let keeps = |one: usize| placed(one).is_some_and(|(_, slot)| slot == displaced[one].slot);

        let mut taken: Vec<(usize, Slot)> = Vec::new();
        let mut own = agreed.clone();
        for (one, wanted) in displaced.iter().enumerate().filter(|(one, _)| keeps(*one)) {
            let (place, slot) = placed(one).unwrap();
            prop_assert!(could_take(&technicians[place], wanted.skill, slot, &taken, place));
            taken.push((place, slot));
            own.push((wanted.customer, slot));
        }
        prop_assert_eq!(taken.len(), most_kept(&technicians, &displaced, &mut Vec::new()));

        let mut others: Vec<usize> = (0..displaced.len()).filter(|one| !keeps(*one)).collect();
        others.sort_by_key(|&one| (displaced[one].urgency != Urgency::Urgent, displaced[one].slot.start, displaced[one].id));
        for one in others {
            let wanted = &displaced[one];
            let length = wanted.slot.end - wanted.slot.start;
            let starts = (0..DAYS * 96).map(|quarter| local("2026-11-23 00:00") + TimeDelta::minutes(quarter * 15));
            let nearest = starts.filter(|start| *start >= wanted.slot.start).find(|&start| {
                let slot = Slot { start, end: start + length };
                let is_apart = !own.iter().any(|&(whose, other)| whose == wanted.customer && other.overlaps(slot));
                is_apart && technicians.iter().enumerate().any(|(place, one)| could_take(one, wanted.skill, slot, &taken, place))
            });
            prop_assert_eq!(placed(one).map(|(_, slot)| slot.start), nearest, "{:?}", wanted);
            if let Some((place, slot)) = placed(one) {
                prop_assert_eq!(slot.end - slot.start, length);
                prop_assert!(could_take(&technicians[place], wanted.skill, slot, &taken, place));
                prop_assert!(!own.iter().any(|&(whose, other)| whose == wanted.customer && other.overlaps(slot)));
                taken.push((place, slot));
                own.push((wanted.customer, slot));
            }
        }
    }
}

#[test]
fn many_times_of_one_customer_are_held_against_others_as_few() {
    let several = vec![slot(300, 30), slot(60, 75), slot(0, 60), slot(80, 10), slot(120, 60)];
    assert_eq!(united(several), [slot(0, 180), slot(300, 30)]);
    assert_eq!(united(Vec::new()), []);
}
