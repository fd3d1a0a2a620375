//! What was wrong with a form, on top of its page.

use leptos::prelude::*;

use super::WithNumber;
use crate::{
    model::{base::site_path::SitePath, paths, people::mergers::MergeWaits, problem::Problem},
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
        let seen_at = seen_at(&form.problem).map(|(page, label)| {
            view! {
                <p>
                    <a href=page>{label}</a>
                </p>
            }
        });
        let list = (!fields.is_empty()).then(|| view! { <ul>{fields}</ul> });
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus>
                <h2>{words.title}</h2>
                {words.body.map(|body| view! { <p><WithNumber text=body/></p> })}
                {seen_at}
                {list}
            </div>
        }
    })
}

/// Where it is seen, and decided, what stands in the way, and what the link is called.
fn seen_at(problem: &Problem) -> Option<(String, String)> {
    match problem {
        Problem::FormUsed { led_to, .. } => {
            let page = SitePath::parse(led_to.as_deref()?)?;
            Some((page.as_str().to_owned(), t!("problem-form-used-led-to")))
        }
        Problem::MergeWaits(MergeWaits::Work(number)) => {
            Some((paths::desk_request(*number), t!("problem-merge-work-open", number = number.to_string())))
        }
        Problem::MergeWaits(MergeWaits::Contract(customer)) => {
            Some((paths::customer(*customer), t!("problem-merge-contract-open")))
        }
        _ => None,
    }
}
