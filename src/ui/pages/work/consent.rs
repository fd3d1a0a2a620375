//! The customer's answer to the question whether to go on: told to the technician, and written down when it comes by telephone.

use leptos::prelude::*;

use super::{stage::waits_for_consent, words::typed_time};
use crate::{
    api,
    model::work::{ceiling::ConsentAnswer, pages::WorkPage as Bench},
    ui::{
        components::{
            ButtonKind, Endpoint, Form, Hidden, Notice, NoticeKind, RadioCards, RadioOption, Submit, TextArea,
            TextField,
        },
        format, forms,
        texts::{Locale, t},
    },
};

/// An answer on which the technician has not acted yet: nothing billable began since.
pub(super) fn news(bench: &Bench) -> Option<&ConsentAnswer> {
    let answer = bench.ceiling.consent.as_ref()?.answer.as_ref()?;
    let is_acted_on =
        bench.segments.iter().any(|segment| segment.kind.is_billable() && segment.started_at >= answer.at);
    (bench.may_work && !is_acted_on).then_some(answer)
}

/// What was answered, in a few words.
pub(super) fn in_words(answer: &ConsentAnswer) -> String {
    match (answer.agreed, answer.new_ceiling) {
        (true, Some(minutes)) => t!("work-consent-up-to", minutes = minutes),
        (true, None) => t!("work-consent-no-limit"),
        (false, _) => t!("work-consent-refused"),
    }
}

/// The news at the head of the workbench.
pub(super) fn notice(bench: &Bench) -> Option<impl IntoView + use<>> {
    let answer = news(bench)?;
    let (kind, help) = match answer.agreed {
        true => (NoticeKind::Done, t!("work-consent-go-on")),
        false => (NoticeKind::Problem, t!("work-consent-stop")),
    };
    let title = in_words(answer);
    Some(view! {
        <Notice kind title>
            <p>{help}</p>
        </Notice>
    })
}

/// The id of the heading, of which the button beside it is called and by which one gets there.
pub(super) const HEARD: &str = "heard";

/// Where an answer by telephone is written down, while the question is open.
#[component]
pub(super) fn Heard(bench: Bench) -> impl IntoView {
    let open = ["agreed", "new_ceiling", "said_by", "said_at", "words"]
        .into_iter()
        .any(|field| forms::field_problem(field).is_some());
    let option = |value: &str, label: String| RadioOption { value: value.to_owned(), label, ..RadioOption::default() };
    let options = vec![option("true", t!("work-heard-yes")), option("false", t!("work-heard-no"))];
    let ceiling = bench.ceiling.minutes.map(|minutes| format::minutes(Locale::current(), minutes)).unwrap_or_default();
    (bench.may_record && waits_for_consent(&bench)).then(|| {
        view! {
            <section class="card fold">
                <div class="fold-head">
                    <h2 id=HEARD>{t!("work-heard")}</h2>
                </div>
                <details open=open>
                <summary aria-labelledby=HEARD></summary>
                <Form action={Endpoint::of::<api::work::ceiling::RecordConsent>()}>
                    <Hidden name="number" value=bench.appointment.number.to_string()/>
                    <RadioCards name="agreed" legend=t!("work-heard-answer", minutes = ceiling) options/>
                    <TextField
                        name="new_ceiling"
                        label=t!("work-heard-ceiling")
                        hint=t!("work-heard-ceiling-hint")
                        inputmode="numeric"
                        suffix=t!("order-ceiling-suffix")
                        short=true
                        optional=true
                    />
                    <TextField name="said_by" label=t!("work-heard-by") value=bench.appointment.contact_name.clone()/>
                    <TextField
                        name="said_at"
                        label=t!("work-heard-at")
                        kind="datetime-local"
                        step="1"
                        value=typed_time(bench.now)
                    />
                    <TextArea name="words" label=t!("work-heard-words") hint=t!("work-heard-words-hint") rows=2/>
                    <Submit label=t!("work-heard-submit") kind=ButtonKind::Secondary/>
                </Form>
                </details>
            </section>
        }
    })
}
