//! A customer's people, and where it is reached.

use leptos::prelude::*;

use crate::{
    model::{
        base::ids::CustomerId,
        paths,
        people::{
            customers::{Contact, ContactKind, CustomerFacts},
            members::MemberPerson,
        },
    },
    ui::{
        components::{ButtonKind, ButtonLink},
        format,
        islands::phone_in_groups,
        pages::people::members::{contact_roles_in_words, sign_in_in_words},
        texts::t,
    },
};

/// Telephones, addresses, and who is to be asked.
#[component]
pub fn PeopleCard(customer: CustomerId, facts: CustomerFacts, people: Vec<MemberPerson>) -> impl IntoView {
    let contacts = facts.contacts.into_iter().map(contact).collect::<Vec<_>>();
    let people = people.into_iter().map(|person| entry(customer, person)).collect::<Vec<_>>();
    let none = people.is_empty().then(|| view! { <p>{t!("customer-no-people")}</p> });
    view! {
        <section class="card" aria-labelledby="people">
            <h2 id="people">{t!("customer-people")}</h2>
            <ul class="plain-list">{contacts}</ul>
            {none}
            <ul class="plain-list">{people}</ul>
            <p class="actions">
                <ButtonLink href=paths::new_member(customer) label=t!("member-new") kind=ButtonKind::Secondary/>
            </p>
        </section>
    }
}

fn contact(contact: Contact) -> impl IntoView {
    let link = match contact.kind {
        ContactKind::Phone => {
            view! { <a class="tel" href=format::tel(&contact.value)>{phone_in_groups(&contact.value)}</a> }
        }
        ContactKind::Email => {
            view! { <a class="tel" href=format!("mailto:{}", contact.value)>{contact.value.clone()}</a> }
        }
    };
    let label = (!contact.label.is_empty()).then(|| view! { <span class="table-note">{contact.label}</span> });
    view! { <li>{link} {label}</li> }
}

fn entry(customer: CustomerId, person: MemberPerson) -> impl IntoView {
    let words = [contact_roles_in_words(person.form.contact_roles), sign_in_in_words(&person)];
    let words = words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
    let phone = (!person.form.phone.is_empty()).then(|| {
        view! { <a class="tel" href=format::tel(&person.form.phone)>{phone_in_groups(&person.form.phone)}</a> }
    });
    view! {
        <li>
            <a href=paths::member(customer, person.id)>{person.form.name}</a>
            " "
            {phone}
            <span class="table-note">{words}</span>
        </li>
    }
}
