//! A form that came back: what was typed and what was wrong with it.
//!
//! When a server function refuses a plain form, the server renders the form's page again and provides a [`FormReturn`];
//! every field then shows what was typed, with the problem beside it, and nothing is lost.

use std::collections::BTreeMap;

use leptos::prelude::use_context;

use super::problem_text::{FieldText, changed_to, field_texts};
use crate::model::{
    base::seen::{SEEN_FIELD, Seen},
    problem::Problem,
};

/// What a refused form brings back to its page. Provided by the server into the context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormReturn {
    /// Why it was refused.
    pub problem: Problem,
    /// What was typed, by the name of the field. Never contains passwords.
    pub values: BTreeMap<String, String>,
}

impl FormReturn {
    /// Whether a field holds what is kept now: its sender left it as it was shown, and somebody else has changed it since. Sent
    /// once more as it was, it would write the colleague's change over.
    fn takes_what_is_kept(&self, name: &str) -> bool {
        let Problem::ChangedMeanwhile(changed) = &self.problem else { return false };
        let sent = self.values.get(name).map_or("", String::as_str);
        let seen = self.values.get(SEEN_FIELD).map(|seen| Seen::from(seen.clone()));
        changed.fields.iter().any(|field| field == name) && seen.is_some_and(|seen| seen.has_shown(name, sent))
    }
}

/// The form that came back, if this page answers a refused one.
#[must_use]
pub fn returned() -> Option<FormReturn> {
    use_context()
}

/// What a field shows: what was typed when the form came back, else its initial value.
///
/// A field that did not come back belongs to another form of the page, or is a group of radio buttons of which none was
/// chosen; both are as they were.
#[must_use]
pub fn field_value(name: &str, initial: &str) -> String {
    match returned().filter(|form| !form.takes_what_is_kept(name)) {
        Some(form) => form.values.get(name).cloned().unwrap_or_else(|| initial.to_owned()),
        None => initial.to_owned(),
    }
}

/// Whether a box is ticked: as it was when the form came back, else as it is initially.
#[must_use]
pub fn field_checked(name: &str, initial: bool) -> bool {
    match returned().filter(|form| !form.takes_what_is_kept(name)) {
        Some(form) => form.values.get(name).is_some_and(|value| !value.is_empty()),
        None => initial,
    }
}

/// What is wrong with a field, in words, if the form came back because of it.
#[must_use]
pub fn field_problem(name: &str) -> Option<String> {
    let problem = returned()?.problem;
    field_texts(&problem).into_iter().find_map(|FieldText { field, text }| (field == name).then_some(text))
}

/// The same of a field that holds what is kept: where somebody else has changed that since the form was opened, what it says now.
#[must_use]
pub fn problem_beside(name: &str, now: &str) -> Option<String> {
    match returned()?.problem {
        Problem::ChangedMeanwhile(changed) => changed.fields.iter().any(|field| field == name).then(|| changed_to(now)),
        _ => field_problem(name),
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::{Owner, provide_context};

    use super::*;
    use crate::model::{
        base::seen::{ChangedMeanwhile, Fields},
        problem::FieldCode,
    };

    #[test]
    fn a_field_that_somebody_else_has_changed_says_what_it_is_now() {
        Owner::new().with(|| {
            provide_context(FormReturn {
                problem: Problem::ChangedMeanwhile(ChangedMeanwhile { fields: vec!["phone".into()] }),
                values: [("phone", "377 1"), ("name", "Jih")].map(|(name, value)| (name.into(), value.into())).into(),
            });
            assert_eq!(field_value("phone", "377 2"), "377 1", "what was typed stays");
            assert!(problem_beside("phone", "377 2").is_some_and(|text| text.contains("377 2")));
            assert!(problem_beside("phone", "").is_some());
            assert!(problem_beside("phone", &"ž".repeat(5_000)).is_some_and(|text| text.chars().count() < 300));
            assert_eq!(problem_beside("name", "Jih"), None);
        });
    }

    #[test]
    fn a_field_that_only_somebody_else_has_changed_takes_what_is_kept() {
        Owner::new().with(|| {
            let shown = Fields::default().with("phone", "377 1").with("name", "Morava").ticked("active", true);
            let fields = ["active", "name", "phone"].map(str::to_owned).into();
            let sent = [("phone", "377 1"), ("name", "Jih"), ("active", "true"), ("note", "")];
            let sent = sent.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter();
            provide_context(FormReturn {
                problem: Problem::ChangedMeanwhile(ChangedMeanwhile { fields }),
                values: sent.chain([(SEEN_FIELD.to_owned(), Seen::of(&shown).to_string())]).collect(),
            });
            assert_eq!(field_value("phone", "377 2"), "377 2", "nobody here has touched it");
            assert!(!field_checked("active", false), "nor this");
            assert_eq!(field_value("name", "Sever"), "Jih", "what was typed stays");
            assert_eq!(field_value("note", "colleague's"), "", "a field of which nothing is told stays as it was sent");
        });
    }

    #[test]
    fn a_field_shows_what_was_typed_and_what_is_wrong() {
        Owner::new().with(|| {
            assert_eq!(field_value("since", "ráno"), "ráno");
            assert!(field_checked("ready", true));
            provide_context(FormReturn {
                problem: Problem::field("contact_phone", FieldCode::NotAPhone),
                values: [("contact_phone", "12a"), ("since", "")]
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .into(),
            });
            assert_eq!(field_value("contact_phone", ""), "12a");
            assert_eq!(field_value("since", "ráno"), "", "it was emptied");
            assert_eq!(field_value("ceiling_minutes", "60"), "60", "another form's");
            assert!(!field_checked("ready", true), "a box that is not ticked is not sent");
            assert!(field_problem("contact_phone").is_some_and(|text| text.contains("601\u{a0}234\u{a0}567")));
            assert_eq!(field_problem("since"), None);
        });
    }
}
