//! `/mails`: the mails that the demo wrote instead of sending them.

use leptos::prelude::*;

use crate::{
    api,
    model::{mails::MailRow, paths},
    ui::{
        DemoMode,
        components::{EmptyState, MailBadge, Page, loaded},
        format,
        pages::problem::NotFoundPage,
        texts::{Locale, t},
    },
};

/// The demo's mails, whoever they are for. Outside of the demo there is no such page.
#[component]
pub fn DemoMailsPage() -> impl IntoView {
    if !DemoMode::is_on() {
        return view! { <NotFoundPage/> }.into_any();
    }
    loaded(api::mails::demo_mails(), move |mails| view! { <DemoMails mails/> }).into_any()
}

/// The mails, the newest first.
#[component]
pub(crate) fn DemoMails(mails: Vec<MailRow>) -> impl IntoView {
    let list = if mails.is_empty() {
        view! {
            <EmptyState title=t!("demo-mails-none")>
                <p>{t!("demo-mails-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = mails.into_iter().map(row).collect::<Vec<_>>();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <Page title=t!("demo-mails-title") lead=t!("demo-mails-lead")>
            {list}
        </Page>
    }
}

fn row(mail: MailRow) -> impl IntoView {
    let when = format::moment(Locale::current(), mail.created_at);
    view! {
        <li class="row">
            <div>
                <p class="row-title">
                    <a href=paths::demo_mail(mail.id)>{mail.subject}</a>
                </p>
                <p class="row-note">{format!("{} · {when}", format::person(Locale::current(), &mail.to))}</p>
            </div>
            <MailBadge state=mail.state/>
        </li>
    }
}
