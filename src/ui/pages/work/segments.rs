//! What the clock has measured, and how it was corrected.

use leptos::prelude::*;

use super::words::kind_in_words;
use crate::{
    model::{
        base::text::unbroken_range,
        paths,
        work::{
            pages::{SegmentCorrection, WorkPage as Bench},
            segments::Segment,
        },
    },
    ui::{
        components::{Column, Table},
        format,
        islands::reading,
        receipt_words,
        texts::{Locale, t},
    },
};

/// The segments in order of time; they may be corrected, and what was not measured added.
#[component]
pub(super) fn Segments(bench: Bench, may_correct: bool) -> impl IntoView {
    let number = bench.appointment.number;
    let counted_until = bench.forgotten.as_ref().map_or(bench.now, |forgotten| forgotten.since);
    let rows = bench
        .segments
        .iter()
        .map(|segment| {
            let corrected = bench.corrections.iter().any(|correction| correction.segment == segment.id);
            let is_open = may_correct && bench.of_this_visit.contains(&segment.id);
            let correct = (is_open && segment.ended_at.is_some()).then(|| paths::segment(number, segment.id));
            // Of a forgotten clock the true end is given first.
            let may_split = is_open && (segment.ended_at.is_some() || bench.forgotten.is_none());
            let split = may_split.then(|| paths::segment_split(number, segment.id));
            row(segment, segment.seconds(counted_until), corrected, [correct, split])
        })
        .collect::<Vec<_>>();
    let table = if rows.is_empty() {
        view! { <p class="aside">{t!("work-no-segments")}</p> }.into_any()
    } else {
        view! {
            <Table
                class="table-segments"
                columns=vec![
                    Column::text(t!("work-column-kind")),
                    Column::text(t!("work-column-span")),
                    Column::text(t!("work-column-length")),
                    Column::action(t!("work-column-correct")),
                ]
            >
                {rows}
            </Table>
        }
        .into_any()
    };
    let add = may_correct.then(|| {
        view! {
            <p>
                <a href=paths::new_segment(number)>{t!("work-segment-add")}</a>
                " · "
                <a href=paths::CONNECTIONS>{t!("work-connections")}</a>
            </p>
        }
    });
    let corrections = corrections(bench.corrections);
    view! {
        <section class="card" aria-labelledby="segments">
            <h2 id="segments">{t!("work-segments")}</h2>
            {table}
            {add}
            {corrections}
        </section>
    }
}

/// A segment, with where it is corrected and where it is split, for whoever may.
fn row(
    segment: &Segment,
    seconds: u64,
    corrected: bool,
    [correct, split]: [Option<String>; 2],
) -> impl IntoView + use<> {
    let free = (!segment.kind.is_billable()).then(|| view! { <span class="table-note">{t!("work-free")}</span> });
    let corrected = corrected.then(|| view! { <span class="table-note">{t!("work-corrected")}</span> });
    let correct = correct.map(|href| (href, t!("work-segment-correct")));
    let split = split.map(|href| (href, t!("work-segment-split")));
    let actions = [correct, split]
        .into_iter()
        .flatten()
        .map(|(href, label)| {
            view! {
                <a href=href>
                    {label}
                    <span class="visually-hidden">" – "{span(segment)}</span>
                </a>
                " "
            }
        })
        .collect::<Vec<_>>();
    view! {
        <tr>
            <th scope="row">{kind_in_words(segment.kind)} {free}</th>
            <td data-label=t!("work-column-span")>{span(segment)} {corrected}</td>
            <td data-label=t!("work-column-length")>{reading(seconds)}</td>
            <td>{actions}</td>
        </tr>
    }
}

/// "8:12:30–8:25:04", or since when it runs.
pub(super) fn span(segment: &Segment) -> String {
    let locale = Locale::current();
    let from = format::second_of(locale, segment.started_at);
    match segment.ended_at {
        Some(until) => unbroken_range(&format!("{from}–{}", format::second_of(locale, until))),
        None => t!("work-running-since", time = from),
    }
}

/// What was changed, by whom and why; the latest first.
fn corrections(mut corrections: Vec<SegmentCorrection>) -> Option<impl IntoView> {
    if corrections.is_empty() {
        return None;
    }
    // Both parts of what was split were one before, and are told of once.
    corrections.dedup_by(|one, other| {
        let was = |it: &SegmentCorrection| it.before.map(|before| (before.kind, before.started_at, before.ended_at));
        one.at == other.at && one.reason == other.reason && one.before.is_some() && was(one) == was(other)
    });
    let locale = Locale::current();
    let entries = corrections
        .into_iter()
        .map(|correction| {
            let what = match &correction.before {
                Some(before) => t!("work-correction", kind = kind_in_words(before.kind), span = span(before)),
                None => t!("work-correction-added"),
            };
            let by = correction.by;
            let reason = receipt_words::correction_reason(locale, correction.source, &correction.reason);
            view! {
                <li>
                    <p class="timeline-what">{what}</p>
                    <p class="timeline-note">{reason}</p>
                    <p class="timeline-when">
                        <time datetime=correction.at.to_rfc3339()>{format::moment(locale, correction.at)}</time>
                        {format!(" · {by}")}
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    Some(view! {
        <h3>{t!("work-corrections")}</h3>
        <ol class="timeline">{entries}</ol>
    })
}
