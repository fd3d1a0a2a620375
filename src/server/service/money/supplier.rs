//! Who sells. Nobody is asked for money before a manager has confirmed it (design, Supplier).

use crate::{
    model::{
        base::{calendar::to_local, fields::FieldCode, seen::Seen},
        money::{
            supplier::{CompanyPage, SupplierForm},
            tax_documents::Supplier,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            Tx,
            locks::{self, Lock},
            money::supplier,
            retrying,
        },
    },
};

/// What is written of who sells, and whether it is confirmed.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<CompanyPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(match supplier::find(&mut tx).await? {
        Some((supplier, confirmed_at)) => CompanyPage {
            supplier: Some(supplier),
            confirmed_on: confirmed_at.map(|confirmed_at| to_local(confirmed_at).date()),
        },
        None => CompanyPage { supplier: None, confirmed_on: None },
    })
}

/// Writes who sells. Documents that are issued from now on say so; what was issued stays as it is.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right: once confirmed, a change is confirmed, too, as the next document
/// bears it; [`Problem::ChangedMeanwhile`].
pub async fn save(app: &App, _manager: &Manager, typed: &SupplierForm, seen: &Seen) -> Result<(), Problem> {
    let kept = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    let confirmed_at = typed.confirmed.then(|| app.clock.now());
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        locks::take(&mut tx, Lock::Saving).await?;
        let now = supplier::find(&mut tx).await?.map(|(now, _)| SupplierForm::from(now)).unwrap_or_default();
        seen.admit(&now.fields(), &SupplierForm::from(kept.clone()).fields())?;
        if confirmed_at.is_none() && supplier::is_confirmed(&mut tx).await? {
            return Err(Problem::field("company_confirmed", FieldCode::NotConfirmed));
        }
        supplier::save(&mut tx, &kept, confirmed_at).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Who sells, as the next document says it.
pub(crate) async fn confirmed(tx: &mut Tx) -> Result<Supplier, Problem> {
    match supplier::find(tx).await? {
        Some((supplier, Some(_))) => Ok(supplier),
        _ => Err(Problem::SupplierUnconfirmed),
    }
}

/// Refuses a customer who would buy before it is confirmed who sells.
pub(crate) async fn admit_buying(tx: &mut Tx) -> Result<(), Problem> {
    if supplier::is_confirmed(tx).await? { Ok(()) } else { Err(Problem::BuyingNotYet) }
}
