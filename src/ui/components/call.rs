//! The number of the line wherever somebody is asked to call: written out, and to call by a tap.

use leptos::prelude::*;

use super::{ButtonKind, ButtonLink};
use crate::{
    model::paths,
    ui::{self, format, islands::phone_in_groups, texts::t},
};

/// A text; the number of the line is a link where it stands in it.
#[component]
pub fn WithNumber(
    /// The text.
    text: String,
) -> impl IntoView {
    let phone = ui::line_phone();
    let parts = text.split_once(phone.as_str()).filter(|_| !phone.is_empty());
    match parts.map(|(before, after)| (before.to_owned(), after.to_owned())) {
        Some((before, after)) => {
            view! { {before}<a class="tel" href=format::tel(&phone)>{phone.clone()}</a>{after} }.into_any()
        }
        None => text.into_any(),
    }
}

/// A telephone, to call by a tap; nothing where there is none, as of who is erased.
#[component]
pub fn PhoneLink(
    /// The number as it is kept.
    phone: String,
) -> impl IntoView {
    (!phone.is_empty()).then(|| view! { <a href=format::tel(&phone)>{phone_in_groups(&phone)}</a> })
}

/// A button that calls the line.
#[component]
pub fn CallButton(
    /// How much it wants to be pressed.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    let phone = ui::line_phone();
    // Nobody knows whose number it is while the database is away; the line's own page shows all of them even then.
    let (href, label) = match phone.as_str() {
        "" => (paths::NUMBERS.to_owned(), t!("line-numbers")),
        phone => (format::tel(phone), t!("order-call", phone = phone)),
    };
    view! { <ButtonLink href label kind/> }
}
