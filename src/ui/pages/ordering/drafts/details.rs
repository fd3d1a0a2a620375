//! The third question: what happened, and who will sit at the computer.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::ids::RequestId,
        ordering::{
            drafts::{Draft, DraftStep},
            pages::WorkTypeChoice,
        },
        people::accounts::Viewer,
        problem::{MovedOn, Problem},
    },
    ui::{
        self,
        components::{CheckField, Endpoint, Form, Hidden, Page, Steps, Submit, TextArea, TextField, loaded},
        islands::{DetailsCheck, phone_in_groups},
        texts::{named, t},
    },
};

/// `/order/{id}/details`
#[component]
pub fn DraftDetailsPage() -> impl IntoView {
    let id = ui::path_value("id");
    loaded(load(id), move |(draft, own)| view! { <DetailsQuestion draft own/> })
}

/// Whoever orders: most of the time the one who will sit there.
#[derive(Debug)]
struct Own {
    name: String,
    phone: String,
}

/// The draft, and who orders.
async fn load(id: Result<RequestId, Problem>) -> Result<(Draft, Own), Problem> {
    let WorkTypeChoice { draft, own_phone, .. } = api::ordering::drafts::work_type_choice(id?).await?;
    if draft.work_type.is_none() {
        return Err(Problem::MovedOn(MovedOn::Draft { id: draft.id, step: draft.next_step() }));
    }
    let own_name = match api::people::accounts::viewer().await {
        Ok(Viewer::Member { name, .. }) => name,
        _ => String::new(),
    };
    Ok((draft, Own { name: own_name, phone: own_phone }))
}

#[component]
fn DetailsQuestion(draft: Draft, own: Own) -> impl IntoView {
    let is_new = draft.what_happened.is_empty();
    let contact = Own { name: draft.contact_name, phone: draft.contact_phone };
    let contact = if is_new { own } else { contact };
    let plannable = draft.work_type.is_some_and(|work_type| work_type.plannable);
    let (what_label, what_hint) = if plannable {
        (t!("order-what-label-plannable"), t!("order-what-hint-plannable"))
    } else {
        (t!("order-what-label"), t!("order-what-hint"))
    };
    let before = view! { <Steps step=DraftStep::Details draft=draft.id/> }.into_any();
    view! {
        <Page title=t!("order-details-title") before>
            <Form action={Endpoint::of::<api::ordering::drafts::SaveDetails>()}>
                <Hidden name="id" value=draft.id.to_string()/>
                <TextArea name="what_happened" label=what_label hint=what_hint value=draft.what_happened rows=6/>
                <TextField
                    name="contact_name"
                    label=t!("order-contact-name-label")
                    value=contact.name
                    autocomplete="name"
                />
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
                <CheckField
                    name="ready"
                    label=t!("order-ready-label", program = named(&draft.program.name))
                    hint=t!("order-ready-hint")
                    checked=draft.ready
                />
                <div class="actions">
                    <Submit label=t!("order-continue")/>
                </div>
            </Form>
        </Page>
    }
}
