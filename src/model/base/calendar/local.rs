//! Local wall time in Czechia. Instants are UTC everywhere else; here they meet the clock on the wall.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// The one time zone of the line, with all its daylight-saving rules; never a fixed offset (design, Business time).
pub const PRAGUE: Tz = chrono_tz::Europe::Prague;

/// What the clock on the wall shows at `instant`.
///
/// Total: within a day of the end of chrono's calendar (the year 262142), where local time has no representation, it
/// is UTC.
#[must_use]
pub fn to_local(instant: DateTime<Utc>) -> NaiveDateTime {
    let utc = instant.naive_utc();
    let offset = PRAGUE.offset_from_utc_datetime(&utc).fix();
    utc.checked_add_offset(offset).unwrap_or(utc)
}

/// The instant at which the clock on the wall shows `time` on `date`.
///
/// Twice a year the answer is a decision:
///
/// * a time that the spring change skips (2:00–3:00) is the first instant after the gap, 3:00 summer time;
/// * a time that the autumn change repeats is the earlier of the two.
///
/// So a later wall time never gives an earlier instant. Total: at the very ends of chrono's calendar the time is taken
/// as UTC.
#[must_use]
pub fn from_local(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let wall = date.and_time(time);
    PRAGUE
        .from_local_datetime(&wall)
        .earliest()
        .or_else(|| GapInfo::new(&wall, &PRAGUE)?.end)
        .map_or(wall.and_utc(), |instant| instant.to_utc())
}

/// The first instant of a local day.
#[must_use]
pub fn midnight(date: NaiveDate) -> DateTime<Utc> {
    from_local(date, NaiveTime::MIN)
}

/// The last local day that lies, wholly or in part, before `end`: until when something can be used that ends then.
#[must_use]
pub fn last_day(end: DateTime<Utc>) -> NaiveDate {
    to_local(end - TimeDelta::seconds(1)).date()
}
