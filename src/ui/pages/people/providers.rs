//! `/settings/sign-in`: by which other providers people sign in, and for which addresses that is the only way; and the ways to them from
//! the sign-in.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        paths,
        people::providers::{Provider, ProvidersPage as Providers, Rule},
    },
    ui::{
        self,
        components::{
            ButtonKind, Column, EmptyState, Endpoint, Form, Hidden, Page, SelectField, Submit, Table, TextField, loaded,
        },
        texts::t,
    },
};

/// The providers, and the rules.
#[component]
pub fn ProvidersPage() -> impl IntoView {
    loaded(api::people::providers::providers_page(), move |page| view! { <ProvidersView page/> })
}

#[component]
fn ProvidersView(page: Providers) -> impl IntoView {
    let Providers { providers, rules, returns_to } = page;
    let names = providers.iter().map(|provider| view! { <li>{provider.name.clone()}</li> }).collect::<Vec<_>>();
    let rules = rules.into_iter().map(|rule| row(rule, &providers)).collect::<Vec<_>>();
    let known = if providers.is_empty() {
        view! { <EmptyState title=t!("providers-none")/> }.into_any()
    } else {
        view! {
            <ul>{names}</ul>
            <Rules rules providers/>
        }
        .into_any()
    };
    view! {
        <Page title=t!("providers-title") lead=t!("providers-lead", address = returns_to)>
            <p class="actions">
                <a href=paths::SETTINGS>{t!("settings-back")}</a>
            </p>
            {known}
        </Page>
    }
}

/// For which addresses one of them is the only way, and the form for another rule.
#[component]
fn Rules(rules: Vec<AnyView>, providers: Vec<Provider>) -> impl IntoView {
    let choices = providers.into_iter().map(|provider| (provider.key, provider.name)).collect::<Vec<_>>();
    let columns = vec![Column::text(t!("providers-domain")), Column::text(t!("providers-provider"))];
    let table = (!rules.is_empty()).then(|| {
        view! {
            <Table caption=t!("providers-rules") columns=columns>
                {rules}
            </Table>
        }
    });
    view! {
        {table}
        <Form action={Endpoint::of::<api::people::providers::RequireProvider>()}>
            <TextField name="domain" label=t!("providers-domain") hint=t!("providers-domain-hint")/>
            <SelectField name="provider" label=t!("providers-provider") options=choices/>
            <div class="actions">
                <Submit label=t!("providers-require")/>
            </div>
        </Form>
    }
}

fn row(rule: Rule, providers: &[Provider]) -> AnyView {
    let name = providers.iter().find(|provider| provider.key == rule.provider).map(|provider| provider.name.clone());
    let name = name.unwrap_or_else(|| t!("providers-gone", key = rule.provider.as_str()));
    view! {
        <tr>
            <th scope="row">{rule.domain.clone()}</th>
            <td data-label=t!("providers-provider")>
                {name}
                <Form action={Endpoint::of::<api::people::providers::ReleaseDomain>()}>
                    <Hidden name="domain" value=rule.domain.clone()/>
                    <Submit label=t!("providers-release") kind=ButtonKind::Secondary about=rule.domain/>
                </Form>
            </td>
        </tr>
    }
    .into_any()
}

/// The ways to the providers, from the sign-in: links, as browsers hold what follows a form to our own site.
#[component]
pub(super) fn ProviderLinks(next: String) -> impl IntoView {
    loaded(api::people::providers::sign_in_providers(), move |providers| {
        let links = providers
            .into_iter()
            .map(|provider| {
                let way = paths::sign_in_with(&provider.key);
                let href = if next.is_empty() { way } else { ui::with_query(&way, &[("next", next.clone())]) };
                view! {
                    <p class="aside">
                        <a href=href rel="external">{t!("sign-in-with", name = provider.name)}</a>
                    </p>
                }
            })
            .collect::<Vec<_>>();
        view! { {links} }
    })
}
