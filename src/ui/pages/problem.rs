//! Where no page is.

use leptos::prelude::*;

use crate::{model::problem::Problem, ui::components::ProblemPage};

/// The page of an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <ProblemPage problem=Problem::NotFound/> }
}
