//! Fields to type in.

use leptos::prelude::*;

use crate::{
    model::work::report_blocks::with_block,
    ui::{forms, texts::t},
};

/// The ids of what describes a field, for `aria-describedby`.
pub(super) fn described_by(name: &str, hint: bool, problem: bool) -> Option<String> {
    match (hint, problem) {
        (false, false) => None,
        (true, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-error")),
        (true, true) => Some(format!("{name}-hint {name}-error")),
    }
}

/// The class of a field and its `aria-invalid`.
pub(super) const fn invalid_attributes(invalid: bool) -> (&'static str, Option<&'static str>) {
    if invalid { ("field field-invalid", Some("true")) } else { ("field", None) }
}

/// What is wrong with a field, above it.
#[component]
pub(super) fn FieldError(
    /// The field's name.
    name: String,
    /// What is wrong.
    text: Option<String>,
) -> impl IntoView {
    text.map(|text| error_text(Some(format!("{name}-error")), text))
}

/// What is wrong, where it stands; those who do not see its colour hear that it is a problem.
pub fn error_text(id: Option<String>, text: String) -> impl IntoView {
    view! {
        <p class="field-error" id=id>
            <span class="visually-hidden">{t!("field-error-prefix")}" "</span>
            {text}
        </p>
    }
}

/// The label of a field, its hint and its message.
#[component]
fn FieldHead(
    name: String,
    label: String,
    hint: Option<String>,
    optional: bool,
    problem: Option<String>,
) -> impl IntoView {
    view! {
        <label for=name.clone()>
            {label}
            {optional.then(|| view! { <span class="field-optional">" "{t!("field-optional")}</span> })}
        </label>
        {hint.map(|hint| view! { <p class="field-hint" id=format!("{name}-hint")>{hint}</p> })}
        <FieldError name text=problem/>
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// Its name in the form, hence also its id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// How to answer, or why it is asked.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What it holds at first.
    #[prop(optional, into)]
    value: String,
    /// The type of the input: `text`, `email`, `password`, `tel`, `date`, `datetime-local`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which of the person's data belong here, by the names of the HTML standard.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// Which keyboard a phone shows: `numeric`, `tel`, `email`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// The step of a date or time; `1` lets seconds be typed.
    #[prop(optional)]
    step: Option<&'static str>,
    /// The id of a list of what is often answered.
    #[prop(optional)]
    list: Option<&'static str>,
    /// A word after it: "minut".
    #[prop(optional, into)]
    suffix: Option<String>,
    /// For a short answer such as a number.
    #[prop(optional)]
    short: bool,
    /// Need not be filled in.
    #[prop(optional)]
    optional: bool,
    /// Cannot be filled in.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let problem = forms::problem_beside(&name, &value);
    let described = described_by(&name, hint.is_some(), problem.is_some());
    let (class, invalid) = invalid_attributes(problem.is_some());
    // A password is never sent back to the browser.
    let value = if kind == "password" { String::new() } else { forms::field_value(&name, &value) };
    let input_class = if short { "input input-short" } else { "input" };
    view! {
        <div class=class>
            <FieldHead name=name.clone() label hint optional problem/>
            <span class="field-line">
                <input
                    class=input_class
                    type=kind
                    id=name.clone()
                    name=name
                    value=value
                    autocomplete=autocomplete
                    inputmode=inputmode
                    step=step
                    list=list
                    spellcheck=(kind != "text").then_some("false")
                    aria-describedby=described
                    aria-invalid=invalid
                    disabled=disabled
                />
                {suffix.map(|suffix| view! { <span class="field-suffix">{suffix}</span> })}
            </span>
        </div>
    }
}

/// Several lines of text.
///
/// The only place where a `<textarea>` may stand: Leptos does not escape its content on the server (design, Text area).
#[component]
pub fn TextArea(
    /// Its name in the form, hence also its id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// How to answer, or why it is asked.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What it holds at first.
    #[prop(optional, into)]
    value: String,
    /// What is put at the end of whatever it holds, on a line of its own.
    #[prop(optional, into)]
    added: String,
    /// How many lines it shows.
    #[prop(default = 5)]
    rows: u32,
    /// Need not be filled in.
    #[prop(optional)]
    optional: bool,
    /// Cannot be filled in.
    #[prop(optional)]
    disabled: bool,
    /// Where one types as soon as the page is there, unless a form came back: then its problems are read first.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let problem = forms::problem_beside(&name, &value);
    let described = described_by(&name, hint.is_some(), problem.is_some());
    let (class, invalid) = invalid_attributes(problem.is_some());
    let autofocus = autofocus && forms::returned().is_none();
    let held = forms::field_value(&name, &value);
    let held = if added.is_empty() { held } else { with_block(&held, &added) };
    let content = textarea_content(&held);
    view! {
        <div class=class>
            <FieldHead name=name.clone() label hint optional problem/>
            <textarea
                class="input"
                id=name.clone()
                name=name
                rows=rows.to_string()
                aria-describedby=described
                aria-invalid=invalid
                disabled=disabled
                autofocus=autofocus
            >
                {content}
            </textarea>
        </div>
    }
}

/// A file to send.
#[component]
pub fn FileField(
    /// Its name in the form, hence also its id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// How to answer, or why it is asked.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The endings of files that are meant.
    accept: &'static str,
    /// Several may be chosen, or none.
    #[prop(optional)]
    several: bool,
) -> impl IntoView {
    let problem = forms::field_problem(&name);
    let described = described_by(&name, hint.is_some(), problem.is_some());
    let (class, invalid) = invalid_attributes(problem.is_some());
    view! {
        <div class=class>
            <FieldHead name=name.clone() label hint optional=several problem/>
            <input
                class="input"
                type="file"
                id=name.clone()
                name=name
                accept=accept
                multiple=several
                aria-describedby=described
                aria-invalid=invalid
            />
        </div>
    }
}

/// Text as the content of a `<textarea>`: escaped, and behind the line break that HTML drops at its beginning.
fn textarea_content(text: &str) -> String {
    format!("\n{}", html_escape::encode_text(text))
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::{TextArea, textarea_content};

    #[test]
    fn a_textarea_never_lets_its_content_out() {
        let html = Owner::new().with(|| {
            view! { <TextArea name="what" label="What" value="</textarea><script>alert(1)</script>&amp;"/> }.to_html()
        });
        assert!(!html.contains("<script>"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</textarea>"), "{html}");
    }

    #[test]
    fn a_textarea_keeps_the_first_line_break() {
        // HTML drops one line break after the tag; the one that was typed must stay.
        assert_eq!(textarea_content("\ntyped"), "\n\ntyped");
        let html = Owner::new().with(|| view! { <TextArea name="a" label="A" value="b"/> }.to_html());
        assert!(html.contains(">\nb</textarea>"), "{html}");
    }
}
