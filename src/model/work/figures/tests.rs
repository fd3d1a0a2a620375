use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::model::{
    base::calendar::Interval,
    fixtures::{calendar, calendar_closed_on, date, local, time},
    line::{
        plans::{ExceptionKind, PlannedWeek, Week},
        tiers::ResponseTier,
    },
};

fn filter(from: &str, until: &str, step: Step) -> (FiguresFilter, bool) {
    FiguresFilter::of(Some(date(from)), Some(date(until)), Some(step), date("2026-11-25"))
}

fn periods(from: &str, until: &str, step: Step) -> Vec<(String, String)> {
    let periods = filter(from, until, step).0.periods();
    periods.iter().map(|period| (period.first.to_string(), period.last.to_string())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(first, last)| ((*first).to_owned(), (*last).to_owned())).collect()
}

#[test]
fn weeks_begin_on_mondays_over_the_new_year_too() {
    let weeks = periods("2026-12-21", "2027-01-05", Step::Week);
    assert_eq!(
        weeks,
        pairs(&[("2026-12-21", "2026-12-27"), ("2026-12-28", "2027-01-03"), ("2027-01-04", "2027-01-05")])
    );
    // 2020 had 53 weeks.
    let weeks = periods("2020-12-30", "2021-01-04", Step::Week);
    assert_eq!(weeks, pairs(&[("2020-12-30", "2021-01-03"), ("2021-01-04", "2021-01-04")]));
}

#[test]
fn months_are_cut_where_the_days_end() {
    let months = periods("2026-09-15", "2026-11-10", Step::Month);
    assert_eq!(
        months,
        pairs(&[("2026-09-15", "2026-09-30"), ("2026-10-01", "2026-10-31"), ("2026-11-01", "2026-11-10")])
    );
}

#[test]
fn the_last_three_months_are_shown_unless_others_are_asked_for() {
    let (filter, is_cut) = FiguresFilter::of(None, None, None, date("2026-11-25"));
    assert_eq!((filter.from, filter.until, filter.step), (date("2026-09-01"), date("2026-11-25"), Step::Month));
    assert!(!is_cut);
    let (turned, _) = filter_of("2026-11-30", "2026-11-01");
    assert_eq!((turned.from, turned.until), (date("2026-11-01"), date("2026-11-30")), "whatever stands first");
}

fn filter_of(from: &str, until: &str) -> (FiguresFilter, bool) {
    filter(from, until, Step::Month)
}

#[test]
fn no_more_than_two_years_or_half_a_year_of_weeks_is_shown_at_once() {
    let (months, is_cut) = filter("2001-01-01", "2026-11-25", Step::Month);
    assert_eq!((months.from, months.periods().len(), is_cut), (date("2024-11-01"), 25, true));
    let (weeks, is_cut) = filter("2026-01-01", "2026-11-25", Step::Week);
    assert_eq!((weeks.from, weeks.periods().len(), is_cut), (date("2026-05-25"), 27, true));
    for extreme in [NaiveDate::MIN, NaiveDate::MAX] {
        let (asked, _) = FiguresFilter::of(Some(extreme), Some(extreme), Some(Step::Week), date("2026-11-25"));
        assert!(!asked.periods().is_empty());
    }
}

proptest! {
    #[test]
    fn periods_follow_one_another_without_gaps(from in 0_i64..4_000, days in 0_i64..4_000, weeks in any::<bool>()) {
        let from = date("2020-01-01") + TimeDelta::days(from);
        let step = if weeks { Step::Week } else { Step::Month };
        let (filter, _) = FiguresFilter::of(Some(from), Some(from + TimeDelta::days(days)), Some(step), date("2026-11-25"));
        let periods = filter.periods();
        prop_assert_eq!(periods.first().map(|period| period.first), Some(filter.from));
        prop_assert_eq!(periods.last().map(|period| period.last), Some(filter.until));
        for two in periods.windows(2) {
            prop_assert_eq!(two[0].last.succ_opt(), Some(two[1].first));
        }
        prop_assert!(periods.iter().all(|period| period.first <= period.last));
    }
}

fn tier() -> ResponseTier {
    ResponseTier { code: "fast".into(), name: "Rychlá".into(), urgent_target_minutes: 120, normal_lead_minutes: 510 }
}

/// An urgent request of Wednesday at 9:00 in the tier of two hours; promised until 11:00.
fn urgent() -> RequestFacts {
    RequestFacts {
        sent_at: local("2026-11-25 09:00"),
        urgency: Urgency::Urgent,
        slot_minutes: 45,
        tier: tier(),
        offered: Some(local("2026-11-25 09:15")),
        chosen: Some(local("2026-11-25 09:15")),
        agreed_at: Some(local("2026-11-25 09:05")),
        came_at: None,
        over_at: None,
    }
}

fn judged(facts: &RequestFacts, now: &str) -> Outcome {
    outcome(facts, &calendar(), local(now))
}

#[test]
fn an_urgent_promise_is_kept_by_coming_within_the_target() {
    for (came, is_kept) in [("09:15", true), ("11:00", true), ("11:10", true), ("11:11", false), ("15:00", false)] {
        let facts = RequestFacts { came_at: Some(local(&format!("2026-11-25 {came}"))), ..urgent() };
        let expected = if is_kept { Outcome::Kept } else { Outcome::Broken };
        assert_eq!(judged(&facts, "2026-11-26 12:00"), expected, "{came}");
    }
}

#[test]
fn whoever_picks_a_later_time_moves_the_promise_and_breaks_nothing() {
    let later = RequestFacts { chosen: Some(local("2026-11-26 13:00")), ..urgent() };
    let came = |at: &str| RequestFacts { came_at: Some(local(at)), ..later.clone() };
    assert_eq!(judged(&came("2026-11-26 13:05"), "2026-11-27 08:00"), Outcome::Kept);
    assert_eq!(judged(&came("2026-11-26 13:30"), "2026-11-27 08:00"), Outcome::Broken, "we came late to that one");
    assert_eq!(judged(&later, "2026-11-26 12:00"), Outcome::Open);
    assert_eq!(judged(&later, "2026-11-26 13:11"), Outcome::Broken, "nobody came");
}

#[test]
fn what_was_offered_too_late_is_broken_whatever_became_of_it() {
    let full =
        RequestFacts { offered: Some(local("2026-11-25 13:00")), chosen: Some(local("2026-11-25 13:00")), ..urgent() };
    assert_eq!(judged(&full, "2026-11-25 09:10"), Outcome::Broken);
    let called_off = RequestFacts { over_at: Some(local("2026-11-25 09:20")), ..full.clone() };
    assert_eq!(judged(&called_off, "2026-11-26 09:00"), Outcome::Broken, "that may be why");
    let came_sooner = RequestFacts { came_at: Some(local("2026-11-25 10:00")), ..full };
    assert_eq!(judged(&came_sooner, "2026-11-26 09:00"), Outcome::Kept);
}

#[test]
fn where_nobody_kept_what_was_on_offer_a_later_choice_is_not_kept_but_can_be_broken() {
    let unknown = RequestFacts { offered: None, chosen: Some(local("2026-11-26 13:00")), ..urgent() };
    assert_eq!(judged(&unknown, "2026-11-26 12:00"), Outcome::Open);
    assert_eq!(judged(&unknown, "2026-11-27 08:00"), Outcome::Broken, "nobody came at that time either");
    let came = RequestFacts { came_at: Some(local("2026-11-26 13:00")), ..unknown.clone() };
    assert_eq!(judged(&came, "2026-11-27 08:00"), Outcome::Void);
    let came_in_time = RequestFacts { came_at: Some(local("2026-11-25 10:00")), ..unknown };
    assert_eq!(judged(&came_in_time, "2026-11-27 08:00"), Outcome::Kept);
}

#[test]
fn what_is_called_off_in_time_is_neither_kept_nor_broken() {
    let called_off = RequestFacts { over_at: Some(local("2026-11-25 10:00")), ..urgent() };
    assert_eq!(judged(&called_off, "2026-11-26 09:00"), Outcome::Void);
    let too_late = RequestFacts { over_at: Some(local("2026-11-25 14:00")), ..urgent() };
    assert_eq!(judged(&too_late, "2026-11-26 09:00"), Outcome::Broken);
    let never_agreed = RequestFacts { offered: None, chosen: None, agreed_at: None, ..urgent() };
    assert_eq!(judged(&never_agreed, "2026-11-25 10:00"), Outcome::Open);
    assert_eq!(judged(&never_agreed, "2026-11-25 12:00"), Outcome::Broken);
}

#[test]
fn a_normal_promise_lasts_until_the_end_of_the_day_into_which_the_slot_fits_after_the_lead() {
    let normal = |sent: &str, offered: &str, came: &str| RequestFacts {
        sent_at: local(sent),
        urgency: Urgency::Normal,
        offered: Some(local(offered)),
        chosen: Some(local(offered)),
        came_at: Some(local(came)),
        ..urgent()
    };
    // Sent on Monday at 10:00: the lead of a day is over on Tuesday at 10:00.
    let same_day = normal("2026-11-23 10:00", "2026-11-24 15:00", "2026-11-24 15:00");
    assert_eq!(judged(&same_day, "2026-11-30 08:00"), Outcome::Kept);
    let next_day = normal("2026-11-23 10:00", "2026-11-25 07:00", "2026-11-25 07:00");
    assert_eq!(judged(&next_day, "2026-11-30 08:00"), Outcome::Broken);
    // The lead is over half an hour before closing: no slot of 45 minutes fits any more.
    let late = normal("2026-11-23 15:00", "2026-11-25 07:00", "2026-11-25 07:00");
    assert_eq!(judged(&late, "2026-11-30 08:00"), Outcome::Kept);
}

fn monday_to_friday() -> PlannedDays {
    let mut week = Week::default();
    for day in &mut week[..5] {
        *day = vec![(time("07:00"), time("11:30")), (time("12:00"), time("16:00"))];
    }
    PlannedDays {
        technician: StaffId(1),
        weeks: vec![PlannedWeek { first: None, last: None, week }],
        exceptions: Vec::new(),
    }
}

fn during(from: &str, to: &str) -> Interval {
    Interval::new(local(from), local(to)).expect("an interval")
}

#[test]
fn planned_is_what_lies_in_the_lines_hours_without_absences() {
    let plan = monday_to_friday();
    let planned = |plan: &PlannedDays, day: &str| planned_minutes(plan, &calendar(), date(day));
    assert_eq!(planned(&plan, "2026-11-25"), 270 + 210, "the line closes at 15:30");
    assert_eq!(planned(&plan, "2026-11-28"), 0, "a Saturday");
    assert_eq!(planned(&plan, "2026-11-17"), 0, "a holiday");
    let mut plan = plan;
    plan.exceptions.push((during("2026-11-25 11:30", "2026-11-25 12:00"), ExceptionKind::Extra));
    assert_eq!(planned(&plan, "2026-11-25"), 510);
    plan.exceptions.push((during("2026-11-25 10:00", "2026-11-25 13:00"), ExceptionKind::Off));
    assert_eq!(planned(&plan, "2026-11-25"), 510 - 180, "absence wins");
    plan.weeks.clear();
    plan.exceptions.clear();
    assert_eq!(planned(&plan, "2026-11-25"), 0);
}

#[test]
fn a_day_on_which_the_clocks_change_has_its_ordinary_hours() {
    let plan = monday_to_friday();
    for (monday, minutes) in [("2026-03-30", 480), ("2026-10-26", 480)] {
        assert_eq!(planned_minutes(&plan, &calendar(), date(monday)), minutes, "the day after");
    }
    let closed = calendar_closed_on(&["2026-11-25"]);
    assert_eq!(planned_minutes(&plan, &closed, date("2026-11-25")), 0);
}

fn billed(period: usize, work_type: i64, billed: i64) -> BilledCell {
    BilledCell {
        period,
        work_type: (WorkTypeId(work_type), format!("Práce {work_type}").into()),
        program: (ProgramId(1), "Sklad".into()),
        interventions: 1,
        billed,
        top_up: 7,
        rated: 1,
        pleased: i64::from(billed % 2 == 0),
    }
}

fn load(period: usize, technician: i64, worked: i64) -> LoadCell {
    LoadCell { period, technician: StaffId(technician), agreed: 60, worked, our_fault: 5, no_shows: 1, missed: 0 }
}

fn table(page: &FiguresPage, kind: FiguresKind) -> &FiguresTable {
    page.tables.iter().find(|table| table.kind == kind).expect("the table")
}

fn facts() -> FiguresFacts {
    FiguresFacts {
        requests: vec![urgent(), RequestFacts { came_at: Some(local("2026-11-25 09:20")), ..urgent() }],
        billed: vec![billed(0, 1, 20), billed(1, 1, 40), billed(1, 2, 90)],
        load: vec![load(0, 1, 30), load(1, 1, 31), load(1, 2, 32)],
        corrected: vec![CorrectedCell { period: 1, corrections: 2, added: 10, taken: 3 }],
        planned: vec![monday_to_friday()],
        names: vec![(StaffId(2), "Čeněk".into()), (StaffId(1), "Dana".into())],
    }
}

#[test]
fn sums_over_periods_people_and_kinds_are_the_same() {
    let page = figures(filter_of("2026-10-01", "2026-11-25"), &facts(), &calendar(), true, local("2026-11-25 09:30"));
    for kind in FiguresKind::ALL {
        let table = table(&page, *kind);
        for figure in kind.figures().iter().filter(|figure| matches!(figure.unit(), Unit::Count | Unit::Minutes)) {
            let sum: i64 = table.lines.iter().filter_map(|line| line.figures.of(*figure)).sum();
            assert_eq!(Some(sum), table.total.of(*figure), "{figure} of {kind}");
        }
    }
    let total = |kind, figure| table(&page, kind).total.of(figure);
    assert_eq!(total(FiguresKind::Minutes, Figure::Billed), Some(150));
    for kind in [FiguresKind::ByWorkType, FiguresKind::ByProgram] {
        assert_eq!(total(kind, Figure::Billed), Some(150));
    }
    for figure in [Figure::Planned, Figure::Agreed, Figure::Worked, Figure::NoShows] {
        assert_eq!(total(FiguresKind::Load, figure), total(FiguresKind::ByTechnician, figure), "{figure}");
    }
    let people: Vec<_> = table(&page, FiguresKind::ByTechnician).lines.iter().map(|line| line.name.clone()).collect();
    assert_eq!(
        people,
        [LineName::Person("Čeněk".into()), LineName::Person("Dana".into())],
        "in the order of the database"
    );
    assert!(!page.is_empty());
}

#[test]
fn nothing_is_no_number_rather_than_a_division_by_nothing() {
    let page = figures(
        filter_of("2026-10-01", "2026-11-25"),
        &FiguresFacts::default(),
        &calendar(),
        true,
        local("2026-11-25 09:30"),
    );
    assert!(page.is_empty());
    for table in &page.tables {
        for figure in table.kind.figures() {
            let value = table.total.of(*figure);
            let is_sum = matches!(figure.unit(), Unit::Count | Unit::Minutes);
            assert_eq!(value, is_sum.then_some(0), "{figure}");
        }
    }
    let unplanned = FiguresFacts { planned: Vec::new(), ..facts() };
    let page = figures(filter_of("2026-10-01", "2026-11-25"), &unplanned, &calendar(), true, local("2026-11-25 09:30"));
    let lines = &table(&page, FiguresKind::ByTechnician).lines;
    assert_eq!(lines.len(), 2);
    for line in lines {
        assert_eq!((line.figures.of(Figure::Planned), line.figures.of(Figure::WorkedShare)), (Some(0), None));
    }
}

#[test]
fn what_each_technician_did_is_for_managers() {
    let page = figures(filter_of("2026-10-01", "2026-11-25"), &facts(), &calendar(), false, local("2026-11-25 09:30"));
    assert!(page.tables.iter().all(|table| table.kind != FiguresKind::ByTechnician));
}

#[test]
fn the_one_in_the_middle_is_not_moved_by_one_that_waited_long() {
    assert_eq!(middle(vec![]), None);
    assert_eq!(middle(vec![7]), Some(7));
    assert_eq!(middle(vec![9_000, 5, 10]), Some(10));
    assert_eq!(middle(vec![20, 10]), Some(15));
}

#[test]
fn a_share_is_a_hundred_only_of_all() {
    assert_eq!(share(999, 1_000), Some(99));
    assert_eq!(share(1_000, 1_000), Some(100));
    assert_eq!(share(0, 0), None);
    assert_eq!(share(600, 480), Some(125), "work beyond the plan");
}
