//! `/gallery`: every component in every state, in the demo only, so that looks can be judged in one place.

mod booking;
mod bundles;
mod documents;
mod forms;
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
    staff::{StaffLinks, staff_page},
    states::{Badges, Heads, Notices, Statuses, Summaries},
    usage::Charts,
};
use crate::model::paths;
use crate::ui::{
    self, DemoMode,
    components::{Page, ProblemPage},
    pages::problem::NotFoundPage,
    texts::t,
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
    let sample = ui::query_value("page")
        .and_then(|name| {
            let pages = [usage::page_of, work::page_of, bundles::page_of, documents::page_of];
            pages.into_iter().find_map(|page_of| page_of(&name))
        })
        .or_else(|| ui::query_value("staff").and_then(|name| staff_page(&name)));
    if let Some(page) = sample {
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
                <SamplePages/>
                <ProblemLinks/>
                <StaffLinks/>
            </div>
        </Page>
    }
    .into_any()
}

/// Links to pages with sample data.
#[component]
fn SamplePages() -> impl IntoView {
    let links = usage::PAGES
        .iter()
        .chain(documents::PAGES)
        .chain(work::PAGES)
        .chain(bundles::PAGES)
        .map(|name| {
            view! {
                <li>
                    <a href=format!("{}?page={name}", paths::GALLERY)>
                        <code>{*name}</code>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Group title="Page">
            <ul>{links}</ul>
        </Group>
    }
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
