//! The ways between the pages of sales.

use leptos::prelude::*;

use crate::{
    model::paths,
    ui::{self, texts::t},
};

/// The pages of sales.
#[component]
pub fn SalesNav() -> impl IntoView {
    let path = ui::path();
    let links = [
        (paths::SALES, t!("sales-nav-overview")),
        (paths::SALES_BANK, t!("sales-nav-bank")),
        (paths::SALES_BALANCES, t!("sales-nav-balances")),
        (paths::SALES_PURCHASES, t!("sales-nav-purchases")),
        (paths::SALES_RECEIVABLES, t!("sales-nav-receivables")),
        (paths::SALES_FEES, t!("sales-nav-fees")),
        (paths::SALES_ACCOUNTING, t!("sales-nav-accounting")),
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
