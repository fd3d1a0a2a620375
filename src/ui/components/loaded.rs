//! A page that shows what it asks for.

use leptos::prelude::*;

use super::ProblemPage;
use crate::model::problem::Problem;

/// Shows what was asked for as soon as it is there; the problem's page where it cannot be had.
pub fn loaded<T, V>(
    load: impl Future<Output = Result<T, Problem>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    V: IntoView + 'static,
{
    Suspend::new(async move {
        match load.await {
            Ok(loaded) => show(loaded).into_any(),
            Err(problem) => view! { <ProblemPage problem/> }.into_any(),
        }
    })
}
