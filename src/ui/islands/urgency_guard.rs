//! Runs the urgency guard while somebody writes what stopped and since when.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::urgency::UrgencyRefused;

/// What to say when the guard refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardMessage {
    /// Why it refuses.
    pub refused: UrgencyRefused,
    /// In words.
    pub text: String,
}

/// Answers beside the two fields of an urgent claim by running [`guard`](crate::model::urgency::guard), and says when
/// the claim is complete. Work that can be planned has no such fields: the server does not offer it as urgent.
#[island]
pub fn UrgencyGuard(
    /// What to say about which refusal.
    messages: Vec<GuardMessage>,
    /// What stands before a problem for those who cannot see where it stands: "Error:".
    error_prefix: String,
    /// "This is enough for an urgent request."
    accepted: String,
) -> impl IntoView {
    let passed = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    watch(messages, error_prefix, passed);
    #[cfg(not(feature = "hydrate"))]
    let _ = (messages, error_prefix);
    view! { <p class="field-answer" role="status">{move || passed.get().then(|| accepted.clone())}</p> }
}

#[cfg(feature = "hydrate")]
fn watch(messages: Vec<GuardMessage>, error_prefix: String, passed: RwSignal<bool>) {
    use super::{browser, field};
    use crate::model::urgency::{Urgency, UrgencyClaim, guard};

    const FIELDS: [&str; 2] = ["what_stopped", "since"];

    // `left` is the field that was just left, if one was: only then a new problem is raised.
    let check = move |left: Option<&str>| {
        let claim = UrgencyClaim { what_stopped: browser::typed("what_stopped"), since: browser::typed("since") };
        let refused = guard(false, Urgency::Urgent, Some(&claim)).err();
        for name in FIELDS {
            let text = refused
                .filter(|refused| field_of(*refused) == name)
                .and_then(|refused| messages.iter().find(|message| message.refused == refused))
                .map(|message| message.text.as_str());
            if text.is_none() || left == Some(name) || field::has_problem(name) {
                field::show_problem(name, &error_prefix, text);
            }
        }
        passed.set(refused.is_none());
    };
    Effect::new(move |_| {
        for name in FIELDS {
            let Some(element) = browser::by_id(name) else {
                continue;
            };
            let (left, typing) = (check.clone(), check.clone());
            browser::listen(&element, "blur", move |event| {
                if !browser::moves_to_button(&event) && !browser::typed(name).trim().is_empty() {
                    left(Some(name));
                }
            });
            browser::listen(&element, "input", move |_| typing(None));
        }
    });
}

/// The field to which a refusal belongs.
#[cfg(any(feature = "hydrate", test))]
fn field_of(refused: UrgencyRefused) -> &'static str {
    match refused {
        UrgencyRefused::SinceMissing | UrgencyRefused::SinceTooLong => "since",
        _ => "what_stopped",
    }
}
