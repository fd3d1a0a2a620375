//! `/settings/company`: who sells, and whether that is confirmed.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::seen::Seen,
        money::{
            supplier::{CompanyPage as Company, SupplierForm},
            tax_documents::Supplier,
        },
        paths,
    },
    ui::{
        components::{
            CheckField, Endpoint, Form, Notice, NoticeKind, Page, Submit, SummaryList, SummaryRow, TextField, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// Who sells.
#[component]
pub fn CompanyPage() -> impl IntoView {
    loaded(api::money::supplier::company_page(), |page| view! { <CompanyView page/> })
}

/// The form, and above it how it stands.
#[component]
pub(crate) fn CompanyView(page: Company) -> impl IntoView {
    let Company { supplier, confirmed_on } = page;
    let title = match (confirmed_on, &supplier) {
        (Some(_), _) => t!("company-title-confirmed"),
        (None, Some(_)) => t!("company-title-unconfirmed"),
        (None, None) => t!("company-title-missing"),
    };
    let state = match confirmed_on {
        Some(day) => view! {
            <Notice kind=NoticeKind::Done>
                <p>{t!("company-confirmed", date = format::date_numeric(Locale::current(), day, None))}</p>
            </Notice>
        },
        None => view! {
            <Notice kind=NoticeKind::Soon>
                <p>{t!("company-unconfirmed")}</p>
            </Notice>
        },
    };
    let known = supplier.clone().map(|supplier| view! { <AsPrinted supplier/> });
    let form = supplier.map(SupplierForm::from).unwrap_or_default();
    view! {
        <Page title lead=t!("company-lead")>
            <p class="actions">
                <a href=paths::SETTINGS>{t!("settings-back")}</a>
            </p>
            {state}
            {known}
            <CompanyForm form/>
        </Page>
    }
}

/// What the form makes of the account: how documents and the payment's code say it.
#[component]
fn AsPrinted(supplier: Supplier) -> impl IntoView {
    view! {
        <SummaryList>
            <SummaryRow term=t!("company-account")>{supplier.account}</SummaryRow>
            <SummaryRow term=t!("tax-iban")>{supplier.iban}</SummaryRow>
            <SummaryRow term=t!("company-bank")>{format!("{} ({})", supplier.bank, supplier.bic)}</SummaryRow>
        </SummaryList>
    }
}

#[component]
fn CompanyForm(form: SupplierForm) -> impl IntoView {
    let seen = Seen::of(&form.fields());
    let SupplierForm { name, ico, address, register, email, account, bank, bic, confirmed } = form;
    view! {
        <Form action={Endpoint::of::<api::money::supplier::SaveCompany>()} seen>
            <fieldset class="field-group">
                <legend>{t!("company-who")}</legend>
                <TextField name="name" label=t!("company-name") value=name autocomplete="organization"/>
                <TextField name="ico" label=t!("company-ico") value=ico inputmode="numeric" short=true/>
                <TextField name="dic" label=t!("company-dic") hint=t!("company-dic-hint") value=address.dic/>
                <TextField
                    name="register"
                    label=t!("company-register")
                    hint=t!("company-register-hint")
                    value=register
                />
                <TextField name="street" label=t!("company-street") value=address.street/>
                <TextField name="city" label=t!("company-city") value=address.city/>
                <TextField
                    name="postal_code"
                    label=t!("company-postal-code")
                    value=address.postal_code
                    inputmode="numeric"
                    short=true
                />
                <TextField
                    name="email"
                    label=t!("company-email")
                    hint=t!("company-email-hint")
                    kind="email"
                    inputmode="email"
                    value=email
                />
            </fieldset>
            <fieldset class="field-group">
                <legend>{t!("company-where-paid")}</legend>
                <TextField name="account" label=t!("company-account") hint=t!("company-account-hint") value=account/>
                <TextField name="bank" label=t!("company-bank") hint=t!("company-bank-hint") value=bank optional=true/>
                <TextField name="bic" label=t!("company-bic") value=bic short=true optional=true/>
            </fieldset>
            <CheckField name="company_confirmed" label=t!("company-confirm") hint=t!("company-confirm-hint") checked=confirmed/>
            <div class="actions">
                <Submit label=t!("settings-save")/>
            </div>
        </Form>
    }
}
