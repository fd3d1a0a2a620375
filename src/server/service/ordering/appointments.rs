//! The staff's half: for now a plain list of appointments.

use chrono::TimeDelta;

use crate::{
    model::{
        base::calendar::{midnight, to_local},
        ordering::pages::StaffAppointment,
        people::members::StaffRole,
        problem::Problem,
    },
    server::{app::App, auth::Staff, db::ordering::appointments},
};

/// As many as a person reads; more belongs to a filter.
const AT_MOST: i64 = 300;

/// Appointments from today on: a technician's own, everybody's for dispatchers and managers.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn appointments(app: &App, staff: &Staff) -> Result<Vec<StaffAppointment>, Problem> {
    let own = (staff.role() == StaffRole::Technician).then(|| staff.id());
    // What nobody closed in the last weeks is still somebody's to close.
    let from = midnight(to_local(app.clock.now()).date()) - TimeDelta::days(14);
    let mut tx = app.db.staff().await?;
    Ok(appointments::for_staff(&mut tx, own, from, AT_MOST).await?)
}
