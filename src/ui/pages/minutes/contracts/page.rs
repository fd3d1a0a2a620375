//! `/desk/customers/{customer}/contract/{contract}`: a contract, kept by managers; `…/amend`: what it says from a day on;
//! `/desk/customers/{customer}/contract/new`: where one is written.

use chrono::NaiveDate;
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    kept::ContractKept,
    terms::{fee_day_in_words, period_in_words, rollover_in_words},
};
use crate::{
    api,
    model::{
        base::{
            ids::{ContractId, CustomerId},
            money::Money,
            seen::Seen,
        },
        line::tiers::ResponseTier,
        minutes::{
            contracts::{Contract, ContractTerms, FeeDay, Period, Rollover, as_typed},
            pages::CustomerPage as Customer,
        },
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, Endpoint, Form, Hidden, Page, RadioCards, RadioOption, SelectField, Submit, TextField, WayBack,
            Width, loaded,
        },
        format, forms,
        islands::KeepTyped,
        texts::{Locale, named, t},
    },
};

/// A contract as it is kept.
#[component]
pub fn ContractPage() -> impl IntoView {
    loaded(load_contract(), move |(customer, contract, key)| view! { <ContractKept customer contract key/> })
}

/// The form of a new contract.
#[component]
pub fn NewContractPage() -> impl IntoView {
    loaded(load(), move |(customer, key)| view! { <NewContract customer key/> })
}

/// The form of an amendment, once it is known from which day on.
#[component]
pub fn ContractAmendPage() -> impl IntoView {
    loaded(load_contract(), move |(customer, contract, key)| {
        // Also of a form that comes back to the page without its day.
        let from = forms::field_value("from_day", &ui::query_value("from_day").unwrap_or_default()).parse().ok();
        view! { <Amendment customer contract from key/> }
    })
}

async fn load() -> Result<(Customer, Uuid), Problem> {
    let customer = ui::path_value::<CustomerId>("customer")?;
    let customer = api::minutes::contracts::customer(customer).await?;
    if !customer.may_edit {
        return Err(Problem::Forbidden { capability: None });
    }
    Ok((customer, api::ordering::requests::form_key().await?))
}

async fn load_contract() -> Result<(Customer, Contract, Uuid), Problem> {
    let id = ui::path_value::<ContractId>("contract");
    let (customer, key) = load().await?;
    let id = id?;
    let mut contracts = customer.contracts.iter().map(|(contract, _)| contract);
    let contract = contracts.find(|contract| contract.id == id).cloned().ok_or(Problem::NotFound)?;
    Ok((customer, contract, key))
}

/// A new contract.
#[component]
fn NewContract(customer: Customer, key: Uuid) -> impl IntoView {
    let (id, name) = (customer.id, customer.facts.name.clone());
    let fields = view! { <Terms customer terms=None reason_hint=t!("contract-reason-hint-new")/> };
    view! {
        <Page title=t!("contract-new") lead=name width=Width::Full>
            <Form action={Endpoint::of::<api::minutes::contracts::AddContract>()} class="contract-form">
                <Hidden name="customer" value=id.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <Validity/>
                {fields}
                <div class="actions">
                    <Submit label=t!("contract-save")/>
                    <WayBack href=paths::customer(id) of_new=true/>
                </div>
            </Form>
        </Page>
    }
}

/// An amendment: the day from which on, then all terms as they are in force on it.
#[component]
pub fn Amendment(customer: Customer, contract: Contract, from: Option<NaiveDate>, key: Uuid) -> impl IntoView {
    let (id, name) = (customer.id, customer.facts.name.clone());
    let title = t!("contract-amend-title", number = contract.terms.number.as_str());
    let day = from.map(|day| day.to_string()).unwrap_or_default();
    let kind = if from.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
    let form = from.map(|from| {
        let date = format::date_numeric(Locale::current(), from, None);
        let terms = contract.terms_on(from).clone();
        let seen = Seen::of(&terms.fields());
        view! {
            <Form action={Endpoint::of::<api::minutes::contracts::AmendContract>()} class="contract-form" seen>
                <Hidden name="customer" value=id.to_string()/>
                <Hidden name="contract" value=contract.id.to_string()/>
                <Hidden name="version" value=contract.version.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <Hidden name="from_day" value=from.to_string()/>
                <p class="aside">{t!("contract-amend-goes-on", date = date.as_str())}</p>
                <Terms customer terms=Some(terms) reason_hint=t!("contract-reason-hint")/>
                <div class="actions">
                    <Submit label=t!("contract-amend-save", date = date)/>
                    <WayBack href=paths::contract(id, contract.id) of_new=false/>
                </div>
            </Form>
        }
    });
    view! {
        <Page title lead=name width=Width::Full>
            <form method="get" class="card">
                <TextField
                    name="from_day"
                    label=t!("contract-from-day")
                    hint=t!("contract-from-day-hint")
                    kind="date"
                    value=day
                    short=true
                />
                <div class="actions">
                    <Submit label=t!("contract-amend-show") kind/>
                </div>
            </form>
            {form}
        </Page>
    }
}

/// All terms as fields; what is typed is read by the server, and kept while it is.
#[component]
fn Terms(customer: Customer, terms: Option<ContractTerms>, reason_hint: String) -> impl IntoView {
    let Customer { mut tiers, tiers_on_offer, .. } = customer;
    tiers.retain(|tier| {
        tiers_on_offer.contains(&tier.code) || terms.as_ref().is_some_and(|terms| terms.tier == tier.code)
    });
    view! {
        <Service terms=terms.clone() tiers/>
        <Prices terms=terms.clone()/>
        <Recurring terms/>
        <TextField name="reason" label=t!("contract-reason") hint=reason_hint/>
        <KeepTyped/>
    }
}

#[component]
fn Validity() -> impl IntoView {
    view! {
        <div class="trio">
            <TextField name="number" label=t!("contract-number")/>
            <TextField name="valid_from" label=t!("contract-valid-from") kind="date"/>
            <TextField name="valid_until" label=t!("contract-valid-until") kind="date" optional=true/>
        </div>
    }
}

/// What is paid for the contract itself.
#[component]
fn Recurring(terms: Option<ContractTerms>) -> impl IntoView {
    let fee = terms.and_then(|terms| terms.fee);
    let option = |period: Period| RadioOption {
        value: period.code().to_owned(),
        label: period_in_words(period),
        ..RadioOption::default()
    };
    let options = Period::ALL.iter().map(|&period| option(period)).collect();
    let period = fee.map_or(Period::Year, |fee| fee.period);
    let days = FeeDay::all().map(|day| (day.number().to_string(), fee_day_in_words(day))).collect();
    let day = fee.map(|fee| fee.day).unwrap_or_default();
    view! {
        <div class="pair">
            <TextField
                name="fee"
                label=t!("contract-fee")
                hint=t!("contract-fee-hint")
                value=fee.map(|fee| as_typed(fee.amount)).unwrap_or_default()
                suffix=t!("contract-crowns")
                inputmode="decimal"
                short=true
                optional=true
            />
            <RadioCards name="fee_period" legend=t!("contract-fee-period") options selected=period.code()/>
        </div>
        <SelectField name="fee_day" label=t!("contract-fee-day") options=days selected=day.number().to_string()/>
    }
}

#[component]
fn Service(terms: Option<ContractTerms>, tiers: Vec<ResponseTier>) -> impl IntoView {
    let locale = Locale::current();
    let option = |value: &str, label| RadioOption { value: value.to_owned(), label, ..RadioOption::default() };
    let tier_options = tiers
        .iter()
        .map(|tier| RadioOption {
            meta: Some(t!(
                "contract-tier-target",
                target = format::working_time_genitive(locale, tier.urgent_target_minutes)
            )),
            ..option(&tier.code, named(&tier.name))
        })
        .collect();
    let periods = Period::ALL.iter().map(|period| option(period.code(), period_in_words(*period))).collect();
    let rollovers =
        Rollover::ALL.iter().map(|rollover| option(rollover.code(), rollover_in_words(*rollover))).collect();
    let tier = terms.as_ref().map(|terms| terms.tier.clone()).unwrap_or_default();
    let period = terms.as_ref().map_or(Period::Quarter, |terms| terms.period);
    let rollover = terms.as_ref().map_or(Rollover::None, |terms| terms.rollover);
    view! {
        <div class="side-by-side">
            <RadioCards name="tier" legend=t!("contract-tier") options=tier_options selected=tier/>
        </div>
        <TextField
            name="minutes_per_period"
            label=t!("contract-allowance")
            value=terms.map(|terms| terms.minutes_per_period.to_string()).unwrap_or_default()
            suffix=t!("contract-minutes")
            inputmode="numeric"
            short=true
        />
        <div class="side-by-side">
            <RadioCards name="period" legend=t!("contract-period") options=periods selected=period.code()/>
            <RadioCards name="rollover" legend=t!("contract-rollover") options=rollovers selected=rollover.code()/>
        </div>
    }
}

#[component]
fn Prices(terms: Option<ContractTerms>) -> impl IntoView {
    let rates = terms.as_ref().map(|terms| (terms.rate_per_minute, terms.urgent_rate_per_minute));
    let (normal, urgent) = (rates.map(|(normal, _)| normal), rates.map(|(_, urgent)| urgent));
    let minimum = terms.as_ref().map(|terms| terms.minimum_minutes.to_string()).unwrap_or_default();
    let ceiling = terms.and_then(|terms| terms.ceiling_minutes).map(|most| most.to_string()).unwrap_or_default();
    view! {
        <div class="pair">
            <Rate name="rate_per_minute" label=t!("contract-rate") rate=normal/>
            <Rate name="urgent_rate_per_minute" label=t!("contract-urgent-rate") rate=urgent/>
            <TextField
                name="minimum_minutes"
                label=t!("contract-minimum")
                hint=t!("contract-minimum-hint")
                value=minimum
                suffix=t!("contract-minutes")
                inputmode="numeric"
                short=true
            />
            <TextField
                name="ceiling_minutes"
                label=t!("contract-ceiling")
                hint=t!("contract-ceiling-hint")
                value=ceiling
                suffix=t!("contract-minutes")
                inputmode="numeric"
                short=true
                optional=true
            />
        </div>
    }
}

/// A price for a minute; contracts on paper name that of an hour.
#[component]
fn Rate(name: &'static str, label: String, rate: Option<Money>) -> impl IntoView {
    let hint = match rate {
        Some(rate) => t!("contract-rate-hint-now", hour = format::money(Locale::current(), rate.times_minutes(60))),
        None => t!("contract-rate-hint"),
    };
    view! {
        <TextField
            name
            label
            hint
            value=rate.map(as_typed).unwrap_or_default()
            suffix=t!("contract-crowns")
            inputmode="decimal"
            short=true
        />
    }
}
