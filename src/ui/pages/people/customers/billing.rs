//! What a customer's documents and payments go by: read by the desk; managers say how transfers are paid.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{ids::CustomerId, money::Money},
        paths,
        people::customers::{Address, Billing, HOME_COUNTRY},
    },
    ui::{
        components::{ButtonKind, Endpoint, Form, Hidden, RadioCards, RadioOption, Submit, SummaryList, SummaryRow},
        format,
        pages::words::capitalized,
        texts::{Locale, t},
    },
};

/// Address, DIČ and terms of payment.
#[component]
pub fn BillingCard(
    customer: CustomerId,
    billing: Billing,
    /// What it has had that is not paid, and how much of that there may be.
    credit: (Money, Option<Money>),
    country: String,
    may_edit: bool,
) -> impl IntoView {
    let trust = may_edit.then(|| view! { <TrustForm customer trusted=billing.trusted/> });
    let receivable = may_edit.then(|| {
        view! {
            <p>
                <a href=paths::sales_receivable(customer)>{t!("customer-receivable")}</a>
            </p>
        }
    });
    let content = view! { {in_words(billing, credit, country)} {receivable} {trust} };
    view! {
        <section class="card" aria-labelledby="billing">
            <h2 id="billing">{t!("customer-billing")}</h2>
            {content}
        </section>
    }
}

fn in_words(billing: Billing, (exposure, limit): (Money, Option<Money>), country: String) -> impl IntoView {
    let locale = Locale::current();
    let used = format::money(locale, exposure);
    let used = match limit.filter(|_| billing.trusted) {
        Some(limit) => t!("customer-exposure-of", used = used, limit = format::money(locale, limit)),
        None => used,
    };
    let Address { street, city, postal_code, dic } = billing.address;
    let address =
        if street.is_empty() { t!("customer-address-missing") } else { format!("{street}, {postal_code} {city}") };
    let country = (country != HOME_COUNTRY).then(|| {
        view! { <SummaryRow term=t!("customer-country")>{country}</SummaryRow> }
    });
    let dic = if dic.is_empty() { t!("customer-no-dic") } else { dic };
    let transfer = if billing.trusted { t!("customer-on-invoice") } else { t!("customer-on-proforma") };
    view! {
        <SummaryList>
            <SummaryRow term=t!("customer-address")>{address}</SummaryRow>
            {country}
            <SummaryRow term=t!("customer-dic")>{dic}</SummaryRow>
            <SummaryRow term=t!("customer-transfer")>{transfer}</SummaryRow>
            <SummaryRow term=t!("customer-exposure")>{used}</SummaryRow>
        </SummaryList>
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
