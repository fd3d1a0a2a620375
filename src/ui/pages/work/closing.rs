//! Closing: what was done, in the customer's words, and whether that is all.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    minutes::sum_in_words,
    report_blocks::{InsertButtons, inserted},
    segments::span,
    words::kind_in_words,
};
use crate::{
    api,
    model::{
        base::ids::SegmentId,
        ordering::appointments::AppointmentState,
        work::{
            interventions::calls_off,
            pages::WorkPage as Bench,
            unusual::{Doubt, Unusual},
        },
    },
    ui::{
        components::{
            ButtonKind, Endpoint, Form, Hidden, Notice, NoticeKind, RadioCards, RadioOption, Submit, TextArea,
        },
        format, forms,
        islands::KeepTyped,
        texts::{Locale, t},
    },
};

/// The id of the heading, by which one gets there.
pub(super) const CLOSE: &str = "close";

/// The form that closes the work, and what will be billed then.
#[component]
pub(super) fn Closing(bench: Bench, key: Uuid) -> impl IntoView {
    let answer =
        |value: &str, label, note| RadioOption { value: value.to_owned(), label, note: Some(note), meta: None };
    let slot = format::slot(Locale::current(), bench.appointment.slot);
    let has_begun = bench.appointment.state == AppointmentState::Running;
    let calls_off = calls_off(has_begun, bench.appointment.slot, bench.now);
    let is_prepared = calls_off && !has_begun;
    let (legend, options) = if is_prepared {
        let yes = t!("work-finished-ahead-yes-note", slot = slot.as_str());
        let options = vec![
            answer("true", t!("work-finished-ahead-yes"), yes),
            answer("false", t!("work-finished-ahead-no"), t!("work-finished-ahead-no-note")),
        ];
        (t!("work-finished-ahead"), options)
    } else {
        let options = vec![
            answer("true", t!("work-finished-yes"), t!("work-finished-yes-note")),
            answer("false", t!("work-finished-no"), t!("work-finished-no-note")),
        ];
        (t!("work-finished"), options)
    };
    let calls_off =
        (calls_off && has_begun).then(|| view! { <p>{t!("work-close-calls-off", slot = slot.as_str())}</p> });
    let unusual = unusual_in_words(&bench);
    let bill = match bench.bill.top_up() {
        0 => t!("work-close-bill", billed = bench.bill.billed),
        _ => t!("work-close-bill-minimum", billed = bench.bill.billed, sum = sum_in_words(&bench.bill)),
    };
    // What was closed before is closed alike, unless something else is said.
    let finished = if bench.reopened.is_some() { "true" } else { "" };
    let report = bench.reopened.as_ref().map(|reopened| reopened.report.clone()).unwrap_or_default();
    let added = inserted(&bench.blocks);
    let runs = bench.segments.iter().any(|segment| segment.ended_at.is_none());
    let (submit, kind) = match runs {
        true => (t!("work-close-running-submit"), ButtonKind::Secondary),
        false => (t!("work-close-submit"), ButtonKind::Primary),
    };
    let form = view! {
            {runs.then(|| view! { <p>{t!("work-close-running-help")}</p> })}
            {unusual}
            <p>{bill}</p>
            {calls_off}
            <Form action={Endpoint::of::<api::work::closing::CloseWork>()}>
                <Hidden name="number" value=bench.appointment.number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea name="report" label=t!("work-report-label") hint=t!("work-report-hint") rows=4 value=report added/>
                <div class="side-by-side">
                    <RadioCards name="finished" legend options selected=finished/>
                </div>
                <KeepTyped/>
                <Submit label=submit kind/>
                <InsertButtons blocks=bench.blocks/>
            </Form>
    };
    if runs {
        view! { <WhileItRuns>{form}</WhileItRuns> }.into_any()
    } else {
        view! {
            <section class="card" aria-labelledby=CLOSE>
                <h2 id=CLOSE>{t!("work-close-title")}</h2>
                {form}
            </section>
        }
        .into_any()
    }
}

/// The form while the clock runs: it stops the clock too, and lies folded until then. What came back lies open.
#[component]
fn WhileItRuns(children: Children) -> impl IntoView {
    let open = forms::returned().is_some_and(|form| form.values.contains_key("report"));
    view! {
        <section class="card fold">
            <div class="fold-head">
                <h2 id=CLOSE>{t!("work-close-running")}</h2>
            </div>
            <details open=open>
                <summary aria-labelledby=CLOSE></summary>
                {children()}
            </details>
        </section>
    }
}

/// What somebody should look at before it is billed.
fn unusual_in_words(bench: &Bench) -> Option<impl IntoView + use<>> {
    if bench.unusual.is_empty() {
        return None;
    }
    let locale = Locale::current();
    let segment = |id: SegmentId| {
        let segment = bench.segments.iter().find(|segment| segment.id == id);
        segment.map(|segment| format!("{} {}", kind_in_words(segment.kind), span(segment))).unwrap_or_default()
    };
    let lines = bench
        .unusual
        .iter()
        .map(|unusual| match *unusual {
            Unusual::Long { segment: id, minutes } => {
                let minutes = format::minutes(locale, u32::try_from(minutes).unwrap_or(u32::MAX));
                t!("work-unusual-long", segment = segment(id), minutes = minutes)
            }
            Unusual::Doubtful { segment: id, why: Doubt::BeforeAgreed } => {
                t!("work-unusual-before", segment = segment(id))
            }
            Unusual::Doubtful { segment: id, why: Doubt::AfterAgreed } => {
                t!("work-unusual-after", segment = segment(id))
            }
            Unusual::Doubtful { segment: id, why: Doubt::OutsideHours } => {
                t!("work-unusual-hours", segment = segment(id))
            }
            Unusual::AboveEstimate { effective, estimated } => {
                t!(
                    "work-unusual-estimate",
                    effective = format::minutes(locale, effective),
                    estimated = format::minutes(locale, estimated)
                )
            }
        })
        .map(|line| view! { <li>{line}</li> })
        .collect::<Vec<_>>();
    Some(view! {
        <Notice kind=NoticeKind::Soon title=t!("work-unusual")>
            <ul>{lines}</ul>
        </Notice>
    })
}
