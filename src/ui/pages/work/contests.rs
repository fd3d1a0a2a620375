//! `/desk/contests`: objections to what was billed, each with all that is needed to decide it.

use leptos::prelude::*;
use uuid::Uuid;

use super::words::kind_in_words;
use crate::{
    api,
    model::{
        minutes::ledger::Posting,
        paths,
        problem::Problem,
        work::{
            pages::ContestCase,
            receipts::{Receipt, ReceiptSegment},
        },
    },
    ui::{
        components::{
            ButtonKind, EmptyState, Endpoint, Form, Hidden, Page, QueueAndCase, QueueEntry, Submit, SummaryList,
            SummaryRow, TextArea, Width, loaded,
        },
        format, receipt_words,
        texts::{Locale, t},
    },
};

/// Objections that wait for a decision; the oldest is decided first.
#[component]
pub fn ContestsPage() -> impl IntoView {
    loaded(load(), move |(cases, key)| view! { <ContestList cases key/> })
}

async fn load() -> Result<(Vec<ContestCase>, Uuid), Problem> {
    Ok((api::work::contests::open_contests().await?, api::ordering::requests::form_key().await?))
}

/// The objections, of which one is open.
#[component]
pub fn ContestList(cases: Vec<ContestCase>, key: Uuid) -> impl IntoView {
    if cases.is_empty() {
        return view! {
            <Page title=t!("contests-title") width=Width::Full>
                <EmptyState title=t!("contests-none")>
                    <p>{t!("contests-none-help")}</p>
                </EmptyState>
            </Page>
        }
        .into_any();
    }
    let count = cases.len();
    view! {
        <Page title=t!("contests-waiting", count = count) width=Width::Full>
            <QueueAndCase
                label=t!("contests-title")
                path=paths::CONTESTS
                name="contest"
                waiting=cases
                entry=entry
                case=move |case| view! { <Case case key/> }
            />
        </Page>
    }
    .into_any()
}

fn entry(case: &ContestCase) -> QueueEntry {
    let ContestCase { contest, receipt } = case;
    QueueEntry {
        id: contest.id.to_string(),
        title: receipt.customer.clone(),
        notes: vec![format!("{} · {}", receipt.intervention, format::moment(Locale::current(), contest.at))],
    }
}

#[component]
fn Case(case: ContestCase, key: Uuid) -> impl IntoView {
    let ContestCase { contest, receipt } = case;
    let locale = Locale::current();
    let objection = t!("contests-by", name = contest.by.as_str(), when = format::moment(locale, contest.at));
    let segment = receipt.segments.iter().find(|segment| segment.id == contest.segment).map(segment_in_words);
    let (_, postings) = receipt.without(contest.segment);
    let facts = facts(&receipt);
    view! {
        <section class="card" aria-labelledby="case">
            <h2 id="case">{receipt.customer.clone()}</h2>
            <blockquote class="objection">
                <p>{contest.reason}</p>
                <footer>{objection}</footer>
            </blockquote>
            <SummaryList>
                <SummaryRow term=t!("contests-segment")>{segment}</SummaryRow>
                {facts}
            </SummaryList>
            <p class="contest-returns">{returned_in_words(&postings)}</p>
            <Form action={Endpoint::of::<api::work::contests::DecideContest>()}>
                <Hidden name="contest" value=contest.id.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea name="answer" label=t!("contests-answer") hint=t!("contests-answer-hint") rows=3/>
                <div class="actions">
                    <Submit name="accepted" value="true" label=t!("contests-accept")/>
                    <Submit name="accepted" value="false" label=t!("contests-reject") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}

/// "Zásah 8:12:30–8:25:04, 0:12:34, Petr Novák"
fn segment_in_words(segment: &ReceiptSegment) -> String {
    let locale = Locale::current();
    t!(
        "contests-segment-is",
        kind = kind_in_words(segment.kind),
        from = format::second_of(locale, segment.started_at),
        until = format::second_of(locale, segment.ended_at),
        length = receipt_words::segment_duration(segment),
        technician = segment.technician.as_str(),
    )
}

fn facts(receipt: &Receipt) -> impl IntoView + use<> {
    let locale = Locale::current();
    let (intervention, report) = (receipt.intervention, receipt_words::note(locale, &receipt.report));
    let began = receipt.segments.first().map(|first| format!(" · {}", format::moment(locale, first.started_at)));
    let what = format!(" · {} · {}", receipt.program, receipt.work_type);
    let bill = receipt.bill;
    let billed =
        t!("contests-billed-is", billed = bill.billed, effective = bill.effective_minutes, minimum = bill.minimum,);
    view! {
        <SummaryRow term=t!("contests-intervention")>
            <a href=paths::receipt(intervention)>{intervention.to_string()}</a>
            {what}
            {began}
        </SummaryRow>
        <SummaryRow term=t!("contests-report")>{report}</SummaryRow>
        <SummaryRow term=t!("contests-billed")>{billed}</SummaryRow>
    }
}

/// What accepting returns: minutes to the pools, minutes that are no longer to be paid.
fn returned_in_words(postings: &[Posting]) -> String {
    let (mut returned, mut waived) = (0, 0);
    for posting in postings {
        match posting {
            Posting::Return(draw) => returned += draw.minutes,
            Posting::Waive(minutes) => waived += minutes,
            Posting::Draw(_) | Posting::Charge(_) => {}
        }
    }
    match (returned, waived) {
        (0, 0) => t!("contests-returns-nothing"),
        (returned, 0) => t!("contests-returns", minutes = returned),
        (0, waived) => t!("contests-waives", minutes = waived),
        (returned, waived) => t!("contests-returns-and-waives", returned = returned, waived = waived),
    }
}
