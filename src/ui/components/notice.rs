//! Notices, and what stands where there is nothing yet.

use leptos::prelude::*;

use super::{Icon, Symbol, WithNumber};
use crate::ui::{
    StandingNotice,
    texts::{Locale, t},
};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoticeKind {
    /// Good to know.
    #[default]
    Info,
    /// Time is running out.
    Soon,
    /// Something is broken or lost.
    Problem,
    /// Something is done.
    Done,
}

/// A notice within a page.
#[component]
pub fn Notice(
    /// What it is about.
    #[prop(optional)]
    kind: NoticeKind,
    /// The first, bold line.
    #[prop(optional, into)]
    title: Option<String>,
    children: Children,
) -> impl IntoView {
    let (class, symbol) = match kind {
        NoticeKind::Info => ("notice", Symbol::Info),
        NoticeKind::Soon => ("notice notice-soon", Symbol::Clock),
        NoticeKind::Problem => ("notice notice-problem", Symbol::Warning),
        NoticeKind::Done => ("notice notice-done", Symbol::Check),
    };
    view! {
        <div class=class>
            <Icon symbol/>
            <div class="notice-text">
                {title.map(|title| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}

/// What every visitor should know, on top of every page while it stands there.
#[component]
pub fn SiteNotice() -> impl IntoView {
    StandingNotice::text(Locale::current()).map(|text| {
        view! {
            <aside class="site-notice" aria-label=t!("site-notice")>
                <Notice kind=NoticeKind::Soon>
                    <p>{text}</p>
                </Notice>
            </aside>
        }
    })
}

/// What stands where there is nothing yet: what will be here, and what to do.
#[component]
pub fn EmptyState(
    /// One sentence that says that there is nothing.
    #[prop(into)]
    title: String,
    /// More words or buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title"><WithNumber text=title/></p>
            {children.map(|children| children())}
        </div>
    }
}
