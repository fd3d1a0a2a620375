//! What the server renders of it.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use super::{LiveSlotsIsland, NEWS, PANEL, REASON, SHOW};
use crate::{
    model::{base::calendar::midnight, ordering::offers::OfferReason},
    ui::{
        self,
        components::slots,
        texts::{Locale, t},
    },
};

/// Keeps the times of a [`SlotPicker`](crate::ui::components::SlotPicker) on the same page true. Without script, and
/// without offers, it is nothing.
#[component]
pub fn LiveSlots(
    /// The reason of one of the offers; none when nothing is offered.
    #[prop(optional_no_strip)]
    reason: Option<OfferReason>,
    /// The day whose times stand on the page.
    #[prop(optional_no_strip)]
    shown: Option<NaiveDate>,
    /// Where the browser asks for it again: an address that answers with an object whose `offers` are those of the model.
    source: String,
) -> impl IntoView {
    let reasons = Reasons::of(reason?);
    let here = shown.map_or_else(ui::path, slots::day_path);
    let until = shown.map(|day| midnight(day + Days::new(1)).timestamp_millis().to_string());
    let from = shown.map(|day| midnight(day).timestamp_millis().to_string());
    Some(view! {
        <div
            class="live-slots"
            id=PANEL
            data-source=source
            data-from=from
            data-until=until
            data-deadline=reasons.as_ref().map(|reasons| reasons.deadline.to_string())
            data-within=reasons.as_ref().map(|reasons| reasons.within.clone())
            data-after=reasons.as_ref().map(|reasons| reasons.after.clone())
            data-taken=t!("order-live-taken")
            data-passed=t!("order-live-passed")
            data-earlier=t!("order-live-earlier")
            data-more=t!("order-live-more")
            data-all-gone=t!("order-live-all-gone")
        >
            <div class="live-slots-panel">
                // The same words stand above the times for those who do not see this.
                <p class="live-slots-reason" id=REASON aria-hidden="true" hidden></p>
                <p class="live-slots-news" role="status">
                    <span id=NEWS></span>
                    " "
                    <a id=SHOW href=here hidden>
                        {t!("order-live-show")}
                    </a>
                </p>
            </div>
            <LiveSlotsIsland/>
        </div>
    })
}

/// Why urgent times are offered, in words. Of other times the reason is one and stands above them all.
struct Reasons {
    /// The latest start that meets the target, in seconds since 1970.
    deadline: i64,
    /// Of those that meet it.
    within: String,
    /// Of those that do not.
    after: String,
}

impl Reasons {
    /// Of one offer's reason both follow, as it names the target itself.
    fn of(one: OfferReason) -> Option<Self> {
        let (OfferReason::UrgentTarget { tier, target_minutes, deadline }
        | OfferReason::UrgentAfterTarget { tier, target_minutes, deadline }) = one
        else {
            return None;
        };
        let locale = Locale::current();
        let within = OfferReason::UrgentTarget { tier: tier.clone(), target_minutes, deadline };
        let after = OfferReason::UrgentAfterTarget { tier, target_minutes, deadline };
        Some(Self {
            deadline: deadline.timestamp(),
            within: slots::reason(locale, &within),
            after: slots::reason(locale, &after),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urgent_times_have_a_reason_on_either_side_of_the_target() {
        let deadline: chrono::DateTime<chrono::Utc> = "2026-11-23T12:40:00Z".parse().expect("an instant");
        let late = OfferReason::UrgentAfterTarget { tier: "Rychlá".into(), target_minutes: 120, deadline };
        let reasons = Reasons::of(late).expect("reasons");
        assert_eq!(reasons.deadline, deadline.timestamp());
        assert!(reasons.within.contains("Rychlá") && reasons.within.contains("13:40"), "{}", reasons.within);
        assert_ne!(reasons.within, reasons.after);
    }

    #[test]
    fn other_times_need_none() {
        assert!(Reasons::of(OfferReason::Dispatch).is_none());
    }
}
