//! Times as they are typed into the forms of the workbench.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::model::base::{calendar::from_local, fields::FieldCode};

/// Local wall time as a browser's `datetime-local` field sends it, with or without seconds.
pub(super) fn local_time(typed: &str) -> Result<DateTime<Utc>, FieldCode> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(FieldCode::Missing);
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(typed, format).ok())
        .map(|local| from_local(local.date(), local.time()))
        .ok_or(FieldCode::Unknown)
}

/// An instant as a form of ours writes it (RFC 3339).
pub(super) fn instant(typed: &str) -> Result<DateTime<Utc>, FieldCode> {
    DateTime::parse_from_rfc3339(typed.trim()).map(|at| at.to_utc()).map_err(|_| FieldCode::Unknown)
}
