//! The foot of every page.

use leptos::prelude::*;

use super::{Endpoint, Form};
use crate::{
    api,
    model::paths,
    ui::texts::{Locale, t},
};

/// Where to call, and the other language.
#[component]
pub fn Footer() -> impl IntoView {
    let current = Locale::current();
    let languages = Locale::ALL
        .into_iter()
        .filter(|locale| *locale != current)
        .map(|locale| {
            view! {
                <button
                    type="submit"
                    class="button button-quiet"
                    name="language"
                    value=locale.code()
                    lang=locale.code()
                >
                    {t!(locale => "language-name")}
                </button>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <footer class="foot">
            <p>
                <a href=paths::LINE>{t!("footer-line")}</a>
            </p>
            <Form action={Endpoint::of::<api::people::accounts::ChooseLanguage>()} class="foot-language">
                {languages}
            </Form>
        </footer>
    }
}
