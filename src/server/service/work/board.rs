//! The desk's board: the technicians' day, and their week.

use std::ops::Range;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::{
    model::{
        base::calendar::{midnight, to_local},
        problem::Problem,
        work::board::{Board, BoardFacts, WeekBoard, week_of},
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            line::{catalogue, plans},
            ordering::reserve,
            work::board,
        },
        service::plausible,
    },
};

/// How far ahead the reserve of a day is given away: nothing is offered beyond it.
const RELEASED_AHEAD: Days = Days::new(60);

/// The board of a day, today's unless another is named.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Desk, date: Option<NaiveDate>) -> Result<Board, Problem> {
    let now = app.clock.now();
    let date = plausible(date.unwrap_or_else(|| to_local(now).date()))?;
    let mut boards = boards(app, date..date + Days::new(1), now).await?;
    boards.pop().ok_or(Problem::NotFound)
}

/// Gives what is kept of a day for urgent work to everybody; twice is once. It is not taken back: what is agreed in it stays.
///
/// # Errors
/// [`Problem::NotFound`] for a day that is over, or further ahead than anybody plans.
pub async fn release_reserve(app: &App, desk: &Desk, date: NaiveDate) -> Result<(), Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    if !(today..=today + RELEASED_AHEAD).contains(&plausible(date)?) {
        return Err(Problem::NotFound);
    }
    let mut tx = app.db.staff().await?;
    reserve::release(&mut tx, date, desk.id(), now).await?;
    tx.commit().await?;
    Ok(())
}

/// The board of the week of a day, of this one unless a day is named.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn week(app: &App, _: &Desk, date: Option<NaiveDate>) -> Result<WeekBoard, Problem> {
    let now = app.clock.now();
    let date = plausible(date.unwrap_or_else(|| to_local(now).date()))?;
    Ok(WeekBoard::of(&boards(app, week_of(date), now).await?))
}

/// The boards of some days in a row, in as many statements as that of one.
async fn boards(app: &App, days: Range<NaiveDate>, now: DateTime<Utc>) -> Result<Vec<Board>, Problem> {
    let (from, to) = (midnight(days.start), midnight(days.end));
    let mut tx = app.db.staff().await?;
    let (settings, calendar) = catalogue::rules(&mut tx, now).await?;
    let technicians = board::technicians(&mut tx, from, to).await?;
    let plans = plans::technicians(&mut tx, from, to, now, None).await?;
    let released = reserve::released(&mut tx, days.start, days.end).await?;
    let mut of_technicians = board::taken(&mut tx, from, to, now).await?;
    let taken: Vec<_> = technicians
        .iter()
        .enumerate()
        .flat_map(|(place, technician)| {
            let taken = of_technicians.remove(&technician.id).unwrap_or_default();
            taken.into_iter().map(move |taken| (place, taken))
        })
        .collect();
    let facts = BoardFacts {
        calendar: &calendar,
        settings: &settings,
        released: &released,
        technicians: &technicians,
        plans: &plans,
        taken: &taken,
    };
    let dates = std::iter::successors(Some(days.start), NaiveDate::succ_opt).take_while(|date| *date < days.end);
    Ok(dates.map(|date| Board::of(facts, date, now)).collect())
}
