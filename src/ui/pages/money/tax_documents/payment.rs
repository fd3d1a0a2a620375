//! `/documents/{number}/payment`: how a document is paid. Whether it still is to be is the headline.

use leptos::prelude::*;

use super::super::transfers::Transfer;
use crate::{
    api,
    model::{
        money::{
            pages::{DocumentPayment as View, TransferBox},
            tax_documents::Settlement,
        },
        paths,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Icon, Page, Symbol, loaded},
        format,
        texts::{Locale, t},
    },
};

/// How one document is paid.
#[component]
pub fn DocumentPaymentPage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(
        async move { api::money::tax_documents::document_payment(number?).await },
        |page| view! { <PaymentView page/> },
    )
}

#[component]
fn PaymentView(page: View) -> impl IntoView {
    let View { document, transfer } = page;
    let title = headline(document.settlement, transfer.as_ref());
    let lead = format!("{} {}", t!("document-kind", kind = document.kind.code()), document.number);
    let by_card = document.purchase.filter(|_| transfer.is_some()).map(|purchase| {
        view! { <p><a href=paths::purchase(purchase)>{t!("documents-pay-purchase")}</a></p> }
    });
    let transfer = transfer.map(|payment| view! { <Transfer payment/> });
    let before = view! {
        <p class="steps">
            <a class="steps-back" href=paths::DOCUMENTS>
                <Icon symbol=Symbol::Back/>
                {t!("documents-title")}
            </a>
        </p>
    };
    view! {
        <Page title lead before=before.into_any()>
            {transfer}
            {by_card}
            <p class="actions">
                <ButtonLink
                    href=paths::document_pdf(&document.number)
                    label=t!("documents-pay-pdf")
                    kind=ButtonKind::Secondary
                />
            </p>
        </Page>
    }
}

/// "Zaplaťte 907,50 Kč do 7. 12. 2026", or that nothing is left to pay.
fn headline(settlement: Settlement, transfer: Option<&TransferBox>) -> String {
    let locale = Locale::current();
    match (settlement, transfer) {
        (Settlement::Void, _) => t!("documents-void"),
        (_, None) => t!("documents-paid"),
        (_, Some(transfer)) => t!(
            "documents-pay-title",
            amount = format::money(locale, transfer.amount),
            date = format::date_numeric(locale, transfer.due_on, None),
        ),
    }
}
