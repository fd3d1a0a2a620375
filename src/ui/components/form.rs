//! Forms: plain ones, that work without script.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::ui;

/// Where a form posts to: a server function, named by its type, so that no other can be meant and none that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint(&'static str);

impl Endpoint {
    /// Of a server function.
    #[must_use]
    pub const fn of<F: ServerFn>() -> Self {
        Self(F::PATH)
    }
}

/// A form that posts to a server function.
///
/// Its hidden field `page` says on which page it stands, so that the server can render that page again when it refuses.
#[component]
pub fn Form(
    /// The server function to which it posts.
    action: Endpoint,
    /// Further classes.
    #[prop(optional, into)]
    class: Option<String>,
    /// Whether it sends a file.
    #[prop(optional)]
    upload: bool,
    children: Children,
) -> impl IntoView {
    let class = class.map_or_else(|| "form".to_owned(), |class| format!("form {class}"));
    view! {
        // Messages of the browser would speak the browser's language and vanish: the server's stand beside the fields.
        <form
            method="post"
            action=action.0
            class=class
            enctype=upload.then_some("multipart/form-data")
            novalidate
        >
            <Hidden name="page" value=ui::path_and_query()/>
            {children()}
        </form>
    }
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
