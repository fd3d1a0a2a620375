//! `/desk/outages/new`: requests that were chosen become one thing.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        ordering::outages::{
            NewOutagePage as New, OUTAGE_NAME_MAX, OUTAGE_NAME_MIN, OUTAGE_TEXT_MAX, OutageForm, OutageRequest,
            box_of_request,
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, CheckField, Endpoint, Form, Hidden, Page, SelectField, Submit, TextArea, TextField,
            Width, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// The form of a new one.
#[component]
pub fn NewOutagePage() -> impl IntoView {
    // The boxes of the queue are what the query names.
    let numbers = ui::query_names().iter().filter_map(|name| name.strip_prefix('r')?.parse().ok()).collect();
    loaded(api::ordering::outages::new_outage_page(numbers), |page| view! { <NewOutage page/> })
}

#[component]
fn NewOutage(page: New) -> impl IntoView {
    let programs = page.programs.iter().map(|program| (program.id.to_string(), named(&program.name))).collect();
    let work_types = page.work_types.iter().map(|work| (work.id.to_string(), named(&work.name))).collect();
    let program = page.program.map(|id| id.to_string()).unwrap_or_default();
    let work_type = page.work_type.map(|id| id.to_string()).unwrap_or_default();
    let boxes = (!page.requests.is_empty()).then(|| {
        view! {
            <fieldset class="field choice">
                <legend>{t!("outage-new-requests")}</legend>
                {boxes("requests", page.requests, true)}
            </fieldset>
        }
    });
    view! {
        <Page title=t!("outage-new-title") lead=t!("outage-new-lead") width=Width::Full>
            <p class="actions">
                <ButtonLink href=paths::QUEUE label=t!("case-to-queue") kind=ButtonKind::Secondary/>
            </p>
            <Form action={Endpoint::of::<api::ordering::outages::OpenOutage>()}>
                <Hidden name="outage" value=page.id.to_string()/>
                {boxes}
                <SelectField name="program" label=t!("outage-program") options=programs selected=program/>
                <Words form=page.form/>
                <SelectField name="work_type" label=t!("outage-work-type") options=work_types selected=work_type/>
                <div class="actions">
                    <Submit label=t!("outage-open")/>
                </div>
            </Form>
        </Page>
    }
}

/// What it is called, what customers read of it, and since when.
#[component]
pub(super) fn Words(
    /// What the fields hold at first.
    form: OutageForm,
) -> impl IntoView {
    let hint = t!("outage-name-hint", min = OUTAGE_NAME_MIN, max = OUTAGE_NAME_MAX);
    view! {
        <TextField name="outage_name_cs" label=t!("outage-name-cs") hint value=form.name_cs/>
        <TextField name="outage_name_en" label=t!("outage-name-en") value=form.name_en/>
        <TextArea
            name="outage_text_cs"
            label=t!("outage-text-cs")
            hint=t!("outage-text-hint", max = OUTAGE_TEXT_MAX)
            value=form.text_cs
            rows=3
        />
        <TextArea name="outage_text_en" label=t!("outage-text-en") value=form.text_en rows=3/>
        <TextField name="began_at" label=t!("outage-began") kind="datetime-local" value=form.began_at/>
    }
}

/// A box for each request.
pub(super) fn boxes(field: &str, requests: Vec<OutageRequest>, checked: bool) -> impl IntoView + use<> {
    requests
        .into_iter()
        .map(|request| {
            let name = format!("{field}[{}]", box_of_request(request.number));
            let label = format!("{} · {}", request.customer, request.number);
            let slot = request.slot.map(|slot| format::slot(Locale::current(), slot));
            let what = format!("{} · {}", named(&request.program), request.what_happened);
            let hint = [Some(what), slot].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            view! { <CheckField name label hint checked/> }
        })
        .collect::<Vec<_>>()
}
