//! The files that are kept for an order that is being written.

use leptos::prelude::*;

use crate::{
    api,
    model::{base::ids::RequestId, ordering::attachments::Attachment},
    ui::{
        components::{ButtonKind, Endpoint, Form, Hidden, Submit},
        texts::t,
    },
};

/// What is kept already, and the way to take it back.
#[component]
pub(super) fn KeptFiles(
    /// The draft.
    id: RequestId,
    /// What is kept for it.
    files: Vec<Attachment>,
    /// Whether it is shown on the first screen, where whoever takes them back stays.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    (!files.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="kept-files">
                <h2 id="kept-files">{t!("attachments-title")}</h2>
                <ul>{files.into_iter().map(|file| view! { <li>{file.name}</li> }).collect::<Vec<_>>()}</ul>
                <Form action={Endpoint::of::<api::ordering::attachments::DropFiles>()}>
                    <Hidden name="id" value=id.to_string()/>
                    <Hidden name="first" value=first.to_string()/>
                    <Submit label=t!("attachments-drop") kind=ButtonKind::Secondary/>
                </Form>
            </section>
        }
    })
}
