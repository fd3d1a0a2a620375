//! Offered times that stay true while somebody is choosing.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(any(feature = "hydrate", test))]
mod news;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
use leptos::prelude::RenderHtml as _;

#[cfg(feature = "ssr")]
pub use page::LiveSlots;

/// The element that carries what the browser needs.
const PANEL: &str = "live-slots";
/// Where the reason of a time is shown.
const REASON: &str = "live-slots-reason";
/// Where news are told.
const NEWS: &str = "live-slots-news";
/// The link that shows the new times.
const SHOW: &str = "live-slots-show";

island! {
    /// Asks for the offers again when the page is told of news, every half a minute, and whenever it comes into sight, marks times that are gone, and
    /// tells when better ones came. Shows why the urgent time under the pointer or the focus is offered.
    ///
    /// Nothing moves: a time that is gone keeps its place, and what is said lies over the page's edge.
    LiveSlotsIsland => {
        if let Some(panel) = super::browser::by_id(PANEL) {
            browser::show_reasons(&panel);
            browser::keep_true(panel);
        }
    }
}
