//! Dates, times, money and minutes as both languages say them.

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
