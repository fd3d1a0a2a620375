//! `/account/programs` and `/desk/customers/{customer}/tokens`: by which programs order themselves.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::ids::{ApiTokenId, CustomerId},
        line::{
            api_tokens::{ApiScope, ApiScopes, ApiToken, ApiTokensPage},
            catalogue::Program,
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, CheckField, EmptyState, Endpoint, Form, Hidden, Notice, NoticeKind, Page, RadioCards,
            RadioOption, Submit, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// The tokens of one's own organisation.
#[component]
pub fn OwnTokensPage() -> impl IntoView {
    loaded(api::line::api_tokens::own_tokens(), |page| view! { <TokensView page/> })
}

/// Those of a customer, for the desk.
#[component]
pub fn CustomerTokensPage() -> impl IntoView {
    let customer = ui::path_value::<CustomerId>("customer");
    loaded(async move { api::line::api_tokens::customer_tokens(customer?).await }, |page| {
        view! { <TokensView page/> }
    })
}

#[component]
fn TokensView(page: ApiTokensPage) -> impl IntoView {
    let ApiTokensPage { customer, customer_name, programs, tokens, hides_secret, key, address } = page;
    let (back, label) = match customer {
        Some(customer) => (paths::customer(customer), t!("member-back")),
        None => (paths::ACCOUNT.to_owned(), t!("colleagues-back")),
    };
    let hidden = hides_secret.then(|| view! { <HiddenSecret customer/> });
    let secrets =
        tokens.iter().filter_map(|token| token.secret.clone().map(|secret| (named(&token.program.name), secret)));
    let secrets = secrets.map(|(program, secret)| view! { <Secret program secret/> }).collect::<Vec<_>>();
    let (gone, good): (Vec<_>, Vec<_>) = tokens.into_iter().partition(|token| token.revoked_at.is_some());
    let none = good.is_empty().then(|| view! { <EmptyState title=t!("tokens-none")/> });
    let rows = move |tokens: Vec<ApiToken>| tokens.into_iter().map(|token| row(customer, token)).collect::<Vec<_>>();
    let former = (!gone.is_empty()).then(|| {
        view! {
            <section aria-labelledby="former">
                <h2 id="former">{t!("tokens-former")}</h2>
                <ul class="rows">{rows(gone)}</ul>
            </section>
        }
    });
    view! {
        <Page title=t!("tokens-title") lead=t!("tokens-lead", customer = customer_name)>
            <p class="actions">
                <a href=back>{label}</a>
                <a href=paths::DEVELOPERS>{t!("tokens-how")}</a>
            </p>
            {hidden}
            {secrets}
            {none}
            <ul class="rows">{rows(good)}</ul>
            <p>{t!("tokens-address")}" "<code>{address}</code></p>
            <section aria-labelledby="make">
                <h2 id="make">{t!("tokens-make")}</h2>
                <TokenForm customer programs key/>
            </section>
            {former}
        </Page>
    }
}

/// A secret that was made just now.
#[component]
fn Secret(program: String, secret: String) -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Done title=t!("tokens-secret", program = program)>
            <p>{t!("tokens-secret-lead")}</p>
            <p>
                <code>{secret}</code>
            </p>
        </Notice>
    }
}

/// The way to a secret for who has not proved lately who they are.
#[component]
fn HiddenSecret(customer: Option<CustomerId>) -> impl IntoView {
    let here = customer.map_or_else(|| paths::OWN_TOKENS.to_owned(), paths::customer_tokens);
    let there = ui::with_query(paths::CONFIRM, &[("next", here)]);
    view! {
        <Notice title=t!("tokens-secret-hidden")>
            <p>
                <a href=there>{t!("tokens-secret-show")}</a>
            </p>
        </Notice>
    }
}

fn row(customer: Option<CustomerId>, token: ApiToken) -> impl IntoView {
    let locale = Locale::current();
    let moment = |at| format::moment(locale, at);
    let made = moment(token.created_at);
    let used = match (token.revoked_at, token.used_at) {
        (Some(at), _) => t!("tokens-revoked", made = made, when = moment(at)),
        (None, Some(at)) => t!("tokens-used", made = made, when = moment(at)),
        (None, None) => t!("tokens-never-used", made = made),
    };
    let vouches = token.vouches.then(|| view! { <p class="row-note">{t!("tokens-vouches")}</p> });
    let is_refused = token.revoked_at.is_none() && !token.acts;
    let refused = is_refused.then(|| view! { <p class="row-note">{t!("tokens-refused")}</p> });
    let (id, about) = (token.id, format!("{} {}", named(&token.program.name), token.prefix));
    let revoke = token.revoked_at.is_none().then(|| match customer {
        Some(customer) => view! {
            <Form action={Endpoint::of::<api::line::api_tokens::RevokeCustomerToken>()}>
                <Hidden name="customer" value=customer.to_string()/>
                <RevokeFields id about/>
            </Form>
        }
        .into_any(),
        None => view! {
            <Form action={Endpoint::of::<api::line::api_tokens::RevokeToken>()}>
                <RevokeFields id about/>
            </Form>
        }
        .into_any(),
    });
    view! {
        <li class="row">
            <div>
                <p class="row-title">
                    {named(&token.program.name)}" "<code>{token.prefix}"…"</code>
                </p>
                <p class="row-note">{in_words(token.scopes)}</p>
                {vouches}
                <p class="row-note">{used}</p>
                {refused}
            </div>
            {revoke}
        </li>
    }
}

#[component]
fn RevokeFields(id: ApiTokenId, about: String) -> impl IntoView {
    view! {
        <Hidden name="token" value=id.to_string()/>
        <Submit label=t!("tokens-revoke") kind=ButtonKind::Danger about/>
    }
}

/// "Číst požadavky a volné termíny · Objednávat, přesouvat, rušit a psát"
fn in_words(scopes: ApiScopes) -> String {
    scopes.iter().map(scope_in_words).collect::<Vec<_>>().join(" · ")
}

fn scope_in_words(scope: ApiScope) -> String {
    match scope {
        ApiScope::Read => t!("scope-read"),
        ApiScope::Order => t!("scope-order"),
        ApiScope::Billing => t!("scope-billing"),
    }
}

#[component]
fn TokenForm(customer: Option<CustomerId>, programs: Vec<Program>, key: ApiTokenId) -> impl IntoView {
    if programs.is_empty() {
        return view! { <p>{t!("tokens-no-program")}</p> }.into_any();
    }
    let fields = view! { <TokenFields programs key/> };
    match customer {
        Some(customer) => view! {
            <Form action={Endpoint::of::<api::line::api_tokens::MakeCustomerToken>()}>
                <Hidden name="customer" value=customer.to_string()/>
                {fields}
            </Form>
        }
        .into_any(),
        None => view! { <Form action={Endpoint::of::<api::line::api_tokens::MakeToken>()}>{fields}</Form> }.into_any(),
    }
}

#[component]
fn TokenFields(programs: Vec<Program>, key: ApiTokenId) -> impl IntoView {
    let option = |program: Program| RadioOption {
        value: program.id.to_string(),
        label: named(&program.name),
        ..RadioOption::default()
    };
    let options = programs.into_iter().map(option).collect();
    let scopes = ApiScope::ALL
        .iter()
        .map(|&scope| view! { <CheckField name=format!("scopes[{scope}]") label=scope_in_words(scope)/> })
        .collect::<Vec<_>>();
    view! {
        <Hidden name="key" value=key.to_string()/>
        <RadioCards name="program" legend=t!("tokens-program") options/>
        <fieldset class="field choice">
            <legend>{t!("tokens-scopes")}</legend>
            {scopes}
        </fieldset>
        <CheckField name="vouches" label=t!("tokens-vouches") hint=t!("tokens-vouches-hint")/>
        <div class="actions">
            <Submit label=t!("tokens-make")/>
        </div>
    }
}
