//! `/desk/customers/{customer}/people/{member}` and `…/new`: a person of a customer, with a sign-in or without.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::{
    accounts::capability_in_words,
    erasure::Heirs,
    passwords::{LinkNotice, Unlocking, state_in_words},
};
use crate::{
    api,
    model::{
        base::{
            ids::{CustomerId, MemberId},
            seen::Seen,
        },
        paths,
        people::{
            erasure::OpenRequest,
            members::{Capability, ContactRole, ContactRoles, MemberForm, MemberPage as OnePerson, MemberPerson},
        },
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, CheckField, Endpoint, Form, Hidden, Notice, NoticeKind, Page, Submit, SummaryList, SummaryRow,
            TextField, WayBack, Width, loaded,
        },
        format,
        pages::words::capitalized,
        texts::{Locale, t},
    },
};

/// One person, or the form that adds one.
#[component]
pub fn MemberPage() -> impl IntoView {
    let customer = ui::path_value::<CustomerId>("customer");
    let named = use_params_map().with_untracked(|params| params.get("member")).unwrap_or_default();
    loaded(
        async move {
            let member = match named.as_str() {
                "new" => None,
                named => Some(named.parse::<MemberId>().map_err(|_| Problem::NotFound)?),
            };
            api::people::members::member_page(customer?, member).await
        },
        |page| view! { <MemberView page/> },
    )
}

/// Whether a person signs in, in words.
pub(crate) fn sign_in_in_words(person: &MemberPerson) -> String {
    match person.sign_in {
        _ if !person.active => t!("member-gone"),
        None => t!("member-no-sign-in"),
        Some(state) => state_in_words(state),
    }
}

/// "objednává, dostává doklady"
pub(crate) fn contact_roles_in_words(roles: ContactRoles) -> String {
    roles.iter().map(contact_role_in_words).collect::<Vec<_>>().join(", ")
}

fn contact_role_in_words(role: ContactRole) -> String {
    match role {
        ContactRole::Orders => t!("contact-orders"),
        ContactRole::Consents => t!("contact-consents"),
        ContactRole::Documents => t!("contact-documents"),
    }
}

/// Somebody who is not written down yet.
#[component]
fn NewMember(customer: CustomerId, customer_name: String, key: Uuid) -> impl IntoView {
    view! {
        <Page title=t!("member-new") lead=customer_name>
            <Form action={Endpoint::of::<api::people::members::AddMember>()}>
                <Hidden name="customer" value=customer.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <Fields form=MemberForm::default()/>
                <div class="actions">
                    <Submit label=t!("member-add")/>
                    <WayBack href=paths::customer(customer) of_new=true/>
                </div>
            </Form>
        </Page>
    }
}

#[component]
fn MemberView(page: OnePerson) -> impl IntoView {
    let OnePerson {
        customer,
        customer_name,
        person,
        link,
        is_last_manager,
        failed_sign_ins,
        may_erase,
        open,
        colleagues,
        key,
    } = page;
    let Some(person) = person else {
        return view! { <NewMember customer customer_name key/> }.into_any();
    };
    let (id, active, form) = (person.id, person.active, person.form.clone());
    let link = link.map(|link| view! { <LinkNotice link name=form.name.clone() email=form.email.clone()/> });
    let access = (active && form.signs_in).then(|| {
        view! {
            <AccessForms customer id/>
            <Unlocking failed=failed_sign_ins action={Endpoint::of::<api::people::members::UnlockMember>()}>
                <Named customer id/>
            </Unlocking>
        }
    });
    let returned = person.returned_at.map(|at| {
        let when = format::date_numeric(Locale::current(), format::local_date(at), ui::now().map(format::local_date));
        view! {
            <Notice kind=NoticeKind::Soon title=t!("member-returned")>
                <p>{t!("member-returned-help", when = when)}</p>
            </Notice>
        }
    });
    let knowingly = is_last_manager.then(|| view! { <Knowingly/> });
    view! {
        <Page title=form.name.clone() lead=customer_name width=Width::Full>
            <p class="actions">
                <a href=paths::customer(customer)>{t!("member-back")}</a>
            </p>
            {link}
            {returned}
            <div class="bench">
                <div class="bench-clock">
                    <section class="card" aria-labelledby="person">
                        <h2 id="person">{t!("member-facts")}</h2>
                        <Form action={Endpoint::of::<api::people::members::SaveMember>()} seen=Seen::of(&form.fields())>
                            <Named customer id/>
                            <Fields form/>
                            {knowingly}
                            <div class="actions">
                                <Submit label=t!("staff-save")/>
                            </div>
                        </Form>
                    </section>
                </div>
                <div class="bench-aside">
                    <section class="card" aria-labelledby="access">
                        <h2 id="access">{t!("staff-access")}</h2>
                        <SummaryList>
                            <SummaryRow term=t!("staff-column-sign-in")>{sign_in_in_words(&person)}</SummaryRow>
                        </SummaryList>
                        {access}
                    </section>
                    <Leaving customer id active is_last_manager may_erase open colleagues/>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

#[component]
fn Named(customer: CustomerId, id: MemberId) -> impl IntoView {
    view! {
        <Hidden name="customer" value=customer.to_string()/>
        <Hidden name="member" value=id.to_string()/>
    }
}

/// The box that is ticked by who knows that nobody is left to let others in.
#[component]
fn Knowingly() -> impl IntoView {
    view! { <CheckField name="knowingly" label=t!("member-knowingly") hint=t!("member-knowingly-hint")/> }
}

/// What is asked of a person.
#[component]
pub(super) fn Fields(
    /// As it stands.
    form: MemberForm,
    /// Whether the address stays, as the person signs in with it.
    #[prop(optional)]
    has_fixed_address: bool,
) -> impl IntoView {
    let roles = ContactRole::ALL
        .iter()
        .map(|&role| {
            let checked = form.contact_roles.contains(role);
            view! { <CheckField name=format!("contact_roles[{role}]") label=capitalized(&contact_role_in_words(role)) checked/> }
        })
        .collect::<Vec<_>>();
    let capabilities = Capability::ALL
        .iter()
        .map(|&capability| {
            let checked = form.capabilities.contains(capability);
            view! { <CheckField name=format!("capabilities[{capability}]") label=capitalized(&capability_in_words(capability)) checked/> }
        })
        .collect::<Vec<_>>();
    let signs_in = (!form.signs_in).then(|| {
        view! { <CheckField name="signs_in" label=t!("member-signs-in") hint=t!("member-signs-in-hint")/> }
    });
    let address = (!has_fixed_address).then(|| {
        view! {
            <TextField
                name="email"
                label=t!("staff-email")
                hint=t!("member-email-hint")
                value=form.email
                kind="email"
                autocomplete="off"
                inputmode="email"
                optional=!form.signs_in
            />
        }
    });
    view! {
        <TextField name="name" label=t!("staff-name") value=form.name autocomplete="off"/>
        <div class="pair">
            <TextField
                name="phone"
                label=t!("member-phone")
                value=form.phone
                kind="tel"
                autocomplete="off"
                inputmode="tel"
                optional=true
            />
            {address}
        </div>
        <CheckField
            name="is_mailbox"
            label=t!("member-mailbox")
            hint=t!("member-mailbox-hint")
            checked=form.is_mailbox
        />
        <fieldset class="field choice">
            <legend>{t!("member-contact-roles")}</legend>
            {roles}
        </fieldset>
        {signs_in}
        <fieldset class="field choice">
            <legend>{t!("member-capabilities")}</legend>
            {capabilities}
        </fieldset>
    }
}

#[component]
fn AccessForms(customer: CustomerId, id: MemberId) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::people::members::NewMemberLink>()}>
            <Named customer id/>
            <p class="field-hint">{t!("staff-new-link-hint")}</p>
            <div class="actions">
                <Submit label=t!("staff-new-link") kind=ButtonKind::Secondary/>
            </div>
        </Form>
        <Form action={Endpoint::of::<api::people::members::EndMemberSessions>()}>
            <Named customer id/>
            <p class="field-hint">{t!("staff-end-sessions-hint")}</p>
            <div class="actions">
                <Submit label=t!("staff-end-sessions") kind=ButtonKind::Secondary/>
            </div>
        </Form>
        <Form action={Endpoint::of::<api::people::members::ForgetMemberFactor>()}>
            <Named customer id/>
            <p class="field-hint">{t!("factor-forget-hint")}</p>
            <div class="actions">
                <Submit label=t!("factor-forget") kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
}

#[component]
fn Leaving(
    customer: CustomerId,
    id: MemberId,
    active: bool,
    is_last_manager: bool,
    may_erase: bool,
    open: Vec<OpenRequest>,
    colleagues: Vec<(MemberId, String)>,
) -> impl IntoView {
    let (help, label, kind) = if active {
        (t!("member-leave-hint"), t!("member-leave"), ButtonKind::Danger)
    } else {
        (t!("member-return-hint"), t!("member-return"), ButtonKind::Secondary)
    };
    let last = is_last_manager.then(|| view! { <p class="field-hint">{t!("member-last-manager")}</p> });
    let erase = may_erase.then(|| {
        view! {
            <p>
                <a href=paths::member_erasure(customer, id)>{t!("erasure-open-page")}</a>
            </p>
        }
    });
    // Asked beside the other form; here pressing the button under those words is knowing it.
    let knowingly = is_last_manager.then(|| view! { <Hidden name="knowingly" value="true"/> });
    view! {
        <section class="card" aria-labelledby="leaving">
            <h2 id="leaving">{t!("staff-leaving")}</h2>
            <p>{help}</p>
            {last}
            <Form action={Endpoint::of::<api::people::members::SetMemberActive>()}>
                <Named customer id/>
                {knowingly}
                <Heirs open colleagues/>
                <Hidden name="active" value=(!active).to_string()/>
                <div class="actions">
                    <Submit label kind/>
                </div>
            </Form>
            {erase}
        </section>
    }
}
