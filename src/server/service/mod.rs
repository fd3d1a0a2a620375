//! The use cases. Each function is one and is the boundary of its transaction; what it may be called by is in its
//! arguments ([`super::auth`]).

pub mod accounts;
mod availability;
pub mod contracts;
pub mod desk;
pub mod line;
pub mod mails;
pub mod orders;
pub mod receipts;
mod request;
pub mod requests;
mod settlement;
pub mod upkeep;
pub mod usage;
pub mod work;

pub use request::{
    LANGUAGE_COOKIE, Visit, app, caller, clear_session_cookie, see_other, see_other_or, session_cookie_name,
    set_language_cookie, set_session_cookie, visit,
};
