//! What TeamViewer says of the visit beside the clock, and what of it the clock takes over on one tap.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use uuid::Uuid;

use super::words::typed_time;
use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        paths,
        work::{
            evidence::{Span, TakeOver},
            forgotten::ForgottenClock,
            interventions::MOST_ADDED_MINUTES,
            pages::WorkPage as Bench,
            segments::SegmentKind,
        },
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Endpoint, Form, Hidden, Submit},
        evidence_words, format,
        texts::{Locale, t},
    },
};

/// The connections of the visit and what differs from the clock; nothing where TeamViewer has told of none.
#[component]
pub(super) fn Evidence(
    /// Whose visit.
    bench: Bench,
    /// Of the forms that take stretches over: the page has another key after that.
    key: Uuid,
) -> impl IntoView {
    let locale = Locale::current();
    let number = bench.appointment.number;
    let evidence = bench.evidence;
    let connections = evidence
        .connections
        .iter()
        .map(|one| view! { <li>{evidence_words::connection(locale, one)}</li> })
        .collect::<Vec<_>>();
    let findings = evidence_words::findings(locale, &evidence.findings)
        .into_iter()
        .map(|finding| view! { <p>{finding}</p> })
        .collect::<Vec<_>>();
    let ways = evidence.ways.iter().map(|(span, way)| take_over(number, span, *way, key)).collect::<Vec<_>>();
    let is_behind_clock = evidence.ways.iter().any(|(_, way)| *way == TakeOver::OnceStopped);
    let stop = bench.forgotten.filter(|_| is_behind_clock).map(|forgotten| {
        let at = evidence.stop.filter(|stop| stop.is_viewers).map(|stop| stop.at);
        stop_clock(number, &forgotten, at, bench.now)
    });
    let undecided = (evidence.undecided > 0).then(|| {
        view! {
            <p>
                {t!("work-evidence-undecided", count = evidence.undecided)} " "
                <a href=paths::CONNECTIONS>{t!("work-evidence-choose")}</a>
            </p>
        }
    });
    let told = (!connections.is_empty()).then(|| {
        view! {
            <ul class="plain-list">{connections}</ul>
            {findings}
            {ways}
            {stop}
            <p class="field-hint">{t!("work-evidence-hint")}</p>
        }
    });
    (told.is_some() || undecided.is_some()).then(|| {
        view! {
            <section class="card" aria-labelledby="evidence">
                <h2 id="evidence">{t!("work-evidence")}</h2>
                {told}
                {undecided}
            </section>
        }
    })
}

/// What brings a stretch to the clock, or what has to come before, or who does it.
fn take_over(number: RequestNumber, span: &Span, way: TakeOver, key: Uuid) -> AnyView {
    let said = evidence_words::span(Locale::current(), span);
    match way {
        TakeOver::AsItStands => fill(number, *span, key).into_any(),
        TakeOver::WithReason => by_hand(number, span).into_any(),
        TakeOver::OnceStopped => view! { <p>{t!("work-evidence-once-stopped", span = said)}</p> }.into_any(),
        TakeOver::ByManager => {
            view! { <p>{t!("work-evidence-by-manager", span = said, most = MOST_ADDED_MINUTES)}</p> }.into_any()
        }
    }
}

/// The button that adds a stretch to the clock, as a correction with its reason.
fn fill(number: RequestNumber, span: Span, key: Uuid) -> impl IntoView + use<> {
    let label = t!("work-evidence-fill", span = evidence_words::span(Locale::current(), &span));
    view! {
        <Form action={Endpoint::of::<api::work::corrections::CorrectSegment>()}>
            <Hidden name="number" value=number.to_string()/>
            <Hidden name="kind" value=SegmentKind::Work.code()/>
            <Hidden name="started_at" value=typed_time(span.from)/>
            <Hidden name="ended_at" value=typed_time(span.until)/>
            <Hidden name="by_connection" value="true"/>
            <Hidden name="key" value=key_of(key, &span).to_string()/>
            <Submit label kind=ButtonKind::Secondary/>
        </Form>
    }
}

/// The key of one stretch: a page that is shown again by Back takes another stretch over as well, and the same one once.
fn key_of(page: Uuid, span: &Span) -> Uuid {
    Uuid::from_u128(page.as_u128() ^ u128::from(span.from.timestamp().unsigned_abs()))
}

/// The way to the form of a correction with the times of a stretch.
fn by_hand(number: RequestNumber, span: &Span) -> impl IntoView + use<> {
    let query = [("from", typed_time(span.from)), ("until", typed_time(span.until))];
    let href = ui::with_query(&paths::new_segment(number), &query);
    let label = t!("work-evidence-by-hand", span = evidence_words::span(Locale::current(), span));
    view! {
        <p class="actions">
            <ButtonLink href label kind=ButtonKind::Secondary/>
        </p>
    }
}

/// The button that stops a forgotten clock when its connection ended, with that as the reason; for whoever may not say so late an end,
/// that a manager does. Nothing where none is known.
pub(super) fn stop_as_disconnected(forgotten: &ForgottenClock, bench: &Bench) -> Option<AnyView> {
    let stop = bench.evidence.stop?;
    if stop.is_viewers {
        return Some(stop_clock(bench.appointment.number, forgotten, Some(stop.at), bench.now));
    }
    let time = format::on(Locale::current(), stop.at, Some(bench.now));
    Some(view! { <p>{t!("work-evidence-stop-by-manager", time = time, most = MOST_ADDED_MINUTES)}</p> }.into_any())
}

/// The button that stops a forgotten clock: when its connection ended, or up to when it is believed.
fn stop_clock(
    number: RequestNumber,
    forgotten: &ForgottenClock,
    disconnected: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> AnyView {
    let said = |at| format::on(Locale::current(), at, Some(now));
    let (end, label, by_connection) = match disconnected {
        Some(at) => (at, t!("work-evidence-stop", time = said(at)), "true"),
        None => {
            let until = format::until(Locale::current(), forgotten.since, Some(now));
            (forgotten.since, t!("work-evidence-stop-believed", until = until), "false")
        }
    };
    let segment = forgotten.segment.to_string();
    view! {
        <Form action={Endpoint::of::<api::work::clock::PauseClock>()}>
            <Hidden name="number" value=number.to_string()/>
            <Hidden name="segment" value=segment/>
            <Hidden name="true_end" value=end.to_rfc3339()/>
            <Hidden name="by_connection" value=by_connection/>
            <Submit label/>
        </Form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    #[test]
    fn each_stretch_of_a_page_is_taken_over_by_itself() {
        let span = |from, until| Span { from: local(from), until: local(until) };
        let (first, second) =
            (span("2026-11-23 08:02", "2026-11-23 08:05"), span("2026-11-23 08:41", "2026-11-23 08:50"));
        let page = Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);
        let key = key_of(page, &first);
        let again = span("2026-11-23 08:02", "2026-11-23 08:05");
        assert_eq!(key, key_of(page, &again), "once, however often it is sent");
        assert_ne!(key, key_of(page, &second));
        assert_ne!(key, key_of(Uuid::from_u128(page.as_u128() + (1 << 64)), &first));
    }
}
