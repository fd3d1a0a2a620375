//! Dates, times, minutes and money in words, for people.
//!
//! Every function takes the language. Instants are shown in the local time of the line, whatever the browser's zone.
//! `now`, where it is asked for, only lets near days be called "today" and "tomorrow".

#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};

use super::texts::{Locale, t};
use crate::model::{
    base::{
        calendar::{NearDay, minutes_ahead, near_day, to_local},
        money::{Money, VatRate},
        text::unbroken_range,
    },
    line::catalogue::MinuteRange,
    ordering::offers::Slot,
    people::erasure::erased_number,
};

/// Between digits of a number and before its unit: narrow, and never at the end of a line.
const NARROW_SPACE: char = '\u{202f}';

/// The local date of an instant.
#[must_use]
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    to_local(at).date()
}

/// "středa 25. listopadu 2026"
#[must_use]
pub fn date_long(locale: Locale, date: NaiveDate) -> String {
    t!(locale => "date-long", date = date_day(locale, date), year = date.year().to_string())
}

/// "středa 25. listopadu": for days so near that the year goes without saying.
#[must_use]
pub fn date_day(locale: Locale, date: NaiveDate) -> String {
    t!(
        locale => "date-day",
        weekday = weekday(locale, date, "nominative"),
        day = date.day(),
        month = month(locale, date),
    )
}

/// "st 25. 11."
#[must_use]
pub fn date_short(locale: Locale, date: NaiveDate) -> String {
    date_listed(locale, date, Some(date))
}

/// "25. 11.", or with the year where it is not `today`'s: "30. 6. 2027". Without `today` always with the year.
#[must_use]
pub fn date_numeric(locale: Locale, date: NaiveDate, today: Option<NaiveDate>) -> String {
    let short = t!(locale => "date-numeric", day = date.day(), month = date.month());
    if today.is_some_and(|today| today.year() == date.year()) {
        short
    } else {
        t!(locale => "date-numeric-year", date = short, year = date.year().to_string())
    }
}

/// "8:00"
#[must_use]
pub fn time(_locale: Locale, time: NaiveTime) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// "8:00" of an instant, in local time.
#[must_use]
pub fn time_of(locale: Locale, at: DateTime<Utc>) -> String {
    time(locale, to_local(at).time())
}

/// "8:00:05": to the second, as the technician's clock counts.
#[must_use]
pub fn second_of(locale: Locale, at: DateTime<Utc>) -> String {
    format!("{}:{:02}", time_of(locale, at), to_local(at).second())
}

/// "8:00–8:40"
#[must_use]
pub fn time_range(locale: Locale, slot: Slot) -> String {
    unbroken_range(&format!("{}–{}", time_of(locale, slot.start), time_of(locale, slot.end)))
}

/// "středa 25. listopadu, 8:00–8:40"
#[must_use]
pub fn slot(locale: Locale, slot: Slot) -> String {
    format!("{}, {}", date_day(locale, local_date(slot.start)), time_range(locale, slot))
}

/// "st 25. 11., 8:00–8:40": where there is little room.
#[must_use]
pub fn slot_short(locale: Locale, slot: Slot) -> String {
    format!("{}, {}", date_short(locale, local_date(slot.start)), time_range(locale, slot))
}

/// "st 25. 11.", with the year where it is not `today`'s: "st 25. 11. 2025".
#[must_use]
pub fn date_listed(locale: Locale, date: NaiveDate, today: Option<NaiveDate>) -> String {
    t!(
        locale => "date-short",
        weekday = weekday(locale, date, "short"),
        date = date_numeric(locale, date, today),
    )
}

/// As [`slot_short`], with the year where it is not `today`'s: "st 25. 11. 2025, 8:00–8:40".
#[must_use]
pub fn slot_listed(locale: Locale, slot: Slot, today: Option<NaiveDate>) -> String {
    format!("{}, {}", date_listed(locale, local_date(slot.start), today), time_range(locale, slot))
}

/// An instant on its own: "út 24. 11. 2026, 13:30".
#[must_use]
pub fn moment(locale: Locale, at: DateTime<Utc>) -> String {
    let date = local_date(at);
    t!(
        locale => "moment",
        weekday = weekday(locale, date, "short"),
        date = date_numeric(locale, date, None),
        time = time_of(locale, at),
    )
}

/// A deadline, with its preposition: "do úterý 24. 11. 13:30", "dnes do 13:40", "zítra do 8:00".
#[must_use]
pub fn until(locale: Locale, at: DateTime<Utc>, now: Option<DateTime<Utc>>) -> String {
    let date = local_date(at);
    let today = now.map(local_date);
    let time = time_of(locale, at);
    match today.and_then(|today| relative_day(locale, date, today)) {
        Some(day) => t!(locale => "until-relative", day = day, time = time),
        None => t!(
            locale => "until",
            weekday = weekday(locale, date, "genitive"),
            date = date_numeric(locale, date, today.or(Some(date))),
            time = time,
        ),
    }
}

/// A beginning, with its preposition: "od pátku 20. 11. 9:10", "dnes od 8:10", "včera od 9:10".
#[must_use]
pub fn since(locale: Locale, at: DateTime<Utc>, now: Option<DateTime<Utc>>) -> String {
    let date = local_date(at);
    let today = now.map(local_date);
    let time = time_of(locale, at);
    match today.and_then(|today| relative_day(locale, date, today)) {
        Some(day) => t!(locale => "since-relative", day = day, time = time),
        None => t!(
            locale => "since",
            weekday = weekday(locale, date, "genitive"),
            date = date_numeric(locale, date, today.or(Some(date))),
            time = time,
        ),
    }
}

/// The last day of a span, with its preposition: "do středy 25. 11.", "nejpozději zítra".
#[must_use]
pub fn by_day(locale: Locale, date: NaiveDate, now: Option<DateTime<Utc>>) -> String {
    let today = now.map(local_date);
    match today.and_then(|today| relative_day(locale, date, today)) {
        Some(day) => t!(locale => "by-day-relative", day = day),
        None => t!(
            locale => "by-day",
            weekday = weekday(locale, date, "genitive"),
            date = date_numeric(locale, date, today.or(Some(date))),
        ),
    }
}

/// When something happens: "dnes ve 13:40", "zítra v 7:00", "ve středu 25. listopadu v 7:00".
#[must_use]
pub fn on(locale: Locale, at: DateTime<Utc>, now: Option<DateTime<Utc>>) -> String {
    let date = local_date(at);
    let time = t!(locale => "at-time", hour = to_local(at).hour(), time = time_of(locale, at));
    match now.and_then(|now| relative_day(locale, date, local_date(now))) {
        Some(day) => t!(locale => "on-relative", day = day, time = time),
        None => t!(
            locale => "on",
            weekday = weekday(locale, date, "accusative"),
            day = date.day(),
            month = month(locale, date),
            time = time,
        ),
    }
}

/// "dnes", "zítra", "včera", or none for days further away.
#[must_use]
pub fn relative_day(locale: Locale, date: NaiveDate, today: NaiveDate) -> Option<String> {
    near_day(date, today).map(|day| match day {
        NearDay::Yesterday => t!(locale => "yesterday"),
        NearDay::Today => t!(locale => "today"),
        NearDay::Tomorrow => t!(locale => "tomorrow"),
    })
}

/// An agreed time as the fact that matters now: "dnes v 8:30, za 26 minut", "zítra v 7:00", else "středa 25. listopadu,
/// 8:00–8:40".
#[must_use]
pub fn appointment(locale: Locale, agreed: Slot, now: Option<DateTime<Utc>>) -> String {
    match now.filter(|now| is_near(agreed, Some(*now))) {
        Some(now) => with_minutes_ahead(locale, on(locale, agreed.start, Some(now)), agreed.start, now),
        None => slot(locale, agreed),
    }
}

/// Whether a time is said by when it begins only: today, tomorrow, yesterday.
#[must_use]
pub fn is_near(agreed: Slot, now: Option<DateTime<Utc>>) -> bool {
    now.is_some_and(|now| near_day(local_date(agreed.start), local_date(now)).is_some())
}

/// What was said of a time, and in how many minutes it comes where that is soon.
#[must_use]
pub fn with_minutes_ahead(locale: Locale, said: String, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match minutes_ahead(at, now) {
        Some(minutes) => format!("{said}, {}", t!(locale => "in-minutes", count = minutes)),
        None => said,
    }
}

/// "1 210 Kč"; haléře only where there are some: "12,50 Kč".
#[must_use]
pub fn money(locale: Locale, amount: Money) -> String {
    t!(locale => "money", amount = money_bare(locale, amount))
}

/// "907,50–1 815 Kč", "CZK 907.50–1,815": the unit stands where the language has it, once.
#[must_use]
pub fn money_range(locale: Locale, from: Money, to: Money) -> String {
    if from == to {
        return money(locale, to);
    }
    let ends = unbroken_range(&format!("{}–{}", money_bare(locale, from), money_bare(locale, to)));
    t!(locale => "money", amount = ends)
}

/// An amount without its unit: "1 210".
#[must_use]
pub fn money_bare(locale: Locale, amount: Money) -> String {
    let haler = amount.haler();
    let crowns = grouped(locale, haler.unsigned_abs() / 100);
    let rest = haler.unsigned_abs() % 100;
    let sign = if haler < 0 { "−" } else { "" };
    let point = match locale {
        Locale::Cs => ',',
        Locale::En => '.',
    };
    if rest == 0 { format!("{sign}{crowns}") } else { format!("{sign}{crowns}{point}{rest:02}") }
}

/// A whole number, its digits in threes.
#[must_use]
pub fn grouped(locale: Locale, number: u64) -> String {
    let separator = match locale {
        Locale::Cs => NARROW_SPACE,
        Locale::En => ',',
    };
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

/// "21 %"
#[must_use]
pub fn percent(locale: Locale, rate: VatRate) -> String {
    let number = rate.to_string();
    let number = match locale {
        Locale::Cs => number.replace('.', ","),
        Locale::En => number,
    };
    t!(locale => "percent", number = number)
}

/// "140 min"
#[must_use]
pub fn minutes(locale: Locale, minutes: u32) -> String {
    t!(locale => "minutes", minutes = grouped(locale, minutes.into()))
}

/// "20–45 min", or one number when both ends are the same.
#[must_use]
pub fn minute_range(locale: Locale, range: MinuteRange) -> String {
    if range.is_exact() {
        return minutes(locale, range.to);
    }
    let ends = unbroken_range(&format!("{}–{}", grouped(locale, range.from.into()), grouped(locale, range.to.into())));
    t!(locale => "minutes", minutes = ends)
}

/// Working minutes as an answer to "how long": "2 hodiny", "3 pracovní dny". `day` is the length of a working day in
/// minutes.
#[must_use]
pub fn working_time(locale: Locale, minutes: u32, day: u32) -> String {
    if day > 0 && minutes >= day && minutes.is_multiple_of(day) {
        t!(locale => "working-days", count = minutes / day)
    } else if minutes >= 60 && minutes.is_multiple_of(60) {
        t!(locale => "working-hours", count = minutes / 60)
    } else {
        t!(locale => "working-minutes", count = minutes)
    }
}

/// Working minutes that have passed: "7 h 20 min", "45 min", "2 h".
#[must_use]
pub fn hours_and_minutes(locale: Locale, total: u32) -> String {
    let (whole, rest) = (total / 60, total % 60);
    let hours = || t!(locale => "hours", hours = grouped(locale, whole.into()));
    match (whole, rest) {
        (0, rest) => minutes(locale, rest),
        (_, 0) => hours(),
        (_, rest) => format!("{}\u{a0}{}", hours(), minutes(locale, rest)),
    }
}

/// Working minutes after "do" ("within"): "2 pracovních hodin", "90 pracovních minut".
#[must_use]
pub fn working_time_genitive(locale: Locale, minutes: u32) -> String {
    if minutes >= 60 && minutes.is_multiple_of(60) {
        t!(locale => "within-working-hours", count = minutes / 60)
    } else {
        t!(locale => "within-working-minutes", count = minutes)
    }
}

/// A telephone number for `href="tel:…"`; the line's numbers are Czech and printed without the prefix.
#[must_use]
pub fn tel(phone: &str) -> String {
    let digits: String = phone.chars().filter(|character| character.is_ascii_digit() || *character == '+').collect();
    if digits.starts_with('+') { format!("tel:{digits}") } else { format!("tel:+420{digits}") }
}

/// A telephone number as it is printed: read in one piece, so its spaces do not break the line. One that was typed without any is read
/// by threes.
#[must_use]
pub fn unbroken_phone(phone: &str) -> String {
    let (prefix, national) = phone.strip_prefix("+420").map_or(("", phone), |national| ("+420 ", national));
    let is_bare = national.len() == 9 && national.bytes().all(|byte| byte.is_ascii_digit());
    let threes = || national.as_bytes().chunks(3).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    let spaced = if is_bare { format!("{prefix}{}", threes()) } else { phone.to_owned() };
    spaced.replace(' ', "\u{a0}")
}

/// With a capital letter: what was the middle of a sentence becomes a headline.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// A day of the week in one of the forms that sentences want.
fn weekday(locale: Locale, date: NaiveDate, form: &'static str) -> String {
    t!(locale => "weekday", day = date.weekday().number_from_monday(), form = form)
}

/// A month as it stands after a day: "listopadu".
fn month(locale: Locale, date: NaiveDate) -> String {
    t!(locale => "month", month = date.month())
}

/// The name of a customer's person; of one who is erased, that and which one: "Smazaná osoba 3".
#[must_use]
pub fn person(locale: Locale, name: &str) -> String {
    match erased_number(name) {
        Some(number) => t!(locale => "person-erased", number = number.to_string()),
        None => name.to_owned(),
    }
}

/// "12 MB", "840 kB": a file's size as file managers say it, rounded up.
#[must_use]
pub fn file_size(locale: Locale, bytes: u64) -> String {
    match bytes.div_ceil(1_000) {
        kilobytes @ ..1_000 => t!(locale => "size-kb", size = grouped(locale, kilobytes)),
        kilobytes => t!(locale => "size-mb", size = grouped(locale, kilobytes.div_ceil(1_000))),
    }
}
