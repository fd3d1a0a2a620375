//! Sends what is being typed into a form to the server now and then, so that it is there when the browser opens the page again.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

/// The element within the form whose text is kept: one on a page.
const PLACE: &str = "keep-typed";

/// Keeps what is typed into the form in which it stands. Without script nothing is kept before it is sent.
#[cfg(feature = "ssr")]
#[component]
pub fn KeepTyped() -> impl IntoView {
    use leptos::server_fn::ServerFn;

    use crate::api::people::kept_forms::KeepUnsent;

    view! {
        <span id=PLACE data-keep=KeepUnsent::PATH hidden></span>
        <KeepTypedIsland/>
    }
}

island! {
    /// Lets [`KeepTyped`] do so.
    KeepTypedIsland => {
        if let Some(place) = super::browser::by_id(PLACE) {
            keep_typed(&place);
        }
    }
}

/// Keeps what is typed into the form around an element, until that form is sent. The element says by `data-keep` where.
#[cfg(feature = "hydrate")]
pub fn keep_typed(element: &web_sys::Element) {
    use std::{cell::Cell, rc::Rc, time::Duration};

    use super::browser::{self, document, set_interval, window};

    /// How often what is new is sent.
    const EVERY: Duration = Duration::from_secs(15);

    let (Some(address), Ok(Some(form))) = (browser::data(element, "keep"), element.closest("form")) else { return };
    // Whether there is something that the server has not been told.
    let is_new = Rc::new(Cell::new(browser::is_changed(&form)));
    let typed = Rc::clone(&is_new);
    browser::listen(&form, "input", move |_| typed.set(true));
    let own = form.clone();
    let sent = Rc::clone(&is_new);
    let send = move || {
        if is_new.replace(false) {
            browser::send_typed(&address, &form);
        }
    };
    set_interval(send.clone(), EVERY);
    let another = send.clone();
    // Another form of the page may lead back to it before the page that goes has sent anything.
    browser::listen(&document(), "submit", move |event| match browser::target(&event) {
        Some(form) if form == own => sent.set(false),
        _ => another(),
    });
    let hidden = send.clone();
    browser::listen(&document(), "visibilitychange", move |_| {
        if document().hidden() {
            hidden();
        }
    });
    browser::listen(&window(), "pagehide", move |_| send());
}
