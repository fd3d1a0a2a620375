//! Charts, drawn by the server as SVG. Every number that a chart shows can also be read: beside it, or in a table under it.
//!
//! The content security policy forbids styles of elements, so lengths are attributes: per cent of the drawing where text
//! stands beside it, units of a stretched inner drawing where lines are drawn. Text never lies in what is stretched.
//! What is drawn is told apart by pattern as well as by colour.

mod bars;
mod burn_down;
mod columns;
mod meter;
mod values;

use leptos::prelude::*;

pub use self::{
    bars::{Bar, BarTable},
    burn_down::BurnDownChart,
    columns::{Column, ColumnChart},
    meter::Meter,
    values::{ValueChart, ValueColumn},
};
use crate::ui::texts::t;

/// `part` of `whole` as an SVG length: "46.7%". Nothing is longer than the whole.
fn percent(part: u32, whole: u32) -> String {
    let share = 100.0 * f64::from(part.min(whole)) / f64::from(whole.max(1));
    format!("{share:.2}%")
}

/// The reference to a pattern of this id.
fn fill(id: &str) -> String {
    format!("url(#{id})")
}

/// What tells a part apart from the solid rest, in black and white too.
#[component]
fn Hatch(
    /// The id by which drawings refer to it; one per page.
    id: String,
    /// The class that gives it its colours.
    class: &'static str,
) -> impl IntoView {
    view! {
        <pattern id=id class=class width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="hatch-ground" width="6" height="6"/>
            <rect class="hatch-line" width="2.5" height="6"/>
        </pattern>
    }
}

/// The numbers of a chart as a table, folded away until somebody wants them; what is printed is the chart.
#[component]
fn Numbers(
    /// The table's head and body.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="chart-numbers">
            <summary>{t!("chart-numbers")}</summary>
            <table class="chart-table">{children()}</table>
        </details>
    }
}

/// What the hatched part of a bar or column is.
#[component]
fn OverLegend(
    /// The id of its pattern; one per page.
    id: String,
) -> impl IntoView {
    view! {
        <p class="chart-legend">
            <span>
                <svg class="chart-key" width="16" height="16" aria-hidden="true" focusable="false">
                    <rect class="chart-paid" width="16" height="16"/>
                </svg>
                {t!("chart-prepaid")}
            </span>
            <span>
                <svg class="chart-key" width="16" height="16" aria-hidden="true" focusable="false">
                    <defs>
                        <Hatch id=id.clone() class="hatch-over"/>
                    </defs>
                    <rect width="16" height="16" fill=fill(&id)/>
                </svg>
                {t!("chart-over")}
            </span>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_stay_within_the_whole() {
        assert_eq!(percent(140, 300), "46.67%");
        assert_eq!(percent(0, 300), "0.00%");
        assert_eq!(percent(320, 300), "100.00%");
        assert_eq!(percent(0, 0), "0.00%");
    }
}
