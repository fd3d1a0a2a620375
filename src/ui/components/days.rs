//! Days from and until which something is asked for.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::error_text;
use crate::{
    model::problem::Problem,
    ui::{self, texts::t},
};

/// A day in the address: none where there is none, an error where it is no day.
type AskedDay = Result<Option<NaiveDate>, Problem>;

/// What is wrong with a day in the address: another one stands in for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongDay {
    /// It is no day.
    Unreadable,
    /// Nothing is shown that far.
    TooFar,
}

impl WrongDay {
    /// * `shown` – the first day that is shown, and the last: days in the wrong order are turned around
    fn of(asked: &AskedDay, shown: (NaiveDate, NaiveDate)) -> Option<Self> {
        match asked {
            Err(_) => Some(Self::Unreadable),
            Ok(Some(day)) if *day != shown.0 && *day != shown.1 => Some(Self::TooFar),
            Ok(_) => None,
        }
    }

    fn text(self) -> String {
        match self {
            Self::Unreadable => t!("figures-no-day"),
            Self::TooFar => t!("figures-far-day"),
        }
    }
}

/// What is wrong with the days in the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WrongDays {
    /// With the first.
    pub from: Option<WrongDay>,
    /// With the last.
    pub until: Option<WrongDay>,
}

impl WrongDays {
    /// What is wrong with what was asked for, if other days are shown; the page's status says so, too.
    pub fn of((from, until): (&AskedDay, &AskedDay), shown: (NaiveDate, NaiveDate)) -> Self {
        let wrong = Self { from: WrongDay::of(from, shown), until: WrongDay::of(until, shown) };
        if wrong != Self::default() {
            ui::set_status(Problem::Invalid { fields: Vec::new() }.status());
        }
        wrong
    }
}

/// A day that can be asked for.
pub fn day_field(name: &'static str, label: String, value: NaiveDate, wrong: Option<WrongDay>) -> impl IntoView {
    let error = format!("{name}-error");
    let described = wrong.map(|_| error.clone());
    let text = wrong.map(|wrong| error_text(Some(error), wrong.text()));
    let is_wrong = wrong.is_some();
    view! {
        <div class:field-invalid=is_wrong>
            <label for=name>{label}</label>
            {text}
            <input
                class="input"
                type="date"
                id=name
                name=name
                value=value.to_string()
                aria-describedby=described
                aria-invalid=is_wrong.then_some("true")
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::date;

    #[test]
    fn a_day_is_wrong_when_it_is_none_or_another_one_is_shown() {
        let shown = (date("2000-01-01"), date("2026-11-23"));
        let of = |day: &str| WrongDay::of(&Ok(Some(date(day))), shown);
        assert_eq!((of("2026-11-23"), of("2000-01-01")), (None, None), "in whichever order");
        assert_eq!(of("9999-12-31"), Some(WrongDay::TooFar));
        assert_eq!(WrongDay::of(&Ok(None), shown), None, "the usual one was asked for");
        assert_eq!(WrongDay::of(&Err(Problem::NotFound), shown), Some(WrongDay::Unreadable));
    }
}
