//! `/account`: who one is here, and where one is signed in.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        paths,
        people::{
            accounts::Viewer,
            members::{Capability, StaffRole, StaffRoles},
            pages::{AccountPage as Account, SessionView},
        },
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, Endpoint, Form, Hidden, Page, ProblemPage, Submit, SummaryList, SummaryRow, TextField, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// One's own account.
#[component]
pub fn AccountPage() -> impl IntoView {
    loaded(api::people::accounts::account_page(), move |account| view! { <AccountView account/> })
}

#[component]
fn AccountView(account: Account) -> impl IntoView {
    let changes = account.viewer.may(Capability::Manage).then(|| {
        view! {
            <p>
                <a href=paths::COLLEAGUES>{t!("colleagues-title")}</a>
            </p>
            <p>
                <a href=paths::OWN_TOKENS>{t!("tokens-title")}</a>
            </p>
            <p>
                <a href=paths::OWN_AUDIT>{t!("account-changes")}</a>
            </p>
            <p>
                <a href=paths::WEBHOOKS>{t!("webhooks-title")}</a>
            </p>
        }
    });
    let is_member = matches!(account.viewer, Viewer::Member { .. });
    let Some((name, who)) = viewer(account.viewer) else {
        return view! { <ProblemPage problem=Problem::SignInRequired/> }.into_any();
    };
    view! {
        <Page title=name>
            <SummaryList>
                <SummaryRow term=t!("account-email")>
                    {account.email}" "<a href=paths::OWN_ADDRESS>{t!("account-address-change")}</a>
                </SummaryRow>
                <SummaryRow term=t!("account-password")>
                    <a href=paths::OWN_PASSWORD>{t!("account-password-change")}</a>
                </SummaryRow>
                <SummaryRow term=t!("factor-title")>
                    <a href=paths::SECOND_FACTOR>{t!("factor-set")}</a>
                </SummaryRow>
                {who}
                <SummaryRow term=t!("wishes-title")>
                    <a href=paths::NOTIFICATIONS>{t!("wishes-link")}</a>
                </SummaryRow>
                <SummaryRow term=t!("feed-title")>
                    <a href=paths::OWN_CALENDAR>{t!("factor-set")}</a>
                </SummaryRow>
            </SummaryList>
            <Form action={Endpoint::of::<api::people::accounts::SignOut>()}>
                <div class="actions">
                    <Submit label=t!("account-sign-out") kind=ButtonKind::Secondary/>
                </div>
            </Form>
            {changes}
            <Sessions sessions=account.sessions/>
            <Languages/>
            {is_member.then(|| view! { <OwnData/> })}
        </Page>
    }
    .into_any()
}

/// The name of who asks, with what they are here. The service answers visitors with a problem; should it not, the page asks to sign in.
fn viewer(viewer: Viewer) -> Option<(String, AnyView)> {
    match viewer {
        Viewer::Visitor => None,
        Viewer::Member { name, customer, capabilities } => {
            let may = capabilities
                .iter()
                .map(|capability| view! { <li>{capability_in_words(capability)}</li> })
                .collect::<Vec<_>>();
            let may = if may.is_empty() {
                t!("account-may-nothing").into_any()
            } else {
                view! { <ul class="plain-list">{may}</ul> }.into_any()
            };
            let rows = view! {
                <SummaryRow term=t!("account-customer")>{customer}</SummaryRow>
                <SummaryRow term=t!("account-may")>{may}</SummaryRow>
            };
            Some((name, rows.into_any()))
        }
        Viewer::Staff { name, roles } => {
            let rows = view! {
                <SummaryRow term=t!("account-role")>{roles_in_words(roles)}</SummaryRow>
            };
            Some((name, rows.into_any()))
        }
    }
}

/// Where one is signed in, and how to end all of it but here.
#[component]
fn Sessions(sessions: Vec<SessionView>) -> impl IntoView {
    let others = (sessions.len() > 1).then(|| {
        view! {
            <Form action={Endpoint::of::<api::people::accounts::EndOtherSessions>()}>
                <div class="actions">
                    <Submit label=t!("account-end-other-sessions") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        }
    });
    let sessions = sessions.into_iter().map(|session| view! { <Session session/> }).collect::<Vec<_>>();
    view! {
        <section aria-labelledby="sessions">
            <h2 id="sessions">{t!("account-sessions")}</h2>
            <p>{t!("account-sessions-lead")}</p>
            <ul class="rows">{sessions}</ul>
            {others}
        </section>
    }
}

/// The password once more, or a code, before what a browser that was left alone must not do.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    loaded(api::people::second_factors::second_factor_page(), move |page| {
        let has_codes = page.has_any();
        view! { <ConfirmView has_codes/> }
    })
}

#[component]
fn ConfirmView(has_codes: bool) -> impl IntoView {
    let next = ui::query_value("next").unwrap_or_default();
    let code = has_codes.then(|| {
        view! { <TextField name="one_time_code" label=t!("confirm-code") autocomplete="one-time-code" optional=true/> }
    });
    view! {
        <Page title=t!("confirm-title") lead=t!("confirm-lead")>
            <div class="panel">
                <Form action={Endpoint::of::<api::people::accounts::Confirm>()}>
                    <Hidden name="next" value=next/>
                    <TextField
                        name="own_password"
                        label=t!("sign-in-password")
                        kind="password"
                        autocomplete="current-password"
                    />
                    {code}
                    <div class="actions">
                        <Submit label=t!("confirm-submit")/>
                    </div>
                </Form>
            </div>
            <p class="aside">
                <a href=paths::SIGN_IN_HELP>{t!("sign-in-help")}</a>
            </p>
        </Page>
    }
}

/// The way to all that is kept of whoever is signed in.
#[component]
fn OwnData() -> impl IntoView {
    view! {
        <section aria-labelledby="own-data">
            <h2 id="own-data">{t!("own-data")}</h2>
            <p>{t!("own-data-lead")}</p>
            <p>
                <a href=paths::OWN_DATA download="">{t!("own-data-download")}</a>
            </p>
            <p>
                <a href=paths::OWN_ERASURE>{t!("own-data-erase")}</a>
            </p>
        </section>
    }
}

/// Where one is signed in.
#[component]
fn Session(session: SessionView) -> impl IntoView {
    let locale = Locale::current();
    let device = device(&session.user_agent);
    let about = device.clone();
    let end = (!session.current).then(|| {
        view! {
            <Form action={Endpoint::of::<api::people::accounts::EndSession>()}>
                <Hidden name="id" value=session.id.to_string()/>
                <Submit label=t!("account-end-session") kind=ButtonKind::Secondary about=about/>
            </Form>
        }
    });
    let current =
        session.current.then(|| view! { <span class="badge badge-accent">{t!("account-this-session")}</span> });
    view! {
        <li class="row">
            <div>
                <p class="row-title">{device}" "{current}</p>
                <p class="row-note">
                    {t!(
                        "account-session-times", since = format::moment(locale, session.created_at), seen =
                        format::moment(locale, session.last_seen_at),
                    )}
                </p>
            </div>
            {end}
        </li>
    }
}

/// The language of the pages.
#[component]
fn Languages() -> impl IntoView {
    let current = Locale::current();
    let buttons = Locale::ALL.map(|locale| {
        let pressed = if locale == current { "true" } else { "false" };
        view! {
            <button
                type="submit"
                class="button button-secondary"
                name="language"
                value=locale.code()
                lang=locale.code()
                aria-pressed=pressed
            >
                {t!(locale => "language-name")}
            </button>
        }
    });
    view! {
        <section aria-labelledby="languages">
            <h2 id="languages">{t!("account-language")}</h2>
            <Form action={Endpoint::of::<api::people::accounts::ChooseLanguage>()}>
                <div class="actions">{buttons}</div>
            </Form>
        </section>
    }
}

pub(crate) fn capability_in_words(capability: Capability) -> String {
    match capability {
        Capability::Order => t!("capability-order"),
        Capability::SeeAll => t!("capability-see-all"),
        Capability::Buy => t!("capability-buy"),
        Capability::SeeBilling => t!("capability-see-billing"),
        Capability::Manage => t!("capability-manage"),
    }
}

/// "Technik, Vedoucí"
pub(super) fn roles_in_words(roles: StaffRoles) -> String {
    roles.iter().map(role_in_words).collect::<Vec<_>>().join(", ")
}

pub(super) fn role_in_words(role: StaffRole) -> String {
    match role {
        StaffRole::Dispatcher => t!("role-dispatcher"),
        StaffRole::Technician => t!("role-technician"),
        StaffRole::Manager => t!("role-manager"),
    }
}

/// What a person would call the browser that calls itself `user_agent`: "Firefox, Windows".
#[must_use]
pub fn device(user_agent: &str) -> String {
    // The order matters: nearly every browser also calls itself Safari, and many call themselves Chrome.
    let browser =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let system = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find_map(|(part, name)| user_agent.contains(part).then_some(*name))
    };
    match (find(&browser), find(&system)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => t!("account-unknown-device"),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_device_is_called_as_people_call_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                    Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0";
        assert_eq!(device(edge), "Edge, Windows");
        assert_eq!(device("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"), "Firefox, Linux");
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1";
        assert_eq!(device(phone), "Safari, iPhone");
        assert_eq!(device("curl/8"), "Neznámé zařízení");
    }
}
