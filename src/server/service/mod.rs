//! The use cases. Each function is one and is the boundary of its transaction; what it may be called by is in its
//! arguments ([`super::auth`]).

pub mod accounts;
mod availability;
pub mod bank;
pub mod bundles;
pub mod card;
pub mod contracts;
pub mod customers;
pub mod desk;
mod fulfilment;
mod invoicing;
pub mod line;
pub mod mails;
pub mod orders;
pub mod receipts;
pub mod refunds;
mod request;
pub mod requests;
pub mod sales;
mod settlement;
pub mod tax_documents;
pub mod upkeep;
pub mod usage;
pub mod work;

pub use request::{
    LANGUAGE_COOKIE, Visit, app, caller, clear_session_cookie, see_other, see_other_or, session_cookie_name,
    set_language_cookie, set_session_cookie, visit,
};

/// A date from a URL: any that a person can mean. Others would leave the calendar of the database.
///
/// # Errors
/// [`Problem::NotFound`] outside of the years 2000 to 2100.
fn plausible(date: chrono::NaiveDate) -> Result<chrono::NaiveDate, crate::model::problem::Problem> {
    use chrono::Datelike;
    if (2_000..=2_100).contains(&date.year()) { Ok(date) } else { Err(crate::model::problem::Problem::NotFound) }
}
