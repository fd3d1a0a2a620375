//! Orders that were left unfinished: a line each, to go on with or to discard.

use leptos::prelude::*;

use crate::{
    api,
    model::{ordering::drafts::Draft, paths},
    ui::{
        self,
        components::{ButtonKind, Endpoint, Form, Hidden, Submit},
        format,
        texts::{Locale, named, t},
    },
};

/// One of them is a line; more are told by their number, and a line each behind it.
#[component]
pub(super) fn Unfinished(drafts: Vec<Draft>) -> impl IntoView {
    let count = drafts.len();
    let first = drafts.first()?;
    let title = t!("order-drafts-title", count = count, what = subject(first));
    let lines = drafts.into_iter().map(line).collect::<Vec<_>>();
    Some(if count == 1 {
        view! {
            <section class="drafts" aria-labelledby="drafts-title">
                <h2 class="visually-hidden" id="drafts-title">{title}</h2>
                <ul class="draft-list">{lines}</ul>
            </section>
        }
        .into_any()
    } else {
        view! {
            <details class="drafts">
                <summary>{title}</summary>
                <ul class="draft-list">{lines}</ul>
            </details>
        }
        .into_any()
    })
}

/// "1 rozepsaná: Sklad · Přecenění", with what can be done with it.
fn line(draft: Draft) -> impl IntoView {
    let locale = Locale::current();
    let what = subject(&draft);
    let begun = t!("order-draft-begun", when = format::on(locale, draft.created_at, ui::now()));
    let when = match draft.held {
        Some(held) => t!("order-draft-held", slot = format::slot(locale, held.slot)),
        None => begun,
    };
    view! {
        <li class="draft">
            <p>
                <a href=paths::draft_step(draft.id, draft.next_step())>{t!("order-draft-finish", what = what.as_str())}</a>
                " "
                <span class="draft-when">{when}</span>
            </p>
            <Form action={Endpoint::of::<api::ordering::drafts::DiscardDraft>()}>
                <Hidden name="id" value=draft.id.to_string()/>
                <Submit label=t!("order-draft-discard") kind=ButtonKind::Quiet about=what/>
            </Form>
        </li>
    }
}

/// "Sklad · Instalace"
fn subject(draft: &Draft) -> String {
    match &draft.work_type {
        Some(work_type) => format!("{} · {}", named(&draft.program.name), named(&work_type.name)),
        None => named(&draft.program.name),
    }
}
