//! The shared model: the words of Linka and its pure rules, the same in the server and in the browser.
//!
//! Nothing here reads a clock, throws dice, opens a file or knows of Leptos and SQL: what a rule needs comes in as an
//! argument. Nothing here panics on data from outside. Instants are `DateTime<Utc>`; dates and times without a zone are
//! wall time in Prague; lengths are whole minutes; money is whole haléře.
//!
//! | what | where |
//! |---|---|
//! | **Words** | |
//! | identities | [`ids`] |
//! | people and what they may do | [`members`], [`accounts`] |
//! | programs, work types, response tiers | [`catalogue`], [`tiers`] |
//! | a customer's address and terms of payment | [`customers`] |
//! | the line: numbers, settings, its public page | [`mod@line`] |
//! | money and VAT | [`money`] |
//! | **Rules** (the design, §2) | |
//! | 1. may it be urgent? | [`urgency::guard`] |
//! | 2. working days, hours, working minutes | [`calendar::BusinessCalendar`] |
//! | 3. which times can be picked, and why | [`offers::offers`], [`offers::find_offer`], [`offers::free_technicians`] |
//! | 4. holds, and the life of an appointment | [`appointments::Hold`], [`appointments::AppointmentState::after`] |
//! | 6. may it still be moved or cancelled? | [`appointments::may_change`] |
//! | 7. from the clock to billed minutes; what joins an intervention | [`segments`], [`billing::bill`], [`billing::joins_intervention`] |
//! | 8. what pays for them, in which order | [`ledger::in_drawing_order`], [`ledger::settle`] |
//! | 9. what a contract credits; what becomes of minutes that return too late | [`contracts::period_at`], [`ledger::rescued`] |
//! | 10. the receipt | [`receipts::Receipt`] |
//! | 11. what will it take? when must the customer be asked? | [`estimate::estimate`], [`segments::ceiling_reached_at`] |
//! | the life of a request, what an order must say | [`requests::RequestState::after`], [`requests::check_details`] |
//! | minutes run low: when is it told, when will they be gone? | [`alerts::crossed`], [`alerts::standing`], [`usage::forecast`] |
//! | would a bundle have been cheaper? which one suits? | [`usage::advise`], [`bundles::suggested`] |
//! | the purchase of a bundle: from news to its state, what comes back | [`purchases::OrderFacts`], [`purchases::refund_amount`] |
//! | 12. taxes of a document | [`tax_documents::tax_rows`] |
//! | which document does a payment pay? | [`bank::matches`] |
//! | **What pages show** | |
//! | the technician's day and workbench | [`work`] |
//! | what is left and where it went | [`usage`] |
//! | payments by card, and what is amiss with them | [`card`] |
//! | mails | [`mails`] |
//! | the shop, and the purchase of a bundle | [`bundles::ShopPage`], [`purchases::OrderPage`] |
//! | what is sold, owed and paid | [`sales`], [`bank`] |
//! | an order on its way, a request and its history | [`orders`], [`timeline`] |
//! | every address of the site | [`paths`] |
//! | **What goes wrong** | |
//! | errors that cross the wire | [`problem::Problem`], [`fields::FieldProblem`] |
//!
//! Islands run [`urgency`], [`requests`] and [`estimate`] on every key stroke: these must not reach for the time zone
//! database or for formatting of dates.

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
