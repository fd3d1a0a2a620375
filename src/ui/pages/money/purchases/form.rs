//! `/bundles/{bundle}/purchase`: how many, how it is paid, and what it comes to.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::ids::BundleId,
        money::{
            bundles::MOST_PIECES,
            pages::PurchaseForm,
            purchases::{PaymentMethod, Purchase, check_quantity},
        },
        paths,
        problem::Problem,
    },
    ui::{
        self, DemoMode,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Notice, NoticeKind, Page, RadioCards, RadioOption, Submit,
            TextField, loaded,
        },
        format, forms,
        texts::{Locale, t},
    },
};

/// The form of a purchase.
#[component]
pub fn PurchaseFormPage() -> impl IntoView {
    let bundle = ui::path_value("bundle");
    let typed = Typed::now();
    // What cannot be ordered is said beside its field; the summary then shows one piece.
    let quantity = check_quantity(&typed.quantity).unwrap_or(1);
    let form = async move { api::money::purchases::purchase_form(bundle?, quantity).await };
    loaded(form, move |form| view! { <PurchaseFormView form typed/> })
}

/// What the fields hold: from the form that came back, else from the address, to which recounting leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// How many pieces.
    pub quantity: String,
    /// The customer's own reference.
    pub reference: String,
    /// How it is paid.
    pub method: String,
}

impl Typed {
    fn now() -> Self {
        let field = |name: &str, initial: &str| {
            forms::field_value(name, &ui::query_value(name).unwrap_or_else(|| initial.to_owned()))
        };
        Self { quantity: field("quantity", "1"), reference: field("reference", ""), method: field("method", "") }
    }
}

/// The form with its summary.
#[component]
pub fn PurchaseFormView(
    /// What is ordered.
    form: PurchaseForm,
    /// What its fields hold.
    typed: Typed,
) -> impl IntoView {
    let locale = Locale::current();
    let title = t!("shop-form-title", minutes = format::minutes(locale, form.bundle.minutes));
    let lead = t!(
        "shop-form-lead",
        price = format::money(locale, form.bundle.price),
        rate = format::money(locale, form.bundle.per_minute()),
    );
    if form.asks_address {
        return view! { <AskAddress title bundle=form.bundle.id subscribing=false/> }.into_any();
    }
    view! {
        <Page title lead>
            {placed_before()}
            <Form action={Endpoint::of::<api::money::purchases::Buy>()}>
                <Hidden name="id" value=identity(&form)/>
                <Hidden name="bundle" value=form.bundle.id.to_string()/>
                <Hidden name="total" value=form.quote.total.haler().to_string()/>
                <div class="recount">
                    <TextField
                        name="quantity"
                        label=t!("shop-quantity")
                        hint=t!("shop-quantity-hint", max = MOST_PIECES)
                        value=typed.quantity
                        inputmode="numeric"
                        short=true
                    />
                    // The first button of the form: whoever presses Enter in a field recounts and buys nothing.
                    <Submit label=t!("shop-recount") kind=ButtonKind::Secondary name="recount" value="true"/>
                </div>
                <TextField
                    name="reference"
                    label=t!("shop-reference")
                    hint=t!("shop-reference-hint")
                    value=typed.reference
                    optional=true
                />
                <RadioCards name="method" legend=t!("shop-method") options=methods(&form) selected=typed.method/>
                <Summary form/>
                <div class="actions">
                    <Submit label=t!("shop-submit")/>
                    <ButtonLink href=paths::BUNDLES label=t!("shop-back") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
    .into_any()
}

/// Where the customer is, asked once and before anything is bought: a tax document has to say it.
#[component]
pub fn AskAddress(
    /// What is to be bought.
    title: String,
    /// Of which bundle or plan.
    bundle: BundleId,
    /// Whether it goes on to subscribing.
    subscribing: bool,
) -> impl IntoView {
    let field = |name: &'static str| forms::field_value(name, "");
    view! {
        <Page title lead=t!("shop-address-lead")>
            <Form action={Endpoint::of::<api::money::purchases::CompleteAddress>()}>
                <Hidden name="bundle" value=bundle.to_string()/>
                {subscribing.then(|| view! { <Hidden name="subscribing" value="true".to_owned()/> })}
                <TextField name="street" label=t!("customer-street") value=field("street")/>
                <TextField name="city" label=t!("customer-city") value=field("city")/>
                <TextField name="postal_code" label=t!("customer-postal-code") value=field("postal_code") short=true/>
                <div class="actions">
                    <Submit label=t!("shop-address-submit")/>
                    <ButtonLink href=paths::BUNDLES label=t!("shop-back") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}

/// The identity of the purchase to be. A form that came back keeps its own, as the first try may have been stored though its
/// answer was lost; only where that identity stands for something else it takes a new one.
fn identity(form: &PurchaseForm) -> String {
    let fresh = form.id.to_string();
    match forms::returned() {
        Some(returned) if returned.problem != Problem::Conflict => forms::field_value("id", &fresh),
        _ => fresh,
    }
}

/// A form that was sent before and has been changed since: the first purchase stands.
fn placed_before() -> Option<impl IntoView> {
    forms::returned().filter(|returned| returned.problem == Problem::Conflict).map(|_| {
        view! {
            <Notice kind=NoticeKind::Soon title=t!("shop-placed-before")>
                <p>
                    {t!("shop-placed-before-body")} " " <a href=paths::PURCHASES>{t!("shop-purchases")}</a>
                </p>
            </Notice>
        }
    })
}

fn methods(form: &PurchaseForm) -> Vec<RadioOption> {
    let option = |method: PaymentMethod, label, note| RadioOption {
        value: method.code().to_owned(),
        label,
        note: Some(note),
        meta: None,
    };
    let by_card = form.card.then(|| {
        let note = if DemoMode::is_on() {
            format!("{} {}", t!("shop-card-note"), t!("shop-card-demo"))
        } else {
            t!("shop-card-note")
        };
        option(PaymentMethod::Card, t!("shop-card"), note)
    });
    let note = if form.at_once {
        t!("shop-transfer-at-once", days = form.due_in_days)
    } else if form.is_frozen {
        t!("shop-transfer-frozen")
    } else if form.is_over_limit {
        t!("shop-transfer-over-limit")
    } else {
        t!("shop-transfer-note", days = form.due_in_days)
    };
    let note = match form.credit_left {
        Some(left) => format!("{note} {}", t!("shop-credit-left", left = format::money(Locale::current(), left))),
        None => note,
    };
    let note = if form.quote.total > Purchase::CARD_MAX {
        let most = format::money(Locale::current(), Purchase::CARD_MAX);
        format!("{note} {}", t!("shop-card-too-much", most = most))
    } else {
        note
    };
    by_card.into_iter().chain([option(PaymentMethod::Transfer, t!("shop-transfer"), note)]).collect()
}

/// What it comes to: the last thing that is read before the button.
#[component]
fn Summary(form: PurchaseForm) -> impl IntoView {
    let locale = Locale::current();
    let (quote, bundle) = (form.quote, form.bundle);
    let pieces = t!(
        "shop-pieces",
        quantity = quote.quantity,
        minutes = format::minutes(locale, bundle.minutes),
        price = format::money(locale, bundle.price),
    );
    view! {
        <section class="calculation" aria-labelledby="summary">
            <h2 id="summary">{t!("shop-summary")}</h2>
            <dl>
                <div>
                    <dt>{pieces}</dt>
                    <dd>{format::money(locale, quote.price)}</dd>
                </div>
                <div class="calculation-part">
                    <dt>{t!("shop-vat", rate = format::percent(locale, quote.vat))}</dt>
                    <dd>{format::money(locale, quote.total - quote.price)}</dd>
                </div>
                <div class="calculation-total">
                    <dt>{t!("shop-total")}</dt>
                    <dd>{format::money(locale, quote.total)}</dd>
                </div>
            </dl>
            <p>
                {t!(
                    "shop-get", minutes = format::minutes(locale, quote.minutes), date = format::date_numeric(locale,
                    form.last_day, None),
                )}
            </p>
        </section>
    }
}
