//! Offered times, day by day.

use chrono::{SecondsFormat, Timelike};
use leptos::prelude::*;

use super::{EmptyState, Icon, Symbol, WithNumber};
use crate::{
    model::{
        base::calendar::to_local,
        ordering::{
            offers::{Offer, OfferReason, Slot},
            pages::DayOffers,
        },
    },
    ui::{
        self, format,
        texts::{Locale, t},
    },
};

/// How many days are open at first; the others tell how many times they hold and open on a click.
const OPEN_DAYS: usize = 2;

/// Times to pick from: each is a button that sends its start. Stands within a [`super::Form`].
///
/// Every day is a heading that announces how many times it holds, morning and afternoon apart; a line says why the times
/// are offered wherever the reason changes. What opens a day is a button of that name beside its heading, not around it: some
/// screen readers take a heading within a button for none.
#[component]
pub fn SlotPicker(
    /// The offers by day, as [`crate::model::ordering::pages::by_day`] groups them.
    days: Vec<DayOffers>,
    /// The slot that is held for this person already.
    #[prop(optional_no_strip)]
    held: Option<Slot>,
    /// Under which name the start is sent, as an RFC 3339 instant.
    #[prop(default = "start")]
    name: &'static str,
) -> impl IntoView {
    let locale = Locale::current();
    let Some(first) = days.first().and_then(|day| day.offers.first()) else {
        return view! { <EmptyState title=t!("slots-none")><p><WithNumber text=t!("slots-none-call", phone = ui::line_phone())/></p></EmptyState> }.into_any();
    };
    let (label, quick) = match held {
        Some(held) => (t!("slots-held"), held),
        None => (t!("slots-first"), first.slot),
    };
    let one_reason = days.iter().flat_map(|day| &day.offers).all(|offer| offer.reason == first.reason);
    let reason = one_reason.then(|| view! { <p class="slot-reason">{reason(locale, &first.reason)}</p> });
    let open_day = held.map(|held| format::local_date(held.start));
    let days = days
        .into_iter()
        .enumerate()
        .map(|(index, day)| {
            let open = open_day.map_or(index < OPEN_DAYS, |held| held == day.date);
            day_view(locale, day, open, held, name, !one_reason)
        })
        .collect::<Vec<_>>();
    view! {
        <div class="slots">
            <div class="slot-first">
                <p>{label}</p>
                <button type="submit" class="button" name=name value=instant(quick)>
                    {format::slot(locale, quick)}
                </button>
            </div>
            {reason}
            {days}
        </div>
    }
    .into_any()
}

/// One day: how many times it holds, and the times.
fn day_view(
    locale: Locale,
    day: DayOffers,
    open: bool,
    held: Option<Slot>,
    name: &'static str,
    with_reasons: bool,
) -> impl IntoView {
    let relative = ui::now().and_then(|now| format::relative_day(locale, day.date, format::local_date(now)));
    let count = day.offers.len();
    let groups = day
        .offers
        .chunk_by(|one, next| one.reason == next.reason)
        .map(|group| {
            let reason = with_reasons.then(|| view! { <p class="slot-reason">{reason(locale, &group[0].reason)}</p> });
            let (morning, afternoon): (Vec<&Offer>, Vec<&Offer>) =
                group.iter().partition(|offer| to_local(offer.slot.start).hour() < 12);
            view! {
                {reason}
                {half(locale, t!("slots-morning"), &morning, held, name)}
                {half(locale, t!("slots-afternoon"), &afternoon, held, name)}
            }
        })
        .collect::<Vec<_>>();
    let id = format!("day-{}", day.date);
    view! {
        <section class="day">
            <h2 class="day-name" id=id.clone()>
                {format::date_day(locale, day.date)}
                {relative.map(|word| view! { <span class="day-relative">" "{word}</span> })}
                <span class="day-count">" "{t!("slots-count", count = count)}</span>
            </h2>
            <details open=open>
                <summary aria-labelledby=id></summary>
                {groups}
            </details>
        </section>
    }
}

/// Morning or afternoon of a day; nothing when it holds no time.
fn half(
    locale: Locale,
    word: String,
    offers: &[&Offer],
    held: Option<Slot>,
    name: &'static str,
) -> Option<impl IntoView + use<>> {
    let slots = offers.iter().map(|offer| slot_button(locale, offer.slot, held, name)).collect::<Vec<_>>();
    (!slots.is_empty()).then(|| {
        view! {
            <div class="half">
                <p class="half-name">{word}</p>
                <ul class="slot-list">{slots}</ul>
            </div>
        }
    })
}

/// A time. Screen readers hear its day as well, because they may come to it by a list of buttons.
fn slot_button(locale: Locale, slot: Slot, held: Option<Slot>, name: &'static str) -> impl IntoView + use<> {
    let is_held = held.is_some_and(|held| held.start == slot.start);
    let class = if is_held { "slot slot-held" } else { "slot" };
    let date = format::date_day(locale, format::local_date(slot.start));
    view! {
        <li>
            <button type="submit" class=class name=name value=instant(slot)>
                {is_held.then(|| view! { <Icon symbol=Symbol::Check/> })}
                {format::time_of(locale, slot.start)}
                <span class="visually-hidden">
                    {format!(" {date}")}
                    {is_held.then(|| format!(", {}", t!("slots-held-for-you")))}
                </span>
            </button>
        </li>
    }
}

/// The start as it is sent: UTC, to the second.
fn instant(slot: Slot) -> String {
    slot.start.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Why a time is offered.
pub(crate) fn reason(locale: Locale, reason: &OfferReason) -> String {
    let now = ui::now();
    match reason {
        OfferReason::UrgentTarget { tier, target_minutes, deadline } => t!(
            "slots-reason-target",
            tier = locale.of(tier),
            target = format::working_time_genitive(locale, *target_minutes),
            deadline = format::on(locale, *deadline, now),
        ),
        OfferReason::UrgentAfterTarget { tier, deadline, .. } => {
            t!("slots-reason-after-target", tier = locale.of(tier), deadline = format::on(locale, *deadline, now))
        }
        OfferReason::NormalLead { tier, earliest, .. } => {
            t!("slots-reason-lead", tier = locale.of(tier), earliest = format::on(locale, *earliest, now))
        }
        OfferReason::MissedByUs => t!("slots-reason-missed"),
        OfferReason::Dispatch => t!("slots-reason-dispatch"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;
    use crate::model::ordering::pages::by_day;

    fn offer(start: &str, reason: OfferReason) -> Offer {
        let start = DateTime::parse_from_rfc3339(start).expect("an instant").to_utc();
        Offer { slot: Slot { start, end: start + TimeDelta::minutes(45) }, reason }
    }

    fn html(offers: &[Offer], held: Option<Slot>) -> String {
        let days = by_day(offers);
        Owner::new().with(|| view! { <SlotPicker days held/> }.to_html()).replace("<!>", "").replace('\u{a0}', " ")
    }

    #[test]
    fn days_announce_how_many_times_they_hold() {
        let offers = ["2026-11-25T08:00:00+01:00", "2026-11-25T11:45:00+01:00", "2026-11-25T12:00:00+01:00"]
            .map(|start| offer(start, OfferReason::Dispatch));
        let html = html(&offers, None);
        assert!(html.contains("středa 25. listopadu"), "{html}");
        assert!(html.contains("3 termíny</span></h2>"), "{html}");
        assert_eq!(html.matches("class=\"half\"").count(), 2, "morning and afternoon: {html}");
        assert_eq!(html.matches("class=\"slot-reason\"").count(), 1, "one reason is said once: {html}");
    }

    #[test]
    fn the_heading_of_a_day_stands_beside_the_button_that_opens_it() {
        let html = html(&[offer("2026-11-25T08:00:00+01:00", OfferReason::Dispatch)], None);
        let summary = html.split("<summary").nth(1).and_then(|rest| rest.split("</summary>").next()).expect("a button");
        assert!(!summary.contains("<h"), "{html}");
        assert!(
            summary.contains("aria-labelledby=\"day-2026-11-25\"") && html.contains("id=\"day-2026-11-25\""),
            "{html}"
        );
    }

    #[test]
    fn a_time_is_a_button_that_sends_its_start_in_utc() {
        let html = html(&[offer("2026-11-25T08:00:00+01:00", OfferReason::Dispatch)], None);
        assert!(html.contains(r#"name="start" value="2026-11-25T07:00:00Z""#), "{html}");
        assert!(html.contains(r#"8:00<span class="visually-hidden"> středa 25. listopadu"#), "{html}");
    }

    #[test]
    fn the_reason_is_said_where_it_changes() {
        let deadline = DateTime::parse_from_rfc3339("2026-11-25T12:40:00Z").expect("an instant").to_utc();
        let offers = ["2026-11-25T13:30:00+01:00", "2026-11-25T13:45:00+01:00"].map(|start| {
            let start = offer(start, OfferReason::Dispatch).slot.start;
            offer(&start.to_rfc3339(), OfferReason::urgent("Rychlá".into(), 120, deadline, start))
        });
        let html = html(&offers, None);
        assert!(html.contains("do 2 pracovních hodin, tedy nejpozději ve středu 25. listopadu ve 13:40"), "{html}");
        assert_eq!(html.matches("class=\"slot-reason\"").count(), 2, "{html}");
    }

    #[test]
    fn the_held_time_is_marked_and_its_day_open() {
        let offers = ["2026-11-25T08:00:00+01:00", "2026-11-26T08:00:00+01:00", "2026-11-27T08:00:00+01:00"]
            .map(|start| offer(start, OfferReason::Dispatch));
        let html = html(&offers, Some(offers[2].slot));
        assert_eq!(html.matches("slot slot-held").count(), 1, "{html}");
        assert!(html.contains("držíme pro vás"), "{html}");
        assert_eq!(html.matches("<details open").count(), 1, "{html}");
    }

    #[test]
    fn no_time_at_all_says_what_to_do() {
        assert!(html(&[], None).contains("Zavolejte nám"));
    }
}
