//! One contract: what it says now and from when it will say something else, until when it is valid, and what was signed.

use leptos::prelude::*;
use uuid::Uuid;

use super::terms;
use crate::{
    api,
    model::{
        base::{
            ids::{ContractFileId, ContractId, CustomerId},
            seen::Seen,
        },
        line::tiers::ResponseTier,
        minutes::{
            contracts::{Contract, ContractFile, ContractTerms, LARGEST_FILE},
            pages::CustomerPage as Customer,
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, FileField, Form, Hidden, Page, Submit, SummaryList, SummaryRow,
            TextField, WayBack, Width,
        },
        format,
        texts::{Locale, t},
    },
};

/// One contract as a manager keeps it.
#[component]
pub fn ContractKept(customer: Customer, contract: Contract, key: Uuid) -> impl IntoView {
    let Customer { id: customer, facts, tiers, .. } = customer;
    let which = (customer, contract.id, contract.version, key);
    let before = |next: &ContractTerms| contract.terms_before(next.in_force_from());
    let to_come = contract.to_come.iter().map(|next| coming(which, before(next), next, &tiers)).collect::<Vec<_>>();
    let Contract { id, terms, files, .. } = contract;
    let rows = rows(&terms, &tiers);
    view! {
        <Page title=t!("contract-edit-title", number = terms.number.as_str()) lead=facts.name width=Width::Full>
            <p class="actions">
                <ButtonLink href=paths::contract_amend(customer, id) label=t!("contract-amend")/>
                <a href=paths::customer(customer)>{t!("member-back")}</a>
            </p>
            <div class="bench">
                <div class="bench-clock">
                    <section class="card" aria-labelledby="terms">
                        <h2 id="terms">{t!("contract-now")}</h2>
                        <SummaryList>{rows}</SummaryList>
                    </section>
                    {to_come}
                </div>
                <div class="bench-aside">
                    <ValidityCard which terms/>
                    <FilesCard customer contract=id files/>
                </div>
            </div>
        </Page>
    }
}

fn rows(terms: &ContractTerms, tiers: &[ResponseTier]) -> Vec<impl IntoView + use<>> {
    let words = terms::in_words(terms, tiers).into_iter().skip(1);
    words.map(|term| view! { <SummaryRow term=term.label>{term.value}</SummaryRow> }).collect()
}

/// Customer, contract, the version that is shown, and the key of a form.
type Which = (CustomerId, ContractId, u32, Uuid);

#[component]
fn Named(which: Which) -> impl IntoView {
    let (customer, contract, version, key) = which;
    view! {
        <Hidden name="customer" value=customer.to_string()/>
        <Hidden name="contract" value=contract.to_string()/>
        <Hidden name="version" value=version.to_string()/>
        <Hidden name="key" value=key.to_string()/>
    }
}

/// What changes from a day to come, and the button that takes it back.
fn coming(which: Which, before: &ContractTerms, next: &ContractTerms, tiers: &[ResponseTier]) -> impl IntoView + use<> {
    let from = next.in_force_from();
    let heading = format!("from-{from}");
    let changes =
        terms::changes(before, next, tiers).into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{t!("contract-to-come", date = format::date_numeric(Locale::current(), from, None))}</h2>
            <ul>{changes}</ul>
            <Form action={Endpoint::of::<api::minutes::contracts::WithdrawAmendment>()}>
                <Named which/>
                <Hidden name="from_day" value=from.to_string()/>
                <div class="actions">
                    <Submit label=t!("contract-withdraw") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}

/// Where a contract is renewed or ended.
#[component]
fn ValidityCard(which: Which, terms: ContractTerms) -> impl IntoView {
    let until = terms.valid_until.map(|date| date.to_string()).unwrap_or_default();
    let seen = Seen::of(&terms.validity_fields());
    view! {
        <section class="card" aria-labelledby="validity">
            <h2 id="validity">{t!("contract-validity")}</h2>
            <Form action={Endpoint::of::<api::minutes::contracts::SetContractValidity>()} seen>
                <Named which/>
                <TextField name="number" label=t!("contract-number") value=terms.number/>
                <TextField
                    name="valid_until"
                    label=t!("contract-valid-until")
                    hint=t!("contract-valid-until-hint")
                    kind="date"
                    value=until
                    optional=true
                />
                <TextField name="reason" label=t!("contract-reason") hint=t!("contract-validity-reason-hint")/>
                <div class="actions">
                    <Submit label=t!("contract-save-validity") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}

/// What was signed, and where more is added; or, of one that was chosen, where it is replaced or removed.
#[component]
fn FilesCard(customer: CustomerId, contract: ContractId, files: Vec<ContractFile>) -> impl IntoView {
    let page = paths::contract(customer, contract);
    let chosen = ui::query_value(CHOSEN_FILE).and_then(|id| id.parse::<ContractFileId>().ok());
    let chosen = files.iter().find(|file| Some(file.id) == chosen).cloned();
    let list = files
        .into_iter()
        .map(|ContractFile { id, name, added_at }| {
            let change = ui::with_query(&page, &[(CHOSEN_FILE, id.to_string())]);
            let about = name.clone();
            view! {
                <li>
                    <a href=paths::contract_file(contract, id)>{name}</a>
                    <span class="table-note">{format::moment(Locale::current(), added_at)}</span>
                    <a href=change>
                        {t!("contract-file-change")}
                        <span class="visually-hidden">" "{about}</span>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = (!list.is_empty()).then(|| view! { <ul class="plain-list">{list}</ul> });
    let forms = match chosen {
        Some(file) => view! { <ChosenFile customer contract file page/> }.into_any(),
        None => view! { <Upload customer contract replaces=None/> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="files">
            <h2 id="files">{t!("contract-files")}</h2>
            {list}
            {forms}
        </section>
    }
}

/// By which name the page's address names a file that is to be replaced or removed.
const CHOSEN_FILE: &str = "file";

/// What becomes of one file: what it is called is read once more before it goes.
#[component]
fn ChosenFile(customer: CustomerId, contract: ContractId, file: ContractFile, page: String) -> impl IntoView {
    view! {
        <h3>{t!("contract-file-chosen", name = file.name.as_str())}</h3>
        <Upload customer contract replaces=Some(file.id)/>
        <Form action={Endpoint::of::<api::minutes::contracts::RemoveContractFile>()}>
            <Hidden name="customer" value=customer.to_string()/>
            <Hidden name="contract" value=contract.to_string()/>
            <Hidden name="attached" value=file.id.to_string()/>
            <p class="field-hint">{t!("contract-file-remove-hint")}</p>
            <div class="actions">
                <Submit label=t!("contract-file-remove") kind=ButtonKind::Danger about=file.name/>
                <WayBack href=page of_new=false/>
            </div>
        </Form>
    }
}

/// Where a file is added, perhaps in the place of another one.
#[component]
fn Upload(customer: CustomerId, contract: ContractId, replaces: Option<ContractFileId>) -> impl IntoView {
    let megabytes = LARGEST_FILE / (1024 * 1024);
    let (label, submit) = match replaces {
        Some(_) => (t!("contract-file-instead"), t!("contract-file-replace")),
        None => (t!("contract-file"), t!("contract-attach")),
    };
    view! {
        <Form action={Endpoint::of::<api::minutes::contracts::AttachContractFile>()} upload=true>
            <Hidden name="customer" value=customer.to_string()/>
            <Hidden name="contract" value=contract.to_string()/>
            {replaces.map(|former| view! { <Hidden name="replaces" value=former.to_string()/> })}
            <FileField
                name="file"
                label
                hint=t!("contract-file-hint", megabytes = megabytes)
                accept=".pdf,application/pdf"
            />
            <div class="actions">
                <Submit label=submit kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
}

/// What was signed, to download.
#[component]
pub(crate) fn FileList(contract: ContractId, files: Vec<ContractFile>) -> impl IntoView {
    let files = files
        .into_iter()
        .map(|ContractFile { id, name, added_at }| {
            view! {
                <li>
                    <a href=paths::contract_file(contract, id)>{name}</a>
                    <span class="table-note">{format::moment(Locale::current(), added_at)}</span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!files.is_empty()).then(|| view! { <ul class="plain-list">{files}</ul> })
}
