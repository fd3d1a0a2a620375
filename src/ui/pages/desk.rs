//! What staff see for now: a plain list of appointments by day.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api,
    model::{timeline::StaffAppointment, urgency::Urgency},
    ui::{
        self,
        components::{EmptyState, Page, ProblemPage, UrgencyBadge, Width},
        format,
        islands::phone_in_groups,
        pages::words::capitalized,
        texts::{Locale, t},
    },
};

/// `/desk`: everybody's appointments, for dispatchers and managers.
#[component]
pub fn DeskPage() -> impl IntoView {
    view! { <Appointments title=t!("desk-title") with_technician=true/> }
}

/// `/work`: a technician's own.
#[component]
pub fn WorkPage() -> impl IntoView {
    view! { <Appointments title=t!("desk-title-own") with_technician=false/> }
}

#[component]
fn Appointments(title: String, with_technician: bool) -> impl IntoView {
    view! {
        {Suspend::new(async move {
            match api::desk::appointments().await {
                Ok(appointments) => {
                    view! {
                        <Page title width=Width::Full>
                            {days(appointments, with_technician)}
                        </Page>
                    }
                        .into_any()
                }
                Err(problem) => view! { <ProblemPage problem/> }.into_any(),
            }
        })}
    }
}

fn days(appointments: Vec<StaffAppointment>, with_technician: bool) -> AnyView {
    if appointments.is_empty() {
        return view! {
            <EmptyState title=t!("desk-none")>
                <p>{t!("desk-none-help")}</p>
            </EmptyState>
        }
        .into_any();
    }
    appointments
        .chunk_by(|one, next| date(one) == date(next))
        .map(|day| view! { <Day date=date(&day[0]) appointments=day.to_vec() with_technician/> })
        .collect::<Vec<_>>()
        .into_any()
}

fn date(appointment: &StaffAppointment) -> NaiveDate {
    format::local_date(appointment.slot.start)
}

#[component]
fn Day(date: NaiveDate, appointments: Vec<StaffAppointment>, with_technician: bool) -> impl IntoView {
    let locale = Locale::current();
    let relative = ui::now().and_then(|now| format::relative_day(locale, date, format::local_date(now)));
    let count = appointments.len();
    let rows =
        appointments.into_iter().map(|appointment| row(locale, appointment, with_technician)).collect::<Vec<_>>();
    let technician = with_technician.then(|| view! { <th scope="col">{t!("desk-column-technician")}</th> });
    let id = format!("day-{date}");
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone() class="day-name">
                {capitalized(&format::date_day(locale, date))}
                {relative.map(|word| view! { <span class="day-relative">" "{word}</span> })}
                <span class="day-count">" "{t!("slots-count", count = count)}</span>
            </h2>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!("desk-column-time")}</th>
                        {technician}
                        <th scope="col">{t!("desk-column-customer")}</th>
                        <th scope="col">{t!("desk-column-what")}</th>
                        <th scope="col">{t!("desk-column-contact")}</th>
                        <th scope="col">{t!("desk-column-number")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn row(locale: Locale, appointment: StaffAppointment, with_technician: bool) -> impl IntoView {
    let technician =
        with_technician.then(|| view! { <td data-label=t!("desk-column-technician")>{appointment.technician}</td> });
    let urgent =
        (appointment.urgency == Urgency::Urgent).then(|| view! { " " <UrgencyBadge urgency=Urgency::Urgent/> });
    view! {
        <tr>
            <th scope="row">
                {format::time_range(locale, appointment.slot)}
            </th>
            {technician}
            <td data-label=t!("desk-column-customer")>{appointment.customer}</td>
            <td data-label=t!("desk-column-what")>
                {format!("{} · {}", appointment.program, appointment.work_type)} {urgent}
            </td>
            <td data-label=t!("desk-column-contact")>
                {appointment.contact_name} " "
                <a href=format::tel(&appointment.contact_phone)>{phone_in_groups(&appointment.contact_phone)}</a>
            </td>
            <td data-label=t!("desk-column-number")>{appointment.number.to_string()}</td>
        </tr>
    }
}
