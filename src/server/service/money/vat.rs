//! Rates of VAT by date.

use chrono::NaiveDate;

use crate::{
    model::{
        base::{calendar::to_local, money::VatRate},
        money::vat::{ComingRate, VatPage, VatPreview},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{line::catalogue, money::vat},
    },
};

/// All rates, and what a coming one would change; one that is not right changes nothing.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager, coming: &ComingRate) -> Result<VatPage, Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.staff().await?;
    let settings = catalogue::settings(&mut tx, now).await?;
    let preview = match coming.check(&settings.vat, today) {
        Ok((vat_from, after)) => Some(VatPreview {
            vat_from,
            before: settings.vat.of(vat_from.pred_opt().unwrap_or(vat_from)),
            after,
            list_rate: settings.list_rate_per_minute,
            bundles: catalogue::bundles(&mut tx, today).await?,
        }),
        Err(_) => None,
    };
    Ok(VatPage { rates: settings.vat, today, preview })
}

/// Checks a coming rate, which is shown before it is written.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
pub async fn check(app: &App, _manager: &Manager, coming: &ComingRate) -> Result<(NaiveDate, VatRate), Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let rates = catalogue::settings(&mut app.db.staff().await?, now).await?.vat;
    coming.check(&rates, today).map_err(|fields| Problem::Invalid { fields })
}

/// Writes a coming rate. Doing it again changes nothing.
///
/// # Errors
/// As [`check`].
pub async fn save(app: &App, _manager: &Manager, coming: &ComingRate) -> Result<(), Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.staff().await?;
    let rates = catalogue::settings(&mut tx, now).await?.vat;
    let (vat_from, rate) = coming.check(&rates, today).map_err(|fields| Problem::Invalid { fields })?;
    vat::put(&mut tx, vat_from, rate).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a rate back that has not begun; one that has stays.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn remove(app: &App, _manager: &Manager, vat_from: NaiveDate) -> Result<(), Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    vat::remove(&mut tx, vat_from, today).await?;
    tx.commit().await?;
    Ok(())
}
