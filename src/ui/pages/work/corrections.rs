//! `/work/{number}/segments/{segment}` and `…/new`: a segment corrected, or added by hand.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::words::{kind_in_words, typed_time};
use crate::{
    api,
    model::{
        base::{ids::SegmentId, numbers::RequestNumber},
        paths,
        problem::Problem,
        work::{
            pages::WorkPage as Bench,
            segments::{Segment, SegmentKind},
        },
    },
    ui::{
        self,
        components::{
            CheckField, Endpoint, Form, Hidden, Page, RadioCards, RadioOption, Submit, TextField, WayBack, loaded,
        },
        format, forms,
        texts::{Locale, t},
    },
};

/// The segment that the address names, or a new one.
#[component]
pub fn SegmentPage() -> impl IntoView {
    let number = ui::path_value("number");
    let named = use_params_map().with_untracked(|params| params.get("segment")).unwrap_or_default();
    loaded(load(number, named), move |(bench, segment, key)| view! { <SegmentForm bench segment key/> })
}

/// The workbench, the segment that its address names, and a key; for whoever may correct it.
///
/// # Errors
/// [`Problem::NotFound`] for one that is not there, [`Problem::Forbidden`] for whoever looks on.
pub(super) async fn load(
    number: Result<RequestNumber, Problem>,
    named: String,
) -> Result<(Bench, Option<Segment>, Uuid), Problem> {
    let bench = api::work::bench::work_page(number?).await?;
    if !bench.may_correct {
        return Err(Problem::Forbidden { capability: None });
    }
    let segment = if named == "new" { None } else { Some(find(&bench, &named).ok_or(Problem::NotFound)?) };
    Ok((bench, segment, api::ordering::requests::form_key().await?))
}

fn find(bench: &Bench, named: &str) -> Option<Segment> {
    let id: SegmentId = named.parse().ok()?;
    bench.segments.iter().find(|segment| segment.id == id).copied()
}

#[component]
fn SegmentForm(bench: Bench, segment: Option<Segment>, key: Uuid) -> impl IntoView {
    let number = bench.appointment.number;
    let title = if segment.is_some() { t!("work-correct-title") } else { t!("work-add-title") };
    let lead = format!("{} · {number}", bench.appointment.customer);
    // By hand one adds what the address names, what follows the last stop, or what was done at the agreed time.
    let named = |name| ui::query_value(name).filter(|_| segment.is_none());
    let from = segment.map_or_else(|| last_stop(&bench), |segment| segment.started_at);
    let from = named("from").unwrap_or_else(|| typed_time(from));
    let until = segment.and_then(|segment| segment.ended_at).map(typed_time).or_else(|| named("until"));
    let kind = segment.map_or(SegmentKind::Work, |segment| segment.kind);
    // Asked once it is doubted; it stays while something else is put right.
    let is_doubted = forms::field_problem("confirmed").is_some() || forms::field_checked("confirmed", false);
    let confirmed = is_doubted.then(|| {
        let hint = t!("work-segment-confirmed-hint", slot = format::slot(Locale::current(), bench.appointment.slot));
        view! { <CheckField name="confirmed" label=t!("work-segment-confirmed") hint/> }
    });
    view! {
        <Page title lead>
            <Form action={Endpoint::of::<api::work::corrections::CorrectSegment>()}>
                <Hidden name="number" value=number.to_string()/>
                {segment.map(|segment| view! { <Hidden name="segment" value=segment.id.to_string()/> })}
                <Hidden name="key" value=key.to_string()/>
                <div class="side-by-side">
                    <RadioCards name="kind" legend=t!("work-segment-kind") options=kinds() selected=kind.code()/>
                </div>
                <div class="pair">
                    <TextField
                        name="started_at"
                        label=t!("work-segment-from")
                        kind="datetime-local"
                        step="1"
                        value=from
                    />
                    <TextField
                        name="ended_at"
                        label=t!("work-segment-until")
                        kind="datetime-local"
                        step="1"
                        value=until.unwrap_or_default()
                    />
                </div>
                <TextField name="reason" label=t!("work-segment-reason") hint=t!("work-segment-reason-hint")/>
                {confirmed}
                <div class="actions">
                    <Submit label=t!("work-segment-save")/>
                    <WayBack href=paths::workbench(number) of_new=segment.is_none()/>
                </div>
            </Form>
        </Page>
    }
}

/// All kinds of segments, to choose one from.
pub(super) fn kinds() -> Vec<RadioOption> {
    SegmentKind::ALL
        .iter()
        .map(|kind| RadioOption {
            value: kind.code().to_owned(),
            label: kind_in_words(*kind),
            note: None,
            meta: (!kind.is_billable()).then(|| t!("work-free")),
        })
        .collect()
}

fn last_stop(bench: &Bench) -> DateTime<Utc> {
    bench.segments.iter().filter_map(|segment| segment.ended_at).max().unwrap_or(bench.appointment.slot.start)
}
