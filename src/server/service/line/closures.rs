//! Days on which the line is closed, as managers enter them.

use chrono::{Days, NaiveDate};

use crate::{
    model::{
        base::calendar::{czech_holiday, midnight, to_local},
        line::closures::{ClosuresPage, HOLIDAYS_AHEAD, TypedClosure},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Desk, Manager},
        db::{
            line::closures,
            locks::{self, Lock},
            ordering::redistribution,
            retrying,
        },
    },
};

/// Closures to come, and the public holidays of the year to come.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, desk: &Desk) -> Result<ClosuresPage, Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    let days = today.iter_days().take_while(|date| *date < today + HOLIDAYS_AHEAD);
    Ok(ClosuresPage {
        closures: closures::from(&mut tx, today).await?,
        holidays: days.filter_map(|date| Some((date, czech_holiday(date)?))).collect(),
        may_change: desk.is_manager(),
    })
}

/// Closes the line. From the moment on at which this returns nothing is agreed on these days, and what was agreed is displaced.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
pub async fn close(app: &App, _: &Manager, typed: &TypedClosure) -> Result<(), Problem> {
    let days = typed.check(to_local(app.clock.now()).date()).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        // What is being agreed now stands before this returns, or is refused.
        locks::take(&mut tx, Lock::Closures).await?;
        for day in &days {
            closures::put(&mut tx, day).await?;
            let (from, to) = (midnight(day.date), Some(midnight(day.date + Days::new(1))));
            redistribution::release_holds(&mut tx, None, from, to).await?;
            redistribution::ask_again(&mut tx, None, from, to).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Opens the line on a day after all. What was moved because of it stays where it is.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn open(app: &App, _: &Manager, date: NaiveDate) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    closures::delete(&mut tx, date).await?;
    Ok(tx.commit().await?)
}
