//! Server functions: the only way from a page or a browser to the services.
//!
//! Each is three to eight lines: who is asking, call the service, map the answer. A form posts to its endpoint as
//! `application/x-www-form-urlencoded`; what a person sees afterwards (redirect on success, the same page with the
//! problem on failure) is decided in one place, `server::http::forms`.

pub mod minutes;
pub mod money;
pub mod ordering;
pub mod people;
mod problem;

pub mod line;
pub mod mails;
pub mod work;
