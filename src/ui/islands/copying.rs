//! Buttons that copy what stands beside them, such as the number of a computer.

use leptos::prelude::*;

/// The name of the buttons.
const NAME: &str = "copy";

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
        <button type="button" class="button button-quiet copy" name=NAME data-text=text data-done=t!("work-copied") hidden>
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

/// Shows the buttons, and copies.
#[island]
fn CopyingIsland() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    wake();
}

#[cfg(feature = "hydrate")]
fn wake() {
    use super::browser::{self, data};

    if !browser::may_copy() {
        return;
    }
    for button in browser::buttons(NAME) {
        button.set_hidden(false);
        let own = button.clone();
        browser::listen(&button, "click", move |_| {
            if let (Some(text), Some(said)) = (data(&own, "text"), own.next_element_sibling()) {
                let done = data(&own, "done");
                browser::copy(&text, move || said.set_text_content(done.as_deref()));
            }
        });
    }
}
