//! The frame of a page.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{ErrorSummary, Notice, NoticeKind, WithNumber};
use crate::{
    model::base::done::Done,
    ui::{self, forms, texts::t},
};

/// How wide a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// One column of 720 px: customers.
    #[default]
    Column,
    /// Room for two columns: the public page.
    Wide,
    /// All there is: staff.
    Full,
}

/// A page: its title in the browser, its one headline and what follows.
///
/// It puts the [`ErrorSummary`] above the headline when a form came back, and the word of success when one has led here, so that
/// no page forgets them; pages do not place them themselves. Both stand first in the window's title, which is what a screen
/// reader says when a page opens. `before` stands above the headline (the [`super::Steps`] of an order).
#[component]
pub fn Page(
    /// The headline: the fact that matters now.
    #[prop(into)]
    title: String,
    /// One sentence under it; nothing when it is empty.
    #[prop(optional, into)]
    lead: Option<String>,
    /// What stands above the headline.
    #[prop(optional)]
    before: Option<AnyView>,
    /// How wide it is.
    #[prop(optional)]
    width: Width,
    children: Children,
) -> impl IntoView {
    let window_title = match (forms::returned(), ui::just_done()) {
        (Some(_), _) => t!("page-title-error", title = title.as_str()),
        (None, Some(done)) => t!("page-title-done", done = in_words(done), title = title.as_str()),
        (None, None) => t!("page-title", title = title.as_str()),
    };
    let class = match width {
        Width::Column => "page",
        Width::Wide => "page page-wide",
        Width::Full => "page page-full",
    };
    // leptos_meta 0.8.7 writes a title into the document as it is, and names of customers stand in titles.
    let window_title = html_escape::encode_text(&window_title).into_owned();
    view! {
        <Title text=window_title/>
        <main id="main" class=class tabindex="-1">
            <BlockedNotice/>
            {before}
            <ErrorSummary/>
            <DoneNotice/>
            <h1>{title}</h1>
            {lead.filter(|lead| !lead.is_empty()).map(|lead| view! { <p class="lead"><WithNumber text=lead/></p> })}
            {children()}
        </main>
    }
}

/// Why the reader's organisation may neither order nor buy, and whom to call; on top of every page while it may not.
#[component]
fn BlockedNotice() -> impl IntoView {
    ui::blocked().map(|reason| {
        view! {
            <Notice kind=NoticeKind::Problem title=t!("blocked-title")>
                <p>{reason}</p>
                <p><WithNumber text=t!("blocked-help", phone = ui::line_phone())/></p>
            </Notice>
        }
    })
}

/// That the form is done which led here.
#[component]
fn DoneNotice() -> impl IntoView {
    ui::just_done().map(|done| {
        view! {
            <div class="done" role="status">
                <Notice kind=NoticeKind::Done>
                    <p>{in_words(done)}</p>
                </Notice>
            </div>
        }
    })
}

fn in_words(done: Done) -> String {
    match done {
        Done::Saved => t!("done-saved"),
        Done::Added => t!("done-added"),
        Done::Removed => t!("done-removed"),
        Done::Withdrawn => t!("done-withdrawn"),
        Done::Reordered => t!("done-reordered"),
        Done::CarriedOut => t!("done-carried-out"),
        Done::Sent => t!("done-sent"),
        Done::WillBeSent => t!("done-will-be-sent"),
        Done::SignedOut => t!("done-signed-out"),
        Done::Unlocked => t!("done-unlocked"),
        Done::LinkAsked => t!("done-link-asked"),
        Done::AddressAsked => t!("done-address-asked"),
        Done::AddressAgreed => t!("done-address-agreed"),
        Done::PasswordChanged => t!("done-password-changed"),
        Done::PasswordChosen => t!("done-password-chosen"),
        Done::Erased => t!("done-erased"),
    }
}
