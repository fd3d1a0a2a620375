//! The list of a technician's day: what is agreed and what lies between, in order of time, with a line where it is now.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::words::{brief, said_in_words};
use crate::{
    model::{
        base::terms::Urgency,
        ordering::appointments::AppointmentState,
        paths,
        work::{
            day::{Stretch, StretchKind},
            lateness::Delay,
            pages::WorkAppointment,
            readiness::ReadyAnswer,
        },
    },
    ui::{
        components::{AppointmentBadge, PhoneLink, UrgencyBadge},
        format,
        pages::words::capitalized,
        texts::{Locale, named, t},
    },
};

/// What stands in the list.
enum Entry {
    Appointment(Box<WorkAppointment>),
    Stretch(Stretch),
    Now(DateTime<Utc>),
}

impl Entry {
    /// Where it stands; the line of now comes after what begins at that instant.
    const fn place(&self) -> (DateTime<Utc>, bool) {
        match self {
            Self::Appointment(appointment) => (appointment.slot.start, false),
            Self::Stretch(stretch) => (stretch.slot.start, false),
            Self::Now(now) => (*now, true),
        }
    }
}

/// A day in order of time; of today also where it is now.
#[component]
pub(super) fn Agenda(
    appointments: Vec<WorkAppointment>,
    stretches: Vec<Stretch>,
    delays: Vec<Delay>,
    now: Option<DateTime<Utc>>,
) -> impl IntoView {
    let appointments = appointments.into_iter().map(|one| Entry::Appointment(Box::new(one)));
    let stretches = stretches.into_iter().map(Entry::Stretch);
    let mut entries: Vec<_> = appointments.chain(stretches).chain(now.map(Entry::Now)).collect();
    entries.sort_by_key(Entry::place);
    let entries = entries
        .into_iter()
        .map(|entry| match entry {
            Entry::Appointment(appointment) => {
                let late = delays.iter().find(|late| late.number == appointment.number);
                let late = late.map(|late| late_in_words(&appointment, late.minutes, now));
                line(*appointment, false, late).into_any()
            }
            Entry::Stretch(stretch) => quiet(stretch).into_any(),
            Entry::Now(now) => now_line(now).into_any(),
        })
        .collect::<Vec<_>>();
    view! { <ol class="day-lines">{entries}</ol> }
}

/// Appointments of other days, each with its day.
#[component]
pub(super) fn OtherDays(appointments: Vec<WorkAppointment>) -> impl IntoView {
    let lines = appointments.into_iter().map(|one| line(one, true, None)).collect::<Vec<_>>();
    view! { <ol class="day-lines">{lines}</ol> }
}

/// "přetahuje o 12 min", "měl začít před 7 min", "začne asi o 7 min později"
fn late_in_words(appointment: &WorkAppointment, minutes: u32, now: Option<DateTime<Utc>>) -> String {
    let minutes = format::minutes(Locale::current(), minutes);
    let is_due = now.is_some_and(|now| appointment.slot.start <= now);
    match appointment.state {
        AppointmentState::Running => t!("work-day-goes-on", minutes = minutes),
        _ if is_due => t!("work-day-should-have-begun", minutes = minutes),
        _ => t!("work-day-pushed", minutes = minutes),
    }
}

/// One appointment; all of the line leads to its workbench.
fn line(appointment: WorkAppointment, with_day: bool, late: Option<String>) -> impl IntoView {
    let time = if with_day { brief(appointment.slot) } else { format::time_range(Locale::current(), appointment.slot) };
    let urgent = (appointment.urgency == Urgency::Urgent).then(|| view! { <UrgencyBadge urgency=Urgency::Urgent/> });
    // What was left open is no longer under way, whatever its state says; what is late says more than its state.
    let state = (!with_day && late.is_none()).then(|| view! { <AppointmentBadge state=appointment.state/> });
    let is_ahead = appointment.state == AppointmentState::Confirmed;
    // What was said just before it counts for more than what was promised with the order.
    let said = appointment.said.filter(|_| is_ahead).map(|answer| {
        let class = if answer == ReadyAnswer::Ready { "badge badge-done" } else { "badge badge-soon" };
        view! { <span class=class>{said_in_words(answer)}</span> }
    });
    let unready = (is_ahead && !appointment.ready && said.is_none())
        .then(|| view! { <span class="badge badge-soon">{t!("work-not-ready")}</span> });
    let late = late.map(|late| view! { <span class="badge badge-problem">{late}</span> });
    let class =
        if is_ahead || appointment.state == AppointmentState::Running { "day-line" } else { "day-line day-line-over" };
    view! {
        <li class=class>
            <p class="day-line-time">{capitalized(&time)}</p>
            <p class="day-line-who">
                <a href=paths::workbench(appointment.number)>{appointment.customer}</a>
                <span class="whole">{appointment.number.to_string()}</span>
            </p>
            <p class="day-line-what">{format!("{} · {}", named(&appointment.program), named(&appointment.work_type))}</p>
            <p class="day-line-contact">
                {format::person(Locale::current(), &appointment.contact_name)} " " <PhoneLink phone=appointment.contact_phone/>
            </p>
            <p class="day-line-state">{late} {urgent} {said} {unready} {state}</p>
        </li>
    }
}

/// A stretch at which nothing is agreed.
fn quiet(stretch: Stretch) -> impl IntoView {
    let word = match stretch.kind {
        StretchKind::Free => t!("work-day-free"),
        StretchKind::Held => t!("work-day-held"),
        StretchKind::Break => t!("work-day-break"),
        StretchKind::Absent => t!("work-day-absent"),
    };
    view! {
        <li class="day-quiet">
            <p class="day-line-time">{format::time_range(Locale::current(), stretch.slot)}</p>
            <p>{word}</p>
        </li>
    }
}

/// Where it is now.
fn now_line(now: DateTime<Utc>) -> impl IntoView {
    view! {
        <li class="day-now">
            <p>{t!("work-day-now", time = format::time_of(Locale::current(), now))}</p>
        </li>
    }
}
