//! Offered times that stay true while somebody is choosing.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Why the times are offered, in words that are ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReasonTexts {
    /// All for the same reason.
    Same(String),
    /// Urgent ones: within the tier's target or after it.
    ByTarget {
        /// The latest start that meets the target, in seconds since 1970.
        deadline: i64,
        /// Of those that meet it.
        within: String,
        /// Of those that do not.
        after: String,
    },
}

/// What is said about times that come and go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveSlotsTexts {
    /// On a time that somebody else took.
    pub taken: String,
    /// On a time that is too near by now.
    pub passed: String,
    /// An earlier time became free.
    pub earlier: String,
    /// Other times became free.
    pub more: String,
    /// Nothing is left of what is shown.
    pub all_gone: String,
    /// The link that shows the new times.
    pub show: String,
}

/// Asks for the offers again every half a minute and whenever the page comes into sight, marks times that are gone, and
/// tells when better ones came. Shows why the time under the pointer or the focus is offered.
///
/// Nothing moves: a time that is gone keeps its place, and what is said lies over the page's edge.
#[island]
pub fn LiveSlots(
    /// Where the offers are asked for; it answers with an object whose `offers` are those of the model.
    source: String,
    /// The page itself, for the link that shows the new times.
    page: String,
    /// Why times are offered.
    reasons: ReasonTexts,
    /// What is said.
    texts: LiveSlotsTexts,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let news = RwSignal::new(String::new());
    let show = texts.show.clone();
    #[cfg(feature = "hydrate")]
    {
        watch::reasons(reasons, reason);
        watch::offers(source, texts, news);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (source, reasons);
    // News push the reason aside: there is room for one of them.
    let is_quiet = move || reason.read().is_empty() || !news.read().is_empty();
    view! {
        <div class="live-slots">
            <div class="live-slots-panel">
                // The same words stand above the times for those who do not see this.
                <p class="live-slots-reason" aria-hidden="true" hidden=is_quiet>
                    {move || reason.get()}
                </p>
                <p class="live-slots-news" role="status">
                    <span>{move || news.get()}</span>
                    <a href=page hidden=move || news.read().is_empty()>{show}</a>
                </p>
            </div>
        </div>
    }
}

/// What has changed between the times that are shown and those that are free now, all as milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg(any(feature = "hydrate", test))]
enum News {
    /// Nothing that would help to choose.
    None,
    /// There is one before the first that is shown and free.
    Earlier,
    /// There are others.
    More,
    /// There is none of those that are shown.
    AllGone,
}

#[cfg(any(feature = "hydrate", test))]
impl News {
    fn of(shown: &[i64], free: &[i64]) -> Self {
        let Some(first) = shown.iter().filter(|start| free.contains(start)).min() else {
            return Self::AllGone;
        };
        let mut new = free.iter().filter(|start| !shown.contains(start)).peekable();
        if new.peek().is_none() {
            Self::None
        } else if new.any(|start| start < first) {
            Self::Earlier
        } else {
            Self::More
        }
    }
}

#[cfg(feature = "hydrate")]
mod watch {
    use std::{cell::Cell, rc::Rc, time::Duration};

    use chrono::DateTime;
    use leptos::{
        prelude::*,
        wasm_bindgen::JsValue,
        web_sys::{Element, HtmlElement},
    };

    use super::{LiveSlotsTexts, News, ReasonTexts};
    use crate::{model::offers::OfferReason, ui::islands::browser};

    /// How often the offers are asked for.
    const EVERY: Duration = Duration::from_secs(30);
    /// What comes sooner than this after the last question is not asked, in milliseconds.
    const NOT_BEFORE: f64 = 5_000.0;

    /// Shows the reason of the time under the pointer or the focus.
    pub fn reasons(texts: ReasonTexts, shown: RwSignal<String>) {
        let look = move |element: Option<Element>| {
            let button = element.and_then(|element| element.closest("button[name=start]").ok().flatten());
            let said = button.and_then(|button| start_of(&button)).and_then(|start| reason(&texts, start));
            shown.set(said.unwrap_or_default());
        };
        Effect::new(move |_| {
            for event in ["focusin", "pointerover"] {
                let look = look.clone();
                browser::listen(&document(), event, move |event| look(browser::target(&event)));
            }
        });
    }

    /// The reason of a start by the rule of the model.
    fn reason(texts: &ReasonTexts, start: i64) -> Option<String> {
        match texts {
            ReasonTexts::Same(text) => Some(text.clone()),
            ReasonTexts::ByTarget { deadline, within, after } => {
                let deadline = DateTime::from_timestamp(*deadline, 0)?;
                let start = DateTime::from_timestamp_millis(start)?;
                match OfferReason::urgent("".into(), 0, deadline, start) {
                    OfferReason::UrgentTarget { .. } => Some(within.clone()),
                    _ => Some(after.clone()),
                }
            }
        }
    }

    /// Keeps the times on the page true.
    pub fn offers(source: String, texts: LiveSlotsTexts, news: RwSignal<String>) {
        let texts = Rc::new(texts);
        // What the page itself shows is fresh.
        let asked_at = Rc::new(Cell::new(browser::milliseconds_on_page()));
        let ask = move || {
            let now = browser::milliseconds_on_page();
            if document().hidden() || now - asked_at.get() < NOT_BEFORE {
                return;
            }
            asked_at.set(now);
            let texts = Rc::clone(&texts);
            browser::get_json(&source, move |answer| {
                let free: Vec<i64> = starts_in(&answer).collect();
                show(&free, &texts, news);
            });
        };
        Effect::new(move |_| {
            let (in_sight, in_focus) = (ask.clone(), ask.clone());
            browser::listen(&document(), "visibilitychange", move |_| in_sight());
            browser::listen(&window(), "focus", move |_| in_focus());
            set_interval(ask.clone(), EVERY);
        });
    }

    /// Marks what is gone and says what is new.
    fn show(free: &[i64], texts: &LiveSlotsTexts, news: RwSignal<String>) {
        let first_free = free.iter().min().copied().unwrap_or(i64::MIN);
        let mut shown = Vec::new();
        for button in browser::buttons("start") {
            let Some(start) = start_of(&button) else {
                continue;
            };
            shown.push(start);
            let word = if start < first_free { &texts.passed } else { &texts.taken };
            mark(&button, (!free.contains(&start)).then_some(word));
        }
        let said = match News::of(&shown, free) {
            News::None => "",
            News::Earlier => &texts.earlier,
            News::More => &texts.more,
            News::AllGone => &texts.all_gone,
        };
        // Said once, not with every answer.
        if *news.read_untracked() != said {
            news.set(said.to_owned());
        }
    }

    /// Marks a time as gone, or as free again. The word lies on the button, so that it keeps its size.
    fn mark(button: &HtmlElement, gone: Option<&String>) {
        // Attributes of a live element can always be set.
        let _ = match gone {
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

    fn milliseconds(instant: &str) -> Option<i64> {
        let milliseconds = browser::parse_date(instant);
        milliseconds.is_finite().then_some(milliseconds as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::News;

    #[test]
    fn news_are_what_helps_to_choose() {
        assert_eq!(News::of(&[10, 20, 30], &[10, 20, 30]), News::None);
        assert_eq!(News::of(&[10, 20, 30], &[20, 30]), News::None, "what is gone is marked, that is enough");
        assert_eq!(News::of(&[10, 20, 30], &[5, 20, 30]), News::Earlier);
        assert_eq!(News::of(&[10, 20, 30], &[15, 20, 30]), News::Earlier, "before the first that is left");
        assert_eq!(News::of(&[10, 20, 30], &[10, 20, 30, 40]), News::More);
        assert_eq!(News::of(&[10, 20], &[40]), News::AllGone);
        assert_eq!(News::of(&[10, 20], &[]), News::AllGone);
    }
}
