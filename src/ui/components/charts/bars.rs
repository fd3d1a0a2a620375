//! Lying bars: a table whose rows are drawn.

use leptos::prelude::*;

use super::{Hatch, OverLegend, fill, percent};
use crate::ui::{
    format,
    texts::{Locale, t},
};

/// One row of a [`BarTable`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// Where its interventions are listed.
    pub href: String,
    /// How many interventions.
    pub interventions: u32,
    /// Their minutes.
    pub minutes: u32,
    /// Of those, minutes beyond the grants.
    pub over: u32,
}

/// Bars with their names and numbers; the whole row leads to its interventions.
#[component]
pub fn BarTable(
    /// The beginning of the ids in it; one per page.
    id: &'static str,
    /// What it shows.
    #[prop(into)]
    caption: String,
    /// What the names are.
    #[prop(into)]
    heading: String,
    /// The rows, the longest first.
    bars: Vec<Bar>,
    /// Whether some minutes can be prepaid and others beyond them; without it bars are of one kind.
    #[prop(optional)]
    split: bool,
) -> impl IntoView {
    let locale = Locale::current();
    let most = bars.iter().map(|bar| bar.minutes).max().unwrap_or_default();
    let has_over = split && bars.iter().any(|bar| bar.over > 0);
    let rows = bars
        .into_iter()
        .enumerate()
        .map(|(index, bar)| {
            let over = if has_over { bar.over } else { 0 };
            let paid = bar.minutes.saturating_sub(over);
            let pattern = format!("{id}-{index}");
            let hatched = (over > 0).then(|| {
                view! {
                    <defs>
                        <Hatch id=pattern.clone() class="hatch-over"/>
                    </defs>
                    <rect x=percent(paid, most) width=percent(over, most) height="100%" fill=fill(&pattern)/>
                }
            });
            view! {
                <tr>
                    <th scope="row">
                        <a href=bar.href>{bar.name}</a>
                    </th>
                    <td class="bar-drawing">
                        <svg width="100%" height="14" aria-hidden="true" focusable="false">
                            <rect class="chart-paid" width=percent(paid, most) height="100%"/>
                            {hatched}
                        </svg>
                    </td>
                    <td class="bar-count">{bar.interventions}"×"</td>
                    <td class="bar-minutes">{format::minutes(locale, bar.minutes)}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <div class="chart">
            {has_over.then(|| view! { <OverLegend id=format!("{id}-legend")/> })}
            <table class="bar-table">
                <caption class="visually-hidden">{caption}</caption>
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col">{heading}</th>
                        <td></td>
                        <th scope="col">{t!("chart-interventions")}</th>
                        <th scope="col">{t!("chart-minutes")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
