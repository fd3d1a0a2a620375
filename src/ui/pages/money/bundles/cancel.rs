//! `/bundles/orders/{number}/cancel`: are you sure.

use leptos::prelude::*;

use super::{number_in_path, path_of, pieces};
use crate::{
    api,
    model::{
        money::purchases::{BundleOrder, OrderNumber},
        people::members::Capability,
        problem::Problem,
    },
    ui::{
        components::{ButtonKind, ButtonLink, Form, Hidden, Page, ProblemPage, Submit},
        format,
        texts::{Locale, t},
    },
};

/// The last question before an order is called off.
#[component]
pub fn BundleOrderCancelPage() -> impl IntoView {
    let number = number_in_path();
    view! {
        {Suspend::new(async move {
            match load(number).await {
                Ok(order) => view! { <Sure order/> }.into_any(),
                Err(problem) => view! { <ProblemPage problem/> }.into_any(),
            }
        })}
    }
}

/// Says at once what the server would say after the form was sent.
async fn load(number: Result<OrderNumber, Problem>) -> Result<BundleOrder, Problem> {
    let page = api::money::bundles::order_page(number?).await?;
    match (page.may_buy, page.may_cancel) {
        (false, _) => Err(Problem::Forbidden { capability: Some(Capability::Buy) }),
        (true, false) => Err(Problem::Conflict),
        (true, true) => Ok(page.order),
    }
}

/// The question.
#[component]
pub fn Sure(
    /// About which order.
    order: BundleOrder,
) -> impl IntoView {
    let lead = t!(
        "purchase-cancel-lead",
        number = order.number.to_string(),
        pieces = pieces(&order),
        total = format::money(Locale::current(), order.total),
    );
    view! {
        <Page title=t!("purchase-cancel-title") lead>
            <p>{t!("purchase-cancel-why")}</p>
            <Form action="/api/bundles/cancel">
                <Hidden name="number" value=order.number.to_string()/>
                <div class="actions">
                    <Submit label=t!("purchase-cancel") kind=ButtonKind::Danger/>
                    <ButtonLink href=path_of(order.number) label=t!("purchase-keep") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}
