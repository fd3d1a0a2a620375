//! Puts a block of text into a report where the caret is.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

/// The buttons that send this do so instead of being sent.
#[cfg(feature = "hydrate")]
const BUTTONS: &str = "insert";
/// The field into which they put their text.
#[cfg(feature = "hydrate")]
const FIELD: &str = "report";

/// Lets the buttons beside a report put their text into it. Without script the form comes back with it at the end.
#[cfg(feature = "ssr")]
#[component]
pub fn InsertBlocks() -> impl IntoView {
    view! { <InsertBlocksIsland/> }
}

island! {
    /// Lets [`InsertBlocks`] do so.
    InsertBlocksIsland => {
        listen();
    }
}

#[cfg(feature = "hydrate")]
fn listen() {
    use super::browser::{self, by_id, data};

    for button in browser::buttons(BUTTONS) {
        let own = button.clone();
        browser::listen(&button, "click", move |event| {
            let (Some(field), Some(text)) = (by_id(FIELD), data(&own, "text")) else { return };
            let _ = field.focus();
            // As if it had been typed: it can be undone, and what watches the form hears of it.
            if browser::type_text(&text) {
                event.prevent_default();
            }
        });
    }
}
