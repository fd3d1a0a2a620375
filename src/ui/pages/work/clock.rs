//! The clock: what it shows, and the buttons that start, switch and stop it.

use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::{
    closing::CLOSE,
    consent::HEARD,
    forgotten::{TrueEnd, stands_in_words},
    minutes::ceiling_seconds,
    stage::{Stage, waits_for_consent},
    starting::{Earlier, Elsewhere, KindButton, first_kind},
    words::kind_in_words,
};
use crate::{
    api,
    model::{
        ordering::appointments::AppointmentState,
        work::{
            pages::WorkPage as Bench,
            segments::{Segment, SegmentKind},
        },
    },
    ui::{
        components::{ButtonKind, ButtonLink, Endpoint, Form, Hidden, Submit},
        format,
        islands::{RunningStretch, WorkClock},
        texts::{Locale, t},
    },
};

/// The clock of this request.
#[component]
pub(super) fn ClockPanel(bench: Bench, stage: Stage, key: Uuid) -> impl IntoView {
    let running = bench.segments.iter().find(|segment| segment.ended_at.is_none()).copied();
    let controls = match &bench.forgotten {
        Some(forgotten) => {
            bench.may_correct.then(|| view! { <TrueEnd forgotten=forgotten.clone() bench=bench.clone()/> }.into_any())
        }
        None if !bench.may_work || stage == Stage::Over => None,
        None => match &bench.running_elsewhere {
            None => Some(view! { <Controls bench=bench.clone() stage running key/> }.into_any()),
            // Its true end is given where it runs.
            Some(clock) => clock
                .forgotten_since
                .is_none()
                .then(|| view! { <Elsewhere clock=clock.clone() bench=bench.clone() key/> }.into_any()),
        },
    };
    let standing = match &bench.forgotten {
        Some(forgotten) => stands_in_words(forgotten, bench.now),
        None if stage == Stage::Over => t!("work-clock-label"),
        None => t!("work-clock-stands"),
    };
    // A forgotten one does not tick: it counts no further.
    let running = running.filter(|_| bench.forgotten.is_none());
    view! {
        <section class="card clock-panel" aria-label=t!("work-clock-panel")>
            <WorkClock
                effective=bench.bill.effective_seconds
                running=running.map(|segment| stretch(&segment, bench.now))
                standing
                ceiling=ceiling_seconds(&bench)
                waits=bench.may_work && bench.forgotten.is_none() && waits_for_consent(&bench)
                source=format!("{}?number={}", api::work::bench::WorkPage::PATH, bench.appointment.number)
            />
            {controls}
        </section>
    }
}

fn stretch(segment: &Segment, now: DateTime<Utc>) -> RunningStretch {
    let time = format::time_of(Locale::current(), segment.started_at);
    RunningStretch {
        segment: segment.id,
        words: t!("work-since", kind = kind_in_words(segment.kind), time = time),
        seconds: segment.seconds(now),
        counts: segment.kind.is_billable(),
    }
}

#[component]
fn Controls(bench: Bench, stage: Stage, running: Option<Segment>, key: Uuid) -> impl IntoView {
    let number = bench.appointment.number;
    let first = first_kind(&bench);
    let start = match bench.appointment.state {
        AppointmentState::MissedByUs => t!("work-start-late"),
        _ => t!("work-start"),
    };
    let main = match stage {
        Stage::Ahead => Some(
            view! {
                <Form action={Endpoint::of::<api::work::clock::StartClock>()} class="within-reach">
                    <Hidden name="number" value=number.to_string()/>
                    <Hidden name="key" value=key.to_string()/>
                    <Hidden name="kind" value=first.code()/>
                    <Submit label=start about=kind_in_words(first)/>
                </Form>
                <p class="aside">{t!("work-start-with", kind = kind_in_words(first))}</p>
            }
            .into_any(),
        ),
        Stage::Running => Some(
            view! {
                <Form action={Endpoint::of::<api::work::clock::PauseClock>()} class="within-reach">
                    <Hidden name="number" value=number.to_string()/>
                    {running.map(|segment| view! { <Hidden name="segment" value=segment.id.to_string()/> })}
                    <Submit label=t!("work-stop")/>
                </Form>
            }
            .into_any(),
        ),
        Stage::Paused => Some(ways(&bench).into_any()),
        Stage::Over => None,
    };
    let legend = match stage {
        Stage::Ahead => t!("work-start-other"),
        Stage::Running => t!("work-switch"),
        Stage::Paused | Stage::Over => t!("work-resume"),
    };
    let current = running.map(|segment| segment.kind);
    let may_charge = !waits_for_consent(&bench);
    let kinds = SegmentKind::ALL
        .iter()
        .copied()
        // The main button starts with this one.
        .filter(|kind| stage != Stage::Ahead || *kind != first)
        .map(|kind| {
            let is_current = Some(kind) == current;
            let disabled = is_current || (kind.is_billable() && !may_charge);
            view! { <KindButton kind is_current disabled/> }
        })
        .collect::<Vec<_>>();
    view! {
        {main}
        <Form action={Endpoint::of::<api::work::clock::StartClock>()} class="kinds">
            <Hidden name="number" value=number.to_string()/>
            <Hidden name="key" value=key.to_string()/>
            <fieldset>
                <legend>{legend}</legend>
                <div class="kind-list">{kinds}</div>
            </fieldset>
        </Form>
        {(stage != Stage::Running).then(|| view! { <Earlier number first key/> })}
    }
}

/// On a phone, where what comes next lies further down: the ways there, always within reach.
fn ways(bench: &Bench) -> impl IntoView + use<> {
    let heard = (bench.may_record && waits_for_consent(bench)).then(|| {
        view! { <ButtonLink href=format!("#{HEARD}") label=t!("work-to-heard") kind=ButtonKind::Secondary/> }
    });
    view! {
        <p class="actions within-reach within-reach-only">
            <ButtonLink href=format!("#{CLOSE}") label=t!("work-to-close") kind=ButtonKind::Secondary/>
            {heard}
        </p>
    }
}
