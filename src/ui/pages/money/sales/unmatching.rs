//! `/sales/unmatch`: a payment that turns out to be another's, and what happens when it is taken back.

use leptos::prelude::*;
use uuid::Uuid;

use super::{nav::SalesNav, words::payable_kind};
use crate::{
    api,
    model::{
        base::{ids::BankPaymentId, money::Money},
        money::unmatching::{Consequences, Undone, Unmatching},
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Notice, NoticeKind, Page, Submit, SummaryList, SummaryRow,
            TextArea, Width, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// A payment that pays something.
#[component]
pub fn SalesUnmatchPage() -> impl IntoView {
    let payment = ui::query_value("payment").and_then(|payment| payment.parse().ok());
    loaded(load(payment), move |(page, key)| view! { <UnmatchView page key/> })
}

async fn load(payment: Option<BankPaymentId>) -> Result<(Unmatching, Uuid), Problem> {
    Ok((api::money::unmatching::unmatch_page(payment).await?, api::ordering::requests::form_key().await?))
}

/// The page itself.
#[component]
pub fn UnmatchView(
    /// What it shows.
    page: Unmatching,
    /// The identity of what is written by its form.
    key: Uuid,
) -> impl IntoView {
    let locale = Locale::current();
    let amount = format::money(locale, page.amount);
    let document = format!("{} {}", payable_kind(page.kind), page.number);
    let back = page.purchase.map_or_else(|| paths::SALES_BALANCES.to_owned(), paths::sales_purchase);
    let body = match &page.outcome {
        Ok(consequences) => form(&page, consequences, key, back),
        Err(refusal) => {
            let why = t!("unmatch-refusal", why = refusal.code());
            view! {
                <Notice kind=NoticeKind::Problem title=t!("unmatch-refused")>
                    <p>{why}</p>
                </Notice>
            }
            .into_any()
        }
    };
    let (lead, facts) = (t!("unmatch-lead", document = document.as_str()), facts(&page, document));
    view! {
        <Page
            title=t!("unmatch-title", amount = amount.as_str())
            lead=lead
            width=Width::Full
            before=view! { <SalesNav/> }.into_any()
        >
            {facts}
            {body}
        </Page>
    }
}

fn facts(page: &Unmatching, document: String) -> impl IntoView + use<> {
    let locale = Locale::current();
    let payer = [page.counter_name.clone(), page.variable_symbol.clone()];
    let payer = payer.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let came =
        format!("{} · {}", format::money(locale, page.amount), format::date_numeric(locale, page.booked_on, None));
    let purchase = page.purchase.map(|number| {
        view! {
            <SummaryRow term=t!("unmatch-purchase")>
                <a href=paths::sales_purchase(number)>{number.to_string()}</a>
            </SummaryRow>
        }
    });
    let (customer, name) = (page.customer, page.customer_name.clone());
    view! {
        <section class="card" aria-labelledby="payment">
            <h2 id="payment">{t!("unmatch-payment")}</h2>
            <SummaryList>
                <SummaryRow term=t!("unmatch-came")>{came}</SummaryRow>
                {(!payer.is_empty()).then(|| view! { <SummaryRow term=t!("unmatch-payer")>{payer}</SummaryRow> })}
                <SummaryRow term=t!("bank-document")>{document}</SummaryRow>
                <SummaryRow term=t!("bank-earlier-customer")>
                    <a href=paths::customer(customer)>{name}</a>
                </SummaryRow>
                {purchase}
            </SummaryList>
        </section>
    }
}

/// What happens, in the order in which it matters to whoever decides.
fn what_happens(page: &Unmatching, consequences: &Consequences) -> Vec<String> {
    let locale = Locale::current();
    let money = |amount| format::money(locale, amount);
    let some = |amount: Money| (amount > Money::ZERO).then(|| money(amount));
    let Undone { lost, minutes, claimed } = consequences.undone;
    let mut told = vec![t!("unmatch-waits")];
    told.extend(consequences.credit.as_ref().map(|credit| {
        t!(
            "unmatch-credit",
            amount = money(credit.amount),
            document = credit.corrects.as_str(),
            day = format::date_numeric(locale, credit.day, None),
        )
    }));
    told.extend((minutes > 0).then(|| t!("unmatch-minutes", minutes = format::minutes(locale, minutes))));
    told.extend(
        (claimed > 0).then(|| {
            t!("unmatch-claim", minutes = format::minutes(locale, claimed), amount = money(consequences.claim))
        }),
    );
    told.extend(some(lost).map(|amount| t!("unmatch-lost", amount = amount)));
    let document = page.number.as_str();
    let owed = some(consequences.owed_again);
    let stay = (owed.is_some() && page.at_once).then(|| t!("unmatch-minutes-stay"));
    told.extend(owed.map(|amount| t!("unmatch-owed", amount = amount, document = document)));
    told.extend(stay);
    told.extend(some(consequences.balance).map(|amount| t!("unmatch-balance", amount = amount)));
    told.extend(some(consequences.asked_again).map(|amount| t!("unmatch-asked", amount = amount)));
    told
}

fn form(page: &Unmatching, consequences: &Consequences, key: Uuid, back: String) -> AnyView {
    let told = what_happens(page, consequences).into_iter().map(|what| view! { <li>{what}</li> }).collect::<Vec<_>>();
    let (payment, shown) = (page.payment.to_string(), consequences.shown());
    view! {
        <section class="card sales-part" aria-labelledby="consequences">
            <h2 id="consequences">{t!("sales-refund-confirm")}</h2>
            <ul>{told}</ul>
            <Form action={Endpoint::of::<api::money::unmatching::UndoMatch>()} class="sales-form">
                <Hidden name="payment" value=payment/>
                <Hidden name="shown" value=shown/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea name="reason" label=t!("balances-undo-reason") hint=t!("unmatch-reason-hint") rows=2/>
                <div class="actions">
                    <Submit label=t!("unmatch-send") kind=ButtonKind::Danger/>
                    <ButtonLink href=back label=t!("unmatch-keep") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
    .into_any()
}
