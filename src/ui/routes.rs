//! The table of pages: where each stands, what shows it, for whom it is, and whether it has islands.
//!
//! The router, the access table (`server::http::access`) and the script of a page's document follow from it.

use leptos::prelude::*;
use leptos_router::{
    PartialPathMatch, PathSegment, PossibleRouteMatch, SsrMode,
    components::{Route, Router, Routes},
};

use super::pages::{
    gallery::GalleryPage,
    line::{
        api_tokens::{CustomerTokensPage, OwnTokensPage},
        backups::BackupsPage,
        catalogue_changes::{RegionChangePage, TierChangePage, WorkTypeChangePage},
        closures::ClosuresPage,
        developers::DevelopersPage,
        embed::EmbedPage,
        everyday_words::EverydayWordsPage,
        licences::LicencesPage,
        limits::LimitsPage,
        notice::NoticePage,
        plans::{PlanPage, PlansPage},
        programs::{ProgramPage, ProgramsPage},
        public_page::LinePage,
        public_text::PublicTextPage,
        regions::{RegionPage, RegionsPage},
        setting_changes::{LineChangePage, LineSettingsPage, PriceChangePage, PriceSettingsPage},
        setup::SettingsPage,
        tiers::{TierPage, TiersPage},
        work_types::{SkillPage, WorkTypePage, WorkTypesPage},
    },
    mails::{demo_mails::DemoMailsPage, desk::MailsPage},
    minutes::{
        contracts::{ContractAmendPage, ContractPage, NewContractPage},
        usage::{UsageContractPage, UsageInterventionsPage, UsagePage, UsageStatementPage},
    },
    money::{
        account_statements::AccountStatementPage,
        accounting::AccountingPage,
        bundles::BundlesPage,
        connections::ConnectionsPage,
        fees::FeesPage,
        payment_reminders::PaymentRemindersPage,
        price_list::{KeptBundlePage, PriceListPage},
        purchases::{PurchaseCancelPage, PurchaseFormPage, PurchasePage},
        receivables::{ReceivablePage, ReceivablesPage},
        sales::{SalesBalancesPage, SalesBankPage, SalesPage, SalesPurchasePage, SalesPurchasesPage, SalesUnmatchPage},
        saved_cards::SavedCardPage,
        series::SeriesPage,
        subscriptions::{SubscribePage, SubscriptionPage},
        supplier::CompanyPage,
        tax_documents::{DocumentPaymentPage, DocumentsPage},
        top_ups::TopUpPage,
        vat::VatPage,
    },
    ordering::{
        appointments::AppointmentsPage,
        drafts::{DraftConfirmPage, DraftFormerPage, DraftTimePage, DraftWhatPage, NewOrderPage},
        feeds::CalendarPage,
        former_requests::{CustomerRequestsPage, FormerRequestsPage},
        home::HomePage,
        imports::ImportPage,
        offline::OfflinePage,
        outages::{NewOutagePage, OutageEndPage, OutagePage, OutagesPage},
        redistribution::{AbsentPage, DisplacedPage, LeavePage},
        requests::{
            RequestCancelPage, RequestEarlierPage, RequestEditPage, RequestListPage, RequestMovePage, RequestPage,
        },
        visitors::{VisitPage, VisitTimePage},
    },
    people::{
        accounts::{AccountPage, ConfirmPage},
        addresses::{AddressPage, OwnAddressPage},
        audit::{AuditPage, OwnAuditPage},
        colleagues::{ColleaguePage, ColleaguesPage},
        customers::{CustomerEditPage, CustomerPage, CustomersPage, NewCustomerPage},
        erasure::{ErasedPage, ErasurePage, OwnErasurePage},
        links::{SignInHelpPage, SignInLinkPage},
        members::MemberPage,
        mergers::CustomerMergePage,
        passkeys::PasskeySignInPage,
        passwords::{OwnPasswordPage, PasswordPage},
        providers::ProvidersPage,
        registrations::{NewcomersPage, RegisterAskedPage, RegisterPage, RegisterSentPage, RegistrationPage},
        second_factors::{SecondFactorPage, SignInCodePage},
        sign_in::SignInPage,
        staff::{StaffPage, StaffPersonPage},
    },
    problem::NotFoundPage,
    work::{
        ConnectionReportsPage, ReopenPage, ReportBlockPage, ReportBlocksPage, SegmentPage, SplitPage,
        TeamviewerSettingsPage, WorkDayPage, WorkPage,
        board::BoardPage,
        cases::CasePage,
        contests::{ContestsPage, DecidedContestsPage, OwnContestsPage},
        dispatch::ActPage,
        figures::FiguresPage,
        intake::IntakePage,
        lanes::QueuePage,
        mail_in::{InboundMailPage, MailInPage, VoicePage},
        missed::MissedPage,
        ratings::RatingPage,
        readiness::ReadinessPage,
        receipts::{ReceiptContestPage, ReceiptPage},
        webhooks::{WebhookPage, WebhooksPage},
        wishes::NotificationsPage,
    },
};
use crate::model::{paths, people::access::Access};

/// A page as everybody but its own code knows it.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The pattern of its address, one of [`paths`].
    pub path: &'static str,
    /// For whom it is. A page for members with a capability is open to all members: it tells those without it whom to ask.
    pub access: Access,
    /// Whether it has islands. Only such a page loads any script.
    pub has_islands: bool,
}

macro_rules! pages {
    ($($path:ident => $view:ident, $access:ident $(, $islands:ident)?;)*) => {
        /// Every page. Where an address fits several patterns, it is the first one's.
        pub const PAGES: &[Page] = &[$(Page {
            path: paths::$path,
            access: Access::$access,
            has_islands: pages!(@has $($islands)?),
        }),*];

        /// Shows the page of the address.
        #[component]
        pub(super) fn Pages() -> impl IntoView {
            view! {
                <Router>
                    <Routes fallback=NotFoundPage>
                        $(<Route path=Pattern(paths::$path) view=$view ssr=SsrMode::Async/>)*
                    </Routes>
                </Router>
            }
        }
    };
    (@has islands) => { true };
    (@has) => { false };
}

pages! {
    HOME => HomePage, Public, islands;
    OFFLINE => OfflinePage, Public;
    LINE => LinePage, Public;
    SIGN_IN => SignInPage, Public;
    SIGN_IN_HELP => SignInHelpPage, Public;
    SIGN_IN_LINK => SignInLinkPage, Public;
    SIGN_IN_PASSKEY => PasskeySignInPage, Public;
    SIGN_IN_CODE => SignInCodePage, Public;
    ADDRESS => AddressPage, Public;
    ACCOUNT => AccountPage, SignedIn;
    CONFIRM => ConfirmPage, SignedIn;
    SECOND_FACTOR => SecondFactorPage, SignedIn;
    OWN_PASSWORD => OwnPasswordPage, SignedIn;
    OWN_ADDRESS => OwnAddressPage, SignedIn;
    NOTIFICATIONS => NotificationsPage, SignedIn, islands;
    OWN_CALENDAR => CalendarPage, SignedIn, islands;
    REGISTER => RegisterPage, Public;
    REGISTER_ORDER => VisitPage, Public;
    REGISTER_TIME => VisitTimePage, Public;
    REGISTER_SENT => RegisterSentPage, Public;
    REGISTRATION => RegistrationPage, Public;
    REGISTER_ASKED => RegisterAskedPage, Public;
    COLLEAGUES => ColleaguesPage, Member;
    COLLEAGUE => ColleaguePage, Member;
    OWN_TOKENS => OwnTokensPage, Member;
    DEVELOPERS => DevelopersPage, Public;
    WEBHOOKS => WebhooksPage, SignedIn;
    WEBHOOK => WebhookPage, SignedIn;
    OWN_ERASURE => OwnErasurePage, Member;
    ERASED => ErasedPage, Public;

    ORDER => NewOrderPage, Member, islands;
    DRAFT_WHAT => DraftWhatPage, Member, islands;
    DRAFT_WORK_TYPE => DraftFormerPage, Member;
    DRAFT_DETAILS => DraftFormerPage, Member;
    DRAFT_URGENCY => DraftFormerPage, Member;
    DRAFT_TIME => DraftTimePage, Member, islands;
    DRAFT_CONFIRM => DraftConfirmPage, Member, islands;

    REQUESTS => RequestListPage, Member;
    FORMER_REQUESTS => FormerRequestsPage, Member;
    REQUEST => RequestPage, Member, islands;
    REQUEST_MOVE => RequestMovePage, Member, islands;
    REQUEST_EARLIER => RequestEarlierPage, Member;
    REQUEST_CANCEL => RequestCancelPage, Member;
    REQUEST_EDIT => RequestEditPage, Member, islands;
    RECEIPT => ReceiptPage, SignedIn;
    RECEIPT_CONTEST => ReceiptContestPage, Member, islands;

    USAGE => UsagePage, Member;
    USAGE_INTERVENTIONS => UsageInterventionsPage, Member;
    USAGE_STATEMENT => UsageStatementPage, Member;
    USAGE_CONTRACT => UsageContractPage, Member;

    BUNDLES => BundlesPage, Public;
    PURCHASE => PurchasePage, Member, islands;
    PURCHASE_CANCEL => PurchaseCancelPage, Member;
    PURCHASE_FORM => PurchaseFormPage, Member;
    SUBSCRIBE => SubscribePage, Member;
    SUBSCRIPTION => SubscriptionPage, Member, islands;
    TOP_UP => TopUpPage, Member;
    SAVED_CARD => SavedCardPage, Member;
    DOCUMENTS => DocumentsPage, Member;
    DOCUMENT_PAYMENT => DocumentPaymentPage, Member;
    ACCOUNT_STATEMENT => AccountStatementPage, Member;

    APPOINTMENTS => AppointmentsPage, Staff, islands;
    QUEUE => QueuePage, Desk, islands;
    BOARD => BoardPage, Desk, islands;
    INTAKE => IntakePage, Desk;
    MAIL_IN => MailInPage, Desk, islands;
    INBOUND_MAIL => InboundMailPage, Desk;
    DESK_REQUEST => CasePage, Staff, islands;
    DESK_ACT => ActPage, Desk;
    OUTAGES => OutagesPage, Desk, islands;
    NEW_OUTAGE => NewOutagePage, Desk;
    OUTAGE => OutagePage, Desk, islands;
    OUTAGE_END => OutageEndPage, Desk;
    RATING => RatingPage, Public;
    READINESS => ReadinessPage, Public;
    CONTESTS => ContestsPage, Desk, islands;
    DECIDED_CONTESTS => DecidedContestsPage, Desk, islands;
    DISPLACED => DisplacedPage, Desk;
    ABSENT => AbsentPage, Desk;
    MISSED => MissedPage, Staff;
    NEWCOMERS => NewcomersPage, Desk;
    CUSTOMERS => CustomersPage, Desk;
    NEW_CUSTOMER => NewCustomerPage, Desk, islands;
    CUSTOMER => CustomerPage, Desk;
    CUSTOMER_EDIT => CustomerEditPage, Desk, islands;
    CUSTOMER_REQUESTS => CustomerRequestsPage, Desk;
    CUSTOMER_MERGE => CustomerMergePage, Desk;
    CUSTOMER_PROGRAMS => LicencesPage, Desk;
    CUSTOMER_TOKENS => CustomerTokensPage, Desk;
    MEMBER => MemberPage, Desk;
    MEMBER_ERASURE => ErasurePage, Manager;
    NEW_CONTRACT => NewContractPage, Manager, islands;
    CONTRACT => ContractPage, Manager;
    CONTRACT_AMEND => ContractAmendPage, Manager, islands;
    FIGURES => FiguresPage, Desk;
    DESK_MAILS => MailsPage, Desk;

    SALES => SalesPage, Manager;
    SALES_BANK => SalesBankPage, Manager;
    SALES_ACCOUNTING => AccountingPage, Manager;
    SALES_BALANCES => SalesBalancesPage, Manager;
    SALES_RECEIVABLES => ReceivablesPage, Manager;
    SALES_FEES => FeesPage, Manager;
    SALES_RECEIVABLE => ReceivablePage, Manager;
    SALES_REMINDERS => PaymentRemindersPage, Manager;
    SALES_PURCHASES => SalesPurchasesPage, Manager;
    SALES_PURCHASE => SalesPurchasePage, Manager;
    SALES_UNMATCH => SalesUnmatchPage, Manager;

    SETTINGS => SettingsPage, Manager;
    SETTINGS_COMPANY => CompanyPage, Manager;
    SETTINGS_CONNECTIONS => ConnectionsPage, Manager;
    SETTINGS_VAT => VatPage, Manager;
    SETTINGS_SERIES => SeriesPage, Manager;
    SETTINGS_LIMITS => LimitsPage, Manager;
    SETTINGS_NOTICE => NoticePage, Manager;
    SETTINGS_SIGN_IN => ProvidersPage, Manager;
    SETTINGS_TEXT => PublicTextPage, Manager;
    VOICE_SETTINGS => VoicePage, Manager;
    TEAMVIEWER_SETTINGS => TeamviewerSettingsPage, Manager;
    SETTINGS_EMBED => EmbedPage, Manager, islands;
    SETTINGS_WORDS => EverydayWordsPage, Manager;
    STAFF => StaffPage, Manager;
    STAFF_PERSON => StaffPersonPage, Manager;
    AUDIT => AuditPage, Manager;
    OWN_AUDIT => OwnAuditPage, Member;
    STAFF_LEAVE => LeavePage, Manager;
    PLANS => PlansPage, Desk;
    PLAN => PlanPage, Desk;
    CLOSURES => ClosuresPage, Desk;
    PROGRAMS => ProgramsPage, Manager;
    PROGRAM => ProgramPage, Manager;
    WORK_TYPES => WorkTypesPage, Manager;
    WORK_TYPE => WorkTypePage, Manager;
    WORK_TYPE_CHANGE => WorkTypeChangePage, Manager;
    SKILL => SkillPage, Manager;
    TIERS => TiersPage, Manager;
    TIER => TierPage, Manager;
    TIER_CHANGE => TierChangePage, Manager;
    BUNDLE_SETTINGS => PriceListPage, Manager;
    BUNDLE_SETTING => KeptBundlePage, Manager;
    REGIONS => RegionsPage, Manager;
    REGION => RegionPage, Manager;
    REGION_CHANGE => RegionChangePage, Manager;
    LINE_SETTINGS => LineSettingsPage, Manager;
    LINE_CHANGE => LineChangePage, Manager;
    PRICE_SETTINGS => PriceSettingsPage, Manager;
    PRICE_CHANGE => PriceChangePage, Manager;
    BACKUPS => BackupsPage, Manager;
    IMPORT => ImportPage, Manager;
    PASSWORD => PasswordPage, Public;

    WORK => WorkDayPage, Technician, islands;
    OWN_CONTESTS => OwnContestsPage, Technician, islands;
    REPORT_BLOCKS => ReportBlocksPage, Technician;
    CONNECTIONS => ConnectionReportsPage, Corrector;
    REPORT_BLOCK => ReportBlockPage, Technician;
    WORKBENCH => WorkPage, Staff, islands;
    REOPENING => ReopenPage, Staff;
    SEGMENT => SegmentPage, Corrector;
    SEGMENT_SPLIT => SplitPage, Corrector;

    DEMO_MAILS => DemoMailsPage, Public;
    GALLERY => GalleryPage, Public;
}

/// Whether the page at an address has islands.
#[must_use]
pub fn has_islands(path: &str) -> bool {
    PAGES.iter().find(|page| paths::values(page.path, path).is_some()).is_some_and(|page| page.has_islands)
}

/// The pattern of a page's address as the router reads it.
#[derive(Debug, Clone, Copy)]
struct Pattern(&'static str);

impl PossibleRouteMatch for Pattern {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let values = paths::values(self.0, path)?;
        let values = values.into_iter().map(|(name, value)| (name.into(), value.to_owned())).collect();
        Some(PartialPathMatch::new("", values, path))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        path.extend(paths::segments(self.0).map(|segment| match paths::placeholder(segment) {
            Some(name) => PathSegment::Param(name.to_owned().into()),
            None => PathSegment::Static(segment.to_owned().into()),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::has_islands;

    #[test]
    fn only_pages_that_answer_keep_what_is_typed_or_stay_true_load_script() {
        for path in [
            "/order",
            "/order/x",
            "/order/x/time",
            "/order/x/confirm/",
            "/requests/2026-000123/move",
            "/requests/2026-000123/edit",
            "/requests/2026-000123",
            "/desk/queue",
            "/desk",
            "/desk/appointments",
            "/desk/mail-in",
            "/desk/outages",
            "/desk/outages/00000000-0000-0000-0000-000000000007",
            "/desk/contests",
            "/desk/contests/decided",
            "/work/contests",
            "/desk/requests/2026-000123",
            "/work",
            "/work/2026-000123",
            "/requests/2026-000123/receipt/1/contest",
            "/desk/customers/new",
            "/desk/customers/1/edit",
            "/desk/customers/1/contract/new",
            "/desk/customers/1/contract/1/amend",
            "/account/mails",
            "/account/calendar",
            "/settings/embed",
            "/bundles/subscription",
            "/bundles/purchases/B2026-000123",
            "/",
        ] {
            assert!(has_islands(path), "{path}");
        }
        for path in [
            "/line",
            "/offline",
            "/bundles",
            "/bundles/1/purchase",
            "/sign-in",
            "/order/x/details",
            "/requests",
            "/requests/2026-000123/receipt/1",
            "/desk/customers/1",
            "/desk/customers/1/contract/1",
            "/usage",
            "/usage/statement",
            "/documents",
            "/documents/statement",
            "/desk/outages/new",
            "/desk/mail-in/1",
            "/settings/voice",
            "/sales/purchases/B2026-000001",
            "/work/2026-000123/reopening",
            "/work/2026-000123/segments/1",
            "/work/2026-000123/segments/1/split",
        ] {
            assert!(!has_islands(path), "{path}");
        }
    }
}
