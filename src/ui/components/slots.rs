//! Offered times, day by day.

use chrono::{Datelike, NaiveDate, SecondsFormat, Timelike};
use leptos::prelude::*;

use super::{EmptyState, Icon, Symbol, WithNumber};
use crate::{
    model::{
        base::calendar::to_local,
        ordering::{
            offers::{Offer, OfferReason, Slot},
            pages::{DayOffers, OtherTime},
        },
    },
    ui::{
        self, format,
        texts::{Locale, t},
    },
};

/// With so few times of a day all of them stand side by side.
const FEW: usize = 8;

/// Times to pick from: each is a button that sends its start. Stands within a [`super::Form`].
///
/// The days are a strip of links, a week at a time, that say how many times each holds; the times of one of them stand below it, so that
/// no keyboard has to pass those of all others. Whole and half hours come first, the rest behind "more times", as do those at which a
/// colleague sits at a computer already. A line says why the times are offered wherever the reason changes.
#[component]
pub fn SlotPicker(
    /// The offers by day, as [`crate::model::ordering::pages::by_day`] groups them.
    days: Vec<DayOffers>,
    /// The slot that is held for this person already.
    #[prop(optional_no_strip)]
    held: Option<Slot>,
    /// Other agreed times of the customer.
    #[prop(optional)]
    others: Vec<OtherTime>,
    /// Under which name the start is sent, as an RFC 3339 instant.
    #[prop(default = "start")]
    name: &'static str,
) -> impl IntoView {
    let locale = Locale::current();
    let Some(nearest) = nearest(&days, &others) else {
        return view! { <EmptyState title=t!("slots-none")><p><WithNumber text=t!("slots-none-call", phone = ui::line_phone())/></p></EmptyState> }.into_any();
    };
    let (label, quick) = match held {
        Some(held) => (t!("slots-held"), held),
        None => (t!("slots-first"), nearest.slot),
    };
    let shown = shown_day(&days, held, &others);
    let one_reason = days.iter().flat_map(|day| &day.offers).all(|offer| offer.reason == nearest.reason);
    let reason = one_reason.then(|| view! { <p class="slot-reason">{reason(locale, &nearest.reason)}</p> });
    let strip = (days.len() > 1).then(|| strip(locale, &days, shown));
    let picking = Picking { locale, held, others, name, with_reasons: !one_reason };
    let times = days.into_iter().find(|day| Some(day.date) == shown).map(|day| day_view(&picking, day));
    view! {
        <div class="slots">
            <div class="slot-first">
                <p>{label}</p>
                <button type="submit" class="button" name=name value=instant(quick)>
                    {format::slot(locale, quick)}
                </button>
            </div>
            {reason}
            {strip}
            {times}
        </div>
    }
    .into_any()
}

/// The first time at which nobody of the customer sits at a computer already; the first of all where there is none.
fn nearest<'a>(days: &'a [DayOffers], others: &[OtherTime]) -> Option<&'a Offer> {
    let mut offers = days.iter().flat_map(|day| &day.offers);
    let first = offers.clone().next();
    offers.find(|offer| is_free_of(others, offer.slot)).or(first)
}

fn is_free_of(others: &[OtherTime], slot: Slot) -> bool {
    !others.iter().any(|other| other.slot.overlaps(slot))
}

/// The day whose times are shown: the one that the address names, else that of the time that is held, else that of the nearest.
pub(crate) fn shown_day(days: &[DayOffers], held: Option<Slot>, others: &[OtherTime]) -> Option<NaiveDate> {
    let is_there = |date: &NaiveDate| days.iter().any(|day| day.date == *date);
    let asked = asked_day().filter(is_there);
    let of_held = held.map(|held| format::local_date(held.start)).filter(is_there);
    asked.or(of_held).or_else(|| nearest(days, others).map(|offer| format::local_date(offer.slot.start)))
}

/// The day that the address names, if it names one.
pub(crate) fn asked_day() -> Option<NaiveDate> {
    ui::query_value(DAY).and_then(|day| day.parse().ok())
}

/// The page with the times of another day.
pub(crate) fn day_path(date: NaiveDate) -> String {
    [ui::with_query(&ui::path(), &[(DAY, date.to_string())]).as_str(), "#", TIMES].concat()
}

/// Which day's times are shown.
const DAY: &str = "day";
/// Where they stand.
const TIMES: &str = "times";

/// The days of a week with how many times each holds, and the ways to the weeks before and after.
fn strip(locale: Locale, days: &[DayOffers], shown: Option<NaiveDate>) -> impl IntoView + use<> {
    let weeks: Vec<&[DayOffers]> = days.chunk_by(|one, next| one.date.iso_week() == next.date.iso_week()).collect();
    let index = weeks.iter().position(|week| week.iter().any(|day| Some(day.date) == shown)).unwrap_or_default();
    let to_week = |index: Option<usize>, word: String| {
        let first = weeks.get(index?)?.first()?;
        Some(view! { <a class="strip-week" href=day_path(first.date)>{word}</a> })
    };
    let before = to_week(index.checked_sub(1), t!("slots-week-before"));
    let after = to_week(Some(index + 1), t!("slots-week-after"));
    let links = weeks.get(index).copied().unwrap_or_default().iter().map(|day| {
        let current = (Some(day.date) == shown).then_some("true");
        view! {
            <li>
                <a href=day_path(day.date) aria-current=current>
                    {format::date_short(locale, day.date)}
                    <span class="day-count">" "{t!("slots-count", count = day.offers.len())}</span>
                </a>
            </li>
        }
    });
    let links = links.collect::<Vec<_>>();
    view! {
        <div class="day-strip" role="group" aria-label=t!("slots-days")>
            {before} <ul>{links}</ul> {after}
        </div>
    }
}

/// What all times of a page have in common.
struct Picking {
    locale: Locale,
    held: Option<Slot>,
    others: Vec<OtherTime>,
    name: &'static str,
    with_reasons: bool,
}

impl Picking {
    fn is_held(&self, slot: Slot) -> bool {
        self.held.is_some_and(|held| held.start == slot.start)
    }

    /// Whether a time stands before those behind "more times".
    fn comes_first(&self, slot: Slot) -> bool {
        let on_the_half_hour = slot.start.minute().is_multiple_of(30);
        self.is_held(slot) || (on_the_half_hour && is_free_of(&self.others, slot))
    }
}

/// One day: how many times it holds, and the times.
fn day_view(picking: &Picking, day: DayOffers) -> impl IntoView + use<> {
    let locale = picking.locale;
    let relative = ui::now().and_then(|now| format::relative_day(locale, day.date, format::local_date(now)));
    let count = day.offers.len();
    let all_fit = count <= FEW;
    let (first, more): (Vec<&Offer>, Vec<&Offer>) =
        day.offers.iter().partition(|offer| all_fit || picking.comes_first(offer.slot));
    // Where there is nothing to come first, nothing is folded up.
    let (first, more) = if first.is_empty() { (more, Vec::new()) } else { (first, more) };
    let beside = more.iter().any(|offer| !is_free_of(&picking.others, offer.slot));
    let folded = (!more.is_empty()).then(|| {
        view! {
            <details class="slots-more">
                <summary>{t!("slots-more", count = more.len())}</summary>
                {beside.then(|| view! { <p class="slot-reason">{t!("slots-beside")}</p> })}
                {groups(picking, &more)}
            </details>
        }
    });
    view! {
        <section class="day" id=TIMES>
            <h2 class="day-name">
                {format::date_day(locale, day.date)}
                {relative.map(|word| view! { <span class="day-relative">" "{word}</span> })}
                <span class="day-count">" "{t!("slots-count", count = count)}</span>
            </h2>
            {groups(picking, &first)}
            {folded}
        </section>
    }
}

/// Times of a day, morning and afternoon apart, with the reason wherever it changes.
fn groups(picking: &Picking, offers: &[&Offer]) -> impl IntoView + use<> {
    offers
        .chunk_by(|one, next| one.reason == next.reason)
        .map(|group| {
            let said = picking.with_reasons.then(|| {
                view! { <p class="slot-reason">{reason(picking.locale, &group[0].reason)}</p> }
            });
            let (morning, afternoon): (Vec<&Offer>, Vec<&Offer>) =
                group.iter().copied().partition(|offer| to_local(offer.slot.start).hour() < 12);
            view! {
                {said}
                {half(picking, t!("slots-morning"), &morning)}
                {half(picking, t!("slots-afternoon"), &afternoon)}
            }
        })
        .collect::<Vec<_>>()
}

/// Morning or afternoon of a day; nothing when it holds no time.
fn half(picking: &Picking, word: String, offers: &[&Offer]) -> Option<impl IntoView + use<>> {
    let slots = offers.iter().map(|offer| slot_button(picking, offer)).collect::<Vec<_>>();
    (!slots.is_empty()).then(|| {
        view! {
            <div class="half">
                <p class="half-name">{word}</p>
                <ul class="slot-list">{slots}</ul>
            </div>
        }
    })
}

/// A time. Screen readers hear its day as well, because they may come to it by a list of buttons, and what is particular about it.
fn slot_button(picking: &Picking, offer: &Offer) -> impl IntoView + use<> {
    let (locale, slot) = (picking.locale, offer.slot);
    let is_held = picking.is_held(slot);
    let is_late = matches!(offer.reason, OfferReason::UrgentAfterTarget { .. });
    let (class, said) = match (is_held, is_late, is_free_of(&picking.others, slot)) {
        (true, ..) => ("slot slot-held", Some(t!("slots-held-for-you"))),
        (false, true, _) => ("slot slot-late", Some(t!("slots-late"))),
        (false, false, false) => ("slot slot-beside", Some(t!("slots-colleague"))),
        (false, false, true) => ("slot", None),
    };
    let date = format::date_day(locale, format::local_date(slot.start));
    view! {
        <li>
            <button type="submit" class=class name=picking.name value=instant(slot)>
                {is_held.then(|| view! { <Icon symbol=Symbol::Check/> })}
                {format::time_of(locale, slot.start)}
                <span class="visually-hidden">
                    {format!(" {date}")}
                    {said.map(|said| format!(", {said}"))}
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
        beside(offers, held, Vec::new())
    }

    fn beside(offers: &[Offer], held: Option<Slot>, others: Vec<OtherTime>) -> String {
        let days = by_day(offers);
        Owner::new()
            .with(|| view! { <SlotPicker days held others/> }.to_html())
            .replace("<!>", "")
            .replace('\u{a0}', " ")
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
    fn days_are_a_week_of_links_and_one_of_them_shows_its_times() {
        let starts = ["2026-11-26T08:00:00+01:00", "2026-11-27T08:00:00+01:00", "2026-11-30T08:00:00+01:00"];
        let html = html(&starts.map(|start| offer(start, OfferReason::Dispatch)), None);
        assert_eq!(html.matches("<li><a href=").count(), 2, "the week of the first: {html}");
        assert!(html.contains("day=2026-11-30#times") && html.contains("další týden"), "{html}");
        assert!(!html.contains("předchozí týden"), "{html}");
        assert_eq!(html.matches("aria-current=\"true\"").count(), 1, "{html}");
        assert_eq!(html.matches("<li><button").count(), 1, "the times of one day: {html}");
    }

    #[test]
    fn whole_and_half_hours_come_first_and_the_rest_behind_more_times() {
        let quarters: Vec<Offer> = (0..12)
            .map(|quarter| format!("2026-11-25T{:02}:{:02}:00+01:00", 8 + quarter / 4, quarter % 4 * 15))
            .map(|start| offer(&start, OfferReason::Dispatch))
            .collect();
        let shown = html(&quarters, None);
        let (first, more) = shown.split_once("<details").expect("more times");
        assert_eq!((first.matches("<li><button").count(), more.matches("<li><button").count()), (6, 6), "{shown}");
        assert!(more.contains("Další časy (6)"), "{shown}");
        assert!(!html(&quarters[..8], None).contains("<details"), "few stand side by side");
        assert!(first.contains(">8:30<") && more.contains(">8:15<"), "{shown}");
    }

    #[test]
    fn times_of_colleagues_are_avoided_and_marked() {
        let offers: Vec<Offer> = (0..10)
            .map(|half| format!("2026-11-25T{:02}:{:02}:00+01:00", 8 + half / 2, half % 2 * 30))
            .map(|start| offer(&start, OfferReason::Dispatch))
            .collect();
        let other = OtherTime { slot: offers[0].slot, program: "Sklad".into(), work_type: "Oprava".into() };
        let html = beside(&offers, None, vec![other]);
        let quick = html.split("slot-first").nth(1).and_then(|rest| rest.split("</div>").next()).expect("the nearest");
        assert!(quick.contains("2026-11-25T08:00:00Z"), "9:00 is the first that is free of it: {quick}");
        let (first, more) = html.split_once("<details").expect("more times");
        assert!(!first.contains("slot-beside") && more.matches("slot-beside").count() == 2, "{html}");
        assert!(more.contains("už máte domluvený jiný termín"), "{html}");
    }

    #[test]
    fn an_urgent_time_after_the_target_is_marked_as_later_than_promised() {
        let deadline = DateTime::parse_from_rfc3339("2026-11-25T12:40:00Z").expect("an instant").to_utc();
        let late = OfferReason::UrgentAfterTarget { tier: "Rychlá".into(), target_minutes: 120, deadline };
        let html = html(&[offer("2026-11-25T14:00:00+01:00", late)], None);
        assert!(html.contains("slot slot-late") && html.contains("později, než slibujeme"), "{html}");
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
    fn the_held_time_is_marked_and_its_day_shown() {
        let offers = ["2026-11-25T08:00:00+01:00", "2026-11-26T08:00:00+01:00", "2026-11-27T08:00:00+01:00"]
            .map(|start| offer(start, OfferReason::Dispatch));
        let html = html(&offers, Some(offers[2].slot));
        assert_eq!(html.matches("slot slot-held").count(), 1, "{html}");
        assert!(html.contains("držíme pro vás") && html.contains("<h2 class=\"day-name\">pátek 27."), "{html}");
    }

    #[test]
    fn no_time_at_all_says_what_to_do() {
        assert!(html(&[], None).contains("Zavolejte nám"));
    }
}
