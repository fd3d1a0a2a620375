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

/// By what the last twelve months are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Month,
    Program,
    WorkType,
    Member,
}

impl By {
    const ALL: [Self; 4] = [Self::Month, Self::Program, Self::WorkType, Self::Member];

    /// As it stands in the address.
    const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Program => "program",
            Self::WorkType => "work",
            Self::Member => "person",
        }
    }

    /// What the address names; anything else is by month.
    fn in_query() -> Self {
        let named = ui::query_value("by");
        Self::ALL.into_iter().find(|by| named.as_deref() == Some(by.code())).unwrap_or(Self::Month)
    }

    fn tab(self) -> String {
        match self {
            Self::Month => t!("usage-tab-month"),
            Self::Program => t!("usage-tab-program"),
            Self::WorkType => t!("usage-tab-work-type"),
            Self::Member => t!("usage-tab-member"),
        }
    }

    fn title(self) -> String {
        match self {
            Self::Month => t!("usage-by-month"),
            Self::Program => t!("usage-by-program"),
            Self::WorkType => t!("usage-by-work-type"),
            Self::Member => t!("usage-by-member"),
        }
    }
}

/// The element to which the tabs lead.
const BREAKDOWN: &str = "breakdown";

/// The last twelve months, by one thing at a time; each bar leads to its interventions.
#[component]
pub fn Breakdown(
    /// The page of which they are a part.
    page: UsagePage,
) -> impl IntoView {
    // To those who prepaid nothing "beyond" says nothing: all of it is.
    let split = page.by_month.iter().any(|bar| bar.over_minutes < bar.minutes);
    let here = By::in_query();
    let title = here.title();
    let tabs = By::ALL
        .map(|by| {
            let href = format!("{}?by={}#{BREAKDOWN}", paths::USAGE, by.code());
            view! { <li><a href=href aria-current=(by == here).then_some("true")>{by.tab()}</a></li> }
        })
        .into_iter()
        .collect::<Vec<_>>();
    let slices = |heading: String, bars: Vec<UsageBar>| {
        let bars: Vec<Bar> = bars.into_iter().map(bar).collect();
        view! { <BarTable id=here.code() caption=title.clone() heading bars split/> }.into_any()
    };
    let chart = match here {
        By::Month => {
            let columns = months(&page.by_month);
            view! { <ColumnChart id="month" caption=title.clone() heading=t!("usage-month-heading") columns split/> }
                .into_any()
        }
        By::Program => slices(t!("usage-program"), page.by_program),
        By::WorkType => slices(t!("usage-work-type"), page.by_work_type),
        By::Member => slices(t!("usage-member"), page.by_member),
    };
    view! {
        <section id=BREAKDOWN aria-labelledby="breakdown-title">
            <h2 id="breakdown-title">{title}</h2>
            <nav class="periods" aria-label=t!("usage-tabs")>
                <ul class="plain-list switch">{tabs}</ul>
            </nav>
            {chart}
        </section>
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
