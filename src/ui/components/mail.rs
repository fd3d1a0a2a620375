//! A mail before it is written.

use leptos::prelude::*;

use crate::{
    model::base::preview::MailPreview,
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// A mail that will be written, to be read before it is.
#[component]
pub fn MailToCome(
    /// What it would say, to whom.
    mail: MailPreview,
) -> impl IntoView {
    let MailPreview { to, is_customers, language, subject, paragraphs } = mail;
    let to = format::person(Locale::current(), &to);
    let who = if is_customers { t!("means-to-customer", name = to) } else { t!("means-to-technician", name = to) };
    let paragraphs = paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect::<Vec<_>>();
    view! {
        <details class="mail-to-come">
            <summary>{who} " " <span lang=language.clone()>{subject}</span></summary>
            <div lang=language>{paragraphs}</div>
        </details>
    }
}
