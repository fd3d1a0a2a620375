//! The ways through a list that does not end with the page.

use leptos::prelude::*;

use crate::ui::texts::t;

/// How much of a list is shown, and the ways to the rest of it. Nothing below a list that is shown whole.
#[component]
pub fn Pages(
    /// What the list is called.
    label: String,
    /// How many rows the page shows.
    shown: usize,
    /// How many rows the list has.
    total: u32,
    /// Where the list begins; none on its first page.
    first: Option<String>,
    /// Where the list goes on; none at its end.
    next: Option<String>,
    /// Up to how many rows are counted; none where all are.
    #[prop(optional)]
    counted: Option<u32>,
) -> impl IntoView {
    (first.is_some() || next.is_some()).then(|| {
        let first = first.map(|path| view! { <a href=path>{t!("pages-first")}</a> });
        let said = match counted.filter(|most| total > *most) {
            Some(most) => t!("pages-shown-of-more", shown = shown, most = most),
            None => t!("pages-shown", shown = shown, total = total),
        };
        let next = next.map(|path| view! { <a href=path>{t!("pages-next")}</a> });
        view! {
            <nav class="pages" aria-label=t!("pages-label", list = label)>
                <p>{said}</p>
                <p class="pages-links">{first} {next}</p>
            </nav>
        }
    })
}
