//! The application: the frame of every page.

use leptos::prelude::*;

use super::{
    components::{Footer, Nav, SiteNotice},
    routes::Pages,
    texts::t,
};

/// The frame of every page, and the page.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <a class="skip" href="#main">
            {t!("skip-to-content")}
        </a>
        <Nav/>
        <SiteNotice/>
        <Pages/>
        <Footer/>
    }
}
