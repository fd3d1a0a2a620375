//! Where the numbers of documents begin, and what they look like.

use chrono::{Datelike, NaiveDate};

use crate::{
    model::{
        base::{calendar::to_local, fields::FieldCode},
        money::{
            series::{SeriesPage, SeriesStart, SetPattern, TriedPattern, TypedPattern},
            tax_documents::DocumentKind,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            OnConstraint, Tx,
            locks::{self, Lock},
            money::series,
            retrying,
        },
    },
};

/// The first serial that has more than five digits.
const MANY: u32 = 100_000;

/// The series of this year and of the next one, each with the number that comes next; and what a pattern would give. One that is not
/// right gives nothing.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager, typed: &TypedPattern) -> Result<SeriesPage, Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    let patterns = series::patterns(&mut tx).await?;
    let tried = match typed.check(&patterns, today) {
        Ok(set) => Some(tried(&mut tx, set).await?),
        Err(_) => None,
    };
    Ok(SeriesPage { rows: series::of_years(&mut tx, &years(app), today).await?, patterns, today, tried })
}

async fn tried(tx: &mut Tx, set: SetPattern) -> Result<TriedPattern, Problem> {
    let year = set.from.year();
    let next = series::next(tx, set.kind, year).await?;
    let numbers = [(year, next), (year + 1, 1), (year, MANY)].map(|(year, serial)| set.pattern.number(year, serial));
    Ok(TriedPattern { set, numbers })
}

/// Lets a series begin at a number, as long as none of its numbers is taken.
///
/// # Errors
/// [`Problem::Invalid`] for what is no number at which it may begin, or once it has begun.
pub async fn begin(app: &App, _manager: &Manager, series_code: &str, first: &str) -> Result<(), Problem> {
    let start = SeriesStart::check(series_code, first, years(app)).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        let has_begun = Problem::field("first_number", FieldCode::AlreadyUsed);
        series::begin(&mut tx, &start).await.on_constraint("series_has_begun", has_begun)?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Checks a pattern, which is shown before it is written.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
pub async fn check(app: &App, _manager: &Manager, typed: &TypedPattern) -> Result<SetPattern, Problem> {
    let today = to_local(app.clock.now()).date();
    let patterns = series::patterns(&mut app.db.staff().await?).await?;
    typed.check(&patterns, today).map_err(|fields| Problem::Invalid { fields })
}

/// Writes what numbers look like from a day on. Doing it again changes nothing.
///
/// # Errors
/// As [`check`].
pub async fn set_pattern(app: &App, _manager: &Manager, typed: &TypedPattern) -> Result<(), Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    // Of two that are written at once, the second is checked against the first.
    locks::take(&mut tx, Lock::Saving).await?;
    let patterns = series::patterns(&mut tx).await?;
    let set = typed.check(&patterns, today).map_err(|fields| Problem::Invalid { fields })?;
    series::set_pattern(&mut tx, &set).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a pattern back that does not hold yet; one that does stays.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn remove_pattern(app: &App, _manager: &Manager, kind: DocumentKind, from: NaiveDate) -> Result<(), Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    series::remove_pattern(&mut tx, kind, from, today).await?;
    tx.commit().await?;
    Ok(())
}

fn years(app: &App) -> [i32; 2] {
    let year = to_local(app.clock.now()).year();
    [year, year + 1]
}
