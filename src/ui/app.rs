//! The application: every page has its place here.

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use super::{
    components::{Footer, Nav},
    pages::{
        gallery::GalleryPage,
        line::public_page::LinePage,
        mails::{demo_mails::DemoMailsPage, desk::MailsPage},
        minutes::{
            contracts::ContractPage,
            usage::{UsageContractPage, UsageInterventionsPage, UsagePage, UsageStatementPage},
        },
        money::{
            bundles::BundlesPage,
            purchases::{PurchaseCancelPage, PurchaseFormPage, PurchasePage},
            sales::{SalesBankPage, SalesPage, SalesPurchasePage, SalesPurchasesPage},
            tax_documents::DocumentsPage,
        },
        ordering::{
            appointments::DeskPage,
            drafts::{
                DraftConfirmPage, DraftDetailsPage, DraftProgramPage, DraftTimePage, DraftUrgencyPage,
                DraftWorkTypePage,
            },
            requests::{RequestCancelPage, RequestListPage, RequestMovePage, RequestPage},
        },
        people::{
            accounts::AccountPage,
            customers::{CustomerPage, CustomersPage},
            sign_in::SignInPage,
        },
        problem::NotFoundPage,
        work::{
            SegmentPage, WorkDayPage, WorkPage,
            contests::ContestsPage,
            receipts::{ReceiptContestPage, ReceiptPage},
        },
    },
    texts::t,
};

/// The frame of every page, and which page stands at which path.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <a class="skip" href="#main">
            {t!("skip-to-content")}
        </a>
        <Nav/>
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=LinePage ssr=SsrMode::Async/>
                <Route path=path!("/bundles") view=BundlesPage ssr=SsrMode::Async/>
                <Route path=path!("/bundles/purchases/:number") view=PurchasePage ssr=SsrMode::Async/>
                <Route path=path!("/bundles/purchases/:number/cancel") view=PurchaseCancelPage ssr=SsrMode::Async/>
                <Route path=path!("/bundles/:bundle/purchase") view=PurchaseFormPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
                <Route path=path!("/order") view=DraftProgramPage ssr=SsrMode::Async/>
                <Route path=path!("/order/:id") view=DraftProgramPage ssr=SsrMode::Async/>
                <Route path=path!("/order/:id/work-type") view=DraftWorkTypePage ssr=SsrMode::Async/>
                <Route path=path!("/order/:id/details") view=DraftDetailsPage ssr=SsrMode::Async/>
                <Route path=path!("/order/:id/urgency") view=DraftUrgencyPage ssr=SsrMode::Async/>
                <Route path=path!("/order/:id/time") view=DraftTimePage ssr=SsrMode::Async/>
                <Route path=path!("/order/:id/confirm") view=DraftConfirmPage ssr=SsrMode::Async/>
                <Route path=path!("/requests") view=RequestListPage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:number") view=RequestPage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:number/move") view=RequestMovePage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:number/cancel") view=RequestCancelPage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:number/receipt/:ordinal") view=ReceiptPage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:number/receipt/:ordinal/contest") view=ReceiptContestPage ssr=SsrMode::Async/>
                <Route path=path!("/usage") view=UsagePage ssr=SsrMode::Async/>
                <Route path=path!("/usage/interventions") view=UsageInterventionsPage ssr=SsrMode::Async/>
                <Route path=path!("/usage/statement") view=UsageStatementPage ssr=SsrMode::Async/>
                <Route path=path!("/usage/contract") view=UsageContractPage ssr=SsrMode::Async/>
                <Route path=path!("/documents") view=DocumentsPage ssr=SsrMode::Async/>
                <Route path=path!("/desk") view=DeskPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/contests") view=ContestsPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/customers") view=CustomersPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/customers/:customer") view=CustomerPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/customers/:customer/contract/:contract") view=ContractPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/mails") view=MailsPage ssr=SsrMode::Async/>
                <Route path=path!("/sales") view=SalesPage ssr=SsrMode::Async/>
                <Route path=path!("/sales/bank") view=SalesBankPage ssr=SsrMode::Async/>
                <Route path=path!("/sales/purchases") view=SalesPurchasesPage ssr=SsrMode::Async/>
                <Route path=path!("/sales/purchases/:number") view=SalesPurchasePage ssr=SsrMode::Async/>
                <Route path=path!("/work") view=WorkDayPage ssr=SsrMode::Async/>
                <Route path=path!("/work/:number") view=WorkPage ssr=SsrMode::Async/>
                <Route path=path!("/work/:number/segments/:segment") view=SegmentPage ssr=SsrMode::Async/>
                <Route path=path!("/mails") view=DemoMailsPage ssr=SsrMode::Async/>
                <Route path=path!("/gallery") view=GalleryPage ssr=SsrMode::Async/>
            </Routes>
        </Router>
        <Footer/>
    }
}

/// Whether the page at `path` has islands. Only such a page loads any script.
#[must_use]
pub fn has_islands(path: &str) -> bool {
    let mut parts = path.trim_matches('/').split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("order"), Some(_), Some(step), None) => {
            matches!(step, "work-type" | "details" | "urgency" | "time" | "confirm")
        }
        (Some("requests"), Some(_), Some("move"), None) | (Some("work"), Some(_), None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::has_islands;

    #[test]
    fn only_pages_that_answer_while_one_types_load_script() {
        for path in [
            "/order/x/work-type",
            "/order/x/details",
            "/order/x/urgency",
            "/order/x/time",
            "/order/x/confirm/",
            "/requests/2026-000123/move",
            "/work/2026-000123",
        ] {
            assert!(has_islands(path), "{path}");
        }
        for path in [
            "/",
            "/bundles",
            "/bundles/1/purchase",
            "/bundles/purchases/B2026-000123",
            "/sign-in",
            "/order",
            "/order/x",
            "/requests",
            "/requests/2026-000123",
            "/requests/2026-000123/receipt/1",
            "/requests/2026-000123/receipt/1/contest",
            "/usage",
            "/usage/statement",
            "/documents",
            "/desk",
            "/sales/purchases/B2026-000001",
            "/work",
            "/work/2026-000123/segments/1",
        ] {
            assert!(!has_islands(path), "{path}");
        }
    }
}
