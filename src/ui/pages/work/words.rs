//! Where the pages of work are, and what they say alike.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::{
        base::calendar::to_local,
        minutes::pools::PoolKind,
        ordering::offers::Slot,
        work::{attempts::AttemptChannel, readiness::ReadyAnswer, segments::SegmentKind},
    },
    ui::{
        self, format, receipt_words,
        texts::{Locale, t},
    },
};

/// What is done in a segment of this kind.
pub(super) fn kind_in_words(kind: SegmentKind) -> String {
    receipt_words::segment_kind(Locale::current(), kind)
}

/// Where minutes come from, and until when they can be drawn: "ze smlouvy do 31. 12."
pub(crate) fn source_in_words(kind: PoolKind, last_day: Option<NaiveDate>) -> String {
    receipt_words::from_pool(Locale::current(), kind, last_day, ui::now().map(format::local_date))
}

/// How the customer was tried.
pub(super) fn channel_in_words(channel: AttemptChannel) -> String {
    match channel {
        AttemptChannel::Phone => t!("work-channel-phone"),
        AttemptChannel::Teamviewer => t!("work-channel-teamviewer"),
        AttemptChannel::Email => t!("work-channel-email"),
    }
}

/// What the customer said shortly before the agreed time.
pub(super) fn said_in_words(answer: ReadyAnswer) -> String {
    match answer {
        ReadyAnswer::Ready => t!("work-said-ready"),
        ReadyAnswer::CallMe => t!("work-said-call"),
    }
}

/// An agreed time as briefly as it can be said: "dnes 8:00–8:45, za 26 minut", else with its date.
pub(super) fn brief(slot: Slot) -> String {
    let locale = Locale::current();
    let today = ui::now().map(format::local_date);
    let date = format::local_date(slot.start);
    let time = format::time_range(locale, slot);
    match today.and_then(|today| format::relative_day(locale, date, today)) {
        Some(day) => {
            let said = t!("on-relative", day = day, time = time);
            ui::now().map_or(said.clone(), |now| format::with_minutes_ahead(locale, said, slot.start, now))
        }
        None => format::slot(locale, slot),
    }
}

/// A local time as its field writes it, to the second: "2026-11-23T08:05:00".
pub(super) fn typed_time(at: DateTime<Utc>) -> String {
    to_local(at).format("%Y-%m-%dT%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::typed_time;

    #[test]
    fn a_field_holds_local_time_to_the_second() {
        let at = "2026-11-23T07:05:09.750Z".parse().expect("an instant");
        assert_eq!(typed_time(at), "2026-11-23T08:05:09");
    }
}
