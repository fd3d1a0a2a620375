//! `/bundles/purchases/{number}`: one purchase. What matters about it now is the headline.

use leptos::prelude::*;

use super::{super::transfers::Transfer, words::pieces};
use crate::{
    api,
    model::{
        base::money::Money,
        money::{
            pages::{PurchaseDocument, PurchasePage},
            purchases::{
                CreditedMinutes, Dispute, PaymentMethod, Purchase, PurchaseEvent, PurchaseEventKind, PurchaseNumber,
                PurchaseState,
            },
        },
        ordering::live::LiveView,
        paths,
    },
    ui::{
        self, DemoMode,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Notice, NoticeKind, Page, PurchaseBadge, Submit,
            SummaryList, SummaryRow, loaded,
        },
        format,
        islands::Live,
        texts::{Locale, t},
    },
};

/// One purchase.
#[component]
pub fn PurchasePage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(async move { api::money::purchases::purchase_page(number?).await }, |page| {
        view! {
            <PurchaseView page/>
            <Live on=LiveView::Customer/>
        }
    })
}

/// The page itself.
#[component]
pub fn PurchaseView(
    /// What it shows.
    page: PurchasePage,
) -> impl IntoView {
    let (title, lead) = headline(&page);
    let PurchasePage { purchase, payment, documents, history, may_buy, may_cancel, card_refused, other_way, .. } = page;
    let payment = payment.map(|payment| view! { <Transfer payment/> });
    let by_card = purchase.method == PaymentMethod::Card && purchase.is_unpaid();
    let pay = (by_card && may_buy).then(|| {
        view! { <ButtonLink href=paths::purchase_pay(purchase.number) label=t!("purchase-pay")/> }
    });
    let demo = (by_card && DemoMode::is_on()).then(|| {
        view! {
            <Notice kind=NoticeKind::Info>
                <p>{t!("shop-card-demo")}</p>
            </Notice>
        }
    });
    let refused = card_refused.then(|| {
        view! {
            <Notice kind=NoticeKind::Soon title=t!("purchase-card-refused")>
                <p>
                    {t!("purchase-card-refused-body")} " " <a href=paths::BUNDLES>{t!("purchase-again")}</a>
                </p>
            </Notice>
        }
    });
    let cancel = (may_cancel && may_buy).then(|| {
        let href = paths::purchase_cancel(purchase.number);
        view! { <ButtonLink href label=t!("purchase-cancel") kind=ButtonKind::Secondary/> }
    });
    let otherwise = other_way.filter(|_| may_buy).map(|method| view! { <Otherwise number=purchase.number method/> });
    let actions = (pay.is_some() || cancel.is_some()).then(|| view! { <p class="actions">{pay} {cancel}</p> });
    let again = (may_buy && matches!(purchase.state, PurchaseState::Cancelled | PurchaseState::Expired)).then(|| {
        view! {
            <p class="actions">
                <ButtonLink href=paths::BUNDLES label=t!("purchase-again")/>
            </p>
        }
    });
    view! {
        <Page title lead=lead.unwrap_or_default()>
            <div data-live="now">
                <p class="request-facts">
                    <PurchaseBadge state=purchase.state/>
                    {format!(" {}\u{a0}· {}", purchase.number, pieces(&purchase))}
                </p>
                {refused}
                {demo}
                {payment}
                {actions}
                {otherwise}
                {again}
            </div>
            <div data-live="rest">
                <Facts purchase/>
                {documents_list(documents)}
                <History history/>
            </div>
            <p>
                <a href=paths::BUNDLES>{t!("purchase-all")}</a>
            </p>
        </Page>
    }
}

/// The other way to pay.
#[component]
fn Otherwise(number: PurchaseNumber, method: PaymentMethod) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::money::purchases::PayOtherwise>()}>
            <Hidden name="number" value=number.to_string()/>
            <Hidden name="method" value=method.code()/>
            <div class="actions">
                <Submit label=t!("purchase-otherwise", method = method.code()) kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
}

/// The fact that matters now, and what follows from it.
fn headline(page: &PurchasePage) -> (String, Option<String>) {
    let purchase = &page.purchase;
    match purchase.state {
        PurchaseState::Created | PurchaseState::AwaitingPayment => unpaid(page),
        PurchaseState::Paid => match page.credited {
            Some(credited) => (until(purchase, credited), Some(left(purchase, credited))),
            None => (t!("purchase-title-paid"), None),
        },
        PurchaseState::PartlyRefunded | PurchaseState::Refunded => went_back(page),
        PurchaseState::Disputed if purchase.dispute == Dispute::Lost => (t!("purchase-title-lost"), None),
        PurchaseState::Disputed => (t!("purchase-title-disputed"), Some(t!("purchase-lead-disputed"))),
        PurchaseState::Cancelled => (t!("purchase-title-cancelled"), Some(t!("purchase-lead-cancelled"))),
        PurchaseState::Expired => (t!("purchase-title-expired"), Some(t!("purchase-lead-expired"))),
    }
}

/// "Vrátili jsme vám 1 210 Kč": what went back; what did not, as the payment was another's; and what is left.
fn went_back(page: &PurchasePage) -> (String, Option<String>) {
    let purchase = &page.purchase;
    let money = |amount| format::money(Locale::current(), amount);
    let returned = purchase.refunded - page.undone;
    let (title, undone) = if returned > Money::ZERO {
        let undone = page.undone > Money::ZERO;
        let undone = undone.then(|| t!("purchase-lead-undone", amount = money(page.undone)));
        (t!("purchase-title-refunded", amount = money(returned)), undone)
    } else {
        (t!("purchase-title-undone", amount = money(page.undone)), None)
    };
    let is_left = purchase.state == PurchaseState::PartlyRefunded;
    let left = page.credited.filter(|_| is_left).map(|credited| left(purchase, credited));
    let lead: Vec<_> = [undone, left].into_iter().flatten().collect();
    (title, (!lead.is_empty()).then(|| lead.join(" ")))
}

fn unpaid(page: &PurchasePage) -> (String, Option<String>) {
    let locale = Locale::current();
    let left = page.payment.as_ref().map_or(page.purchase.total, |payment| payment.amount);
    let left = format::money(locale, left);
    let due = page.payment.as_ref().map(|payment| format::date_numeric(locale, payment.due_on, None));
    match (page.credited, due) {
        // Credited at once: what can be drawn matters more than what is owed.
        (Some(credited), Some(date)) => {
            (until(&page.purchase, credited), Some(t!("purchase-lead-invoice", date = date)))
        }
        (_, Some(date)) => {
            (t!("purchase-title-awaiting", amount = left), Some(t!("purchase-lead-transfer", date = date)))
        }
        (_, None) => {
            let until = format::time_of(locale, page.card_until);
            let failed = page.history.iter().any(|event| event.kind == PurchaseEventKind::PaymentFailed);
            let title = if failed { t!("purchase-title-declined") } else { t!("purchase-title-card", amount = left) };
            let lead =
                if page.is_debited { t!("purchase-lead-debited") } else { t!("purchase-lead-card", until = until) };
            (title, Some(lead))
        }
    }
}

/// "300 min máte připsané do 24. 11. 2027"
fn until(purchase: &Purchase, credited: CreditedMinutes) -> String {
    let locale = Locale::current();
    let date = format::date_numeric(locale, credited.last_day, None);
    t!("purchase-title-credited", minutes = format::minutes(locale, purchase.minutes), date = date)
}

fn left(purchase: &Purchase, credited: CreditedMinutes) -> String {
    let locale = Locale::current();
    t!(
        "purchase-left",
        left = format::grouped(locale, credited.left.into()),
        minutes = format::minutes(locale, purchase.minutes),
    )
}

/// What was ordered.
#[component]
fn Facts(purchase: Purchase) -> impl IntoView {
    let locale = Locale::current();
    let price = t!(
        "purchase-price-is",
        price = format::money(locale, purchase.price),
        rate = format::percent(locale, purchase.vat),
        total = format::money(locale, purchase.total),
    );
    let method = match purchase.method {
        PaymentMethod::Card => t!("shop-card"),
        PaymentMethod::Transfer if purchase.at_once => t!("purchase-on-invoice"),
        PaymentMethod::Transfer => t!("shop-transfer"),
    };
    let what = pieces(&purchase);
    let reference = (!purchase.reference.is_empty())
        .then(|| view! { <SummaryRow term=t!("shop-reference")>{purchase.reference}</SummaryRow> });
    view! {
        <section aria-labelledby="ordered">
            <h2 id="ordered">{t!("purchase-bought")}</h2>
            <SummaryList>
                <SummaryRow term=t!("purchase-what")>{what}</SummaryRow>
                <SummaryRow term=t!("purchase-price")>{price}</SummaryRow>
                <SummaryRow term=t!("shop-method")>{method}</SummaryRow>
                {reference}
            </SummaryList>
        </section>
    }
}

fn documents_list(documents: Vec<PurchaseDocument>) -> Option<impl IntoView> {
    if documents.is_empty() {
        return None;
    }
    let locale = Locale::current();
    let rows = documents
        .into_iter()
        .map(|document| {
            let kind = t!("purchase-document", kind = document.kind.code());
            let note = t!(
                "purchase-document-note",
                date = format::date_numeric(locale, document.issued_on, None),
                total = format::money(locale, document.total),
            );
            view! {
                <li class="row">
                    <div>
                        <p class="row-title">
                            <a href=paths::document_pdf(&document.number)>
                                {format!("{kind} {} (PDF)", document.number)}
                            </a>
                        </p>
                        <p class="row-note">{note}</p>
                    </div>
                </li>
            }
        })
        .collect::<Vec<_>>();
    Some(view! {
        <section aria-labelledby="documents">
            <h2 id="documents">{t!("purchase-documents")}</h2>
            <ul class="rows plain-list">{rows}</ul>
        </section>
    })
}

/// What happened, the oldest first.
#[component]
fn History(history: Vec<PurchaseEvent>) -> impl IntoView {
    let locale = Locale::current();
    let entries = history
        .into_iter()
        .map(|event| {
            let note = (!event.note.is_empty()).then(|| view! { <p class="timeline-note">{event.note}</p> });
            let by = event.by.map(|name| format!(" · {}", format::person(locale, &name)));
            view! {
                <li class=dot(event.kind)>
                    <p class="timeline-what">{t!("purchase-event", kind = event.kind.code())}</p>
                    {note}
                    <p class="timeline-when">
                        <time datetime=event.at.to_rfc3339()>{format::moment(locale, event.at)}</time>
                        {by}
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section aria-labelledby="history">
            <h2 id="history">{t!("purchase-history")}</h2>
            <ol class="timeline">{entries}</ol>
        </section>
    }
}

const fn dot(kind: PurchaseEventKind) -> &'static str {
    use PurchaseEventKind as Kind;
    match kind {
        Kind::Paid | Kind::Credited | Kind::DisputeWon => "timeline-agreed",
        Kind::Cancelled | Kind::Expired | Kind::PaymentFailed | Kind::RefundFailed | Kind::DisputeLost => {
            "timeline-ended"
        }
        _ => "",
    }
}
