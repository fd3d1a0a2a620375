//! The shop: what is on sale, and what is best for a customer to buy.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};

use crate::{
    model::{
        base::calendar::{midnight, to_local},
        line::settings::LineSettings,
        minutes::{billing_terms::billing_terms, outlook::Outlook},
        money::{
            advice::{Advice, OwnPace, advice},
            bundles::{Bundle, last_day_if_credited},
            pages::{ShopAccount, ShopPage},
            purchases::PurchaseNumber,
            subscriptions::{Plan, SubscriptionState, advised_plan},
        },
        people::members::Capability,
        problem::Problem,
    },
    server::{
        app::App,
        auth::BillingViewer,
        db::{
            Tx,
            line::catalogue,
            minutes::usage::{self, MonthSum},
            money::{purchases, subscriptions, supplier},
            paging::counted,
        },
        service::{minutes::billing_terms, money::subscriptions::average},
    },
};

/// How many purchases a page of the shop's list shows.
const PAGE: usize = 20;
/// How far back usage is summed, in months, this one included.
pub(crate) const MONTHS: u32 = 12;

/// The shop; with `viewer`, what it says to a member who sees the customer's account. `before` continues the list of that
/// customer's purchases.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn shop(
    app: &App,
    viewer: Option<&BillingViewer>,
    before: Option<PurchaseNumber>,
) -> Result<ShopPage, Problem> {
    let now = app.clock.now();
    let mut tx = match viewer {
        Some(viewer) => app.db.member(viewer.customer()).await?,
        None => app.db.system().await?,
    };
    let settings = catalogue::settings(&mut tx, now).await?;
    let bundles = catalogue::bundles(&mut tx, to_local(now).date()).await?;
    let plans = subscriptions::plans(&mut tx, to_local(now).date()).await?;
    let account = match viewer {
        Some(viewer) => Some(account(&mut tx, viewer, &settings, (&bundles, &plans), before, now).await?),
        None => None,
    };
    let with_last_day = |bundle: Bundle| (bundle, last_day_if_credited(now, bundle.validity_months));
    Ok(ShopPage {
        is_open: supplier::is_confirmed(&mut tx).await?,
        bundles: bundles.into_iter().map(with_last_day).collect(),
        plans,
        list_rate_per_minute: settings.list_rate_per_minute,
        vat: settings.vat.of(to_local(now).date()),
        minimum_with_bundle: settings.minimum_with_contract,
        minimum_one_off: settings.minimum_one_off,
        account,
        hides_terms: false,
    })
}

async fn account(
    tx: &mut Tx,
    viewer: &BillingViewer,
    settings: &LineSettings,
    (bundles, plans): (&[Bundle], &[Plan]),
    before: Option<PurchaseNumber>,
    now: DateTime<Utc>,
) -> Result<ShopAccount, Problem> {
    let customer = viewer.customer();
    let since = summed_since(to_local(now).date());
    let sums = usage::by_month(tx, customer, since).await?;
    let first = usage::first_intervention(tx, customer, midnight(since)).await?;
    let outlook = billing_terms::outlook(tx, customer, None, now).await?;
    let terms = billing_terms(&outlook, settings, now);
    let this = to_local(now).date().with_day(1).unwrap_or_default();
    let month = average(&sums, this);
    let subscription = subscriptions::of_customer(tx, customer).await?;
    let page = purchases::of_customer(tx, customer, before, PAGE).await?;
    Ok(ShopAccount {
        may_buy: viewer.may(Capability::Buy),
        free: terms.free(),
        reserved: terms.reserved,
        rates: terms.rates,
        minimum_minutes: terms.minimum_minutes,
        has_contract: terms.has_contract,
        advice: advise(&outlook, (&sums, first), settings, bundles),
        advised_plan: advised_plan(month, terms.rates.normal, plans),
        subscribes: subscription.is_some_and(|found| found.standing.state != SubscriptionState::Ended),
        purchases: counted(page, before.is_none(), purchases::count_of_customer(tx, customer)).await?,
    })
}

/// What is best for a customer to buy now, if anything.
///
/// * `sums`, `first` – what was used since [`summed_since`], and when the first of it was
pub(crate) fn advise(
    outlook: &Outlook,
    (sums, first): (&[MonthSum], Option<DateTime<Utc>>),
    settings: &LineSettings,
    bundles: &[Bundle],
) -> Option<Advice> {
    let today = to_local(outlook.now()).date();
    let used = sums.iter().map(|sum| sum.minutes).sum();
    let pace = first.map(|first| OwnPace::of(used, to_local(first).date(), today));
    advice(outlook, pace, settings.list_rate_per_minute, bundles)
}

/// From when usage is summed: the months that the page of usage shows, this one and those before it.
pub(crate) fn summed_since(today: NaiveDate) -> NaiveDate {
    today.with_day(1).unwrap_or(today) - Months::new(MONTHS - 1)
}
