//! The estimate of the kind of work that is chosen.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::estimate::{EstimateTexts, Terms, estimate_in_words};
use crate::model::catalogue::MinuteRange;

/// What the estimate wants to know of a kind of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkTypeFacts {
    /// The value of its radio button.
    pub value: String,
    /// How long it usually takes.
    pub typical: MinuteRange,
}

/// Shows what the chosen kind of work would probably take and who would pay for it, by running
/// [`estimate`](crate::model::estimate::estimate). The server renders that of the kind chosen before. It looks like the
/// estimate of later steps and has the same words.
#[island]
pub fn WorkTypeEstimate(
    /// The kinds of work.
    work_types: Vec<WorkTypeFacts>,
    /// What would pay.
    terms: Terms,
    /// How to say it.
    texts: EstimateTexts,
    /// What stands there until something is chosen.
    nothing_chosen: String,
    /// The value that was chosen when the page was made.
    chosen: Option<String>,
) -> impl IntoView {
    let chosen = RwSignal::new(chosen);
    #[cfg(feature = "hydrate")]
    watch(chosen);
    let (title, note) = (texts.title.clone(), texts.note.clone());
    let said = Memo::new(move |_| {
        let chosen = chosen.get()?;
        let work_type = work_types.iter().find(|work_type| work_type.value == chosen)?;
        Some(estimate_in_words(work_type.typical, &terms, &texts))
    });
    let rows = move || {
        let rows = said.get().unwrap_or_default().rows.into_iter().map(|row| {
            view! {
                <div>
                    <dt>{row.source}</dt>
                    <dd>{row.minutes}</dd>
                    <dd class="estimate-left">{row.then}</dd>
                </div>
            }
        });
        rows.collect_view()
    };
    view! {
        <div class="estimate estimate-live" role="status">
            <div class="estimate-head">
                <h2>{title}</h2>
                <p class="estimate-minutes">{move || said.get().map(|said| said.minutes)}</p>
            </div>
            <p class="estimate-nothing" hidden=move || said.get().is_some()>{nothing_chosen}</p>
            <dl class="estimate-rows" hidden=move || said.get().is_none()>{rows}</dl>
            <p class="estimate-note" hidden=move || said.get().is_none()>{note}</p>
        </div>
    }
}

/// Follows the radio buttons; the first look finds also what the browser itself has ticked when somebody came back.
#[cfg(feature = "hydrate")]
fn watch(chosen: RwSignal<Option<String>>) {
    use super::browser;

    let look = move || {
        let button = document().query_selector("input[name=work_type]:checked").ok().flatten();
        chosen.set(button.and_then(|button| browser::property(&button, "value").as_string()));
    };
    Effect::new(move |_| {
        look();
        browser::listen(&document(), "change", move |_| look());
    });
}
