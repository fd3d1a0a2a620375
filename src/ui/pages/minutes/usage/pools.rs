//! What is left: the headline, a meter per pool, the alert that stands and where the present pace leads.

use leptos::prelude::*;

use super::words::{day_in_words, from_pool, pool_names};
use crate::{
    model::{
        base::calendar::last_day,
        minutes::{
            alerts::{Alert, AlertKind},
            pools::{Pool, PoolKind},
            usage::{Forecast, Turn, TurnKind},
        },
        money::{advice::Advice, pages::UsagePage},
    },
    ui::{
        components::{Notice, NoticeKind, charts::Meter, free_in_words},
        format,
        texts::{Locale, t},
    },
};

/// The headline and the line under it: what is free once something is reserved, else what is left.
pub fn headline(page: &UsagePage) -> (String, Option<String>) {
    let (title, lead) = left(page);
    if page.reserved() == 0 {
        return (title, lead);
    }
    let left = [Some(title), lead].into_iter().flatten().collect::<Vec<_>>().join(" ");
    (free_in_words(Locale::current(), page.free(), page.reserved()), Some(left))
}

/// What is left in the first pool, and in the others.
fn left(page: &UsagePage) -> (String, Option<String>) {
    let Some(main) = main_pool(&page.pools) else {
        return without_pools(page);
    };
    let locale = Locale::current();
    let rate = format::money(locale, page.rates.normal);
    let over = over_minutes(page, main);
    if main.left == 0 && over > 0 {
        let minutes = format::minutes(locale, over);
        let title = match main.kind {
            PoolKind::Contract => t!("usage-title-over-contract", minutes = minutes),
            PoolKind::Bundle | PoolKind::Correction | PoolKind::Apology => t!("usage-title-over", minutes = minutes),
        };
        return (title, Some(t!("usage-lead-over", granted = format::minutes(locale, main.granted), rate = rate)));
    }
    let (left, granted) = (format::grouped(locale, main.left.into()), format::minutes(locale, main.granted));
    let title = match main.expires_at.map(|at| format::date_numeric(locale, last_day(at), Some(page.today))) {
        Some(date) => t!("usage-title-left-until", left = left, granted = granted, date = date),
        None => t!("usage-title-left", left = left, granted = granted),
    };
    let others: Vec<String> = page
        .pools
        .iter()
        .filter(|pool| pool.grant != main.grant && pool.left > 0)
        .map(|pool| also(pool, page))
        .collect();
    let lead = match (main.left, others.is_empty()) {
        (0, _) => Some(t!("usage-lead-empty", rate = rate)),
        (_, true) => None,
        (_, false) => Some(format!("+ {}", others.join(" + "))),
    };
    (title, lead)
}

/// Those who prepaid nothing see what it took; those who used nothing, what a minute would cost.
fn without_pools(page: &UsagePage) -> (String, Option<String>) {
    let locale = Locale::current();
    let minutes: u32 = page.by_month.iter().map(|bar| bar.minutes).sum();
    if minutes == 0 && page.latest.rows.is_empty() {
        return (t!("usage-title-none"), None);
    }
    let amount = page.by_month.iter().map(|bar| bar.amount).sum();
    let lead = t!(
        "usage-lead-one-off",
        amount = format::money(locale, amount),
        rate = format::money(locale, page.rates.normal),
    );
    (t!("usage-title-one-off", minutes = format::minutes(locale, minutes)), Some(lead))
}

/// The pool of the headline: the first with anything left, in drawing order.
fn main_pool(pools: &[Pool]) -> Option<&Pool> {
    pools.iter().find(|pool| pool.left > 0).or_else(|| pools.first())
}

/// Minutes beyond the grants since the pool can be drawn.
fn over_minutes(page: &UsagePage, main: &Pool) -> u32 {
    let since = format::local_date(main.effective_at);
    page.by_month
        .iter()
        .filter(|bar| matches!(bar.slice, crate::model::minutes::pages::UsageSlice::Month(month) if month >= since))
        .map(|bar| bar.over_minutes)
        .sum()
}

/// "120 min z balíčku do 30. 6. 2027"
fn also(pool: &Pool, page: &UsagePage) -> String {
    let locale = Locale::current();
    let (minutes, source) = (format::minutes(locale, pool.left), from_pool(pool.kind));
    match pool.expires_at.map(|at| format::date_numeric(locale, last_day(at), Some(page.today))) {
        Some(date) => t!("usage-also-until", minutes = minutes, source = source, date = date),
        None => t!("usage-also", minutes = minutes, source = source),
    }
}

/// A meter per pool, in drawing order, those that are used up last; and what will be added.
#[component]
pub fn Pools(
    /// The page of which they are a part.
    page: UsagePage,
) -> impl IntoView {
    let locale = Locale::current();
    // What is used up interests less than what is left.
    let (live, used_up): (Vec<&Pool>, Vec<&Pool>) = page.pools.iter().partition(|pool| pool.left > 0);
    let pools: Vec<&Pool> = live.into_iter().chain(used_up).collect();
    let names = pool_names(&pools, page.today);
    let pools = pools
        .into_iter()
        .zip(names)
        .map(|(pool, name)| {
            let until = match pool.expires_at.map(last_day) {
                Some(date) => t!("usage-until", date = format::date_numeric(locale, date, Some(page.today))),
                None => t!("usage-never-expires"),
            };
            let reserved = (pool.reserved > 0).then(|| {
                let words = t!("usage-reserved", minutes = format::minutes(locale, pool.reserved));
                view! { <p class="pool-note">{words}</p> }
            });
            view! {
                <li class="pool">
                    <p class="pool-name">{name}</p>
                    <p class="pool-left">
                        <strong>{format::grouped(locale, pool.left.into())}</strong>
                        {t!("usage-of", granted = format::minutes(locale, pool.granted))}
                    </p>
                    <Meter id=format!("pool-{}", pool.grant) granted=pool.granted left=pool.left reserved=pool.reserved/>
                    <p class="pool-note">{until}</p>
                    {reserved}
                </li>
            }
        })
        .collect::<Vec<_>>();
    let over = (page.reserved_over > 0).then(|| {
        let words = t!("usage-reserved-over", minutes = format::minutes(locale, page.reserved_over));
        view! { <p class="pools-note">{words}</p> }
    });
    let upcoming = page
        .upcoming
        .iter()
        .map(|pool| {
            let words = t!(
                "usage-upcoming",
                date = format::date_numeric(locale, format::local_date(pool.effective_at), Some(page.today)),
                minutes = format::minutes(locale, pool.granted),
                source = from_pool(pool.kind),
            );
            view! { <p class="pools-note">{words}</p> }
        })
        .collect::<Vec<_>>();
    view! {
        <div class="card pools">
            <ul class="plain-list">{pools}</ul>
            {over}
            {upcoming}
        </div>
    }
}

/// The alert that stands; what the headline says already is not said twice.
#[component]
pub fn StandingAlert(
    /// The alert.
    alert: Alert,
    /// What a minute beyond the pools costs, in words.
    rate: String,
    /// The date of the page.
    today: chrono::NaiveDate,
) -> impl IntoView {
    let locale = Locale::current();
    let (left, granted) = (format::minutes(locale, alert.left), format::minutes(locale, alert.granted));
    let words = match alert.kind {
        AlertKind::Used80 => t!("alert-used-80", left = left, granted = granted),
        AlertKind::Used95 => t!("alert-used-95", left = left, rate = rate),
        AlertKind::Used100 => t!("alert-used-100", granted = granted, rate = rate),
        AlertKind::Expiring => match alert.expires_at.map(last_day) {
            Some(date) => t!("alert-expiring", left = left, date = day_in_words(locale, date, today)),
            None => return None,
        },
    };
    Some(view! {
        <Notice kind=NoticeKind::Soon>
            <p>{words}</p>
        </Notice>
    })
}

/// Where the present pace leads, what of that will be lost, and what is credited next; nothing where there is nothing to say.
pub fn forecast_in_words(page: &UsagePage) -> Option<String> {
    let locale = Locale::current();
    let burn_down = page.burn_down.as_ref()?;
    let day = |date| day_in_words(locale, date, page.today);
    let minutes = |minutes| format::minutes(locale, minutes);
    let leads = match burn_down.forecast {
        Forecast::RunsOut { on } => Some(t!("forecast-runs-out", date = day(on))),
        Forecast::Lasts { until, left } => Some(t!("forecast-lasts", date = day(until), left = minutes(left))),
        Forecast::Unknown => Some(t!("forecast-unknown")),
        Forecast::Empty => None,
    };
    let lost = burn_down.turns.iter().find(|turn| {
        let is_told = matches!(burn_down.forecast, Forecast::Lasts { until, .. } if until == turn.date);
        is_told && turn.kind == TurnKind::Expired
    });
    let lost = lost.map(|turn| t!("forecast-lost", minutes = minutes(turn.minutes)));
    // What is credited already says so among the pools, and what is worth waiting for where that is advised.
    let is_told = |turn: &Turn| {
        page.upcoming.iter().any(|pool| format::local_date(pool.effective_at) == turn.date)
            || matches!(page.advice, Some(Advice::Wait { on, .. }) if on == turn.date)
    };
    let next = burn_down.next_credit().filter(|turn| !is_told(turn));
    let next = next.map(|turn| t!("forecast-next", date = day(turn.date), minutes = minutes(turn.minutes)));
    let said: Vec<String> = [leads, lost, next].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Whether buying minutes would help now: as the advice says, where there is one.
pub fn should_buy(page: &UsagePage) -> bool {
    let runs_low = page.alert.is_some_and(|alert| alert.kind != AlertKind::Expiring);
    let runs_out = page
        .burn_down
        .as_ref()
        .is_some_and(|burn_down| matches!(burn_down.forecast, Forecast::RunsOut { .. } | Forecast::Empty));
    let helps = page.advice.map_or(runs_low || runs_out || page.reserved_over > 0, |advice| advice.bundle().is_some());
    page.may_buy && helps
}
