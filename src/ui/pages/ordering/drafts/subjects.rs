//! What an order can be about: program and work in one choice, what was ordered last first, with a search in everyday words.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::{
    model::{
        base::bilingual::Bilingual,
        line::{
            catalogue::{Program, SlotChoice, WorkType},
            everyday_words::{is_found, search_words},
        },
        ordering::{drafts::Subject, pages::WhatChoice},
    },
    ui::{
        components::{FoundOption, RadioGroup, RadioOption},
        format, forms,
        islands::SEARCHED,
        texts::{Locale, named, t},
    },
};

/// How many of those that were ordered last stand above all others.
const RECENT_SHOWN: usize = 3;

/// What can be chosen, and whether what was looked for is none of it.
pub(in crate::ui::pages::ordering) struct Subjects {
    pub groups: Vec<RadioGroup>,
    pub nothing_found: bool,
}

/// The groups: what was ordered last, then a program after the other. Where something is looked for, what is found of them; all
/// of them where nothing is.
pub(in crate::ui::pages::ordering) fn groups(choice: &WhatChoice, selected: &str, typed: &str) -> Subjects {
    let recent: Vec<Subject> = choice.recent.iter().copied().take(RECENT_SHOWN).collect();
    let chosen = forms::field_value("subject", selected);
    let last = RadioGroup {
        title: t!("order-subject-recent"),
        folded: None,
        options: recent.iter().filter_map(|subject| option_of(choice, *subject, true)).collect(),
    };
    let is_only = choice.programs.len() == 1;
    let by_program = choice.programs.iter().map(|(program, version)| {
        let options: Vec<FoundOption> = choice
            .work_types
            .iter()
            .map(|work_type| Subject { program: program.id, work_type: work_type.id })
            .filter(|subject| !recent.contains(subject))
            .filter_map(|subject| option_of(choice, subject, false))
            .collect();
        let is_chosen = options.iter().any(|found| found.option.value == chosen);
        RadioGroup { title: titled(program, version), folded: (!is_only).then_some(!is_chosen), options }
    });
    let mut all: Vec<RadioGroup> = std::iter::once(last).chain(by_program).collect();
    all.retain(|group| !group.options.is_empty());
    // Who has ordered nothing yet finds the first program open.
    if recent.is_empty() && all.iter().all(|group| group.folded == Some(true)) {
        all.iter_mut().take(1).for_each(|first| first.folded = Some(false));
    }
    if typed.trim().is_empty() {
        return Subjects { groups: all, nothing_found: false };
    }
    let found = found_in(&all, typed, &chosen);
    let nothing_found = found.is_empty();
    Subjects { groups: if nothing_found { all } else { found }, nothing_found }
}

/// What is found of the groups, all of it unfolded; what is chosen already stays.
fn found_in(groups: &[RadioGroup], typed: &str, chosen: &str) -> Vec<RadioGroup> {
    let is_wanted = |found: &FoundOption| is_found(&found.words, typed);
    let mut left = groups.to_vec();
    let any = groups.iter().flat_map(|group| &group.options).any(is_wanted);
    for group in &mut left {
        group.options.retain(|found| is_wanted(found) || (any && found.option.value == chosen));
        group.folded = group.folded.map(|_| false);
    }
    left.retain(|group| !group.options.is_empty());
    left
}

/// "Sklad 2026.3"
fn titled(program: &Program, version: &str) -> String {
    let name = named(&program.name);
    if version.is_empty() { name } else { [name, t!("program-version", version = version)].join(" ") }
}

fn option_of(choice: &WhatChoice, subject: Subject, with_program: bool) -> Option<FoundOption> {
    let program = choice.programs.iter().map(|(program, _)| program).find(|program| program.id == subject.program)?;
    let work_type = choice.work_types.iter().find(|work_type| work_type.id == subject.work_type)?;
    let texts: BTreeSet<&str> =
        [&program.name, &work_type.name, &work_type.description].into_iter().flat_map(both).collect();
    let texts: Vec<&str> = texts.into_iter().collect();
    Some(FoundOption {
        option: option(program, work_type, subject, with_program),
        words: search_words(&texts, &choice.everyday),
        plannable: work_type.plannable,
    })
}

fn both(text: &Bilingual) -> [&str; 2] {
    [&text.cs, &text.en]
}

fn option(program: &Program, work_type: &WorkType, subject: Subject, with_program: bool) -> RadioOption {
    let mut notes = Vec::new();
    let description = named(&work_type.description);
    if !description.is_empty() && !with_program {
        notes.push(description);
    }
    if work_type.plannable {
        notes.push(t!("order-work-type-plannable"));
    }
    if work_type.choice == SlotChoice::Dispatch {
        notes.push(t!("order-work-type-dispatch"));
    }
    let work = named(&work_type.name);
    RadioOption {
        value: subject.to_string(),
        label: if with_program { [named(&program.name), work].join(" · ") } else { work },
        note: (!notes.is_empty()).then(|| notes.join(" ")),
        meta: Some(t!(
            "order-work-type-typical",
            minutes = format::minute_range(Locale::current(), work_type.typical_minutes)
        )),
    }
}

/// The field in which it is said what is looked for.
pub(super) const SEARCH_FIELD: &str = "q";

/// Looks for what can be ordered, with script while it is typed. It stands in the form, which comes back with all that was typed.
#[component]
pub(super) fn SubjectSearch(
    /// What is looked for.
    typed: String,
) -> impl IntoView {
    view! {
        // The Enter key presses the first button of a form: in the other fields it shall not look for anything.
        <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
        <div role="search" class="search">
            <label for=SEARCHED>{t!("order-search-label")}</label>
            <div class="search-line">
                <input class="input" type="search" id=SEARCHED name=SEARCH_FIELD value=typed autocomplete="off"/>
                <button type="submit" name="search" value="true" class="button button-secondary">
                    {t!("order-search")}
                </button>
            </div>
        </div>
    }
}
