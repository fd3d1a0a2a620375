//! What a line achieved in some weeks, and in weeks without anything.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, midnight},
            ids::{ProgramId, StaffId, WorkTypeId},
            terms::Urgency,
        },
        line::{
            plans::{PlannedWeek, Week},
            tiers::ResponseTier,
        },
        work::figures::{
            BilledCell, CorrectedCell, FiguresFacts, FiguresFilter, FiguresPage, LoadCell, PlannedDays, RequestFacts,
            Step, figures,
        },
    },
    ui::{pages::gallery::samples::at, texts::t},
};

const WEEKS: u32 = 12;

/// The weeks up to the one in which the samples live.
fn weeks() -> (FiguresFilter, bool) {
    let until = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap_or_default();
    FiguresFilter::of(Some(until - Days::new(81)), Some(until), Some(Step::Week), until)
}

fn calendar() -> BusinessCalendar {
    let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    BusinessCalendar::new(time(7, 0), time(15, 30), [])
}

/// Something of everything: kept and broken promises, a technician without a plan, work beyond it.
pub fn filled() -> FiguresPage {
    let mut facts = FiguresFacts {
        planned: vec![PlannedDays {
            technician: StaffId(1),
            weeks: vec![PlannedWeek { first: None, last: None, week: all_day() }],
            exceptions: Vec::new(),
        }],
        names: vec![(StaffId(1), t!("gallery-person")), (StaffId(2), t!("gallery-filled"))],
        ..FiguresFacts::default()
    };
    for week in 0..WEEKS {
        let (period, some) = (week as usize, i64::from(week * 37 % 11));
        facts.billed.push(billed(period, 1, &t!("gallery-option"), 300 + some * 40));
        facts.billed.push(billed(period, 2, &t!("gallery-option-other"), some * 25));
        facts.load.push(load(period, 1, 1_500 + some * 60));
        facts.load.push(load(period, 2, some * 12));
        facts.corrected.push(CorrectedCell { period, corrections: some % 3, added: some, taken: some * 2 });
        let sent_at = midnight(weeks().0.from + Days::new(7 * u64::from(week) + 1)) + TimeDelta::hours(9);
        facts.requests.extend((0..5 + week % 4).map(|request| sent(sent_at, request)));
    }
    figures(weeks(), &facts, &calendar(), true, at(27, 12, 0))
}

/// Nothing at all.
pub fn empty() -> FiguresPage {
    figures(weeks(), &FiguresFacts::default(), &calendar(), true, at(27, 12, 0))
}

fn all_day() -> Week {
    let day = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let mut week = Week::default();
    for spans in &mut week[..5] {
        spans.push((day(7), day(15)));
    }
    week
}

fn billed(period: usize, kind: i64, name: &str, billed: i64) -> BilledCell {
    BilledCell {
        period,
        work_type: (WorkTypeId(kind), name.into()),
        program: (ProgramId(1), t!("sample-stock").into()),
        interventions: billed / 40,
        billed,
        top_up: billed / 20,
        rated: billed / 80,
        pleased: billed / 100,
    }
}

fn load(period: usize, technician: i64, worked: i64) -> LoadCell {
    LoadCell {
        period,
        technician: StaffId(technician),
        agreed: worked + 90,
        worked,
        our_fault: worked / 50,
        no_shows: worked % 2,
        missed: worked % 3,
    }
}

/// One in four is urgent, one in three came too late.
fn sent(sent_at: DateTime<Utc>, request: u32) -> RequestFacts {
    let late = TimeDelta::minutes(if request.is_multiple_of(3) { 60 * 24 * 6 } else { 40 });
    RequestFacts {
        sent_at,
        urgency: if request.is_multiple_of(4) { Urgency::Urgent } else { Urgency::Normal },
        slot_minutes: 60,
        tier: ResponseTier {
            code: "fast".to_owned(),
            name: t!("gallery-tier").into(),
            urgent_target_minutes: 120,
            normal_lead_minutes: 510,
        },
        offered: Some(sent_at + TimeDelta::minutes(30)),
        chosen: None,
        agreed_at: Some(sent_at + TimeDelta::minutes(5)),
        came_at: Some(sent_at + late),
        over_at: None,
    }
}
