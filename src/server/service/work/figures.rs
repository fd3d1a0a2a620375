//! What the line achieves, over some weeks or months.

use chrono::NaiveDate;

use crate::{
    model::{
        base::calendar::to_local,
        problem::Problem,
        work::figures::{FiguresFilter, FiguresPage, Step, figures as work_out},
    },
    server::{
        app::App,
        auth::Desk,
        db::{line::catalogue, work::figures},
    },
};

/// The figures of some days: page, chart and tables show these. What each technician did is a manager's to see.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(
    app: &App,
    desk: &Desk,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    step: Option<Step>,
) -> Result<FiguresPage, Problem> {
    let now = app.clock.now();
    let asked = FiguresFilter::of(from, until, step, to_local(now).date());
    let mut tx = app.db.staff().await?;
    let calendar = catalogue::calendar(&mut tx).await?;
    let facts = figures::facts(&mut tx, &asked.0.periods(), now).await?;
    Ok(work_out(asked, &facts, &calendar, desk.is_manager(), now))
}
