//! Times that a dispatcher offers a customer to pick from (design, Desk).

use chrono::{DateTime, Utc};

use super::offers::{Offer, OfferQuery, OfferReason, SlotRefused, find_offer, offers};
use crate::model::{
    base::{calendar::BusinessCalendar, ids::StaffId},
    line::catalogue::SlotChoice,
};

/// The most times that are offered at once.
pub const MOST_OFFERED: usize = 5;

/// How long an offer is good for, in working minutes: two working days.
pub const OFFER_MINUTES: u32 = 1_020;

/// When an offer of these starts that is made now ends: with its time, or with the last start.
#[must_use]
pub fn offer_ends(calendar: &BusinessCalendar, starts: &[DateTime<Utc>], now: DateTime<Utc>) -> DateTime<Utc> {
    let ends = calendar.add_working_minutes(now, OFFER_MINUTES);
    starts.iter().max().map_or(ends, |last| ends.min(*last))
}

/// How the box of a time is named in a form: with a letter first, as a name that begins with a digit is a place in a list.
#[must_use]
pub fn box_of(start: DateTime<Utc>) -> String {
    format!("at{}", start.timestamp())
}

/// The time of such a box.
#[must_use]
pub fn start_of(name: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(name.strip_prefix("at")?.parse().ok()?, 0)
}

/// Every time at which somebody who knows the work is free: neither lead nor reserve nor the shorter horizon of urgent work
/// binds staff. It is what a customer is offered whose time we missed.
#[must_use]
pub fn free_times(query: &OfferQuery) -> Vec<Offer> {
    offers(&unbound(query)).into_iter().map(by_dispatch).collect()
}

/// The same of one technician.
#[must_use]
pub fn free_times_of(query: &OfferQuery, technician: StaffId) -> Vec<Offer> {
    let plans: Vec<_> = query.technicians.iter().filter(|plan| plan.technician == technician).cloned().collect();
    free_times(&OfferQuery { technicians: &plans, ..*query })
}

/// The one of [`free_times`] that starts at `start`.
///
/// # Errors
/// Why there is none.
pub fn find_free_time(query: &OfferQuery, start: DateTime<Utc>) -> Result<Offer, SlotRefused> {
    find_offer(&unbound(query), start).map(by_dispatch)
}

/// What a customer picks from: what was offered and is still free; of work whose time the customer names, whatever else is on
/// offer, too; of other work as many fresh times as were taken meanwhile, so that the choice never shrinks.
///
/// * `offered` – the starts of the offer that is open
#[must_use]
pub fn choices(query: &OfferQuery, offered: &[DateTime<Utc>], choice: SlotChoice) -> Vec<Offer> {
    let mut choices: Vec<Offer> = offered.iter().filter_map(|start| find_free_time(query, *start).ok()).collect();
    let fresh = match choice {
        SlotChoice::Customer => usize::MAX,
        SlotChoice::Dispatch => offered.len() - choices.len(),
    };
    if fresh > 0 {
        let is_offered = |offer: &Offer| offered.contains(&offer.slot.start);
        let others = offers(query).into_iter().filter(|offer| !is_offered(offer)).take(fresh);
        // What makes up for a time that was taken is as good as offered.
        choices.extend(others.map(|offer| if choice == SlotChoice::Dispatch { by_dispatch(offer) } else { offer }));
        choices.sort_by_key(|offer| offer.slot.start);
    }
    choices
}

/// The query as it is for whoever is bound by nothing but the plans.
fn unbound<'a>(query: &OfferQuery<'a>) -> OfferQuery<'a> {
    OfferQuery { missed_by_us: true, ..*query }
}

fn by_dispatch(offer: Offer) -> Offer {
    Offer { reason: OfferReason::Dispatch, ..offer }
}

#[cfg(test)]
mod tests {
    use super::{OFFER_MINUTES, box_of, choices, find_free_time, free_times, free_times_of, offer_ends, start_of};
    use crate::model::{
        base::{ids::StaffId, terms::Urgency},
        fixtures::{calendar, local, settings, standard, time},
        line::{catalogue::SlotChoice, plans::PlannedWeek},
        ordering::offers::{Busy, OfferQuery, OfferReason, TechnicianPlan, WorkNeed, offers},
    };

    fn technician(busy: Vec<Busy>) -> TechnicianPlan {
        TechnicianPlan {
            technician: StaffId(1),
            skills: vec!["programs".into()],
            is_near: true,
            weeks: vec![PlannedWeek {
                first: None,
                last: None,
                week: std::array::from_fn(
                    |day| {
                        if day < 5 { vec![(time("07:00"), time("15:30"))] } else { Vec::new() }
                    },
                ),
            }],
            exceptions: Vec::new(),
            busy,
        }
    }

    fn with_query<T>(busy: Vec<Busy>, ask: impl FnOnce(&OfferQuery) -> T) -> T {
        let (calendar, settings, tier) = (calendar(), settings(), standard());
        ask(&OfferQuery {
            now: local("2026-11-23 08:00"),
            urgency: Urgency::Normal,
            missed_by_us: false,
            work: WorkNeed { slot_minutes: 60, skill: "programs" },
            tier: &tier,
            calendar: &calendar,
            settings: &settings,
            released: &[],
            technicians: &[technician(busy)],
        })
    }

    fn busy(from: &str, to: &str) -> Vec<Busy> {
        let during = crate::model::base::calendar::Interval::new(local(from), local(to)).expect("a span");
        vec![Busy { during, urgent: false }]
    }

    #[test]
    fn staff_offer_sooner_than_the_lead_and_into_the_reserve() {
        with_query(Vec::new(), |query| {
            let (free, ordinary) = (free_times(query), offers(query));
            assert!(free[0].slot.start < ordinary[0].slot.start, "no lead");
            assert!(ordinary.iter().all(|offer| free.iter().any(|time| time.slot == offer.slot)));
            assert!(free.iter().all(|offer| offer.reason == OfferReason::Dispatch));
            assert_eq!(find_free_time(query, free[0].slot.start).as_ref(), Ok(&free[0]));
        });
    }

    #[test]
    fn of_one_technician_only_their_own_times_are_free() {
        with_query(busy("2026-11-23 09:00", "2026-11-23 10:00"), |query| {
            let second = TechnicianPlan { technician: StaffId(2), ..technician(Vec::new()) };
            let both = [query.technicians[0].clone(), second];
            let query = OfferQuery { technicians: &both, ..*query };
            let is_free = |offers: Vec<crate::model::ordering::offers::Offer>| {
                offers.iter().any(|offer| offer.slot.start == local("2026-11-23 09:00"))
            };
            assert!(is_free(free_times(&query)) && is_free(free_times_of(&query, StaffId(2))));
            assert!(!is_free(free_times_of(&query, StaffId(1))));
            assert!(!free_times_of(&query, StaffId(1)).is_empty());
            assert!(free_times_of(&query, StaffId(3)).is_empty());
        });
    }

    #[test]
    fn what_was_taken_meanwhile_is_made_up_for() {
        let offered = [local("2026-11-23 09:00"), local("2026-11-23 11:00")];
        let starts = |busy, choice| {
            let chosen = with_query(busy, |query| choices(query, &offered, choice));
            chosen.into_iter().map(|offer| offer.slot.start).collect::<Vec<_>>()
        };
        assert_eq!(starts(Vec::new(), SlotChoice::Dispatch), offered);
        let taken = starts(busy("2026-11-23 09:00", "2026-11-23 10:00"), SlotChoice::Dispatch);
        assert_eq!(taken.len(), 2, "as many as were offered");
        assert!(taken.contains(&offered[1]) && !taken.contains(&offered[0]));
        let own = starts(Vec::new(), SlotChoice::Customer);
        assert!(own.len() > 2 && own.starts_with(&offered) && own.is_sorted());
    }

    #[test]
    fn a_box_names_its_time() {
        let start = local("2026-11-23 09:15");
        assert_eq!(start_of(&box_of(start)), Some(start));
        for nonsense in ["", "at", "atx", "1795424400", "at99999999999999999999"] {
            assert_eq!(start_of(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn an_offer_ends_after_two_working_days_or_with_its_last_start() {
        let now = local("2026-11-20 14:00");
        let ends = |last: &str| offer_ends(&calendar(), &[now, local(last)], now);
        assert_eq!(ends("2026-12-01 08:00"), calendar().add_working_minutes(now, OFFER_MINUTES));
        assert_eq!(ends("2026-11-23 08:00"), local("2026-11-23 08:00"));
    }
}
