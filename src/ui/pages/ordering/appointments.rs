//! `/desk`: everybody's appointments, day by day.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{paging::CountedPage, terms::Urgency},
        ordering::{appointments::AppointmentState, live::LiveView, pages::StaffAppointment},
        paths,
        people::accounts::Viewer,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            AppointmentBadge, ButtonKind, ButtonLink, Column, EmptyState, Page, Pages, PhoneLink, Table, UrgencyBadge,
            Width, loaded,
        },
        format,
        islands::Live,
        pages::words::capitalized,
        texts::{Locale, named, t},
    },
};

/// Appointments from a fortnight ago on: everybody's for dispatchers and managers, a technician's own.
#[component]
pub fn AppointmentsPage() -> impl IntoView {
    let from = ui::query_parsed("from");
    loaded(
        async move {
            let from = from?;
            Ok::<_, Problem>((api::ordering::appointments::appointments(from).await?, from.is_none()))
        },
        |(appointments, is_first)| {
            view! {
                <AppointmentList appointments is_first/>
                <Live on=LiveView::Appointments/>
            }
        },
    )
}

#[component]
fn AppointmentList(appointments: CountedPage<StaffAppointment, NaiveDate>, is_first: bool) -> impl IntoView {
    let CountedPage { page, total } = appointments;
    let shown = page.rows.len();
    let first = (!is_first).then(|| paths::APPOINTMENTS.to_owned());
    let next = page.next.map(|from| format!("{}?from={from}", paths::APPOINTMENTS));
    view! {
        <Page title=t!("desk-title") width=Width::Full>
            <DeskLinks/>
            <div data-live="days">
                {days(page.rows)} <Pages label=t!("desk-title") shown total first next/>
            </div>
        </Page>
    }
}

/// What the desk does about appointments that cannot stay: technicians, who see the list too, do not.
#[component]
fn DeskLinks() -> impl IntoView {
    view! {
        {Suspend::new(async move {
            let viewer = api::people::accounts::viewer().await;
            let is_desk = matches!(viewer, Ok(Viewer::Staff { roles, .. }) if roles.is_desk());
            is_desk
                .then(|| {
                    view! {
                        <p class="actions">
                            <ButtonLink href=paths::BOARD label=t!("board-link")/>
                            <ButtonLink href=paths::ABSENT label=t!("absent-link") kind=ButtonKind::Secondary/>
                            <a href=paths::DISPLACED>{t!("displaced-link")}</a>
                        </p>
                    }
                })
        })}
    }
}

fn days(appointments: Vec<StaffAppointment>) -> AnyView {
    if appointments.is_empty() {
        return view! {
            <EmptyState title=t!("desk-none")>
                <p>{t!("desk-none-help")}</p>
            </EmptyState>
        }
        .into_any();
    }
    let days: Vec<_> = appointments.chunk_by(|one, next| date(one) == date(next)).collect();
    let links = days.iter().map(|day| link(date(&day[0]), day.len())).collect::<Vec<_>>();
    let days =
        days.into_iter().map(|day| view! { <Day date=date(&day[0]) appointments=day.to_vec()/> }).collect::<Vec<_>>();
    view! {
        <nav class="day-links" aria-label=t!("desk-days")>
            <ul>{links}</ul>
        </nav>
        {days}
    }
    .into_any()
}

/// To a day further down the page.
fn link(date: NaiveDate, count: usize) -> impl IntoView {
    view! {
        <li>
            <a href=format!("#day-{date}")>
                {format::date_short(Locale::current(), date)} <span class="day-links-count">{t!("slots-count", count = count)}</span>
            </a>
        </li>
    }
}

fn date(appointment: &StaffAppointment) -> NaiveDate {
    format::local_date(appointment.slot.start)
}

#[component]
fn Day(date: NaiveDate, appointments: Vec<StaffAppointment>) -> impl IntoView {
    let locale = Locale::current();
    let relative = ui::now().and_then(|now| format::relative_day(locale, date, format::local_date(now)));
    let count = appointments.len();
    let rows = appointments.into_iter().map(|appointment| row(locale, appointment)).collect::<Vec<_>>();
    let id = format!("day-{date}");
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone() class="day-name">
                {capitalized(&format::date_day(locale, date))}
                {relative.map(|word| view! { <span class="day-relative">" "{word}</span> })}
                <span class="day-count">" "{t!("slots-count", count = count)}</span>
            </h2>
            <Table
                columns=vec![
                    Column::text(t!("desk-column-time")),
                    Column::text(t!("desk-column-technician")),
                    Column::text(t!("desk-column-customer")),
                    Column::text(t!("desk-column-what")),
                    Column::text(t!("desk-column-contact")),
                    Column::text(t!("desk-column-number")),
                ]
            >
                {rows}
            </Table>
        </section>
    }
}

fn row(locale: Locale, appointment: StaffAppointment) -> impl IntoView {
    let urgent =
        (appointment.urgency == Urgency::Urgent).then(|| view! { " " <UrgencyBadge urgency=Urgency::Urgent/> });
    // Agreed is what all of them are; only what is more stands out.
    let state = (appointment.state != AppointmentState::Confirmed)
        .then(|| view! { " " <AppointmentBadge state=appointment.state/> });
    view! {
        <tr>
            <th scope="row">
                {format::time_range(locale, appointment.slot)}
            </th>
            <td data-label=t!("desk-column-technician")>{appointment.technician}</td>
            <td data-label=t!("desk-column-customer")>{appointment.customer}</td>
            <td data-label=t!("desk-column-what")>
                {format!("{} · {}", named(&appointment.program), named(&appointment.work_type))} {urgent} {state}
            </td>
            <td data-label=t!("desk-column-contact")>
                {format::person(locale, &appointment.contact_name)} " " <PhoneLink phone=appointment.contact_phone/>
            </td>
            <td data-label=t!("desk-column-number")>
                <a class="whole" href=paths::desk_request(appointment.number)>{appointment.number.to_string()}</a>
            </td>
        </tr>
    }
}
