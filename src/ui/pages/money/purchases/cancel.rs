//! `/bundles/purchases/{number}/cancel`: are you sure.

use leptos::prelude::*;

use super::words::{number_in_path, path_of, pieces};
use crate::{
    api,
    model::{
        money::purchases::{Purchase, PurchaseNumber},
        people::members::Capability,
        problem::Problem,
    },
    ui::{
        components::{ButtonKind, ButtonLink, Form, Hidden, Page, ProblemPage, Submit},
        format,
        texts::{Locale, t},
    },
};

/// The last question before a purchase is called off.
#[component]
pub fn PurchaseCancelPage() -> impl IntoView {
    let number = number_in_path();
    view! {
        {Suspend::new(async move {
            match load(number).await {
                Ok(purchase) => view! { <CancelQuestion purchase/> }.into_any(),
                Err(problem) => view! { <ProblemPage problem/> }.into_any(),
            }
        })}
    }
}

/// Says at once what the server would say after the form was sent.
async fn load(number: Result<PurchaseNumber, Problem>) -> Result<Purchase, Problem> {
    let page = api::money::purchases::purchase_page(number?).await?;
    match (page.may_buy, page.may_cancel) {
        (false, _) => Err(Problem::Forbidden { capability: Some(Capability::Buy) }),
        (true, false) => Err(Problem::Conflict),
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
            <Form action="/api/bundles/cancel">
                <Hidden name="number" value=purchase.number.to_string()/>
                <div class="actions">
                    <Submit label=t!("purchase-cancel") kind=ButtonKind::Danger/>
                    <ButtonLink href=path_of(purchase.number) label=t!("purchase-keep") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}
