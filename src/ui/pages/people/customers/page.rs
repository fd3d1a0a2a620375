//! `/desk/customers/{customer}`: contracts with their history, and what is left.

use leptos::prelude::*;

use super::{
    billing::BillingCard,
    people::PeopleCard,
    standing::{StandingCard, StandingNotices},
};
use crate::{
    api,
    model::{
        base::ids::CustomerId,
        line::{
            licences::{Computer, Licence},
            tiers::ResponseTier,
        },
        minutes::{
            contracts::{
                Contract,
                versions::{ContractVersion, VersionEffect, is_replaced},
            },
            pages::CustomerPage as Customer,
            pools::Pool,
        },
        paths,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, EmptyState, Page, SummaryList, SummaryRow, Width, loaded},
        format,
        pages::{
            line::licences::ComputerLine,
            minutes::contracts::{FileList, terms},
            work::source_in_words,
        },
        texts::{Locale, named, t},
    },
};

/// One customer.
#[component]
pub fn CustomerPage() -> impl IntoView {
    let id = ui::path_value("customer");
    loaded(
        async move { api::minutes::contracts::customer(id?).await },
        move |customer| view! { <CustomerView customer/> },
    )
}

/// What a customer agreed with the vendor, and what is left of it. The headline is what can be drawn now.
#[component]
pub fn CustomerView(customer: Customer) -> impl IntoView {
    let Customer {
        id,
        facts,
        standing,
        people,
        licences,
        computers,
        contracts,
        billing,
        exposure,
        credit_limit,
        pools,
        free,
        tiers,
        may_edit,
        ..
    } = customer;
    let country = facts.country.clone();
    let lead = facts.ico.as_ref().map(|ico| t!("customer-ico", ico = ico.as_str())).unwrap_or_default();
    let standing_card = may_edit.then(|| view! { <StandingCard customer=id standing=standing.clone()/> });
    let new = may_edit.then(|| {
        let href = paths::new_contract(id);
        view! { <ButtonLink href label=t!("contract-new") kind=ButtonKind::Secondary/> }
    });
    let contracts = if contracts.is_empty() {
        view! { <EmptyState title=t!("customer-no-contract")/> }.into_any()
    } else {
        contracts
            .into_iter()
            .map(|(contract, versions)| view! { <ContractCard contract versions tiers=tiers.clone() may_edit/> })
            .collect::<Vec<_>>()
            .into_any()
    };
    view! {
        <Page title=facts.name.clone() lead width=Width::Full>
            <p class="actions">
                <ButtonLink href=paths::customer_edit(id) label=t!("customer-edit") kind=ButtonKind::Secondary/>
                {new}
                <a href=paths::customer_requests(id)>{t!("customer-requests-all")}</a>
                <a href=paths::customer_merge(id)>{t!("newcomers-merge")}</a>
                <a href=paths::CUSTOMERS>{t!("customers-all")}</a>
            </p>
            <StandingNotices standing note=facts.note.clone()/>
            <div class="bench">
                <div class="bench-clock">{contracts}</div>
                <div class="bench-aside">
                    <PeopleCard customer=id facts people/>
                    <ProgramsCard customer=id licences computers/>
                    <Pools pools free/>
                    <BillingCard customer=id billing credit=(exposure, credit_limit) country may_edit/>
                    {standing_card}
                </div>
            </div>
        </Page>
    }
}

/// The programs that it runs, and its computers.
#[component]
fn ProgramsCard(customer: CustomerId, licences: Vec<Licence>, computers: Vec<Computer>) -> impl IntoView {
    let licences = licences
        .into_iter()
        .map(|licence| {
            let number =
                (!licence.number.is_empty()).then(|| view! { <span class="table-note">{licence.number}</span> });
            view! { <li>{named(&licence.program.name)} {number}</li> }
        })
        .collect::<Vec<_>>();
    let computers =
        computers.into_iter().map(|computer| view! { <li><ComputerLine computer/></li> }).collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="programs">
            <h2 id="programs">{t!("licences-title")}</h2>
            <ul class="plain-list">{licences}</ul>
            <ul class="plain-list">{computers}</ul>
            <p class="actions">
                <ButtonLink href=paths::customer_programs(customer) label=t!("licences-change") kind=ButtonKind::Secondary/>
                <a href=paths::customer_tokens(customer)>{t!("tokens-title")}</a>
            </p>
        </section>
    }
}

/// What is left, by pool.
#[component]
fn Pools(pools: Vec<Pool>, free: u32) -> impl IntoView {
    let locale = Locale::current();
    let reserved: u32 = pools.iter().map(|pool| pool.reserved).sum();
    let reserved = (reserved > 0).then(|| {
        let minutes = format::minutes(locale, reserved);
        view! { <p class="aside">{t!("pools-reserved", minutes = minutes)}</p> }
    });
    let rows = pools
        .into_iter()
        .map(|pool| {
            let reserved = (pool.reserved > 0).then(|| {
                let minutes = format::minutes(locale, pool.reserved);
                view! { <p class="aside">{t!("pool-reserved", minutes = minutes)}</p> }
            });
            let source = source_in_words(pool.kind, pool.expires_at.map(crate::model::base::calendar::last_day));
            view! {
                <li class="meter-of">
                    <p>
                        <span>{source.clone()}</span>
                        <span>{t!("pool-left", left = pool.left, granted = format::minutes(locale, pool.granted))}</span>
                    </p>
                    <progress class="meter" max=pool.granted.to_string() value=pool.left.to_string() aria-label=source/>
                    {reserved}
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="pools">
            <div class="estimate-head">
                <h2 id="pools">{t!("pools-free")}</h2>
                <p class="estimate-minutes">{format::minutes(locale, free)}</p>
            </div>
            {reserved}
            <ul class="pool-list">{rows}</ul>
        </section>
    }
}

#[component]
fn ContractCard(
    contract: Contract,
    versions: Vec<ContractVersion>,
    tiers: Vec<ResponseTier>,
    may_edit: bool,
) -> impl IntoView {
    let heading = format!("contract-{}", contract.id);
    let rows = terms::in_words(&contract.terms, &tiers)
        .into_iter()
        .skip(1)
        .map(|term| view! { <SummaryRow term=term.label>{term.value}</SummaryRow> })
        .collect::<Vec<_>>();
    let edit = may_edit.then(|| {
        let href = paths::contract(contract.customer, contract.id);
        view! { <ButtonLink href label=t!("contract-open") kind=ButtonKind::Secondary/> }
    });
    let to_come = contract
        .to_come
        .iter()
        .map(|next| {
            let from = format::date_numeric(Locale::current(), next.in_force_from(), None);
            let lines = terms::changes(contract.terms_before(next.in_force_from()), next, &tiers);
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
            view! {
                <h3>{t!("contract-to-come", date = from)}</h3>
                <ul>{lines}</ul>
            }
        })
        .collect::<Vec<_>>();
    let title = t!("contract-named", number = contract.terms.number.as_str());
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{title}</h2>
            <SummaryList>{rows}</SummaryList>
            {to_come}
            <FileList contract=contract.id files=contract.files/>
            {edit.map(|edit| view! { <p class="actions">{edit}</p> })}
            {history(&versions, &tiers)}
        </section>
    }
}

/// What each version changed, the latest first.
fn history(versions: &[ContractVersion], tiers: &[ResponseTier]) -> Option<impl IntoView + use<>> {
    let locale = Locale::current();
    let entries = versions
        .iter()
        .enumerate()
        .map(|(index, version)| {
            let day = |date| format::date_numeric(locale, date, None);
            let effect = VersionEffect::of(version, &versions[index + 1..]);
            let is_withdrawal = matches!(effect, VersionEffect::Withdrew(_));
            let what = match effect {
                VersionEffect::First => vec![t!("contract-first-version")],
                VersionEffect::Withdrew(Some(from)) => vec![t!("contract-withdrawn", date = day(from))],
                VersionEffect::Withdrew(None) => vec![t!("contract-withdrawn-some")],
                VersionEffect::Changed(before) => terms::changes(&before, &version.terms, tiers),
            };
            let what = what.into_iter().map(|line| view! { <p class="timeline-what">{line}</p> }).collect::<Vec<_>>();
            // When it was written nobody knows of what nobody has written here.
            let is_written = version.version > 0;
            let since = if is_written { version.terms.since } else { Some(version.terms.valid_from) };
            let since = since.filter(|_| !is_withdrawal).map(|since| {
                view! { <p class="timeline-what">{t!("contract-since", date = day(since))}</p> }
            });
            let replaced = is_replaced(versions, index)
                .then(|| view! { <p class="timeline-what">{t!("contract-amendment-replaced")}</p> });
            let by = version.by.as_ref().map(|name| format!(" · {name}"));
            view! {
                <li>
                    {what}
                    {since}
                    {replaced}
                    <p class="timeline-note">{version.reason.clone()}</p>
                    {is_written
                        .then(|| {
                            view! {
                                <p class="timeline-when">
                                    <time datetime=version.at.to_rfc3339()>{format::moment(locale, version.at)}</time>
                                    {by}
                                </p>
                            }
                        })}
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!versions.is_empty()).then(|| {
        view! {
            <h3>{t!("contract-history")}</h3>
            <ol class="timeline">{entries}</ol>
        }
    })
}
