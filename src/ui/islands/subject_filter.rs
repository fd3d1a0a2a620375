//! Finds what can be ordered while it is typed.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

/// The field in which is typed what is looked for.
pub const SEARCHED: &str = "subject-search";
/// Where it is said that nothing is found.
const NOTHING: &str = "subject-none";

/// Leaves those answers in sight that [`is_found`](crate::model::line::everyday_words::is_found) finds by what is typed into
/// [`SEARCHED`]. Without script the server does, once it is asked.
#[cfg(feature = "ssr")]
#[component]
pub fn SubjectFilter() -> impl IntoView {
    view! {
        <p role="status" class="field-answer" id=NOTHING data-text=crate::ui::texts::t!("order-search-none")></p>
        <SubjectIsland/>
    }
}

island! {
    /// Filters the answers with every key, and with what the browser itself filled in.
    SubjectIsland => {
        if let Some(field) = super::browser::by_id(SEARCHED) {
            filter();
            super::browser::listen(&field, "input", |_| filter());
            // What is typed into the form beside it would be lost by asking the server.
            super::browser::listen(&field, "keydown", |event| {
                if super::browser::property(&event, "key") == "Enter" {
                    event.prevent_default();
                }
            });
        }
    }
}

#[cfg(feature = "hydrate")]
fn filter() {
    use super::browser::{all, by_id, data, document, typed};
    use crate::model::line::everyday_words::is_found;

    let wanted = typed(SEARCHED);
    let is_wanted = |card: &web_sys::HtmlElement| data(card, "words").is_some_and(|words| is_found(&words, &wanted));
    let is_chosen = |card: &web_sys::HtmlElement| card.query_selector("input:checked").ok().flatten().is_some();
    let nothing = !all(&document(), "[data-words]").any(|card| is_wanted(&card));
    for card in all(&document(), "[data-words]") {
        card.set_hidden(!nothing && !is_wanted(&card) && !is_chosen(&card));
    }
    for group in all(&document(), ".choice-more") {
        let has_some = all(&group, "[data-words]:not([hidden])").next().is_some();
        group.set_hidden(!has_some);
        if !wanted.trim().is_empty() && !nothing {
            // Attributes of a live element can always be set.
            let _ = group.set_attribute("open", "");
        }
    }
    if let Some(place) = by_id(NOTHING) {
        let text = data(&place, "text").filter(|_| nothing);
        place.set_text_content(text.as_deref());
    }
}
