//! All SQL, one file per aggregate. Row structs stay private; what comes out is the model's.
//!
//! Every transaction takes a role that cannot reach past the row-level-security policies between customers (`migrations/0001`), set in the
//! same round trip as `BEGIN` and gone with the transaction.

pub mod address;
pub mod codec;
mod connections;
mod error;
pub mod fitness;
pub mod installation;
pub mod line;
pub mod locks;
pub mod mails;
pub mod minutes;
pub mod money;
pub mod ordering;
pub mod paging;
pub mod people;
mod presence;
pub mod private;
pub mod queue;
pub mod savepoints;
pub mod schema;
pub mod serving;
mod standby;
pub mod work;

pub use connections::{Db, Tx, Ways, act_for};
pub use error::{DbError, DriverError, OnConstraint, retrying};

/// The migrations, compiled in.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();
