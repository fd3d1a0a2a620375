//! The ways between the pages of the catalogue.

use leptos::prelude::*;

use crate::{
    model::paths,
    ui::{self, components::TextField, texts::t},
};

/// What managers keep of the catalogue and of the line.
#[component]
pub(in crate::ui::pages) fn CatalogueNav() -> impl IntoView {
    let path = ui::path();
    let links = [
        (paths::SETTINGS, t!("nav-settings")),
        (paths::PROGRAMS, t!("catalogue-nav-programs")),
        (paths::WORK_TYPES, t!("catalogue-nav-work-types")),
        (paths::TIERS, t!("catalogue-nav-tiers")),
        (paths::BUNDLE_SETTINGS, t!("catalogue-nav-bundles")),
        (paths::REGIONS, t!("catalogue-nav-regions")),
        (paths::LINE_SETTINGS, t!("catalogue-nav-line")),
        (paths::PRICE_SETTINGS, t!("catalogue-nav-prices")),
    ];
    let links = links
        .into_iter()
        .map(|(href, word)| {
            // Skills stand beside the kinds of work that take them.
            let is_skill = href == paths::WORK_TYPES && paths::values(paths::SKILL, &path).is_some();
            let here = is_skill || (href != paths::SETTINGS && path.starts_with(href));
            view! {
                <li>
                    <a href=href aria-current=here.then_some("page")>
                        {word}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <nav class="tabs" aria-label=t!("catalogue-nav-label")>
            <ul>{links}</ul>
        </nav>
    }
}

/// A number of minutes.
#[component]
pub(super) fn MinutesField(
    /// Its name in the form.
    name: &'static str,
    /// What is asked.
    label: String,
    /// How to answer.
    hint: String,
    /// What it is now.
    value: String,
) -> impl IntoView {
    view! {
        <TextField name label hint value inputmode="numeric" suffix=t!("catalogue-minutes") short=true/>
    }
}

/// The name of something in both languages.
#[component]
pub(super) fn NameFields(
    /// What it is called now.
    #[prop(optional, into)]
    name: crate::model::base::bilingual::Bilingual,
) -> impl IntoView {
    view! {
        <TextField name="name" label=t!("catalogue-name") value=name.cs autocomplete="off"/>
        <TextField
            name="name_en"
            label=t!("catalogue-name-en")
            hint=t!("catalogue-en-hint")
            value=name.en
            autocomplete="off"
            optional=true
        />
    }
}
