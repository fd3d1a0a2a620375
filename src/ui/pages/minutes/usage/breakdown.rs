//! Where the minutes went: by month, program, kind of work and person.

use chrono::Datelike;
use leptos::prelude::*;

use super::words::{list_path, month_in_words, month_short};
use crate::{
    model::{
        minutes::pages::{UsageBar, UsageFilter, UsageSlice},
        money::pages::UsagePage,
        paths,
    },
    ui::{
        self,
        components::charts::{Bar, BarTable, Column, ColumnChart},
        format,
        texts::{Locale, named, t},
    },
};

/// By what the minutes of the last twelve months are told apart, beside the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Program,
    WorkType,
    Member,
}

impl By {
    const ALL: [Self; 3] = [Self::Program, Self::WorkType, Self::Member];

    /// As the address says it: `?by=person`.
    const fn code(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::WorkType => "work",
            Self::Member => "person",
        }
    }
}

/// The charts of the last twelve months; each bar leads to its interventions.
#[component]
pub fn Breakdown(
    /// The page of which they are a part.
    page: UsagePage,
) -> impl IntoView {
    // To those who prepaid nothing "beyond" says nothing: all of it is.
    let split = page.by_month.iter().any(|bar| bar.over_minutes < bar.minutes);
    let months = months(&page.by_month);
    let by = By::ALL.into_iter().find(|by| ui::query_value("by").as_deref() == Some(by.code())).unwrap_or(By::Program);
    let (title, heading, bars) = match by {
        By::Program => (t!("usage-by-program"), t!("usage-program"), page.by_program),
        By::WorkType => (t!("usage-by-work-type"), t!("usage-work-type"), page.by_work_type),
        By::Member => (t!("usage-by-member"), t!("usage-member"), page.by_member),
    };
    let bars: Vec<Bar> = bars.into_iter().map(bar).collect();
    let tabs = By::ALL.map(|other| {
        let word = match other {
            By::Program => t!("usage-program"),
            By::WorkType => t!("usage-work-type"),
            By::Member => t!("usage-member"),
        };
        let href = format!("{}?by={}#by", paths::USAGE, other.code());
        view! {
            <li>
                <a href=href aria-current=(other == by).then_some("true")>
                    {word}
                </a>
            </li>
        }
    });
    let slices = view! {
        <section aria-labelledby="by">
            <h2 id="by">{t!("usage-by")}</h2>
            <nav class="periods" aria-label=t!("usage-by")>
                <ul class="plain-list switch">{tabs}</ul>
            </nav>
            <BarTable id="bars" caption=title heading bars split/>
        </section>
    };
    view! {
        <section aria-labelledby="by-month">
            <h2 id="by-month">{t!("usage-by-month")}</h2>
            <ColumnChart id="month" caption=t!("usage-by-month") heading=t!("usage-month-heading") columns=months split/>
        </section>
        {slices}
    }
}

fn bar(bar: UsageBar) -> Bar {
    Bar {
        name: format::person(Locale::current(), &named(&bar.name)),
        href: list_path(&UsageFilter::of(bar.slice), None),
        interventions: bar.interventions,
        minutes: bar.minutes,
        over: bar.over_minutes,
    }
}

fn months(bars: &[UsageBar]) -> Vec<Column> {
    let locale = Locale::current();
    bars.iter()
        .filter_map(|bar| match bar.slice {
            UsageSlice::Month(month) => Some((month, bar)),
            UsageSlice::Program(_) | UsageSlice::WorkType(_) | UsageSlice::Member(_) => None,
        })
        .map(|(month, bar)| Column {
            name: month_in_words(month),
            short: month_short(month),
            below: (month.month() == 1).then(|| month.year().to_string()),
            href: (bar.interventions > 0).then(|| list_path(&UsageFilter::of(bar.slice), None)),
            interventions: bar.interventions,
            minutes: bar.minutes,
            over: bar.over_minutes,
            amount: if bar.amount.haler() == 0 { String::new() } else { format::money(locale, bar.amount) },
        })
        .collect()
}
