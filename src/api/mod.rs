//! Server functions: the only way from a page or a browser to the services.
//!
//! Each is three to eight lines: who is asking, call the service, map the answer. A form posts to its endpoint as
//! `application/x-www-form-urlencoded`; what a person sees afterwards (redirect on success, the same page with the
//! problem on failure) is decided in one place, `server::http::forms`.

/// Says for whom the server functions of a module are, by their types: `SignIn: Public`. A function in no row is for nobody. One
/// that is `confirmed`, as in `SaveStaff: Manager confirmed`, is for who has just proved anew who they are (design, Step-up).
macro_rules! access {
    ($($function:ident: $access:ident $($confirmed:ident)?),* $(,)?) => {
        /// The functions of this module, for whom they are, and whether those have to prove anew who they are.
        #[cfg(feature = "ssr")]
        pub(in crate::api) const ACCESS: &[(&str, crate::model::people::access::Access, bool)] = &[$((
            <$function as leptos::server_fn::ServerFn>::PATH,
            crate::model::people::access::Access::$access,
            access!(@is $($confirmed)?),
        )),*];
    };
    (@is confirmed) => { true };
    (@is) => { false };
}

pub mod minutes;
pub mod money;
pub mod ordering;
pub mod people;
mod problem;

pub mod line;
pub mod mails;
pub mod work;

/// Every server function's path, and for whom it is.
#[cfg(feature = "ssr")]
pub fn access() -> impl Iterator<Item = (&'static str, crate::model::people::access::Access)> {
    rows().map(|(path, access, _)| (path, access))
}

/// The paths of server functions for who has just proved anew who they are.
#[cfg(feature = "ssr")]
pub fn confirmed() -> impl Iterator<Item = &'static str> {
    rows().filter_map(|(path, _, is_confirmed)| is_confirmed.then_some(path))
}

#[cfg(feature = "ssr")]
fn rows() -> impl Iterator<Item = (&'static str, crate::model::people::access::Access, bool)> {
    let modules = [
        line::api_tokens::ACCESS,
        line::catalogue_changes::ACCESS,
        line::closures::ACCESS,
        line::plans::ACCESS,
        line::limits::ACCESS,
        line::notice::ACCESS,
        line::embed::ACCESS,
        line::public_text::ACCESS,
        line::everyday_words::ACCESS,
        line::programs::ACCESS,
        line::backups::ACCESS,
        line::licences::ACCESS,
        line::public_page::ACCESS,
        line::setup::ACCESS,
        line::regions::ACCESS,
        line::setting_changes::ACCESS,
        line::tiers::ACCESS,
        line::work_types::ACCESS,
        mails::ACCESS,
        minutes::contracts::ACCESS,
        minutes::usage::ACCESS,
        money::account_statements::ACCESS,
        money::balances::ACCESS,
        money::bundles::ACCESS,
        money::price_list::ACCESS,
        money::connections::ACCESS,
        money::fees::ACCESS,
        money::purchases::ACCESS,
        money::accounting::ACCESS,
        money::payment_plans::ACCESS,
        money::payment_reminders::ACCESS,
        money::receivables::ACCESS,
        money::sales::ACCESS,
        money::saved_cards::ACCESS,
        money::series::ACCESS,
        money::subscriptions::ACCESS,
        money::top_ups::ACCESS,
        money::unmatching::ACCESS,
        money::supplier::ACCESS,
        money::tax_documents::ACCESS,
        money::vat::ACCESS,
        ordering::appointments::ACCESS,
        ordering::attachments::ACCESS,
        ordering::conversations::ACCESS,
        ordering::again::ACCESS,
        ordering::drafts::ACCESS,
        ordering::earlier::ACCESS,
        ordering::editing::ACCESS,
        ordering::feeds::ACCESS,
        ordering::former_requests::ACCESS,
        ordering::undoing::ACCESS,
        ordering::visitors::ACCESS,
        ordering::redistribution::ACCESS,
        ordering::home::ACCESS,
        ordering::imports::ACCESS,
        ordering::outages::ACCESS,
        ordering::request_search::ACCESS,
        ordering::requests::ACCESS,
        people::accounts::ACCESS,
        people::addresses::ACCESS,
        people::audit::ACCESS,
        people::asking::ACCESS,
        people::colleagues::ACCESS,
        people::customers::ACCESS,
        people::erasure::ACCESS,
        people::kept_forms::ACCESS,
        people::links::ACCESS,
        people::members::ACCESS,
        people::passkeys::ACCESS,
        people::passwords::ACCESS,
        people::providers::ACCESS,
        people::mergers::ACCESS,
        people::registrations::ACCESS,
        people::second_factors::ACCESS,
        people::staff::ACCESS,
        work::attempts::ACCESS,
        work::bench::ACCESS,
        work::board::ACCESS,
        work::callers::ACCESS,
        work::cases::ACCESS,
        work::ceiling::ACCESS,
        work::clock::ACCESS,
        work::closing::ACCESS,
        work::connection_reports::ACCESS,
        work::consequences::ACCESS,
        work::contests::ACCESS,
        work::corrections::ACCESS,
        work::dispatch::ACCESS,
        work::figures::ACCESS,
        work::intake::ACCESS,
        work::merging::ACCESS,
        work::missed::ACCESS,
        work::lanes::ACCESS,
        work::mail_in::ACCESS,
        work::pushes::ACCESS,
        work::ratings::ACCESS,
        work::readiness::ACCESS,
        work::receipts::ACCESS,
        work::remote_sessions::ACCESS,
        work::reopening::ACCESS,
        work::report_blocks::ACCESS,
        work::splitting::ACCESS,
        work::teamviewer::ACCESS,
        work::webhooks::ACCESS,
        work::wishes::ACCESS,
    ];
    modules.into_iter().flatten().copied()
}
