//! Integration tests: against a real PostgreSQL (`DATABASE_URL`, which `./test` provides) and, where it matters, over
//! real HTTP and against the real program that is killed.
//!
//! Time is the injected clock's; nothing here sleeps to let something happen.

mod access;
mod architecture;
mod bank;
mod booking_race;
mod bundles;
mod closing_crash;
mod crash;
mod demo;
mod documents;
mod forms;
mod holds;
mod journey;
mod ledger;
mod mails;
mod new_time;
mod payments;
mod private_cluster;
mod refunds;
mod schema;
mod sign_in;
mod support;
mod tax_documents;
mod usage_cost;
mod work;
