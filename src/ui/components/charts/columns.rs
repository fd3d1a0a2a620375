//! Standing columns: months.

use leptos::prelude::*;

use super::{Hatch, Numbers, OverLegend, fill, percent};
use crate::ui::{
    format,
    texts::{Locale, t},
};

/// Above this a number is too wide for a column on a phone.
const WIDEST_ON_A_PHONE: u32 = 999;

/// One column of a [`ColumnChart`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it is, in full: "listopad 2026".
    pub name: String,
    /// The same where there is little room: "lis".
    pub short: String,
    /// A second line under it: the year, where it begins.
    pub below: Option<String>,
    /// Where its interventions are listed; none where there are none.
    pub href: Option<String>,
    /// How many interventions.
    pub interventions: u32,
    /// Their minutes.
    pub minutes: u32,
    /// Of those, minutes beyond the grants.
    pub over: u32,
    /// What those cost, in words; empty where they cost nothing.
    pub amount: String,
}

/// Columns side by side, each of which leads to its interventions, and their numbers in a table.
#[component]
pub fn ColumnChart(
    /// The beginning of the ids in it; one per page.
    id: &'static str,
    /// What it shows.
    #[prop(into)]
    caption: String,
    /// What the columns are.
    #[prop(into)]
    heading: String,
    /// In order of time.
    columns: Vec<Column>,
    /// Whether some minutes can be prepaid and others beyond them; without it columns are of one kind.
    #[prop(optional)]
    split: bool,
) -> impl IntoView {
    let most = columns.iter().map(|column| column.minutes).max().unwrap_or_default();
    let has_over = split && columns.iter().any(|column| column.over > 0);
    let class = if most > WIDEST_ON_A_PHONE { "columns columns-wide" } else { "columns" };
    let drawn = columns
        .iter()
        .enumerate()
        .map(|(index, column)| draw(format!("{id}-{index}"), column, most, has_over))
        .collect::<Vec<_>>();
    let rows = columns.iter().map(row).collect::<Vec<_>>();
    let label = caption.clone();
    view! {
        <figure class="chart" aria-label=label>
            {has_over.then(|| view! { <OverLegend id=format!("{id}-legend")/> })}
            <ol class=class>{drawn}</ol>
            <Numbers>
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{heading}</th>
                        <th scope="col">{t!("chart-interventions")}</th>
                        <th scope="col">{t!("chart-minutes")}</th>
                        <th scope="col">{t!("chart-over")}</th>
                        <th scope="col">{t!("chart-amount")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Numbers>
        </figure>
    }
}

fn draw(id: String, column: &Column, most: u32, has_over: bool) -> impl IntoView + use<> {
    let locale = Locale::current();
    let over = if has_over { column.over } else { 0 };
    let hatched = (over > 0).then(|| {
        view! {
            <defs>
                <Hatch id=id.clone() class="hatch-over"/>
            </defs>
            <rect
                y=percent(most - column.minutes, most)
                width="100%"
                height=percent(over, most)
                fill=fill(&id)
            />
        }
    });
    let paid = column.minutes.saturating_sub(over);
    let number = match column.minutes {
        0 => String::new(),
        minutes => format::grouped(locale, minutes.into()),
    };
    let words = match column.interventions {
        0 => t!("chart-column-empty", name = column.name.as_str()),
        count => t!(
            "chart-column",
            name = column.name.as_str(),
            minutes = format::minutes(locale, column.minutes),
            count = count,
        ),
    };
    let picture = view! {
        <span class="visually-hidden">{words}</span>
        <span class="column-picture" aria-hidden="true">
            <span class="column-number">{number}</span>
            <svg width="100%" height="120" focusable="false">
                <rect
                    class="chart-paid"
                    y=percent(most.saturating_sub(paid), most)
                    width="100%"
                    height=percent(paid, most)
                />
                {hatched}
            </svg>
            <span class="column-name">{column.short.clone()}</span>
        </span>
    };
    let picture = match column.href.clone() {
        Some(href) => view! { <a href=href>{picture}</a> }.into_any(),
        None => picture.into_any(),
    };
    view! {
        <li>
            {picture}
            <span class="column-below" aria-hidden="true">
                {column.below.clone()}
            </span>
        </li>
    }
}

fn row(column: &Column) -> impl IntoView + use<> {
    let locale = Locale::current();
    view! {
        <tr>
            <th scope="row">{column.name.clone()}</th>
            <td>{column.interventions}</td>
            <td>{format::grouped(locale, column.minutes.into())}</td>
            <td>{format::grouped(locale, column.over.into())}</td>
            <td>{column.amount.clone()}</td>
        </tr>
    }
}
