//! Checks what happened and the contact while they are being filled in.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

/// The element that says which number will be called.
const ANSWER: &str = "contact_phone-answer";

/// Answers beside the fields of an order's details while they are filled in. Without script the server does, once the
/// form is sent. Stands below the telephone.
#[cfg(feature = "ssr")]
#[component]
pub fn DetailsCheck() -> impl IntoView {
    use leptos::server_fn::ServerFn;

    use super::messages::{Message, Messages};
    use crate::{
        api::people::kept_forms::KeepUnsent,
        model::{
            base::fields::{FieldCode, FieldProblem},
            problem::Problem,
        },
        ui::{problem_text::field_texts, texts::t},
    };

    const PROBLEMS: [(&str, FieldCode); 8] = [
        ("what_happened", FieldCode::Missing),
        ("what_happened", FieldCode::TooShort),
        ("what_happened", FieldCode::TooLong),
        ("contact_name", FieldCode::Missing),
        ("contact_name", FieldCode::TooShort),
        ("contact_name", FieldCode::TooLong),
        ("contact_phone", FieldCode::Missing),
        ("contact_phone", FieldCode::NotAPhone),
    ];
    let fields = PROBLEMS.map(|(field, code)| FieldProblem::new(field, code)).to_vec();
    let messages = PROBLEMS
        .into_iter()
        .zip(field_texts(&Problem::Invalid { fields }))
        .map(|((field, code), text)| Message { field, code: code.to_string(), text: text.text })
        .collect();
    // The line is always there, so that nothing moves when it says something.
    view! {
        <div class="field-answer">
            <p
                role="status"
                id=ANSWER
                data-text=t!("order-will-call", phone = "{phone}")
                data-keep=KeepUnsent::PATH
            ></p>
            <Messages messages/>
            <DetailsIsland/>
        </div>
    }
}

island! {
    /// Runs [`RequestDetails::check`](crate::model::ordering::requests::RequestDetails::check): first when a field is left, then
    /// with every key until the field is right.
    DetailsIsland => {
        for field in ["what_happened", "contact_name", "contact_phone"] {
            watch(field);
        }
        if let Some(answer) = super::browser::by_id(ANSWER) {
            super::keep_typed::keep_typed(&answer);
        }
    }
}

#[cfg(feature = "hydrate")]
fn watch(field: &'static str) {
    use super::{browser, field};

    let Some(element) = browser::by_id(field) else { return };
    browser::listen(&element, "blur", move |event| {
        // An empty field that is only passed by is no mistake yet.
        if !browser::moves_to_button(&event) && !browser::typed(field).trim().is_empty() {
            check(field);
        }
    });
    browser::listen(&element, "input", move |_| {
        if field::has_problem(field) {
            check(field);
        }
    });
}

#[cfg(feature = "hydrate")]
fn check(field: &str) {
    use super::{browser, field::show_problem, messages::message, template::fill};
    use crate::model::{
        base::phones::{normalize_phone, phone_in_groups},
        ordering::requests::RequestDetails,
    };

    let details = RequestDetails {
        what_happened: browser::typed("what_happened"),
        contact_name: browser::typed("contact_name"),
        contact_phone: browser::typed("contact_phone"),
    };
    let problem =
        details.check().err().and_then(|problems| problems.into_iter().find(|problem| problem.field == field));
    show_problem(field, problem.and_then(|problem| message(field, problem.code.code())).as_deref());
    if let (Some(answer), "contact_phone") = (browser::by_id(ANSWER), field) {
        let phone = normalize_phone(&details.contact_phone);
        let text =
            phone.and_then(|phone| Some(fill(&browser::data(&answer, "text")?, "phone", &phone_in_groups(&phone))));
        answer.set_text_content(text.as_deref());
    }
}
