//! Customers as the vendor's people keep them: what is kept, on which terms transfers are paid, and whether they may order.

use uuid::Uuid;

use crate::{
    model::{
        base::{
            fields::{FieldCode, keep_lines},
            ids::CustomerId,
            seen::Seen,
        },
        people::customers::{CustomerFormPage, TypedCustomer},
        problem::Problem,
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::{
        app::App,
        auth::{
            Desk, Manager,
            events::{SecurityEvent, record},
        },
        db::{
            OnConstraint,
            line::catalogue,
            locks::{self, Lock},
            people::customers,
            retrying,
        },
    },
};

/// The form of a customer, or of one to be added when none is named.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn form_page(app: &App, _desk: &Desk, id: Option<CustomerId>) -> Result<CustomerFormPage, Problem> {
    let mut tx = app.db.staff().await?;
    let customer = match id {
        Some(id) => Some((id, customers::facts(&mut tx, id).await?.ok_or(Problem::NotFound)?)),
        None => None,
    };
    let regions = catalogue::regions(&mut tx, app.clock.now()).await?.into_iter().map(|region| region.name).collect();
    Ok(CustomerFormPage { customer, regions, key: app.random.uuid() })
}

/// Adds a customer.
///
/// * `key` – of the form: sent twice, it adds one
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, an IČO that another customer has included.
pub async fn add(app: &App, _desk: &Desk, typed: &TypedCustomer, key: Uuid) -> Result<CustomerId, Problem> {
    let facts = typed.check(None).map_err(|fields| Problem::Invalid { fields })?;
    let added = retrying(|| async {
        let mut tx = app.db.staff().await?;
        // The same form at the same moment is waited for, and found under the key before the IČO is found taken.
        locks::take(&mut tx, Lock::Saving).await?;
        if let Some(id) = customers::by_key(&mut tx, key).await? {
            return Ok(id);
        }
        let id = customers::insert(&mut tx, &facts, key, app.clock.now())
            .await
            .on_constraints([("ico_is_one_customers", ico_used()), ("one_customer_of_a_form", Problem::Conflict)])?;
        tx.commit().await?;
        Ok(id)
    })
    .await?;
    record(SecurityEvent::AddressChanged(added));
    Ok(added)
}

/// Writes what is kept of a customer. What was issued stays as it is.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::ChangedMeanwhile`], [`Problem::NotFound`].
pub async fn save(app: &App, _desk: &Desk, id: CustomerId, typed: &TypedCustomer, seen: &Seen) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let known = customers::facts(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let facts = typed.check(known.ico.as_deref()).map_err(|fields| Problem::Invalid { fields })?;
    seen.admit(&known.fields(), &facts.fields())?;
    let address_needed = Problem::field("street", FieldCode::Missing);
    customers::update(&mut tx, id, &facts)
        .await
        .on_constraints([("ico_is_one_customers", ico_used()), ("who_bought_stays_named", address_needed)])?;
    tx.commit().await?;
    record(SecurityEvent::AddressChanged(id));
    Ok(())
}

fn ico_used() -> Problem {
    Problem::field("ico", FieldCode::AlreadyUsed)
}

/// Keeps a customer from ordering and buying, for a reason that its people read. What is agreed stays.
///
/// * `spares_urgent` – whether urgent help may still be ordered
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::NotFound`].
pub async fn block(
    app: &App,
    manager: &Manager,
    id: CustomerId,
    reason: &str,
    spares_urgent: bool,
) -> Result<(), Problem> {
    let reason = keep_lines(reason, NOTE_MIN..=NOTE_MAX).map_err(|code| Problem::field("reason", code))?;
    let mut tx = app.db.staff().await?;
    let found = customers::block(&mut tx, id, manager.id(), (&reason, spares_urgent), app.clock.now()).await?;
    tx.commit().await?;
    if !found {
        return Err(Problem::NotFound);
    }
    record(SecurityEvent::CustomerBlocked(id));
    Ok(())
}

/// Lets a customer order and buy again.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn unblock(app: &App, _manager: &Manager, id: CustomerId) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    let found = customers::unblock(&mut tx, id).await?;
    tx.commit().await?;
    if !found {
        return Err(Problem::NotFound);
    }
    record(SecurityEvent::CustomerUnblocked(id));
    Ok(())
}

/// Ends that somebody is a customer, or begins it again: the people of one that is not are signed out and cannot sign in, and
/// nothing is ordered. What was agreed, done and billed stays.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn set_active(app: &App, _manager: &Manager, id: CustomerId, active: bool) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    let found =
        customers::set_active(&mut tx, id, active).await.on_constraint("merged_is_no_customer", Problem::Conflict)?;
    tx.commit().await?;
    if !found {
        return Err(Problem::NotFound);
    }
    record(if active { SecurityEvent::CustomerReturned(id) } else { SecurityEvent::CustomerLeft(id) });
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
