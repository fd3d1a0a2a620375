//! What it does in the browser.

use std::{cell::Cell, rc::Rc, time::Duration};

use chrono::DateTime;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlElement};

use super::{
    NEWS, REASON, SHOW,
    news::{self, News},
};
use crate::{
    model::ordering::offers::OfferReason,
    ui::islands::browser::{self, by_id, data, document, set_interval, window},
};

/// How often the offers are asked for though nobody tells of news: time takes some, too.
const EVERY: Duration = Duration::from_secs(30);
/// What comes sooner than this after the last question is not asked, in milliseconds.
const NOT_BEFORE: f64 = 5_000.0;

/// Shows the reason of the time under the pointer, else of the one that has the focus.
pub fn show_reasons(panel: &HtmlElement) {
    for event in ["focusin", "pointerover"] {
        let panel = panel.clone();
        browser::listen(&document(), event, move |event| {
            let Some(place) = by_id(REASON) else { return };
            let start = browser::target(&event).and_then(start_at).or_else(|| start_at(document().active_element()?));
            let said = start.and_then(|start| reason(&panel, start));
            // News push the reason aside: there is room for one of them.
            let has_news = by_id(SHOW).is_some_and(|show| !show.hidden());
            place.set_text_content(said.as_deref());
            place.set_hidden(said.is_none() || has_news);
        });
    }
}

/// The start of the time to which an element belongs.
fn start_at(element: Element) -> Option<i64> {
    start_of(&element.closest("[name=start]").ok()??)
}

/// The reason of a start by the rule of the model; none where one stands above all times.
fn reason(panel: &Element, start: i64) -> Option<String> {
    let deadline = DateTime::from_timestamp(data(panel, "deadline")?.parse().ok()?, 0)?;
    let start = DateTime::from_timestamp_millis(start)?;
    match OfferReason::urgent("".into(), 0, deadline, start) {
        OfferReason::UrgentAfterTarget { .. } => data(panel, "after"),
        _ => data(panel, "within"),
    }
}

/// Keeps the times on the page true.
pub fn keep_true(panel: HtmlElement) {
    // What the page itself shows is fresh.
    let asked_at = Rc::new(Cell::new(browser::milliseconds_on_page()));
    let ask = move || {
        let now = browser::milliseconds_on_page();
        if document().hidden() || now - asked_at.get() < NOT_BEFORE {
            return;
        }
        asked_at.set(now);
        let answered = {
            let panel = panel.clone();
            move |answer: JsValue| show(&panel, &starts_in(&answer).collect::<Vec<_>>())
        };
        if let Some(source) = data(&panel, "source") {
            browser::get_json(&source, answered);
        }
    };
    let (in_sight, in_focus) = (ask.clone(), ask.clone());
    browser::on_news(ask.clone());
    browser::listen(&document(), "visibilitychange", move |_| in_sight());
    browser::listen(&window(), "focus", move |_| in_focus());
    set_interval(ask, EVERY);
}

/// Marks what is gone and says what is new.
fn show(panel: &Element, free: &[i64]) {
    let first_free = free.iter().min().copied().unwrap_or(i64::MIN);
    let is_urgent = data(panel, "deadline").is_some();
    let mut shown = Vec::new();
    for button in browser::buttons("start") {
        let Some(start) = start_of(&button) else { continue };
        shown.push(start);
        // Urgent times also go by while one is reading: before the first that is free it is time that took them.
        let word = if is_urgent && start < first_free { "passed" } else { "taken" };
        mark(&button, if free.contains(&start) { None } else { data(panel, word) });
    }
    let bound = |name| data(panel, name).and_then(|bound| bound.parse().ok());
    let free = news::concerning(&shown, free, (bound("from").unwrap_or(i64::MIN), bound("until").unwrap_or(i64::MAX)));
    let said = match News::of(&shown, &free) {
        News::None => None,
        News::Earlier => data(panel, "earlier"),
        News::More => data(panel, "more"),
        News::AllGone => data(panel, "all-gone"),
    };
    if let (Some(news), Some(show), Some(reason)) = (by_id(NEWS), by_id(SHOW), by_id(REASON)) {
        // Said once, not with every answer.
        if news.text_content() != Some(said.clone().unwrap_or_default()) {
            news.set_text_content(said.as_deref());
        }
        show.set_hidden(said.is_none());
        if said.is_some() {
            reason.set_hidden(true);
        }
    }
}

/// Marks a time as gone, or as free again. The word lies on the button, so that it keeps its size.
fn mark(button: &HtmlElement, gone: Option<String>) {
    // Attributes of a live element can always be set.
    let _ = match &gone {
        Some(word) => button.set_attribute("data-gone", word),
        None => button.remove_attribute("data-gone"),
    };
    // The focus would be lost on a button that goes off: there the server says that it is gone.
    let in_use = document().active_element().is_some_and(|active| active == **button);
    let _ = button.toggle_attribute_with_force("disabled", gone.is_some() && !in_use);
}

/// The start that a button sends, in milliseconds since 1970.
fn start_of(button: &Element) -> Option<i64> {
    milliseconds(&button.get_attribute("value")?)
}

/// The starts of the offers in an answer.
fn starts_in(answer: &JsValue) -> impl Iterator<Item = i64> {
    let offers = js_sys::Array::from(&browser::property(answer, "offers"));
    offers.into_iter().filter_map(|offer| {
        let slot = browser::property(&offer, "slot");
        milliseconds(&browser::property(&slot, "start").as_string()?)
    })
}

#[expect(clippy::cast_possible_truncation, reason = "a date's milliseconds are whole and far from the ends of i64")]
fn milliseconds(instant: &str) -> Option<i64> {
    let milliseconds = browser::parse_date(instant);
    milliseconds.is_finite().then_some(milliseconds as i64)
}
