//! Sets of quarters and the rulers of days.

use proptest::prelude::*;

use super::during;
use crate::model::{
    base::calendar::BusinessCalendar,
    fixtures::{date, local, time},
    ordering::offers::{
        days::{Day, Days, Partial},
        quarters::{Quarters, Span},
    },
};

fn set(quarters: &[u32]) -> Quarters {
    quarters.iter().map(|&quarter| Span::new(quarter, quarter + 1)).collect()
}

proptest! {
    #[test]
    fn a_span_contains_what_it_says(first in 0..140_u32, end in 0..140_u32) {
        let span = Span::new(first, end);
        let expected: Vec<_> = (first..end).filter(|&quarter| quarter < 128).collect();
        prop_assert_eq!(span.len(), end.saturating_sub(first));
        prop_assert_eq!(Quarters::from(span).iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_set_is_the_list_of_its_quarters(quarters in prop::collection::btree_set(0..128_u32, 0..40)) {
        let quarters: Vec<_> = quarters.into_iter().collect();
        let set = set(&quarters);
        prop_assert_eq!(set.iter().collect::<Vec<_>>(), quarters.clone());
        prop_assert_eq!(set.len() as usize, quarters.len());
        prop_assert!((0..200).all(|quarter| set.contains(quarter) == quarters.contains(&quarter)));
    }

    #[test]
    fn a_run_starts_where_all_of_it_is_there(quarters in prop::collection::btree_set(0..128_u32, 0..128), length in 1..200_u32) {
        let quarters: Vec<_> = quarters.into_iter().collect();
        let expected = (0..128).filter(|&start| (start..start + length).all(|quarter| quarters.contains(&quarter)));
        let starts = set(&quarters).starts_of_runs(length);
        prop_assert_eq!(starts.iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}

fn night() -> BusinessCalendar {
    BusinessCalendar::new(time("01:00"), time("04:00"), [])
}

#[test]
fn a_day_has_92_96_or_100_quarters() {
    let quarters_to_next_midnight = |day, next| Day::new(date(day)).quarter_from(local(next));
    assert_eq!(quarters_to_next_midnight("2026-03-28", "2026-03-29 00:00"), 96);
    assert_eq!(quarters_to_next_midnight("2026-03-29", "2026-03-30 00:00"), 92);
    assert_eq!(quarters_to_next_midnight("2026-10-25", "2026-10-26 00:00"), 100);
}

#[test]
fn a_quarter_is_at_its_instant() {
    for day in ["2026-03-28", "2026-03-29", "2026-10-25", "1944-04-03"] {
        let day = Day::new(date(day));
        for quarter in 0..92 {
            assert_eq!(day.quarter_at(day.instant(quarter)), Some(quarter));
        }
        assert_eq!(day.quarter_at(day.instant(30) + chrono::TimeDelta::nanoseconds(1)), None);
        assert_eq!(day.quarter_from(day.instant(30) + chrono::TimeDelta::nanoseconds(1)), 31);
    }
}

#[test]
fn hours_are_as_many_quarters_as_they_really_are() {
    for (day, expected) in [("1944-04-04", 12), ("1944-04-03", 8), ("1944-10-02", 16)] {
        let days = Days::new(&night(), date(day), date(day));
        assert_eq!(days.first().hours.len(), expected, "{day}");
    }
}

#[test]
fn a_stretch_of_time_is_cut_into_its_days() {
    let cover = |start, end, partial| {
        let days = Days::new(&night(), date("2026-10-24"), date("2026-10-26"));
        let mut parts = Vec::new();
        days.cover(&during(start, end), partial, |day, span| parts.push((day, span)));
        parts
    };
    let (counts, falls) = (Partial::Counts, Partial::Falls);
    assert_eq!(cover("2026-10-24 10:00", "2026-10-24 11:00", counts), [(0, Span::new(40, 44))]);
    assert_eq!(cover("2026-10-24 10:01", "2026-10-24 10:59", counts), [(0, Span::new(40, 44))]);
    assert_eq!(cover("2026-10-24 10:01", "2026-10-24 10:59", falls), [(0, Span::new(41, 43))]);
    assert_eq!(cover("2026-10-24 10:01", "2026-10-24 10:14", falls), [(0, Span::new(41, 40))]);
    // Within one local day, but not within one UTC date; and the other way round.
    assert_eq!(cover("2026-10-25 00:30", "2026-10-25 04:00", counts), [(1, Span::new(2, 20))]);
    assert_eq!(cover("2026-10-24 23:00", "2026-10-25 01:00", counts), [(0, Span::new(92, 96)), (1, Span::new(0, 4))]);
    // Longer than all of them, and outside.
    assert_eq!(
        cover("2026-10-20 10:00", "2026-10-30 10:00", falls),
        [(0, Span::new(0, 96)), (1, Span::new(0, 100)), (2, Span::new(0, 96))]
    );
    assert_eq!(cover("2026-10-23 10:00", "2026-10-24 00:00", counts), []);
    assert_eq!(cover("2026-10-27 00:00", "2026-10-28 00:00", counts), []);
    // The same day of another year.
    assert_eq!(cover("2025-10-24 10:00", "2025-10-24 11:00", counts), []);
}
