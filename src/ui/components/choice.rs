//! Fields to choose in.

use leptos::prelude::*;

use super::{
    WithNumber,
    fields::{FieldError, described_by, invalid_attributes},
};
use crate::ui::{forms, texts::t};

/// A box to tick. Sends `true`, or nothing.
#[component]
pub fn CheckField(
    /// Its name in the form, hence also its id.
    #[prop(into)]
    name: String,
    /// What one agrees to by ticking it.
    #[prop(into)]
    label: String,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it is ticked at first.
    #[prop(optional)]
    checked: bool,
    /// Cannot be ticked.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let now = if checked { t!("field-ticked") } else { t!("field-not-ticked") };
    let problem = forms::problem_beside(&name, &now);
    let described = described_by(&name, hint.is_some(), problem.is_some());
    let (class, invalid) = invalid_attributes(problem.is_some());
    let checked = forms::field_checked(&name, checked);
    view! {
        <div class=class>
            <FieldError name=name.clone() text=problem/>
            <div class="check">
                <input
                    type="checkbox"
                    id=name.clone()
                    name=name.clone()
                    value="true"
                    checked=checked
                    aria-describedby=described
                    aria-invalid=invalid
                    disabled=disabled
                />
                <label for=name.clone()>{label}</label>
                {hint.map(|hint| view! { <p class="field-hint" id=format!("{name}-hint")>{hint}</p> })}
            </div>
        </div>
    }
}

/// One of the answers of [`RadioCards`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RadioOption {
    /// What is sent.
    pub value: String,
    /// The answer.
    pub label: String,
    /// What it means.
    pub note: Option<String>,
    /// A short fact at its side: "20–45 min".
    pub meta: Option<String>,
}

/// One answer out of several, each on a card of its own.
#[component]
pub fn RadioCards(
    /// Its name in the form; also the id of the first answer, to which the error summary leads.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// Hides the question from sight where the page's headline asks it already.
    #[prop(optional)]
    legend_hidden: bool,
    /// How to answer, or why it is asked.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The answers.
    options: Vec<RadioOption>,
    /// The value that is chosen at first.
    #[prop(optional, into)]
    selected: Option<String>,
    /// Nothing can be chosen.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let selected = selected.unwrap_or_default();
    let now = options.iter().find(|option| option.value == selected).map_or("", |option| option.label.as_str());
    let problem = forms::problem_beside(&name, now);
    let described = described_by(&name, hint.is_some(), problem.is_some());
    let selected = forms::field_value(&name, &selected);
    let invalid = problem.is_some();
    let cards = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let checked = option.value == selected;
            card(&name, index, option, checked, (None, false))
        })
        .collect_view();
    let legend_class = if legend_hidden { "visually-hidden" } else { "" };
    view! {
        <fieldset
            class="field choice"
            class:field-invalid=invalid
            aria-describedby=described
            disabled=disabled
        >
            <legend class=legend_class>{legend}</legend>
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{name}-hint")>{hint}</p> })}
            <FieldError name=name.clone() text=problem/>
            <div class="cards">{cards}</div>
        </fieldset>
    }
}

/// One of many answers, with what it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundOption {
    /// The answer.
    pub option: RadioOption,
    /// Words that it is found by, folded.
    pub words: String,
    /// Whether it is work that can be planned: then there is no question how urgent it is.
    pub plannable: bool,
}

/// Answers that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RadioGroup {
    /// What they have in common.
    pub title: String,
    /// Whether they are folded up at first; none where they never are.
    pub folded: Option<bool>,
    /// The answers.
    pub options: Vec<FoundOption>,
}

/// One answer out of many, in groups of which those that are asked for less are folded up.
#[component]
pub fn RadioGroups(
    /// Its name in the form; also the id of the first answer, to which the error summary leads.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// The answers.
    groups: Vec<RadioGroup>,
    /// The value that is chosen at first.
    #[prop(into)]
    selected: String,
) -> impl IntoView {
    let problem = forms::problem_beside(&name, "");
    let described = described_by(&name, false, problem.is_some());
    let selected = forms::field_value(&name, &selected);
    let invalid = problem.is_some();
    let mut index = 0;
    let groups = groups
        .into_iter()
        .map(|group| {
            let cards = group
                .options
                .into_iter()
                .map(|found| {
                    let checked = found.option.value == selected;
                    let card = card(&name, index, found.option, checked, (Some(found.words), found.plannable));
                    index += 1;
                    card
                })
                .collect_view();
            match group.folded {
                None => view! {
                    <p class="choice-group">{group.title}</p>
                    <div class="cards">{cards}</div>
                }
                .into_any(),
                Some(folded) => view! {
                    <details class="choice-more" open=!folded>
                        <summary>{group.title}</summary>
                        <div class="cards">{cards}</div>
                    </details>
                }
                .into_any(),
            }
        })
        .collect_view();
    view! {
        <fieldset class="field choice" class:field-invalid=invalid aria-describedby=described>
            <legend>{legend}</legend>
            <FieldError name=name text=problem/>
            {groups}
        </fieldset>
    }
}

/// An answer on a card.
///
/// * `found` – words that it is found by, and whether it is work that can be planned
fn card(
    name: &str,
    index: usize,
    option: RadioOption,
    checked: bool,
    (words, plannable): (Option<String>, bool),
) -> impl IntoView + use<> {
    let id = if index == 0 { name.to_owned() } else { format!("{name}-{index}") };
    let note_id = option.note.is_some().then(|| format!("{id}-note"));
    view! {
        <div class="card-choice" data-words=words>
            <input
                type="radio"
                id=id.clone()
                name=name.to_owned()
                value=option.value
                checked=checked
                data-plannable=plannable.then_some("")
                aria-describedby=note_id.clone()
            />
            <label for=id>
                <span class="card-choice-label">{option.label}</span>
                {option.meta.map(|meta| view! { <span class="card-choice-meta">" "{meta}</span> })}
            </label>
            {option.note.map(|note| view! { <p class="card-choice-note" id=note_id><WithNumber text=note/></p> })}
        </div>
    }
}

/// Fields that are asked only once "urgent" is chosen in the same form's field `urgency`. The style sheet shows and hides
/// them; where it cannot, they are always shown.
#[component]
pub fn WhenUrgent(children: Children) -> impl IntoView {
    view! { <div class="when-urgent">{children()}</div> }
}

/// One answer out of many, in a list that opens.
#[component]
pub fn SelectField(
    /// Its name in the form, hence also its id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// The answers: what is sent, and what it says.
    options: Vec<(String, String)>,
    /// The value that is chosen at first.
    #[prop(optional, into)]
    selected: String,
) -> impl IntoView {
    let now = options.iter().find(|(value, _)| *value == selected).map_or("", |(_, label)| label.as_str());
    let problem = forms::problem_beside(&name, now);
    let described = described_by(&name, false, problem.is_some());
    let (class, invalid) = invalid_attributes(problem.is_some());
    let selected = forms::field_value(&name, &selected);
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let chosen = value == selected;
            view! { <option value=value selected=chosen>{label}</option> }
        })
        .collect_view();
    view! {
        <div class=class>
            <label for=name.clone()>{label}</label>
            <FieldError name=name.clone() text=problem/>
            <select class="input" id=name.clone() name=name aria-describedby=described aria-invalid=invalid>
                {options}
            </select>
        </div>
    }
}
