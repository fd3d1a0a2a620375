//! Dates, times, minutes and money in words, for people.
//!
//! Every function takes the language. Instants are shown in the local time of the line, whatever the browser's zone.
//! `now`, where it is asked for, only lets near days be called "today" and "tomorrow".

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

#[cfg(test)]
mod tests {
    use Locale::{Cs, En};

    use super::*;
    use crate::{
        model::base::{calendar::from_local, text::JOINER},
        ui::islands::phone_in_groups,
    };

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a date")
    }

    fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
        from_local(date(2026, 11, day), time)
    }

    /// With ordinary spaces, so that the expectations can be read.
    fn plain(text: &str) -> String {
        text.replace(['\u{a0}', NARROW_SPACE], " ").replace(JOINER, "")
    }

    #[test]
    fn a_time_a_range_a_number_and_a_telephone_number_stay_on_one_line() {
        let slot = Slot { start: at(25, 8, 45), end: at(25, 9, 30) };
        assert_eq!(time_range(Cs, slot), "8:45–\u{2060}9:30");
        for locale in [Cs, En] {
            for unbroken in [
                time_range(locale, slot),
                minute_range(locale, MinuteRange::new(1_020, 1_045)),
                minutes(locale, 1_200),
                grouped(locale, 1_234_567),
                money(locale, Money::from_haler(123_456_789)),
                percent(locale, "12.5".parse().expect("a rate")),
                phone_in_groups("+420601234567"),
                unbroken_phone("377 457 977"),
            ] {
                assert!(!unbroken.contains(' '), "{unbroken:?}");
                let dashes = unbroken.matches('–').count();
                assert_eq!(unbroken.matches("–\u{2060}").count(), dashes, "{unbroken:?}");
            }
        }
    }

    #[test]
    fn a_number_of_the_line_is_read_by_threes_however_it_was_typed() {
        for (typed, read) in [
            ("377 457 977", "377 457 977"),
            ("377457977", "377 457 977"),
            ("+420377457977", "+420 377 457 977"),
            ("377 45 79 77", "377 45 79 77"),
            ("+49 30 123456", "+49 30 123456"),
            ("", ""),
        ] {
            assert_eq!(plain(&unbroken_phone(typed)), read);
        }
    }

    #[test]
    fn dates_are_spelled_out_or_short() {
        let wednesday = date(2026, 11, 25);
        assert_eq!(plain(&date_long(Cs, wednesday)), "středa 25. listopadu 2026");
        assert_eq!(plain(&date_long(En, wednesday)), "Wednesday 25 November 2026");
        assert_eq!(plain(&date_day(Cs, date(2027, 3, 1))), "pondělí 1. března");
        assert_eq!(plain(&date_short(Cs, wednesday)), "st 25. 11.");
        assert_eq!(plain(&date_short(En, wednesday)), "Wed 25 Nov");
        assert_eq!(plain(&date_numeric(Cs, date(2027, 6, 30), Some(wednesday))), "30. 6. 2027");
        assert_eq!(plain(&date_numeric(Cs, date(2026, 12, 31), Some(wednesday))), "31. 12.");
        assert_eq!(plain(&date_numeric(En, date(2027, 6, 30), None)), "30 Jun 2027");
    }

    #[test]
    fn every_day_and_month_has_its_names() {
        let mut names = std::collections::BTreeSet::new();
        for form in ["nominative", "genitive", "accusative", "short"] {
            for day in 1..=7 {
                names.insert((form, weekday(Cs, date(2026, 6, day), form)));
            }
        }
        assert_eq!(names.len(), 4 * 7);
        let months: std::collections::BTreeSet<_> = (1..=12).map(|number| month(Cs, date(2026, number, 1))).collect();
        assert_eq!(months.len(), 12);
    }

    #[test]
    fn times_are_local() {
        let slot_of = |start, end| Slot { start, end };
        let winter = slot_of(at(25, 8, 0), at(25, 8, 40));
        assert_eq!(winter.start.to_rfc3339(), "2026-11-25T07:00:00+00:00");
        assert_eq!(plain(&slot(Cs, winter)), "středa 25. listopadu, 8:00–8:40");
        assert_eq!(plain(&slot_short(Cs, winter)), "st 25. 11., 8:00–8:40");
        assert_eq!(plain(&slot(En, winter)), "Wednesday 25 November, 8:00–8:40");
        let summer = DateTime::parse_from_rfc3339("2026-07-01T05:00:00Z").expect("an instant").to_utc();
        assert_eq!(time_of(Cs, summer), "7:00");
        assert_eq!(plain(&moment(Cs, at(24, 13, 30))), "út 24. 11. 2026, 13:30");
    }

    #[test]
    fn near_days_have_words() {
        let now = Some(at(24, 9, 0));
        assert_eq!(plain(&on(Cs, at(24, 13, 40), now)), "dnes ve 13:40");
        assert_eq!(plain(&on(Cs, at(25, 7, 0), now)), "zítra v 7:00");
        assert_eq!(plain(&on(Cs, at(23, 8, 0), now)), "včera v 8:00");
        assert_eq!(plain(&on(Cs, at(26, 12, 0), now)), "ve čtvrtek 26. listopadu ve 12:00");
        assert_eq!(plain(&on(Cs, at(30, 7, 0), now)), "v pondělí 30. listopadu v 7:00");
        assert_eq!(plain(&on(En, at(30, 7, 0), now)), "on Monday 30 November at 7:00");
        assert_eq!(plain(&on(En, at(25, 7, 0), now)), "tomorrow at 7:00");
        assert_eq!(plain(&on(Cs, at(24, 13, 40), None)), "v úterý 24. listopadu ve 13:40");
    }

    #[test]
    fn a_near_appointment_is_said_as_people_do() {
        let agreed = |day, hour, minute| Slot { start: at(day, hour, minute), end: at(day, hour + 1, minute) };
        let now = Some(at(24, 8, 4));
        assert_eq!(plain(&appointment(Cs, agreed(24, 8, 30), now)), "dnes v 8:30, za 26 minut");
        assert_eq!(appointment(Cs, agreed(24, 8, 30), now), "dnes v\u{a0}8:30, za\u{a0}26\u{a0}minut", "unbroken");
        assert_eq!(plain(&appointment(Cs, agreed(24, 8, 5), now)), "dnes v 8:05, za 1 minutu");
        assert_eq!(plain(&appointment(Cs, agreed(24, 8, 7), now)), "dnes v 8:07, za 3 minuty");
        assert_eq!(plain(&appointment(Cs, agreed(24, 13, 0), now)), "dnes ve 13:00");
        assert_eq!(plain(&appointment(Cs, agreed(25, 7, 0), now)), "zítra v 7:00");
        assert_eq!(plain(&appointment(Cs, agreed(26, 8, 0), now)), "čtvrtek 26. listopadu, 8:00–9:00");
        assert_eq!(plain(&appointment(En, agreed(24, 8, 30), now)), "today at 8:30, in 26 minutes");
        assert_eq!(plain(&appointment(Cs, agreed(24, 8, 30), None)), "úterý 24. listopadu, 8:30–9:30");
    }

    #[test]
    fn deadlines_have_their_preposition() {
        let now = Some(at(23, 9, 0));
        assert_eq!(plain(&until(Cs, at(25, 13, 30), now)), "do středy 25. 11. 13:30");
        assert_eq!(plain(&until(Cs, at(24, 13, 30), now)), "zítra do 13:30");
        assert_eq!(plain(&until(Cs, at(23, 13, 30), now)), "dnes do 13:30");
        assert_eq!(plain(&until(En, at(25, 13, 30), now)), "until Wednesday 25 Nov, 13:30");
        assert_eq!(plain(&until(En, at(24, 13, 30), now)), "until 13:30 tomorrow");
        assert_eq!(plain(&since(Cs, at(20, 9, 10), now)), "od pátku 20. 11. 9:10");
        assert_eq!(plain(&since(Cs, at(23, 8, 10), now)), "dnes od 8:10");
        assert_eq!(plain(&since(En, at(20, 9, 10), now)), "since Friday 20 Nov, 9:10");
    }

    #[test]
    fn a_last_day_has_its_preposition() {
        let now = Some(at(23, 9, 0));
        assert_eq!(plain(&by_day(Cs, date(2026, 11, 25), now)), "do středy 25. 11.");
        assert_eq!(plain(&by_day(Cs, date(2026, 11, 24), now)), "nejpozději zítra");
        assert_eq!(plain(&by_day(Cs, date(2026, 11, 23), now)), "nejpozději dnes");
        assert_eq!(plain(&by_day(Cs, date(2027, 1, 4), now)), "do pondělí 4. 1. 2027");
        assert_eq!(plain(&by_day(En, date(2026, 11, 25), now)), "by Wednesday 25 Nov");
        assert_eq!(plain(&by_day(En, date(2026, 11, 24), now)), "by tomorrow");
    }

    #[test]
    fn money_has_narrow_spaces_and_few_haler() {
        let money_of = |haler| money(Cs, Money::from_haler(haler));
        assert_eq!(money_of(121_000), "1\u{202f}210\u{a0}Kč");
        assert_eq!(money_of(1_250), "12,50\u{a0}Kč");
        assert_eq!(money_of(5), "0,05\u{a0}Kč");
        assert_eq!(money_of(0), "0\u{a0}Kč");
        assert_eq!(plain(&money_of(123_456_789)), "1 234 567,89 Kč");
        assert_eq!(plain(&money_of(-2_500)), "−25 Kč");
        assert_eq!(plain(&money(En, Money::from_haler(121_050))), "CZK 1,210.50");
    }

    #[test]
    fn a_range_of_money_has_its_unit_once_where_the_language_has_it() {
        let range = |locale, from, to| money_range(locale, Money::from_haler(from), Money::from_haler(to));
        assert_eq!(range(Cs, 90_750, 181_500), "907,50–\u{2060}1\u{202f}815\u{a0}Kč");
        assert_eq!(range(En, 90_750, 181_500), "CZK\u{a0}907.50–\u{2060}1,815");
        assert_eq!(range(En, 90_750, 90_750), "CZK\u{a0}907.50");
    }

    #[test]
    fn rates_have_a_decimal_comma() {
        assert_eq!(percent(Cs, "21".parse().expect("a rate")), "21\u{a0}%");
        assert_eq!(percent(Cs, "12.5".parse().expect("a rate")), "12,5\u{a0}%");
        assert_eq!(percent(En, "12.5".parse().expect("a rate")), "12.5%");
    }

    #[test]
    fn minutes_and_ranges() {
        assert_eq!(minutes(Cs, 140), "140\u{a0}min");
        assert_eq!(plain(&minute_range(Cs, MinuteRange::new(20, 45))), "20–45 min");
        assert_eq!(plain(&minute_range(Cs, MinuteRange::new(30, 30))), "30 min");
        assert_eq!(plain(&minutes(Cs, 1_200)), "1 200 min");
    }

    #[test]
    fn working_time_is_told_in_the_largest_unit_that_fits() {
        let told = |minutes| plain(&working_time(Cs, minutes, 510));
        assert_eq!(told(1_530), "3 pracovní dny");
        assert_eq!(told(510), "1 pracovní den");
        assert_eq!(told(2_550), "5 pracovních dnů");
        assert_eq!(told(480), "8 hodin");
        assert_eq!(told(60), "1 hodina");
        assert_eq!(told(90), "90 minut");
        assert_eq!(plain(&working_time(Cs, 120, 0)), "2 hodiny");
        assert_eq!(working_time_genitive(Cs, 120), "2 pracovních hodin");
        let passed = |total| hours_and_minutes(Cs, total).replace('\u{a0}', " ");
        assert_eq!([passed(440), passed(45), passed(120), passed(0)], ["7 h 20 min", "45 min", "2 h", "0 min"]);
        assert_eq!(working_time_genitive(Cs, 60), "1 pracovní hodiny");
        assert_eq!(working_time_genitive(Cs, 45), "45 pracovních minut");
    }

    #[test]
    fn telephones_can_be_called_from_abroad() {
        assert_eq!(tel("377 457 977"), "tel:+420377457977");
        assert_eq!(tel("+421 2 123"), "tel:+4212123");
    }

    #[test]
    fn the_first_letter_grows_whatever_its_alphabet() {
        assert_eq!(capitalized("středa 25. listopadu"), "Středa 25. listopadu");
        assert_eq!(capitalized("čtvrtek"), "Čtvrtek");
        assert_eq!(capitalized(""), "");
    }
}
