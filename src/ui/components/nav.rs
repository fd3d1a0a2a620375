//! The head of every page: where one is, where one can go.

use leptos::prelude::*;

use super::{ButtonLink, Icon, Symbol};
use crate::{
    api,
    model::{
        paths,
        people::{
            accounts::Viewer,
            members::{Capability, StaffRole},
        },
    },
    ui::{self, texts::t},
};

/// Name and navigation, by who is looking.
#[component]
pub fn Nav() -> impl IntoView {
    view! {
        {Suspend::new(async move {
            // A page can be read although nobody can say who reads it.
            let viewer = api::people::accounts::viewer().await.unwrap_or(Viewer::Visitor);
            view! { <NavFor viewer/> }
        })}
    }
}

/// The navigation of one viewer.
#[component]
pub fn NavFor(
    /// Who is looking.
    viewer: Viewer,
    /// What screen readers call the navigation; the gallery shows several.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let (class, organisation) = match &viewer {
        Viewer::Visitor => ("head head-visitor", None),
        Viewer::Member { customer, .. } => ("head head-member", Some(customer.clone())),
        Viewer::Staff { name, .. } => ("head head-staff", Some(name.clone())),
    };
    let search = matches!(&viewer, Viewer::Staff { roles, .. } if roles.is_desk()).then(|| view! { <DeskSearch/> });
    // Within an order it would only lead away from it.
    let is_ordering = ui::path().starts_with(paths::ORDER);
    let order = (viewer.may(Capability::Order) && !is_ordering && ui::blocked().is_none()).then(|| {
        view! { <li class="nav-order"><ButtonLink href=paths::ORDER label=t!("nav-order")/></li> }
    });
    let links = match viewer {
        Viewer::Visitor => view! {
            <NavLink href=paths::BUNDLES symbol=Symbol::Clock word=t!("nav-bundles")/>
            <NavLink href=paths::SIGN_IN symbol=Symbol::Person word=t!("nav-sign-in")/>
        }
        .into_any(),
        Viewer::Member { capabilities, .. } => view! {
            <NavLink href=paths::REQUESTS symbol=Symbol::List word=t!("nav-requests")/>
            {(capabilities.may(Capability::SeeBilling) || capabilities.may(Capability::Buy))
                .then(|| {
                    view! {
                        <NavLink href=paths::USAGE symbol=Symbol::Clock word=t!("nav-usage")/>
                        <NavLink href=paths::DOCUMENTS symbol=Symbol::Paper word=t!("nav-documents")/>
                    }
                })}
            <NavLink href=paths::ACCOUNT symbol=Symbol::Person word=t!("nav-account")/>
            {order}
        }
        .into_any(),
        Viewer::Staff { roles, .. } => view! {
            {roles
                .contains(StaffRole::Technician)
                .then(|| {
                    view! {
                        <NavLink href=paths::WORK symbol=Symbol::Calendar word=t!("nav-my-day")/>
                        <NavLink href=paths::OWN_CONTESTS symbol=Symbol::Speech word=t!("nav-own-contests")/>
                    }
                })}
            {roles
                .is_desk()
                .then(|| {
                    view! {
                        <NavLink href=paths::QUEUE symbol=Symbol::List word=t!("nav-queue")/>
                        <NavLink href=paths::DESK symbol=Symbol::Calendar word=t!("nav-appointments")/>
                        <NavLink href=paths::CONTESTS symbol=Symbol::Speech word=t!("nav-contests")/>
                        <NavLink href=paths::PLANS symbol=Symbol::Clock word=t!("nav-plans")/>
                        <NavLink href=paths::CUSTOMERS symbol=Symbol::People word=t!("nav-customers")/>
                        <NavLink href=paths::DESK_MAILS symbol=Symbol::Envelope word=t!("nav-mails")/>
                    }
                })}
            {roles
                .contains(StaffRole::Manager)
                .then(|| {
                    view! {
                        <NavLink href=paths::SALES symbol=Symbol::Coins word=t!("nav-sales")/>
                        <NavLink href=paths::SETTINGS symbol=Symbol::Sliders word=t!("nav-settings")/>
                    }
                })}
            <NavLink href=paths::ACCOUNT symbol=Symbol::Person word=t!("nav-account")/>
        }
        .into_any(),
    };
    view! {
        <header class=class>
            <a class="brand" href=paths::HOME>
                <Mark/>
                <span class="brand-name">{t!("brand")}</span>
            </a>
            {organisation.map(|name| view! { <p class="head-who">{name}</p> })}
            {search}
            <nav aria-label=label.unwrap_or_else(|| t!("nav-label"))>
                <ul>{links}</ul>
            </nav>
        </header>
    }
}

/// Finds customers, people and whatever has a number, from every page of the desk.
#[component]
fn DeskSearch() -> impl IntoView {
    view! {
        <form method="get" action=paths::INTAKE role="search" class="head-search" aria-label=t!("nav-search-all")>
            <label class="visually-hidden" for="head-search">{t!("nav-search")}</label>
            <input
                class="input"
                type="search"
                id="head-search"
                name="search"
                placeholder=t!("nav-search")
                accesskey="/"
            />
        </form>
    }
}

/// A word of the navigation.
#[component]
fn NavLink(href: &'static str, symbol: Symbol, word: String) -> impl IntoView {
    let here = is_within(&ui::path(), href);
    view! {
        <li>
            <a class="nav-link" href=href aria-current=here.then_some("page")>
                <Icon symbol/>
                <span>{word}</span>
            </a>
        </li>
    }
}

/// Whether the page at `path` belongs to the word of the navigation that leads to `href`. The desk's list of appointments
/// has its siblings, not its details, below it; so has the technician's day the objections, and the settings have the plans.
fn is_within(path: &str, href: &str) -> bool {
    let is_below = |href: &str| path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
    let is_in_plans = path == paths::PLANS || is_below(paths::PLANS);
    match href {
        _ if path == href => true,
        paths::DESK => false,
        paths::WORK => is_below(href) && path != paths::OWN_CONTESTS,
        paths::SETTINGS => is_below(href) && !is_in_plans,
        _ => is_below(href),
    }
}

/// The mark: an L that is also a line between two ends.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
            <rect class="mark-ground" width="32" height="32" rx="8"/>
            <path class="mark-line" d="M11 9v10a3 3 0 0 0 3 3h8"/>
            <circle class="mark-end" cx="11" cy="9" r="3"/>
            <circle class="mark-end" cx="22" cy="22" r="3"/>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn one_word_of_the_navigation_says_where_one_is() {
        assert!(is_within("/work/2026-000123", "/work"));
        assert!(is_within("/desk/customers/1", "/desk/customers"));
        assert!(is_within("/desk", "/desk"));
        assert!(!is_within("/desk/customers", "/desk"), "another word stands for it");
        assert!(!is_within("/workshop", "/work"));
        assert!(is_within("/work/contests", "/work/contests") && !is_within("/work/contests", "/work"));
    }
}
