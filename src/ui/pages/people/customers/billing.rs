//! What a customer's documents and payments go by: read by the desk, edited by managers.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::ids::CustomerId,
        people::customers::{Address, Billing},
    },
    ui::{
        components::{
            ButtonKind, Endpoint, Form, Hidden, RadioCards, RadioOption, Submit, SummaryList, SummaryRow, TextField,
        },
        pages::words::capitalized,
        texts::t,
    },
};

/// Address, DIČ and terms of payment.
#[component]
pub fn BillingCard(customer: CustomerId, billing: Billing, may_edit: bool) -> impl IntoView {
    let content = if may_edit {
        view! { <AddressForm customer address=billing.address/> <TrustForm customer trusted=billing.trusted/> }
            .into_any()
    } else {
        in_words(billing).into_any()
    };
    view! {
        <section class="card" aria-labelledby="billing">
            <h2 id="billing">{t!("customer-billing")}</h2>
            {content}
        </section>
    }
}

fn in_words(billing: Billing) -> impl IntoView {
    let Address { street, city, postal_code, dic } = billing.address;
    let address =
        if street.is_empty() { t!("customer-address-missing") } else { format!("{street}, {postal_code} {city}") };
    let dic = if dic.is_empty() { t!("customer-no-dic") } else { dic };
    let transfer = if billing.trusted { t!("customer-on-invoice") } else { t!("customer-on-proforma") };
    view! {
        <SummaryList>
            <SummaryRow term=t!("customer-address")>{address}</SummaryRow>
            <SummaryRow term=t!("customer-dic")>{dic}</SummaryRow>
            <SummaryRow term=t!("customer-transfer")>{transfer}</SummaryRow>
        </SummaryList>
    }
}

#[component]
fn AddressForm(customer: CustomerId, address: Address) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::people::customers::SaveAddress>()}>
            <Hidden name="customer" value=customer.to_string()/>
            <TextField name="street" label=t!("customer-street") value=address.street/>
            <TextField name="city" label=t!("customer-city") value=address.city/>
            <TextField
                name="postal_code"
                label=t!("customer-postal-code")
                value=address.postal_code
                inputmode="numeric"
                short=true
            />
            <TextField
                name="dic"
                label=t!("customer-dic")
                hint=t!("customer-dic-hint")
                value=address.dic
                optional=true
            />
            <div class="actions">
                <Submit label=t!("customer-save-address") kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
}

#[component]
fn TrustForm(customer: CustomerId, trusted: bool) -> impl IntoView {
    let option = |value: bool, label, note| RadioOption { value: value.to_string(), label, note, meta: None };
    let options = vec![
        option(false, capitalized(&t!("customer-on-proforma")), None),
        option(true, t!("customer-trusted"), Some(t!("customer-trusted-hint"))),
    ];
    view! {
        <Form action={Endpoint::of::<api::people::customers::SetTrusted>()}>
            <Hidden name="customer" value=customer.to_string()/>
            <RadioCards name="trusted" legend=t!("customer-transfer") options selected=trusted.to_string()/>
            <div class="actions">
                <Submit label=t!("customer-save-trusted") kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
}
