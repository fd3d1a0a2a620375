//! Customers as managers keep them: the address that documents bear, and on which terms transfers are paid.

use crate::{
    model::{base::ids::CustomerId, people::customers::Address, problem::Problem},
    server::{
        app::App,
        auth::{
            Manager,
            events::{SecurityEvent, record},
        },
        db::people::customers,
    },
};

/// Writes the address and the DIČ of a customer, as documents bear them from now on.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::NotFound`].
pub async fn save_address(app: &App, _manager: &Manager, customer: CustomerId, typed: &Address) -> Result<(), Problem> {
    let address = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    let mut tx = app.db.staff().await?;
    let found = customers::save_address(&mut tx, customer, &address).await?;
    tx.commit().await?;
    if !found {
        return Err(Problem::NotFound);
    }
    record(SecurityEvent::AddressChanged(customer));
    Ok(())
}

/// Sets whether a customer has the minutes at once when paying by transfer, against an invoice.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn set_trusted(app: &App, _manager: &Manager, customer: CustomerId, trusted: bool) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    let found = customers::set_trusted(&mut tx, customer, trusted).await?;
    tx.commit().await?;
    if !found {
        return Err(Problem::NotFound);
    }
    record(if trusted { SecurityEvent::TrustGiven(customer) } else { SecurityEvent::TrustTaken(customer) });
    Ok(())
}
