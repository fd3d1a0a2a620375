//! A page that stays true while it is open.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::model::ordering::live::LiveView;

#[cfg(feature = "hydrate")]
mod browser;

/// The header with which a page asks for itself by itself, with nobody behind it.
pub const BY_ITSELF: &str = "x-linka-by-itself";

/// The element that carries what the browser needs.
const PLACE: &str = "live";
/// What screen readers hear of a page that has changed.
const SAID: &str = "live-said";
/// What is shown of a change that cannot be shown without taking something away.
const WAITS: &str = "live-waits";

/// Keeps the parts of the page true that are marked by `data-live="<name>"`, each with a name of its own: when something of what
/// the page is about has changed, the page is asked for again, and the parts that differ take the place of what stands there. The
/// headline and the sentence under it go along.
///
/// A part in which somebody is typing, choosing, reading a fold or marking text is left alone, and so is one with an island in it:
/// then a line says that there is something new, with the way to it. Without script a reload shows the same.
#[cfg(feature = "ssr")]
#[component]
pub fn Live(
    /// What the page shows.
    on: LiveView,
) -> impl IntoView {
    use crate::{
        model::paths,
        ui::{self, texts::t},
    };

    view! {
        <div
            class="live"
            id=PLACE
            data-source=paths::live(on)
            data-since=ui::live_position().map(|position| position.to_string())
            data-changed=t!("live-changed")
        >
            <p role="status">
                <span class="visually-hidden" id=SAID></span>
                <span class="live-waits" id=WAITS hidden>
                    {t!("live-waits")} " "
                    <a href=ui::path_and_query()>{t!("live-show")}</a>
                </span>
            </p>
            <LiveIsland/>
        </div>
    }
}

island! {
    /// Listens for [`Live`], as long as somebody looks at the page.
    LiveIsland => {
        if let Some(place) = super::browser::by_id(PLACE) {
            browser::keep_true(&place);
        }
    }
}
