//! Everything that runs on the server only.
//!
//! `http` speaks to browsers and renders `ui`; `service` holds the use cases, each of them a transaction; `db` holds
//! all SQL; `auth` knows who is asking and proves what they may do; `documents` makes PDF and tables; `mail` lays mails out
//! and sends them; `push` does so with notifications and short messages; `payments` speaks to Stripe or its stand-in and reads bank statements; `jobs`
//! does what is done later; `ares` asks the public register of organisations; `live` tells open pages what has changed;
//! `webhooks` tells programs what happens, and `reach` keeps it and `push` to public addresses;
//! `sheets` reads and writes tables that people bring; `statements` fetches those of the bank; `teamviewer` asks TeamViewer for sessions and reports; `inbox` reads mails that come, `lmtp` takes them, and `imap` fetches them; `backup` makes backups and puts them
//! back; `metrics` counts, `certificates` looks at those of servers that we speak with, `traces` tells a collector what took how long;
//! `doctor` looks whether a deployment is as it should be.

pub mod app;
pub mod ares;
pub mod auth;
pub mod backup;
pub mod bounded;
pub mod certificates;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
mod dice;
pub mod doctor;
pub mod documents;
pub mod files;
pub mod http;
pub mod imap;
pub mod inbox;
pub mod incident;
pub mod jobs;
pub mod live;
pub mod lmtp;
pub mod mail;
pub mod metrics;
pub mod oidc;
pub mod payments;
pub mod push;
pub mod random;
pub mod reach;
pub mod request;
pub mod secrets;
pub mod service;
pub mod sheets;
pub mod simulate;
pub mod statements;
pub mod teamviewer;
pub mod traces;
pub mod webhooks;
