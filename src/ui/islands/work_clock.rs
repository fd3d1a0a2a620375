//! The technician's clock, ticking.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::stopwatch::reading;
#[cfg(feature = "ssr")]
use crate::model::{base::ids::SegmentId, work::ceiling::is_near};

/// Elements that count up: the effective time, and the stretch that runs.
#[cfg(any(feature = "ssr", feature = "hydrate"))]
const COUNTERS: [&str; 2] = ["work-clock", "work-stretch"];
/// The bar up to the ceiling.
#[cfg(any(feature = "ssr", feature = "hydrate"))]
const METER: &str = "work-meter";
/// What is said when the clock goes otherwise by now.
#[cfg(any(feature = "ssr", feature = "hydrate"))]
const CHANGED: &str = "work-changed";
/// What is said when the customer has answered the question for consent.
#[cfg(any(feature = "ssr", feature = "hydrate"))]
const ANSWERED: &str = "work-answered";
/// What is said when the ceiling is reached.
#[cfg(any(feature = "ssr", feature = "hydrate"))]
const CEILING: &str = "work-ceiling";

/// The effective time of an intervention, and what is being done right now. The browser lets it tick; without script it is
/// the time at which the page was made.
#[cfg(feature = "ssr")]
#[component]
pub fn WorkClock(
    /// Effective seconds so far.
    effective: u64,
    /// What is being done, for how many seconds, and whether it counts; none while the clock stands.
    running: Option<RunningStretch>,
    /// What is said while the clock stands.
    standing: String,
    /// The ceiling in seconds: the effective time stops there.
    ceiling: Option<u64>,
    /// Whether the customer was asked for consent and has not answered.
    waits: bool,
    /// Where the browser asks for it again: an address that answers with the model's page of the work.
    source: String,
) -> impl IntoView {
    use crate::ui::{self, texts::t};

    let [clock, stretch] = COUNTERS;
    let counts = running.as_ref().is_some_and(|running| running.counts);
    let island = (running.is_some() || waits).then(|| view! { <WorkClockIsland/> });
    let segment = running.as_ref().map(|running| running.segment.to_string());
    let state = match running {
        Some(running) => {
            let class = if running.counts { "clock-state clock-runs" } else { "clock-state clock-free" };
            view! {
                <p class=class>
                    {running.words} " · "
                    <span id=stretch data-seconds=running.seconds.to_string()>
                        {reading(running.seconds)}
                    </span>
                </p>
            }
            .into_any()
        }
        None => view! { <p class="clock-state">{standing}</p> }.into_any(),
    };
    view! {
        <p
            class="clock"
            role="timer"
            aria-label=t!("work-clock-label")
            id=clock
            data-seconds=counts.then(|| effective.to_string())
            data-ceiling=ceiling.map(|ceiling| ceiling.to_string())
            data-segment=segment
            data-waits=waits.then_some("true")
            data-source=source
        >
            {reading(effective)}
        </p>
        {state}
        <p class="clock-ceiling" role="status">
            <span id=CEILING hidden>
                {t!("work-ceiling-just-reached")} " "
                <a href=ui::path()>{t!("work-reload")}</a>
            </span>
            <span id=ANSWERED hidden>
                {t!("work-consent-came")} " "
                <a href=ui::path()>{t!("work-reload")}</a>
            </span>
            <span id=CHANGED hidden>
                {t!("work-clock-changed")} " "
                <a href=ui::path()>{t!("work-reload")}</a>
            </span>
        </p>
        {island}
    }
}

/// What the clock counts right now.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningStretch {
    /// Its segment.
    pub segment: SegmentId,
    /// What is being done and since when.
    pub words: String,
    /// For how many seconds.
    pub seconds: u64,
    /// Whether it is charged.
    pub counts: bool,
}

/// The bar up to the ceiling, as far as it is used; it grows with the [`WorkClock`].
#[cfg(feature = "ssr")]
#[component]
pub fn WorkMeter(
    /// Effective seconds so far.
    effective: u64,
    /// The ceiling in seconds.
    ceiling: u64,
    /// What it measures, for screen readers.
    label: String,
) -> impl IntoView {
    let class = if is_near(effective, ceiling) { "meter meter-soon" } else { "meter" };
    view! {
        <progress
            id=METER
            class=class
            max=ceiling.to_string()
            value=effective.min(ceiling).to_string()
            aria-label=label
        />
    }
}

island! {
    /// Lets [`WorkClock`] and [`WorkMeter`] go on.
    ///
    /// Only the time since the server last said how much it is is measured, by the browser's steady clock, so that a PC whose clock
    /// is wrong counts right. That clock may stand still while the PC sleeps, others may work the technician's, and the customer may
    /// answer: the server is asked again when the page is told of news ([`Live`](super::Live)), and whenever it comes back into sight. At the ceiling
    /// the effective time stops, as it does on the server.
    WorkClockIsland => {
        count();
    }
}

#[cfg(feature = "hydrate")]
fn count() {
    use std::{cell::Cell, rc::Rc, time::Duration};

    use super::browser::{self, by_id, data, set_interval};

    // Half a second, so that no second is skipped on the display.
    const BEAT: Duration = Duration::from_millis(500);

    // When the seconds that stand in the elements were those of the server, by the browser's clock. None: they stand still.
    let said_at = Rc::new(Cell::new(Some(0)));
    let known = said_at.clone();
    let beat = Rc::new(move || {
        if let Some(at) = known.get() {
            show(u64::from(browser::seconds_on_page().saturating_sub(at)));
        }
    });
    beat();
    let ticks = beat.clone();
    set_interval(move || ticks(), BEAT);
    let [clock, _] = COUNTERS;
    let Some((clock, source)) = by_id(clock).and_then(|clock| Some((clock.clone(), data(&clock, "source")?))) else {
        return;
    };
    let ask = move || {
        let (said_at, beat, clock) = (said_at.clone(), beat.clone(), clock.clone());
        browser::get_json(&source, move |page| {
            let is_same = Some(()) == take(&page, &clock);
            let is_answered = data(&clock, "waits").is_some() && is_answered(&page);
            said_at.set(is_same.then(browser::seconds_on_page));
            for (said, holds) in [(ANSWERED, is_answered), (CHANGED, !is_same && !is_answered)] {
                if let Some(said) = by_id(said) {
                    said.set_hidden(!holds);
                }
            }
            beat();
        });
    };
    browser::on_waking(ask.clone());
    browser::on_news(ask);
}

/// Whether the question for consent has an answer.
#[cfg(feature = "hydrate")]
fn is_answered(page: &wasm_bindgen::JsValue) -> bool {
    use super::browser::property;

    let consent = property(&property(page, "ceiling"), "consent");
    property(&consent, "answer").is_object()
}

/// Shows the times, so many seconds after what stands in the elements.
#[cfg(feature = "hydrate")]
fn show(passed: u64) {
    use super::{
        browser::{by_id, data},
        stopwatch::reading,
        work_bill,
    };

    let [clock, _] = COUNTERS;
    for name in COUNTERS {
        let Some(counter) = by_id(name) else {
            continue;
        };
        let number = |name| data(&counter, name)?.parse::<u64>().ok();
        let Some(seconds) = number("seconds") else {
            continue;
        };
        let seconds = seconds + passed;
        let ceiling = number("ceiling");
        let shown = ceiling.map_or(seconds, |ceiling| seconds.min(ceiling));
        counter.set_text_content(Some(&reading(shown)));
        if name == clock {
            work_bill::show(shown);
        }
        let Some(ceiling) = ceiling else {
            continue;
        };
        if let Some(meter) = by_id(METER) {
            let _ = meter.set_attribute("value", &shown.to_string());
        }
        if let Some(said) = by_id(CEILING).filter(|_| seconds >= ceiling) {
            said.set_hidden(false);
        }
    }
}

/// Takes over what the server says of the stretch that runs; none if it is another by now, or none, or one where none ran.
#[cfg(feature = "hydrate")]
fn take(page: &wasm_bindgen::JsValue, clock: &web_sys::HtmlElement) -> Option<()> {
    use super::browser::{by_id, data, parse_date, property, whole};

    let segments = js_sys::Array::from(&property(page, "segments"));
    let running = segments.into_iter().find(|segment| property(segment, "ended_at").is_null());
    let Some(ours) = data(clock, "segment") else {
        return running.is_none().then_some(());
    };
    let (running, ours) = (running?, ours.parse::<u32>().ok()?);
    if whole(&property(&running, "id"))? != ours {
        return None;
    }
    let instant = |object, name| property(object, name).as_string().map(|instant| parse_date(&instant));
    let seconds = (instant(page, "now")? - instant(&running, "started_at")?) / 1_000.0;
    let [_, stretch] = COUNTERS;
    let _ = by_id(stretch)?.set_attribute("data-seconds", &whole(&seconds.into())?.to_string());
    if clock.has_attribute("data-seconds") {
        let effective = whole(&property(&property(page, "bill"), "effective_seconds"))?;
        let _ = clock.set_attribute("data-seconds", &effective.to_string());
    }
    Some(())
}
