//! `/bundles/{bundle}/subscribe` and `/bundles/subscription`: minutes that come each period by themselves.

use leptos::prelude::*;

use super::{purchases::AskAddress, saved_cards::SavedCardLink};
use crate::{
    api,
    model::{
        money::{
            purchases::PaymentMethod,
            subscriptions::{
                PeriodPayment, Plan, SubscriptionAct, SubscriptionForm, SubscriptionPage as Subscription,
                SubscriptionState, SubscriptionWish,
            },
        },
        ordering::live::LiveView,
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Page, RadioCards, RadioOption, Submit, SummaryList,
            SummaryRow, loaded,
        },
        format, forms,
        islands::Live,
        texts::{Locale, t},
    },
};

/// The form that subscribes.
#[component]
pub fn SubscribePage() -> impl IntoView {
    let bundle = ui::path_value("bundle");
    loaded(
        async move { api::money::subscriptions::subscription_form(bundle?).await },
        |form| view! { <SubscribeView form/> },
    )
}

#[component]
fn SubscribeView(form: SubscriptionForm) -> impl IntoView {
    let locale = Locale::current();
    let Plan { bundle, comes } = form.plan;
    let [first, next] = [form.first_day, form.next_day].map(|date| format::date_numeric(locale, date, None));
    let title = t!("subscription-form-title", minutes = format::minutes(locale, bundle.minutes), comes = comes.code());
    if form.asks_address {
        return view! { <AskAddress title bundle=bundle.id subscribing=true/> }.into_any();
    }
    let (total, unused) = (form.total().haler().to_string(), unused(form.plan));
    let price = t!(
        "purchase-price-is",
        price = format::money(locale, bundle.price),
        rate = format::percent(locale, form.vat),
        total = format::money(locale, form.total()),
    );
    // Where there is a choice, each way says what it means.
    let payment = (!form.card).then(|| transferred(&form)).map(|payment| {
        view! { <SummaryRow term=t!("shop-method")>{payment}</SummaryRow> }
    });
    let methods = form.card.then(|| methods(&form));
    let consent = if form.card { t!("subscription-consent-card") } else { t!("subscription-consent") };
    let id = forms::field_value("id", &form.id.to_string());
    view! {
        <Page title lead=t!("subscription-form-lead")>
            <SummaryList>
                <SummaryRow term=t!("subscription-price")>{price}</SummaryRow>
                <SummaryRow term=t!("subscription-first")>{first}</SummaryRow>
                <SummaryRow term=t!("subscription-next")>{next}</SummaryRow>
                <SummaryRow term=t!("subscription-unused")>{unused}</SummaryRow>
                {payment}
            </SummaryList>
            <p>{consent}</p>
            <Form action={Endpoint::of::<api::money::subscriptions::Subscribe>()}>
                <Hidden name="id" value=id/>
                <Hidden name="bundle" value=bundle.id.to_string()/>
                <Hidden name="total" value=total/>
                {methods}
                <div class="actions">
                    <Submit label=t!("subscription-submit")/>
                    <ButtonLink href=paths::BUNDLES label=t!("shop-back") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
    .into_any()
}

fn transferred(form: &SubscriptionForm) -> String {
    if form.at_once {
        t!("subscription-invoice", days = form.due_in_days)
    } else {
        t!("subscription-proforma", days = form.due_in_days)
    }
}

fn methods(form: &SubscriptionForm) -> impl IntoView + use<> {
    let option = |method: PaymentMethod, label, note| RadioOption {
        value: method.code().to_owned(),
        label,
        note: Some(note),
        meta: None,
    };
    let options = vec![
        option(PaymentMethod::Card, t!("shop-card"), t!("subscription-by-card-note")),
        option(PaymentMethod::Transfer, t!("shop-transfer"), transferred(form)),
    ];
    view! {
        <RadioCards name="method" legend=t!("shop-method") options selected=forms::field_value("method", "")/>
    }
}

fn unused(plan: Plan) -> String {
    if plan.comes.rolls() { t!("subscription-rolls") } else { t!("subscription-expires") }
}

/// "60 min každý měsíc, 1 452 Kč s DPH"
fn in_words(plan: Plan, page: &Subscription) -> String {
    let locale = Locale::current();
    t!(
        "subscription-plan",
        minutes = format::minutes(locale, plan.bundle.minutes),
        comes = plan.comes.code(),
        total = format::money(locale, plan.bundle.price.with_vat(page.vat)),
    )
}

/// The customer's subscription.
#[component]
pub fn SubscriptionPage() -> impl IntoView {
    loaded(api::money::subscriptions::subscription_page(), |page| {
        view! {
            <SubscriptionView page/>
            <Live on=LiveView::Customer/>
        }
    })
}

#[component]
fn SubscriptionView(page: Subscription) -> impl IntoView {
    let locale = Locale::current();
    let (title, lead) = headline(&page);
    let period = page.last.map(|last| {
        let last_day = last.until.pred_opt().unwrap_or(last.until);
        let [first, last_day] = [last.first_day, last_day].map(|date| format::date_numeric(locale, date, None));
        let payment = match last.payment {
            PeriodPayment::Paid => t!("subscription-paid"),
            PeriodPayment::Owed => t!("subscription-owed"),
            PeriodPayment::Awaited => t!("subscription-awaited"),
            PeriodPayment::Lapsed => t!("subscription-lapsed"),
        };
        view! {
            <SummaryRow term=t!("subscription-period")>
                {format!("{first} – {last_day}")}
            </SummaryRow>
            <SummaryRow term=t!("subscription-payment")>
                {format!("{payment} ")} <a class="whole" href=paths::purchase(last.purchase)>{last.purchase.to_string()}</a>
            </SummaryRow>
        }
    });
    let left = page.left.map(|left| {
        view! { <SummaryRow term=t!("subscription-left")>{format::minutes(locale, left)}</SummaryRow> }
    });
    let next = page.next.map(|next| in_words(next, &page)).map(|next| {
        view! { <SummaryRow term=t!("subscription-then")>{next}</SummaryRow> }
    });
    let (plan, unused) = (in_words(page.plan, &page), unused(page.plan));
    let forms = (page.may_buy && page.state != SubscriptionState::Ended).then(|| acts(&page));
    view! {
        <Page title lead>
            <div data-live="subscription-facts">
            <SummaryList>
                <SummaryRow term=t!("subscription-of")>{plan}</SummaryRow>
                {next}
                <SummaryRow term=t!("subscription-unused")>{unused}</SummaryRow>
                <SummaryRow term=t!("subscription-method")>{paid_by(&page)}</SummaryRow>
                {period}
                {left}
            </SummaryList>
            </div>
            <div data-live="subscription-acts">{forms}</div>
            <p>
                <a href=paths::BUNDLES>{t!("purchase-all")}</a>
            </p>
        </Page>
    }
}

/// "Kartou visa končící 4242, platí do 31. 12. 2034"
fn paid_by(page: &Subscription) -> String {
    match (page.method, &page.card) {
        (PaymentMethod::Transfer, _) => t!("subscription-by-transfer"),
        (PaymentMethod::Card, None) => t!("subscription-by-card-without"),
        (PaymentMethod::Card, Some(card)) => t!(
            "subscription-by-card",
            brand = card.brand.as_str(),
            last4 = card.last4.as_str(),
            until = format::date_numeric(Locale::current(), card.good_through, None),
        ),
    }
}

/// The fact that matters now, and what follows from it.
fn headline(page: &Subscription) -> (String, String) {
    let date = page.last.map(|last| format::date_numeric(Locale::current(), last.until, None)).unwrap_or_default();
    match (page.state, page.wish) {
        (SubscriptionState::Ended, _) => (t!("subscription-title-ended"), t!("subscription-lead-ended")),
        (SubscriptionState::Paused, _) => (t!("subscription-title-paused"), t!("subscription-lead-paused")),
        (SubscriptionState::Active, Some(SubscriptionWish::End)) => {
            (t!("subscription-title-ends", date = date), t!("subscription-lead-ends"))
        }
        (SubscriptionState::Active, Some(SubscriptionWish::Pause)) => {
            (t!("subscription-title-pauses", date = date), t!("subscription-lead-pauses"))
        }
        (SubscriptionState::Active, None) => {
            let lead = match page.method {
                PaymentMethod::Card => t!("subscription-lead-active-card"),
                PaymentMethod::Transfer => t!("subscription-lead-active"),
            };
            (t!("subscription-title-active", date = date), lead)
        }
    }
}

/// What can be done with it.
fn acts(page: &Subscription) -> impl IntoView + use<> {
    let id = page.id.to_string();
    let act = |act: SubscriptionAct, label: String, kind: ButtonKind| {
        let id = id.clone();
        view! {
            <Form action={Endpoint::of::<api::money::subscriptions::ChangeSubscription>()}>
                <Hidden name="id" value=id/>
                <Hidden name="act" value=act.code().to_owned()/>
                <Submit label kind/>
            </Form>
        }
    };
    let mut buttons = Vec::new();
    match (page.state, page.wish) {
        (SubscriptionState::Paused, _) => {
            buttons.push(act(SubscriptionAct::Resume, t!("subscription-resume"), ButtonKind::Primary));
            buttons.push(act(SubscriptionAct::End, t!("subscription-end"), ButtonKind::Danger));
        }
        (_, Some(_)) => buttons.push(act(SubscriptionAct::Keep, t!("subscription-keep"), ButtonKind::Primary)),
        (_, None) => {
            buttons.push(act(SubscriptionAct::Pause, t!("subscription-pause"), ButtonKind::Secondary));
            buttons.push(act(SubscriptionAct::End, t!("subscription-end"), ButtonKind::Danger));
        }
    }
    if page.method == PaymentMethod::Card {
        buttons.push(act(SubscriptionAct::ByTransfer, t!("subscription-card-leave"), ButtonKind::Secondary));
    }
    let card = page.takes_cards.then(|| {
        let label = match page.method {
            PaymentMethod::Card => t!("subscription-card-change"),
            PaymentMethod::Transfer => t!("subscription-card-save"),
        };
        view! { <ButtonLink href=paths::SUBSCRIPTION_CARD label kind=ButtonKind::Secondary/> }
    });
    let saved = page.card.is_some().then(|| view! { <SavedCardLink/> });
    view! {
        <div class="actions">{buttons} {card}</div>
        {saved}
        {other_plans(page)}
    }
}

fn other_plans(page: &Subscription) -> Option<impl IntoView + use<>> {
    let chosen = page.next.unwrap_or(page.plan).bundle.id.to_string();
    let id = page.id.to_string();
    let option = |plan: &Plan| RadioOption {
        value: plan.bundle.id.to_string(),
        label: in_words(*plan, page),
        note: Some(unused(*plan)),
        meta: None,
    };
    let options: Vec<_> = page.plans.iter().map(option).collect();
    (options.len() > 1).then(|| {
        view! {
            <section class="card" aria-labelledby="change">
                <h2 id="change">{t!("subscription-change")}</h2>
                <p class="field-hint">{t!("subscription-change-hint")}</p>
                <Form action={Endpoint::of::<api::money::subscriptions::ChangeSubscription>()}>
                    <Hidden name="id" value=id/>
                    <Hidden name="act" value=SubscriptionAct::Change.code().to_owned()/>
                    <RadioCards name="plan" legend=t!("subscription-of") options selected=chosen/>
                    <div class="actions">
                        <Submit label=t!("catalogue-save") kind=ButtonKind::Secondary/>
                    </div>
                </Form>
            </section>
        }
    })
}
