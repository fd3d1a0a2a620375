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
            let id = if index == 0 { name.clone() } else { format!("{name}-{index}") };
            let note_id = option.note.is_some().then(|| format!("{id}-note"));
            let checked = option.value == selected;
            view! {
                <div class="card-choice">
                    <input
                        type="radio"
                        id=id.clone()
                        name=name.clone()
                        value=option.value
                        checked=checked
                        aria-describedby=note_id.clone()
                    />
                    <label for=id>
                        <span class="card-choice-label">{option.label}</span>
                        {option.meta.map(|meta| view! { <span class="card-choice-meta">" "{meta}</span> })}
                    </label>
                    {option.note.map(|note| view! { <p class="card-choice-note" id=note_id><WithNumber text=note/></p> })}
                </div>
            }
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
