//! Linka, the self-service portal of a software vendor's customer line.
//!
//! | module | what it is | may use |
//! |---|---|---|
//! | [`model`] | the shared model: types and pure rules, the same for server and browser | nothing of ours |
//! | [`api`] | server functions: who is asking, call the service, map the answer | `model`, and `server::service` inside bodies |
//! | [`ui`] | pages and components (server), islands (browser) | `model`, `api` |
//! | `server::db` | all SQL | `model`, `server::auth` for the proofs of access |
//! | `server::service` | use cases, each one transaction | `model`, `server::db`, `server::mail`, `server::push`, `server::documents`, `server::payments` |
//! | `server::mail` | lays mails out and sends them | `model`, texts and words of `ui` |
//! | `server::push` | puts notifications and short messages into words, and sends them | `model`, texts and words of `ui` |
//! | `server::webhooks` | tells programs what happens | `model`, `server::reach`, `server::auth` |
//! | `server::ares` | asks the public register of organisations | `model` |
//! | `server::payments` | speaks to Stripe, or to the sandbox that stands in for it; reads bank statements | `model` |
//! | `server::live` | tells open pages what has changed | `model`, `server::db`, `server::auth` |
//! | `server::jobs` | the queue and the upkeep: what is done later | `server::service` |
//! | `server::sheets` | tables out of CSV, workbooks and archives, and into CSV | `model` |
//! | `server::backup` | backups, made and put back by PostgreSQL's programs | `server::db` |
//! | `server::documents` | PDF, ISDOC and tables | `model`, texts and words of `ui` |
//! | `server::metrics` | counts what this process does | nothing of ours |
//! | `server::certificates` | looks at those of servers that we speak with by TLS | nothing of ours |
//! | `server::traces` | tells a collector what took how long | `server::reach` |
//! | `server::doctor` | looks whether a deployment is as it should be | `model`, `server::db`, whom the portal speaks with, texts of `ui` |
//! | `server::http` | the web server | all |
//! | `server::simulate` | plays seasons of the line through the use cases | all but `server::http`, `api` and `ui` |
//!
//! `src/tests/architecture` fails on any other arrow.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod api;
pub mod model;
#[cfg(feature = "ssr")]
pub mod server;
pub mod ui;

/// Starts the islands of a page in the browser.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
    ui::islands::start_worker();
}
