//! The session of TeamViewer by which the customer lets the technician in.

use leptos::prelude::*;

use crate::{
    api,
    model::{base::numbers::RequestNumber, work::remote_sessions::SessionLink},
    ui::{
        components::{ButtonKind, Endpoint, Form, Hidden, Submit, TextField},
        forms,
        texts::t,
    },
};

/// The field of its address.
const SESSION: &str = "session_link";

/// The way into the session, for who sits at the computer.
#[component]
pub fn SessionEntrance(
    /// Where it leads.
    link: SessionLink,
) -> impl IntoView {
    view! {
        <a href=String::from(link) rel="noreferrer">
            {t!("session-start")}
        </a>
    }
}

/// The session as the workbench shows it, and where another one is put in its place.
#[component]
pub(super) fn GivenSession(
    /// Of which request.
    number: RequestNumber,
    /// The one that there is.
    session: Option<SessionLink>,
    /// Whether there is one of a former time only.
    is_former: bool,
    /// Whether the viewer may put another there.
    may_give: bool,
) -> impl IntoView {
    let address = session.clone().map(String::from).unwrap_or_default();
    let is_refused = forms::returned().is_some_and(|form| form.values.contains_key(SESSION));
    let entrance = match session {
        Some(link) => view! { <p class="typed">{String::from(link)}</p> }.into_any(),
        None if is_former => view! { <p class="aside">{t!("session-former")}</p> }.into_any(),
        None => view! { <p class="aside">{t!("session-none")}</p> }.into_any(),
    };
    let form = may_give.then(|| {
        view! {
            <details open=is_refused>
                <summary>{t!("session-give")}</summary>
                <Form action={Endpoint::of::<api::work::remote_sessions::GiveSession>()}>
                    <Hidden name="number" value=number.to_string()/>
                    <TextField
                        name=SESSION
                        label=t!("session-address")
                        hint=t!("session-address-hint")
                        value=address
                        optional=true
                        autocomplete="off"
                    />
                    <Submit label=t!("session-save") kind=ButtonKind::Secondary/>
                </Form>
            </details>
        }
    });
    view! {
        <h3>{t!("session-title")}</h3>
        {entrance}
        {form}
    }
}
