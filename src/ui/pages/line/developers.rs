//! `/developers`: how programs order, made of what the interface says of itself.

use leptos::prelude::*;

use crate::{
    model::{
        line::developers::{DescribedField, Operation, RefusalInWords},
        paths,
    },
    ui::{
        components::{Page, Width},
        described_interface,
        texts::t,
    },
};

/// The interface for programs.
#[component]
pub fn DevelopersPage() -> impl IntoView {
    let interface = described_interface();
    let operations = interface.iter().flat_map(|interface| interface.operations.clone());
    let operations = operations.map(|operation| view! { <OperationView operation/> }).collect::<Vec<_>>();
    let refusals = interface.iter().flat_map(|interface| interface.refusals.clone()).map(refusal).collect::<Vec<_>>();
    view! {
        <Page title=t!("developers-title") lead=t!("developers-lead") width=Width::Full>
            <p>{t!("developers-token")}</p>
            <p>{t!("developers-key")}</p>
            <p class="actions">
                <a href=paths::API_DOCUMENT rel="external">{t!("developers-document")}</a>
            </p>
            {operations}
            <section aria-labelledby="refusals">
                <h2 id="refusals">{t!("developers-refusals")}</h2>
                <p>{t!("developers-refusals-lead")}</p>
                <dl class="described">{refusals}</dl>
            </section>
        </Page>
    }
}

#[component]
fn OperationView(operation: Operation) -> impl IntoView {
    let Operation { id: name, method, path, scope, summary, description, parameters, body, example, status, answered } =
        operation;
    let summary = t!("developers-summary", operation = name.clone(), text = summary);
    let description = t!("developers-description", operation = name, text = description);
    let id = format!("{}{}", method.to_lowercase(), path.replace(['/', '{', '}'], "-"));
    let example = example.map(|example| view! { <pre class="example" lang="en"><code>{example}</code></pre> });
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{summary}</h2>
            <p><code>{method}" "{path}</code></p>
            <p>{description}</p>
            <p>{t!("developers-scope", scope = scope)}</p>
            <Fields title=t!("developers-parameters") fields=parameters about=about_parameter/>
            <Fields title=t!("developers-body") fields=body about=about_field/>
            {example}
            <Fields title=t!("developers-answer", status = status) fields=answered about=about_field/>
        </section>
    }
}

fn about_parameter(field: &DescribedField) -> String {
    t!("developers-parameter", name = field.key.clone(), text = field.about.clone())
}

fn about_field(field: &DescribedField) -> String {
    t!("developers-field", field = field.key.clone(), text = field.about.clone())
}

#[component]
fn Fields(title: String, fields: Vec<DescribedField>, about: fn(&DescribedField) -> String) -> impl IntoView {
    if fields.is_empty() {
        return ().into_any();
    }
    let rows = fields
        .into_iter()
        .map(|field| {
            let is_optional = (!field.is_required).then(|| format!(" ({})", t!("developers-optional")));
            let about = about(&field);
            view! {
                <dt><code>{field.name}</code>{is_optional}</dt>
                <dd>{about}</dd>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <h3>{title}</h3>
        <dl class="described">{rows}</dl>
    }
    .into_any()
}

fn refusal(refusal: RefusalInWords) -> impl IntoView {
    let about = t!("developers-refusal", code = refusal.code.clone(), text = refusal.about);
    view! {
        <dt id=refusal.code.clone()><code>{refusal.code.clone()}</code>" "{refusal.status}</dt>
        <dd>{about}</dd>
    }
}
