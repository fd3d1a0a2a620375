//! `/desk/customers/new` and `/desk/customers/{customer}/edit`: what is kept of a customer.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{ids::CustomerId, seen::Seen},
        paths,
        people::customers::{ContactKind, CustomerFacts, CustomerFormPage, HOME_COUNTRY},
    },
    ui::{
        self,
        components::{
            Endpoint, Form, Hidden, Page, RadioCards, RadioOption, Submit, TextArea, TextField, WayBack, loaded,
        },
        islands::KeepTyped,
        texts::t,
    },
};

/// The form that adds a customer.
#[component]
pub fn NewCustomerPage() -> impl IntoView {
    loaded(api::people::customers::customer_form(None), |page| view! { <CustomerForm page/> })
}

/// The form that changes one.
#[component]
pub fn CustomerEditPage() -> impl IntoView {
    let customer = ui::path_value::<CustomerId>("customer");
    loaded(
        async move { api::people::customers::customer_form(Some(customer?)).await },
        |page| view! { <CustomerForm page/> },
    )
}

#[component]
fn CustomerForm(page: CustomerFormPage) -> impl IntoView {
    let CustomerFormPage { customer, regions, key } = page;
    let (id, facts) = customer.unzip();
    let seen = facts.as_ref().map(|facts| Seen::of(&facts.fields())).unwrap_or_default();
    let (title, back) = match (&facts, id) {
        (Some(facts), Some(id)) => (facts.name.clone(), paths::customer(id)),
        _ => (t!("customer-new"), paths::CUSTOMERS.to_owned()),
    };
    let fields = view! { <Fields facts regions/> };
    let actions = view! {
        <KeepTyped/>
        <div class="actions">
            <Submit label=t!("customer-save")/>
            <WayBack href=back of_new=id.is_none()/>
        </div>
    };
    let form = match id {
        Some(id) => view! {
            <Form action={Endpoint::of::<api::people::customers::SaveCustomer>()} seen>
                <Hidden name="customer" value=id.to_string()/>
                {fields}
                {actions}
            </Form>
        }
        .into_any(),
        None => view! {
            <Form action={Endpoint::of::<api::people::customers::AddCustomer>()}>
                <Hidden name="key" value=key.to_string()/>
                {fields}
                {actions}
            </Form>
        }
        .into_any(),
    };
    view! { <Page title>{form}</Page> }
}

#[component]
fn Fields(facts: Option<CustomerFacts>, regions: Vec<String>) -> impl IntoView {
    let lines = |kind| facts.as_ref().map(|facts| facts.contact_lines(kind)).unwrap_or_default();
    let (phones, emails) = (lines(ContactKind::Phone), lines(ContactKind::Email));
    let country = facts.as_ref().map_or_else(|| HOME_COUNTRY.to_owned(), |facts| facts.country.clone());
    let region = facts.as_ref().and_then(|facts| facts.region.clone()).unwrap_or_default();
    let (name, ico, address, note) = match facts {
        Some(facts) => (facts.name, facts.ico.unwrap_or_default(), facts.address, facts.note),
        None => Default::default(),
    };
    let option = |value: String, label| RadioOption { value, label, ..RadioOption::default() };
    let by_postal_code = option(String::new(), t!("customer-region-by-postal-code"));
    let regions =
        [by_postal_code].into_iter().chain(regions.into_iter().map(|name| option(name.clone(), name))).collect();
    view! {
        <TextField name="name" label=t!("customer-name") value=name/>
        <div class="pair">
            <TextField
                name="ico"
                label=t!("customer-ico-label")
                hint=t!("customer-ico-hint")
                value=ico
                inputmode="numeric"
                short=true
                optional=true
            />
            <TextField name="dic" label=t!("customer-dic") hint=t!("customer-dic-hint") value=address.dic optional=true/>
        </div>
        <TextField name="street" label=t!("customer-street") value=address.street optional=true/>
        <div class="trio">
            <TextField name="postal_code" label=t!("customer-postal-code") value=address.postal_code short=true optional=true/>
            <TextField name="city" label=t!("customer-city") value=address.city optional=true/>
            <TextField name="country" label=t!("customer-country") hint=t!("customer-country-hint") value=country short=true/>
        </div>
        <RadioCards name="region" legend=t!("customer-region") hint=t!("customer-region-hint") options=regions selected=region/>
        <TextArea name="phones" label=t!("customer-phones") hint=t!("customer-phones-hint") value=phones rows=3 optional=true/>
        <TextArea name="emails" label=t!("customer-emails") hint=t!("customer-emails-hint") value=emails rows=2 optional=true/>
        <TextArea name="pinned_note" label=t!("customer-note") hint=t!("customer-note-hint") value=note rows=3 optional=true/>
    }
}
