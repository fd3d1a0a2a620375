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
