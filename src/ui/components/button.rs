//! Buttons, and links that look like them.

use leptos::prelude::*;

use crate::ui::texts::t;

/// How much a button wants to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// What the page is for; one per page.
    #[default]
    Primary,
    /// Everything else.
    Secondary,
    /// Takes something away.
    Danger,
    /// As quiet as a link.
    Quiet,
}

impl ButtonKind {
    pub(super) const fn class(self) -> &'static str {
        match self {
            ButtonKind::Primary => "button",
            ButtonKind::Secondary => "button button-secondary",
            ButtonKind::Danger => "button button-danger",
            ButtonKind::Quiet => "button button-quiet",
        }
    }
}

/// The button that sends a form.
#[component]
pub fn Submit(
    /// What it does, as a verb.
    #[prop(into)]
    label: String,
    /// How much it wants to be pressed.
    #[prop(optional)]
    kind: ButtonKind,
    /// The name under which it sends `value`, where a form has several buttons.
    #[prop(optional, into)]
    name: Option<String>,
    /// What it sends.
    #[prop(optional, into)]
    value: Option<String>,
    /// Cannot be pressed.
    #[prop(optional)]
    disabled: bool,
    /// Words for screen readers that tell several equal buttons apart ("Zrušit: požadavek 2026-000123"). After a colon, where no name
    /// has to be put into a case.
    #[prop(optional, into)]
    about: Option<String>,
) -> impl IntoView {
    view! {
        <button type="submit" class=kind.class() name=name value=value disabled=disabled>
            {label}
            {about.map(|about| view! { <span class="visually-hidden">": "{about}</span> })}
        </button>
    }
}

/// A link that looks like a button: leads to a page, changes nothing.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What one will do there.
    #[prop(into)]
    label: String,
    /// How much it wants to be pressed.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {label}
        </a>
    }
}

/// The way out of a form that nobody sends: what there is stays as it is, and of something new there is nothing that could.
#[component]
pub fn WayBack(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Whether the form is of something that is not there yet.
    of_new: bool,
) -> impl IntoView {
    let label = if of_new { t!("form-back") } else { t!("form-keep") };
    view! { <ButtonLink href label kind=ButtonKind::Secondary/> }
}
