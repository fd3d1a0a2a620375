//! The staff's half: for now a plain list of appointments.

use chrono::{Days, NaiveDate};

use crate::{
    model::{
        base::{
            calendar::{midnight, to_local},
            paging::{CountedPage, Page},
        },
        ordering::pages::StaffAppointment,
        problem::Problem,
    },
    server::{app::App, auth::Staff, db::ordering::appointments},
};

/// With how many appointments a page of the list is full. The day on which that happens is shown to its end, so that what is
/// said of a day is true.
const PAGE: i32 = 100;
/// What nobody closed in so many days is still somebody's to close.
const DAYS_BACK: Days = Days::new(14);

/// Appointments from a fortnight ago on: a technician's own, everybody's for dispatchers and managers.
///
/// * `from` – with which day a further page begins
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn appointments(
    app: &App,
    staff: &Staff,
    from: Option<NaiveDate>,
) -> Result<CountedPage<StaffAppointment, NaiveDate>, Problem> {
    let own = (!staff.roles().is_desk()).then(|| staff.id());
    let now = app.clock.now();
    let first = to_local(now).date() - DAYS_BACK;
    let page_from = midnight(from.map_or(first, |from| from.max(first)));
    let mut tx = app.db.staff().await?;
    let reach = appointments::reach_for_staff(&mut tx, own, midnight(first), page_from, PAGE, now).await?;
    let next = reach
        .full_at
        .map(|full_at| to_local(full_at).date() + Days::new(1))
        .filter(|day| reach.last.is_some_and(|last| last >= midnight(*day)));
    let rows = appointments::for_staff(&mut tx, own, page_from, next.map(midnight), now).await?;
    Ok(CountedPage { page: Page { rows, next }, total: reach.total })
}
