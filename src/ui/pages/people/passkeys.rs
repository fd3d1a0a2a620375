//! `/sign-in/passkey`, where a key signs in, and the part of `/account/second-factor` where keys are made.

use leptos::{nonce::use_nonce, prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use crate::{
    api::{
        self,
        people::passkeys::{BeginPasskey, BeginPasskeySignIn},
    },
    model::{paths, people::passkeys::Passkey},
    ui::{
        self,
        components::{ButtonKind, Endpoint, Form, Hidden, Page, Submit, TextField},
        format,
        texts::{Locale, t},
    },
};

/// The lines that talk to the browser's keys: on no other page.
const SCRIPT: &str = "/passkeys.js";

/// One button: which key, the browser asks.
#[component]
pub fn PasskeySignInPage() -> impl IntoView {
    let next = ui::query_value("next").unwrap_or_default();
    view! {
        <Page title=t!("passkey-sign-in-title") lead=t!("passkey-sign-in-lead")>
            <div class="panel" hidden data-passkey="use" data-begin=BeginPasskeySignIn::PATH>
                <Form action={Endpoint::of::<api::people::passkeys::SignInByPasskey>()}>
                    <Proof/>
                    <Hidden name="next" value=next/>
                    <div class="actions">
                        <Submit label=t!("passkey-sign-in-submit")/>
                    </div>
                </Form>
            </div>
            <p class="aside">
                {t!("passkey-needs-script")}" "<a href=paths::SIGN_IN>{t!("passkey-other-way")}</a>
            </p>
            <script src=SCRIPT nonce=use_nonce() defer></script>
        </Page>
    }
}

/// One's own keys, and the form that makes another.
#[component]
pub(super) fn OwnPasskeys(keys: Vec<Passkey>) -> impl IntoView {
    let keys = keys.into_iter().map(|key| view! { <OwnPasskey key/> }).collect::<Vec<_>>();
    let list = (!keys.is_empty()).then(|| view! { <ul class="rows">{keys}</ul> });
    view! {
        <section aria-labelledby="passkeys">
            <h2 id="passkeys">{t!("passkeys-title")}</h2>
            <p>{t!("passkeys-lead")}</p>
            {list}
            <div class="panel" hidden data-passkey="make" data-begin=BeginPasskey::PATH>
                <Form action={Endpoint::of::<api::people::passkeys::AddPasskey>()}>
                    <Proof/>
                    <TextField name="key_name" label=t!("passkey-name") hint=t!("passkey-name-hint")/>
                    <div class="actions">
                        <Submit label=t!("passkey-add") kind=ButtonKind::Secondary/>
                    </div>
                </Form>
            </div>
            <noscript>
                <p>{t!("passkey-needs-script")}</p>
            </noscript>
            <script src=SCRIPT nonce=use_nonce() defer></script>
        </section>
    }
}

#[component]
fn OwnPasskey(key: Passkey) -> impl IntoView {
    let locale = Locale::current();
    let made = format::moment(locale, key.made_at);
    let times = match key.used_at {
        Some(used) => t!("passkey-used", made = made, used = format::moment(locale, used)),
        None => t!("passkey-made", made = made),
    };
    view! {
        <li class="row">
            <div>
                <p class="row-title">{key.name.clone()}</p>
                <p class="row-note">{times}</p>
            </div>
            <Form action={Endpoint::of::<api::people::passkeys::RemovePasskey>()}>
                <Hidden name="key" value=key.id.to_string()/>
                <Submit label=t!("passkey-remove") kind=ButtonKind::Secondary about=key.name/>
            </Form>
        </li>
    }
}

/// What the script fills in.
#[component]
fn Proof() -> impl IntoView {
    view! {
        <Hidden name="ceremony" value=Uuid::nil().to_string()/>
        <Hidden name="credential" value=""/>
    }
}
