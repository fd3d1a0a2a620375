//! `/password`: where a password is chosen, by a link.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        paths,
        people::passwords::{PASSWORD_MIN, PasswordPage as ForWhom, SignInState},
    },
    ui::{
        self,
        components::{ButtonKind, Endpoint, Form, Hidden, Notice, NoticeKind, Page, Submit, TextField, loaded},
        format,
        texts::{Locale, t},
    },
};

/// Two fields for the same password, or what to do when the link is no longer good.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let token = ui::query_value("token").unwrap_or_default();
    loaded(api::people::passwords::password_page(token.clone()), move |page| view! { <PasswordView page token/> })
}

#[component]
fn PasswordView(page: ForWhom, token: String) -> impl IntoView {
    let Some((name, email)) = page.person else {
        return view! {
            <Page title=t!("password-link-over") lead=t!("password-link-over-lead")>
                <p>
                    <a href=paths::SIGN_IN>{t!("sign-in-submit")}</a>
                </p>
                <p>
                    <a href=paths::SIGN_IN_HELP>{t!("sign-in-link-again")}</a>
                </p>
            </Page>
        }
        .into_any();
    };
    view! {
        <Page title=t!("password-title") lead=t!("password-lead", name = name)>
            <div class="panel">
                <Form action={Endpoint::of::<api::people::passwords::ChoosePassword>()}>
                    <Hidden name="token" value=token/>
                    {ui::query_value("next").map(|next| view! { <Hidden name="next" value=next/> })}
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

/// The former password, and twice the new one.
#[component]
pub fn OwnPasswordPage() -> impl IntoView {
    view! {
        <Page title=t!("own-password-title") lead=t!("own-password-lead")>
            <div class="panel">
                <Form action={Endpoint::of::<api::people::passwords::ChangePassword>()}>
                    <TextField
                        name="own_password"
                        label=t!("own-password-former")
                        kind="password"
                        autocomplete="current-password"
                    />
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
                    <div class="actions">
                        <Submit label=t!("password-submit")/>
                    </div>
                </Form>
            </div>
            <p class="aside">
                <a href=paths::SIGN_IN_HELP>{t!("sign-in-help")}</a>
            </p>
        </Page>
    }
}

/// Whether a person can sign in, in words.
pub(super) fn state_in_words(state: SignInState) -> String {
    match state {
        SignInState::Ready => t!("staff-ready"),
        SignInState::Invited { until } => {
            t!("staff-invited", until = format::until(Locale::current(), until, ui::now()))
        }
        SignInState::NotInvited => t!("staff-not-invited"),
    }
}

/// The link by which the person chooses a password: shown once, to be handed over.
#[component]
pub(super) fn LinkNotice(link: String, name: String, email: String) -> impl IntoView {
    let body = t!("staff-link-mail", link = link.as_str());
    let query = ui::with_query("", &[("subject", t!("staff-link-subject")), ("body", body)]);
    // A plus is a space in a form, and a plus in a mail.
    let href = format!("mailto:{email}{}", query.replace('+', "%20"));
    view! {
        <Notice kind=NoticeKind::Done title=t!("staff-link-title", name = name)>
            <p>{t!("staff-link-lead")}</p>
            <p>
                <code>{link}</code>
            </p>
            <p>
                <a href=href>{t!("staff-link-write")}</a>
            </p>
        </Notice>
    }
}

/// How many attempts to sign in as a person have failed of late, and the way to let the next one be looked at all the same;
/// nothing where none has failed.
#[component]
pub(super) fn Unlocking(
    failed: u32,
    action: Endpoint,
    /// The hidden fields that name the person.
    children: Children,
) -> impl IntoView {
    (failed > 0).then(move || {
        view! {
            <Form action>
                {children()}
                <p class="field-hint">{t!("staff-unlock-hint", count = failed)}</p>
                <div class="actions">
                    <Submit label=t!("staff-unlock") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        }
    })
}
