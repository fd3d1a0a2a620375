//! The staff's half: for now a plain list of appointments.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::paging::CountedPage, ordering::pages::StaffAppointment, problem::Problem};

access! {
    Appointments: Staff,
}

/// Appointments from a fortnight ago on; a technician's own, everybody's for dispatchers and managers. `from` is the day with
/// which a further page begins.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::Forbidden`] for members.
#[server(endpoint = "desk/appointments", input = GetUrl)]
pub async fn appointments(from: Option<NaiveDate>) -> Result<CountedPage<StaffAppointment, NaiveDate>, Problem> {
    use crate::server::{request, service::ordering::appointments};
    appointments::appointments(&request::app()?, &request::caller()?.staff()?, from).await
}
