//! Where the numbers of documents begin.

use chrono::Datelike;

use crate::{
    model::{
        base::{calendar::to_local, fields::FieldCode},
        money::series::{SeriesPage, SeriesStart},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{OnConstraint, money::series, retrying},
    },
};

/// The series of this year and of the next one.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<SeriesPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(SeriesPage { rows: series::of_years(&mut tx, &years(app)).await? })
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

fn years(app: &App) -> [i32; 2] {
    let year = to_local(app.clock.now()).year();
    [year, year + 1]
}
