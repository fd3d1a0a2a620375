//! `/sales/purchases/{number}`: a purchase with all that is known of it, and giving its minutes back.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::{
    nav::SalesNav,
    words::{SoldPurchaseBadge, document_kind, event, method, refund_state},
};
use crate::{
    api,
    model::{
        base::{ids::BankPaymentId, money::Money},
        money::{
            pages::{PurchaseCase, Reversal},
            purchases::{Dispute, PaymentMethod, Purchase, PurchaseEvent, PurchaseNumber},
            refunds::{Refund, Refundable},
            sales::{IssuedDocument, Transfer},
        },
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, EmptyState, Endpoint, Form, Hidden, Notice, NoticeKind, Page, Submit, SummaryList,
            SummaryRow, TextArea, Width, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// A purchase.
#[component]
pub fn SalesPurchasePage() -> impl IntoView {
    let number = use_params_map().with_untracked(|params| params.get("number")).and_then(|number| number.parse().ok());
    let minutes = ui::query_value("minutes");
    loaded(load(number), move |(case, key)| view! { <SoldPurchaseView case key minutes/> })
}

async fn load(number: Option<PurchaseNumber>) -> Result<(PurchaseCase, Uuid), Problem> {
    let case = api::money::sales::sold_purchase(number).await?;
    Ok((case, api::ordering::requests::form_key().await?))
}

/// The page itself.
#[component]
pub fn SoldPurchaseView(
    /// The purchase.
    case: PurchaseCase,
    /// The identity of a refund to be.
    key: Uuid,
    /// How many minutes to give back, as typed in the step before.
    minutes: Option<String>,
) -> impl IntoView {
    let PurchaseCase { purchase, .. } = &case;
    let state = purchase.state;
    // One reason is asked for at a time.
    let credit = minutes.is_none().then(|| credit_returned(&case, key));
    let won_back = minutes.is_none().then(|| won_back(&case, key));
    let reversed = reversed(&case);
    let refund = refund(&case, key, minutes);
    let facts = facts(&case);
    let method = purchase.method;
    view! {
        <Page
            title=t!("sales-purchase-title", number = purchase.number.to_string())
            lead=case.customer_name.clone()
            width=Width::Full
            before=view! { <SalesNav/> }.into_any()
        >
            <p>
                <SoldPurchaseBadge state/>
            </p>
            <div class="sales-purchase">
                <div>{reversed} {facts} {documents(case.documents)} {transfers(case.transfers)} {refunds(case.refunds, method)} {credit} {won_back} {refund}</div>
                {history(case.history)}
            </div>
        </Page>
    }
}

fn facts(case: &PurchaseCase) -> impl IntoView + use<> {
    let locale = Locale::current();
    let purchase = &case.purchase;
    let customer = (case.customer, case.customer_name.clone());
    let reference = Some(purchase.reference.clone())
        .filter(|reference| !reference.is_empty())
        .map(|reference| view! { <SummaryRow term=t!("sales-purchase-reference")>{reference}</SummaryRow> });
    let paid = purchase.paid_at.map_or_else(|| t!("sales-purchase-unpaid"), |at| format::moment(locale, at));
    let refunded = format::money(locale, purchase.refunded);
    let (placed, way) = (format::moment(locale, purchase.created_at), method(purchase.method));
    let placed = format!("{} · {placed}", format::person(locale, &case.bought_by));
    let intent = case
        .payment_intent
        .clone()
        .map(|intent| view! { <SummaryRow term=t!("sales-purchase-intent")>{intent}</SummaryRow> });
    let price = t!(
        "sales-purchase-price",
        net = format::money(locale, purchase.price),
        total = format::money(locale, purchase.total)
    );
    let what = t!(
        "sales-purchase-minutes",
        minutes = purchase.minutes,
        quantity = purchase.quantity,
        months = purchase.validity_months
    );
    view! {
        <section class="card" aria-labelledby="order">
            <h2 id="order">{t!("sales-purchase-facts")}</h2>
            <SummaryList>
                <SummaryRow term=t!("sales-column-customer")>
                    <a href=paths::customer(customer.0)>{customer.1}</a>
                </SummaryRow>
                <SummaryRow term=t!("sales-purchase-by")>
                    {placed}
                </SummaryRow>
                <SummaryRow term=t!("sales-column-minutes")>{what}</SummaryRow>
                <SummaryRow term=t!("sales-purchase-price-term")>{price}</SummaryRow>
                {reference}
                <SummaryRow term=t!("sales-column-method")>{way}</SummaryRow>
                <SummaryRow term=t!("sales-purchase-paid")>{paid}</SummaryRow>
                <SummaryRow term=t!("sales-column-refunded")>{refunded}</SummaryRow>
                {intent}
            </SummaryList>
        </section>
    }
}

fn documents(documents: Vec<IssuedDocument>) -> Option<impl IntoView> {
    let locale = Locale::current();
    let rows = documents
        .into_iter()
        .map(|document| {
            let what = format!("{} {} (PDF)", document_kind(document.kind), document.number);
            let href = paths::document_pdf(&document.number);
            let note =
                format!("{} · {}", format::moment(locale, document.issued_at), format::money(locale, document.total));
            view! {
                <li class="row">
                    <div>
                        <p class="row-title">
                            <a href=href>{what}</a>
                        </p>
                        <p class="row-note">{note}</p>
                    </div>
                </li>
            }
        })
        .collect::<Vec<_>>();
    part("documents", t!("sales-purchase-documents"), rows)
}

fn transfers(transfers: Vec<Transfer>) -> Option<impl IntoView> {
    let locale = Locale::current();
    let rows = transfers
        .into_iter()
        .map(|transfer| {
            let day = format::date_numeric(locale, transfer.booked_on, None);
            let note = [day, transfer.counter_name, transfer.note];
            let note = note.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            let (amount, href) = (format::money(locale, transfer.amount), unmatch_path(transfer.payment));
            view! {
                <li class="row">
                    <div>
                        <p class="row-title">{amount.clone()}</p>
                        <p class="row-note">{note}</p>
                    </div>
                    <a href=href>
                        {t!("balances-undo")} <span class="visually-hidden">{format!(": {amount}")}</span>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    part("transfers", t!("sales-purchase-transfers"), rows)
}

/// Where it is shown what happens when a payment is taken back.
pub(super) fn unmatch_path(payment: BankPaymentId) -> String {
    format!("{}?payment={payment}", paths::SALES_UNMATCH)
}

fn refunds(refunds: Vec<Refund>, method: PaymentMethod) -> Option<impl IntoView> {
    let rows = refunds.into_iter().map(|refund| refund_row(refund, method)).collect::<Vec<_>>();
    part("refunds", t!("sales-purchase-refunds"), rows)
}

fn refund_row(refund: Refund, method: PaymentMethod) -> impl IntoView {
    let locale = Locale::current();
    let waits = refund.waits_for_a_person(method);
    let money = format::money(locale, refund.amount + refund.waived);
    let title =
        if refund.minutes == 0 { money } else { format!("{} · {money}", format::minutes(locale, refund.minutes)) };
    let mut notes = vec![what_became(&refund), format::moment(locale, refund.requested_at)];
    notes.extend(refund.by);
    notes.extend(refund.document.map(|number| t!("sales-refund-document", number = number)));
    notes.extend((!refund.reason.is_empty()).then_some(refund.reason));
    let id = refund.id.to_string();
    let about = title.clone();
    let done = waits.then(|| {
        view! {
            <Form action={Endpoint::of::<api::money::sales::RefundPaid>()}>
                <Hidden name="refund" value=id/>
                <Submit label=t!("sales-refund-paid") kind=ButtonKind::Secondary about/>
            </Form>
        }
    });
    view! {
        <li class="row">
            <div>
                <p class="row-title">{title}</p>
                <p class="row-note">{notes.join(" · ")}</p>
            </div>
            {done}
        </li>
    }
}

/// Where the money is, or why none moves.
fn what_became(refund: &Refund) -> String {
    if refund.waived > Money::ZERO {
        t!("sales-refund-waived")
    } else if refund.was_taken_by_the_bank() {
        t!("sales-refund-taken")
    } else {
        refund_state(refund.state)
    }
}

/// What went back past us, and how it is credited.
fn credit_returned(case: &PurchaseCase, key: Uuid) -> Option<impl IntoView + use<>> {
    let amount = Some(case.returned_past_us).filter(|amount| *amount > Money::ZERO)?;
    let amount = format::money(Locale::current(), amount);
    let number = case.purchase.number.to_string();
    Some(view! {
        <section class="card sales-part" aria-labelledby="returned">
            <h2 id="returned">{t!("sales-returned-title", amount = amount.as_str())}</h2>
            <p>{t!("sales-returned-what")}</p>
            <Form action={Endpoint::of::<api::money::sales::CreditReturned>()} class="sales-form">
                <Hidden name="number" value=number/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea name="reason" label=t!("sales-refund-reason") hint=t!("sales-refund-reason-hint") rows=3/>
                <Submit label=t!("sales-returned-send", amount = amount) kind=ButtonKind::Secondary/>
            </Form>
        </section>
    })
}

/// What a dispute took and gave again, and how it is documented.
fn won_back(case: &PurchaseCase, key: Uuid) -> Option<impl IntoView + use<>> {
    let amount = Some(case.won_back).filter(|amount| *amount > Money::ZERO)?;
    let amount = format::money(Locale::current(), amount);
    let number = case.purchase.number.to_string();
    Some(view! {
        <section class="card sales-part" aria-labelledby="won-back">
            <h2 id="won-back">{t!("sales-won-back-title", amount = amount.as_str())}</h2>
            <p>{t!("sales-won-back-what")}</p>
            <Form action={Endpoint::of::<api::money::sales::DocumentWonBack>()} class="sales-form">
                <Hidden name="number" value=number/>
                <Hidden name="key" value=key.to_string()/>
                <Submit label=t!("sales-won-back-send", amount = amount) kind=ButtonKind::Secondary/>
            </Form>
        </section>
    })
}

/// A transfer that is gone again: what is to be said of it, and what follows.
fn reversed(case: &PurchaseCase) -> Option<impl IntoView + use<>> {
    let Reversal { amount, state } = case.reversal?;
    let number = case.purchase.number;
    let choices: &[(Dispute, ButtonKind)] = match state {
        Dispute::None => &[(Dispute::Open, ButtonKind::Primary)],
        Dispute::Open => &[(Dispute::Won, ButtonKind::Primary), (Dispute::Lost, ButtonKind::Secondary)],
        Dispute::Won | Dispute::Lost => return None,
    };
    let buttons = choices
        .iter()
        .copied()
        .map(|(became, kind)| {
            view! {
                <Form action={Endpoint::of::<api::money::sales::DecideReversal>()}>
                    <Hidden name="number" value=number.to_string()/>
                    <Hidden name="became" value=became.code().to_owned()/>
                    <Submit label=t!("sales-reversed-do", became = became.code()) kind/>
                </Form>
            }
        })
        .collect::<Vec<_>>();
    let amount = format::money(Locale::current(), amount);
    Some(view! {
        <section class="card sales-part" aria-labelledby="reversed">
            <h2 id="reversed">{t!("sales-reversed-title", amount = amount)}</h2>
            <p>{t!("sales-reversed-what", state = state.code())}</p>
            <div class="actions">{buttons}</div>
        </section>
    })
}

fn part<Row: IntoView + 'static>(id: &'static str, title: String, rows: Vec<Row>) -> Option<impl IntoView> {
    (!rows.is_empty()).then(|| {
        view! {
            <section class="sales-part" aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}

/// Giving minutes back, in two steps: how many, and then what that means.
fn refund(case: &PurchaseCase, key: Uuid, minutes: Option<String>) -> Option<AnyView> {
    let refundable = case.refundable?;
    let purchase = case.purchase.clone();
    let Some(typed) = minutes else {
        return Some(view! { <HowMany purchase refundable problem=false/> }.into_any());
    };
    let wanted = typed.trim().parse().ok();
    let amount = wanted.and_then(|minutes| Some((minutes, refundable.amount(&purchase, minutes)?)));
    Some(match amount {
        None => view! { <HowMany purchase refundable problem=true/> }.into_any(),
        Some((minutes, amount)) => {
            let locale = Locale::current();
            let money = format::money(locale, amount);
            let way = if purchase.is_owed() { "owed" } else { purchase.method.code() };
            let way = format!("{money} · {}", t!("sales-refund-way", method = way));
            let left = format::minutes(locale, refundable.minutes.saturating_sub(minutes));
            let back = paths::sales_purchase(purchase.number);
            let send = if purchase.is_owed() {
                t!("sales-waive-send", amount = money)
            } else {
                t!("sales-refund-send", amount = money)
            };
            view! {
                <section class="card sales-part" aria-labelledby="refund">
                    <h2 id="refund">{t!("sales-refund-confirm")}</h2>
                    <SummaryList>
                        <SummaryRow term=t!("sales-refund-minutes")>
                            {format::minutes(locale, minutes)} " · " {t!("sales-refund-left", left = left)}
                        </SummaryRow>
                        <SummaryRow term=t!("sales-refund-money")>{way}</SummaryRow>
                        <SummaryRow term=t!("sales-refund-note")>{t!("sales-refund-note-is")}</SummaryRow>
                    </SummaryList>
                    <Form action={Endpoint::of::<api::money::sales::Refund>()} class="sales-form">
                        <Hidden name="number" value=purchase.number.to_string()/>
                        <Hidden name="minutes" value=minutes.to_string()/>
                        <Hidden name="key" value=key.to_string()/>
                        <TextArea name="reason" label=t!("sales-refund-reason") hint=t!("sales-refund-reason-hint") rows=3/>
                        <div class="actions">
                            <Submit label=send kind=ButtonKind::Danger/>
                            <ButtonLink href=back label=t!("sales-refund-keep") kind=ButtonKind::Secondary/>
                        </div>
                    </Form>
                </section>
            }
            .into_any()
        }
    })
}

#[component]
fn HowMany(purchase: Purchase, refundable: Refundable, problem: bool) -> impl IntoView {
    let most = refundable.minutes;
    let problem = problem.then(|| {
        view! {
            <Notice kind=NoticeKind::Problem>
                <p>{t!("field-refund-minutes")}</p>
            </Notice>
        }
    });
    view! {
        <section class="card sales-part" aria-labelledby="refund">
            <h2 id="refund">{if purchase.is_owed() { t!("sales-waive-title") } else { t!("sales-refund-title") }}</h2>
            {problem}
            <form method="get" action=paths::sales_purchase(purchase.number) class="form">
                <div class="field">
                    <label for="minutes">{t!("sales-refund-how-many", most = most)}</label>
                    <span class="field-line">
                        <input
                            class="input input-short"
                            id="minutes"
                            name="minutes"
                            inputmode="numeric"
                            value=most.to_string()
                        />
                        <span class="field-suffix">{t!("contract-minutes")}</span>
                    </span>
                </div>
                <button type="submit" class="button button-secondary">
                    {t!("sales-refund-next")}
                </button>
            </form>
        </section>
    }
}

fn history(events: Vec<PurchaseEvent>) -> impl IntoView {
    let locale = Locale::current();
    let entries = events
        .into_iter()
        .map(|entry| {
            let note = (!entry.note.is_empty()).then(|| view! { <p class="timeline-note">{entry.note}</p> });
            let by = entry.by.map(|name| format!(" · {}", format::person(locale, &name)));
            view! {
                <li>
                    <p class="timeline-what">{event(entry.kind)}</p>
                    {note}
                    <p class="timeline-when">
                        <time datetime=entry.at.to_rfc3339()>{format::moment(locale, entry.at)}</time>
                        {by}
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = if entries.is_empty() {
        view! { <EmptyState title=t!("sales-purchase-history-none")/> }.into_any()
    } else {
        view! { <ol class="timeline">{entries}</ol> }.into_any()
    };
    view! {
        <section aria-labelledby="history">
            <h2 id="history">{t!("sales-purchase-history")}</h2>
            {list}
        </section>
    }
}
