//! `/work`: a technician's day.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use super::{
    agenda::{Agenda, OtherDays},
    lanes::hours,
    words::kind_in_words,
};
use crate::{
    api,
    model::{
        base::calendar::DayKind,
        ordering::{appointments::AppointmentState, live::LiveView},
        paths,
        work::{
            day::{DayGlance, DayTotals, free_until},
            pages::{RunningClock, WorkDay},
        },
    },
    ui::{
        self,
        components::{ButtonLink, EmptyState, Notice, NoticeKind, Page, PhoneLink, Width, loaded},
        format,
        islands::Live,
        pages::words::capitalized,
        texts::{Locale, t},
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

/// What is running, whom it pushes, what was left open, what the day is made of, and what comes after it.
#[component]
pub fn DayView(day: WorkDay) -> impl IntoView {
    let is_today = ui::now().map(format::local_date) == Some(day.date);
    let (title, lead) = (title(&day, is_today), lead(&day, is_today));
    let (late, totals) = (late(&day), totals(day.totals));
    let running = day.running.map(|clock| view! { <Running clock/> });
    let left_open = (!day.left_open.is_empty()).then(|| {
        view! {
            <section class="left-open" aria-labelledby="left-open">
                <h2 id="left-open">{t!("work-left-open")}</h2>
                <p class="aside">{t!("work-left-open-help")}</p>
                <OtherDays appointments=day.left_open/>
            </section>
        }
    });
    let missed = (!day.missed.is_empty()).then(|| {
        view! {
            <section class="left-open" aria-labelledby="missed">
                <h2 id="missed">{t!("work-missed-visits")}</h2>
                <p class="aside">{t!("work-missed-visits-help")}</p>
                <OtherDays appointments=day.missed/>
            </section>
        }
    });
    let empty = day.appointments.is_empty().then(|| {
        view! {
            <EmptyState title=t!("work-day-empty")>
                {day.next_day.map(|next| view! { <p>{next_day(next)}</p> })}
            </EmptyState>
        }
    });
    let is_blank = day.appointments.is_empty() && day.stretches.is_empty();
    let now = ui::now().filter(|_| is_today);
    let agenda = (!is_blank).then(|| {
        view! { <Agenda appointments=day.appointments stretches=day.stretches delays=day.delays now/> }
    });
    view! {
        <Page title lead width=Width::Full>
            <div data-live="week">
                <Week days=day.week shown=day.date/>
            </div>
            <div data-live="day">
                {running}
                {late}
                {missed}
                {left_open}
                <section aria-label=t!("work-day-appointments")>{empty} {agenda}</section>
                {totals}
                {day.following.map(following)}
            </div>
        </Page>
    }
}

/// The day in one line: how much is agreed, why nobody works, and until when there is nothing to do.
fn lead(day: &WorkDay, is_today: bool) -> String {
    let locale = Locale::current();
    let date = is_today.then(|| capitalized(&format::date_day(locale, day.date)));
    let count = t!("slots-count", count = day.appointments.len());
    let closed = match &day.kind {
        DayKind::Working => None,
        DayKind::Weekend => Some(t!("board-weekend")),
        DayKind::Holiday(_) => Some(t!("board-holiday")),
        DayKind::Closure(reason) => Some(t!("board-closed", reason = reason.as_str())),
    };
    let is_at_work = day.running.is_some();
    let free = ui::now().filter(|_| is_today && !is_at_work).and_then(|now| free_until(&day.stretches, now));
    let free = free.map(|until| t!("work-day-free-until", time = format::time_of(locale, until)));
    let parts: Vec<_> = date.into_iter().chain(closed).chain([count]).chain(free).collect();
    parts.join(" · ")
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

/// Those who wait longer because something runs late, and where to reach them. Who is late alone is told where the appointment
/// stands.
fn late(day: &WorkDay) -> Option<impl IntoView + use<>> {
    let locale = Locale::current();
    let waiting = day.delays.iter().filter_map(|late| {
        let one = day.appointments.iter().find(|one| one.number == late.number)?;
        (one.state == AppointmentState::Confirmed).then_some((one, late.minutes))
    });
    let lines = waiting
        .map(|(one, minutes)| {
            let what = t!(
                "work-day-late-one",
                time = format::time_of(locale, one.slot.start),
                customer = one.customer.as_str(),
                minutes = format::minutes(locale, minutes)
            );
            view! { <li>{what} " " <PhoneLink phone=one.contact_phone.clone()/></li> }
        })
        .collect::<Vec<_>>();
    (day.delays.len() > 1).then(|| {
        view! {
            <Notice kind=NoticeKind::Soon title=t!("work-day-late")>
                <ul>{lines}</ul>
                <p>{t!("work-day-late-help")}</p>
            </Notice>
        }
    })
}

/// What the day comes to; what was done and billed once there is any of it.
fn totals(totals: DayTotals) -> impl IntoView {
    let time = |minutes: u32| t!("work-day-hours", time = hours(minutes));
    let row = |term: String, value: String| {
        view! {
            <div>
                <dt>{term}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let done = (totals.done > 0).then(|| row(t!("work-day-done"), time(totals.done)));
    let billed =
        (totals.billed > 0).then(|| row(t!("work-day-billed"), format::minutes(Locale::current(), totals.billed)));
    view! {
        <dl class="day-totals">
            {row(t!("work-day-planned"), time(totals.planned))}
            {row(t!("work-day-agreed"), time(totals.agreed))}
            {done}
            {billed}
        </dl>
    }
}

/// "Zítra: 4 termíny, první v 7:15, volno 2:15 h"
fn following(day: DayGlance) -> impl IntoView {
    let (locale, now) = (Locale::current(), ui::now());
    let relative = now.and_then(|now| format::relative_day(locale, day.date, format::local_date(now)));
    let when = capitalized(&relative.unwrap_or_else(|| format::date_day(locale, day.date)));
    let first = day.first.map(|first| t!("work-day-first", time = format::time_of(locale, first)));
    let free = (day.free_minutes > 0).then(|| t!("board-free-time", time = hours(day.free_minutes)));
    let absent = day.is_absent.then(|| t!("work-day-absent"));
    let parts = [Some(t!("slots-count", count = day.appointments)), first, free, absent];
    let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    view! {
        <p class="day-following">
            <a href=address(day.date)>{when}</a>
            {format!(": {parts}")}
        </p>
    }
}

/// The days of a week with how much there is on each, and the ways to other weeks and to today.
#[component]
fn Week(days: Vec<DayGlance>, shown: NaiveDate) -> impl IntoView {
    let today = ui::now().map(format::local_date);
    let to_today = today
        .filter(|today| days.iter().all(|day| day.date != *today))
        .map(|_| view! { <a href=paths::WORK>{capitalized(&t!("today"))}</a> });
    let before = shown.checked_sub_days(Days::new(7));
    let after = shown.checked_add_days(Days::new(7));
    let days = days.into_iter().map(|day| of_week(day, shown)).collect::<Vec<_>>();
    view! {
        <nav class="day-week" aria-label=t!("work-days")>
            <ol>{days}</ol>
            <p class="day-weeks">
                {before.map(|date| view! { <a href=address(date)>{t!("work-week-before")}</a> })}
                {to_today}
                {after.map(|date| view! { <a href=address(date)>{t!("work-week-after")}</a> })}
            </p>
        </nav>
    }
}

/// A day of the week. The digit is for the eye, which has the others beside it; the words say all of it.
fn of_week(day: DayGlance, shown: NaiveDate) -> impl IntoView {
    let locale = Locale::current();
    let count = if day.appointments == 0 { "–".to_owned() } else { day.appointments.to_string() };
    let free = (day.free_minutes > 0).then(|| t!("board-free-time", time = hours(day.free_minutes)));
    let note = if day.is_absent { Some(t!("work-day-absent")) } else { free };
    let words = t!("slots-count", count = day.appointments);
    // On a phone the day of the week stands above the date.
    let date = format::date_short(locale, day.date);
    let (weekday, date) = date.split_once(char::is_whitespace).unwrap_or(("", &date));
    let (weekday, date) = (weekday.to_owned(), date.to_owned());
    view! {
        <li>
            <a href=address(day.date) aria-current=(day.date == shown).then_some("date")>
                <span class="day-week-date"><span>{weekday}</span> " " <span>{date}</span></span>
                <span class="day-week-count" aria-hidden="true">{count}</span>
                <span class="visually-hidden">{words}</span>
                {note.map(|note| view! { <span class="day-week-note">{note}</span> })}
            </a>
        </li>
    }
}

/// The address of a day.
fn address(date: NaiveDate) -> String {
    ui::with_query(paths::WORK, &[("date", date.to_string())])
}

fn next_day(date: NaiveDate) -> impl IntoView {
    let day = format::date_day(Locale::current(), date);
    view! { <a href=address(date)>{t!("work-day-next-one", date = day)}</a> }
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
                <span class="whole">{clock.number.to_string()}</span>
            </p>
            <ButtonLink href=paths::workbench(clock.number) label=t!("work-to-clock")/>
        </section>
    }
}
