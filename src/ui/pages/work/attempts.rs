//! Attempts to reach a customer who is not there, and the end of waiting.

use leptos::prelude::*;

use super::{keys::Keys, words::channel_in_words};
use crate::{
    api,
    model::{
        ordering::appointments::AppointmentState,
        work::{
            attempts::{AttemptChannel, ContactAttempt, NoShow},
            pages::WorkPage as Bench,
        },
    },
    ui::{
        components::{ButtonKind, Endpoint, Form, Hidden, RadioCards, RadioOption, Submit, TextField},
        format, forms,
        texts::{Locale, t},
    },
};

/// The heading by which the button beside it is called.
const HEADING: &str = "attempts-heading";

/// What was tried, and what may be noted yet.
#[component]
pub(super) fn Attempts(bench: Bench, keys: Keys, may_work: bool, open: bool) -> impl IntoView {
    let open = open || forms::field_problem("channel").or_else(|| forms::field_problem("note")).is_some();
    let count = bench.attempts.len();
    let log = log(&bench.attempts);
    // A time that we missed was not missed by the customer.
    let is_met = bench.appointment.state != AppointmentState::MissedByUs;
    let forms = may_work.then(|| {
        view! {
            <Note bench=bench.clone() keys/>
            {is_met.then(|| view! { <Missed bench keys/> })}
        }
    });
    view! {
        <section class="card fold">
            <div class="fold-head">
                <h2 id=HEADING>{t!("work-attempts")}</h2>
                <span class="fold-count">{t!("work-attempts-count", count = count)}</span>
            </div>
            <details open=open>
                <summary aria-labelledby=HEADING></summary>
                {log}
                {forms}
            </details>
        </section>
    }
}

fn log(attempts: &[ContactAttempt]) -> Option<impl IntoView + use<>> {
    let locale = Locale::current();
    let entries = attempts
        .iter()
        .map(|attempt| {
            view! {
                <li>
                    <time datetime=attempt.at.to_rfc3339()>{format::time_of(locale, attempt.at)}</time>
                    <span>{in_words(attempt)}</span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!attempts.is_empty()).then(|| view! { <ol class="attempts">{entries}</ol> })
}

/// "Telefon: nezvedá"
fn in_words(attempt: &ContactAttempt) -> String {
    let channel = channel_in_words(attempt.channel);
    if attempt.note.is_empty() { channel } else { format!("{channel}: {}", attempt.note) }
}

#[component]
fn Note(bench: Bench, keys: Keys) -> impl IntoView {
    let options = AttemptChannel::ALL
        .iter()
        .map(|channel| RadioOption {
            value: channel.code().to_owned(),
            label: channel_in_words(*channel),
            ..RadioOption::default()
        })
        .collect();
    view! {
        <Form action={Endpoint::of::<api::work::attempts::NoteAttempt>()}>
            <Hidden name="number" value=bench.appointment.number.to_string()/>
            <Hidden name="key" value=keys.attempt.to_string()/>
            <div class="side-by-side">
                <RadioCards name="channel" legend=t!("work-channel") options selected=AttemptChannel::Phone.code()/>
            </div>
            <TextField name="note" label=t!("work-attempt-note") hint=t!("work-attempt-note-hint") optional=true/>
            <Submit label=t!("work-attempt-submit") kind=ButtonKind::Secondary/>
        </Form>
    }
}

/// Nobody was there: possible after enough attempts, some time after the agreed start.
#[component]
fn Missed(bench: Bench, keys: Keys) -> impl IntoView {
    let NoShow { from, missing, next_attempt } = bench.no_show;
    let said = |at| format::on(Locale::current(), at, Some(bench.now));
    let next = (missing > 0 && next_attempt > bench.now)
        .then(|| view! { <p class="aside">{t!("work-next-attempt", time = said(next_attempt))}</p> });
    let time = said(from);
    let missed = match (bench.now < from, missing) {
        (false, 0) => view! {
            <Form action={Endpoint::of::<api::work::attempts::CallMissed>()}>
                <Hidden name="number" value=bench.appointment.number.to_string()/>
                <Hidden name="key" value=keys.missed.to_string()/>
                <Submit label=t!("work-no-show") kind=ButtonKind::Danger/>
            </Form>
        }
        .into_any(),
        (true, 0) => view! { <p class="aside">{t!("work-no-show-from", time = time)}</p> }.into_any(),
        (true, missing) => {
            view! { <p class="aside">{t!("work-no-show-from-after", time = time, count = missing)}</p> }.into_any()
        }
        (false, missing) => view! { <p class="aside">{t!("work-no-show-after", count = missing)}</p> }.into_any(),
    };
    view! { <div class="missed">{missed} {next}</div> }
}
