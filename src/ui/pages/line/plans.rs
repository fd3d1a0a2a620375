//! `/settings/plans`: when technicians work, and when they deviate from it.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::{
    api,
    model::{
        line::plans::{
            ExceptionKind, PlanPage as Plan, PlannedException, PlannedTechnician, PlannedWeek, PlansPage as Plans,
            spans_as_typed,
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, Column, EmptyState, Endpoint, Form, Hidden, Page, RadioCards, RadioOption, Submit, SummaryList,
            SummaryRow, Table, TextField, Width, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// Everybody's plan.
#[component]
pub fn PlansPage() -> impl IntoView {
    loaded(api::line::plans::plans_page(), |page| view! { <PlansView page/> })
}

/// One technician's plan.
#[component]
pub fn PlanPage() -> impl IntoView {
    let person = ui::path_value("person");
    loaded(async move { api::line::plans::plan_page(person?).await }, |page| view! { <PlanView page/> })
}

/// When each technician works today, what changes, and who is absent.
#[component]
fn PlansView(page: Plans) -> impl IntoView {
    let Plans { technicians, today } = page;
    let rows = technicians.into_iter().map(|technician| row(technician, today)).collect::<Vec<_>>();
    let plans = if rows.is_empty() {
        view! { <EmptyState title=t!("plans-nobody")><p>{t!("plans-nobody-help")}</p></EmptyState> }.into_any()
    } else {
        view! {
            <Table class="table-staff" columns=vec![
                Column::text(t!("plans-technician")),
                Column::text(t!("plans-today")),
                Column::text(t!("plans-coming")),
                Column::text(t!("plans-exceptions")),
            ]>{rows}</Table>
        }
        .into_any()
    };
    view! {
        <Page title=t!("plans-title") lead=t!("plans-lead") width=Width::Full>
            <p class="actions">
                <a href=paths::ABSENT>{t!("absent-link")}</a>
                <a href=paths::DISPLACED>{t!("displaced-link")}</a>
                <a href=paths::CLOSURES>{t!("closures-title")}</a>
            </p>
            {plans}
        </Page>
    }
}

fn row(technician: PlannedTechnician, today: NaiveDate) -> impl IntoView {
    let locale = Locale::current();
    let now = in_force(&technician, today).map(|planned| day_in_words(planned, today));
    let coming = technician.weeks_and_gaps(today).into_iter().filter_map(|week| {
        let first = week.first.filter(|first| *first > today)?;
        let date = format::date_numeric(locale, first, Some(today));
        let text = if week.is_free() { t!("plans-stops", date = date) } else { t!("plans-changes", date = date) };
        Some(view! { <p>{text}</p> })
    });
    let leaves = technician.leaves_on.map(|day| {
        view! { <p>{t!("plans-leaves", date = format::date_numeric(locale, day, Some(today)))}</p> }
    });
    let coming = coming.collect::<Vec<_>>();
    let exceptions = technician
        .exceptions
        .iter()
        .map(|exception| view! { <p>{exception_in_words(exception)}</p> })
        .collect::<Vec<_>>();
    view! {
        <tr>
            <th scope="row">
                <a href=paths::plan(technician.id)>{technician.name}</a>
            </th>
            <td data-label=t!("plans-today")>{now.unwrap_or_else(|| t!("plans-none"))}</td>
            <td data-label=t!("plans-coming")>{coming} {leaves}</td>
            <td data-label=t!("plans-exceptions")>{exceptions}</td>
        </tr>
    }
}

fn in_force(technician: &PlannedTechnician, date: NaiveDate) -> Option<&PlannedWeek> {
    technician.weeks.iter().find(|planned| planned.holds_on(date))
}

fn day_in_words(planned: &PlannedWeek, date: NaiveDate) -> String {
    let spans = &planned.week[date.weekday().num_days_from_monday() as usize];
    if spans.is_empty() { t!("plans-day-off") } else { spans_as_typed(spans) }
}

/// "nepřítomnost 24. 11.–26. 11. · dovolená"
fn exception_in_words(exception: &PlannedException) -> String {
    let locale = Locale::current();
    let when = match exception.whole_days() {
        Some((first, last)) if first == last => format::date_short(locale, first),
        Some((first, last)) => format!("{} – {}", format::date_short(locale, first), format::date_short(locale, last)),
        None => {
            let (start, end) = (exception.during.start(), exception.during.end());
            let (first, last) = (format::local_date(start), format::local_date(end));
            let from = format!("{}\u{a0}{}", format::date_short(locale, first), format::time_of(locale, start));
            if first == last {
                format!("{from}–{}", format::time_of(locale, end))
            } else {
                format!("{from} – {}\u{a0}{}", format::date_short(locale, last), format::time_of(locale, end))
            }
        }
    };
    let what = match exception.kind {
        ExceptionKind::Off => t!("plans-off", when = when),
        ExceptionKind::Extra => t!("plans-extra", when = when),
    };
    if exception.note.is_empty() { what } else { format!("{what} · {}", exception.note) }
}

/// A technician's weeks, the form that changes them, and the absences.
#[component]
fn PlanView(page: Plan) -> impl IntoView {
    let Plan { technician, today, may_change } = page;
    let locale = Locale::current();
    let weeks = technician.weeks_and_gaps(today).into_iter();
    let weeks = weeks.map(|planned| view! { <Week planned today/> }).collect::<Vec<_>>();
    let none = technician.weeks.is_empty().then(|| view! { <p>{t!("plans-none")}</p> });
    let latest = technician.weeks.last().cloned();
    let change = may_change.then(|| view! { <ChangeForm person=technician.id.to_string() latest/> });
    let leaves = technician.leaves_on.map(|day| {
        view! { <p class="table-note">{t!("plans-leaves", date = format::date_numeric(locale, day, Some(today)))}</p> }
    });
    let exceptions = technician.exceptions.into_iter().map(exception_row).collect::<Vec<_>>();
    let no_exceptions = exceptions.is_empty().then(|| view! { <p>{t!("plans-no-exceptions")}</p> });
    view! {
        <Page title=technician.name width=Width::Full>
            <p class="actions">
                <a href=paths::PLANS>{t!("plans-all")}</a>
            </p>
            {leaves}
            <div class="bench">
                <div class="bench-clock">
                    <section class="card" aria-labelledby="weeks">
                        <h2 id="weeks">{t!("plans-weeks")}</h2>
                        {none}
                        {weeks}
                    </section>
                    {change}
                </div>
                <div class="bench-aside">
                    <section class="card" aria-labelledby="exceptions">
                        <h2 id="exceptions">{t!("plans-exceptions")}</h2>
                        {no_exceptions}
                        <ul class="plain-list plain-list-actions">{exceptions}</ul>
                    </section>
                    <AbsenceForm person=technician.id.to_string()/>
                </div>
            </div>
        </Page>
    }
}

#[component]
fn Week(planned: PlannedWeek, today: NaiveDate) -> impl IntoView {
    let locale = Locale::current();
    let date = |date| format::date_numeric(locale, date, None);
    let title = match (planned.first.filter(|first| *first > today), planned.last) {
        (None, None) => t!("plans-week-always"),
        (Some(first), None) => t!("plans-week-from", first = date(first)),
        (None, Some(last)) => t!("plans-week-until", last = date(last)),
        (Some(first), Some(last)) => t!("plans-week-between", first = date(first), last = date(last)),
    };
    let is_free = planned.is_free();
    let days = planned
        .week
        .iter()
        .enumerate()
        .map(|(number, spans)| {
            let text = if spans.is_empty() { t!("plans-day-off") } else { spans_as_typed(spans) };
            view! { <SummaryRow term=t!("plans-weekday", day = number + 1)>{text}</SummaryRow> }
        })
        .collect::<Vec<_>>();
    let days = if is_free {
        view! { <p>{t!("plans-no-work")}</p> }.into_any()
    } else {
        view! { <SummaryList>{days}</SummaryList> }.into_any()
    };
    view! {
        <h3>{title}</h3>
        {days}
    }
}

/// What replaces the plan from a day on, beginning with the latest one.
#[component]
fn ChangeForm(person: String, latest: Option<PlannedWeek>) -> impl IntoView {
    let days = (0..7_usize)
        .map(|number| {
            let value = latest.as_ref().map(|planned| spans_as_typed(&planned.week[number])).unwrap_or_default();
            view! {
                <TextField
                    name=format!("day{}", number + 1)
                    label=t!("plans-weekday", day = number + 1)
                    value
                    autocomplete="off"
                />
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="change">
            <h2 id="change">{t!("plans-change")}</h2>
            <p>{t!("plans-change-lead")}</p>
            <Form action={Endpoint::of::<api::line::plans::ChangePlan>()}>
                <Hidden name="person" value=person/>
                <TextField name="week_first" label=t!("plans-from-day") kind="date"/>
                <TextField
                    name="week_last"
                    label=t!("plans-to-day")
                    hint=t!("plans-to-day-hint")
                    kind="date"
                    optional=true
                />
                <p class="field-hint">{t!("plans-day-hint")}</p>
                {days}
                <div class="actions">
                    <Submit label=t!("plans-save")/>
                </div>
            </Form>
        </section>
    }
}

fn exception_row(exception: PlannedException) -> impl IntoView {
    let text = exception_in_words(&exception);
    view! {
        <li>
            <p>{text.clone()}</p>
            <Form action={Endpoint::of::<api::line::plans::RemoveException>()}>
                <Hidden name="id" value=exception.id.to_string()/>
                <Submit label=t!("plans-remove") kind=ButtonKind::Quiet about=text/>
            </Form>
        </li>
    }
}

#[component]
fn AbsenceForm(person: String) -> impl IntoView {
    let option = |kind: ExceptionKind, label: String| RadioOption {
        value: kind.code().to_owned(),
        label,
        ..RadioOption::default()
    };
    let kinds =
        vec![option(ExceptionKind::Off, t!("plans-kind-off")), option(ExceptionKind::Extra, t!("plans-kind-extra"))];
    view! {
        <section class="card" aria-labelledby="absence">
            <h2 id="absence">{t!("plans-absence")}</h2>
            <p>{t!("plans-absence-lead")}</p>
            <Form action={Endpoint::of::<api::line::plans::EnterAbsence>()}>
                <Hidden name="person" value=person/>
                <RadioCards name="kind" legend=t!("plans-kind") options=kinds selected=ExceptionKind::Off.code()/>
                <TextField name="first" label=t!("plans-first-day") kind="date"/>
                <TextField
                    name="last"
                    label=t!("plans-last-day")
                    hint=t!("plans-last-day-hint")
                    kind="date"
                    optional=true
                />
                <TextField
                    name="from"
                    label=t!("plans-from-time")
                    hint=t!("plans-from-time-hint")
                    kind="time"
                    optional=true
                />
                <TextField name="until" label=t!("plans-until-time") kind="time" optional=true/>
                <TextField name="absence_note" label=t!("plans-note") hint=t!("plans-note-hint") optional=true/>
                <div class="actions">
                    <Submit label=t!("plans-absence-submit") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}
