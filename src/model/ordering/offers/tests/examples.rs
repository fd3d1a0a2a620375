//! The rules by example. Monday is 23 November 2026.

use chrono::TimeDelta;

use super::{Case, full_time, technician};
use crate::model::{
    base::{calendar::BusinessCalendar, ids::StaffId},
    fixtures::{calendar_closed_on, local, time},
    line::plans::ExceptionKind,
    ordering::offers::{OfferReason, SlotRefused, find_offer, free_technicians, offers},
};

const MONDAY: &str = "2026-11-23";
const TUESDAY: &str = "2026-11-24";

#[test]
fn urgent_work_is_offered_from_a_quarter_of_an_hour_from_now_on() {
    let case = Case::at("2026-11-23 09:50").urgent().with(full_time(1));
    let starts = case.starts_on(MONDAY);
    assert_eq!((starts[0].as_str(), starts.last().unwrap().as_str()), ("10:15", "14:30"));
    // Exactly on the grid it needs no rounding.
    assert_eq!(Case { now: local("2026-11-23 09:45"), ..case.clone() }.starts_on(MONDAY)[0], "10:00");
    // Before opening, too.
    assert_eq!(Case { now: local("2026-11-23 06:50"), ..case.clone() }.starts_on(MONDAY)[0], "07:15");
    assert_eq!(Case { now: local("2026-11-22 20:00"), ..case }.starts_on(MONDAY)[0], "07:00");
}

#[test]
fn urgent_offers_say_whether_they_meet_the_target() {
    // 240 working minutes from 13:30: 2 hours today, 2 tomorrow.
    let case = Case::at("2026-11-23 13:30").urgent().with(full_time(1));
    let (tier, target_minutes, deadline) = ("Standard".into(), 240, local("2026-11-24 09:00"));
    let offer = find_offer(&case.query(), local("2026-11-24 09:00")).unwrap();
    assert_eq!(offer.reason, OfferReason::UrgentTarget { tier, target_minutes, deadline });
    let offer = find_offer(&case.query(), local("2026-11-24 09:15")).unwrap();
    let tier = "Standard".into();
    assert_eq!(offer.reason, OfferReason::UrgentAfterTarget { tier, target_minutes, deadline });
    assert_eq!(offer.slot.end, local("2026-11-24 10:15"));
}

#[test]
fn the_target_of_a_request_by_night_counts_from_the_morning() {
    let case = Case::at("2026-11-20 22:00").urgent().with(full_time(1));
    let first = offers(&case.query()).swap_remove(0);
    assert_eq!(first.slot.start, local("2026-11-23 07:00"));
    let OfferReason::UrgentTarget { deadline, .. } = first.reason else { panic!("{:?}", first.reason) };
    assert_eq!(deadline, local("2026-11-23 11:00"));
}

#[test]
fn after_a_time_that_we_missed_any_free_time_from_now_on_is_offered_without_lead_and_reserve() {
    let mut case = Case::at("2026-11-23 09:50").missed_by_us().with(full_time(1));
    case.settings.urgent_reserve_percent = 100;
    let all = offers(&case.query());
    assert_eq!(all[0].slot.start, local("2026-11-23 10:15"));
    assert_eq!(all.last().unwrap().slot.start, local("2026-12-14 14:30"), "as far ahead as a normal request");
    assert!(all.iter().all(|offer| offer.reason == OfferReason::MissedByUs));
}

#[test]
fn normal_work_is_offered_after_the_lead_and_up_to_the_horizon() {
    // 1020 working minutes are two days.
    let case = Case::at("2026-11-23 09:50").with(full_time(1));
    let all = offers(&case.query());
    assert_eq!(all[0].slot.start, local("2026-11-25 10:00"));
    assert_eq!(all.last().unwrap().slot.start, local("2026-12-14 14:30"), "15 working days from today");
    let (tier, lead_minutes, earliest) = ("Standard".into(), 1_020, local("2026-11-25 10:00"));
    assert_eq!(all[0].reason, OfferReason::NormalLead { tier, lead_minutes, earliest });
}

#[test]
fn a_lead_that_ends_at_closing_time_means_the_next_morning() {
    let case = Case::at("2026-11-23 15:20").with(full_time(1));
    // The lead ends at 15:20; the next quarter begins when the line closes.
    let earliest = local("2026-11-26 07:00");
    assert_eq!(case.starts()[0], earliest);
    assert_eq!(find_offer(&case.query(), local("2026-11-25 15:30")), Err(SlotRefused::TooSoon { earliest }));
}

#[test]
fn a_lead_beyond_the_horizon_leaves_nothing() {
    let mut case = Case::at("2026-11-23 09:50").with(full_time(1));
    case.settings.normal_horizon_days = 1;
    assert_eq!(offers(&case.query()), []);
}

#[test]
fn weekends_holidays_and_closures_are_left_out() {
    let mut case = Case::at("2026-12-21 09:00").with(full_time(1));
    case.calendar = calendar_closed_on(&["2026-12-28"]);
    case.settings.normal_horizon_days = 5;
    let mut days: Vec<_> = case.starts().iter().map(|start| start.date_naive().to_string()).collect();
    days.dedup();
    assert_eq!(days, ["2026-12-23", "2026-12-29", "2026-12-30", "2026-12-31"]);
}

#[test]
fn a_lunch_break_is_not_worked_through() {
    let lunch_break = technician(1, &[("07:00", "11:30"), ("12:15", "15:30")]);
    let case = Case::at("2026-11-23 06:00").urgent().with(lunch_break);
    let starts = case.starts_on(MONDAY);
    assert!(starts.contains(&"10:30".into()) && starts.contains(&"12:15".into()));
    assert!(!["10:45", "11:00", "11:30", "12:00"].iter().any(|&start| starts.contains(&start.into())));
}

#[test]
fn an_exception_in_the_middle_of_a_day() {
    let dentist = full_time(1).except(ExceptionKind::Off, "2026-11-23 10:10", "2026-11-23 12:20");
    let case = Case::at("2026-11-23 06:00").urgent().with(dentist);
    let starts = case.starts_on(MONDAY);
    assert!(starts.contains(&"09:00".into()) && starts.contains(&"12:30".into()));
    assert!(!["09:15", "10:00", "12:15"].iter().any(|&start| starts.contains(&start.into())));
}

#[test]
fn extra_time_adds_to_the_week_but_never_to_the_hours() {
    let extra = technician(1, &[("07:00", "09:00")])
        .except(ExceptionKind::Extra, "2026-11-23 13:00", "2026-11-23 18:00")
        .except(ExceptionKind::Extra, "2026-11-28 07:00", "2026-11-28 15:30"); // a Saturday
    let case = Case::at("2026-11-22 06:00").urgent().with(extra.clone());
    assert_eq!(
        case.starts_on(MONDAY),
        ["07:00", "07:15", "07:30", "07:45", "08:00", "13:00", "13:15", "13:30", "13:45", "14:00", "14:15", "14:30"]
    );
    assert_eq!(case.starts_on("2026-11-28"), [""; 0]);
    // Being off wins over it.
    let off = extra.except(ExceptionKind::Off, "2026-11-23 00:00", "2026-11-24 00:00");
    assert_eq!(Case::at("2026-11-22 06:00").urgent().with(off).starts_on(MONDAY), [""; 0]);
}

#[test]
fn a_start_is_offered_while_one_technician_is_free_for_all_of_it() {
    let case = Case::at("2026-11-23 06:00")
        .urgent()
        .with(full_time(1).busy("2026-11-23 07:00", "2026-11-23 12:00"))
        .with(full_time(2).busy("2026-11-23 08:00", "2026-11-23 14:30"));
    assert_eq!(case.starts_on(MONDAY)[..3], ["07:00", "12:00", "12:15"]);
    // Half an hour with the one and half an hour with the other is no slot.
    assert_eq!(find_offer(&case.query(), local("2026-11-23 07:30")), Err(SlotRefused::Taken));
}

#[test]
fn only_technicians_with_the_skill_count() {
    let mut other = full_time(1);
    other.skills = vec!["canteen".into()];
    let case = Case::at("2026-11-23 06:00").urgent().with(other);
    assert_eq!(offers(&case.query()), []);
    assert_eq!(find_offer(&case.query(), local("2026-11-23 09:00")), Err(SlotRefused::Taken));
    assert_eq!(free_technicians(&case.query(), local("2026-11-23 09:00")), []);
}

#[test]
fn the_least_loaded_technician_comes_first() {
    let case = Case::at("2026-11-22 06:00")
        .with(full_time(1).busy("2026-11-23 12:00", "2026-11-23 14:00"))
        .with(full_time(2).busy("2026-11-23 13:00", "2026-11-23 13:30").busy("2026-11-24 07:00", "2026-11-24 15:00"))
        .with(full_time(4))
        .with(full_time(3))
        .with(full_time(5).busy("2026-11-23 08:30", "2026-11-23 09:30"));
    let free = free_technicians(&case.query(), local("2026-11-23 09:00"));
    assert_eq!(free, [StaffId(3), StaffId(4), StaffId(2), StaffId(1)]);
}

#[test]
fn of_several_who_are_free_one_of_the_customers_region_comes_first() {
    let case = Case::at("2026-11-22 06:00")
        .with(full_time(1).elsewhere())
        .with(full_time(2).busy("2026-11-23 13:00", "2026-11-23 13:30"));
    let free = |start| free_technicians(&case.query(), local(start));
    assert_eq!(free("2026-11-23 09:00"), [StaffId(2), StaffId(1)], "though the other has less to do");
    assert_eq!(free("2026-11-23 12:30"), [StaffId(1)], "nothing is lost for it");
}

#[test]
fn dispatch_may_offer_what_the_portal_would_not() {
    let case = Case::at("2026-11-23 09:50").with(full_time(1));
    let within_the_lead = local("2026-11-23 11:00");
    assert!(matches!(find_offer(&case.query(), within_the_lead), Err(SlotRefused::TooSoon { .. })));
    assert_eq!(free_technicians(&case.query(), within_the_lead), [StaffId(1)]);
    // But neither off the grid nor outside the hours.
    assert_eq!(free_technicians(&case.query(), local("2026-11-23 11:05")), []);
    assert_eq!(free_technicians(&case.query(), local("2026-11-23 15:00")), []);
}

/// One technician, 34 quarters a day: 25.5 of them are for normal requests, that is 25 in whole slots of a quarter.
fn almost_used_up(promised_until: &str) -> Case {
    let mut case = Case::at("2026-11-20 12:00")
        .with(full_time(1).busy("2026-11-24 07:00", &format!("{TUESDAY} {promised_until}")));
    case.slot_minutes = 15;
    case.tier.normal_lead_minutes = 0;
    case
}

#[test]
fn a_share_of_each_day_is_kept_for_urgent_work() {
    // 24 quarters are promised: one more is possible, two are not.
    let mut case = almost_used_up("13:00");
    assert_eq!(case.starts_on(TUESDAY).len(), 10);
    case.slot_minutes = 30;
    assert_eq!(case.starts_on(TUESDAY), [""; 0]);
    assert_eq!(find_offer(&case.query(), local("2026-11-24 14:00")), Err(SlotRefused::Reserved));
    // Other days are not touched by it.
    assert_eq!(case.starts_on(MONDAY).len(), 33);
    // Urgent requests may take the rest.
    assert_eq!(case.clone().urgent().starts_on(TUESDAY).len(), 9);
}

#[test]
fn the_normal_share_may_be_used_up_to_the_last_minute() {
    // Two technicians have 68 quarters, of which 51 are exactly 75 %.
    let promised = |until: &str| {
        let busy = full_time(2).busy("2026-11-24 07:00", &format!("{TUESDAY} {until}"));
        almost_used_up("15:30").with(busy)
    };
    assert_eq!(promised("11:00").starts_on(TUESDAY).len(), 18);
    assert_eq!(promised("11:15").starts_on(TUESDAY), [""; 0]);
}

#[test]
fn the_share_is_released_in_the_morning_of_the_day() {
    let mut case = almost_used_up("13:15");
    case.now = local("2026-11-24 07:59:59");
    assert_eq!(case.starts_on(TUESDAY), [""; 0]);
    case.now = local("2026-11-24 08:00");
    assert_eq!(case.starts_on(TUESDAY).len(), 9);
}

#[test]
fn the_share_of_a_day_that_dispatch_has_released_is_everybodys_and_of_no_other() {
    let mut case = almost_used_up("13:15");
    case.released = vec!["2026-11-25".parse().unwrap()];
    assert_eq!(case.starts_on(TUESDAY), [""; 0]);
    case.released.push(TUESDAY.parse().unwrap());
    assert_eq!(case.starts_on(TUESDAY).len(), 9);
}

#[test]
fn urgent_appointments_do_not_use_up_the_normal_share() {
    let mut case =
        Case::at("2026-11-20 12:00").with(full_time(1).busy_urgently("2026-11-24 07:00", "2026-11-24 15:00"));
    case.slot_minutes = 15;
    case.tier.normal_lead_minutes = 0;
    assert_eq!(case.starts_on(TUESDAY), ["15:00", "15:15"]);
}

#[test]
fn the_share_is_one_of_everybodys_time() {
    // Another technician's free day makes room, whatever the skill; their day off takes it away.
    let mut colleague = full_time(2);
    colleague.skills.clear();
    let case = almost_used_up("15:15");
    assert_eq!(case.starts_on(TUESDAY), [""; 0]);
    assert_eq!(case.clone().with(colleague.clone()).starts_on(TUESDAY), ["15:15"]);
    let off = colleague.clone().except(ExceptionKind::Off, "2026-11-24 00:00", "2026-11-25 00:00");
    assert_eq!(case.clone().with(off).starts_on(TUESDAY), [""; 0]);
    // And so does what the colleague has promised.
    let promised = colleague.busy("2026-11-24 07:00", "2026-11-24 12:00");
    assert_eq!(case.with(promised).starts_on(TUESDAY), [""; 0]);
}

#[test]
fn every_refusal_has_its_reason() {
    let case = Case::at("2026-11-23 09:50").with(full_time(1).busy("2026-11-26 07:00", "2026-11-26 11:00"));
    let refusal = |start| find_offer(&case.query(), local(start)).unwrap_err();
    assert_eq!(refusal("2026-11-23 09:45"), SlotRefused::Past);
    assert_eq!(refusal("2026-11-23 10:00"), SlotRefused::TooSoon { earliest: local("2026-11-25 10:00") });
    assert_eq!(refusal("2026-11-25 10:05"), SlotRefused::OffGrid);
    assert_eq!(refusal("2026-11-25 10:00:01"), SlotRefused::OffGrid);
    assert_eq!(refusal("2026-11-26 06:45"), SlotRefused::OutsideHours);
    assert_eq!(refusal("2026-11-26 14:45"), SlotRefused::OutsideHours, "it would end at 15:45");
    assert_eq!(refusal("2026-11-28 10:00"), SlotRefused::OutsideHours, "a Saturday");
    assert_eq!(refusal("2026-12-24 10:00"), SlotRefused::OutsideHours, "Christmas Eve");
    assert_eq!(refusal("2026-12-15 07:00"), SlotRefused::BeyondHorizon);
    assert_eq!(refusal("2026-11-26 10:15"), SlotRefused::Taken);
    assert!(find_offer(&case.query(), local("2026-11-26 11:00")).is_ok());
}

#[test]
fn lengths_that_are_no_quarters_take_whole_ones() {
    let mut case = Case::at("2026-11-23 06:00").urgent().with(full_time(1));
    case.slot_minutes = 50;
    let first = offers(&case.query()).swap_remove(0);
    assert_eq!(first.slot.end - first.slot.start, TimeDelta::minutes(60));
    case.slot_minutes = 0;
    let first = offers(&case.query()).swap_remove(0);
    assert_eq!(first.slot.end - first.slot.start, TimeDelta::minutes(15));
    // One that is longer than the day is never offered.
    case.slot_minutes = 511;
    assert_eq!(offers(&case.query()), []);
    case.slot_minutes = u32::MAX;
    assert_eq!(find_offer(&case.query(), local("2026-11-23 07:00")), Err(SlotRefused::OutsideHours));
}

#[test]
fn a_slot_over_a_change_of_the_clocks_is_as_long_as_it_says() {
    let night = |now| {
        let mut case = Case::at(now).urgent().with(technician(1, &[("00:00", "06:00")]));
        case.calendar = BusinessCalendar::new(time("01:00"), time("04:00"), []);
        case
    };
    let spring = night("1944-04-02 12:00");
    assert_eq!(spring.starts_on("1944-04-03"), ["01:00", "01:15", "01:30", "01:45", "03:00"]);
    let autumn = night("1944-10-01 12:00");
    let starts = autumn.starts_on("1944-10-02");
    assert_eq!(starts.len(), 13);
    assert_eq!(starts.iter().filter(|&start| start == "02:30").count(), 2, "once in summer time, once in winter time");
    for offer in offers(&spring.query()).into_iter().chain(offers(&autumn.query())) {
        assert_eq!(offer.slot.end - offer.slot.start, TimeDelta::hours(1));
    }
}

#[test]
fn settings_that_make_no_sense_offer_nothing_and_break_nothing() {
    let mut case = Case::at("2026-11-23 09:50").with(full_time(1));
    case.settings.normal_horizon_days = u32::MAX;
    case.settings.urgent_reserve_percent = 255;
    assert_eq!(offers(&case.query()), []);
    case.settings.urgent_first_minutes = u32::MAX;
    assert_eq!(offers(&case.clone().urgent().query()), []);
    case.calendar = BusinessCalendar::new(time("15:30"), time("07:00"), []);
    assert_eq!(offers(&case.query()), []);
    case.now = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    assert_eq!(offers(&case.query()), []);
    assert!(find_offer(&case.query(), case.now).is_err());
    case.now = chrono::DateTime::<chrono::Utc>::MIN_UTC;
    assert_eq!(offers(&case.query()), []);
    assert!(find_offer(&case.query(), case.now).is_err());
    assert_eq!(free_technicians(&case.query(), case.now), []);
}

#[test]
fn one_tier_name_serves_all_offers_and_survives_the_wire() {
    let case = Case::at("2026-11-23 09:50").with(full_time(1));
    let all = offers(&case.query());
    let json = serde_json::to_string(&all).unwrap();
    assert!(json.contains(r#""tier":{"cs":"Standard""#), "{json}");
    assert_eq!(serde_json::from_str::<Vec<crate::model::ordering::offers::Offer>>(&json).unwrap(), all);
}
