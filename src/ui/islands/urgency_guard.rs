//! Runs the urgency guard while somebody writes what stopped and since when.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

use crate::model::ordering::urgency::UrgencyRefused;

/// The element that says when the claim is complete.
const ANSWER: &str = "urgency-answer";

/// Answers beside the two fields of an urgent claim while they are filled in. Without script the server does, once the
/// form is sent. Work that can be planned has no such fields: it is not offered as urgent.
#[cfg(feature = "ssr")]
#[component]
pub fn UrgencyGuard() -> impl IntoView {
    use super::messages::{Message, Messages};
    use crate::{
        model::problem::Problem,
        ui::{problem_text::field_texts, texts::t},
    };

    const REFUSALS: [UrgencyRefused; 5] = [
        UrgencyRefused::WhatStoppedMissing,
        UrgencyRefused::WhatStoppedTooShort,
        UrgencyRefused::WhatStoppedTooLong,
        UrgencyRefused::SinceMissing,
        UrgencyRefused::SinceTooLong,
    ];
    let messages = REFUSALS
        .into_iter()
        .filter_map(|refused| {
            let text = field_texts(&Problem::Urgency(refused)).pop()?.text;
            Some(Message { field: field_of(refused), code: refused.to_string(), text })
        })
        .collect();
    view! {
        <div class="field-answer">
            <p role="status" id=ANSWER data-text=t!("order-urgency-accepted")></p>
            <Messages messages/>
            <UrgencyIsland/>
        </div>
    }
}

island! {
    /// Runs [`guard`](crate::model::ordering::urgency::guard) with every key. A new problem is raised only when its field is left.
    UrgencyIsland => {
        for field in FIELDS {
            watch(field);
        }
    }
}

#[cfg(feature = "hydrate")]
const FIELDS: [&str; 2] = ["what_stopped", "since"];

#[cfg(feature = "hydrate")]
fn watch(field: &'static str) {
    use super::browser;

    let Some(element) = browser::by_id(field) else { return };
    browser::listen(&element, "blur", move |event| {
        if !browser::moves_to_button(&event) && !browser::typed(field).trim().is_empty() {
            check(Some(field));
        }
    });
    browser::listen(&element, "input", move |_| check(None));
}

/// `left` is the field that was just left, if one was.
#[cfg(feature = "hydrate")]
fn check(left: Option<&str>) {
    use super::{browser, field, messages::message};
    use crate::model::{
        base::terms::Urgency,
        ordering::urgency::{UrgencyClaim, guard},
    };

    let claim = UrgencyClaim { what_stopped: browser::typed("what_stopped"), since: browser::typed("since") };
    let refused = guard(false, Urgency::Urgent, Some(&claim)).err();
    for name in FIELDS {
        let problem = refused.filter(|refused| field_of(*refused) == name);
        if problem.is_none() || left == Some(name) || field::has_problem(name) {
            let text = problem.and_then(|refused| message(name, &refused.to_string()));
            field::show_problem(name, text.as_deref());
        }
    }
    if let Some(answer) = browser::by_id(ANSWER) {
        let text = browser::data(&answer, "text").filter(|_| refused.is_none());
        answer.set_text_content(text.as_deref());
    }
}

/// The field to which a refusal belongs.
fn field_of(refused: UrgencyRefused) -> &'static str {
    match refused {
        UrgencyRefused::SinceMissing | UrgencyRefused::SinceTooLong => "since",
        _ => "what_stopped",
    }
}
