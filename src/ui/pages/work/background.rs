//! What is worth knowing before one connects: what was promised, where to connect, what was done here last, and who comes next.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    model::{
        base::terms::Urgency,
        line::{catalogue::MinuteRange, licences::Computer, tiers::ResponseTier},
        paths,
        work::background::{EarlierWork, NextJob},
    },
    ui::{
        components::SummaryRow,
        format,
        islands::Copying,
        pages::line::licences::ComputerLine,
        receipt_words,
        texts::{Locale, named, t},
    },
};

/// What the customer was promised and expects: how soon, how long, and above how many minutes to be asked.
#[component]
pub(super) fn Promised(
    tier: ResponseTier,
    urgency: Urgency,
    estimate: Option<MinuteRange>,
    ceiling: Option<u32>,
) -> impl IntoView {
    let locale = Locale::current();
    let name = named(&tier.name);
    let speed = match urgency {
        Urgency::Urgent => {
            let target = format::working_time_genitive(locale, tier.urgent_target_minutes);
            t!("work-tier-urgent", tier = name, target = target)
        }
        Urgency::Normal => name,
    };
    let estimate = estimate.map_or_else(|| t!("work-estimate-none"), |range| format::minute_range(locale, range));
    let length = match ceiling {
        Some(minutes) => {
            t!("work-estimate-ceiling", estimate = estimate, ceiling = format::minutes(locale, minutes))
        }
        None => t!("work-estimate-no-ceiling", estimate = estimate),
    };
    view! {
        <SummaryRow term=t!("work-tier")>{speed}</SummaryRow>
        <SummaryRow term=t!("work-estimate")>{length}</SummaryRow>
    }
}

/// The computers on which the program runs; the customer's others are one step away.
#[component]
pub(super) fn Computers(computers: Vec<Computer>, program: String) -> impl IntoView {
    let (here, others): (Vec<_>, Vec<_>) =
        computers.into_iter().partition(|computer| computer.programs.contains(&program));
    // Where nobody has written down which of them runs it, any may.
    let (here, others) = if here.is_empty() { (others, here) } else { (here, others) };
    let list = |computers: Vec<Computer>| {
        let lines = computers
            .into_iter()
            .map(|computer| view! { <li><ComputerLine computer copied=true/></li> })
            .collect::<Vec<_>>();
        view! { <ul class="plain-list computers">{lines}</ul> }
    };
    let others = (!others.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t!("work-computers-others")}</summary>
                {list(others)}
            </details>
        }
    });
    (!here.is_empty()).then(|| view! { {list(here)} {others} <Copying/> })
}

/// What was done for the customer last, with what the customer was told.
#[component]
pub(super) fn Earlier(earlier: Vec<EarlierWork>, now: DateTime<Utc>) -> impl IntoView {
    let entries = earlier.into_iter().map(|work| entry(work, now)).collect::<Vec<_>>();
    let list = if entries.is_empty() {
        view! { <p class="aside">{t!("work-done-here-none")}</p> }.into_any()
    } else {
        view! { <ol class="earlier">{entries}</ol> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="earlier">
            <h2 id="earlier">{t!("work-done-here")}</h2>
            {list}
        </section>
    }
}

fn entry(work: EarlierWork, now: DateTime<Utc>) -> impl IntoView {
    let locale = Locale::current();
    let what = format!("{} · {}", named(&work.program), named(&work.work_type));
    let date = format::date_numeric(locale, format::local_date(work.closed_at), Some(format::local_date(now)));
    let by = Some(work.technician).filter(|name| !name.is_empty());
    let billed = t!("work-done-here-billed", minutes = format::minutes(locale, work.billed));
    let facts: Vec<_> = [Some(date), by, Some(billed)].into_iter().flatten().collect();
    view! {
        <li>
            <p><a href=paths::receipt(work.intervention)>{what}</a></p>
            <p class="aside">{facts.join(" · ")}</p>
            <p class="typed">{receipt_words::note(locale, &work.report)}</p>
        </li>
    }
}

/// "Pak dnes v 10:30: Obecní úřad Dolany, teď už nejméně o 12 min později"
#[component]
pub(super) fn Next(next: NextJob, now: DateTime<Utc>) -> impl IntoView {
    let locale = Locale::current();
    let when = format::on(locale, next.slot.start, Some(now));
    let late = (next.late_by > 0).then(|| {
        let late = t!("work-next-late", minutes = format::minutes(locale, next.late_by));
        view! { ", " <strong class="bench-late">{late}</strong> }
    });
    view! {
        <p class="bench-next">
            {t!("work-next", when = when)} " "
            <a href=paths::workbench(next.number)>{next.customer}</a>
            {late}
        </p>
    }
}
