//! The public page of the line.

use chrono::{Days, NaiveDate};

use crate::{
    model::{
        base::calendar::{BusinessCalendar, DayKind, to_local},
        line::settings::DayOff,
        money::pages::LinePage,
        problem::Problem,
    },
    server::{app::App, db::line::catalogue},
};

/// How far ahead days off are announced.
const ANNOUNCED_DAYS: u64 = 45;

/// What the public page shows now.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App) -> Result<LinePage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let (settings, calendar) = catalogue::rules(&mut tx).await?;
    Ok(LinePage {
        status: calendar.status(now),
        days_off: days_off(&calendar, to_local(now).date()),
        regions: catalogue::regions(&mut tx).await?,
        tiers: catalogue::tiers(&mut tx).await?,
        bundles: catalogue::bundles(&mut tx, to_local(now).date()).await?,
        settings,
    })
}

fn days_off(calendar: &BusinessCalendar, today: NaiveDate) -> Vec<DayOff> {
    (0..ANNOUNCED_DAYS)
        .filter_map(|ahead| today.checked_add_days(Days::new(ahead)))
        .filter_map(|date| match calendar.day_kind(date) {
            DayKind::Holiday(holiday) => Some(DayOff { date, holiday: Some(holiday), reason: String::new() }),
            DayKind::Closure(reason) => Some(DayOff { date, holiday: None, reason }),
            DayKind::Working | DayKind::Weekend => None,
        })
        .collect()
}
