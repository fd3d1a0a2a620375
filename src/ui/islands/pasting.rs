//! Screenshots that are pasted into a form with files, or dropped on it: they are chosen as if they had been saved first.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

/// The words that say so.
const WORDS: &str = "pasting";
/// Where files are chosen.
#[cfg(feature = "hydrate")]
const FIELD: &str = "input[type=file][multiple]";

/// Says that a screenshot can be pasted, where it can; once on a page.
#[cfg(feature = "ssr")]
#[component]
pub fn Pasting() -> impl IntoView {
    use crate::ui::texts::t;

    view! {
        <p class="aside" id=WORDS hidden>
            {t!("attachments-paste")}
        </p>
        <PastingIsland/>
    }
}

island! {
    /// Listens for what is pasted or dropped on a page with files, but not in another form.
    PastingIsland => {
        wake();
    }
}

#[cfg(feature = "hydrate")]
fn wake() {
    use super::browser::{self, by_id, document};

    if let Some(words) = by_id(WORDS) {
        let _ = words.remove_attribute("hidden");
    }
    browser::listen(&document(), "paste", |event| {
        if let Some(field) = field_of(&event) {
            browser::take_files(&event, "clipboardData", &field);
        }
    });
    // Else the browser would go to what is dropped beside the field, and leave the form.
    browser::listen(&document(), "dragover", |event| {
        if field_of(&event).is_some() {
            event.prevent_default();
        }
    });
    browser::listen(&document(), "drop", |event| {
        if field_of(&event).is_some_and(|field| browser::take_files(&event, "dataTransfer", &field)) {
            event.prevent_default();
        }
    });
}

/// The field for files of the form on which something happened; beside all forms that of the page.
#[cfg(feature = "hydrate")]
fn field_of(event: &web_sys::Event) -> Option<web_sys::Element> {
    match super::browser::target(event)?.closest("form").ok()? {
        Some(form) => form.query_selector(FIELD).ok()?,
        None => super::browser::document().query_selector(FIELD).ok()?,
    }
}
