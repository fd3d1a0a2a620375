//! The staff's half: for now a plain list of appointments.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{ordering::pages::StaffAppointment, problem::Problem};

access! {
    Appointments: Staff,
}

/// Appointments from today on; a technician's own, everybody's for dispatchers and managers.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::Forbidden`] for members.
#[server(endpoint = "desk/appointments", input = GetUrl)]
pub async fn appointments() -> Result<Vec<StaffAppointment>, Problem> {
    use crate::server::{request, service::ordering::appointments};
    appointments::appointments(&request::app()?, &request::caller()?.staff()?).await
}
