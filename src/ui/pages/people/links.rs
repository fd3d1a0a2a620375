//! `/sign-in/help`, where links by mail are asked for, and `/sign-in/link`, where one of them signs in.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        paths,
        people::links::{LinkKind, SignInLinkPage as Link},
    },
    ui::{
        self,
        components::{ButtonKind, Endpoint, Form, Hidden, Page, Submit, TextField, loaded},
        texts::t,
    },
};

/// An address, and what to send to it.
#[component]
pub fn SignInHelpPage() -> impl IntoView {
    view! {
        <Page title=t!("sign-in-help-title") lead=t!("sign-in-help-lead")>
            <div class="panel">
                <Form action={Endpoint::of::<api::people::links::AskForLink>()}>
                    <TextField
                        name="email"
                        label=t!("sign-in-email")
                        kind="email"
                        autocomplete="username"
                        inputmode="email"
                    />
                    <div class="actions">
                        <Submit label=t!("sign-in-help-link") name="kind" value=LinkKind::SignIn.code()/>
                        <Submit
                            label=t!("sign-in-help-password")
                            name="kind"
                            value=LinkKind::Password.code()
                            kind=ButtonKind::Secondary
                        />
                    </div>
                </Form>
            </div>
            <p class="aside">{t!("sign-in-trouble")}" "<a href=paths::NUMBERS>{t!("sign-in-trouble-link")}</a></p>
        </Page>
    }
}

/// One button: programs that look into mails open links, and only whoever presses it is signed in.
#[component]
pub fn SignInLinkPage() -> impl IntoView {
    let token = ui::query_value("token").unwrap_or_default();
    loaded(api::people::links::sign_in_link_page(token.clone()), move |page| view! { <SignInLinkView page token/> })
}

#[component]
fn SignInLinkView(page: Link, token: String) -> impl IntoView {
    if !page.is_good {
        return view! {
            <Page title=t!("password-link-over") lead=t!("sign-in-link-over-lead")>
                <p>
                    <a href=paths::SIGN_IN_HELP>{t!("sign-in-link-again")}</a>
                </p>
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title=t!("sign-in-link-title") lead=t!("sign-in-link-lead")>
            <Form action={Endpoint::of::<api::people::links::SignInByLink>()}>
                <Hidden name="token" value=token/>
                <div class="actions">
                    <Submit label=t!("sign-in-submit")/>
                </div>
            </Form>
        </Page>
    }
    .into_any()
}
