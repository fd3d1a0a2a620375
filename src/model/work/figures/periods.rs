//! Of which days figures are told, and in which pieces.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::model::base::codes::coded_enum;

coded_enum! {
    /// How long a period is.
    pub enum Step {
        /// A week of ISO 8601: from Monday, whatever year it lies in.
        Week = "week",
        /// A month.
        Month = "month",
    }
}

impl Step {
    /// The most periods that one sees at once: two years of months, half a year of weeks, each with a beginning that is cut.
    const fn most(self) -> usize {
        match self {
            Self::Week => 27,
            Self::Month => 25,
        }
    }

    /// The first day of the period in which a day lies.
    fn begin(self, day: NaiveDate) -> NaiveDate {
        let days_in = match self {
            Self::Week => day.weekday().num_days_from_monday(),
            Self::Month => day.day0(),
        };
        day.checked_sub_days(Days::new(days_in.into())).unwrap_or(day)
    }
}

/// Some days in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
}

impl Period {
    /// Whether a day is one of them.
    #[must_use]
    pub fn has(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Each of them.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last;
        self.first.iter_days().take_while(move |day| *day <= last)
    }
}

/// Of which days figures are told, and how long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresFilter {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// How long a period is.
    pub step: Step,
}

impl FiguresFilter {
    /// What is asked for, as far as it can be shown at once, and whether that is less: then the latest days are. Unless days are
    /// named, those of this month up to today, and the two months before.
    #[must_use]
    pub fn of(from: Option<NaiveDate>, until: Option<NaiveDate>, step: Option<Step>, today: NaiveDate) -> (Self, bool) {
        // Nobody has planned or worked further away, and no calendar ends there.
        let within = |day: NaiveDate| day.clamp(today - TimeDelta::days(36_525), today + TimeDelta::days(366));
        let until = within(until.unwrap_or(today));
        let two_before = Step::Month.begin(until).checked_sub_months(Months::new(2)).unwrap_or(until);
        let from = within(from.unwrap_or(two_before));
        let asked = Self { from: from.min(until), until: until.max(from), step: step.unwrap_or(Step::Month) };
        let first = asked.periods().first().map_or(asked.from, |period| period.first);
        (Self { from: first, ..asked }, first > asked.from)
    }

    /// The periods, in order of time. The first and the last have only the days that are asked for.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        let mut periods = Vec::new();
        let mut last = self.until;
        while periods.len() < self.step.most() && self.from <= last {
            let first = self.step.begin(last).max(self.from);
            periods.push(Period { first, last });
            let Some(before) = first.pred_opt() else { break };
            last = before;
        }
        periods.reverse();
        periods
    }
}
