//! Forms: plain ones, that work without script.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    model::{
        base::seen::{SEEN_FIELD, Seen},
        problem::Problem,
    },
    ui::{self, forms, texts::t},
};

/// What a form is for: a server function, named by its type, so that no other can be meant and none that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint(&'static str);

impl Endpoint {
    /// Of a server function.
    #[must_use]
    pub const fn of<F: ServerFn>() -> Self {
        Self(F::PATH)
    }
}

/// The hidden field of a form that names its server function.
pub const FUNCTION_FIELD: &str = "call";

/// A form for a server function.
///
/// It is posted to the address at which it stands, so that a refused form stands there too, and that address is a page's
/// whatever the browser does with it later.
#[component]
pub fn Form(
    /// The server function that it is for.
    action: Endpoint,
    /// Further classes.
    #[prop(optional, into)]
    class: Option<String>,
    /// Whether it sends a file.
    #[prop(optional)]
    upload: bool,
    /// Of a form of what is kept: what it shows, so that nobody else's change is written over unknowingly.
    #[prop(optional)]
    seen: Option<Seen>,
    children: Children,
) -> impl IntoView {
    let class = class.map_or_else(|| "form".to_owned(), |class| format!("form {class}"));
    view! {
        // Messages of the browser would speak the browser's language and vanish: the server's stand beside the fields.
        <form
            method="post"
            // Said, as without it a fragment of the address would stay on the page to which it leads.
            action=ui::path_and_query()
            class=class
            enctype=upload.then_some("multipart/form-data")
            novalidate
        >
            <Hidden name=FUNCTION_FIELD value=action.0/>
            {seen.map(|seen| view! { <Hidden name=SEEN_FIELD value=seen_first(action, seen).to_string()/> })}
            {children()}
        </form>
    }
}

/// What the sender of a form has seen: what it showed when it was opened, through every refusal, until somebody is told that it has
/// changed since and sees it as it is now.
fn seen_first(action: Endpoint, now: Seen) -> Seen {
    let is_told = |problem: &Problem| matches!(problem, Problem::ChangedMeanwhile(_));
    let returned = forms::returned().filter(|form| !is_told(&form.problem));
    let first = returned.and_then(|mut form| form.values.remove(SEEN_FIELD)).map(Seen::from);
    first.filter(|first| first.is_by(action.0)).unwrap_or_else(|| now.by(action.0))
}

/// A field that nobody sees: an identity, an idempotency key.
#[component]
pub fn Hidden(
    /// Its name.
    #[prop(into)]
    name: String,
    /// Its value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}

/// What was typed into a form that its page has no more, as somebody else was faster: it can still be read and copied.
#[component]
pub fn TypedInVain(
    /// The fields of the form.
    fields: &'static [&'static str],
) -> impl IntoView {
    let typed = fields.iter().map(|field| forms::field_value(field, "")).filter(|typed| !typed.trim().is_empty());
    let typed = typed.map(|typed| view! { <p class="report">{typed}</p> }).collect::<Vec<_>>();
    (!typed.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="typed-in-vain">
                <h2 id="typed-in-vain">{t!("typed-in-vain")}</h2>
                {typed}
            </section>
        }
    })
}
