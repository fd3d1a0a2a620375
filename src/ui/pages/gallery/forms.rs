//! Buttons, fields and what was wrong with them.

use std::collections::BTreeMap;

use leptos::{context::Provider, prelude::*};

use super::Group;
use crate::{
    model::problem::{FieldCode, FieldProblem, Problem},
    ui::{
        components::{
            ButtonKind, ButtonLink, CheckField, ErrorSummary, RadioCards, RadioOption, Submit, TextArea, TextField,
            WayBack,
        },
        forms::FormReturn,
        texts::t,
    },
};

const KINDS: [ButtonKind; 4] = [ButtonKind::Primary, ButtonKind::Secondary, ButtonKind::Danger, ButtonKind::Quiet];

#[component]
pub fn Buttons() -> impl IntoView {
    let submits = KINDS.map(|kind| view! { <Submit label=t!("gallery-button") kind/> });
    let links = KINDS.map(|kind| view! { <ButtonLink href="#main" label=t!("gallery-link") kind/> });
    view! {
        <Group title="Submit, ButtonLink, WayBack">
            <div class="actions">{submits}</div>
            <div class="actions">{links}</div>
            <div class="actions">
                <WayBack href="#main" of_new=false/>
                <WayBack href="#main" of_new=true/>
            </div>
            <div class="actions">
                <Submit label=t!("gallery-disabled") disabled=true/>
                <Submit label=t!("gallery-long-label")/>
            </div>
        </Group>
    }
}

/// Children see a form that came back, with everything wrong in it.
#[component]
pub fn CameBack(
    /// The fields that were wrong, and what was typed there.
    fields: Vec<(&'static str, FieldCode, String)>,
    children: Children,
) -> impl IntoView {
    let values: BTreeMap<String, String> =
        fields.iter().map(|(name, _, typed)| ((*name).to_owned(), typed.clone())).collect();
    let fields = fields.iter().map(|(name, code, _)| FieldProblem::new(*name, *code)).collect();
    let returned = FormReturn { problem: Problem::Invalid { fields }, values };
    view! { <Provider value=returned>{children()}</Provider> }
}

/// Everything that is wrong in the gallery's form.
fn wrong() -> Vec<(&'static str, FieldCode, String)> {
    vec![
        ("text-wrong", FieldCode::NotAPhone, t!("gallery-typed")),
        ("area-wrong", FieldCode::TooShort, t!("gallery-typed")),
        ("radio-wrong", FieldCode::Unknown, String::new()),
    ]
}

#[component]
pub fn TextFields() -> impl IntoView {
    view! {
        <Group title="TextField">
            <TextField name="text-empty" label=t!("gallery-label")/>
            <TextField
                name="text-filled"
                label=t!("gallery-label")
                hint=t!("gallery-hint")
                value=t!("gallery-filled")
                optional=true
            />
            <TextField
                name="text-short"
                label=t!("gallery-label")
                value="60"
                suffix=t!("gallery-suffix")
                short=true
                inputmode="numeric"
            />
            <CameBack fields=wrong()>
                <TextField name="text-wrong" label=t!("gallery-label") hint=t!("gallery-hint")/>
            </CameBack>
            <TextField name="text-off" label=t!("gallery-label") value=t!("gallery-filled") disabled=true/>
            <TextField
                name="text-long"
                label=t!("gallery-long-label")
                hint=t!("gallery-long")
                value=t!("gallery-long")
            />
        </Group>
        <Group title="TextArea">
            <TextArea name="area-empty" label=t!("gallery-label") rows=3/>
            <TextArea
                name="area-filled"
                label=t!("gallery-label")
                hint=t!("gallery-hint")
                value=t!("gallery-long")
                optional=true
            />
            <CameBack fields=wrong()>
                <TextArea name="area-wrong" label=t!("gallery-label") rows=3/>
            </CameBack>
            <TextArea name="area-off" label=t!("gallery-label") value=t!("gallery-filled") rows=3 disabled=true/>
        </Group>
    }
}

fn options() -> Vec<RadioOption> {
    vec![
        RadioOption { value: "first".to_owned(), label: t!("gallery-option"), note: None, meta: None },
        RadioOption {
            value: "second".to_owned(),
            label: t!("gallery-option-other"),
            note: Some(t!("gallery-hint")),
            meta: Some(t!("minutes", minutes = "20–45")),
        },
        RadioOption {
            value: "third".to_owned(),
            label: t!("gallery-long-label"),
            note: Some(t!("gallery-long")),
            meta: Some(t!("minutes", minutes = "60–120")),
        },
    ]
}

#[component]
pub fn Choices() -> impl IntoView {
    let unticked = vec![("check-wrong", FieldCode::NotConfirmed, String::new())];
    view! {
        <Group title="CheckField">
            <CheckField name="check-empty" label=t!("gallery-option")/>
            <CheckField name="check-filled" label=t!("gallery-option") hint=t!("gallery-hint") checked=true/>
            <CameBack fields=unticked>
                <CheckField name="check-wrong" label=t!("gallery-option")/>
            </CameBack>
            <CheckField name="check-off" label=t!("gallery-option") disabled=true/>
            <CheckField name="check-long" label=t!("gallery-long-label") hint=t!("gallery-long")/>
        </Group>
        <Group title="RadioCards">
            <RadioCards name="radio-empty" legend=t!("gallery-question") options=options()/>
            <RadioCards
                name="radio-filled"
                legend=t!("gallery-question")
                hint=t!("gallery-hint")
                options=options()
                selected="second"
            />
            <CameBack fields=wrong()>
                <RadioCards name="radio-wrong" legend=t!("gallery-question") options=options()/>
            </CameBack>
            <RadioCards
                name="radio-off"
                legend=t!("gallery-question")
                options=options()
                selected="first"
                disabled=true
            />
        </Group>
    }
}

#[component]
pub fn Errors() -> impl IntoView {
    let others = [Problem::SlotTaken, Problem::Internal { incident: "7F3K-22".to_owned() }].map(|problem| {
        let returned = FormReturn { problem, values: BTreeMap::new() };
        view! {
            <Provider value=returned>
                <ErrorSummary/>
            </Provider>
        }
    });
    view! {
        <Group title="ErrorSummary">
            <CameBack fields=wrong()>
                <ErrorSummary/>
            </CameBack>
            {others}
        </Group>
    }
}
