//! `/sign-in`.

use leptos::prelude::*;

use super::providers::ProviderLinks;
use crate::{
    model::paths,
    ui::{
        self, DemoMode,
        components::{Notice, Page, SignInForm},
        texts::t,
    },
};

/// The demo's people: who they are, and the address to sign in with (design, Demo).
const DEMO_PASSWORD: &str = "linka-demo-heslo";

/// E-mail and password.
#[component]
pub fn SignInPage() -> impl IntoView {
    let next = ui::query_value("next");
    let to = next.clone();
    view! {
        <Page title=t!("sign-in-title") lead=t!("sign-in-lead")>
            <div class="panel">
                <SignInForm next=next.unwrap_or_default()/>
            </div>
            <ProviderLinks next=to.unwrap_or_default()/>
            <p class="aside">
                <a href=paths::SIGN_IN_PASSKEY>{t!("passkey-sign-in")}</a>
            </p>
            <p class="aside">
                <a href=paths::SIGN_IN_HELP>{t!("sign-in-help")}</a>
            </p>
            <p class="aside">{t!("sign-in-trouble")}" "<a href=paths::NUMBERS>{t!("sign-in-trouble-link")}</a></p>
            {DemoMode::is_on().then(|| view! { <DemoAccounts/> })}
        </Page>
    }
}

/// With which addresses one can look around the demo.
#[component]
fn DemoAccounts() -> impl IntoView {
    let accounts = [
        ("vedouci@skola-lipova.example", t!("demo-school-manager")),
        ("kuchyne@skola-lipova.example", t!("demo-school-kitchen")),
        ("info@urad-dolany.example", t!("demo-office")),
        ("jidelna@zs-horni.example", t!("demo-canteen")),
        ("dispecer@linka.example", t!("demo-dispatcher")),
        ("technik1@linka.example", t!("demo-technician")),
        ("vedouci@linka.example", t!("demo-manager")),
    ]
    .map(|(email, who)| {
        view! {
            <div>
                <dt><code>{email}</code></dt>
                <dd>{who}</dd>
            </div>
        }
    });
    view! {
        <Notice title=t!("demo-title")>
            <p>{t!("demo-password")}" "<code>{DEMO_PASSWORD}</code></p>
            <dl class="demo-accounts">{accounts}</dl>
        </Notice>
    }
}
