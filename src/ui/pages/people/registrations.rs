//! `/register` and where it leads, and `/desk/newcomers`: how organisations come in by themselves.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        paths,
        people::registrations::{
            AccessRequest, Newcomer, NewcomersPage as Waiting, RegisterPage as Question, RegistrationPage as Link,
        },
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, CheckField, EmptyState, Endpoint, Form, Hidden, Page, RadioCards, RadioOption,
            Submit, TextField, error_text, loaded,
        },
        format, forms,
        islands::phone_in_groups,
        texts::{Locale, named, t},
    },
};

/// Who one is, and for which organisation.
#[component]
pub fn RegisterPage() -> impl IntoView {
    loaded(api::people::registrations::register_page(), |page| view! { <RegisterForm page/> })
}

#[component]
fn RegisterForm(page: Question) -> impl IntoView {
    let programs = page
        .programs
        .iter()
        .map(|(id, name)| view! { <CheckField name=format!("programs[{id}]") label=named(name)/> })
        .collect::<Vec<_>>();
    let problem = forms::field_problem("programs");
    let has_problem = problem.is_some();
    let programs = view! {
        <fieldset class="field choice" class:field-invalid=has_problem id="programs" tabindex="-1">
            <legend>{t!("register-programs")}</legend>
            {problem.map(|text| error_text(Some("programs-error".into()), text))}
            {programs}
        </fieldset>
    };
    view! {
        <Page title=t!("register-title") lead=t!("register-lead")>
            <Form action={Endpoint::of::<api::people::registrations::BeginRegistration>()}>
                <Hidden name="key" value=page.key.to_string()/>
                {ui::query_value("bundle").map(|bundle| view! { <Hidden name="bundle" value=bundle/> })}
                <RegisterFields page programs=programs.into_any()/>
                <div class="actions">
                    <Submit label=t!("register-submit")/>
                </div>
            </Form>
        </Page>
    }
}

/// Who one is, and for which organisation.
#[component]
pub(in crate::ui::pages) fn RegisterFields(
    /// What can be chosen.
    page: Question,
    /// Which programs it runs, where nothing else says so.
    #[prop(optional)]
    programs: Option<AnyView>,
) -> impl IntoView {
    let option = |value: String, label| RadioOption { value, label, ..RadioOption::default() };
    let by_postal_code = option(String::new(), t!("customer-region-by-postal-code"));
    let regions =
        [by_postal_code].into_iter().chain(page.regions.into_iter().map(|name| option(name.clone(), name))).collect();
    let hint = if page.is_looked_up { t!("register-organisation-hint") } else { t!("register-organisation-own-hint") };
    view! {
        <TextField name="ico" label=t!("customer-ico-label") hint=t!("register-ico-hint") inputmode="numeric" short=true/>
        <TextField
            name="organisation"
            label=t!("register-organisation")
            hint
            autocomplete="organization"
            optional=page.is_looked_up
        />
        {programs}
        <RadioCards
            name="region"
            legend=t!("customer-region")
            hint=t!("register-region-hint")
            options=regions
            selected=String::new()
        />
        <TextField name="name" label=t!("register-name") autocomplete="name"/>
        <TextField
            name="email"
            label=t!("account-email")
            hint=t!("register-email-hint")
            kind="email"
            autocomplete="email"
            inputmode="email"
        />
        <TextField
            name="phone"
            label=t!("register-phone")
            hint=t!("register-phone-hint")
            kind="tel"
            autocomplete="tel"
            inputmode="tel"
        />
    }
}

/// That a mail is on its way, whatever it says.
#[component]
pub fn RegisterSentPage() -> impl IntoView {
    view! {
        <Page title=t!("register-sent-title") lead=t!("register-sent-lead")>
            <p>{t!("register-sent-nothing")}</p>
            <p>
                <a href=paths::REGISTER>{t!("register-again")}</a>
            </p>
        </Page>
    }
}

/// Where the mailed link leads.
#[component]
pub fn RegistrationPage() -> impl IntoView {
    let token = ui::query_value("token").unwrap_or_default();
    loaded(api::people::registrations::registration_page(token.clone()), move |link| view! { <LinkView link token/> })
}

#[component]
fn LinkView(link: Link, token: String) -> impl IntoView {
    if link.is_done {
        return view! {
            <Page title=t!("register-done-title") lead=t!("register-done-lead")>
                <p class="actions">
                    <ButtonLink href=paths::SIGN_IN label=t!("sign-in-submit")/>
                </p>
            </Page>
        }
        .into_any();
    }
    let Some([name, organisation, ico]) = link.registered else {
        return view! {
            <Page title=t!("register-over-title") lead=t!("register-over-lead")>
                <p class="actions">
                    <ButtonLink href=paths::REGISTER label=t!("register-again")/>
                    <ButtonLink href=paths::SIGN_IN label=t!("sign-in-submit") kind=ButtonKind::Secondary/>
                </p>
            </Page>
        }
        .into_any();
    };
    let (help, submit) = if link.is_customer {
        (view! { <p>{t!("register-open-customer")}</p> }.into_any(), t!("register-ask-submit"))
    } else {
        let help = view! {
            <p>{t!("register-open-help")}</p>
            <p>
                {t!("register-open-nod")}" "<a href=paths::NUMBERS>{t!("line-numbers")}</a>
            </p>
        };
        (help.into_any(), t!("register-open-submit"))
    };
    view! {
        <Page
            title=t!("register-open-title")
            lead=t!("register-open-lead", name = name, organisation = organisation, ico = ico)
        >
            {help}
            <Form action={Endpoint::of::<api::people::registrations::OpenRegistration>()}>
                <Hidden name="token" value=token/>
                <div class="actions">
                    <Submit label=submit/>
                </div>
            </Form>
        </Page>
    }
    .into_any()
}

/// That the organisation's own people decide now.
#[component]
pub fn RegisterAskedPage() -> impl IntoView {
    view! {
        <Page title=t!("register-asked-title") lead=t!("register-asked-lead")>
            <p class="aside">{t!("register-asked-help")}" "<a href=paths::NUMBERS>{t!("sign-in-trouble-link")}</a></p>
        </Page>
    }
}

/// Who came in by themselves and waits for the desk.
#[component]
pub fn NewcomersPage() -> impl IntoView {
    loaded(api::people::registrations::newcomers(), |waiting| view! { <WaitingView waiting/> })
}

#[component]
fn WaitingView(waiting: Waiting) -> impl IntoView {
    let Waiting { newcomers, asking } = waiting;
    let shown = newcomers.rows.len();
    let more = u32::try_from(shown)
        .is_ok_and(|shown| shown < newcomers.total)
        .then(|| view! { <p>{t!("queue-shown", shown = shown, total = newcomers.total)}</p> });
    let list = if newcomers.rows.is_empty() {
        view! {
            <EmptyState title=t!("newcomers-none")>
                <p>{t!("newcomers-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = newcomers.rows.into_iter().map(newcomer).collect::<Vec<_>>();
        view! {
            <p>{t!("newcomers-lead")}</p>
            <ul class="rows">{rows}</ul>
            {more}
        }
        .into_any()
    };
    let asking = (!asking.rows.is_empty()).then(|| view! { <Asking asking=asking.rows/> });
    view! {
        <Page title=t!("newcomers-title")>
            {list}
            {asking}
        </Page>
    }
}

fn newcomer(newcomer: Newcomer) -> impl IntoView {
    let since = format::since(Locale::current(), newcomer.since, ui::now());
    let person = newcomer.person.map(|(id, name, phone)| {
        let words = t!("newcomers-person", name = name, phone = phone_in_groups(&phone));
        view! {
            <p class="row-note">
                <a href=paths::member(newcomer.id, id)>{words}</a>
            </p>
        }
    });
    view! {
        <li class="row">
            <div>
                <p class="row-title">
                    <a href=paths::customer(newcomer.id)>{newcomer.name.clone()}</a>
                </p>
                <p class="row-note">{t!("newcomers-since", since = since, ico = newcomer.ico)}</p>
                {person}
                <p class="row-note">{t!("newcomers-requests", count = newcomer.requests)}</p>
            </div>
            <div class="actions">
                <Form action={Endpoint::of::<api::people::registrations::ConfirmCustomer>()}>
                    <Hidden name="customer" value=newcomer.id.to_string()/>
                    <Submit label=t!("newcomers-confirm") about=newcomer.name/>
                </Form>
                <ButtonLink
                    href=paths::customer_merge(newcomer.id)
                    label=t!("newcomers-merge")
                    kind=ButtonKind::Secondary
                />
            </div>
        </li>
    }
}

/// Who asks a customer for access.
#[component]
fn Asking(asking: Vec<AccessRequest>) -> impl IntoView {
    let rows = asking
        .into_iter()
        .map(|request| {
            let words = t!(
                "newcomers-asks",
                customer = request.customer_name,
                name = request.name,
                email = request.email,
                phone = phone_in_groups(&request.phone)
            );
            view! {
                <li>
                    <a href=paths::customer(request.customer)>{words}</a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section aria-labelledby="asking">
            <h2 id="asking">{t!("newcomers-asking")}</h2>
            <p>{t!("newcomers-asking-lead")}</p>
            <ul class="plain-list">{rows}</ul>
        </section>
    }
}
