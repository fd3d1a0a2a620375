//! Where no page is.

use leptos::prelude::*;

use crate::{
    model::problem::Problem,
    ui::{self, components::ProblemPage},
};

/// The page of an address that leads nowhere, and of whatever was refused before it came to a page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <ProblemPage problem=ui::shown_problem().unwrap_or(Problem::NotFound)/> }
}
