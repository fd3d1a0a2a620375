//! `/work`: a technician's day.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::words::{brief, kind_in_words};
use crate::{
    api,
    model::{
        base::terms::Urgency,
        ordering::{appointments::AppointmentState, live::LiveView},
        paths,
        work::pages::{RunningClock, WorkAppointment, WorkDay},
    },
    ui::{
        self,
        components::{
            AppointmentBadge, ButtonLink, EmptyState, Notice, NoticeKind, Page, PhoneLink, UrgencyBadge, Width, loaded,
        },
        format,
        islands::Live,
        pages::words::capitalized,
        texts::{Locale, named, t},
    },
};

/// A technician's day: today, or the one that the address names.
#[component]
pub fn WorkDayPage() -> impl IntoView {
    let date = ui::query_parsed("date");
    loaded(async move { api::work::bench::work_day(date?).await }, |day| {
        view! {
            <DayView day/>
            <Live on=LiveView::Day/>
        }
    })
}

/// What is running, what was left open, what comes.
#[component]
pub fn DayView(day: WorkDay) -> impl IntoView {
    let locale = Locale::current();
    let is_today = ui::now().map(format::local_date) == Some(day.date);
    let title = title(&day, is_today);
    let count = t!("slots-count", count = day.appointments.len());
    let lead =
        if is_today { format!("{} · {count}", capitalized(&format::date_day(locale, day.date))) } else { count };
    let running = day.running.map(|clock| view! { <Running clock/> });
    let left_open = (!day.left_open.is_empty()).then(|| {
        view! {
            <section class="left-open" aria-labelledby="left-open">
                <h2 id="left-open">{t!("work-left-open")}</h2>
                <p class="aside">{t!("work-left-open-help")}</p>
                <Lines appointments=day.left_open with_day=true/>
            </section>
        }
    });
    let missed = (!day.missed.is_empty()).then(|| {
        view! {
            <section class="left-open" aria-labelledby="missed">
                <h2 id="missed">{t!("work-missed-visits")}</h2>
                <p class="aside">{t!("work-missed-visits-help")}</p>
                <Lines appointments=day.missed with_day=true/>
            </section>
        }
    });
    let appointments = if day.appointments.is_empty() {
        view! {
            <EmptyState title=t!("work-day-empty")>
                {day.next_day.map(|next| view! { <p>{next_day(next)}</p> })}
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <Lines appointments=day.appointments with_day=false/> }.into_any()
    };
    view! {
        <Page title lead width=Width::Full>
            <Days date=day.date is_today/>
            <div data-live="day">
                {running}
                {missed}
                {left_open}
                <section aria-label=t!("work-day-appointments")>{appointments}</section>
            </div>
        </Page>
    }
}

/// The fact that matters now.
fn title(day: &WorkDay, is_today: bool) -> String {
    let locale = Locale::current();
    if !is_today {
        return capitalized(&format::date_day(locale, day.date));
    }
    if let Some(running) = &day.running {
        return t!("work-day-running", customer = running.customer.as_str());
    }
    if let Some(paused) = day.appointments.iter().find(|one| one.state == AppointmentState::Running) {
        return t!("work-day-paused", customer = paused.customer.as_str());
    }
    if let Some(missed) = day.missed.first() {
        return t!("work-day-missed", customer = missed.customer.as_str());
    }
    let now = ui::now();
    match day.appointments.iter().find(|one| one.state == AppointmentState::Confirmed) {
        Some(next) if now.is_some_and(|now| next.slot.start <= now) => {
            t!("work-day-due", customer = next.customer.as_str(), time = format::time_of(locale, next.slot.start),)
        }
        Some(next) => {
            t!(
                "work-day-next",
                when = capitalized(&format::on(locale, next.slot.start, now)),
                customer = next.customer.as_str()
            )
        }
        None if day.appointments.is_empty() => t!("work-day-none"),
        None => t!("work-day-over"),
    }
}

/// The days before and after.
#[component]
fn Days(date: NaiveDate, is_today: bool) -> impl IntoView {
    let locale = Locale::current();
    let link = |date: NaiveDate| {
        view! { <a href=format!("{}?date={date}", paths::WORK)>{format::date_short(locale, date)}</a> }
    };
    let today = (!is_today).then(|| view! { <a href=paths::WORK>{capitalized(&t!("today"))}</a> });
    view! {
        <nav class="day-switch" aria-label=t!("work-days")>
            {date.pred_opt().map(|before| view! { <span>"‹ "{link(before)}</span> })}
            {today}
            {date.succ_opt().map(|after| view! { <span>{link(after)}" ›"</span> })}
        </nav>
    }
}

fn next_day(date: NaiveDate) -> impl IntoView {
    let day = format::date_day(Locale::current(), date);
    view! { <a href=format!("{}?date={date}", paths::WORK)>{t!("work-day-next-one", date = day)}</a> }
}

/// The clock that runs, wherever it does.
#[component]
fn Running(clock: RunningClock) -> impl IntoView {
    let locale = Locale::current();
    let now = ui::now();
    let what = t!("work-since", kind = kind_in_words(clock.kind), time = format::time_of(locale, clock.since));
    let forgotten = clock.forgotten_since.map(|_| {
        view! {
            <Notice kind=NoticeKind::Soon title=t!("work-forgotten")>
                <p>{t!("work-forgotten-help", since = format::on(locale, clock.since, now))}</p>
            </Notice>
        }
    });
    view! {
        {forgotten}
        <section class="card running-clock" aria-label=t!("work-running")>
            <p class="running-what">
                <strong>{clock.customer}</strong>
                <span>{what}</span>
                <span>{clock.number.to_string()}</span>
            </p>
            <ButtonLink href=paths::workbench(clock.number) label=t!("work-to-clock")/>
        </section>
    }
}

#[component]
fn Lines(appointments: Vec<WorkAppointment>, with_day: bool) -> impl IntoView {
    let lines = appointments.into_iter().map(|one| line(one, with_day)).collect::<Vec<_>>();
    view! { <ol class="day-lines">{lines}</ol> }
}

/// One appointment; all of the line leads to its workbench.
fn line(appointment: WorkAppointment, with_day: bool) -> impl IntoView {
    let time = if with_day { brief(appointment.slot) } else { format::time_range(Locale::current(), appointment.slot) };
    let urgent = (appointment.urgency == Urgency::Urgent).then(|| view! { <UrgencyBadge urgency=Urgency::Urgent/> });
    // What was left open is no longer under way, whatever its state says.
    let state = (!with_day).then(|| view! { <AppointmentBadge state=appointment.state/> });
    let is_ahead = appointment.state == AppointmentState::Confirmed;
    let unready = (is_ahead && !appointment.ready)
        .then(|| view! { <span class="badge badge-soon">{t!("work-not-ready")}</span> });
    let class =
        if is_ahead || appointment.state == AppointmentState::Running { "day-line" } else { "day-line day-line-over" };
    view! {
        <li class=class>
            <p class="day-line-time">{capitalized(&time)}</p>
            <p class="day-line-who">
                <a href=paths::workbench(appointment.number)>{appointment.customer}</a>
                <span>{appointment.number.to_string()}</span>
            </p>
            <p class="day-line-what">{format!("{} · {}", named(&appointment.program), named(&appointment.work_type))}</p>
            <p class="day-line-contact">
                {format::person(Locale::current(), &appointment.contact_name)} " " <PhoneLink phone=appointment.contact_phone/>
            </p>
            <p class="day-line-state">{urgent} {unready} {state}</p>
        </li>
    }
}
