//! `/gallery`: every component in every state, in the demo only, so that looks can be judged in one place.

/// Declares the pages of a group with sample data, each once under the name that stands in its link: `page_of` shows one,
/// `PAGES` names all. What stands in `before` is there for each of them.
macro_rules! sample_pages {
    (before { $($before:tt)* } $($name:literal => $page:expr,)*) => {
        /// The page of a name.
        pub fn page_of(name: &str) -> Option<AnyView> {
            $($before)*
            Some(match name {
                $($name => $page,)*
                _ => return None,
            })
        }

        /// The names of the pages.
        pub const PAGES: &[&str] = &[$($name),*];
    };
}

mod booking;
mod bundles;
mod documents;
mod forms;
mod home;
mod problems;
mod samples;
mod staff;
mod states;
mod usage;
mod work;

use leptos::prelude::*;

use self::{
    booking::{Estimates, Slots},
    forms::{Buttons, Choices, Errors, TextFields},
    problems::{ProblemLinks, problem_of},
    states::{Badges, Heads, Notices, Statuses, Summaries},
    usage::Charts,
};
use crate::{
    model::paths,
    ui::{
        self, DemoMode,
        components::{Page, ProblemPage},
        pages::problem::NotFoundPage,
        texts::t,
    },
};

/// Every component in every state; with `?problem=…` the page of one problem, with `?page=…` or `?staff=…` a page with sample
/// data.
#[component]
pub fn GalleryPage() -> impl IntoView {
    if !DemoMode::is_on() {
        return view! { <NotFoundPage/> }.into_any();
    }
    if let Some(problem) = ui::query_value("problem").and_then(|code| problem_of(&code)) {
        return view! { <ProblemPage problem/> }.into_any();
    }
    if let Some(page) = GROUPS.iter().find_map(|group| (group.page_of)(&ui::query_value(group.parameter)?)) {
        return page;
    }
    view! {
        <Page title=t!("gallery-title") lead=t!("gallery-lead")>
            <div class="gallery">
                <Buttons/>
                <TextFields/>
                <Choices/>
                <Errors/>
                <Notices/>
                <Badges/>
                <Slots/>
                <Estimates/>
                <Summaries/>
                <Statuses/>
                <Heads/>
                <Charts/>
                <SampleLinks/>
                <ProblemLinks/>
            </div>
        </Page>
    }
    .into_any()
}

/// Pages with sample data.
struct SampleGroup {
    /// Of what they are the pages.
    title: &'static str,
    /// The parameter of the address that names one.
    parameter: &'static str,
    /// Their names.
    pages: &'static [&'static str],
    /// Shows the page of a name.
    page_of: fn(&str) -> Option<AnyView>,
}

const GROUPS: &[SampleGroup] = &[
    SampleGroup { title: "Home", parameter: "page", pages: home::PAGES, page_of: home::page_of },
    SampleGroup { title: "Usage", parameter: "page", pages: usage::PAGES, page_of: usage::page_of },
    SampleGroup { title: "Documents", parameter: "page", pages: documents::PAGES, page_of: documents::page_of },
    SampleGroup { title: "Work", parameter: "page", pages: work::PAGES, page_of: work::page_of },
    SampleGroup { title: "Bundles", parameter: "page", pages: bundles::PAGES, page_of: bundles::page_of },
    SampleGroup { title: "Staff", parameter: "staff", pages: staff::PAGES, page_of: staff::page_of },
];

/// Links to pages with sample data.
#[component]
fn SampleLinks() -> impl IntoView {
    GROUPS
        .iter()
        .map(|group| {
            let links = group
                .pages
                .iter()
                .map(|name| {
                    view! {
                        <li>
                            <a href=format!("{}?{}={name}", paths::GALLERY, group.parameter)>
                                <code>{*name}</code>
                            </a>
                        </li>
                    }
                })
                .collect::<Vec<_>>();
            view! {
                <Group title=group.title>
                    <ul>{links}</ul>
                </Group>
            }
        })
        .collect::<Vec<_>>()
}

/// A component and its states.
#[component]
fn Group(
    /// The component's name.
    title: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="gallery-group" aria-label=title>
            <h2>
                <code>{title}</code>
            </h2>
            {children()}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;
    use leptos_meta::provide_meta_context;

    use super::GROUPS;
    use crate::ui::texts::Locale;

    /// The HTML of a page with sample data; a text that is missing fails the test.
    pub fn html(page_of: fn(&str) -> Option<AnyView>, name: &str, locale: Locale) -> String {
        Owner::new().with(|| {
            provide_meta_context();
            provide_context(locale);
            page_of(name).expect(name).to_html()
        })
    }

    #[test]
    fn every_page_has_its_texts_and_one_headline() {
        for (group, name) in GROUPS.iter().flat_map(|group| group.pages.iter().map(move |name| (group, name))) {
            for locale in Locale::ALL {
                let html = html(group.page_of, name, locale);
                assert_eq!(html.matches("<h1").count(), 1, "{name} ({})", locale.code());
            }
        }
    }
}
