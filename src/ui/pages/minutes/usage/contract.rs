//! `/usage/contract`: the contract in plain words, or what applies without one.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::interventions::BackToUsage;
use crate::{
    api,
    model::{
        base::money::{Money, VatRate},
        line::{settings::LineSettings, tiers::ResponseTier},
        minutes::{
            contracts::{Contract, ContractTerms, Period, Rates, Rollover},
            pages::ContractPage,
        },
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Column, Page, SummaryList, SummaryRow, Table, WithNumber, loaded},
        format,
        pages::minutes::contracts::{
            FileList,
            terms::{changes, fee_in_words},
        },
        texts::{Locale, named, t},
    },
};

/// What is agreed.
#[component]
pub fn UsageContractPage() -> impl IntoView {
    loaded(load(), move |(contract, line, slowest)| view! { <ContractView contract line slowest/> })
}

async fn load() -> Result<(ContractPage, LineSettings, Option<ResponseTier>), Problem> {
    let contract = api::minutes::usage::contract_page().await?;
    let line = api::line::public_page::line_page().await?;
    Ok((contract, line.settings, line.tiers.into_iter().next()))
}

/// The page itself.
#[component]
pub fn ContractView(
    /// What it shows.
    contract: ContractPage,
    /// The line's settings: the rate of VAT, the length of a day.
    line: LineSettings,
    /// The tier of those without a contract.
    slowest: Option<ResponseTier>,
) -> impl IntoView {
    let ContractPage { contracts, tiers, list_rate_per_minute, minimum_one_off } = contract;
    let before = view! { <BackToUsage/> }.into_any();
    let mut contracts = contracts.into_iter();
    let Some(first) = contracts.next() else {
        return view! {
            <Page title=t!("terms-none-title") lead=t!("terms-none-lead") before>
                <WithoutContract rate=list_rate_per_minute minimum=minimum_one_off line slowest/>
            </Page>
        }
        .into_any();
    };
    let title = validity_in_words(&first.terms);
    let (line_for_others, tiers_of_first) = (line.clone(), tiers.clone());
    let others = contracts
        .map(|contract| {
            let title = validity_in_words(&contract.terms);
            view! {
                <section>
                    <h2>{title}</h2>
                    <Terms contract tiers=tiers.clone() line=line_for_others.clone()/>
                </section>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Page title before>
            <Terms contract=first tiers=tiers_of_first line/>
            {others}
        </Page>
    }
    .into_any()
}

/// "Smlouva platí do 31. 12. 2027"
fn validity_in_words(terms: &ContractTerms) -> String {
    let day = |date| format::date_numeric(Locale::current(), date, None);
    let is_ahead = ui::now().is_some_and(|now| format::local_date(now) < terms.valid_from);
    match (is_ahead, terms.valid_until) {
        (true, _) => t!("terms-title-from", date = day(terms.valid_from)),
        (false, Some(date)) => t!("terms-title-until", date = day(date)),
        (false, None) => t!("terms-title"),
    }
}

/// A contract, clause by clause.
#[component]
fn Terms(contract: Contract, tiers: Vec<ResponseTier>, line: LineSettings) -> impl IntoView {
    let locale = Locale::current();
    let terms = contract.terms.clone();
    let allowance = (terms.minutes_per_period > 0).then(|| {
        let rest = rest(terms.period, terms.rollover);
        view! { <SummaryRow term=t!("terms-unused")>{rest}</SummaryRow> }
    });
    let ceiling = match terms.ceiling_minutes {
        Some(minutes) => t!("terms-ceiling", minutes = format::minutes(locale, minutes)),
        None => t!("terms-no-ceiling"),
    };
    let rates = Rates { normal: terms.rate_per_minute, urgent: terms.urgent_rate_per_minute };
    let (vat, speed) = (line.vat.of(today()), speed(&contract.tier, &line));
    let minutes = allowance_in_words(&terms);
    let fee = terms.fee.map(|fee| view! { <SummaryRow term=t!("contract-fee")>{fee_in_words(fee)}</SummaryRow> });
    let to_come = contract
        .to_come
        .iter()
        .map(|next| {
            let from = format::date_numeric(locale, next.in_force_from(), None);
            let before = contract.terms_before(next.in_force_from());
            let lines =
                changes(before, next, &tiers).into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
            view! {
                <h2>{t!("contract-to-come", date = from)}</h2>
                <ul>{lines}</ul>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <SummaryList>
            <SummaryRow term=t!("terms-number")>{terms.number.clone()}</SummaryRow>
            <SummaryRow term=t!("terms-validity")>{validity(terms.valid_from, terms.valid_until)}</SummaryRow>
            <SummaryRow term=t!("terms-speed")>{speed}</SummaryRow>
            <SummaryRow term=t!("terms-minutes")>{minutes}</SummaryRow>
            {allowance}
            <SummaryRow term=t!("terms-minimum")>
                {t!("terms-minimum-minutes", minutes = format::minutes(locale, terms.minimum_minutes))}
            </SummaryRow>
            <SummaryRow term=t!("terms-ceiling-term")>{ceiling}</SummaryRow>
            {fee}
        </SummaryList>
        {to_come}
        <FileList contract=contract.id files=contract.files/>
        <RateTable caption=t!("terms-rates") rates vat/>
        <p class="aside"><WithNumber text=t!("terms-change", phone = ui::line_phone())/></p>
    }
}

/// What applies to everybody.
#[component]
fn WithoutContract(rate: Money, minimum: u32, line: LineSettings, slowest: Option<ResponseTier>) -> impl IntoView {
    let locale = Locale::current();
    let speed = slowest.map(|tier| {
        let words = speed(&tier, &line);
        view! { <SummaryRow term=t!("terms-speed")>{words}</SummaryRow> }
    });
    let lower = format::minutes(locale, line.minimum_with_contract);
    view! {
        <SummaryList>
            {speed}
            <SummaryRow term=t!("terms-minutes")>{t!("terms-none-minutes")}</SummaryRow>
            <SummaryRow term=t!("terms-minimum")>
                {t!("terms-none-minimum", minutes = format::minutes(locale, minimum), lower = lower)}
            </SummaryRow>
        </SummaryList>
        <RateTable caption=t!("terms-none-rates") rates=Rates { normal: rate, urgent: rate } vat=line.vat.of(today())/>
        <p class="actions">
            <ButtonLink href=paths::BUNDLES label=t!("terms-bundles") kind=ButtonKind::Secondary/>
        </p>
    }
}

/// "od 1. 1. 2026 do 31. 12. 2027"
fn validity(from: NaiveDate, until: Option<NaiveDate>) -> String {
    let day = |date| format::date_numeric(Locale::current(), date, None);
    match until {
        Some(until) => t!("terms-from-until", from = day(from), until = day(until)),
        None => t!("terms-from", from = day(from)),
    }
}

fn speed(tier: &ResponseTier, line: &LineSettings) -> String {
    let locale = Locale::current();
    let day = u32::try_from((line.closes - line.opens).num_minutes()).unwrap_or_default();
    t!(
        "terms-speed-words",
        tier = named(&tier.name),
        urgent = format::working_time_genitive(locale, tier.urgent_target_minutes),
        normal = format::working_time(locale, tier.normal_lead_minutes, day),
    )
}

fn allowance_in_words(terms: &ContractTerms) -> String {
    let minutes = format::minutes(Locale::current(), terms.minutes_per_period);
    match terms.period {
        _ if terms.minutes_per_period == 0 => t!("terms-no-minutes"),
        Period::Month => t!("terms-minutes-month", minutes = minutes),
        Period::Quarter => t!("terms-minutes-quarter", minutes = minutes),
        Period::Year => t!("terms-minutes-year", minutes = minutes),
    }
}

/// What happens to minutes that nobody used.
fn rest(period: Period, rollover: Rollover) -> String {
    match (rollover, period) {
        (Rollover::None, Period::Month) => t!("terms-expire-month"),
        (Rollover::None, Period::Quarter) => t!("terms-expire-quarter"),
        (Rollover::None, Period::Year) => t!("terms-expire-year"),
        (Rollover::OnePeriod, Period::Month) => t!("terms-roll-month"),
        (Rollover::OnePeriod, Period::Quarter) => t!("terms-roll-quarter"),
        (Rollover::OnePeriod, Period::Year) => t!("terms-roll-year"),
    }
}

/// What a minute and an hour beyond the pools cost, without and with VAT.
#[component]
fn RateTable(caption: String, rates: Rates, vat: VatRate) -> impl IntoView {
    let locale = Locale::current();
    let both = |amount: Money| {
        let with_vat = t!("price-with-vat", price = format::money(locale, amount.with_vat(vat)));
        view! {
            {format::money(locale, amount)}
            <span class="table-note">{with_vat}</span>
        }
    };
    let row = |name: String, rate: Money| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="number" data-label=t!("terms-per-minute")>
                    {both(rate)}
                </td>
                <td class="number" data-label=t!("terms-per-hour")>
                    {both(rate.times_minutes(60))}
                </td>
            </tr>
        }
    };
    let rows = if rates.normal == rates.urgent {
        view! { {row(t!("terms-any"), rates.normal)} }.into_any()
    } else {
        view! { {row(t!("terms-normal"), rates.normal)} {row(t!("terms-urgent"), rates.urgent)} }.into_any()
    };
    view! {
        <section class="rates" aria-labelledby="rates">
            <h2 id="rates">{caption}</h2>
            <Table
                class="table-prices"
                columns=vec![
                    Column::of_heads(),
                    Column::text(t!("terms-per-minute")),
                    Column::text(t!("terms-per-hour")),
                ]
            >
                {rows}
            </Table>
            <p class="aside">{t!("terms-by-the-minute")}</p>
        </section>
    }
}

fn today() -> NaiveDate {
    ui::now().map(format::local_date).unwrap_or_default()
}
