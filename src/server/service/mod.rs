//! The use cases. Each function is one and is the boundary of its transaction; what it may be called by is in its
//! arguments ([`super::auth`]).

pub mod line;
pub mod mails;
pub mod minutes;
pub mod money;
pub mod ordering;
pub mod people;
pub mod upkeep;
pub mod work;

/// A date from a URL: any that a person can mean. Others would leave the calendar of the database.
///
/// # Errors
/// [`Problem::NotFound`] outside of the years 2000 to 9999.
fn plausible(date: chrono::NaiveDate) -> Result<chrono::NaiveDate, crate::model::problem::Problem> {
    use chrono::Datelike;
    if (2_000..=9_999).contains(&date.year()) { Ok(date) } else { Err(crate::model::problem::Problem::NotFound) }
}

/// Local wall time as a browser's `datetime-local` field sends it, with or without seconds.
///
/// # Errors
/// That it is missing or none.
fn parse_local(typed: &str) -> Result<chrono::DateTime<chrono::Utc>, crate::model::base::fields::FieldCode> {
    use crate::model::base::{calendar::from_local, fields::FieldCode};
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(FieldCode::Missing);
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| chrono::NaiveDateTime::parse_from_str(typed, format).ok())
        .map(|local| from_local(local.date(), local.time()))
        .ok_or(FieldCode::Unknown)
}
