//! Sends what is being typed into a form to the server now and then, so that it is there when the browser opens the page again.

use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::{
    prelude::{document, set_interval, window},
    web_sys::Element,
};

use super::browser;

/// How often what is new is sent.
const EVERY: Duration = Duration::from_secs(15);

/// Keeps what is typed into the form around an element, until that form is sent. The element says by `data-keep` where.
pub fn keep_typed(element: &Element) {
    let (Some(address), Ok(Some(form))) = (browser::data(element, "keep"), element.closest("form")) else { return };
    // Whether there is something that the server has not been told.
    let is_new = Rc::new(Cell::new(false));
    let typed = Rc::clone(&is_new);
    browser::listen(&form, "input", move |_| typed.set(true));
    let sent = Rc::clone(&is_new);
    browser::listen(&form, "submit", move |_| sent.set(false));
    let send = move || {
        if is_new.replace(false) {
            browser::send_typed(&address, &form);
        }
    };
    set_interval(send.clone(), EVERY);
    let hidden = send.clone();
    browser::listen(&document(), "visibilitychange", move |_| {
        if document().hidden() {
            hidden();
        }
    });
    browser::listen(&window(), "pagehide", move |_| send());
}
