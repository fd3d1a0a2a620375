//! `/requests/{number}/edit`: what was written, and who will sit at the computer.

use leptos::prelude::*;
use uuid::Uuid;

use super::words::about;
use crate::{
    api,
    model::{
        base::{numbers::RequestNumber, seen::Seen},
        ordering::requests::RequestDetails,
        paths,
        people::members::Capability,
        problem::{MovedOn, Problem},
        work::pages::RequestPage,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Endpoint, Form, Hidden, Page, Submit, TextArea, TextField, loaded},
        islands::{DetailsCheck, phone_in_groups},
        texts::t,
    },
};

/// What of an order that was sent can still be put right.
#[component]
pub fn RequestEditPage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(load(number), move |(request, key)| view! { <EditDetails request key/> })
}

async fn load(number: Result<RequestNumber, Problem>) -> Result<(RequestPage, Uuid), Problem> {
    let request = api::ordering::requests::request_page(number?).await?;
    if !request.may_order {
        return Err(Problem::Forbidden { capability: Some(Capability::Order) });
    }
    if !request.summary.state.is_open() {
        return Err(Problem::MovedOn(MovedOn::Request(request.summary.number)));
    }
    Ok((request, api::ordering::requests::form_key().await?))
}

#[component]
fn EditDetails(request: RequestPage, key: Uuid) -> impl IntoView {
    let number = request.summary.number;
    let lead = about(&request.summary);
    let RequestPage { what_happened, contact_name, contact_phone, .. } = request;
    let kept = RequestDetails { what_happened, contact_name, contact_phone };
    let seen = Seen::of(&kept.fields());
    view! {
        <Page title=t!("requests-edit-title") lead>
            <Form action={Endpoint::of::<api::ordering::editing::SaveDetails>()} seen>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea
                    name="what_happened"
                    label=t!("order-what-label")
                    hint=t!("order-what-hint")
                    value=kept.what_happened
                    rows=6
                />
                <TextField
                    name="contact_name"
                    label=t!("order-contact-name-label")
                    value=kept.contact_name
                    autocomplete="name"
                />
                <TextField
                    name="contact_phone"
                    label=t!("order-contact-phone-label")
                    hint=t!("order-contact-phone-hint")
                    value=phone_in_groups(&kept.contact_phone)
                    kind="tel"
                    autocomplete="tel"
                    inputmode="tel"
                />
                <DetailsCheck/>
                <div class="actions">
                    <Submit label=t!("requests-edit-submit")/>
                    <ButtonLink href=paths::request(number) label=t!("requests-back") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}
