//! Islands: the only code of the interface that is sent to the browser.
//!
//! Each one adds comfort to a page that is complete without it. It has two halves: a component that the server renders,
//! texts and facts included, and an island without props and without a view that wakes up in the browser, finds
//! those elements by their ids, and answers with the very functions of [`crate::model`] that the server decides with.
//!
//! That is for weight (design, Islands; design, Budgets): Leptos, which renders the pages, is no part of what the browser gets. Without a
//! prop, a signal or a view of an island, what it would do there is to find the marks of the islands. Formatting dates, decimals and
//! routing stay out for the same reason.

/// Declares an island: the server renders what marks its place, the browser does what stands in the block.
macro_rules! island {
    ($(#[$doc:meta])* $name:ident => $wake:tt) => {
        $(#[$doc])*
        #[cfg(feature = "ssr")]
        #[leptos::prelude::component]
        fn $name() -> impl leptos::prelude::IntoView {
            crate::ui::islands::place_of(stringify!($name))
        }

        /// The name that marks its places, and what it does in the browser.
        #[cfg(feature = "hydrate")]
        pub(super) const ISLAND: (&str, fn()) = (stringify!($name), || $wake);
    };
}

mod board_drag;
#[cfg(feature = "hydrate")]
mod browser;
mod copying;
mod countdown;
mod details_check;
mod estimate;
#[cfg(feature = "hydrate")]
mod field;
mod insert_blocks;
mod keep_typed;
mod live;
mod live_slots;
mod messages;
mod pasting;
mod phone;
mod push;
mod stopwatch;
mod subject_filter;
mod template;
mod urgency_guard;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
mod work_bill;
mod work_clock;
mod work_type_estimate;

#[cfg(feature = "ssr")]
pub use self::live::BY_ITSELF;
#[cfg(feature = "hydrate")]
pub use self::push::start_worker;
#[cfg(feature = "ssr")]
pub use self::{
    board_drag::{BoardDrag, TABLE as BOARD_TABLE, quarters as board_quarters},
    copying::{CopyButton, Copying},
    countdown::Countdown,
    details_check::DetailsCheck,
    insert_blocks::InsertBlocks,
    keep_typed::KeepTyped,
    live::Live,
    live_slots::LiveSlots,
    pasting::Pasting,
    push::PushSubscribe,
    subject_filter::{SEARCHED, SubjectFilter},
    urgency_guard::UrgencyGuard,
    work_bill::{BillPayers, BillTexts, BilledMinutes, BilledSum, CeilingLeft, CeilingNear, PayerRow, PayerTexts},
    work_clock::{RunningStretch, WorkClock, WorkMeter},
    work_type_estimate::WorkTypeEstimate,
};
pub use self::{phone::phone_in_groups, stopwatch::reading};

/// What marks the place of an island.
#[cfg(feature = "ssr")]
fn place_of(name: &'static str) -> impl leptos::prelude::IntoView {
    use leptos::prelude::*;

    view! { <linka-island data-name=name></linka-island> }
}

/// Wakes the islands of the page.
#[cfg(feature = "hydrate")]
pub fn wake() {
    const ISLANDS: [(&str, fn()); 14] = [
        board_drag::ISLAND,
        copying::ISLAND,
        countdown::ISLAND,
        details_check::ISLAND,
        insert_blocks::ISLAND,
        keep_typed::ISLAND,
        live::ISLAND,
        live_slots::ISLAND,
        pasting::ISLAND,
        push::ISLAND,
        subject_filter::ISLAND,
        urgency_guard::ISLAND,
        work_clock::ISLAND,
        work_type_estimate::ISLAND,
    ];
    for place in browser::all(&browser::document(), "linka-island") {
        let name = browser::data(&place, "name");
        if let Some((_, wake)) = ISLANDS.iter().find(|(island, _)| name.as_deref() == Some(*island)) {
            wake();
        }
    }
}
