//! Buttons that copy what stands beside them, such as the number of a computer.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

/// The buttons.
#[cfg(feature = "hydrate")]
const BUTTON: &str = "button.copy";
/// The attribute of the page that shows them.
#[cfg(feature = "hydrate")]
const SHOWN: &str = "data-copies";

/// A button that copies a text. Without script, and where the browser lets no page copy, it stays out of sight: whoever needs the
/// text sees it beside.
#[cfg(feature = "ssr")]
#[component]
pub fn CopyButton(
    /// What it copies.
    text: String,
    /// Words for screen readers that tell several equal buttons apart.
    about: String,
) -> impl IntoView {
    use crate::ui::texts::t;

    view! {
        <button type="button" class="button button-quiet copy" data-text=text data-done=t!("work-copied")>
            {t!("work-copy")}
            <span class="visually-hidden">" "{about}</span>
        </button>
        <span class="copy-said" role="status"></span>
    }
}

/// Lets the [`CopyButton`]s of the page do so; once on a page.
#[cfg(feature = "ssr")]
#[component]
pub fn Copying() -> impl IntoView {
    view! { <CopyingIsland/> }
}

island! {
    /// Shows the buttons, and copies; also those that come later, with what is new of the page.
    CopyingIsland => {
        wake();
    }
}

#[cfg(feature = "hydrate")]
fn wake() {
    use super::browser::{self, data, document};

    if !browser::may_copy() {
        return;
    }
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(SHOWN, "");
    }
    browser::listen(&document(), "click", |event| {
        let button = browser::target(&event).and_then(|element| element.closest(BUTTON).ok()?);
        let Some(button) = button else { return };
        if let (Some(text), Some(said)) = (data(&button, "text"), button.next_element_sibling()) {
            let done = data(&button, "done");
            browser::copy(&text, move || said.set_text_content(done.as_deref()));
        }
    });
}
