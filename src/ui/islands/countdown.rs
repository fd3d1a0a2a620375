//! The time that is left of a hold, ticking.

#[cfg(feature = "ssr")]
use chrono::{DateTime, Utc};
#[cfg(feature = "ssr")]
use leptos::prelude::*;

#[cfg(any(feature = "hydrate", test))]
use super::stopwatch::two_digits;

/// The element that shows the time left and carries what the browser needs.
const CLOCK: &str = "countdown";
/// What is shown when nothing is left.
const OVER: &str = "countdown-over";
/// What screen readers hear now and then.
const SAID: &str = "countdown-said";

/// Until when a slot is held. The browser counts the time down; without script the time of its end stands there.
#[cfg(feature = "ssr")]
#[component]
pub fn Countdown(
    /// When the hold ends.
    ends_at: DateTime<Utc>,
    /// Where the browser asks how many seconds are left: an address that answers with their number, or nothing.
    source: String,
    /// Where to pick another time.
    #[prop(into)]
    back_href: String,
) -> impl IntoView {
    use crate::ui::{
        self, format,
        texts::{Locale, t},
    };

    let left = ui::now().map(|now| (ends_at - now).num_seconds().max(0));
    view! {
        <div class="countdown">
            <p
                role="timer"
                id=CLOCK
                data-left=left.map(|left| left.to_string())
                data-source=source
                data-ticking=t!("order-hold-left", left = "{left}")
                data-two-minutes=t!("order-hold-two-minutes")
                data-one-minute=t!("order-hold-one-minute")
            >
                {t!("order-hold-until", time = format::time_of(Locale::current(), ends_at))}
            </p>
            <p id=OVER hidden>
                {t!("order-hold-over")}
                " "
                <a href=back_href>{t!("order-hold-back")}</a>
            </p>
            <p class="visually-hidden" role="status" id=SAID></p>
            <CountdownIsland/>
        </div>
    }
}

island! {
    /// Counts [`Countdown`] down. Screen readers hear it at two minutes, at one and at the end, not every second.
    ///
    /// Only the time since the server last said how much is left is measured, by the browser's steady clock, so that a PC whose
    /// clock is wrong counts right. That clock may stand still while the PC sleeps, and the hold may end elsewhere: the server is
    /// asked again whenever the page comes back into sight.
    CountdownIsland => {
        count();
    }
}

#[cfg(feature = "hydrate")]
fn count() -> Option<()> {
    use std::{cell::Cell, rc::Rc, time::Duration};

    use super::{
        browser::{self, by_id, data, set_interval},
        template::fill,
    };

    // Half a second, so that no second is skipped on the display.
    const BEAT: Duration = Duration::from_millis(500);

    let clock = by_id(CLOCK)?;
    let seconds: u32 = data(&clock, "left")?.parse().ok()?;
    let ticking = data(&clock, "ticking")?;
    let source = data(&clock, "source")?;
    // What was left when, by the browser's clock. At first since the page was asked for: rather a moment early than late.
    let said = Rc::new(Cell::new((seconds, 0)));
    let shown = Cell::new(None::<u32>);
    let known = said.clone();
    let beat = Rc::new(move || {
        let (left, at) = known.get();
        let now = left.saturating_sub(browser::seconds_on_page().saturating_sub(at));
        let before = shown.replace(Some(now));
        if before == Some(now) {
            return;
        }
        clock.set_text_content(Some(&fill(&ticking, "left", &in_minutes(now))));
        // A page that opens with less left says so on its face.
        let mark = Mark::passed(before.unwrap_or(now.max(1)), now);
        if let (Some(mark), Some(said), Some(over)) = (mark, by_id(SAID), by_id(OVER)) {
            let text = match mark {
                Mark::TwoMinutes => data(&clock, "two-minutes"),
                Mark::OneMinute => data(&clock, "one-minute"),
                Mark::End => over.text_content(),
            };
            said.set_text_content(text.as_deref());
            over.set_hidden(mark != Mark::End);
        }
        if let Some(over) = by_id(OVER).filter(|_| now > 0) {
            over.set_hidden(true);
        }
        clock.set_hidden(now == 0);
        if let Some(frame) = clock.parent_element().filter(|_| now <= Mark::TwoMinutes.at()) {
            frame.set_class_name("countdown countdown-soon");
        }
    });
    beat();
    let ticks = beat.clone();
    set_interval(move || ticks(), BEAT);
    browser::on_waking(move || {
        let (said, beat) = (said.clone(), beat.clone());
        browser::get_json(&source, move |left| {
            said.set((browser::whole(&left).unwrap_or(0), browser::seconds_on_page()));
            beat();
        });
    });
    Some(())
}

/// Moments that are said aloud.
#[cfg(any(feature = "hydrate", test))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Two minutes are left.
    TwoMinutes,
    /// One minute is left.
    OneMinute,
    /// Nothing is left.
    End,
}

#[cfg(any(feature = "hydrate", test))]
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
    fn passed(before: u32, now: u32) -> Option<Self> {
        [Self::End, Self::OneMinute, Self::TwoMinutes].into_iter().find(|mark| now <= mark.at() && mark.at() < before)
    }
}

/// Seconds as on a clock: "9:05".
#[cfg(any(feature = "hydrate", test))]
fn in_minutes(seconds: u32) -> String {
    [&(seconds / 60).to_string(), ":", &two_digits((seconds % 60).into())].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_reads_like_one() {
        assert_eq!(in_minutes(582), "9:42");
        assert_eq!(in_minutes(65), "1:05");
        assert_eq!(in_minutes(0), "0:00");
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
