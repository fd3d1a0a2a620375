//! Work that is under way: what the clock counts, how long it has taken, and the question whether to go on.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        work::{
            ceiling::{CeilingView, Consent, ConsentAnswer},
            pages::WorkProgress,
        },
    },
    ui::{
        self,
        components::{Endpoint, Form, Hidden, Notice, NoticeKind, RadioCards, RadioOption, Submit, TextField},
        format, receipt_words,
        texts::{Locale, t},
    },
};

/// The question that waits for an answer, if there is one.
pub fn open_question(progress: &WorkProgress) -> Option<&Consent> {
    progress.ceiling.consent.as_ref().filter(|consent| consent.answer.is_none())
}

/// How far the work is; above all the question, while it is open.
#[component]
pub fn Progress(
    /// How far it is.
    progress: WorkProgress,
    /// Whose work it is.
    number: RequestNumber,
    /// Whether the viewer may answer.
    may_buy: bool,
) -> impl IntoView {
    let locale = Locale::current();
    let question = open_question(&progress).cloned();
    let is_asked = question.is_some();
    let question = question.map(|consent| {
        if may_buy {
            view! { <Question consent number/> }.into_any()
        } else {
            view! {
                <Notice kind=NoticeKind::Soon title=question_in_words(&consent)>
                    <p>{t!("consent-by-others")}</p>
                </Notice>
            }
            .into_any()
        }
    });
    let clock = match progress.running {
        Some(kind) if kind.is_billable() => {
            t!("progress-running", kind = receipt_words::segment_kind(locale, kind).to_lowercase())
        }
        Some(kind) => t!("progress-free", kind = receipt_words::segment_kind(locale, kind).to_lowercase()),
        None if progress.put_right.is_some() => t!("progress-put-right"),
        None => t!("progress-paused"),
    };
    let is_counted = progress.running.is_some() || progress.put_right.is_none();
    let reason = progress.put_right.map(|reason| view! { <p class="typed">{reason}</p> });
    let is_today = ui::now().map(format::local_date) == Some(format::local_date(progress.started_at));
    let note = is_counted.then(|| {
        let began = if is_today {
            t!("progress-began", time = format::time_of(locale, progress.started_at))
        } else {
            t!("progress-began-on", when = format::moment(locale, progress.started_at))
        };
        view! { <p class="progress-note">{began}" "{t!("progress-reload")}</p> }
    });
    let ceiling = ceiling_in_words(&progress.ceiling).filter(|_| !is_asked).map(|words| view! { <p>{words}</p> });
    view! {
        {question}
        <div class="card progress">
            <p class="progress-minutes">{format::minutes(locale, progress.minutes)}</p>
            <p>{clock}</p>
            {reason}
            {ceiling}
            {note}
        </div>
    }
}

/// Up to where the work goes without asking, or what was answered.
fn ceiling_in_words(ceiling: &CeilingView) -> Option<String> {
    let locale = Locale::current();
    let minutes = |minutes| format::minutes(locale, minutes);
    let answer = ceiling.consent.as_ref().and_then(|consent| consent.answer.as_ref());
    match (answer, ceiling.minutes) {
        (Some(ConsentAnswer { agreed: true, by, new_ceiling: Some(to), .. }), _) => {
            Some(t!("consent-given-up-to", by = by.as_str(), minutes = minutes(*to)))
        }
        (Some(ConsentAnswer { agreed: true, by, new_ceiling: None, .. }), _) => {
            Some(t!("consent-given", by = by.as_str()))
        }
        (Some(ConsentAnswer { agreed: false, by, .. }), _) => Some(t!("consent-refused", by = by.as_str())),
        (None, Some(ceiling)) => Some(t!("progress-ceiling", minutes = minutes(ceiling))),
        (None, None) => None,
    }
}

fn question_in_words(consent: &Consent) -> String {
    t!("consent-question", minutes = format::minutes(Locale::current(), consent.ceiling_minutes))
}

/// The question, for whoever may spend the customer's money.
#[component]
fn Question(consent: Consent, number: RequestNumber) -> impl IntoView {
    let option = |value: &str, label: String, note: String| RadioOption {
        value: value.to_owned(),
        label,
        note: Some(note),
        meta: None,
    };
    let options = vec![
        option("true", t!("consent-yes"), t!("consent-yes-note")),
        option("false", t!("consent-no"), t!("consent-no-note")),
    ];
    view! {
        <section class="card consent" aria-labelledby="consent">
            <h2 id="consent">{question_in_words(&consent)}</h2>
            <p>{t!("consent-paused")}</p>
            <Form action={Endpoint::of::<api::work::ceiling::AnswerConsent>()}>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="ceiling" value=consent.ceiling_minutes.to_string()/>
                <RadioCards name="agreed" legend=t!("consent-legend") legend_hidden=true options/>
                <TextField
                    name="new_ceiling"
                    label=t!("consent-ceiling")
                    hint=t!("consent-ceiling-hint")
                    inputmode="numeric"
                    suffix=t!("order-ceiling-suffix")
                    short=true
                    optional=true
                />
                <Submit label=t!("consent-submit")/>
            </Form>
        </section>
    }
}
