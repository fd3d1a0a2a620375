//! `/account/second-factor`, where a second factor is turned on and off, and `/sign-in/code`, where it is asked for.

use leptos::prelude::*;

use super::passkeys::OwnPasskeys;
use crate::{
    api,
    model::{
        paths,
        people::second_factors::{Authenticator, SecondFactorPage as Factor},
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Notice, NoticeKind, Page, QrImage, Submit, TextField,
            loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// One's own second factor.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    loaded(api::people::second_factors::second_factor_page(), move |page| view! { <SecondFactorView page/> })
}

#[component]
fn SecondFactorView(page: Factor) -> impl IntoView {
    let (codes_left, has_any) = (page.codes_left, page.has_any());
    let lead = if page.is_required && !has_any { t!("factor-lead-required") } else { t!("factor-lead") };
    // Who was kept from everything else until now goes on from here, once the codes are put away.
    let on = (page.is_required && !page.new_codes.is_empty())
        .then(|| view! { <p class="actions"><ButtonLink href=paths::HOME label=t!("factor-go-on")/></p> });
    let state = match page.authenticator {
        Authenticator::Off => view! {
            <Form action={Endpoint::of::<api::people::second_factors::OfferAuthenticator>()}>
                <div class="actions">
                    <Submit label=t!("factor-turn-on")/>
                </div>
            </Form>
        }
        .into_any(),
        Authenticator::Offered { secret, uri } => view! { <Offered secret uri/> }.into_any(),
        Authenticator::On { since } => {
            let since = format::since(Locale::current(), since, ui::now());
            view! { <p>{t!("factor-on", since = since)}</p> }.into_any()
        }
    };
    view! {
        <Page title=t!("factor-title") lead=lead>
            {(!page.new_codes.is_empty()).then(|| view! { <NewCodes codes=page.new_codes/> })}
            {on}
            <section aria-labelledby="authenticator">
                <h2 id="authenticator">{t!("factor-authenticator")}</h2>
                {state}
            </section>
            {page.passkeys.map(|keys| view! { <OwnPasskeys keys/> })}
            {has_any.then(|| view! { <Recovery codes_left is_required=page.is_required/> })}
        </Page>
    }
}

/// The secret, to be scanned or typed, and the field for the first code.
#[component]
fn Offered(secret: String, uri: String) -> impl IntoView {
    view! {
        <div class="panel">
            <p>{t!("factor-scan")}</p>
            <QrImage text=uri label=t!("factor-qr")/>
            <p>{t!("factor-type")}" "<code>{secret}</code></p>
            <Form action={Endpoint::of::<api::people::second_factors::TurnOnAuthenticator>()}>
                <TextField
                    name="one_time_code"
                    label=t!("factor-first-code")
                    autocomplete="one-time-code"
                    inputmode="numeric"
                />
                <div class="actions">
                    <Submit label=t!("factor-confirm")/>
                </div>
            </Form>
        </div>
    }
}

/// How many recovery codes are left, and how to be asked for nothing but the password again.
#[component]
fn Recovery(codes_left: u32, is_required: bool) -> impl IntoView {
    let turn_off = if is_required { t!("factor-turn-off-required") } else { t!("factor-turn-off-hint") };
    view! {
        <section aria-labelledby="recovery">
            <h2 id="recovery">{t!("factor-codes-title")}</h2>
            <p>{t!("factor-codes-left", count = codes_left)}</p>
            <Form action={Endpoint::of::<api::people::second_factors::NewRecoveryCodes>()}>
                <div class="actions">
                    <Submit label=t!("factor-new-codes") kind=ButtonKind::Secondary/>
                </div>
            </Form>
            <Form action={Endpoint::of::<api::people::second_factors::TurnOffSecondFactor>()}>
                <p class="field-hint">{turn_off}</p>
                <div class="actions">
                    <Submit label=t!("factor-turn-off") kind=ButtonKind::Danger/>
                </div>
            </Form>
        </section>
    }
}

/// Recovery codes, shown once.
#[component]
fn NewCodes(codes: Vec<String>) -> impl IntoView {
    let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect::<Vec<_>>();
    view! {
        <Notice kind=NoticeKind::Done title=t!("factor-codes-title")>
            <p>{t!("factor-codes-lead")}</p>
            <ul class="plain-list">{codes}</ul>
        </Notice>
    }
}

/// The field for a code of who has given the password.
#[component]
pub fn SignInCodePage() -> impl IntoView {
    let next = ui::query_value("next").unwrap_or_default();
    view! {
        <Page title=t!("factor-sign-in-title") lead=t!("factor-sign-in-lead")>
            <div class="panel">
                <Form action={Endpoint::of::<api::people::second_factors::GiveCode>()}>
                    <Hidden name="next" value=next/>
                    <TextField
                        name="one_time_code"
                        label=t!("factor-code")
                        autocomplete="one-time-code"
                        inputmode="text"
                    />
                    <div class="actions">
                        <Submit label=t!("sign-in-submit")/>
                    </div>
                </Form>
            </div>
            <p class="aside">
                <a href=paths::SIGN_IN_PASSKEY>{t!("passkey-sign-in")}</a>
            </p>
            <p class="aside">{t!("factor-lost")}" "<a href=paths::NUMBERS>{t!("sign-in-trouble-link")}</a></p>
        </Page>
    }
}
