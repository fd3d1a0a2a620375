//! Each kind of cell reads what people and spreadsheets write, and what it writes itself.

use chrono::NaiveDate;

use super::*;
use crate::model::{
    base::numbers::RequestNumber, minutes::contracts::Period, ordering::imports::ImportKind,
    people::members::Capability,
};

fn reads<T: Cell>(text: &str, written: &str) {
    let read = T::read(text).unwrap_or_else(|fault| panic!("{text:?}: {fault:?}"));
    assert_eq!(read.write(), written, "{text:?}");
    assert_eq!(T::read(written).as_ref(), Ok(&read), "what is written reads as the same");
    let json = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), read, "{json}");
}

fn refuses<T: Cell>(text: &str, fault: ImportFault) {
    assert_eq!(T::read(text), Err(fault), "{text:?}");
}

#[test]
fn what_people_and_spreadsheets_write_is_read() {
    reads::<Ico>("254 801", "00254801");
    reads::<Dic>("cz 70874121", "CZ70874121");
    reads::<PostalCode>("33901", "339 01");
    reads::<PhoneNumber>("601 234 567", "+420601234567");
    reads::<EmailAddress>(" Jana@Skola.CZ ", "jana@skola.cz");
    reads::<Whole<0, 2_000>>("1\u{a0}200", "1200");
    reads::<Flag<false>>("ANO", "yes");
    reads::<Flag<true>>("", "yes");
    reads::<Crowns>("1 210,50 Kč", "1210.5");
    reads::<Crowns>("25", "25");
    reads::<NaiveDate>("23. 11. 2026", "2026-11-23");
    reads::<Moment>("2026-11-25 8:00", "2026-11-25 08:00");
    reads::<Moment>("25. 11. 2026 08:00:00", "2026-11-25 08:00");
    reads::<ListOf<Capability>>("see_all order, order", "order, see_all");
    reads::<TeamviewerId>("1 234 567 890", "1234567890");
    reads::<PostalPrefixes>("3; 46", "3, 46");
    reads::<Spans>("7-11.30; 12:00–15:30", "7:00–11:30, 12:00–15:30");
    reads::<Spans>("", "");
    reads::<RequestNumber>(" 2026-000123", "2026-000123");
    reads::<Option<Ico>>(" ", "");
    reads::<Period>("Quarter", "quarter");
}

#[test]
fn the_example_of_each_column_reads() {
    for kind in ImportKind::ALL {
        for column in kind.columns() {
            assert!(!column.example.is_empty(), "{kind}: {}", column.name);
        }
    }
    reads::<Country>(Country::EXAMPLE, "CZ");
    reads::<NaiveDate>(NaiveDate::EXAMPLE, "2026-11-23");
    reads::<Moment>(Moment::EXAMPLE, "2026-11-25 08:00");
    reads::<Total>(Total::EXAMPLE, "1210.5");
    reads::<Paid>("", "0");
    reads::<Symbol>("0260131", Symbol::EXAMPLE);
    reads::<SeriesName>("Invoice", SeriesName::EXAMPLE);
    reads::<ListOf<Capability>>(Capability::EXAMPLE, "order, buy");
    refuses::<Symbol>("0", ImportFault::NotANumber);
    refuses::<Symbol>("12345678901", ImportFault::NotANumber);
}

#[test]
fn what_cannot_be_meant_is_told_by_its_reason() {
    refuses::<Key>(" ", ImportFault::Missing);
    refuses::<Key>(&"x".repeat(101), ImportFault::TooLong);
    refuses::<Ico>("123456789", ImportFault::NotAnIco);
    refuses::<Dic>("70874121", ImportFault::NotADic);
    refuses::<Dic>("CZ1", ImportFault::NotADic);
    refuses::<PostalCode>(&"3".repeat(21), ImportFault::NotAPostalCode);
    refuses::<Country>("Česko", ImportFault::UnknownWord);
    refuses::<PhoneNumber>("158", ImportFault::NotAPhone);
    refuses::<EmailAddress>("jana", ImportFault::NotAnEmail);
    refuses::<Whole<1, 9>>("two", ImportFault::NotANumber);
    refuses::<Whole<1, 9>>("10", ImportFault::OutOfRange);
    refuses::<Flag<true>>("maybe", ImportFault::NotYesOrNo);
    refuses::<Crowns>("25.005", ImportFault::NotAnAmount);
    refuses::<Crowns>("-1", ImportFault::OutOfRange);
    refuses::<TeamviewerId>("12 345", ImportFault::NotATeamviewerId);
    refuses::<PostalPrefixes>("3a", ImportFault::NotAPostalCode);
    refuses::<Spans>("ráno", ImportFault::NotHours);
    refuses::<RequestNumber>("2026-123", ImportFault::NotANumber);
    refuses::<Sha256>("abc", ImportFault::UnknownWord);
    refuses::<NaiveDate>("31. 2. 2026", ImportFault::NotADay);
    refuses::<NaiveDate>("1. 1. 0026", ImportFault::NotADay);
    refuses::<Moment>("2026-11-25", ImportFault::NotAMoment);
    refuses::<ListOf<Capability>>("order fly", ImportFault::UnknownWord);
}
