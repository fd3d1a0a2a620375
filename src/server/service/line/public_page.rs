//! The public page of the line.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::{BusinessCalendar, DayKind, to_local},
        },
        line::settings::DayOff,
        money::pages::LinePage,
        problem::Problem,
    },
    server::{
        app::App,
        db::{DbError, Tx, line::catalogue, ordering::outages, people::staff},
        service::line::public_text,
    },
};

/// How far ahead days off are announced.
const ANNOUNCED_DAYS: u64 = 45;

/// What the public page shows now; from memory while the database is away.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer and nothing is known from before.
pub async fn page(app: &App) -> Result<LinePage, Problem> {
    match look_up(app).await {
        Err(Problem::Unavailable) => last_known(app).ok_or(Problem::Unavailable),
        outcome => outcome,
    }
}

/// Reads what the public page shows and keeps it in memory.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn look_up(app: &App) -> Result<LinePage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let (settings, calendar) = catalogue::rules(&mut tx, now).await?;
    let page = LinePage {
        is_last_known: false,
        needs_manager: needs_manager(app, &mut tx).await?,
        outages: outages::known(&mut tx, None).await?,
        status: calendar.status(now),
        days_off: days_off(&calendar, to_local(now).date()),
        text: public_text::shown(&mut tx).await?,
        regions: catalogue::regions(&mut tx, now).await?,
        tiers: catalogue::tiers_on_offer(&mut tx, now).await?,
        planned: planned(&mut tx, now).await?,
        bundles: catalogue::bundles(&mut tx, to_local(now).date()).await?,
        settings,
    };
    app.line.keep(page.clone(), calendar);
    Ok(page)
}

/// What kinds of work can be planned ahead are called.
async fn planned(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Bilingual>, DbError> {
    let all = catalogue::work_types(tx, now).await?.into_iter();
    Ok(all.filter(|work| work.plannable).map(|work| work.name).collect())
}

/// Whether nobody is there yet who could let anybody in. Once there is a manager there always is one, so it is asked no more.
async fn needs_manager(app: &App, tx: &mut Tx) -> Result<bool, DbError> {
    match app.line.get() {
        Some((known, _)) if !known.needs_manager => Ok(false),
        _ => Ok(!staff::has_manager(tx).await?),
    }
}

fn last_known(app: &App) -> Option<LinePage> {
    let now = app.clock.now();
    let (page, calendar) = app.line.get()?;
    let days_off = days_off(&calendar, to_local(now).date());
    Some(LinePage { is_last_known: true, status: calendar.status(now), days_off, ..page })
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
