//! `/password`: where a password is chosen, by a link.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        paths,
        people::{passwords::PASSWORD_MIN, staff::PasswordPage as ForWhom},
    },
    ui::{
        self,
        components::{Endpoint, Form, Hidden, Page, Submit, TextField, loaded},
        texts::t,
    },
};

/// Two fields for the same password, or what to do when the link is no longer good.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let token = ui::query_value("token").unwrap_or_default();
    loaded(api::people::staff::password_page(token.clone()), move |page| view! { <PasswordView page token/> })
}

#[component]
fn PasswordView(page: ForWhom, token: String) -> impl IntoView {
    let Some((name, email)) = page.person else {
        return view! {
            <Page title=t!("password-link-over") lead=t!("password-link-over-lead")>
                <p>
                    <a href=paths::SIGN_IN>{t!("sign-in-submit")}</a>
                </p>
            </Page>
        }
        .into_any();
    };
    view! {
        <Page title=t!("password-title") lead=t!("password-lead", name = name)>
            <div class="panel">
                <Form action={Endpoint::of::<api::people::staff::ChoosePassword>()}>
                    <Hidden name="token" value=token/>
                    <TextField
                        name="password"
                        label=t!("password-new")
                        hint=t!("password-hint", min = PASSWORD_MIN)
                        kind="password"
                        autocomplete="new-password"
                    />
                    <TextField
                        name="password_again"
                        label=t!("password-again")
                        kind="password"
                        autocomplete="new-password"
                    />
                    // For what keeps passwords in the browser.
                    <input type="email" class="visually-hidden" autocomplete="username" value=email tabindex="-1" readonly aria-hidden="true"/>
                    <div class="actions">
                        <Submit label=t!("password-submit")/>
                    </div>
                </Form>
            </div>
        </Page>
    }
    .into_any()
}
