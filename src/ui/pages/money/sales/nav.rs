//! The ways between the pages of sales.

use leptos::prelude::*;

use crate::{
    model::money::purchases::PurchaseNumber,
    ui::{self, texts::t},
};

/// The page of a purchase.
pub fn path_of(purchase: PurchaseNumber) -> String {
    format!("/sales/purchases/{purchase}")
}

/// The three pages of sales.
#[component]
pub fn SalesNav() -> impl IntoView {
    let path = ui::path();
    let links = [
        ("/sales", t!("sales-nav-overview")),
        ("/sales/bank", t!("sales-nav-bank")),
        ("/sales/purchases", t!("sales-nav-purchases")),
    ];
    let links = links
        .into_iter()
        .map(|(href, word)| {
            let here = path == href || href != "/sales" && path.starts_with(href);
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
