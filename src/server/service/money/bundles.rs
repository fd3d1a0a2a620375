//! The shop: what is on sale, and what a customer's own usage suggests.

use chrono::{DateTime, Datelike, Months, Utc};

use crate::{
    model::{
        base::calendar::{midnight, to_local},
        money::{
            bundles::{Bundle, Suggestion, last_day_if_credited},
            pages::{ShopAccount, ShopPage},
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
            minutes::{contracts, usage},
            money::purchases,
        },
    },
};

/// How many purchases the shop lists.
const LATEST: i64 = 20;
/// How far back usage is looked at, in months.
const MONTHS: u32 = 12;

/// The shop; with `viewer`, what it says to a member who sees the customer's account.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn shop(app: &App, viewer: Option<&BillingViewer>) -> Result<ShopPage, Problem> {
    let now = app.clock.now();
    let mut tx = match viewer {
        Some(viewer) => app.db.member(viewer.customer()).await?,
        None => app.db.system().await?,
    };
    let settings = catalogue::settings(&mut tx).await?;
    let bundles = catalogue::bundles(&mut tx, to_local(now).date()).await?;
    let account = match viewer {
        Some(viewer) => Some(account(&mut tx, viewer, &bundles, now).await?),
        None => None,
    };
    let with_last_day = |bundle: Bundle| (bundle, last_day_if_credited(now, bundle.validity_months));
    Ok(ShopPage {
        bundles: bundles.into_iter().map(with_last_day).collect(),
        list_rate_per_minute: settings.list_rate_per_minute,
        vat: settings.vat,
        minimum_with_bundle: settings.minimum_with_contract,
        minimum_one_off: settings.minimum_one_off,
        account,
    })
}

async fn account(
    tx: &mut Tx,
    viewer: &BillingViewer,
    bundles: &[Bundle],
    now: DateTime<Utc>,
) -> Result<ShopAccount, Problem> {
    let customer = viewer.customer();
    let today = to_local(now).date();
    // The months that the page of usage shows: this one and those before it.
    let since = today.with_day(1).unwrap_or(today) - Months::new(MONTHS - 1);
    let over: u32 = usage::by_month(tx, customer, since).await?.iter().map(|sum| sum.over_minutes).sum();
    let used = over + usage::drawn_from_bundles(tx, customer, midnight(since)).await?;
    let has_contract = contracts::valid_at(tx, customer, today).await?.is_some();
    let purchases = purchases::of_customer(tx, customer, LATEST).await?;
    Ok(ShopAccount {
        may_buy: viewer.may(Capability::Buy),
        suggestion: Suggestion::of(used, has_contract, bundles),
        purchases: purchases.into_iter().map(|stored| stored.purchase).collect(),
    })
}
