//! `/gallery`: every component in every state, in the demo only.

use leptos::prelude::*;

use crate::ui::{DemoMode, components::Page, pages::problem::NotFoundPage, texts::t};

/// Every component in every state.
#[component]
pub fn GalleryPage() -> impl IntoView {
    if !DemoMode::is_on() {
        return view! { <NotFoundPage/> }.into_any();
    }
    view! { <Page title=t!("gallery-title")><p></p></Page> }.into_any()
}
