//! What was wrong with a form, on top of its page.

use leptos::prelude::*;

use super::WithNumber;
use crate::ui::{
    forms,
    problem_text::{FieldText, field_texts, words_for_form},
};

/// Why a form came back, with links to the fields. Nothing when none came back.
///
/// [`super::Page`] places it; script-free browsers are led to it by `autofocus`.
#[component]
pub fn ErrorSummary() -> impl IntoView {
    forms::returned().map(|form| {
        let words = words_for_form(&form.problem);
        let fields = field_texts(&form.problem)
            .into_iter()
            .map(|FieldText { field, text }| {
                view! {
                    <li>
                        <a href=format!("#{field}")>{text}</a>
                    </li>
                }
            })
            .collect::<Vec<_>>();
        let list = (!fields.is_empty()).then(|| view! { <ul>{fields}</ul> });
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus>
                <h2>{words.title}</h2>
                {words.body.map(|body| view! { <p><WithNumber text=body/></p> })}
                {list}
            </div>
        }
    })
}
