//! Appointments on the desk's board that are taken up and put elsewhere, and what waits in the queue beside it that is put onto it; with the
//! pointer or with the arrows of the keyboard.
//!
//! Putting one down writes nothing: it leads to the page that says what it would mean, the same to which the forms lead.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
use leptos::prelude::RenderHtml as _;

#[cfg(feature = "ssr")]
pub use page::{BoardDrag, quarters};

/// The board's table, which carries its quarters of an hour.
pub const TABLE: &str = "board-table";
/// Where the appointment would be, with the words for it.
const GHOST: &str = "board-ghost";
/// What screen readers hear of it.
const SAID: &str = "board-said";
/// That it can be done at all.
const HINT: &str = "board-hint";

island! {
    /// Lets appointments be dragged. Touch is left to the forms, as it scrolls the page.
    BoardDragIsland => {
        browser::wake();
    }
}
