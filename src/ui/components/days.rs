//! Days from and until which something is asked for.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::error_text;
use crate::ui::texts::t;

/// Which of the days in the address are none: the usual ones stand in for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WrongDays {
    /// The first.
    pub from: bool,
    /// The last.
    pub until: bool,
}

/// A day that can be asked for.
pub fn day_field(name: &'static str, label: String, value: NaiveDate, is_wrong: bool) -> impl IntoView {
    let error = format!("{name}-error");
    let described = is_wrong.then(|| error.clone());
    let text = is_wrong.then(|| error_text(Some(error), t!("figures-no-day")));
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
