//! The time that is left of a hold, ticking.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::template::around;

/// What the countdown says, ready made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountdownTexts {
    /// "We hold the time for you until 9:12": what stands there without script, always true.
    pub until: String,
    /// "We hold the time for you for another {left}."
    pub ticking: String,
    /// Said aloud when two minutes are left.
    pub two_minutes: String,
    /// Said aloud when one minute is left.
    pub one_minute: String,
    /// Said and shown when nothing is left.
    pub expired: String,
    /// The link back to the times, shown with it.
    pub back: String,
}

/// Counts a hold down. Screen readers hear it at two minutes, at one and at the end, not every second.
///
/// `seconds` is what was left when the page was made. Only the time since then is measured, by the browser's steady
/// clock, so that a PC whose clock is wrong counts right.
#[island]
pub fn Countdown(
    /// What was left when the page was made, in seconds.
    seconds: u32,
    /// What it says.
    texts: CountdownTexts,
    /// Where to pick another time.
    back_href: String,
) -> impl IntoView {
    // None until the browser has begun to count: the server renders the same.
    let left = RwSignal::new(None::<u32>);
    let announced = RwSignal::new(None::<Mark>);
    #[cfg(feature = "hydrate")]
    count(seconds, left, announced);
    #[cfg(not(feature = "hydrate"))]
    let _ = (seconds, announced);

    let CountdownTexts { until, ticking, two_minutes, one_minute, expired, back } = texts;
    let (before, after) = around(&ticking, "left").unwrap_or((&ticking, ""));
    let (before, after) = (before.to_owned(), after.to_owned());
    let has_expired = move || left.get() == Some(0);
    let said_at_the_end = expired.clone();
    view! {
        <div class="countdown" class:countdown-soon=move || left.get().is_some_and(|left| left <= Mark::TwoMinutes.at())>
            <p role="timer" hidden=has_expired>
                {move || if left.get().is_some() { before.clone() } else { until.clone() }}
                <strong class="countdown-left">{move || left.get().map(clock)}</strong>
                {move || left.get().is_some().then(|| after.clone())}
            </p>
            <p hidden=move || !has_expired()>
                {expired} " " <a href=back_href>{back}</a>
            </p>
            <p class="visually-hidden" role="status">
                {move || announced.get().map(|mark| match mark {
                    Mark::TwoMinutes => two_minutes.clone(),
                    Mark::OneMinute => one_minute.clone(),
                    Mark::End => said_at_the_end.clone(),
                })}
            </p>
        </div>
    }
}

/// Moments that are said aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only browsers count"))]
enum Mark {
    /// Two minutes are left.
    TwoMinutes,
    /// One minute is left.
    OneMinute,
    /// Nothing is left.
    End,
}

impl Mark {
    /// How many seconds are left at it.
    const fn at(self) -> u32 {
        match self {
            Self::TwoMinutes => 120,
            Self::OneMinute => 60,
            Self::End => 0,
        }
    }

    /// The last mark that was passed between two readings; a tab in the background may skip some.
    #[cfg(any(feature = "hydrate", test))]
    fn passed(before: u32, now: u32) -> Option<Self> {
        [Self::End, Self::OneMinute, Self::TwoMinutes].into_iter().find(|mark| now <= mark.at() && mark.at() < before)
    }
}

/// Minutes and seconds as on a clock: "9:05".
fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(feature = "hydrate")]
fn count(seconds: u32, left: RwSignal<Option<u32>>, announced: RwSignal<Option<Mark>>) {
    use std::time::Duration;

    use super::browser;

    // Half a second, so that no second is skipped on the display.
    const BEAT: Duration = Duration::from_millis(500);

    let beat = move || {
        // Since the page was asked for: rather a moment early than late.
        let now = seconds.saturating_sub((browser::milliseconds_on_page() / 1_000.0) as u32);
        let before = left.get_untracked();
        if before != Some(now) {
            left.set(Some(now));
            // A page that opens with less left says so on its face.
            if let Some(mark) = Mark::passed(before.unwrap_or(now.max(1)), now) {
                announced.set(Some(mark));
            }
        }
    };
    Effect::new(move |_| {
        beat();
        let ticking = set_interval_with_handle(beat, BEAT).ok();
        Effect::new(move |_| {
            if left.get() == Some(0)
                && let Some(ticking) = ticking
            {
                ticking.clear();
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_reads_like_one() {
        assert_eq!(clock(582), "9:42");
        assert_eq!(clock(65), "1:05");
        assert_eq!(clock(0), "0:00");
    }

    #[test]
    fn marks_are_said_once_and_the_latest_wins() {
        assert_eq!(Mark::passed(121, 120), Some(Mark::TwoMinutes));
        assert_eq!(Mark::passed(120, 119), None);
        assert_eq!(Mark::passed(61, 60), Some(Mark::OneMinute));
        assert_eq!(Mark::passed(300, 45), Some(Mark::OneMinute), "a tab that slept");
        assert_eq!(Mark::passed(130, 0), Some(Mark::End));
        assert_eq!(Mark::passed(1, 0), Some(Mark::End));
        assert_eq!(Mark::passed(600, 599), None);
    }
}
