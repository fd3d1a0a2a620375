//! The second question: what kind of work it is, with what it would probably take.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        line::catalogue::{SlotChoice, WorkType},
        ordering::{drafts::DraftStep, pages::WorkTypeChoice},
    },
    ui::{
        self,
        components::{Endpoint, Form, Hidden, Page, RadioCards, RadioOption, Steps, Submit, loaded},
        format, forms,
        islands::WorkTypeEstimate,
        pages::ordering::outages::known::JoinInstead,
        texts::{Locale, named, t},
    },
};

/// `/order/{id}/work-type`
#[component]
pub fn DraftWorkTypePage() -> impl IntoView {
    let id = ui::path_value("id");
    loaded(
        async move { api::ordering::drafts::work_type_choice(id?).await },
        move |choice| view! { <WorkTypeQuestion choice/> },
    )
}

#[component]
fn WorkTypeQuestion(choice: WorkTypeChoice) -> impl IntoView {
    let WorkTypeChoice { draft, work_types, payment, own_phone: phone, outages } = choice;
    let locale = Locale::current();
    let id = draft.id;
    let selected = draft.work_type.map(|chosen| chosen.id.to_string()).unwrap_or_default();
    let options = work_types.iter().map(|work_type| option(locale, work_type)).collect();
    // What was typed, when the form came back: the estimate is of the same kind as the tick.
    let chosen = forms::field_value("work_type", &selected);
    let before = view! { <Steps step=DraftStep::WorkType draft=id/> }.into_any();
    view! {
        <Page title=t!("order-work-type-title") lead=named(&draft.program.name) before>
            <JoinInstead outages draft=id phone/>
            <Form action={Endpoint::of::<api::ordering::drafts::ChooseWorkType>()}>
                <Hidden name="id" value=id.to_string()/>
                <RadioCards name="work_type" legend=t!("order-work-type-legend") legend_hidden=true options selected/>
                <WorkTypeEstimate work_types payment chosen/>
                <div class="actions">
                    <Submit label=t!("order-continue")/>
                </div>
            </Form>
        </Page>
    }
}

fn option(locale: Locale, work_type: &WorkType) -> RadioOption {
    let mut notes = Vec::new();
    let description = named(&work_type.description);
    if !description.is_empty() {
        notes.push(description);
    }
    if work_type.plannable {
        notes.push(t!("order-work-type-plannable"));
    }
    if work_type.choice == SlotChoice::Dispatch {
        notes.push(t!("order-work-type-dispatch"));
    }
    RadioOption {
        value: work_type.id.to_string(),
        label: named(&work_type.name),
        note: (!notes.is_empty()).then(|| notes.join(" ")),
        meta: Some(t!("order-work-type-typical", minutes = format::minute_range(locale, work_type.typical_minutes))),
    }
}
