//! `/bundles/purchases/{number}/cancel`: are you sure.

use leptos::prelude::*;

use super::words::pieces;
use crate::{
    api,
    model::{
        money::purchases::{Purchase, PurchaseNumber},
        paths,
        people::members::Capability,
        problem::{MovedOn, Problem},
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Endpoint, Form, Hidden, Page, Submit, loaded},
        format,
        texts::{Locale, t},
    },
};

/// The last question before a purchase is called off.
#[component]
pub fn PurchaseCancelPage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(load(number), move |purchase| view! { <CancelQuestion purchase/> })
}

/// Says at once what the server would say after the form was sent.
async fn load(number: Result<PurchaseNumber, Problem>) -> Result<Purchase, Problem> {
    let page = api::money::purchases::purchase_page(number?).await?;
    match (page.may_buy, page.may_cancel) {
        (false, _) => Err(Problem::Forbidden { capability: Some(Capability::Buy) }),
        (true, false) => Err(Problem::MovedOn(MovedOn::Purchase(page.purchase.number))),
        (true, true) => Ok(page.purchase),
    }
}

/// The question.
#[component]
pub fn CancelQuestion(
    /// About which purchase.
    purchase: Purchase,
) -> impl IntoView {
    let lead = t!(
        "purchase-cancel-lead",
        number = purchase.number.to_string(),
        pieces = pieces(&purchase),
        total = format::money(Locale::current(), purchase.total),
    );
    view! {
        <Page title=t!("purchase-cancel-title") lead>
            <p>{t!("purchase-cancel-why")}</p>
            <Form action={Endpoint::of::<api::money::purchases::CancelPurchase>()}>
                <Hidden name="number" value=purchase.number.to_string()/>
                <div class="actions">
                    <Submit label=t!("purchase-cancel") kind=ButtonKind::Danger/>
                    <ButtonLink href=paths::purchase(purchase.number) label=t!("purchase-keep") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}
