//! A clock that was left running: when did the work really end.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{
    evidence::stop_as_disconnected,
    words::{kind_in_words, typed_time},
};
use crate::{
    api,
    model::work::{
        forgotten::{ForgottenClock, LikelyEnd, SuggestedEnd, needs_manager},
        interventions::MOST_ADDED_MINUTES,
        pages::WorkPage as Bench,
    },
    ui::{
        components::{Endpoint, Form, Hidden, RadioCards, RadioOption, Submit, TextField},
        format,
        texts::{Locale, t},
    },
};

/// What the clock counts of it: "Práce, spuštěno dnes v 8:05, počítá se dnes do 9:30".
pub(super) fn stands_in_words(forgotten: &ForgottenClock, now: DateTime<Utc>) -> String {
    let locale = Locale::current();
    let said = |at| format::on(locale, at, Some(now));
    t!(
        "work-forgotten-stands",
        kind = kind_in_words(forgotten.kind),
        time = said(forgotten.started_at),
        until = format::until(locale, forgotten.since, Some(now))
    )
}

/// The form that stops it at its true end.
#[component]
pub(super) fn TrueEnd(forgotten: ForgottenClock, bench: Bench) -> impl IntoView {
    let locale = Locale::current();
    let said = |at| format::on(locale, at, Some(bench.now));
    let until = format::until(locale, forgotten.since, Some(bench.now));
    let answer = |value: String, label, note, meta| RadioOption { value, label, note, meta };
    let mut options: Vec<_> = forgotten
        .suggestions
        .iter()
        .map(|end| {
            let note = needs_manager(end.at, forgotten.since)
                .then(|| t!("work-true-end-by-manager", most = MOST_ADDED_MINUTES));
            answer(end.at.to_rfc3339(), why_in_words(*end), note, Some(said(end.at)))
        })
        .collect();
    let note = t!("work-true-end-now-note", most = MOST_ADDED_MINUTES);
    options.push(answer("now".to_owned(), t!("work-true-end-now"), Some(note), None));
    options.push(answer("other".to_owned(), t!("work-true-end-other"), None, None));
    let hint = t!("work-true-end-hint", since = said(forgotten.started_at), until = until);
    view! {
        {stop_as_disconnected(&forgotten, &bench)}
        <Form action={Endpoint::of::<api::work::clock::PauseClock>()} class="true-end">
            <Hidden name="number" value=bench.appointment.number.to_string()/>
            <Hidden name="segment" value=forgotten.segment.to_string()/>
            <RadioCards name="true_end" legend=t!("work-true-end") hint options/>
            <TextField
                name="ended_at"
                label=t!("work-true-end-at")
                kind="datetime-local"
                step="1"
                value=typed_time(forgotten.since)
            />
            <TextField
                name="reason"
                label=t!("work-true-end-reason")
                hint=t!("work-true-end-reason-hint")
            />
            <Submit label=t!("work-true-end-submit")/>
        </Form>
    }
}

fn why_in_words(end: SuggestedEnd) -> String {
    match end.why {
        LikelyEnd::AgreedEnd => t!("work-true-end-agreed"),
        LikelyEnd::LineClosed => t!("work-true-end-closed"),
        LikelyEnd::LastActivity => t!("work-true-end-activity"),
        LikelyEnd::Disconnected => t!("work-true-end-disconnected"),
    }
}
