//! What was done from when to when, and objections to it.

use leptos::prelude::*;

use crate::{
    model::{
        base::text::unbroken_range,
        work::{
            contests::{Contest, ContestState},
            receipts::{Receipt, ReceiptSegment},
        },
    },
    ui::{
        components::{Column, Notice, NoticeKind, Table},
        format, receipt_words,
        texts::{Locale, t},
    },
};

/// Every segment, in order of time; those that may still be objected to lead to the form.
#[component]
pub fn Segments(
    /// Whose segments they are.
    receipt: Receipt,
    /// Objections so far.
    contests: Vec<Contest>,
    /// Where one can object; none when one cannot.
    contest_path: Option<String>,
) -> impl IntoView {
    let rows = receipt
        .segments
        .iter()
        .map(|segment| {
            let may_contest = may_be_contested(segment, &contests);
            let contest_path = contest_path.clone().filter(|_| may_contest);
            view! { <SegmentRow segment=segment.clone() contest_path/> }
        })
        .collect::<Vec<_>>();
    let total = receipt_words::duration(receipt.bill.effective_seconds);
    view! {
        <Table
            class="table-segments"
            columns=vec![
                Column::text(t!("segments-column-what")),
                Column::text(t!("segments-column-when")),
                Column::text(t!("segments-column-who")),
                Column::number(t!("segments-column-length")),
            ]
            foot=view! {
            <tr>
                <th scope="row" colspan="3">
                    {t!("segments-total")}
                </th>
                <td class="number" data-label=t!("segments-total")>
                    {total}
                </td>
            </tr>
            }
            .into_any()
        >
            {rows}
        </Table>
    }
}

/// What is charged and was not objected to before.
pub fn may_be_contested(segment: &ReceiptSegment, contests: &[Contest]) -> bool {
    segment.kind.is_billable() && !contests.iter().any(|contest| contest.segment == segment.id)
}

/// "Práce, st 25. 11., 8:04:10–8:17:21"
pub fn segment_in_words(segment: &ReceiptSegment) -> String {
    let kind = receipt_words::segment_kind(Locale::current(), segment.kind);
    format!("{kind}, {}", when(segment))
}

/// "st 25. 11., 8:04:10–8:17:21"
fn when(segment: &ReceiptSegment) -> String {
    let locale = Locale::current();
    let day = format::date_short(locale, format::local_date(segment.started_at));
    format!("{day}, {}", unbroken_range(&receipt_words::segment_span(locale, segment)))
}

#[component]
fn SegmentRow(segment: ReceiptSegment, contest_path: Option<String>) -> impl IntoView {
    let locale = Locale::current();
    let free = (!segment.kind.is_billable()).then(|| view! { " " <span class="badge">{t!("segments-free")}</span> });
    let class = if segment.kind.is_billable() { "" } else { "segment-free" };
    let correction = receipt_words::segment_correction(locale, &segment)
        .map(|correction| view! { <span class="table-note">{correction}</span> });
    let contest = contest_path.map(|path| {
        view! {
            <a class="segment-contest" href=format!("{path}?segment={}", segment.id)>
                {t!("segments-contest")}
                <span class="visually-hidden">" – "{segment_in_words(&segment)}</span>
            </a>
        }
    });
    view! {
        <tr class=class>
            <th scope="row">{receipt_words::segment_kind(locale, segment.kind)} {free} {correction} {contest}</th>
            <td data-label=t!("segments-column-when")>{when(&segment)}</td>
            <td data-label=t!("segments-column-who")>{segment.technician.clone()}</td>
            <td class="number" data-label=t!("segments-column-length")>
                {receipt_words::segment_duration(&segment)}
            </td>
        </tr>
    }
}

/// Objections and what became of them.
#[component]
pub fn Contests(
    /// The oldest first.
    contests: Vec<Contest>,
    /// Versions of the receipt, the latest first.
    versions: Vec<Receipt>,
) -> impl IntoView {
    let locale = Locale::current();
    contests
        .into_iter()
        .map(|contest| {
            let about = contest.about(&versions).map(segment_in_words);
            let (kind, title) = match contest.state {
                ContestState::Open => (NoticeKind::Info, t!("contest-open")),
                ContestState::Accepted => (NoticeKind::Done, t!("contest-accepted")),
                ContestState::PartlyAccepted => {
                    let minutes = contest.accepted_minutes.unwrap_or_default();
                    (NoticeKind::Done, t!("contest-partly-accepted", minutes = minutes))
                }
                ContestState::Rejected => (NoticeKind::Info, t!("contest-rejected")),
            };
            let said = t!(
                "contest-said",
                by = format::person(locale, &contest.by),
                when = format::moment(locale, contest.at),
                reason = contest.reason.as_str(),
            );
            let answer = contest.decided_at.map(|at| {
                let words = t!("contest-answer", when = format::moment(locale, at), answer = contest.answer.as_str());
                view! { <p>{words}</p> }
            });
            view! {
                <Notice kind title>
                    {about.map(|about| view! { <p class="contest-about">{about}</p> })}
                    <p>{said}</p>
                    {answer}
                </Notice>
            }
        })
        .collect::<Vec<_>>()
}
