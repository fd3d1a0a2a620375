//! `/settings/staff`: the vendor's people, for managers.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{
    accounts::{role_in_words, roles_in_words},
    passwords::{LinkNotice, Unlocking, state_in_words},
};
use crate::{
    api,
    model::{
        base::{ids::StaffId, seen::Seen},
        paths,
        people::{
            members::StaffRole,
            staff::{Skill, StaffForm, StaffPage as Staff, StaffPerson, StaffPersonPage as OnePerson},
        },
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, CheckField, Column, Endpoint, Form, Hidden, Page, Submit, SummaryList, SummaryRow,
            Table, TextField, Width, error_text, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// Everybody, and the form that invites one more.
#[component]
pub fn StaffPage() -> impl IntoView {
    loaded(api::people::staff::staff_page(), |page| view! { <StaffView page/> })
}

/// One person.
#[component]
pub fn StaffPersonPage() -> impl IntoView {
    let person = ui::path_value("person");
    loaded(
        async move { api::people::staff::staff_person_page(person?).await },
        |page| view! { <StaffPersonView page/> },
    )
}

/// The vendor's people, and the form that invites one more.
#[component]
pub(crate) fn StaffView(page: Staff) -> impl IntoView {
    let Staff { people, skills, regions } = page;
    let rows = people.into_iter().map(row).collect::<Vec<_>>();
    view! {
        <Page title=t!("staff-title") lead=t!("staff-lead") width=Width::Full>
            <p class="actions">
                <a href=paths::SETTINGS>{t!("settings-back")}</a>
            </p>
            <div class="bench">
                <div class="bench-clock">
                    <Table class="table-staff" columns=vec![
                        Column::text(t!("staff-column-name")),
                        Column::text(t!("staff-column-roles")),
                        Column::text(t!("staff-column-sign-in")),
                    ]>{rows}</Table>
                </div>
                <div class="bench-aside">
                    <section class="card" aria-labelledby="invite">
                        <h2 id="invite">{t!("staff-invite")}</h2>
                        <Form action={Endpoint::of::<api::people::staff::InviteStaff>()}>
                            <TextField name="name" label=t!("staff-name") autocomplete="off"/>
                            <TextField
                                name="email"
                                label=t!("staff-email")
                                hint=t!("staff-email-hint")
                                kind="email"
                                autocomplete="off"
                                inputmode="email"
                            />
                            <RolesAndSkills form=StaffForm::default() skills regions/>
                            <div class="actions">
                                <Submit label=t!("staff-invite-submit")/>
                            </div>
                        </Form>
                    </section>
                </div>
            </div>
        </Page>
    }
}

fn row(person: StaffPerson) -> impl IntoView {
    let sign_in = sign_in_in_words(&person);
    view! {
        <tr>
            <th scope="row">
                <a href=paths::staff_person(person.id)>{person.form.name}</a>
                <span class="table-note">{person.form.email}</span>
            </th>
            <td data-label=t!("staff-column-roles")>{roles_in_words(person.form.roles)}</td>
            <td data-label=t!("staff-column-sign-in")>{sign_in}</td>
        </tr>
    }
}

fn sign_in_in_words(person: &StaffPerson) -> String {
    if person.active { state_in_words(person.sign_in) } else { t!("staff-gone") }
}

/// Boxes for what a person does and, of a technician, knows; and for whom first.
#[component]
fn RolesAndSkills(form: StaffForm, skills: Vec<Skill>, regions: Vec<String>) -> impl IntoView {
    let problem = ui::forms::field_problem("roles");
    let has_problem = problem.is_some();
    let role_hint = |role| match role {
        StaffRole::Dispatcher => t!("staff-dispatcher-hint"),
        StaffRole::Technician => t!("staff-technician-hint"),
        StaffRole::Manager => t!("staff-manager-hint"),
    };
    let roles = StaffRole::ALL
        .iter()
        .map(|&role| {
            let name = format!("roles[{role}]");
            let checked = form.roles.contains(role);
            view! { <CheckField name label=role_in_words(role) hint=role_hint(role) checked/> }
        })
        .collect::<Vec<_>>();
    let known = skills
        .into_iter()
        .map(|Skill { code, name }| {
            let checked = form.skills.contains(&code);
            view! { <CheckField name=format!("skills[{code}]") label=named(&name) checked/> }
        })
        .collect::<Vec<_>>();
    let skills = (!known.is_empty()).then(|| {
        view! {
            <fieldset class="field choice">
                <legend>{t!("staff-skills")}</legend>
                {known}
            </fieldset>
        }
    });
    let near = regions
        .into_iter()
        .map(|region| {
            let checked = form.regions.contains(&region);
            view! { <CheckField name=format!("regions[{region}]") label=region checked/> }
        })
        .collect::<Vec<_>>();
    let regions = (!near.is_empty()).then(|| {
        view! {
            <fieldset class="field choice" aria-describedby="regions-hint">
                <legend>{t!("staff-regions")}</legend>
                <p class="field-hint" id="regions-hint">{t!("staff-regions-hint")}</p>
                {near}
            </fieldset>
        }
    });
    view! {
        <fieldset class="field choice" class:field-invalid=has_problem id="roles" tabindex="-1">
            <legend>{t!("staff-roles")}</legend>
            {problem.map(|text| error_text(Some("roles-error".into()), text))}
            {roles}
        </fieldset>
        {skills}
        {regions}
    }
}

/// One person of the vendor.
#[component]
pub(crate) fn StaffPersonView(page: OnePerson) -> impl IntoView {
    let OnePerson { person, skills, regions, link, failed_sign_ins, is_oneself, appointments, leaves_on } = page;
    let StaffPerson { id, form, active, .. } = person.clone();
    let (name, email) = (form.name.clone(), form.email.clone());
    let link = link.map(|link| view! { <LinkNotice link name=name.clone() email=email.clone()/> });
    let edit = view! {
        <section class="card" aria-labelledby="work">
            <h2 id="work">{t!("staff-work")}</h2>
            <Form action={Endpoint::of::<api::people::staff::SaveStaff>()} seen=Seen::of(&form.fields())>
                <Hidden name="person" value=id.to_string()/>
                <TextField name="name" label=t!("staff-name") value=form.name.clone() autocomplete="off"/>
                <RolesAndSkills form skills regions/>
                <div class="actions">
                    <Submit label=t!("staff-save")/>
                </div>
            </Form>
        </section>
    };
    let access = active.then(|| {
        view! {
            <AddressForm person=person.clone()/>
            <AccessForms id/>
            <Unlocking failed=failed_sign_ins action={Endpoint::of::<api::people::staff::UnlockStaff>()}>
                <Hidden name="person" value=id.to_string()/>
            </Unlocking>
        }
    });
    view! {
        <Page title=name width=Width::Full>
            <p class="actions">
                <a href=paths::STAFF>{t!("staff-all")}</a>
            </p>
            {link}
            <div class="bench">
                <div class="bench-clock">{edit}</div>
                <div class="bench-aside">
                    <section class="card" aria-labelledby="access">
                        <h2 id="access">{t!("staff-access")}</h2>
                        <SummaryList>
                            {(!active).then(|| view! { <SummaryRow term=t!("staff-email")>{email}</SummaryRow> })}
                            <SummaryRow term=t!("staff-column-sign-in")>{sign_in_in_words(&person)}</SummaryRow>
                        </SummaryList>
                        {access}
                    </section>
                    <Leaving id active is_oneself appointments leaves_on/>
                </div>
            </div>
        </Page>
    }
}

#[component]
fn AddressForm(person: StaffPerson) -> impl IntoView {
    let StaffPerson { id, form, .. } = person;
    let seen = Seen::of(&form.address_fields());
    view! {
        <Form action={Endpoint::of::<api::people::staff::ChangeStaffAddress>()} seen>
            <Hidden name="person" value=id.to_string()/>
            <TextField
                name="email"
                label=t!("staff-email")
                hint=t!("staff-change-address-hint")
                value=form.email
                kind="email"
                autocomplete="off"
                inputmode="email"
            />
            <div class="actions">
                <Submit label=t!("staff-change-address") kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
}

#[component]
fn AccessForms(id: StaffId) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::people::staff::NewPasswordLink>()}>
            <Hidden name="person" value=id.to_string()/>
            <p class="field-hint">{t!("staff-new-link-hint")}</p>
            <div class="actions">
                <Submit label=t!("staff-new-link") kind=ButtonKind::Secondary/>
            </div>
        </Form>
        <Form action={Endpoint::of::<api::people::staff::EndStaffSessions>()}>
            <Hidden name="person" value=id.to_string()/>
            <p class="field-hint">{t!("staff-end-sessions-hint")}</p>
            <div class="actions">
                <Submit label=t!("staff-end-sessions") kind=ButtonKind::Secondary/>
            </div>
        </Form>
        <Form action={Endpoint::of::<api::people::staff::ForgetStaffFactor>()}>
            <Hidden name="person" value=id.to_string()/>
            <p class="field-hint">{t!("factor-forget-hint")}</p>
            <div class="actions">
                <Submit label=t!("factor-forget") kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
}

#[component]
fn Leaving(
    id: StaffId,
    active: bool,
    is_oneself: bool,
    appointments: u32,
    leaves_on: Option<NaiveDate>,
) -> impl IntoView {
    let form = move |active: bool, label: String, kind| {
        view! {
            <Form action={Endpoint::of::<api::people::staff::SetStaffActive>()}>
                <Hidden name="person" value=id.to_string()/>
                <Hidden name="active" value=active.to_string()/>
                <div class="actions">
                    <Submit label kind/>
                </div>
            </Form>
        }
    };
    let content = match (active, is_oneself, appointments) {
        (false, ..) => view! {
            <p>{t!("staff-return-hint")}</p>
            {form(true, t!("staff-return"), ButtonKind::Secondary)}
        }
        .into_any(),
        (true, true, _) => view! { <p>{t!("staff-leave-oneself")}</p> }.into_any(),
        (true, false, _) if let Some(day) = leaves_on => view! {
            <p>{t!("staff-leaves-on", date = format::date_numeric(Locale::current(), day, None))}</p>
            {form(true, t!("staff-stays"), ButtonKind::Secondary)}
        }
        .into_any(),
        (true, false, 0) => view! {
            <p>{t!("staff-leave-hint")}</p>
            {form(false, t!("staff-leave"), ButtonKind::Danger)}
            <p>
                <a href=paths::staff_leave(id)>{t!("staff-leave-later")}</a>
            </p>
        }
        .into_any(),
        (true, false, count) => view! {
            <p>{t!("staff-leave-appointments", count = count)}</p>
            <p class="actions">
                <ButtonLink href=paths::staff_leave(id) label=t!("staff-leave-hand-over") kind=ButtonKind::Secondary/>
            </p>
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="leaving">
            <h2 id="leaving">{t!("staff-leaving")}</h2>
            {content}
        </section>
    }
}
