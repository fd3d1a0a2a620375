//! Czech public holidays: zákon č. 245/2000 Sb., as it stands since 2016 (13 days).

use chrono::{Datelike, Days, NaiveDate};

use crate::model::base::codes::coded_enum;

coded_enum! {
    /// A public holiday, in the order of the year (zákon č. 245/2000 Sb., §§ 1 and 2).
    pub enum Holiday {
        /// 1 January: Nový rok, Den obnovy samostatného českého státu.
        NewYear = "new_year",
        /// Two days before Easter Sunday: Velký pátek.
        GoodFriday = "good_friday",
        /// The day after Easter Sunday: Velikonoční pondělí.
        EasterMonday = "easter_monday",
        /// 1 May: Svátek práce.
        LabourDay = "labour_day",
        /// 8 May: Den vítězství.
        VictoryDay = "victory_day",
        /// 5 July: Den slovanských věrozvěstů Cyrila a Metoděje.
        CyrilAndMethodius = "cyril_and_methodius",
        /// 6 July: Den upálení mistra Jana Husa.
        JanHus = "jan_hus",
        /// 28 September: Den české státnosti.
        CzechStatehood = "czech_statehood",
        /// 28 October: Den vzniku samostatného československého státu.
        IndependentCzechoslovakia = "independent_czechoslovakia",
        /// 17 November: Den boje za svobodu a demokracii a Mezinárodní den studentstva.
        FreedomAndDemocracy = "freedom_and_democracy",
        /// 24 December: Štědrý den.
        ChristmasEve = "christmas_eve",
        /// 25 December: 1. svátek vánoční.
        ChristmasDay = "christmas_day",
        /// 26 December: 2. svátek vánoční.
        SaintStephen = "saint_stephen",
    }
}

/// The public holiday that falls on `date`, if any.
///
/// Easter Sunday is not one: no law makes a Sunday free.
#[must_use]
pub fn czech_holiday(date: NaiveDate) -> Option<Holiday> {
    Some(match (date.month(), date.day()) {
        (1, 1) => Holiday::NewYear,
        (5, 1) => Holiday::LabourDay,
        (5, 8) => Holiday::VictoryDay,
        (7, 5) => Holiday::CyrilAndMethodius,
        (7, 6) => Holiday::JanHus,
        (9, 28) => Holiday::CzechStatehood,
        (10, 28) => Holiday::IndependentCzechoslovakia,
        (11, 17) => Holiday::FreedomAndDemocracy,
        (12, 24) => Holiday::ChristmasEve,
        (12, 25) => Holiday::ChristmasDay,
        (12, 26) => Holiday::SaintStephen,
        // Good Friday is 20 March at the earliest, Easter Monday 26 April at the latest.
        (3 | 4, _) => return easter_holiday(date),
        _ => return None,
    })
}

fn easter_holiday(date: NaiveDate) -> Option<Holiday> {
    let sunday = easter_sunday(date.year())?;
    if date.checked_add_days(Days::new(2)) == Some(sunday) {
        Some(Holiday::GoodFriday)
    } else if date.pred_opt() == Some(sunday) {
        Some(Holiday::EasterMonday)
    } else {
        None
    }
}

/// Easter Sunday of a year of the Gregorian calendar, by the anonymous Gregorian computus (J. Meeus, Astronomical
/// Algorithms, ch. 8). The letters are his.
///
/// `None` beyond the years of chrono's calendar (±262142).
#[must_use]
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month_and_day = h + l - 7 * m + 114;
    let month = u32::try_from(month_and_day / 31).ok()?;
    let day = u32::try_from(month_and_day % 31 + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}
