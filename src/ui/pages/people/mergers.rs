//! `/desk/customers/{customer}/merge`: two customers that are one, and what merging them means before it is done.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::ids::CustomerId,
        minutes::pages::CustomerRow,
        paths,
        people::mergers::{MergeEnds, MergePage as Meaning, MergedContract, MergedCustomer},
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, EmptyState, Endpoint, Form, Hidden, Notice, NoticeKind, Page, RadioCards,
            RadioOption, Submit, SummaryList, SummaryRow, loaded,
        },
        format, problem_text,
        texts::{Locale, named, t},
    },
};

/// Which customer one is really, and what merging them means.
#[component]
pub fn CustomerMergePage() -> impl IntoView {
    match ui::query_value("into").and_then(|into| into.parse::<CustomerId>().ok()) {
        Some(into) => view! { <MeaningPage into/> }.into_any(),
        None => view! { <SearchPage/> }.into_any(),
    }
}

#[component]
fn SearchPage() -> impl IntoView {
    let id = ui::path_value::<CustomerId>("customer");
    let search = ui::query_value("search").unwrap_or_default();
    let wanted = search.clone();
    let load = async move {
        let customer = api::minutes::contracts::customer(id?).await?;
        let found = if wanted.is_empty() {
            Vec::new()
        } else {
            api::minutes::contracts::customers(wanted, None).await?.page.rows
        };
        let found = found.into_iter().filter(|row| row.id != customer.id).collect::<Vec<_>>();
        Ok::<_, Problem>((customer.id, customer.facts.name, found))
    };
    loaded(load, |(customer, name, found)| view! { <MergeView customer name found search/> })
}

#[component]
fn MergeView(customer: CustomerId, name: String, found: Vec<CustomerRow>, search: String) -> impl IntoView {
    let none = (found.is_empty() && !search.is_empty()).then(|| view! { <EmptyState title=t!("customers-none")/> });
    let rows = found
        .into_iter()
        .map(|row| {
            view! {
                <li class="row">
                    <div>
                        <p class="row-title">
                            <a href=paths::customer(row.id)>{row.name.clone()}</a>
                        </p>
                        <p class="row-note">{row.contract.unwrap_or_else(|| t!("customers-no-contract"))}</p>
                    </div>
                    <ButtonLink
                        href=paths::customer_merge_into(customer, row.id)
                        label=t!("newcomers-merge-here", name = row.name.as_str())
                        kind=ButtonKind::Secondary
                    />
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Page title=t!("newcomers-merge-title", name = name) lead=t!("newcomers-merge-lead")>
            <form method="get" action=paths::customer_merge(customer) role="search" class="search">
                <label for="search">{t!("customers-search")}</label>
                <div class="search-line">
                    <input class="input" type="search" id="search" name="search" value=search/>
                    <button type="submit" class="button button-secondary">
                        {t!("customers-find")}
                    </button>
                </div>
            </form>
            {none}
            <ul class="rows">{rows}</ul>
            <p>
                <a href=paths::NEWCOMERS>{t!("newcomers-title")}</a>
            </p>
        </Page>
    }
}

#[component]
fn MeaningPage(into: CustomerId) -> impl IntoView {
    let id = ui::path_value::<CustomerId>("customer");
    loaded(async move { api::people::mergers::merge_page(id?, into).await }, |meaning| view! { <MeaningView meaning/> })
}

/// What goes on where, before it is confirmed.
#[component]
fn MeaningView(meaning: Meaning) -> impl IntoView {
    let choice = meaning.collide.then(|| whose_contract(&meaning));
    let Meaning { from, into, collide, begins, ends, waits } = meaning;
    let contracts = contracts_in_words(&from, &into, collide, begins);
    let ends = ends_in_words(ends, &from, &into);
    let waits = waits.map(|waits| {
        let words = problem_text::words(&Problem::MergeWaits(waits));
        view! { <Notice kind=NoticeKind::Soon title=words.title>{words.body.map(|body| view! { <p>{body}</p> })}</Notice> }
    });
    view! {
        <Page
            title=t!("merge-title", from = from.name.as_str(), into = into.name.as_str())
            lead=t!("merge-lead", from = from.name.as_str(), into = into.name.as_str())
        >
            {waits}
            <div class="merge-both">
                <CustomerCard customer=from.clone() title=t!("merge-goes", name = from.name.as_str())/>
                <CustomerCard customer=into.clone() title=t!("merge-stays", name = into.name.as_str())/>
            </div>
            {contracts}
            {ends}
            <Form action={Endpoint::of::<api::people::mergers::MergeCustomer>()}>
                <Hidden name="customer" value=from.id.to_string()/>
                <Hidden name="into" value=into.id.to_string()/>
                {choice}
                <div class="actions">
                    <Submit label=t!("merge-submit") kind=ButtonKind::Danger/>
                    <ButtonLink href=paths::customer_merge(from.id) label=t!("merge-other") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}

/// What one of them has.
#[component]
fn CustomerCard(customer: MergedCustomer, title: String) -> impl IntoView {
    let locale = Locale::current();
    let heading = format!("merged-{}", customer.id);
    let left = if customer.reserved == 0 {
        format::minutes(locale, customer.left)
    } else {
        let reserved = format::minutes(locale, customer.reserved);
        t!("merge-left-reserved", left = format::minutes(locale, customer.left), reserved = reserved)
    };
    let contracts = customer.contracts.iter().map(|contract| view! { <p>{contract_in_words(contract)}</p> });
    let contracts = contracts.collect::<Vec<_>>();
    let none = contracts.is_empty().then(|| t!("customers-no-contract"));
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{title}</h2>
            <SummaryList>
                <SummaryRow term=t!("merge-contracts")>{contracts}{none}</SummaryRow>
                <SummaryRow term=t!("merge-left")>{left}</SummaryRow>
                <SummaryRow term=t!("merge-requests")>{customer.requests.to_string()}</SummaryRow>
            </SummaryList>
        </section>
    }
}

/// "SLS-2024-017, Rychlá, od 1. 1. 2024 na dobu neurčitou".
fn contract_in_words(contract: &MergedContract) -> String {
    let locale = Locale::current();
    let until = contract.until.map_or_else(
        || t!("merge-contract-indefinite"),
        |last| t!("merge-contract-until", date = format::date_numeric(locale, last, None)),
    );
    t!(
        "merge-contract",
        number = contract.number.as_str(),
        tier = named(&contract.tier),
        from = format::date_numeric(locale, contract.from, None),
        until = until
    )
}

/// What becomes of the contracts, where it is not chosen.
fn contracts_in_words(
    from: &MergedCustomer,
    into: &MergedCustomer,
    collide: bool,
    begins: NaiveDate,
) -> Option<impl IntoView + use<>> {
    if from.contracts.is_empty() {
        return None;
    }
    let goes_on = (!collide).then(|| {
        let numbers: Vec<_> = from.contracts.iter().map(|contract| contract.number.clone()).collect();
        let date = format::date_numeric(Locale::current(), begins, None);
        let (numbers, into) = (numbers.join(", "), into.name.as_str());
        view! { <p>{t!("merge-contract-goes-on", numbers = numbers, into = into, date = date)}</p> }
    });
    Some(view! {
        <section aria-labelledby="merged-contracts">
            <h2 id="merged-contracts">{t!("merge-contracts-what")}</h2>
            {goes_on}
            <p>{t!("merge-contract-once")}</p>
            <p>{t!("merge-contract-priced")}</p>
        </section>
    })
}

/// What of the one who is merged ends, if anything does.
fn ends_in_words(ends: MergeEnds, from: &MergedCustomer, into: &MergedCustomer) -> Option<impl IntoView + use<>> {
    let (from, into) = (from.name.as_str(), into.name.as_str());
    let said = [
        ends.subscription.then(|| t!("merge-ends-subscription", from = from, into = into)),
        ends.top_up.then(|| t!("merge-ends-top-up", from = from)),
        ends.card.then(|| t!("merge-ends-card", from = from, into = into)),
    ];
    let said: Vec<_> = said.into_iter().flatten().map(|what| view! { <li>{what}</li> }).collect();
    (!said.is_empty()).then(|| {
        view! {
            <section aria-labelledby="merge-ends">
                <h2 id="merge-ends">{t!("merge-ends")}</h2>
                <ul>{said}</ul>
            </section>
        }
    })
}

/// Whose contract goes on, where both have one in force, and what becomes of the other's.
fn whose_contract(meaning: &Meaning) -> impl IntoView + use<> {
    let Meaning { from, into, begins, .. } = meaning;
    let begins = from.contracts.iter().map(|contract| contract.from).min().map_or(*begins, |first| first.max(*begins));
    let date = format::date_numeric(Locale::current(), begins, None);
    let option = |customer: &MergedCustomer, ends: String| {
        let called_off = meaning.called_off(customer.id).join(", ");
        let note = match called_off.as_str() {
            "" => ends,
            numbers => format!("{ends} {}", t!("merge-called-off", numbers = numbers)),
        };
        RadioOption {
            value: customer.id.to_string(),
            label: customer.contracts.iter().map(contract_in_words).collect::<Vec<_>>().join("; "),
            note: Some(note),
            ..RadioOption::default()
        }
    };
    let options = vec![
        option(into, t!("merge-goes-on-into", from = from.name.as_str())),
        option(from, t!("merge-goes-on-from", into = into.name.as_str(), date = date)),
    ];
    view! { <RadioCards name="goes_on" legend=t!("merge-goes-on") hint=t!("merge-goes-on-hint") options/> }
}
