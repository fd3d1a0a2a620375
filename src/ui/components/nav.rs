//! The head of every page: where one is, where one can go.

use leptos::{nonce::use_nonce, prelude::*};

use super::{ButtonLink, Icon, Symbol};
use crate::{
    api,
    model::{
        paths,
        people::{
            accounts::Viewer,
            members::{Capability, StaffRole, StaffRoles},
        },
        work::lanes::DeskCounts,
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
            let is_desk = matches!(&viewer, Viewer::Staff { roles, .. } if roles.is_desk());
            // A page is shown whether or not anybody can say how much waits.
            let counts = if is_desk { api::work::lanes::desk_counts().await.unwrap_or_default() } else { DeskCounts::default() };
            view! { <NavFor viewer counts/> }
        })}
    }
}

/// The navigation of one viewer.
#[component]
pub fn NavFor(
    /// Who is looking.
    viewer: Viewer,
    /// How much waits at the desk.
    #[prop(optional)]
    counts: DeskCounts,
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
    let orders = viewer.may(Capability::Order) && !is_ordering && ui::blocked().is_none();
    let links = links(words(&viewer, counts), PLACES - usize::from(orders));
    let order = orders.then(|| {
        view! { <li class="nav-order"><ButtonLink href=paths::ORDER label=t!("nav-order")/></li> }
    });
    view! {
        <header class=class>
            <a class="brand" href=paths::HOME>
                <Mark/>
                <span class="brand-name">{t!("brand")}</span>
            </a>
            {organisation.map(|name| view! { <p class="head-who">{name}</p> })}
            {search}
            <nav aria-label=label.unwrap_or_else(|| t!("nav-label"))>
                <ul>{links} {order}</ul>
            </nav>
        </header>
    }
}

/// Takes whoever presses `/` to the search. The one script on pages without islands, and only for the desk.
const SEARCH_KEY: &str = "/desk-search.js";

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
                placeholder=t!("nav-search-hint")
                accesskey="/"
            />
        </form>
        // The key by itself, on every page of the desk: a few lines that need no island.
        <script src=SEARCH_KEY nonce=use_nonce() defer></script>
    }
}

/// How many places there are where the navigation is narrow, the button and what leads to more included.
const PLACES: usize = 5;

/// A word of the navigation: where it leads, what it shows, and how soon it makes way where there is little room.
#[derive(Debug, Clone)]
struct Word {
    href: &'static str,
    symbol: Symbol,
    word: String,
    /// The lowest stay.
    rank: u8,
    /// How much waits there.
    count: u32,
}

fn word(rank: u8, href: &'static str, symbol: Symbol, word: String) -> Word {
    Word { href, symbol, word, rank, count: 0 }
}

/// The words of a viewer, in their order.
fn words(viewer: &Viewer, counts: DeskCounts) -> Vec<Word> {
    match viewer {
        Viewer::Visitor => vec![
            word(0, paths::BUNDLES, Symbol::Clock, t!("nav-bundles")),
            word(1, paths::SIGN_IN, Symbol::Person, t!("nav-sign-in")),
        ],
        Viewer::Member { capabilities, .. } => {
            let sees_account = capabilities.may(Capability::SeeBilling) || capabilities.may(Capability::Buy);
            let account = [
                word(2, paths::USAGE, Symbol::Clock, t!("nav-usage")),
                word(3, paths::DOCUMENTS, Symbol::Paper, t!("nav-documents")),
            ];
            let requests = [
                word(0, paths::HOME, Symbol::Home, t!("nav-home")),
                word(1, paths::REQUESTS, Symbol::List, t!("nav-requests")),
            ];
            requests
                .into_iter()
                .chain(account.into_iter().filter(|_| sees_account))
                .chain([word(4, paths::ACCOUNT, Symbol::Person, t!("nav-account"))])
                .collect()
        }
        Viewer::Staff { roles, .. } => staff_words(*roles, counts),
    }
}

fn staff_words(roles: StaffRoles, counts: DeskCounts) -> Vec<Word> {
    let mut words = Vec::new();
    if roles.contains(StaffRole::Technician) {
        words.push(word(0, paths::WORK, Symbol::Calendar, t!("nav-my-day")));
        words.push(word(5, paths::OWN_CONTESTS, Symbol::Speech, t!("nav-own-contests")));
    }
    if roles.is_desk() {
        words.push(Word { count: counts.waiting, ..word(1, paths::QUEUE, Symbol::List, t!("nav-queue")) });
        words.push(word(2, paths::BOARD, Symbol::Calendar, t!("nav-board")));
        words.push(Word { count: counts.objections, ..word(4, paths::CONTESTS, Symbol::Speech, t!("nav-contests")) });
        words.push(word(7, paths::PLANS, Symbol::Clock, t!("nav-plans")));
        words.push(word(3, paths::CUSTOMERS, Symbol::People, t!("nav-customers")));
        words.push(word(11, paths::FIGURES, Symbol::Bars, t!("nav-figures")));
        words.push(word(8, paths::DESK_MAILS, Symbol::Envelope, t!("nav-mails")));
    }
    if roles.contains(StaffRole::Manager) {
        words.push(word(6, paths::SALES, Symbol::Coins, t!("nav-sales")));
        words.push(word(9, paths::SETTINGS, Symbol::Sliders, t!("nav-settings")));
    }
    words.push(word(10, paths::ACCOUNT, Symbol::Person, t!("nav-account")));
    words
}

/// Which words stay where there is room for so many: all if they fit, else those of the lowest ranks, with the way to the others.
fn stay(words: &[Word], room: usize) -> Vec<bool> {
    let places = if words.len() <= room { room } else { room - 1 };
    let is_before = |word: &Word| words.iter().filter(|other| other.rank < word.rank).count();
    words.iter().map(|word| is_before(word) < places).collect()
}

/// The words as links. Where there is little room, those that make way stand behind one more word, which opens without script.
fn links(words: Vec<Word>, room: usize) -> impl IntoView {
    let stay = stay(&words, room);
    let rest: Vec<Word> = words.iter().zip(&stay).filter(|(_, stays)| !**stays).map(|(word, _)| word.clone()).collect();
    let all = words.into_iter().zip(stay).map(|(word, stays)| link(word, stays)).collect::<Vec<_>>();
    let more = (!rest.is_empty()).then(|| {
        let here = rest.iter().any(|word| is_within(&ui::path(), word.href));
        let rest = rest.into_iter().map(|word| link(word, true)).collect::<Vec<_>>();
        view! {
            <li class="nav-more">
                <details>
                    <summary class="nav-link" aria-current=here.then_some("true")>
                        <Icon symbol=Symbol::More/>
                        <span>{t!("nav-more")}</span>
                    </summary>
                    <ul>{rest}</ul>
                </details>
            </li>
        }
    });
    view! { {all} {more} }
}

fn link(word: Word, stays: bool) -> impl IntoView {
    let Word { href, symbol, word, count, .. } = word;
    let count = (count > 0).then(|| view! { " " <span class="nav-count">{count}</span> });
    let here = is_within(&ui::path(), href);
    view! {
        <li class:nav-rest=!stays>
            <a class="nav-link" href=href aria-current=here.then_some("page")>
                <Icon symbol/>
                <span>{word} {count}</span>
            </a>
        </li>
    }
}

/// Whether the page at `path` belongs to the word of the navigation that leads to `href`. Requests and whoever calls belong
/// to the queue, everybody's appointments to the board. Below the technician's day stand the objections, below the settings
/// the plans, which have words of their own.
fn is_within(path: &str, href: &str) -> bool {
    let is_at = |href: &str| path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let is_request = || paths::DESK_REQUEST.split_once('{').is_some_and(|(before, _)| path.starts_with(before));
    match href {
        paths::QUEUE => {
            is_at(href) || is_at(paths::OUTAGES) || [paths::INTAKE, paths::MISSED].contains(&path) || is_request()
        }
        paths::BOARD => path == href || [paths::APPOINTMENTS, paths::ABSENT, paths::DISPLACED].into_iter().any(is_at),
        paths::WORK => is_at(href) && path != paths::OWN_CONTESTS,
        paths::SETTINGS => is_at(href) && !is_at(paths::PLANS),
        paths::HOME => path == href,
        _ => is_at(href),
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
    use leptos::prelude::Owner;

    use super::*;
    use crate::model::people::members::Capabilities;

    fn staff(roles: StaffRoles) -> Viewer {
        Viewer::Staff { name: "Zora".into(), roles }
    }

    #[test]
    fn whatever_somebody_does_five_places_are_enough() {
        Owner::new().with(|| {
            let of_all: StaffRoles = StaffRole::ALL.iter().copied().collect();
            for roles in [StaffRole::Technician.into(), StaffRole::Dispatcher.into(), StaffRole::Manager.into(), of_all]
            {
                let words = words(&staff(roles), DeskCounts::default());
                let kept: Vec<_> = words.iter().zip(stay(&words, PLACES)).filter(|(_, stays)| *stays).collect();
                let places = kept.len() + usize::from(kept.len() < words.len());
                assert!(places <= PLACES, "{places} for {words:?}");
                assert_eq!(kept.len(), words.len().min(if words.len() > PLACES { PLACES - 1 } else { PLACES }));
            }
            let words = words(&staff(of_all), DeskCounts::default());
            let stay = stay(&words, PLACES);
            let first: Vec<_> = words.iter().zip(stay).filter(|(_, stays)| *stays).map(|(word, _)| word.href).collect();
            assert_eq!(first, [paths::WORK, paths::QUEUE, paths::BOARD, paths::CUSTOMERS]);
        });
    }

    #[test]
    fn a_customers_bar_has_two_to_five_things_with_the_button() {
        Owner::new().with(|| {
            let of = |capabilities| {
                let member = Viewer::Member { name: "Jana".into(), customer: "Škola".into(), capabilities };
                words(&member, DeskCounts::default())
            };
            let all = of(Capabilities::all());
            assert_eq!(
                all.iter().map(|word| word.href).collect::<Vec<_>>(),
                [paths::HOME, paths::REQUESTS, paths::USAGE, paths::DOCUMENTS, paths::ACCOUNT]
            );
            assert!(stay(&all, PLACES).iter().all(|stays| *stays), "without the button all have their place");
            // Beside the button two make way, behind what leads to more.
            let beside = stay(&all, PLACES - 1);
            assert_eq!(beside, [true, true, true, false, false]);
            let few = of(Capabilities::NONE);
            assert!(few.len() >= 2 && stay(&few, PLACES - 1).iter().all(|stays| *stays));
        });
    }

    #[test]
    fn one_word_of_the_navigation_says_where_one_is() {
        assert!(is_within("/work/2026-000123", "/work"));
        assert!(is_within("/desk/customers/1", "/desk/customers"));
        for path in ["/desk/queue", "/desk/new", "/desk/outages/new", "/desk/requests/2026-000123/time"] {
            assert!(is_within(path, "/desk/queue") && !is_within(path, "/desk"), "{path}");
        }
        for path in ["/desk", "/desk/appointments", "/desk/absent", "/desk/displaced"] {
            assert!(is_within(path, "/desk") && !is_within(path, "/desk/queue"), "{path}");
        }
        assert!(!is_within("/desk/customers", "/desk"), "another word stands for it");
        assert!(is_within("/settings/line", "/settings") && !is_within(paths::PLANS, "/settings"));
        assert!(!is_within("/workshop", "/work"));
        assert!(is_within("/work/contests", "/work/contests") && !is_within("/work/contests", "/work"));
    }
}
