//! Bundles: added, sold otherwise from a day on, put in order and retired by managers. What was bought keeps its terms.

use chrono::{Days, NaiveDate};

use crate::{
    model::{
        base::{calendar::to_local, fields::FieldCode, ids::BundleId},
        money::price_list::{BundleTerms, KeptBundle, KeptBundlePage, PriceListPage, TypedBundle, day},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{Tx, money::price_list, retrying},
    },
};

/// All bundles.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<PriceListPage, Problem> {
    let today = today(app);
    let mut tx = app.db.staff().await?;
    let all = price_list::all(&mut tx, None).await?;
    let (mut retired, on_sale): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|kept| kept.until.is_some_and(|until| until < today));
    retired.sort_by_key(|kept| std::cmp::Reverse(kept.until));
    Ok(PriceListPage { today, on_sale, retired })
}

/// One bundle.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn bundle_page(app: &App, _manager: &Manager, id: BundleId) -> Result<KeptBundlePage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(KeptBundlePage { today: today(app), kept: find(&mut tx, id).await? })
}

/// Sells one more bundle from a day on; the same form once more finds it there.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
pub async fn add(app: &App, _manager: &Manager, typed: &TypedBundle) -> Result<(), Problem> {
    let terms = typed.check(today(app)).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        price_list::lock(&mut tx).await?;
        if price_list::all(&mut tx, None).await?.iter().any(|kept| is_sold_so(kept, &terms)) {
            return Ok(());
        }
        price_list::insert(&mut tx, &terms, None).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Sells a bundle otherwise from a day on: another one takes its place. The same form once more finds it done.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; the day is after the one from which on it is sold as it is.
/// [`Problem::Conflict`] when its end is planned already.
pub async fn change(app: &App, _manager: &Manager, id: BundleId, typed: &TypedBundle) -> Result<(), Problem> {
    let terms = typed.check(today(app)).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        price_list::lock(&mut tx).await?;
        let kept = find(&mut tx, id).await?;
        if kept.comes != terms.comes {
            return Err(Problem::field("comes", FieldCode::Unknown));
        }
        if kept.until.is_some() {
            let all = price_list::all(&mut tx, None).await?;
            let is_done = all.iter().any(|other| other.place == kept.place && is_sold_so(other, &terms));
            return if is_done { Ok(()) } else { Err(Problem::Conflict) };
        }
        end(&mut tx, &kept, terms.from).await?;
        price_list::insert(&mut tx, &terms, Some(kept.place)).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Sells a bundle until before a day. The same form once more finds it done.
///
/// # Errors
/// As [`change`].
pub async fn retire(app: &App, _manager: &Manager, id: BundleId, from: &str) -> Result<(), Problem> {
    let from = day(from, today(app)).map_err(|code| Problem::field("retired_from", code))?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        price_list::lock(&mut tx).await?;
        let kept = find(&mut tx, id).await?;
        if let Some(until) = kept.until {
            return if until.succ_opt() == Some(from) { Ok(()) } else { Err(Problem::Conflict) };
        }
        end(&mut tx, &kept, from).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Exchanges a bundle with the one before it in the shop.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn move_up(app: &App, _manager: &Manager, id: BundleId) -> Result<(), Problem> {
    let today = today(app);
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        price_list::lock(&mut tx).await?;
        let kept = find(&mut tx, id).await?;
        let all = price_list::all(&mut tx, None).await?;
        let places = all.iter().filter(|other| other.until.is_none_or(|until| until >= today)).map(|other| other.place);
        if let Some(before) = places.filter(|place| *place < kept.place).max() {
            price_list::exchange(&mut tx, kept.place, before).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// The day on which it is.
pub(super) fn today(app: &App) -> NaiveDate {
    to_local(app.clock.now()).date()
}

async fn find(tx: &mut Tx, id: BundleId) -> Result<KeptBundle, Problem> {
    price_list::all(tx, Some(id)).await?.pop().ok_or(Problem::NotFound)
}

/// Whether a bundle is sold so: what a form that came twice finds.
fn is_sold_so(kept: &KeptBundle, terms: &BundleTerms) -> bool {
    let KeptBundle { bundle, comes, from, .. } = kept;
    (bundle.minutes, bundle.price, bundle.validity_months, *from, *comes)
        == (terms.minutes, terms.price, terms.validity_months, terms.from, terms.comes)
}

/// What is sold from a day on cannot end on it: it is somebody's already, or its first day was today.
async fn end(tx: &mut Tx, kept: &KeptBundle, before: NaiveDate) -> Result<(), Problem> {
    if before < kept.from + Days::new(1) {
        return Err(Problem::field("sold_from", FieldCode::OutOfRange));
    }
    Ok(price_list::end(tx, kept.bundle.id, before).await?)
}
