//! `/work/{number}/segments/{segment}/split`: a segment in which two things were done.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::{
    corrections::{kinds, load},
    segments::span,
    words::{kind_in_words, typed_time},
};
use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        paths,
        problem::Problem,
        work::{pages::WorkPage as Bench, segments::Segment},
    },
    ui::{
        self,
        components::{Endpoint, Form, Hidden, Page, RadioCards, Submit, TextField, WayBack, loaded},
        texts::t,
    },
};

/// The segment that the address names.
#[component]
pub fn SplitPage() -> impl IntoView {
    let number = ui::path_value("number");
    let named = use_params_map().with_untracked(|params| params.get("segment")).unwrap_or_default();
    loaded(load_named(number, named), move |(bench, segment, key)| view! { <SplitForm bench segment key/> })
}

/// One that is there: nothing new is split.
async fn load_named(number: Result<RequestNumber, Problem>, named: String) -> Result<(Bench, Segment, Uuid), Problem> {
    let (bench, segment, key) = load(number, named).await?;
    Ok((bench, segment.ok_or(Problem::NotFound)?, key))
}

#[component]
fn SplitForm(bench: Bench, segment: Segment, key: Uuid) -> impl IntoView {
    let number = bench.appointment.number;
    let what = format!("{} {}", kind_in_words(segment.kind), span(&segment));
    let lead = format!("{what} · {} · {number}", bench.appointment.customer);
    // As likely as any: its middle.
    let until = segment.ended_at.unwrap_or(bench.now);
    let middle = segment.started_at + (until - segment.started_at) / 2;
    view! {
        <Page title=t!("work-split-title") lead>
            <Form action={Endpoint::of::<api::work::splitting::SplitSegment>()}>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="segment" value=segment.id.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <div class="side-by-side">
                    <RadioCards
                        name="kind_before"
                        legend=t!("work-split-before")
                        options=kinds()
                        selected=segment.kind.code()
                    />
                </div>
                <TextField
                    name="split_at"
                    label=t!("work-split-at")
                    kind="datetime-local"
                    step="1"
                    value=typed_time(middle)
                />
                <div class="side-by-side">
                    <RadioCards name="kind_after" legend=t!("work-split-after") options=kinds()/>
                </div>
                <TextField name="reason" label=t!("work-segment-reason") hint=t!("work-segment-reason-hint")/>
                <div class="actions">
                    <Submit label=t!("work-split-save")/>
                    <WayBack href=paths::workbench(number) of_new=false/>
                </div>
            </Form>
        </Page>
    }
}
