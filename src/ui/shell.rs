//! The HTML document around every page, and its content security policy.

use axum::http::{HeaderName, HeaderValue};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};

use super::{PaymentSite, app::App, is_signed_in, path, routes::has_islands, shown_problem, texts::Locale};
use crate::model::paths;

/// The document. Pages without islands carry no script (design, Pages).
pub fn shell(options: LeptosOptions) -> impl IntoView {
    provide_meta_context();
    set_content_security_policy();
    let scripts = is_scripted().then(|| {
        view! {
            <script nonce=use_nonce()>{WAKE_AT_ONCE}</script>
            <HydrationScripts options=options.clone() islands=true/>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang=Locale::current().code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#12181d" media="(prefers-color-scheme: dark)"/>
                <meta name="format-detection" content="telephone=no"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/app.webmanifest"/>
                <link rel="apple-touch-icon" href="/icon-180.png"/>
                <HashedStylesheet id="linka" options/>
                {scripts}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Whether the page loads script. The beginning is one with islands for whoever is signed in; visitors read the public page there,
/// and what cannot be shown says so under that address.
fn is_scripted() -> bool {
    let path = path();
    has_islands(&path) && (path != paths::HOME || is_signed_in() && shown_problem().is_none())
}

/// Leptos wakes islands when the browser is idle, for which it may wait forever: on a busy PC, or on a page that nobody looks at
/// yet. Without that function, it wakes them as soon as they are there.
const WAKE_AT_ONCE: &str = "delete window.requestIdleCallback";

/// Nothing from elsewhere, nothing inline but what carries this response's nonce (design, Content security policy).
/// Browsers apply `form-action` to the redirects behind a form too: one that orders, or signs in on the way to paying, ends at
/// the payment site.
fn set_content_security_policy() {
    let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else {
        return;
    };
    let payments = PaymentSite::origin().map(|origin| format!(" {origin}")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self'; \
         object-src 'none'; base-uri 'none'; form-action 'self'{payments}; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::try_from(policy) {
        response.insert_header(HeaderName::from_static("content-security-policy"), policy);
    }
}
