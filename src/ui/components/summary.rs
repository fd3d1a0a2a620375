//! Answers once more, each with a link to change it.

use leptos::prelude::*;

use crate::ui::texts::t;

/// A list of [`SummaryRow`]s.
#[component]
pub fn SummaryList(children: Children) -> impl IntoView {
    view! { <dl class="summary">{children()}</dl> }
}

/// One answer.
#[component]
pub fn SummaryRow(
    /// What was asked.
    #[prop(into)]
    term: String,
    /// Where it can be changed.
    #[prop(optional, into)]
    change: Option<String>,
    /// What was answered.
    children: Children,
) -> impl IntoView {
    let change = change.map(|href| {
        view! {
            <dd class="summary-change">
                <a href=href>
                    {t!("summary-change")}
                    <span class="visually-hidden">" – "{term.clone()}</span>
                </a>
            </dd>
        }
    });
    view! {
        <div class="summary-row">
            <dt>{term}</dt>
            <dd>{children()}</dd>
            {change}
        </div>
    }
}
