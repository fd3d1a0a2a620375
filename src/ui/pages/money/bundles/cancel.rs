//! `/bundles/orders/{number}/cancel`: are you sure.

use leptos::prelude::*;

use super::pieces;
use crate::{
    api,
    model::{
        money::purchases::{BundleOrder, OrderNumber},
        paths,
        people::members::Capability,
        problem::Problem,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Endpoint, Form, Hidden, Page, Submit, loaded},
        format,
        texts::{Locale, t},
    },
};

/// The last question before an order is called off.
#[component]
pub fn BundleOrderCancelPage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(load(number), move |order| view! { <CancelQuestion order/> })
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
pub fn CancelQuestion(
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
            <Form action={Endpoint::of::<api::money::bundles::CancelOrder>()}>
                <Hidden name="number" value=order.number.to_string()/>
                <div class="actions">
                    <Submit label=t!("purchase-cancel") kind=ButtonKind::Danger/>
                    <ButtonLink href=paths::purchase(order.number) label=t!("purchase-keep") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}
