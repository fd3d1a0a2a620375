//! Evidence: what TeamViewer says beside the clock (design, Evidence).
//!
//! Two witnesses tell of the same work: the clock, which somebody has to start and to stop, and the connection, which begins and ends by
//! itself. Where both agree there is nothing to say. Where they differ it is said by how much, and a person decides: evidence is looked
//! at beside segments and never becomes one, so it has no say in any minute.
//!
//! All of it is one subtraction. A stretch of time is whole seconds, as the clock shows them; what was measured is a union of such, what
//! was connected is another, and everything that is said follows from taking the one from the other.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    corrections::{CorrectionRefused, check_correction},
    forgotten::{ForgottenClock, LikelyEnd, needs_manager},
    segments::{Segment, SegmentKind, SegmentTimes, seconds_between},
};
use crate::model::{base::calendar::BusinessCalendar, ordering::offers::Slot};

/// The least difference that is worth telling, in seconds: nobody starts a clock to the second.
pub const TOLD_FROM_SECONDS: u64 = 60;

/// A connection to a customer's computer, as TeamViewer tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Which computer, as TeamViewer calls it; may be empty.
    pub device: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
}

impl Connection {
    /// How long it took, in seconds.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        seconds_between(self.started_at, self.ended_at)
    }
}

/// A stretch of time, in whole seconds and never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Its first second.
    pub from: DateTime<Utc>,
    /// The second behind its last.
    pub until: DateTime<Utc>,
}

impl Span {
    /// The seconds from one instant to another, each counted as the second that it lies in; none where there is no whole one.
    #[must_use]
    pub fn between(from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Self> {
        let second = |at: DateTime<Utc>| DateTime::from_timestamp(at.timestamp(), 0);
        let span = Self { from: second(from)?, until: second(until)? };
        (span.from < span.until).then_some(span)
    }

    /// How many seconds it has.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        seconds_between(self.from, self.until)
    }
}

/// What one witness says next to the other. Each list is in order of time, and no two of its stretches touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Measured and connected.
    pub covered: Vec<Span>,
    /// Connected, and not measured: the clock was late, stood still, or never ran.
    pub unclocked: Vec<Span>,
    /// Measured, and not connected: on the telephone, prepared, or forgotten.
    pub unconnected: Vec<Span>,
}

impl Evidence {
    /// Lays connections beside segments; a clock that runs is taken up to `counted_until`.
    #[must_use]
    pub fn of(segments: &[Segment], connections: &[Connection], counted_until: DateTime<Utc>) -> Self {
        let measured = segments.iter().map(|it| (it.started_at, it.ended_at.unwrap_or(counted_until)));
        let connected = connections.iter().map(|it| (it.started_at, it.ended_at));
        let (measured, connected) = (union(measured), union(connected));
        let unclocked = without(&connected, &measured);
        Self { covered: without(&connected, &unclocked), unconnected: without(&measured, &connected), unclocked }
    }

    /// What is worth telling, in order of time; nothing where both say the same.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let is_told = |span: &&Span| span.seconds() >= TOLD_FROM_SECONDS;
        let began = self.covered.iter().chain(&self.unconnected).map(|span| span.from).min();
        let ended = self.covered.iter().chain(&self.unconnected).map(|span| span.until).max();
        let place = |span: &Span| match began.zip(ended) {
            None => Place::Unmeasured,
            Some((began, _)) if span.until <= began => Place::Before,
            Some((_, ended)) if ended <= span.from => Place::After,
            Some(_) => Place::Between,
        };
        let unclocked = self.unclocked.iter().filter(is_told);
        let mut findings: Vec<_> =
            unclocked.map(|span| Finding::Unclocked { place: place(span), span: *span }).collect();
        let alone = self.unconnected.iter().map(Span::seconds).sum();
        if alone >= TOLD_FROM_SECONDS {
            findings.push(Finding::Unconnected { seconds: alone });
        }
        findings
    }
}

/// What TeamViewer says of a visit, as the workbench shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BenchEvidence {
    /// The connections, in order of time.
    pub connections: Vec<Connection>,
    /// How many more may be of this visit, or of another one: people choose.
    pub undecided: u32,
    /// What differs from the clock.
    pub findings: Vec<Finding>,
    /// How the viewer brings each stretch to the clock that nothing measured; nothing for whoever may not correct the visit.
    pub ways: Vec<(Span, TakeOver)>,
    /// When the connection of a forgotten clock ended, and who may stop it there.
    pub stop: Option<StopAtEnd>,
}

/// How a stretch that nothing measured comes to the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakeOver {
    /// On one tap, as it stands.
    AsItStands,
    /// By the form of a correction, with a reason.
    WithReason,
    /// Not before the clock is stopped that runs from before it: until then that has no end which it could lie behind.
    OnceStopped,
    /// It adds more than a technician may: a manager does it.
    ByManager,
}

/// By which rules a stretch comes to the clock: those of every [correction](check_correction).
#[derive(Debug, Clone, Copy)]
pub struct TakenOverBy<'a> {
    /// What technicians have added to the intervention already.
    pub added_before: TimeDelta,
    /// The agreed time of the visit.
    pub agreed: Slot,
    /// The line's hours.
    pub calendar: &'a BusinessCalendar,
    /// Whether it is a manager who looks.
    pub by_manager: bool,
}

impl TakeOver {
    /// How a stretch comes to the clock, which has measured some segments of the visit.
    #[must_use]
    pub fn of(span: &Span, segments: &[Segment], rules: &TakenOverBy<'_>) -> Self {
        if segments.iter().any(|it| it.ended_at.is_none() && it.started_at < span.until) {
            return Self::OnceStopped;
        }
        let wanted = SegmentTimes { kind: SegmentKind::Work, started_at: span.from, ended_at: span.until };
        let TakenOverBy { added_before, agreed, calendar, by_manager } = *rules;
        match check_correction(None, &wanted, added_before, agreed, calendar, by_manager, false) {
            Ok(()) => Self::AsItStands,
            Err(CorrectionRefused::NotConfirmed) => Self::WithReason,
            Err(CorrectionRefused::NeedsManager) => Self::ByManager,
        }
    }
}

/// A forgotten clock may be stopped when its connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopAtEnd {
    /// When that was.
    pub at: DateTime<Utc>,
    /// Whether the viewer may do so; who may not leaves it to a manager.
    pub is_viewers: bool,
}

impl StopAtEnd {
    /// What is known of the end of a forgotten clock by its connection; nothing where none has ended while it ran.
    #[must_use]
    pub fn of(forgotten: &ForgottenClock, by_manager: bool) -> Option<Self> {
        let end = forgotten.suggestions.iter().find(|end| end.why == LikelyEnd::Disconnected)?;
        Some(Self { at: end.at, is_viewers: by_manager || !needs_manager(end.at, forgotten.since) })
    }
}

/// One difference between the clock and the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Somebody was connected while nothing was measured.
    Unclocked {
        /// Where that lies.
        place: Place,
        /// From when until when.
        span: Span,
    },
    /// So much was measured while nobody was connected, in seconds.
    Unconnected {
        /// In all.
        seconds: u64,
    },
}

impl Finding {
    /// The stretch that nothing measured; none of another difference.
    #[must_use]
    pub const fn unclocked(&self) -> Option<Span> {
        match self {
            Self::Unclocked { span, .. } => Some(*span),
            Self::Unconnected { .. } => None,
        }
    }
}

/// Where a connection lies that nothing measured, as seen from the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Before the clock was started.
    Before,
    /// While it stood still.
    Between,
    /// After it was stopped.
    After,
    /// The clock has not run at all.
    Unmeasured,
}

/// Seconds of which at least one stretch tells, as the fewest stretches in order of time.
fn union(stretches: impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)>) -> Vec<Span> {
    let mut spans: Vec<Span> = stretches.filter_map(|(from, until)| Span::between(from, until)).collect();
    spans.sort();
    let mut union: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match union.last_mut() {
            Some(last) if span.from <= last.until => last.until = last.until.max(span.until),
            _ => union.push(span),
        }
    }
    union
}

/// What is left of some stretches when others are taken away; both are unions.
fn without(spans: &[Span], taken: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    for span in spans {
        let mut from = span.from;
        for gone in taken.iter().filter(|gone| gone.from < span.until && span.from < gone.until) {
            left.extend(Span::between(from, gone.from));
            from = gone.until;
        }
        left.extend(Span::between(from, span.until));
    }
    left
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        base::ids::SegmentId,
        fixtures::{any_clock, calendar, local, running, segment},
        work::{
            forgotten::SuggestedEnd,
            segments::SegmentKind::{Communication, Work},
        },
    };

    fn connection(from: &str, until: &str) -> Connection {
        Connection { device: "Kancelář".into(), started_at: local(from), ended_at: local(until) }
    }

    fn span(from: &str, until: &str) -> Span {
        Span { from: local(from), until: local(until) }
    }

    fn findings(segments: &[Segment], connections: &[Connection]) -> Vec<Finding> {
        Evidence::of(segments, connections, local("2026-11-23 12:00")).findings()
    }

    #[test]
    fn a_connection_that_began_before_the_clock_is_told_by_its_minutes() {
        let clock = [segment(Work, "2026-11-23 08:05", "2026-11-23 08:41")];
        let told = findings(&clock, &[connection("2026-11-23 08:02", "2026-11-23 08:41")]);
        let before = span("2026-11-23 08:02", "2026-11-23 08:05");
        assert_eq!(told, [Finding::Unclocked { place: Place::Before, span: before }]);
        assert_eq!(before.seconds(), 180);
    }

    #[test]
    fn each_difference_has_its_place_and_what_agrees_says_nothing() {
        let clock = [
            segment(Communication, "2026-11-23 08:00", "2026-11-23 08:10"),
            segment(Work, "2026-11-23 08:30", "2026-11-23 08:50"),
        ];
        let one = connection("2026-11-23 08:05", "2026-11-23 09:00");
        assert_eq!(
            findings(&clock, std::slice::from_ref(&one)),
            [
                Finding::Unclocked { place: Place::Between, span: span("2026-11-23 08:10", "2026-11-23 08:30") },
                Finding::Unclocked { place: Place::After, span: span("2026-11-23 08:50", "2026-11-23 09:00") },
                Finding::Unconnected { seconds: 300 },
            ]
        );
        let unmeasured =
            Finding::Unclocked { place: Place::Unmeasured, span: span("2026-11-23 08:05", "2026-11-23 09:00") };
        assert_eq!(findings(&[], &[one]), [unmeasured]);
        let same = [
            connection("2026-11-23 08:00:59", "2026-11-23 08:10:30"),
            connection("2026-11-23 08:30", "2026-11-23 08:50:59"),
        ];
        assert_eq!(findings(&clock, &same), [], "nobody starts a clock to the second");
    }

    #[test]
    fn a_clock_that_runs_counts_as_far_as_it_is_believed() {
        let clock = [running(Work, "2026-11-23 08:00")];
        let connections = [connection("2026-11-23 08:00", "2026-11-23 08:40")];
        let until = |until| Evidence::of(&clock, &connections, local(until));
        assert_eq!(until("2026-11-23 08:30").unclocked, [span("2026-11-23 08:30", "2026-11-23 08:40")]);
        assert_eq!(until("2026-11-23 09:00").unconnected, [span("2026-11-23 08:40", "2026-11-23 09:00")]);
    }

    #[test]
    fn an_hour_that_comes_twice_is_told_apart_by_instants() {
        // From 2:30 before the clocks go back to 2:30 after it.
        let (first, second) =
            (local("2026-10-25 01:30") + TimeDelta::hours(1), local("2026-10-25 01:30") + TimeDelta::hours(2));
        let connection = Connection { device: String::new(), started_at: first, ended_at: second };
        let told = Evidence::of(&[], &[connection], second);
        assert_eq!(told.unclocked.iter().map(Span::seconds).sum::<u64>(), 3_600);
    }

    #[test]
    fn a_stretch_comes_to_the_clock_by_whoever_and_whenever_it_may() {
        let agreed = Slot { start: local("2026-11-23 08:00"), end: local("2026-11-23 10:00") };
        let calendar = calendar();
        let way = |stretch: Span, clock: &[Segment], added: i64, by_manager: bool| {
            let added_before = TimeDelta::minutes(added);
            TakeOver::of(&stretch, clock, &TakenOverBy { added_before, agreed, calendar: &calendar, by_manager })
        };
        let short = span("2026-11-23 08:30", "2026-11-23 08:40");
        assert_eq!(way(short, &[], 0, false), TakeOver::AsItStands);
        assert_eq!(way(span("2026-11-23 07:00", "2026-11-23 07:10"), &[], 0, false), TakeOver::WithReason);
        // Behind a clock that runs, and before it.
        let clock = [running(Work, "2026-11-23 08:10")];
        assert_eq!(way(short, &clock, 0, false), TakeOver::OnceStopped);
        assert_eq!(way(short, &clock, 0, true), TakeOver::OnceStopped, "a manager stops it as well");
        assert_eq!(way(span("2026-11-23 08:00", "2026-11-23 08:10"), &clock, 0, false), TakeOver::AsItStands);
        // More than an hour in all is a manager's.
        let hour_and_more = span("2026-11-23 08:30", "2026-11-23 09:30:01");
        assert_eq!(way(hour_and_more, &[], 0, false), TakeOver::ByManager);
        assert_eq!(way(hour_and_more, &[], 0, true), TakeOver::AsItStands);
        assert_eq!(way(short, &[], 51, false), TakeOver::ByManager);
        assert_eq!(way(short, &[], 50, false), TakeOver::AsItStands);
    }

    #[test]
    fn whoever_may_not_say_so_late_an_end_leaves_it_to_a_manager() {
        let forgotten = |why, at| ForgottenClock {
            segment: SegmentId(1),
            kind: Work,
            started_at: local("2026-11-23 09:00"),
            since: local("2026-11-23 10:30"),
            suggestions: vec![SuggestedEnd { why, at: local(at) }],
        };
        let stop = |at, by_manager| StopAtEnd::of(&forgotten(LikelyEnd::Disconnected, at), by_manager);
        let told = |at, is_viewers| Some(StopAtEnd { at: local(at), is_viewers });
        assert_eq!(stop("2026-11-23 11:30", false), told("2026-11-23 11:30", true));
        assert_eq!(stop("2026-11-23 11:30:01", false), told("2026-11-23 11:30:01", false));
        assert_eq!(stop("2026-11-23 11:30:01", true), told("2026-11-23 11:30:01", true));
        assert_eq!(StopAtEnd::of(&forgotten(LikelyEnd::LineClosed, "2026-11-23 11:00"), true), None);
    }

    /// Connections around the day of [`any_clock`], with parts of seconds.
    fn any_connections() -> impl Strategy<Value = Vec<Connection>> {
        let one = (-2_000_000..20_000_000_i64, 0..5_000_000_i64).prop_map(|(from, length)| {
            let started_at = local("2026-11-23 08:00") + TimeDelta::milliseconds(from);
            Connection { device: String::new(), started_at, ended_at: started_at + TimeDelta::milliseconds(length) }
        });
        prop::collection::vec(one, 0..6)
    }

    /// The reference: second by second.
    fn seconds(stretches: impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)>) -> BTreeSet<i64> {
        stretches.flat_map(|(from, until)| from.timestamp()..until.timestamp()).collect()
    }

    fn of(spans: &[Span]) -> BTreeSet<i64> {
        seconds(spans.iter().map(|span| (span.from, span.until)))
    }

    proptest! {
        /// Of each second it is right who tells of it, and the three lists share none.
        #[test]
        fn every_second_is_told_by_who_was_there((segments, now) in any_clock(), connections in any_connections()) {
            let measured = seconds(segments.iter().map(|it| (it.started_at, it.ended_at.unwrap_or(now))));
            let connected = seconds(connections.iter().map(|it| (it.started_at, it.ended_at)));
            let told = Evidence::of(&segments, &connections, now);
            prop_assert_eq!(of(&told.covered), &measured & &connected);
            prop_assert_eq!(of(&told.unclocked), &connected - &measured);
            prop_assert_eq!(of(&told.unconnected), &measured - &connected);
            for spans in [&told.covered, &told.unclocked, &told.unconnected] {
                prop_assert!(spans.iter().all(|span| span.from < span.until));
                prop_assert!(spans.windows(2).all(|two| two[0].until < two[1].from), "the fewest stretches: {spans:?}");
            }
        }

        /// The order in which connections came, and that one came twice, says nothing.
        #[test]
        fn the_order_of_what_is_told_does_not_count((segments, now) in any_clock(), connections in any_connections()) {
            let told = Evidence::of(&segments, &connections, now);
            let mut again: Vec<_> = connections.iter().rev().cloned().collect();
            again.extend(connections.first().cloned());
            prop_assert_eq!(Evidence::of(&segments, &again, now), told);
        }
    }
}
