//! What the work takes: the ceiling, what would be billed now, and who would pay for it.

use leptos::prelude::*;

use super::{consent::in_words, stage::Stage, words::source_in_words};
use crate::{
    model::{
        paths,
        work::{
            billing::Bill,
            ceiling::{CeilingView, Consent},
            pages::WorkPage as Bench,
        },
    },
    ui::{
        components::{Notice, NoticeKind},
        format,
        islands::{
            BillPayers, BillTexts, BilledMinutes, BilledSum, CeilingLeft, CeilingNear, PayerRow, PayerTexts, WorkMeter,
            reading,
        },
        texts::{Locale, t},
    },
};

/// The ceiling and the minutes, always in view.
#[component]
pub(super) fn Minutes(bench: Bench, stage: Stage) -> impl IntoView {
    let meter = (stage != Stage::Over).then(|| ceiling(&bench));
    let consent = bench.ceiling.consent.as_ref().map(|consent| consent_in_words(consent, bench.heard_by.as_deref()));
    let title = if stage == Stage::Over { t!("work-billed") } else { t!("work-billed-now") };
    let texts = bill_texts();
    let resumed = bench.resumed.then(|| view! { <p class="aside">{t!("work-resumed")}</p> });
    let payers = (stage != Stage::Over).then(|| {
        let free = bench.pools.iter().map(|pool| pool.minutes_left).sum();
        view! {
            <p class="aside">{free_in_words(free, bench.reserved)}</p>
            {payers(&bench)}
        }
    });
    let receipt = bench.receipt.filter(|_| stage == Stage::Over).map(|receipt| {
        view! {
            <p>
                <a href=paths::receipt(receipt)>{t!("work-receipt")}</a>
            </p>
        }
    });
    view! {
        <section class="card bench-minutes" aria-labelledby="minutes">
            <div class="estimate-head">
                <h2 id="minutes">{title}</h2>
                <BilledMinutes bill=bench.bill texts=texts.clone()/>
            </div>
            <BilledSum bill=bench.bill texts/>
            {resumed}
            {consent}
            {meter}
            {payers}
            {receipt}
        </section>
    }
}

/// "13 min práce + 7 min do minima 20"
pub(super) fn sum_in_words(bill: &Bill) -> String {
    match (bill.billed, bill.top_up()) {
        (0, _) => t!("work-sum-nothing"),
        (_, 0) => t!("work-sum", effective = reading(bill.effective_seconds)),
        (_, top_up) => {
            t!("work-sum-minimum", effective = bill.effective_minutes, top_up = top_up, minimum = bill.minimum)
        }
    }
}

fn ceiling(bench: &Bench) -> impl IntoView + use<> {
    let CeilingView { minutes, .. } = bench.ceiling;
    let Some((minutes, seconds)) = minutes.zip(ceiling_seconds(bench)) else {
        return view! { <p class="aside">{t!("work-no-ceiling")}</p> }.into_any();
    };
    let effective = bench.bill.effective_seconds;
    let label = t!("work-ceiling", minutes = format::minutes(Locale::current(), minutes));
    let left = t!("work-ceiling-left", minutes = "{minutes}");
    view! {
        <div class="meter-of">
            <p>
                <span>{label.clone()}</span>
                <CeilingLeft effective ceiling=seconds left reached=t!("work-ceiling-reached")/>
            </p>
            <WorkMeter effective ceiling=seconds label/>
            <CeilingNear effective ceiling=seconds text=t!("work-ceiling-near")/>
        </div>
    }
    .into_any()
}

/// The question and its answer.
fn consent_in_words(consent: &Consent, heard_by: Option<&str>) -> impl IntoView + use<> {
    let locale = Locale::current();
    let minutes = consent.ceiling_minutes;
    let asked = format::time_of(locale, consent.asked_at);
    let (kind, title, body) = match &consent.answer {
        None => {
            (NoticeKind::Soon, t!("work-consent-asked", minutes = minutes), t!("work-consent-asked-help", time = asked))
        }
        Some(answer) => {
            let by = format::person(locale, &answer.by);
            let who = t!("work-consent-by", name = by.as_str(), time = format::time_of(locale, answer.at));
            let who = match &answer.spoken {
                Some(spoken) => t!(
                    "work-consent-heard",
                    who = t!("work-consent-by", name = by.as_str(), time = format::time_of(locale, spoken.at)),
                    words = spoken.words.as_str(),
                    heard_by = heard_by.unwrap_or_default(),
                ),
                None => who,
            };
            let kind = if answer.agreed { NoticeKind::Done } else { NoticeKind::Problem };
            (kind, in_words(answer), who)
        }
    };
    view! {
        <Notice kind title>
            <p>{body}</p>
        </Notice>
    }
}

/// "Zákazník má 26 min volných, dalších 130 min je pro jeho domluvené termíny"
fn free_in_words(free: u32, reserved: u32) -> String {
    let minutes = |minutes| format::minutes(Locale::current(), minutes);
    match reserved {
        0 => t!("work-customer-free", minutes = minutes(free)),
        _ => t!("work-customer-free-reserved", minutes = minutes(free), reserved = minutes(reserved)),
    }
}

/// How many minutes, with a place for the number: what ticks with the clock fills it.
fn minutes_pattern() -> String {
    t!("minutes", minutes = "{minutes}")
}

/// How a bill is said, with places for its numbers.
fn bill_texts() -> BillTexts {
    BillTexts {
        minutes: minutes_pattern(),
        plain: t!("work-sum", effective = "{effective}"),
        raised: t!("work-sum-minimum", effective = "{effective}", top_up = "{top_up}", minimum = "{minimum}"),
        nothing: t!("work-sum-nothing"),
    }
}

/// Which minutes would pay, in drawing order, and what would be left of them.
fn payers(bench: &Bench) -> impl IntoView + use<> {
    let pools: Vec<_> = bench
        .pools
        .iter()
        .map(|pool| PayerRow { source: source_in_words(pool.kind, pool.expires_on), left: pool.minutes_left })
        .collect();
    let texts = PayerTexts {
        minutes: minutes_pattern(),
        left: t!("work-pool-left", minutes = minutes_pattern()),
        over: if pools.is_empty() { t!("work-pool-none") } else { t!("estimate-remainder") },
        over_note: t!("work-over"),
    };
    view! { <BillPayers pools billed=bench.bill.billed texts/> }
}

/// The ceiling in seconds, as long as it is one: an agreement may have lifted it.
pub(super) fn ceiling_seconds(bench: &Bench) -> Option<u64> {
    bench.ceiling.minutes.map(|minutes| u64::from(minutes) * 60)
}
