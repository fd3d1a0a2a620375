//! What was wrong with a form, on top of its page.

use leptos::prelude::*;

use super::WithNumber;
use crate::{
    model::{base::site_path::SitePath, problem::Problem},
    ui::{
        forms,
        problem_text::{FieldText, field_texts, words_for_form},
        texts::t,
    },
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
        let first = first_page(&form.problem).map(|page| {
            view! {
                <p>
                    <a href=page>{t!("problem-form-used-led-to")}</a>
                </p>
            }
        });
        let list = (!fields.is_empty()).then(|| view! { <ul>{fields}</ul> });
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus>
                <h2>{words.title}</h2>
                {words.body.map(|body| view! { <p><WithNumber text=body/></p> })}
                {first}
                {list}
            </div>
        }
    })
}

/// Where it is seen what came of a form that was sent before.
fn first_page(problem: &Problem) -> Option<String> {
    let Problem::FormUsed { led_to, .. } = problem else { return None };
    SitePath::parse(led_to.as_deref()?).map(|page| page.as_str().to_owned())
}
