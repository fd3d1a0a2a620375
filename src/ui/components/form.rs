//! Forms: plain ones, that work without script.

use leptos::prelude::*;

use crate::ui;

/// A form that posts to a server function.
///
/// Its hidden field `page` says on which page it stands, so that the server can render that page again when it refuses.
#[component]
pub fn Form(
    /// The server function's path, such as `/api/drafts/choose-program`.
    #[prop(into)]
    action: String,
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
            action=action
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
