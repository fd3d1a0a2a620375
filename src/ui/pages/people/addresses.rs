//! `/account/address`, where another address is asked for, and `/address`, where a mailbox agrees to it.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        paths,
        people::addresses::{AddressPage as Asked, OwnAddressPage as Own, WantedAddress},
    },
    ui::{
        self,
        components::{Endpoint, Form, Hidden, Notice, NoticeKind, Page, Submit, TextField, loaded},
        format,
        texts::{Locale, t},
    },
};

/// The address of now, and a field for another one.
#[component]
pub fn OwnAddressPage() -> impl IntoView {
    loaded(api::people::addresses::own_address_page(), move |page| view! { <OwnAddressView page/> })
}

#[component]
fn OwnAddressView(page: Own) -> impl IntoView {
    view! {
        <Page title=t!("own-address-title") lead=t!("own-address-lead", email = page.email)>
            {page.wanted.map(|wanted| view! { <Wanted wanted/> })}
            <div class="panel">
                <Form action={Endpoint::of::<api::people::addresses::AskForAddress>()}>
                    <TextField
                        name="email"
                        label=t!("own-address-new")
                        kind="email"
                        autocomplete="email"
                        inputmode="email"
                    />
                    <div class="actions">
                        <Submit label=t!("own-address-submit")/>
                    </div>
                </Form>
            </div>
        </Page>
    }
}

/// What waits for which of the two mailboxes.
#[component]
fn Wanted(wanted: WantedAddress) -> impl IntoView {
    let until = format::until(Locale::current(), wanted.until, ui::now());
    view! {
        <Notice kind=NoticeKind::Soon title=t!("own-address-wanted", until = until, email = wanted.email)>
            {wanted.former_agreed.then(|| view! { <p>{t!("own-address-former-agreed")}</p> })}
            {wanted.new_agreed.then(|| view! { <p>{t!("own-address-new-agreed")}</p> })}
        </Notice>
    }
}

/// One button for whoever reads the mailbox.
#[component]
pub fn AddressPage() -> impl IntoView {
    let token = ui::query_value("token").unwrap_or_default();
    loaded(api::people::addresses::address_page(token.clone()), move |page| view! { <AddressView page token/> })
}

#[component]
fn AddressView(page: Asked, token: String) -> impl IntoView {
    let Some(asked) = page.asked else {
        return view! {
            <Page title=t!("password-link-over") lead=t!("address-over-lead")>
                <p>
                    <a href=paths::SIGN_IN>{t!("sign-in-submit")}</a>
                </p>
            </Page>
        }
        .into_any();
    };
    let lead = match asked.email {
        Some(email) => t!("address-lead-new", email = email),
        None => t!("address-lead-former"),
    };
    let answer = if asked.has_agreed {
        view! { <p>{t!("address-has-agreed")}</p> }.into_any()
    } else {
        view! {
            <Form action={Endpoint::of::<api::people::addresses::AgreeToAddress>()}>
                <Hidden name="token" value=token/>
                <div class="actions">
                    <Submit label=t!("address-agree")/>
                </div>
            </Form>
        }
        .into_any()
    };
    view! { <Page title=t!("address-title") lead=lead>{answer}</Page> }.into_any()
}
