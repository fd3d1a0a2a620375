//! `/account/calendar`: the address from which one's own calendar reads agreed times.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    api,
    model::{
        ordering::feeds::{FeedPage as Feed, OwnFeed},
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{ButtonKind, CheckField, Endpoint, Form, Hidden, Notice, NoticeKind, Page, Submit, loaded},
        format,
        islands::{CopyButton, Copying},
        texts::{Locale, t},
    },
};

/// One's own calendar.
#[component]
pub fn CalendarPage() -> impl IntoView {
    loaded(load(), |(page, key)| view! { <FeedView page key/> })
}

async fn load() -> Result<(Feed, Uuid), Problem> {
    let page = api::ordering::feeds::feed_page().await?;
    Ok((page, api::ordering::requests::form_key().await?))
}

/// The page itself.
///
/// * `key` – of an address to be
#[component]
fn FeedView(page: Feed, key: Uuid) -> impl IntoView {
    let Feed { feed, address } = page;
    let is_on = feed.is_some();
    view! {
        <Page title=t!("feed-title") lead=t!("feed-lead")>
            <p class="actions">
                <a href=paths::ACCOUNT>{t!("wishes-back")}</a>
            </p>
            {address.map(|address| view! { <NewAddress address/> })}
            {feed.map(|feed| view! { <Standing feed/> })}
            <section aria-labelledby="feed-make">
                <h2 id="feed-make">{if is_on { t!("feed-anew") } else { t!("feed-begin") }}</h2>
                {is_on.then(|| view! { <p>{t!("feed-anew-hint")}</p> })}
                <Form action={Endpoint::of::<api::ordering::feeds::MakeFeed>()}>
                    <Hidden name="key" value=key.to_string()/>
                    <CheckField name="busy_only" label=t!("feed-busy-only") hint=t!("feed-busy-only-hint")/>
                    <div class="actions">
                        <Submit
                            label=if is_on { t!("feed-make-anew") } else { t!("feed-make") }
                            kind=if is_on { ButtonKind::Secondary } else { ButtonKind::Primary }
                        />
                    </div>
                </Form>
            </section>
            <Copying/>
        </Page>
    }
}

/// An address, shown once.
#[component]
fn NewAddress(address: String) -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Done title=t!("feed-address")>
            <p>
                <code>{address.clone()}</code>
            </p>
            <p>
                <CopyButton text=address about=t!("feed-address")/>
            </p>
            <p>{t!("feed-address-hint")}</p>
        </Notice>
    }
}

/// That there is one, and its end.
#[component]
fn Standing(feed: OwnFeed) -> impl IntoView {
    let since = format::since(Locale::current(), feed.made_at, ui::now());
    let says = if feed.busy_only { t!("feed-on-busy", since = since) } else { t!("feed-on", since = since) };
    view! {
        <section aria-labelledby="feed-on">
            <h2 id="feed-on">{t!("feed-standing")}</h2>
            <p>{says}</p>
            <Form action={Endpoint::of::<api::ordering::feeds::EndFeed>()}>
                <p class="field-hint">{t!("feed-end-hint")}</p>
                <div class="actions">
                    <Submit label=t!("feed-end") kind=ButtonKind::Danger/>
                </div>
            </Form>
        </section>
    }
}
