//! `/offline`: what a browser shows that has no connection. It is kept on the device, so it says nothing that goes out of date by itself:
//! the numbers to call, and of whoever is signed in the next agreed time.

use leptos::prelude::*;

use crate::{
    api,
    model::{line::settings::Region, money::pages::Start, ordering::pages::RequestSummary, paths, problem::Problem},
    ui::{
        self,
        components::{Page, loaded},
        format,
        pages::line::public_page::Numbers,
        texts::{Locale, t},
    },
};

/// When there is no connection.
#[component]
pub fn OfflinePage() -> impl IntoView {
    loaded(load(), |(regions, next)| view! { <OfflineView regions next/> })
}

async fn load() -> Result<(Vec<Region>, Option<RequestSummary>), Problem> {
    let regions = api::line::public_page::line_page().await?.regions;
    let next = match ui::is_signed_in() {
        true => match api::ordering::home::start_page().await? {
            Start::Home(home) => home.ahead.into_iter().find(|request| request.slot.is_some()),
            Start::Work(_) => None,
        },
        false => None,
    };
    Ok((regions, next))
}

/// The page itself.
#[component]
fn OfflineView(
    /// The numbers to call.
    regions: Vec<Region>,
    /// The next agreed time.
    next: Option<RequestSummary>,
) -> impl IntoView {
    let next = next.map(|next| {
        let locale = Locale::current();
        let when = next.slot.map(|slot| format::capitalized(&format::slot(locale, slot))).unwrap_or_default();
        let what = format!("{} · {} · {}", locale.of(&next.program), locale.of(&next.work_type), next.number);
        view! {
            <section class="card" aria-labelledby="next">
                <h2 id="next">{t!("offline-next")}</h2>
                <p class="row-title">{when}</p>
                <p>{what}</p>
                {ui::now()
                    .map(|now| {
                        view! { <p class="field-hint">{t!("offline-next-note", time = format::moment(locale, now))}</p> }
                    })}
            </section>
        }
    });
    view! {
        <Page title=t!("offline-title") lead=t!("offline-lead")>
            {next}
            <section aria-labelledby="numbers">
                <h2 id="numbers">{t!("line-numbers")}</h2>
                <Numbers regions/>
            </section>
            <p class="actions">
                <a href=paths::HOME>{t!("offline-again")}</a>
            </p>
        </Page>
    }
}
