//! The first screen: what is wanted, how urgently, and who will sit at the computer. Also where unfinished drafts are found again.

use leptos::prelude::*;

use super::{
    files::KeptFiles,
    subjects,
    subjects::{SEARCH_FIELD, SubjectSearch},
    unfinished::Unfinished,
    urgency::UrgencyQuestion,
};
use crate::{
    api,
    model::{
        base::ids::RequestId,
        ordering::{
            drafts::{Draft, DraftStep},
            pages::{Contact, WhatChoice},
        },
        paths,
        problem::{MovedOn, Problem},
    },
    ui::{
        self,
        components::{
            CallButton, EmptyState, Endpoint, Form, Hidden, Notice, NoticeKind, Page, RadioGroups, Steps, Submit,
            TextArea, TextField, WithNumber, loaded,
        },
        forms,
        islands::{DetailsCheck, SubjectFilter, WorkTypeEstimate, phone_in_groups},
        pages::ordering::{conversations::FileChoice, outages::known::JoinInstead},
        texts::t,
    },
};

/// `/order`: the beginning of an order. Its address names the draft to be, so that Back finds what was sent from it.
#[component]
pub fn NewOrderPage() -> impl IntoView {
    let draft = ui::query_value("draft").and_then(|draft| draft.parse().ok());
    loaded(api::ordering::drafts::new_order(draft), |choice| view! { <WhatQuestion choice/> })
}

/// `/order/{id}`: the same of a draft that has begun.
#[component]
pub fn DraftWhatPage() -> impl IntoView {
    let id = ui::path_value("id");
    loaded(async move { api::ordering::drafts::what_choice(id?).await }, |choice| view! { <WhatQuestion choice/> })
}

/// Where the parts of this screen had pages of their own: leads to it.
#[component]
pub fn DraftFormerPage() -> impl IntoView {
    let id = ui::path_value("id");
    loaded(async move { here_now(id?).await }, |()| ())
}

async fn here_now(id: RequestId) -> Result<(), Problem> {
    api::ordering::drafts::what_choice(id).await?;
    Err(Problem::MovedOn(MovedOn::Draft { id, step: DraftStep::What }))
}

#[component]
fn WhatQuestion(choice: WhatChoice) -> impl IntoView {
    let before = view! { <Steps step=DraftStep::What draft=choice.id/> }.into_any();
    let drafts = choice.drafts.clone();
    let asked = if choice.programs.is_empty() {
        view! { <NoProgram/> }.into_any()
    } else {
        view! { <WhatForm choice/> }.into_any()
    };
    view! {
        <Page title=t!("order-what-title") before>
            <Unfinished drafts/>
            {asked}
        </Page>
    }
}

#[component]
fn NoProgram() -> impl IntoView {
    view! {
        <EmptyState title=t!("order-program-none")>
            <p><WithNumber text=t!("order-program-none-help", phone = ui::line_phone())/></p>
            <p class="actions">
                <CallButton/>
            </p>
        </EmptyState>
    }
}

#[component]
fn WhatForm(choice: WhatChoice) -> impl IntoView {
    let id = choice.id;
    let selected = choice.draft.as_ref().and_then(Draft::subject).map(|subject| subject.to_string());
    let selected = selected.unwrap_or_default();
    // What was typed, when the form came back: the estimate is of the same kind as the tick.
    let chosen = forms::field_value("subject", &selected);
    let chosen = chosen.rsplit('.').next().unwrap_or_default().to_owned();
    let typed = forms::field_value(SEARCH_FIELD, &ui::query_value(SEARCH_FIELD).unwrap_or_default());
    let groups = subjects::groups(&choice, &selected, &typed);
    let nothing_found = groups.nothing_found.then(|| view! { <p role="status">{t!("order-search-none")}</p> });
    let owes = choice.owes_too_long.then(|| {
        view! {
            <Notice kind=NoticeKind::Problem title=t!("problem-owes")>
                <p>{t!("problem-owes-body", phone = ui::line_phone())}</p>
                <p>
                    <a href=paths::DOCUMENTS>{t!("documents-title")}</a>
                </p>
            </Notice>
        }
    });
    let WhatChoice { draft, attachments, work_types, payment, outages, contact, urgency, .. } = choice;
    let phone = contact.phone.clone();
    let typed_before = draft.as_ref().map(|draft| draft.what_happened.clone()).unwrap_or_default();
    let contact = match &draft {
        Some(draft) if !draft.contact_name.is_empty() => {
            Contact { name: draft.contact_name.clone(), phone: draft.contact_phone.clone() }
        }
        _ => contact,
    };
    view! {
        {owes}
        <JoinInstead outages draft=id phone/>
        <KeptFiles id files=attachments first=true/>
        <Form action={Endpoint::of::<api::ordering::drafts::SaveWish>()} class="order-what" upload=true>
            <Hidden name="id" value=id.to_string()/>
            <SubjectSearch typed/>
            {nothing_found}
            <RadioGroups name="subject" legend=t!("order-subject-legend") groups=groups.groups selected/>
            <SubjectFilter/>
            <WorkTypeEstimate work_types payment chosen/>
            <TextArea
                name="what_happened"
                label=t!("order-what-label")
                hint=t!("order-what-hint")
                value=typed_before
                rows=4
            />
            <FileChoice/>
            <UrgencyQuestion draft facts=urgency/>
            <ContactFields contact/>
            <div class="actions">
                <Submit label=t!("order-to-times")/>
            </div>
        </Form>
    }
}

/// Who will sit at the computer: filled in as it was last time.
#[component]
fn ContactFields(contact: Contact) -> impl IntoView {
    view! {
        <TextField name="contact_name" label=t!("order-contact-name-label") value=contact.name autocomplete="name"/>
        <TextField
            name="contact_phone"
            label=t!("order-contact-phone-label")
            hint=t!("order-contact-phone-hint")
            value=phone_in_groups(&contact.phone)
            kind="tel"
            autocomplete="tel"
            inputmode="tel"
        />
        <DetailsCheck/>
    }
}
