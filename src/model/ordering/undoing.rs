//! Undoing an order (design, Undo): minutes in which it can be taken back as if it had never been sent.

use chrono::{DateTime, TimeDelta, Utc};

use super::requests::{RequestSource, RequestState};

/// How long an order can be undone, in minutes from when it was sent.
const UNDO_MINUTES: i64 = 10;

/// An order that was sent, as far as undoing it needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentOrder {
    /// Where it stands.
    pub state: RequestState,
    /// How it came in.
    pub source: RequestSource,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When its agreed time starts, if one is agreed.
    pub start: Option<DateTime<Utc>>,
    /// Whether somebody of the vendor has begun to work on it, or it has become part of something else.
    pub is_begun: bool,
}

impl SentOrder {
    /// Until when it can be undone, whatever the cut-off says: not beyond its start. None for what cannot be undone by whoever ordered
    /// it, at any time.
    #[must_use]
    pub fn undo_until(&self) -> Option<DateTime<Utc>> {
        let is_open = matches!(self.state, RequestState::Scheduled | RequestState::Waiting);
        if !is_open || self.is_begun || self.source != RequestSource::Portal {
            return None;
        }
        let until = self.sent_at + TimeDelta::minutes(UNDO_MINUTES);
        Some(self.start.map_or(until, |start| start.min(until)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    fn sent() -> SentOrder {
        SentOrder {
            state: RequestState::Scheduled,
            source: RequestSource::Portal,
            sent_at: local("2026-11-23 08:00"),
            start: Some(local("2026-11-25 08:00")),
            is_begun: false,
        }
    }

    #[test]
    fn an_order_can_be_undone_for_ten_minutes_but_not_beyond_its_start() {
        assert_eq!(sent().undo_until(), Some(local("2026-11-23 08:10")));
        let soon = SentOrder { start: Some(local("2026-11-23 08:05")), ..sent() };
        assert_eq!(soon.undo_until(), Some(local("2026-11-23 08:05")));
        let waiting = SentOrder { state: RequestState::Waiting, start: None, ..sent() };
        assert_eq!(waiting.undo_until(), Some(local("2026-11-23 08:10")));
    }

    #[test]
    fn what_is_begun_or_over_or_came_by_telephone_is_not_undone() {
        assert_eq!(SentOrder { is_begun: true, ..sent() }.undo_until(), None);
        assert_eq!(SentOrder { source: RequestSource::Phone, ..sent() }.undo_until(), None);
        for state in [RequestState::Draft, RequestState::InProgress, RequestState::Closed, RequestState::Cancelled] {
            assert_eq!(SentOrder { state, ..sent() }.undo_until(), None, "{state}");
        }
    }
}
