//! The form to sign in: on its own page, and in place of a page that needs it.

use leptos::prelude::*;

use super::{Endpoint, Form, Hidden, Submit, TextField};
use crate::{api, model::paths, ui::texts::t};

/// E-mail and password.
#[component]
pub fn SignInForm(
    /// Where to go afterwards; the server decides whether it may be.
    #[prop(optional, into)]
    next: Option<String>,
) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::people::accounts::SignIn>()}>
            {next.map(|next| view! { <Hidden name="next" value=next/> })}
            <TextField
                name="email"
                label=t!("sign-in-email")
                kind="email"
                autocomplete="username"
                inputmode="email"
            />
            <TextField
                name="password"
                label=t!("sign-in-password")
                kind="password"
                autocomplete="current-password"
            />
            <div class="actions">
                <Submit label=t!("sign-in-submit")/>
            </div>
        </Form>
        <p class="aside">{t!("sign-in-new")}" "<a href=paths::REGISTER>{t!("sign-in-register")}</a></p>
    }
}
