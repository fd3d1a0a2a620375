//! Advisory locks: what waits for what beyond the rows of a table. Every one of them is taken here and ends with its
//! transaction.
//!
//! A key is a name and a number, hashed by the database; `take_slot()` of the migrations takes one of the same shape.

use sqlx::{PgConnection, PgPool};

use super::{connections::Tx, error::DbError};
use crate::model::base::ids::{CustomerId, MemberId, ProgramId, PurchaseId, StaffId};

/// What only one transaction does at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock<'a> {
    /// Changing the schemas of others that live in our database.
    SchemasOfOthers,
    /// Loading the demo's data.
    Demo,
    /// Taking over tables.
    Imports,
    /// Deciding what payments pay.
    BankPayments,
    /// Changing on which days the line is closed: whoever agrees anything shares it, and waits.
    Closures,
    /// Placing requests in the desk's queue.
    Standings,
    /// Asking those who wait for an earlier time, each in their turn.
    EarlierTimes,
    /// Saving a form of something that is kept: what it was made from is compared with what is there.
    Saving,
    /// Changing the catalogue from a day on.
    CatalogueChanges,
    /// Changing how the line works; the trigger `line_opens_before_it_closes` takes the same.
    LineChanges,
    /// Changing what a member holds.
    HoldsOf(MemberId),
    /// Agreeing appointments of a customer: each is promised what those before it leave free.
    PromisesTo(CustomerId),
    /// Placing purchases of a customer.
    PurchasesOf(CustomerId),
    /// Keeping files of a customer.
    FilesOf(CustomerId),
    /// Beginning drafts of a member.
    DraftsOf(MemberId),
    /// Writing down outages of a program.
    OutagesOf(ProgramId),
    /// Changing a technician's blocks of text.
    BlocksOf(StaffId),
    /// Starting and stopping a technician's clock.
    ClockOf(StaffId),
    /// Placing a purchase under an id that a browser made.
    PlacingOf(PurchaseId),
    /// Counting the failures of a subject to sign in.
    SignInsOf(&'a [u8; 32]),
}

impl Lock<'_> {
    fn key(self) -> (String, i64) {
        match self {
            Lock::SchemasOfOthers => ("schemas of others".to_owned(), 0),
            Lock::Demo => ("linka demo".to_owned(), 0),
            Lock::Imports => ("imports".to_owned(), 0),
            Lock::BankPayments => ("bank payments".to_owned(), 0),
            Lock::Closures => ("closures".to_owned(), 0),
            Lock::Standings => ("standings".to_owned(), 0),
            Lock::EarlierTimes => ("earlier times".to_owned(), 0),
            Lock::Saving => ("saving a form".to_owned(), 0),
            Lock::CatalogueChanges => ("changes of the catalogue".to_owned(), 0),
            Lock::LineChanges => ("changes of the line".to_owned(), 0),
            Lock::HoldsOf(member) => ("holds of a member".to_owned(), member.0),
            Lock::PromisesTo(customer) => ("promises to a customer".to_owned(), customer.0),
            Lock::PurchasesOf(customer) => ("purchases of a customer".to_owned(), customer.0),
            Lock::FilesOf(customer) => ("files of a customer".to_owned(), customer.0),
            Lock::OutagesOf(program) => ("outages of a program".to_owned(), program.0),
            Lock::BlocksOf(technician) => ("blocks of a technician".to_owned(), technician.0),
            Lock::DraftsOf(member) => ("drafts of a member".to_owned(), member.0),
            Lock::ClockOf(technician) => ("clock of a technician".to_owned(), technician.0),
            Lock::PlacingOf(order) => (order.to_string(), 0),
            Lock::SignInsOf(subject) => (hex::encode(subject), 0),
        }
    }
}

/// Takes a lock, after whoever has it; until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut PgConnection, lock: Lock<'_>) -> Result<(), DbError> {
    let (name, number) = lock.key();
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, $2))", name, number).execute(tx).await?;
    Ok(())
}

/// Takes a lock unless somebody has it; until the transaction ends. Whether it was taken.
///
/// # Errors
/// When the database fails.
pub async fn try_take(tx: &mut PgConnection, lock: Lock<'_>) -> Result<bool, DbError> {
    let (name, number) = lock.key();
    let query =
        sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(hashtextextended($1, $2)) as "taken!""#, name, number);
    Ok(query.fetch_one(tx).await?)
}

/// Lets one process at a time change the schema; until the transaction ends. For what brings up to date more than
/// [`MIGRATIONS`](super::MIGRATIONS), which have a lock of their own.
///
/// # Errors
/// When no connection can be had.
pub async fn for_migration(pool: &PgPool) -> Result<Tx, DbError> {
    let mut tx = pool.begin().await?;
    take(&mut tx, Lock::SchemasOfOthers).await?;
    Ok(tx)
}
