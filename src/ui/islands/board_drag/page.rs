//! What the server renders of it.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{BoardDragIsland, GHOST, HINT, SAID};
use crate::{
    model::{
        ordering::{offers::Slot, slot_offers::box_of},
        paths,
    },
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// The quarters of an hour of the hours that a board shows, each with its end, as the browser is handed them: how a form names
/// them, how people do, and how many of them come before the soonest that can still be agreed.
#[must_use]
pub fn quarters(shown: Slot, soonest: DateTime<Utc>) -> (String, String, String) {
    let quarter = TimeDelta::minutes(15);
    let starts = std::iter::successors(Some(shown.start), |start| Some(*start + quarter));
    let starts: Vec<_> = starts.take_while(|start| *start <= shown.end).collect();
    let over = starts.iter().filter(|start| **start < soonest).count();
    let joined =
        |word: fn(DateTime<Utc>) -> String| starts.iter().map(|start| word(*start)).collect::<Vec<_>>().join("|");
    (joined(box_of), joined(|start| format::time_of(Locale::current(), start)), over.to_string())
}

/// Lets the appointments of the board beside it be dragged. Without script it is nothing.
///
/// It stands outside of what [`Live`](crate::ui::islands::Live) keeps true: that is the board itself.
#[component]
pub fn BoardDrag() -> impl IntoView {
    view! {
        <div
            class="board-ghost"
            id=GHOST
            data-carried="true"
            hidden
            aria-hidden="true"
            data-act=paths::DESK_ACT
            data-free=t!("board-drag-free")
            data-past=t!("board-drag-past")
            data-taken=t!("board-drag-taken")
            data-absent=t!("board-absent")
            data-off=t!("board-not-planned")
            data-dropped=t!("board-drag-dropped")
        >
            <span class="board-ghost-words"></span>
        </div>
        <p class="visually-hidden" role="status" id=SAID></p>
        <p class="board-hint" id=HINT hidden>{t!("board-drag-hint")}</p>
        <BoardDragIsland/>
    }
}
