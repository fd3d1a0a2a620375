//! Sales, for managers: the owner's view, bank transfers, orders.

mod bank;
mod order;
mod orders;
mod overview;
mod words;

use leptos::prelude::*;

pub(crate) use self::{bank::BankView, order::OrderView, orders::OrderList, overview::SalesView};
pub use self::{bank::SalesBankPage, order::SalesOrderPage, orders::SalesOrdersPage, overview::SalesPage};
use crate::{
    model::paths,
    ui::{self, texts::t},
};

/// The three pages of sales.
#[component]
fn SalesNav() -> impl IntoView {
    let path = ui::path();
    let links = [
        (paths::SALES, t!("sales-nav-overview")),
        (paths::SALES_BANK, t!("sales-nav-bank")),
        (paths::SALES_PURCHASES, t!("sales-nav-orders")),
    ];
    let links = links
        .into_iter()
        .map(|(href, word)| {
            let here = path == href || href != paths::SALES && path.starts_with(href);
            view! {
                <li>
                    <a href=href aria-current=here.then_some("page")>
                        {word}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <nav class="tabs" aria-label=t!("sales-nav-label")>
            <ul>{links}</ul>
        </nav>
    }
}
