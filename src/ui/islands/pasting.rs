//! Screenshots that are pasted into a form with files: they are chosen as if they had been saved first.

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
    /// Listens for what is pasted anywhere in a form with files.
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
        let form = browser::target(&event).and_then(|element| element.closest("form").ok()?);
        let field = form.and_then(|form| form.query_selector(FIELD).ok()?);
        if let Some(field) = field {
            browser::paste_files(&event, &field);
        }
    });
}
