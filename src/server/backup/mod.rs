//! Backups: all that is kept in one file, made while the portal runs, and put back.
//!
//! PostgreSQL's own programs do it, those of the server's major version: a dump is one snapshot, so what is written meanwhile
//! is in it whole or not at all. Documents, jobs and the mark that says whether the database is a demo's are tables like any
//! other. What belongs to the whole cluster is no part of a dump: the three roles are made again by [`restore`].

mod dump;
mod error;
mod programs;
mod restore;
mod target;

pub use dump::back_up;
pub use error::BackupError;
pub use restore::restore;
pub use target::Target;
