//! The shared model: the words of Linka and its pure rules, the same in the server and in the browser.
//!
//! Nothing here reads a clock, throws dice, opens a file or knows of Leptos and SQL: what a rule needs comes in as an
//! argument. Nothing here panics on data from outside. Instants are `DateTime<Utc>`; dates and times without a zone are
//! wall time in Prague; lengths are whole minutes; money is whole haléře.
//!
//! Domains, each of which imports only what stands above it:
//!
//! | domain | its words and rules |
//! |---|---|
//! | [`base`] | identities, codes, money and VAT, business time ([`base::calendar::BusinessCalendar`]), fields of forms |
//! | [`people`] | customers, members and what they may do, staff, accounts |
//! | [`line`] | the line's settings, catalogue and response tiers |
//! | [`minutes`] | contracts and their periods, the [`ledger`](minutes::ledger), the [`estimate`](minutes::estimate), usage, alerts |
//! | [`ordering`] | drafts and requests, the [urgency guard](ordering::urgency::guard), [`offers`](ordering::offers), holds and [`appointments`](ordering::appointments), the timeline |
//! | [`work`] | the clock's [`segments`](work::segments), from them to a [bill](work::billing::bill), [`receipts`](work::receipts), contests |
//! | [`money`] | bundles and their purchase, payments by card and by transfer, refunds, tax documents, sales |
//! | [`mails`] | what is written to people |
//!
//! Beside them [`problem`]: every error that crosses the wire; and [`paths`]: every address of the site. What the rules say stands in `docs/design.md`
//! (design, Rules), and its words (design, Words).
//!
//! Islands run [`ordering::urgency`], [`ordering::requests`] and [`minutes::estimate`] on every key stroke: these must not
//! reach for the time zone database or for formatting of dates.

#![warn(missing_docs)]

pub mod base;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod line;
pub mod mails;
pub mod minutes;
pub mod money;
pub mod ordering;
pub mod paths;
pub mod people;
pub mod problem;
pub mod work;
