//! What the desk makes of a mail that waits: whose it is, and a request or a message; or that it is put aside.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::ids::InboundMailId,
        paths,
        work::{
            cases::FoundCustomer,
            mail_in::{AssignCard, DISMISSAL_MAX, InboundMailPage, InboundState},
        },
    },
    ui::{
        self,
        components::{ButtonKind, Endpoint, Form, Hidden, SelectField, Submit, TextArea, TextField},
        texts::{named, t},
    },
};

/// Whose it is, then what it becomes.
#[component]
pub fn Assigning(page: InboundMailPage) -> impl IntoView {
    let mail = page.row.id;
    let chosen = match page.card {
        Some(card) => view! { <Chosen mail card/> }.into_any(),
        None => view! { <Whose mail search=page.search found=page.found/> }.into_any(),
    };
    // What does not wait need not be put aside.
    let dismiss = (page.row.state == InboundState::Waiting).then(|| view! { <PutAside mail/> });
    view! {
        {chosen}
        {dismiss}
    }
}

#[component]
fn PutAside(mail: InboundMailId) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="dismiss">
            <h2 id="dismiss">{t!("mail-in-dismiss")}</h2>
            <Form action={Endpoint::of::<api::work::mail_in::DismissMail>()}>
                <Hidden name="mail" value=mail.to_string()/>
                <TextArea
                    name="dismissal"
                    label=t!("mail-in-dismissal")
                    hint=t!("mail-in-dismissal-hint", max = DISMISSAL_MAX)
                    rows=2
                />
                <Submit label=t!("mail-in-dismiss-submit") kind=ButtonKind::Secondary/>
            </Form>
        </section>
    }
}

/// Customers who may be meant; looking for another one.
#[component]
fn Whose(mail: InboundMailId, search: String, found: Vec<FoundCustomer>) -> impl IntoView {
    let none = found.is_empty().then(|| view! { <p>{t!("mail-in-found-none")}</p> });
    let links = found
        .into_iter()
        .map(|one| {
            let href = ui::with_query(&paths::inbound_mail(mail), &[("customer", one.customer.to_string())]);
            let why =
                [one.ico, one.because].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            view! {
                <li>
                    <a href=href>
                        <strong>{one.name}</strong>
                        <span>{why}</span>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="whose">
            <h2 id="whose">{t!("mail-in-whose")}</h2>
            <form method="get" action=paths::inbound_mail(mail) role="search" class="search">
                <label for="mail-search">{t!("intake-search")}</label>
                <div class="search-line">
                    <input class="input" type="search" id="mail-search" name="search" value=search/>
                    <button type="submit" class="button button-secondary">
                        {t!("customers-find")}
                    </button>
                </div>
            </form>
            {none}
            {(!links.is_empty()).then(|| view! { <ul class="found-list">{links}</ul> })}
        </section>
    }
}

/// What it becomes for the customer that was chosen.
#[component]
fn Chosen(mail: InboundMailId, card: AssignCard) -> impl IntoView {
    let (member, program, work_type) = card.probable;
    let chosen = |id: Option<String>| id.unwrap_or_default();
    // What the mail does not say is chosen, and not taken for the first of a list.
    let choose = |is_known: bool| (!is_known).then(|| (String::new(), t!("mail-in-choose")));
    let people = card.people.into_iter().map(|person| (person.id.to_string(), person.name));
    let people = choose(member.is_some()).into_iter().chain(people).collect();
    let programs = card.programs.iter().map(|program| (program.id.to_string(), named(&program.name)));
    let programs = choose(program.is_some()).into_iter().chain(programs).collect();
    let works = card.work_types.iter().map(|work| (work.id.to_string(), named(&work.name))).collect();
    let new = (String::new(), t!("mail-in-new-request"));
    let open = card.open.iter().map(|open| {
        let about = format!("{} · {} · {}", open.number, named(&open.program), named(&open.work_type));
        (open.number.to_string(), about)
    });
    let requests = std::iter::once(new).chain(open).collect();
    let wanted = card.says_little.then(|| {
        view! { <TextArea name="wanted" label=t!("mail-in-wanted") hint=t!("mail-in-wanted-hint") rows=3/> }
    });
    view! {
        <section class="card" aria-labelledby="assign">
            <h2 id="assign">{t!("mail-in-assign", name = card.name)}</h2>
            <p>
                <a href=ui::with_query(&paths::inbound_mail(mail), &[("search", String::new())])>
                    {t!("mail-in-another")}
                </a>
            </p>
            <Form action={Endpoint::of::<api::work::mail_in::AssignMail>()}>
                <Hidden name="mail" value=mail.to_string()/>
                <Hidden name="customer" value=card.customer.to_string()/>
                <SelectField
                    name="member"
                    label=t!("mail-in-member")
                    options=people
                    selected=chosen(member.map(|id| id.to_string()))
                />
                <SelectField name="request" label=t!("mail-in-becomes") options=requests/>
                {wanted}
                <div class="field-pair">
                    <SelectField
                        name="program"
                        label=t!("intake-program")
                        options=programs
                        selected=chosen(program.map(|id| id.to_string()))
                    />
                    <SelectField
                        name="work_type"
                        label=t!("order-answer-work-type")
                        options=works
                        selected=chosen(work_type.map(|id| id.to_string()))
                    />
                </div>
                <TextField
                    name="phone"
                    label=t!("intake-contact-phone")
                    hint=t!("mail-in-phone-hint")
                    kind="tel"
                    autocomplete="off"
                    optional=true
                />
                <Submit label=t!("mail-in-assign-submit")/>
            </Form>
        </section>
    }
}
