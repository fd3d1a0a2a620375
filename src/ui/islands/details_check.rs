//! Checks what happened, the contact and the promise while they are being filled in.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::fields::FieldCode;

/// What to say about one problem of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMessage {
    /// The name of the field, which is also its id.
    pub field: String,
    /// What is wrong with it.
    pub code: FieldCode,
    /// In words.
    pub text: String,
}

/// Answers beside the fields of an order's details by running [`check_details`](crate::model::requests::check_details):
/// first when a field is left, then with every key until it is right. Says which number will be called.
#[island]
pub fn DetailsCheck(
    /// What to say about which problem.
    messages: Vec<FieldMessage>,
    /// What stands before a problem for those who cannot see where it stands: "Error:".
    error_prefix: String,
    /// "We will call {phone}."
    will_call: String,
) -> impl IntoView {
    let phone = RwSignal::new(None::<String>);
    #[cfg(feature = "hydrate")]
    watch(messages, error_prefix, phone);
    #[cfg(not(feature = "hydrate"))]
    let _ = (messages, error_prefix);
    // Always there, so that nothing moves when the number appears.
    view! {
        <p class="field-answer" role="status">
            {move || phone.get().map(|phone| super::template::fill(&will_call, "phone", &phone))}
        </p>
    }
}

#[cfg(feature = "hydrate")]
fn watch(messages: Vec<FieldMessage>, error_prefix: String, phone: RwSignal<Option<String>>) {
    use super::{browser, field, phone::phone_in_groups};
    use crate::model::requests::{OrderDetails, check_details, normalize_phone};

    const FIELDS: [&str; 4] = ["what_happened", "contact_name", "contact_phone", "ready"];

    let check = move |name: &'static str| {
        let details = OrderDetails {
            what_happened: browser::typed("what_happened"),
            contact_name: browser::typed("contact_name"),
            contact_phone: browser::typed("contact_phone"),
            ready: browser::ticked("ready"),
        };
        let text = check_details(&details)
            .into_iter()
            .find(|problem| problem.field == name)
            .and_then(|problem| messages.iter().find(|message| message.field == name && message.code == problem.code));
        field::show_problem(name, &error_prefix, text.map(|message| message.text.as_str()));
        if name == "contact_phone" {
            phone.set(normalize_phone(&details.contact_phone).as_deref().map(phone_in_groups));
        }
    };
    Effect::new(move |_| {
        for name in FIELDS {
            let Some(element) = browser::by_id(name) else {
                continue;
            };
            let left = check.clone();
            browser::listen(&element, "blur", move |event| {
                // An empty field that is only passed by is no mistake yet.
                if !browser::moves_to_button(&event) && (name == "ready" || !browser::typed(name).trim().is_empty()) {
                    left(name);
                }
            });
            let typing = check.clone();
            browser::listen(&element, "input", move |_| {
                if field::has_problem(name) {
                    typing(name);
                }
            });
        }
    });
}
