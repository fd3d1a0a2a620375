//! A page that cannot be shown, and what to do instead.

use leptos::prelude::*;

use super::{ButtonKind, ButtonLink, CallButton, EmptyState, Page, SignInForm, WhomToOrder};
use crate::{
    api,
    model::{
        ordering::appointments::ChangeRefused,
        paths,
        people::members::Capability,
        problem::{MovedOn, Problem},
    },
    ui::{self, problem_text::words, texts::t},
};

/// Says what is wrong, what to do, and answers with the problem's status.
#[component]
pub fn ProblemPage(
    /// What is wrong.
    problem: Problem,
) -> impl IntoView {
    match problem {
        Problem::MovedOn(to) => ui::lead_on(&paths::moved_on(to)),
        _ => ui::set_status(problem.status()),
    }
    let words = words(&problem);
    let body = words.body.unwrap_or_default();
    let further = match problem {
        Problem::SignInRequired => view! {
            <div class="panel">
                <SignInForm next=ui::path_and_query()/>
            </div>
        }
        .into_any(),
        Problem::Forbidden { capability: Some(Capability::Order) } => view! { <WhomToOrder/> <HomeLink/> }.into_any(),
        Problem::Forbidden { capability: Some(capability) } => view! { <WhomToAsk capability/> <HomeLink/> }.into_any(),
        Problem::SupplierUnconfirmed => view! { <SettingsLink/> }.into_any(),
        Problem::Change(ChangeRefused::TooLate { .. }) => view! { <CallLink/> }.into_any(),
        // For browsers that do not let themselves be led.
        Problem::MovedOn(to) => view! { <OnLink to/> }.into_any(),
        // The line's page knows its numbers even then.
        Problem::Unavailable => view! { <AgainLink/> <CallLink/> }.into_any(),
        Problem::Internal { .. } | Problem::Conflict | Problem::TotalDiffers | Problem::EstimateDiffers => {
            view! { <AgainLink/> }.into_any()
        }
        _ => view! { <HomeLink/> }.into_any(),
    };
    view! { <Page title=words.title lead=body>{further}</Page> }
}

/// Who of the same customer may do what this member may not.
#[component]
fn WhomToAsk(capability: Capability) -> impl IntoView {
    view! {
        {Suspend::new(async move {
            let names = api::people::accounts::who_may(capability).await.unwrap_or_default();
            if names.is_empty() {
                view! { <EmptyState title=t!("problem-ask-us", phone = ui::line_phone())/> }.into_any()
            } else {
                view! {
                    <p>{t!("problem-ask-one")}</p>
                    <ul class="people">{names.into_iter().map(|name| view! { <li>{name}</li> }).collect::<Vec<_>>()}</ul>
                }
                .into_any()
            }
        })}
    }
}

/// Back to the start.
#[component]
fn HomeLink() -> impl IntoView {
    view! { <p class="actions"><ButtonLink href=paths::HOME label=t!("problem-home") kind=ButtonKind::Secondary/></p> }
}

/// On to where it goes on.
#[component]
fn OnLink(to: MovedOn) -> impl IntoView {
    view! { <p class="actions"><ButtonLink href=paths::moved_on(to) label=t!("problem-moved-on-link")/></p> }
}

/// To where it is confirmed who sells, for those who may.
#[component]
fn SettingsLink() -> impl IntoView {
    view! { <p class="actions"><ButtonLink href=paths::SETTINGS_COMPANY label=t!("company-open")/></p> }
}

/// Calls the line.
#[component]
fn CallLink() -> impl IntoView {
    view! { <p class="actions"><CallButton/></p> }
}

/// The same page once more.
#[component]
fn AgainLink() -> impl IntoView {
    view! { <p class="actions"><ButtonLink href=ui::path_and_query() label=t!("problem-again")/></p> }
}
