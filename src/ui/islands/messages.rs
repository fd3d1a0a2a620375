//! What the server would say about fields, handed to the browser with the page.

/// The class of a list: a page has one for each island that speaks.
const LIST: &str = "field-messages";

#[cfg(feature = "ssr")]
mod page {
    use leptos::prelude::*;

    use super::LIST;
    use crate::ui::texts::t;

    /// What to say about one problem of one field.
    pub struct Message {
        /// The name of the field, which is also its id.
        pub field: &'static str,
        /// The code of the problem.
        pub code: String,
        /// In words.
        pub text: String,
    }

    /// The messages of a page, out of sight.
    #[component]
    pub fn Messages(messages: Vec<Message>) -> impl IntoView {
        let messages = messages
            .into_iter()
            .map(|message| {
                view! {
                    <li data-field=message.field data-code=message.code>
                        {message.text}
                    </li>
                }
            })
            .collect::<Vec<_>>();
        view! {
            <ul hidden class=LIST data-prefix=t!("field-error-prefix")>
                {messages}
            </ul>
        }
    }
}

#[cfg(feature = "ssr")]
pub(super) use page::{Message, Messages};

/// The message for a problem of a field.
#[cfg(feature = "hydrate")]
pub(super) fn message(field: &str, code: &str) -> Option<String> {
    use super::browser::{children, data};

    lists()
        .flat_map(|list| children(&list).collect::<Vec<_>>())
        .find(|message| {
            data(message, "field").as_deref() == Some(field) && data(message, "code").as_deref() == Some(code)
        })?
        .text_content()
}

/// What stands before a message for those who cannot see its place: "Error:".
#[cfg(feature = "hydrate")]
pub(super) fn prefix() -> Option<String> {
    let list = lists().next()?;
    super::browser::data(&list, "prefix")
}

#[cfg(feature = "hydrate")]
fn lists() -> impl Iterator<Item = web_sys::HtmlElement> {
    super::browser::all(&super::browser::document(), &[".", LIST].concat())
}
