//! Rows of imported and exported tables, as JSON with the columns of `model::ordering::imports`: many at a time, by one statement
//! each.

mod appointments;
mod balances;
mod customers;
mod invoices;
mod keeping;
mod line;
mod opening;
mod planning;
mod runs;
mod terms;
mod vendor;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde_json::Value;

pub use balances::{CreditedBalance, credited_balances};
pub use keeping::keep_files;
pub use runs::{last, note, tell_nobody};

use crate::{
    model::{
        base::{calendar::to_local, ids::StaffId},
        ordering::imports::ImportKind,
    },
    server::db::{
        DbError, Tx,
        locks::{self, Lock},
    },
};

/// What a table is about, by which its statements stand together.
enum Area {
    Line,
    Vendor,
    Planning,
    Opening,
    Customers,
    Keeping,
    Terms,
    Invoices,
    Appointments,
}

const fn area(kind: ImportKind) -> Area {
    match kind {
        ImportKind::Regions | ImportKind::Tiers => Area::Line,
        ImportKind::Plans | ImportKind::Absences | ImportKind::Closures => Area::Planning,
        ImportKind::ProgramVersions
        | ImportKind::Computers
        | ImportKind::ComputerPrograms
        | ImportKind::ContractFiles
        | ImportKind::Standings => Area::Keeping,
        ImportKind::Skills | ImportKind::Programs | ImportKind::WorkTypes | ImportKind::Technicians => Area::Vendor,
        ImportKind::Series | ImportKind::Prices | ImportKind::Bundles => Area::Opening,
        ImportKind::Customers | ImportKind::People | ImportKind::Contacts | ImportKind::Licences => Area::Customers,
        ImportKind::Contracts | ImportKind::Balances => Area::Terms,
        ImportKind::Invoices => Area::Invoices,
        ImportKind::Appointments => Area::Appointments,
    }
}

/// Why the database does not take a row, as far as its line can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Something else has it already.
    Used,
    /// Somebody else was erased under its number.
    ErasedNumberUsed,
    /// It overlaps with something else.
    Overlaps,
    /// It names what there is not.
    Nowhere,
    /// It is none that could be added.
    LeftOut,
    /// It breaks another rule.
    Broken,
}

impl Refusal {
    /// What kind of rule an error speaks of; none when it is about something else than the row.
    #[must_use]
    pub fn of(error: &DbError) -> Option<Self> {
        let DbError::Sqlx(sqlx::Error::Database(error)) = error else { return None };
        match error.code()?.as_ref() {
            "23505" if error.constraint() == Some("erased_number_is_one_persons") => Some(Self::ErasedNumberUsed),
            "23505" => Some(Self::Used),
            "23P01" => Some(Self::Overlaps),
            "23503" => Some(Self::Nowhere),
            // Checks, what must not be null, what is too large, and what our own triggers raise.
            code if code.starts_with("23") || code.starts_with("22") || code.starts_with("LK") => Some(Self::Broken),
            _ => None,
        }
    }
}

/// Which of some keys are known.
///
/// # Errors
/// When the database fails.
pub async fn known(tx: &mut Tx, kind: ImportKind, keys: &[String]) -> Result<HashSet<String>, DbError> {
    let known = match area(kind) {
        Area::Vendor => vendor::known(tx, kind, keys).await?,
        Area::Customers => customers::known(tx, kind, keys).await?,
        Area::Keeping => keeping::known(tx, kind, keys).await?,
        Area::Terms => terms::known(tx, kind, keys).await?,
        Area::Line | Area::Planning | Area::Opening | Area::Invoices | Area::Appointments => Vec::new(),
    };
    Ok(known.into_iter().collect())
}

/// Gives the keys of rows to what was there before and is the same by its own number, name or address.
///
/// # Errors
/// When the database fails.
pub async fn adopt(tx: &mut Tx, kind: ImportKind, rows: &Value) -> Result<(), DbError> {
    match area(kind) {
        Area::Vendor => vendor::adopt(tx, kind, rows).await,
        Area::Customers => customers::adopt(tx, kind, rows).await,
        Area::Opening if kind == ImportKind::Bundles => opening::adopt_bundles(tx, rows).await,
        Area::Terms => terms::adopt(tx, kind, rows).await,
        // The others have keys of their own.
        Area::Line | Area::Planning | Area::Opening | Area::Keeping | Area::Invoices | Area::Appointments => Ok(()),
    }
}

/// Which of some rows have a history that an import does not write.
///
/// # Errors
/// When the database fails.
pub async fn settled(
    tx: &mut Tx,
    kind: ImportKind,
    keys: &[String],
    now: DateTime<Utc>,
) -> Result<HashSet<String>, DbError> {
    let today = to_local(now).date();
    let settled = match area(kind) {
        Area::Opening => opening::settled(tx, kind, keys, today).await?,
        Area::Terms if kind == ImportKind::Contracts => terms::settled_contracts(tx, keys, today).await?,
        Area::Invoices => invoices::settled(tx, keys).await?,
        Area::Customers if kind == ImportKind::People => customers::erased_people(tx, keys).await?,
        _ => Vec::new(),
    };
    Ok(settled.into_iter().collect())
}

/// The rows of some keys as they are kept, in the order of the keys; bundles and regions in theirs.
///
/// # Errors
/// When the database fails.
pub async fn stored(tx: &mut Tx, kind: ImportKind, keys: &[String], now: DateTime<Utc>) -> Result<Vec<Value>, DbError> {
    match area(kind) {
        Area::Line => line::stored(tx, kind, keys, now).await,
        Area::Planning => planning::stored(tx, kind, keys).await,
        Area::Keeping => keeping::stored(tx, kind, keys).await,
        Area::Opening => opening::stored(tx, kind, keys, now).await,
        Area::Vendor => vendor::stored(tx, kind, keys, now).await,
        Area::Customers => customers::stored(tx, kind, keys).await,
        Area::Terms => terms::stored(tx, kind, keys).await,
        Area::Invoices => invoices::stored(tx, keys).await,
        Area::Appointments => appointments::stored(tx, keys).await,
    }
}

/// Adds rows that are not known; false when not all of them were added.
///
/// * `by` – nobody when the command does it
/// * `is_trial` – nothing of it will stay
///
/// # Errors
/// When the database fails, or does not take one of them: see [`Refusal::of`].
pub async fn insert(
    tx: &mut Tx,
    kind: ImportKind,
    rows: &Value,
    by: Option<StaffId>,
    now: DateTime<Utc>,
    is_trial: bool,
) -> Result<bool, DbError> {
    match area(kind) {
        Area::Line => line::insert(tx, kind, rows).await?,
        Area::Planning => return planning::insert(tx, kind, rows, is_trial).await,
        Area::Opening => opening::insert(tx, kind, rows, by, now).await?,
        Area::Vendor => vendor::insert(tx, kind, rows, now).await?,
        Area::Customers => customers::insert(tx, kind, rows, now).await?,
        Area::Keeping => keeping::insert(tx, kind, rows).await?,
        Area::Terms => return terms::insert(tx, kind, rows, now).await,
        Area::Invoices => invoices::insert(tx, rows, now).await?,
        Area::Appointments => return appointments::agree(tx, rows, now, is_trial).await,
    }
    Ok(true)
}

/// Writes what rows say in place of what was known; false when not all of them were written. What of the catalogue changes from a
/// day on changes at `now`, and only while nobody else changes it ([`Lock::CatalogueChanges`]).
///
/// * `by` – nobody when the command does it
///
/// # Errors
/// When the database fails, or does not take one of them: see [`Refusal::of`].
pub async fn update(
    tx: &mut Tx,
    kind: ImportKind,
    rows: &Value,
    by: Option<StaffId>,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    if matches!(kind, ImportKind::Regions | ImportKind::Tiers | ImportKind::WorkTypes) {
        locks::take(tx, Lock::CatalogueChanges).await?;
    }
    match area(kind) {
        Area::Line => line::update(tx, kind, rows, now).await?,
        Area::Planning => return planning::update(tx, kind, rows).await,
        Area::Opening => opening::update(tx, kind, rows, by, now).await?,
        Area::Vendor => vendor::update(tx, kind, rows, now).await?,
        Area::Customers => customers::update(tx, kind, rows).await?,
        Area::Keeping => keeping::update(tx, kind, rows, by).await?,
        Area::Terms => terms::update(tx, kind, rows, now).await?,
        Area::Invoices => invoices::update(tx, rows).await?,
        // What is agreed is moved in the portal.
        Area::Appointments => {}
    }
    Ok(true)
}
