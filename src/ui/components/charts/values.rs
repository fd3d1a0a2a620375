//! Standing columns of one number each, over a table that says the same.

use leptos::prelude::*;

use super::percent;

/// One column of a [`ValueChart`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueColumn {
    /// Of what it is, as briefly as can be: "1. 9."
    pub short: String,
    /// How high it is; none where there is no number.
    pub value: Option<u32>,
    /// The number in words.
    pub number: String,
}

/// Columns side by side. It is a picture of the table below it, which says all of it: screen readers pass it by.
#[component]
pub fn ValueChart(
    /// What is as high as the picture; the highest column unless it is told.
    #[prop(optional)]
    full: Option<u32>,
    /// In order of time.
    columns: Vec<ValueColumn>,
) -> impl IntoView {
    let most = full.or_else(|| columns.iter().filter_map(|column| column.value).max()).unwrap_or_default();
    let drawn = columns
        .into_iter()
        .map(|column| {
            let value = column.value.unwrap_or_default().min(most);
            view! {
                <li>
                    <span class="column-picture">
                        <span class="column-number">{column.number}</span>
                        <svg width="100%" height="120" focusable="false">
                            <rect
                                class="chart-paid"
                                y=percent(most - value, most)
                                width="100%"
                                height=percent(value, most)
                            />
                        </svg>
                        <span class="column-name">{column.short}</span>
                    </span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <ol class="columns columns-many" aria-hidden="true">{drawn}</ol> }
}
