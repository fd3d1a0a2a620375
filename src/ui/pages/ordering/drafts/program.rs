//! The first question: which program it is about. Also where unfinished drafts are found again.

use leptos::prelude::*;

use super::paths::draft_if_in_path;
use crate::{
    api,
    model::{
        base::ids::RequestId,
        ordering::{
            drafts::{Draft, DraftStep},
            outages::KnownOutage,
            pages::ProgramChoice,
        },
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, CallButton, EmptyState, Endpoint, Form, Hidden, Page, RadioCards, RadioOption, Steps, Submit,
            WithNumber, loaded,
        },
        format,
        pages::ordering::outages::known::KnownOutages,
        texts::{Locale, named, t},
    },
};

/// `/order` begins a draft, `/order/{id}` asks for the program of one that has begun.
#[component]
pub fn DraftProgramPage() -> impl IntoView {
    let begun = draft_if_in_path();
    let asked = async move {
        let begun = begun.transpose()?;
        Question::of(api::ordering::drafts::program_choice().await?, begun)
    };
    loaded(asked, |question| view! { <ProgramQuestion question/> })
}

/// What the page asks.
struct Question {
    id: RequestId,
    options: Vec<RadioOption>,
    selected: Option<String>,
    /// Other drafts that were left unfinished; only where a new one begins.
    drafts: Vec<Draft>,
    /// What we know of that hits one of the programs.
    outages: Vec<KnownOutage>,
}

impl Question {
    fn of(choice: ProgramChoice, begun: Option<RequestId>) -> Result<Self, Problem> {
        let ProgramChoice { programs, drafts, new_draft, outages } = choice;
        let chosen = match begun {
            Some(begun) => {
                let draft = drafts.iter().find(|draft| draft.id == begun).ok_or(Problem::NotFound)?;
                Some(draft.program.id)
            }
            // Who has one program is not made to choose it.
            None => programs.first().filter(|_| programs.len() == 1).map(|(only, _)| only.id),
        };
        let options = programs
            .into_iter()
            .map(|(program, version)| RadioOption {
                value: program.id.to_string(),
                label: named(&program.name),
                meta: (!version.is_empty()).then(|| t!("program-version", version = version)),
                ..RadioOption::default()
            })
            .collect();
        Ok(Self {
            id: begun.unwrap_or(new_draft),
            options,
            selected: chosen.map(|program| program.to_string()),
            drafts: if begun.is_none() { drafts } else { Vec::new() },
            outages,
        })
    }
}

#[component]
fn ProgramQuestion(question: Question) -> impl IntoView {
    let Question { id, options, selected, drafts, outages } = question;
    let before = view! { <Steps step=DraftStep::Program draft=id/> }.into_any();
    let drafts = (!drafts.is_empty()).then(|| view! { <Drafts drafts/> });
    let asked = if options.is_empty() {
        view! {
            <EmptyState title=t!("order-program-none")>
                <p><WithNumber text=t!("order-program-none-help", phone = ui::line_phone())/></p>
                <p class="actions">
                    <CallButton/>
                </p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <Form action={Endpoint::of::<api::ordering::drafts::ChooseProgram>()}>
                <Hidden name="id" value=id.to_string()/>
                <RadioCards
                    name="program"
                    legend=t!("order-program-legend")
                    legend_hidden=true
                    options
                    selected=selected.unwrap_or_default()
                />
                <div class="actions">
                    <Submit label=t!("order-continue")/>
                </div>
            </Form>
        }
        .into_any()
    };
    view! {
        <Page title=t!("order-program-title") before>
            {drafts}
            <KnownOutages outages/>
            {asked}
        </Page>
    }
}

/// Orders that were left unfinished: to go on with, or to throw away.
#[component]
fn Drafts(drafts: Vec<Draft>) -> impl IntoView {
    let count = drafts.len();
    let cards = drafts.into_iter().map(draft_card).collect::<Vec<_>>();
    view! {
        <section class="drafts" aria-labelledby="drafts-title">
            <h2 id="drafts-title">{t!("order-drafts-title", count = count)}</h2>
            <ul class="draft-list">{cards}</ul>
        </section>
    }
}

fn draft_card(draft: Draft) -> impl IntoView {
    let locale = Locale::current();
    let what = subject(&draft);
    let begun = t!("order-draft-begun", when = format::on(locale, draft.created_at, ui::now()));
    let held = draft.held.map(
        |held| view! { <p class="draft-when">{t!("order-draft-held", slot = format::slot(locale, held.slot))}</p> },
    );
    view! {
        <li class="card draft">
            <p class="draft-what">{what.clone()}</p>
            <p class="draft-when">{begun}</p>
            {held}
            <div class="actions">
                <a class="button button-secondary" href=paths::draft_step(draft.id, draft.next_step())>
                    {t!("order-draft-finish")}
                    <span class="visually-hidden">" – "{what.clone()}</span>
                </a>
                <Form action={Endpoint::of::<api::ordering::drafts::DiscardDraft>()}>
                    <Hidden name="id" value=draft.id.to_string()/>
                    <Submit label=t!("order-draft-discard") kind=ButtonKind::Quiet about=what/>
                </Form>
            </div>
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
