//! Islands: the only code of the interface that is sent to the browser.
//!
//! Each one adds comfort to a page that is complete without it. It has two halves: a component that the server renders,
//! texts and facts included, and an island without props and without a view that wakes up in the browser, finds
//! those elements by their ids, and answers with the very functions of [`crate::model`] that the server decides with.
//!
//! That is for weight (design, Islands; design, Budgets): props and signals would more than double what all islands together weigh
//! (reading the first prop with serde_json costs 22 kB). Formatting dates, decimals and routing stay out for the same reason.

/// Declares an island: where the server renders what marks the place, the browser does what stands in the block.
macro_rules! island {
    ($(#[$doc:meta])* $name:ident => $wake:tt) => {
        // What the attribute writes for the browser asks for it.
        #[cfg(feature = "hydrate")]
        use leptos::prelude::RenderHtml as _;

        $(#[$doc])*
        #[leptos::prelude::island]
        fn $name() -> impl leptos::prelude::IntoView {
            #[cfg(feature = "hydrate")]
            $wake;
        }
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
pub use self::stopwatch::reading;
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
pub use crate::model::base::phones::phone_in_groups;
