//! Starting the clock: for a kind of work, some minutes ago, and in place of one that runs for another request.

use leptos::prelude::*;
use uuid::Uuid;

use super::{corrections::kinds, stage::waits_for_consent, words::kind_in_words};
use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        work::{
            interventions::EARLIER_MINUTES,
            pages::{RunningClock, WorkPage as Bench},
            segments::SegmentKind,
        },
    },
    ui::{
        components::{ButtonKind, Endpoint, Form, Hidden, RadioCards, RadioOption, Submit},
        format, forms,
        texts::{Locale, t},
    },
};

/// Starts the clock for a kind of work, or switches it over. Each keeps its place whatever the clock counts.
#[component]
pub(super) fn KindButton(kind: SegmentKind, is_current: bool, disabled: bool) -> impl IntoView {
    let class = if is_current { "button button-secondary kind kind-current" } else { "button button-secondary kind" };
    let free = (!kind.is_billable()).then(|| view! { <span class="kind-free">{t!("work-free")}</span> });
    view! {
        <button
            type="submit"
            class=class
            name="kind"
            value=kind.code()
            disabled=disabled
            aria-current=is_current.then_some("true")
        >
            <span>{kind_in_words(kind)}</span>
            {free}
        </button>
    }
}

/// With what the clock is started: before the agreed time one prepares, from then on one calls.
pub(super) fn first_kind(bench: &Bench) -> SegmentKind {
    if bench.now < bench.appointment.slot.start { SegmentKind::Preparation } else { SegmentKind::Communication }
}

/// The clock runs for another request: one step stops it there and starts it here.
#[component]
pub(super) fn Elsewhere(clock: RunningClock, bench: Bench, key: Uuid) -> impl IntoView {
    let first = first_kind(&bench);
    let may_charge = !waits_for_consent(&bench);
    let others = SegmentKind::ALL
        .iter()
        .copied()
        .filter(|kind| *kind != first)
        .map(|kind| view! { <KindButton kind is_current=false disabled=kind.is_billable() && !may_charge/> })
        .collect::<Vec<_>>();
    view! {
        <Form action={Endpoint::of::<api::work::clock::StartClock>()} class="kinds">
            <Hidden name="number" value=bench.appointment.number.to_string()/>
            <Hidden name="key" value=key.to_string()/>
            <Hidden name="stops" value=clock.segment.to_string()/>
            <p class="aside">{t!("work-switch-here-help", customer = clock.customer.as_str())}</p>
            <div class="within-reach">
                <Submit
                    label=t!("work-switch-here")
                    about=kind_in_words(first)
                    name="kind"
                    value=first.code()
                    disabled=!may_charge
                />
            </div>
            <p class="aside">{t!("work-start-with", kind = kind_in_words(first))}</p>
            <fieldset>
                <legend>{t!("work-start-other")}</legend>
                <div class="kind-list">{others}</div>
            </fieldset>
        </Form>
    }
}

/// The heading of [`Earlier`].
const EARLIER: &str = "earlier-heading";

/// The work began before somebody thought of the clock.
#[component]
pub(super) fn Earlier(
    /// For which request.
    number: RequestNumber,
    /// What was probably done.
    first: SegmentKind,
    key: Uuid,
) -> impl IntoView {
    let locale = Locale::current();
    let options = EARLIER_MINUTES
        .iter()
        .map(|minutes| RadioOption {
            value: minutes.to_string(),
            label: t!("work-earlier-by", minutes = format::minutes(locale, *minutes)),
            ..RadioOption::default()
        })
        .collect();
    let open = forms::returned().is_some_and(|form| form.values.contains_key("earlier"));
    view! {
        <div class="fold">
            <div class="fold-head">
                <h2 id=EARLIER>{t!("work-earlier")}</h2>
            </div>
            <details open=open>
                <summary aria-labelledby=EARLIER></summary>
                <Form action={Endpoint::of::<api::work::clock::StartClock>()}>
                    <Hidden name="number" value=number.to_string()/>
                    <Hidden name="key" value=key.to_string()/>
                    <div class="side-by-side">
                        <RadioCards
                            name="earlier"
                            legend=t!("work-earlier-when")
                            options
                            selected=EARLIER_MINUTES[0].to_string()
                        />
                    </div>
                    <div class="side-by-side">
                        <RadioCards name="kind" legend=t!("work-segment-kind") options=kinds() selected=first.code()/>
                    </div>
                    <p class="aside">{t!("work-earlier-help")}</p>
                    <Submit label=t!("work-earlier-submit") kind=ButtonKind::Secondary/>
                </Form>
            </details>
        </div>
    }
}
