//! `/account/people` and `/account/people/{member}`: who of the organisation may do what, for those who manage.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::{
    accounts::capability_in_words,
    erasure::Heirs,
    members::{Fields, sign_in_in_words},
};
use crate::{
    api,
    model::{
        base::{ids::MemberId, seen::Seen},
        paths,
        people::{
            colleagues::{ColleagueList, ColleaguePage as ColleagueAnswer},
            members::{Capabilities, Capability, MemberForm, MemberPage, MemberPerson},
            passwords::SignInState,
            registrations::AccessRequest,
        },
        problem::Problem,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Endpoint, Form, Hidden, Page, Submit, SummaryList, SummaryRow, loaded},
        islands::phone_in_groups,
        texts::t,
    },
};

/// Everybody of the organisation, and the way to invite one more.
#[component]
pub fn ColleaguesPage() -> impl IntoView {
    loaded(api::people::colleagues::colleague_list(), |list| view! { <ListView list/> })
}

/// One person, or the form that invites one.
#[component]
pub fn ColleaguePage() -> impl IntoView {
    let asks = ui::query_value("asks").and_then(|asks| asks.parse::<Uuid>().ok());
    let named = use_params_map().with_untracked(|params| params.get("member")).unwrap_or_default();
    loaded(
        async move {
            let member = match named.as_str() {
                "new" => None,
                named => Some(named.parse::<MemberId>().map_err(|_| Problem::NotFound)?),
            };
            api::people::colleagues::colleague_page(member, asks).await
        },
        |ColleagueAnswer { page, asked }| match page.person.clone() {
            Some(person) => view! { <PersonView page person/> }.into_any(),
            None => view! { <InvitationView page asked/> }.into_any(),
        },
    )
}

#[component]
fn ListView(list: ColleagueList) -> impl IntoView {
    let oneself = list.oneself;
    let (there, gone): (Vec<_>, Vec<_>) = list.people.into_iter().partition(|person| person.active);
    let there = there.into_iter().map(|person| row(person, oneself)).collect::<Vec<_>>();
    let asking = (!list.asking.rows.is_empty()).then(|| view! { <Asking asking=list.asking.rows/> });
    let gone = (!gone.is_empty()).then(|| {
        let names = gone.into_iter().map(|person| view! { <li>{person.form.name}</li> }).collect::<Vec<_>>();
        view! {
            <section aria-labelledby="former">
                <h2 id="former">{t!("colleagues-former")}</h2>
                <p>{t!("colleagues-former-lead")}</p>
                <ul class="plain-list">{names}</ul>
            </section>
        }
    });
    view! {
        <Page title=t!("colleagues-title") lead=t!("colleagues-lead")>
            <p class="actions">
                <ButtonLink href=paths::NEW_COLLEAGUE label=t!("colleagues-invite")/>
            </p>
            {asking}
            <ul class="rows">{there}</ul>
            {gone}
            <p>
                <a href=paths::ACCOUNT>{t!("colleagues-back")}</a>
            </p>
        </Page>
    }
}

/// Who asks to be let in, and what to do about it.
#[component]
fn Asking(asking: Vec<AccessRequest>) -> impl IntoView {
    let rows = asking
        .into_iter()
        .map(|request| {
            let invite = ui::with_query(paths::NEW_COLLEAGUE, &[("asks", request.id.to_string())]);
            view! {
                <li class="row">
                    <div>
                        <p class="row-title">{request.name.clone()}</p>
                        <p class="row-note">{request.email}" · "{phone_in_groups(&request.phone)}</p>
                    </div>
                    <div class="actions">
                        <ButtonLink href=invite label=t!("colleagues-admit")/>
                        <Form action={Endpoint::of::<api::people::registrations::DeclineAccess>()}>
                            <Hidden name="id" value=request.id.to_string()/>
                            <Submit label=t!("colleagues-decline") kind=ButtonKind::Secondary about=request.name/>
                        </Form>
                    </div>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section aria-labelledby="asking">
            <h2 id="asking">{t!("colleagues-asking")}</h2>
            <p>{t!("colleagues-asking-lead")}</p>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

fn row(person: MemberPerson, oneself: MemberId) -> impl IntoView {
    let may = in_words(person.form.capabilities);
    let sign_in = sign_in_in_words(&person);
    let is_oneself =
        (person.id == oneself).then(|| view! { <span class="badge badge-accent">{t!("colleagues-oneself")}</span> });
    view! {
        <li class="row">
            <div>
                <p class="row-title">
                    <a href=paths::colleague(person.id)>{person.form.name}</a>
                    " "
                    {is_oneself}
                </p>
                <p class="row-note">{may}</p>
                <p class="row-note">{sign_in}</p>
            </div>
        </li>
    }
}

/// "objednávat zásahy, kupovat balíčky minut"
fn in_words(capabilities: Capabilities) -> String {
    if capabilities == Capabilities::NONE {
        return t!("colleagues-may-nothing");
    }
    capabilities.iter().map(capability_in_words).collect::<Vec<_>>().join(", ")
}

#[component]
fn InvitationView(page: MemberPage, asked: Option<AccessRequest>) -> impl IntoView {
    let (name, email, phone) = asked.map(|asked| (asked.name, asked.email, asked.phone)).unwrap_or_default();
    let form = MemberForm {
        name,
        email,
        phone,
        signs_in: true,
        capabilities: Capabilities::NONE.with(Capability::Order),
        ..MemberForm::default()
    };
    view! {
        <Page title=t!("colleagues-invite") lead=t!("colleagues-invite-lead")>
            <Form action={Endpoint::of::<api::people::colleagues::InviteColleague>()}>
                <Hidden name="key" value=page.key.to_string()/>
                <Fields form/>
                <div class="actions">
                    <Submit label=t!("colleagues-send")/>
                    <ButtonLink href=paths::COLLEAGUES label=t!("colleagues-keep") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}

#[component]
fn PersonView(page: MemberPage, person: MemberPerson) -> impl IntoView {
    let (id, form) = (person.id, person.form.clone());
    let is_invited = person.active && !matches!(person.sign_in, None | Some(SignInState::Ready));
    let resend = is_invited.then(|| {
        view! {
            <Form action={Endpoint::of::<api::people::colleagues::ResendInvitation>()}>
                <Hidden name="member" value=id.to_string()/>
                <p class="field-hint">{t!("colleagues-resend-hint")}</p>
                <div class="actions">
                    <Submit label=t!("colleagues-resend") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        }
    });
    let email = person.form.email.clone();
    let email = (!email.is_empty()).then(|| view! { <SummaryRow term=t!("account-email")>{email}</SummaryRow> });
    let sign_in = sign_in_in_words(&person);
    let name = form.name.clone();
    let forms = person.active.then(|| {
        view! {
            <section aria-labelledby="person">
                <h2 id="person">{t!("colleagues-may")}</h2>
                <Form action={Endpoint::of::<api::people::colleagues::SaveColleague>()} seen=Seen::of(&form.fields())>
                    <Hidden name="member" value=id.to_string()/>
                    <Fields form has_fixed_address=person.form.signs_in/>
                    <div class="actions">
                        <Submit label=t!("staff-save")/>
                    </div>
                </Form>
            </section>
            <Removal id page is_invited/>
        }
    });
    view! {
        <Page title=name>
            <p class="actions">
                <a href=paths::COLLEAGUES>{t!("colleagues-back-to-list")}</a>
            </p>
            <SummaryList>
                {email}
                <SummaryRow term=t!("staff-column-sign-in")>{sign_in}</SummaryRow>
            </SummaryList>
            {resend}
            {forms}
        </Page>
    }
}

#[component]
fn Removal(id: MemberId, page: MemberPage, is_invited: bool) -> impl IntoView {
    let (title, help, label) = if is_invited {
        (t!("colleagues-withdraw"), t!("colleagues-withdraw-hint"), t!("colleagues-withdraw"))
    } else {
        (t!("colleagues-remove"), t!("colleagues-remove-hint"), t!("colleagues-remove"))
    };
    let form = if page.is_last_manager {
        view! { <p>{t!("colleagues-last-manager")}</p> }.into_any()
    } else {
        view! {
            <p>{help}</p>
            <Form action={Endpoint::of::<api::people::colleagues::RemoveColleague>()}>
                <Hidden name="member" value=id.to_string()/>
                <Heirs open=page.open colleagues=page.colleagues/>
                <div class="actions">
                    <Submit label kind=ButtonKind::Danger/>
                </div>
            </Form>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="removal">
            <h2 id="removal">{title}</h2>
            {form}
        </section>
    }
}
