//! What people see. Pages are rendered on the server only; the browser gets [`islands`] and nothing else.
//!
//! A page lives in `pages`, is made of `components`, speaks through `texts` and has its place in [`routes`].

pub mod islands;

#[cfg(feature = "ssr")]
pub mod account_words;
#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod audit_words;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod evidence_words;
#[cfg(feature = "ssr")]
pub mod figure_words;
#[cfg(feature = "ssr")]
pub mod format;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod import_words;
#[cfg(feature = "ssr")]
pub mod lane_words;
#[cfg(feature = "ssr")]
pub mod line_words;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod problem_text;
#[cfg(feature = "ssr")]
pub mod receipt_words;
#[cfg(feature = "ssr")]
pub mod reminder_words;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod statement_words;
#[cfg(feature = "ssr")]
pub mod texts;

#[cfg(feature = "ssr")]
mod request;

#[cfg(feature = "ssr")]
pub use request::{
    Blocked, DemoMode, DescribedInterface, JustDone, LinePhone, LivePosition, NOWHERE, Now, PaymentSite, ShownProblem,
    StandingNotice, blocked, described_interface, is_signed_in, just_done, lead_on, line_phone, live_position, now,
    path, path_and_query, path_value, query_names, query_parsed, query_value, set_status, shown_problem, with_query,
};
