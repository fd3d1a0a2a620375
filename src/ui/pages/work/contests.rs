//! `/desk/contests`: objections to what was billed, each with all that is needed to decide it.

use leptos::prelude::*;
use uuid::Uuid;

use super::words::kind_in_words;
use crate::{
    api,
    model::{
        base::{
            ids::ContestId,
            paging::{Page as Paged, Queue},
        },
        minutes::ledger::Posting,
        ordering::live::LiveView,
        paths,
        problem::Problem,
        work::{
            contests::ContestState,
            pages::{ContestCase, DecidedContest},
            receipts::{Receipt, ReceiptSegment},
        },
    },
    ui::{
        self,
        components::{
            ButtonKind, Column, EmptyState, Endpoint, Form, Hidden, Page, QueueAndCase, QueueEntry, Submit,
            SummaryList, SummaryRow, Table, TextArea, TextField, Width, loaded,
        },
        format,
        islands::Live,
        receipt_words,
        texts::{Locale, t},
    },
};

/// Objections that wait for a decision; the oldest is decided first.
#[component]
pub fn ContestsPage() -> impl IntoView {
    loaded(load(), move |(cases, key)| {
        view! {
            <ContestList cases key/>
            <Live on=LiveView::Desk/>
        }
    })
}

async fn load() -> Result<(Queue<ContestCase>, Uuid), Problem> {
    Ok((api::work::contests::open_contests().await?, api::ordering::requests::form_key().await?))
}

/// The objections, of which one is open.
#[component]
pub fn ContestList(cases: Queue<ContestCase>, key: Uuid) -> impl IntoView {
    let decided = view! {
        <p>
            <a href=paths::DECIDED_CONTESTS>{t!("contests-to-decided")}</a>
        </p>
    };
    if cases.rows.is_empty() {
        return view! {
            <Page title=t!("contests-title") width=Width::Full>
                <div data-live="none">
                    <EmptyState title=t!("contests-none")>
                        <p>{t!("contests-none-help")}</p>
                    </EmptyState>
                </div>
                {decided}
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title=t!("contests-waiting", count = cases.total) width=Width::Full>
            {decided}
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
    let ContestCase { contest, receipt, .. } = case;
    QueueEntry {
        id: contest.id.to_string(),
        title: receipt.customer.clone(),
        notes: vec![format!("{} · {}", receipt.intervention, format::moment(Locale::current(), contest.at))],
    }
}

/// What is objected to, and what the technician says of it.
#[component]
fn Objection(case: ContestCase) -> impl IntoView {
    let ContestCase { contest, receipt, remark } = case;
    let said = |name: &str, at| t!("contests-by", name = name, when = format::moment(Locale::current(), at));
    let objection = said(&format::person(Locale::current(), &contest.by), contest.at);
    let remark = remark.map(|remark| {
        let by = said(&remark.by, remark.at);
        view! {
            <h3>{t!("contests-remark")}</h3>
            <blockquote class="objection">
                <p>{remark.remark}</p>
                <footer>{by}</footer>
            </blockquote>
        }
    });
    let segment = receipt.segments.iter().find(|segment| segment.id == contest.segment).map(segment_in_words);
    let facts = facts(&receipt);
    view! {
        <h2 id="case">{receipt.customer.clone()}</h2>
        <blockquote class="objection">
            <p>{contest.reason}</p>
            <footer>{objection}</footer>
        </blockquote>
        {remark}
        <SummaryList>
            <SummaryRow term=t!("contests-segment")>{segment}</SummaryRow>
            {facts}
        </SummaryList>
    }
}

#[component]
fn Case(case: ContestCase, key: Uuid) -> impl IntoView {
    let ContestCase { contest, receipt, .. } = case.clone();
    let (_, postings) = receipt.without(contest.segment);
    let minutes = receipt
        .segments
        .iter()
        .find(|segment| segment.id == contest.segment)
        .map_or(0, |segment| segment.seconds().div_ceil(60));
    let code = ContestState::code;
    // Named by what it is about: another one never takes its place under the hand of whoever is deciding.
    let part = format!("case-{}", contest.id);
    view! {
        <section class="card" data-live=part aria-labelledby="case">
            <Objection case/>
            <p class="contest-returns">{returned_in_words(&postings)}</p>
            <Form action={Endpoint::of::<api::work::contests::DecideContest>()}>
                <Hidden name="contest" value=contest.id.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea name="answer" label=t!("contests-answer") hint=t!("contests-answer-hint") rows=3/>
                <div class="actions">
                    <Submit name="decision" value=code(ContestState::Accepted) label=t!("contests-accept")/>
                    <Submit
                        name="decision"
                        value=code(ContestState::Rejected)
                        label=t!("contests-reject")
                        kind=ButtonKind::Secondary
                    />
                </div>
                <TextField
                    name="accepted_minutes"
                    label=t!("contests-minutes")
                    hint=t!("contests-minutes-hint", minutes = minutes)
                    inputmode="numeric"
                    suffix=t!("order-ceiling-suffix")
                    short=true
                    optional=true
                />
                <Submit
                    name="decision"
                    value=code(ContestState::PartlyAccepted)
                    label=t!("contests-accept-part")
                    kind=ButtonKind::Secondary
                />
            </Form>
        </section>
    }
}

/// `/work/contests`: objections to the technician's own segments, on which the desk wants a word.
#[component]
pub fn OwnContestsPage() -> impl IntoView {
    loaded(api::work::contests::own_contests(), move |cases| {
        view! {
            <OwnContestList cases/>
            <Live on=LiveView::Day/>
        }
    })
}

/// The objections, of which one is open.
#[component]
fn OwnContestList(cases: Queue<ContestCase>) -> impl IntoView {
    if cases.rows.is_empty() {
        return view! {
            <Page title=t!("contests-own-title") width=Width::Full>
                <div data-live="none">
                    <EmptyState title=t!("contests-own-none")>
                        <p>{t!("contests-own-none-help")}</p>
                    </EmptyState>
                </div>
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title=t!("contests-own-title") width=Width::Full>
            <QueueAndCase
                label=t!("contests-own-title")
                path=paths::OWN_CONTESTS
                name="contest"
                waiting=cases
                entry=entry
                case=|case| view! { <OwnCase case/> }
            />
        </Page>
    }
    .into_any()
}

#[component]
fn OwnCase(case: ContestCase) -> impl IntoView {
    let part = format!("contest-{}", case.contest.id);
    let form = case.remark.is_none().then(|| {
        view! {
            <Form action={Endpoint::of::<api::work::contests::RemarkOnContest>()}>
                <Hidden name="contest" value=case.contest.id.to_string()/>
                <TextArea name="remark" label=t!("contests-remark-label") hint=t!("contests-remark-hint") rows=3/>
                <Submit label=t!("contests-remark-submit")/>
            </Form>
        }
    });
    view! {
        <section class="card" data-live=part aria-labelledby="case">
            <Objection case/>
            {form}
        </section>
    }
}

/// `/desk/contests/decided`: what became of objections, by customer or request.
#[component]
pub fn DecidedContestsPage() -> impl IntoView {
    let search = ui::query_value("search").unwrap_or_default();
    let after = ui::query_value("after").and_then(|id| id.parse().ok()).map(ContestId);
    loaded(api::work::contests::decided_contests(search.clone(), after), move |page| {
        view! {
            <DecidedContestList page search/>
            <Live on=LiveView::Desk/>
        }
    })
}

/// The list, and what it is searched by.
#[component]
fn DecidedContestList(page: Paged<DecidedContest, ContestId>, search: String) -> impl IntoView {
    let older = page.next.map(|after| {
        let mut query = vec![("after", after.to_string())];
        query.extend((!search.is_empty()).then(|| ("search", search.clone())));
        view! {
            <p>
                <a href=ui::with_query(paths::DECIDED_CONTESTS, &query)>{t!("contests-older")}</a>
            </p>
        }
    });
    let list = if page.rows.is_empty() {
        view! { <EmptyState title=t!("contests-decided-none")/> }.into_any()
    } else {
        let rows = page.rows.into_iter().map(decided_row).collect::<Vec<_>>();
        view! {
            <Table
                class="table-decided"
                columns=vec![
                    Column::text(t!("contests-column-customer")),
                    Column::text(t!("contests-column-intervention")),
                    Column::text(t!("contests-column-decision")),
                    Column::text(t!("contests-column-reason")),
                    Column::text(t!("contests-column-answer")),
                ]
            >
                {rows}
            </Table>
        }
        .into_any()
    };
    view! {
        <Page title=t!("contests-decided-title") width=Width::Full>
            <p>
                <a href=paths::CONTESTS>{t!("contests-to-open")}</a>
            </p>
            <form method="get" action=paths::DECIDED_CONTESTS class="search" role="search">
                <label for="search">{t!("contests-search")}</label>
                <div class="search-line">
                    <input class="input" type="search" id="search" name="search" value=search/>
                    <button type="submit" class="button button-secondary">
                        {t!("contests-search-submit")}
                    </button>
                </div>
            </form>
            <div data-live="decided">{list} {older}</div>
        </Page>
    }
}

fn decided_row(contest: DecidedContest) -> impl IntoView {
    let decision = match (contest.state, contest.accepted_minutes) {
        (ContestState::PartlyAccepted, Some(minutes)) => t!("contests-decided-partly", minutes = minutes),
        (ContestState::Accepted | ContestState::PartlyAccepted, _) => t!("contests-decided-accepted"),
        (ContestState::Rejected | ContestState::Open, _) => t!("contests-decided-rejected"),
    };
    let when = format::moment(Locale::current(), contest.decided_at);
    view! {
        <tr>
            <th scope="row">{contest.customer}</th>
            <td data-label=t!("contests-column-intervention")>
                <a href=paths::receipt(contest.intervention)>{contest.intervention.to_string()}</a>
                <span class="table-note">
                    <a href=paths::desk_request(contest.intervention.number)>
                        {t!("missed-open", number = contest.intervention.number.to_string())}
                    </a>
                </span>
            </td>
            <td data-label=t!("contests-column-decision")>
                {decision} <span class="table-note">{format!("{} · {when}", contest.decided_by)}</span>
            </td>
            <td data-label=t!("contests-column-reason")>{contest.reason}</td>
            <td data-label=t!("contests-column-answer")>{contest.answer}</td>
        </tr>
    }
}

/// "Zásah 8:12:30–8:25:04, 0:12:34, Petr Novák"
fn segment_in_words(segment: &ReceiptSegment) -> String {
    let locale = Locale::current();
    t!(
        "contests-segment-is",
        kind = kind_in_words(segment.kind),
        span = receipt_words::segment_span(locale, segment, segment.tells_seconds()),
        length = receipt_words::segment_duration(locale, segment, segment.tells_seconds()),
        technician = segment.technician.as_str(),
    )
}

fn facts(receipt: &Receipt) -> impl IntoView + use<> {
    let locale = Locale::current();
    let (intervention, report) = (receipt.intervention, receipt_words::note(locale, &receipt.report));
    let began = receipt.segments.first().map(|first| format!(" · {}", format::moment(locale, first.started_at)));
    let what = format!(" · {} · {}", locale.of(&receipt.program), locale.of(&receipt.work_type));
    let bill = receipt.bill;
    let billed =
        t!("contests-billed-is", billed = bill.billed, effective = bill.effective_minutes, minimum = bill.minimum,);
    view! {
        <SummaryRow term=t!("contests-intervention")>
            <a href=paths::receipt(intervention)>{intervention.to_string()}</a>
            {what}
            {began}
            <br/>
            <a href=paths::desk_request(intervention.number)>
                {t!("missed-open", number = intervention.number.to_string())}
            </a>
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
