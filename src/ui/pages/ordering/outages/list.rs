//! `/desk/outages`: what hits many customers at once.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        ordering::{
            live::LiveView,
            outages::{OutageSummary, OutagesPage as Outages},
        },
        paths,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, EmptyState, Page, Width, loaded},
        format,
        islands::Live,
        texts::{Locale, named, t},
    },
};

/// Those that are not over, and the latest that are.
#[component]
pub fn OutagesPage() -> impl IntoView {
    loaded(api::ordering::outages::outages_page(), |page| {
        view! {
            <OutageList page/>
            <Live on=LiveView::Desk/>
        }
    })
}

#[component]
fn OutageList(page: Outages) -> impl IntoView {
    let count = page.open.len();
    let title = if count == 0 { t!("outages-title-none") } else { t!("outages-title", count = count) };
    let open = if page.open.is_empty() {
        view! {
            <EmptyState title=t!("outages-none")>
                <p>{t!("outages-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        cards(page.open).into_any()
    };
    let resolved = (!page.resolved.is_empty()).then(|| {
        view! {
            <section aria-labelledby="outages-resolved">
                <h2 id="outages-resolved">{t!("outages-resolved")}</h2>
                {cards(page.resolved)}
            </section>
        }
    });
    view! {
        <Page title width=Width::Full>
            <p class="actions">
                <ButtonLink href=paths::QUEUE label=t!("case-to-queue") kind=ButtonKind::Secondary/>
                <ButtonLink href=paths::NEW_OUTAGE label=t!("outage-new") kind=ButtonKind::Secondary/>
            </p>
            <div data-live="outages">{open} {resolved}</div>
        </Page>
    }
}

fn cards(outages: Vec<OutageSummary>) -> impl IntoView {
    let locale = Locale::current();
    let cards = outages
        .into_iter()
        .map(|outage| {
            let when = match outage.resolved_at {
                Some(at) => t!("outage-over-at", when = format::moment(locale, at)),
                None => format::since(locale, outage.began_at, ui::now()),
            };
            let count = t!("outage-requests", count = outage.requests);
            view! {
                <li class="card">
                    <p>
                        <a href=paths::outage(outage.id)>{named(&outage.name)}</a>
                    </p>
                    <p class="table-note">{format!("{} · {when} · {count}", named(&outage.program))}</p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <ul class="request-cards">{cards}</ul> }
}
